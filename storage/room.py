"""Room on the disk: a warning before it is full, and what is given up when it is."""

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

from storage.ballast import Ballast

log = logging.getLogger(__name__)

LOW_BYTES = 1024 * 1024 * 1024
"""With less than this left the officer is warned."""
ENOUGH_BYTES = LOW_BYTES * 5 // 4
"""With this much the warning is over, and may come again."""

REBUILDABLE = ("cache.db", "cache.db-wal", "cache.db-shm")
"""Of what was set aside as damaged, that which is only a copy of the centre's."""


class Room:
    """The room under one data directory."""

    def __init__(self, data_dir: Path, ballast: Ballast, quarantine: Path) -> None:
        self._data_dir = data_dir
        self._ballast = ballast
        self._quarantine = quarantine
        self._is_low = False

    def make(self) -> bool:
        """Give up what the desk can do without, one thing at a time; False if there is nothing left to give up."""
        return self._ballast.drop() or self._drop_old_caches()

    def look(self, warn: Callable[[int], None]) -> None:
        """Call `warn` with the bytes left, once, when they are few."""
        try:
            free = shutil.disk_usage(self._data_dir).free
        except OSError as error:
            log.warning("nobody knows how much room is left: %s", error)
            return
        if self._is_low:
            self._is_low = free < ENOUGH_BYTES
        elif free < LOW_BYTES:
            self._is_low = True
            log.warning("only %d MiB are left on the disk", free // 2**20)
            warn(free)

    def _drop_old_caches(self) -> bool:
        dropped = 0
        for path in self._quarantine.glob("*/*"):
            if path.name in REBUILDABLE:
                try:
                    path.unlink()
                except OSError as error:
                    log.warning("%s could not be given up: %s", path.name, error)
                else:
                    dropped += 1
        if dropped:
            log.warning("the disk is full: damaged caches of earlier days were given up")
        return dropped > 0
