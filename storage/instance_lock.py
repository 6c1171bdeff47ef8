"""One process of ours at a time for a data directory."""

import os
import sys
from pathlib import Path

from storage.errors import StorageError

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class InstanceLock:
    """A locked file; the operating system lets go of it when the process ends, however it ends.

    The file also notes whether the last owner stopped cleanly: it holds one byte more while it is in use.

    Attributes:
        was_unclean: The last owner was killed or lost power.
    """

    def __init__(self, path: Path) -> None:
        """Take the lock.

        Raises:
            StorageError: storage.locked_by_other (path).
            OSError: If the file cannot be made.
        """
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            raise StorageError("storage.locked_by_other", {"path": str(path.parent)}, str(error)) from None
        self.was_unclean = os.fstat(self._descriptor).st_size > _CLEAN_SIZE
        os.ftruncate(self._descriptor, _CLEAN_SIZE + 1)

    def release(self, *, clean: bool = True) -> None:
        """Let go, noting whether the stop was clean."""
        if clean:
            os.ftruncate(self._descriptor, _CLEAN_SIZE)
        os.close(self._descriptor)


_CLEAN_SIZE = 1
