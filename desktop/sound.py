"""The door to the machine's loudspeaker: short files, one at a time, through the player that the system brings.

QtMultimedia is not in the wheel that this program is built on, and would bring a second decoder into the window. The
sound servers of every desktop have a small program that plays a file; Windows has a call for it.
"""

import logging
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_log = logging.getLogger(__name__)

PLAYERS: tuple[tuple[str, ...], ...] = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))
"""PipeWire, PulseAudio, ALSA, macOS; the first that is installed and plays is kept."""

DEADLINE_S = 5.0


class Loudspeaker:
    """Plays files on a thread of its own; what comes while one is heard is dropped, never queued."""

    def __init__(self, players: Sequence[tuple[str, ...]] = PLAYERS) -> None:
        self._players = [(found, *rest) for name, *rest in players if (found := shutil.which(name))]
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sound")
        self._busy = threading.Event()
        self._heard = None if self._players or sys.platform == "win32" else False
        self._closed = False

    @property
    def heard(self) -> bool | None:
        """Whether this machine makes sounds; None until one was tried."""
        return self._heard

    def play(self, path: Path) -> bool:
        """Begin to play a file; False when one is still heard or nothing can be."""
        if self._closed or self._heard is False or self._busy.is_set():
            return False
        self._busy.set()
        self._thread.submit(self._play, path)
        return True

    def close(self) -> None:
        """Play nothing any more; waits for a sound that is heard, a second at most in practice."""
        self._closed = True
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _play(self, path: Path) -> None:
        try:
            if sys.platform == "win32":
                self._heard = _plays_on_windows(path)
            else:
                self._heard = self._plays_with_first(path)
        finally:
            self._busy.clear()

    def _plays_with_first(self, path: Path) -> bool:
        while self._players and not _plays(self._players[0], path):
            self._players.pop(0)
        return bool(self._players)


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

    def _plays_on_windows(path: Path) -> bool:
        try:
            winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_NODEFAULT)
        except RuntimeError as fault:
            _log.info("Windows did not play: %s", fault)
            return False
        return True
