"""The file that is written: whole or not at all, and in words why not."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from desktop.errors import OpsError

_NO_RIGHT = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_FOLDER = frozenset({errno.ENOENT, errno.ENOTDIR})
_NO_NAME = frozenset({errno.ENAMETOOLONG, errno.EINVAL, errno.EISDIR})
_SHARING = frozenset({32, 33})
"""Of Windows: another program has the file open."""


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write to, beside `path`; at the end it takes the place of `path`, after a failure it is gone.

    Raises:
        OpsError: ``export.no_room``, ``export.no_right``, ``export.in_use``, ``export.no_folder``, ``export.no_name``
            or ``export.failed``, each with ``path``.
    """
    beside = path.with_name(f".{path.name[:80]}.{secrets.token_hex(4)}.part")
    try:
        with beside.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)  # noqa: PTH105 - Path.replace hides that it is the one atomic step
    except OSError as error:
        raise _fault(error, path) from error
    finally:
        _remove(beside)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # the folder has gone, or we may not; the name says what it is


def _fault(error: OSError, path: Path) -> OpsError:
    code = "export.failed"
    if getattr(error, "winerror", 0) in _SHARING or error.errno in {errno.EBUSY, errno.ETXTBSY}:
        code = "export.in_use"
    elif error.errno in _NO_RIGHT:
        code = "export.no_right"
    elif error.errno in _NO_ROOM:
        code = "export.no_room"
    elif error.errno in _NO_FOLDER:
        code = "export.no_folder"
    elif error.errno in _NO_NAME:
        code = "export.no_name"
    return OpsError(code, {"path": str(path)}, detail=str(error))
