"""Room that is kept for the day the disk is full: given up, it lets the officer's next actions be written down."""

import logging
import os
import shutil
from contextlib import suppress
from pathlib import Path

log = logging.getLogger(__name__)

FILE = "ballast"
SIZE_BYTES = 64 * 1024 * 1024
"""Some ten thousand operations."""
LEAST_FREE_BYTES = 1024 * 1024 * 1024
"""With less than this left on the disk no room is taken."""
_CHUNK = bytes(1024 * 1024)


class Ballast:
    """One file of no content. Best effort: without it the desk works as well, until the disk is full."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / FILE

    def fill(self) -> None:
        """Take the room, if it is not taken and there is plenty. Blocking: a second on a slow disk."""
        fresh = self._path.with_suffix(".new")
        try:
            if self._path.exists() or shutil.disk_usage(self._path.parent).free < LEAST_FREE_BYTES:
                return
            with fresh.open("wb") as file:
                for _ in range(SIZE_BYTES // len(_CHUNK)):  # written, for a file with holes keeps no room
                    file.write(_CHUNK)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._path)
        except OSError as error:
            log.warning("no room could be set aside: %s", error)
            with suppress(OSError):
                fresh.unlink(missing_ok=True)  # half of it helps nobody

    def drop(self) -> bool:
        """Give the room up; False if there was none."""
        try:
            self._path.unlink()
        except OSError:
            return False
        log.warning("the disk is full: the room set aside was given up")
        return True
