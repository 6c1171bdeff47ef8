"""Blocks of memory shared between two processes, which leave nothing behind however the processes end.

`multiprocessing.shared_memory` before Python 3.13 cannot be told to leave its resource tracker alone: the tracker is
one more process, and it unlinks what a child only attached to. So a block here is the same thing without the tracker:
a file of the memory file system (POSIX) or a named mapping (Windows), which is unlinked as soon as the other side has
attached. From then on the kernel frees it with its last user, even after SIGKILL on both sides.
"""

import mmap
import os
import secrets
import sys
import tempfile
from pathlib import Path

from desktop.errors import OpsError

PREFIX = "watchfloor-video-"


class SharedBlock:
    """One mapped block. The maker unlinks its name; both sides keep the memory for as long as they hold the block."""

    def __init__(self, name: str, memory: mmap.mmap) -> None:
        self.name = name
        self.memory = memory

    @staticmethod
    def create(size_bytes: int) -> "SharedBlock":
        """Make a zeroed block, its memory reserved now: a full memory file system shows here, not as SIGBUS later.

        Raises:
            OpsError: ``video.memory`` when the system has no room for it.
        """
        name = f"{PREFIX}{os.getpid()}-{secrets.token_hex(6)}"
        if sys.platform == "win32":
            return SharedBlock(name, mmap.mmap(-1, size_bytes, tagname=name))
        path = _folder() / name
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(descriptor, 0, size_bytes)
            else:
                os.ftruncate(descriptor, size_bytes)
            return SharedBlock(name, mmap.mmap(descriptor, size_bytes))
        except OSError as fault:
            path.unlink(missing_ok=True)
            params = {"size_mb": round(size_bytes / 1e6)}
            raise OpsError("video.memory", params, retryable=True, detail=str(fault)) from fault
        finally:
            os.close(descriptor)

    @staticmethod
    def attach(name: str, size_bytes: int) -> "SharedBlock":
        """Map a block that another process made.

        Raises:
            OpsError: ``video.memory`` when no such block exists any more.
        """
        if not name.startswith(PREFIX) or "/" in name:
            raise OpsError("video.memory", {"size_mb": 0}, detail="not the name of a block")
        if sys.platform == "win32":
            return SharedBlock(name, mmap.mmap(-1, size_bytes, tagname=name))
        try:
            descriptor = os.open(_folder() / name, os.O_RDWR | os.O_CLOEXEC)
        except OSError as fault:
            raise OpsError("video.memory", {"size_mb": 0}, retryable=True, detail=str(fault)) from fault
        try:
            return SharedBlock(name, mmap.mmap(descriptor, size_bytes))
        finally:
            os.close(descriptor)

    def unlink(self) -> None:
        """Take the name away; the memory stays until the last process that mapped it is gone. Twice does no harm."""
        unlink(self.name)


def unlink(name: str) -> None:
    """Take a block's name away, whoever made it."""
    if sys.platform != "win32" and name.startswith(PREFIX) and "/" not in name:
        (_folder() / name).unlink(missing_ok=True)


def sweep() -> int:
    """Unlink blocks whose maker no longer runs; returns how many. Called when the video service starts."""
    if sys.platform == "win32":
        return 0
    swept = 0
    for path in _folder().glob(f"{PREFIX}*"):
        maker = path.name.removeprefix(PREFIX).partition("-")[0]
        if maker.isdecimal() and not _runs(int(maker)):
            path.unlink(missing_ok=True)
            swept += 1
    return swept


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # somebody else's process, and so not a block of ours to remove
    return True


def _folder() -> Path:
    memory_files = Path("/dev/shm")  # noqa: S108 - the kernel's own place for shared memory; names are random, mode 0600
    return memory_files if memory_files.is_dir() else Path(tempfile.gettempdir())
