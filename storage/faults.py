"""From the words of SQLite to fault codes: the one place that reads driver errors."""

from collections.abc import Iterator
from contextlib import contextmanager
from errno import EACCES, EDQUOT, ENOSPC, EPERM, EROFS
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlcipher3 import dbapi2 as driver

from storage.errors import StorageError

# The driver gives no error numbers, only SQLite's English sentences; these are `sqlite3_errstr`, stable since 3.7.
_SENTENCES = (
    ("database or disk is full", "storage.full", True),
    ("disk i/o error", "storage.io", True),
    ("unable to open database file", "storage.io", False),
    ("database disk image is malformed", "storage.corrupt", False),
    ("file is not a database", "storage.wrong_key", False),
    ("hmac verification failed", "storage.corrupt", False),
    ("readonly database", "storage.readonly", False),
    ("database is locked", "storage.busy", True),
    ("database table is locked", "storage.busy", True),
)


def fault_of(error: BaseException, path: Path) -> StorageError | None:
    """Return the fault that `error` of the driver stands for, or None if it is a bug of ours (a wrong statement)."""
    if isinstance(error, PoolTimeoutError):
        return StorageError("storage.busy", {"file": path.name}, str(error), retryable=True)
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, driver.DatabaseError):
        return None
    text = str(cause)
    lowered = text.lower()
    for sentence, code, retryable in _SENTENCES:
        if sentence in lowered:
            return StorageError(code, {"file": path.name, "path": str(path)}, text, retryable=retryable)
    return None


@contextmanager
def faults_of(path: Path) -> Iterator[None]:
    """Turn driver errors about the file at `path` into `StorageError`; let everything else through.

    Raises:
        StorageError: As in the table of `storage.errors`.
    """
    try:
        yield
    except (DBAPIError, PoolTimeoutError, driver.DatabaseError) as error:
        fault = fault_of(error, path)
        if fault is None:
            raise
        raise fault from error
    except OSError as error:
        raise fault_of_os(error, path) from error


def fault_of_os(error: OSError, path: Path) -> StorageError:
    """Return the fault that an error of the operating system on `path` stands for."""
    code = "storage.io"
    if error.errno in {EACCES, EPERM, EROFS}:
        code = "storage.readonly"
    elif error.errno in {ENOSPC, EDQUOT}:
        code = "storage.full"
    return StorageError(code, {"file": path.name, "path": str(path)}, str(error))
