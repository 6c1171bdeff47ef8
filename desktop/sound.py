"""The door to the machine's loudspeaker: short files, one at a time, through the player that the system brings.

QtMultimedia is not in the wheel that this program is built on, and would bring a second decoder into the window. The
sound servers of every desktop have a small program that plays a file; Windows has a call for it.
"""

import logging
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_log = logging.getLogger(__name__)

PLAYERS: tuple[tuple[str, ...], ...] = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))
"""PipeWire, PulseAudio, ALSA, macOS; the first that is installed and plays is kept."""

DEADLINE_S = 5.0

Told = Callable[[], None]
"""Called once, from the sound's thread, when nothing can be heard."""


class Loudspeaker:
    """Plays files on a thread of its own; what comes while one is heard is dropped, never queued."""

    def __init__(self, told: Told, players: Sequence[tuple[str, ...]] = PLAYERS) -> None:
        """Make it; `told` hears once that this machine makes no sound."""
        self._told = told
        self._players = [(found, *rest) for name, *rest in players if (found := shutil.which(name))]
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sound")
        self._busy = threading.Event()
        self._silent = False

    @property
    def works(self) -> bool:
        """Whether anything was or may yet be heard."""
        return not self._silent and (bool(self._players) or sys.platform == "win32")

    def play(self, path: Path) -> bool:
        """Begin to play a file; False when one is still heard or nothing can be."""
        if self._busy.is_set() or self._silent:
            return False
        self._busy.set()
        self._thread.submit(self._play, path)
        return True

    def close(self) -> None:
        """Play nothing any more; waits for a sound that is heard, a second at most in practice."""
        self._silent = True
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _play(self, path: Path) -> None:
        try:
            if sys.platform == "win32":
                _play_on_windows(path)
                return
            while self._players:
                if _plays(self._players[0], path):
                    return
                self._players.pop(0)
            if not self._silent:
                self._silent = True
                self._told()
        finally:
            self._busy.clear()


def _plays(player: tuple[str, ...], path: Path) -> bool:
    try:
        ended = subprocess.run(  # noqa: S603 - a player found on the path, and a file of our own
            [*player, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=DEADLINE_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        _log.info("%s did not play: %s", player[0], fault)
        return False
    if ended.returncode:
        _log.info("%s did not play: %s", player[0], ended.stderr[-200:].decode(errors="replace").strip())
    return ended.returncode == 0


if sys.platform == "win32":
    import winsound

    def _play_on_windows(path: Path) -> None:
        winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_NODEFAULT)
else:

    def _play_on_windows(path: Path) -> None:
        raise OSError(f"no such machine: {path.name}")
