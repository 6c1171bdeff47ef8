"""Encrypted SQLite through SQLAlchemy: one writing connection and a few reading ones for each file."""

import logging
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as driver

from storage.errors import StorageError
from storage.faults import faults_of
from storage.hints import HintingCompiler
from storage.undoing import undone_by

log = logging.getLogger(__name__)

CHECKED_BYTES = 128 * 1024 * 1024
"""A larger file is not read whole after an error, for that takes seconds: its pages are checked as they are read."""

OLDEST_SQLITE = (3, 51, 3)
"""The first version without the WAL-reset corruption (3.7.0 to 3.51.2)."""

KEY_BYTES = 32
BUSY_TIMEOUT_S = 5.0
READERS = 4
_FOLD_WAIT_MS = 20
_CACHE_KIB = 32 * 1024
_WAL_LIMIT_BYTES = 64 * 1024 * 1024
_CHECKPOINT_PAGES = 4_000
"""16 MiB of log are folded into the file at once: folding syncs twice, and pages written often are written once."""


@dataclass(frozen=True, slots=True)
class Durability:
    """What a power cut may take, as the value of ``PRAGMA synchronous``."""

    synchronous: str


PRECIOUS = Durability("FULL")
"""A commit is on the disk when it returns."""
REBUILDABLE = Durability("NORMAL")
"""A power cut may take the last commits, never the file's consistency."""


class Database:
    """One encrypted file, open.

    `write` gives the one writing connection inside ``BEGIN IMMEDIATE``; `read` gives a connection that cannot write,
    inside one read transaction. Both are context managers; both turn driver errors into `StorageError`.

    Attributes:
        path: The file.
        is_damaged: A page that was read failed its authentication, or the structure is malformed.
    """

    def __init__(self, path: Path, key: bytes, durability: Durability) -> None:
        """Open or create the file at `path` (mode 0600) with the raw 32-byte `key`.

        Raises:
            StorageError: storage.wrong_key, .corrupt, .readonly, .no_wal, .old_sqlite, .full, .io, .busy.
        """
        if len(key) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(key)}")
        check_sqlite_version()
        self.path = path
        self.is_damaged = False
        self._key_pragma = f"PRAGMA key = \"x'{key.hex()}'\""  # a raw key: no derivation, 0.6 ms instead of 0.3 s
        self._durability = durability
        self._changes = 0
        self._is_suspect = False
        self._reading: dict[Any, float] = {}
        with faults_of(path):
            path.touch(mode=0o600)  # before SQLite makes it, so that -wal and -shm get the same mode
            path.chmod(0o600)
        self._writer = _engine(self._connect_writer, size=1)
        self._readers = _engine(self._connect_reader, size=READERS)
        event.listen(self._writer, "begin", _begin_immediate)
        event.listen(self._readers, "begin", _begin)
        with undone_by(self.close), self.write():
            pass  # the key, WAL and the write lock are proved now, not at the first click

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give the writing connection inside a transaction; commit at the end, roll back on an exception.

        Raises:
            StorageError: storage.busy after 5 s, .full, .io, .corrupt, .readonly.
        """
        if self._is_suspect:
            self._look_again()
        try:
            with self._faults(), self._writer.begin() as connection:
                yield connection
        except StorageError as error:
            self._is_suspect |= error.code == "storage.io"
            raise
        self._changes += 1

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that cannot write, inside one consistent read transaction. Keep it short.

        Raises:
            StorageError: storage.busy when all readers are taken for 5 s, .io, .corrupt.
        """
        with self._faults(), self._readers.begin() as connection:
            raw = connection.connection.driver_connection
            self._reading[raw] = time.monotonic()
            try:
                yield connection
            finally:
                self._reading.pop(raw, None)

    def _look_again(self) -> None:
        """After an error of the disk: what this process has in memory may not be what the disk has.

        So the file is opened anew and, if that takes no longer than a person waits, checked.
        """
        self._writer.dispose()
        self._readers.dispose()
        if self.path.stat().st_size <= CHECKED_BYTES:
            self.quick_check()
        self._is_suspect = False
        log.warning("%s was opened anew after an error of the disk", self.path.name)

    def log_bytes(self) -> int:
        """Return how long the write-ahead log is."""
        try:
            return self.path.with_name(f"{self.path.name}-wal").stat().st_size
        except OSError:
            return 0

    def release_readers(self, older_s: float) -> int:
        """End read transactions that are older than that: while one lasts, the log only grows. Return how many."""
        now = time.monotonic()
        stuck = [raw for raw, since in list(self._reading.items()) if now - since > older_s]
        for raw in stuck:
            raw.interrupt()
            raw.rollback()
        return len(stuck)

    def fold_log(self) -> None:
        """Fold the whole log into the file and cut it off, as far as readers let it.

        Raises:
            StorageError: storage.busy, .io, .full.
        """
        with self._faults():
            connection = self._writer.raw_connection()
            try:
                raw: Any = connection.driver_connection
                raw.execute(f"PRAGMA busy_timeout = {_FOLD_WAIT_MS}")  # whoever wants to write waits for this
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                raw.execute(f"PRAGMA busy_timeout = {round(BUSY_TIMEOUT_S * 1000)}")
            finally:
                connection.close()

    def quick_check(self) -> None:
        """Check the structure of the whole file.

        Raises:
            StorageError: storage.corrupt.
        """
        with self.read() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if found != "ok":
            raise StorageError("storage.corrupt", {"file": self.path.name, "path": str(self.path)}, str(found))

    def changes(self) -> int:
        """Return how many transactions of ours were committed since opening."""
        return self._changes

    def copy_to(self, path: Path) -> None:
        """Write the file as it stands, whole and encrypted with the same key, to the new file `path`, and check that.

        Writers go on meanwhile. The copy has no log beside it, and is on the disk when this returns.

        Raises:
            StorageError: storage.full, .io, .corrupt (this file or the copy).
        """
        with self._faults():
            source = self._connect()
            try:
                path.touch(mode=0o600)
                with faults_of(path):
                    _copy_checked(source, lambda: self._connect(path), path)
            finally:
                source.close()

    def close(self) -> None:
        """Close all connections; the last one folds the write-ahead log into the file."""
        self._readers.dispose()
        self._writer.dispose()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            with faults_of(self.path):
                yield
        except StorageError as error:
            self.is_damaged |= error.code == "storage.corrupt"
            raise

    def _connect_writer(self) -> Any:
        connection = self._connect()
        with undone_by(connection.close):
            self._require_wal(connection)
            connection.execute(f"PRAGMA synchronous = {self._durability.synchronous}")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute(f"PRAGMA journal_size_limit = {_WAL_LIMIT_BYTES}")
            connection.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
            if sys.platform == "darwin":  # there, fsync does not reach the platter
                connection.execute("PRAGMA fullfsync = ON")
                connection.execute("PRAGMA checkpoint_fullfsync = ON")
        return connection

    def _require_wal(self, connection: Any) -> None:
        mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        if mode != "wal":
            raise StorageError("storage.no_wal", {"file": self.path.name}, f"journal_mode is {mode}")

    def _connect_reader(self) -> Any:
        connection = self._connect()
        with undone_by(connection.close):
            connection.execute("PRAGMA query_only = ON")
        return connection

    def _connect(self, path: Path | None = None) -> Any:
        connection = driver.connect(
            os.fspath(path or self.path),
            timeout=BUSY_TIMEOUT_S,
            isolation_level=None,  # transactions are begun by us, in the events below
            check_same_thread=False,  # the pool lends one connection to one thread at a time
            cached_statements=256,
        )
        with undone_by(connection.close):
            connection.execute("PRAGMA cipher_log_level = NONE")  # else it writes page numbers to stderr
            connection.execute(self._key_pragma)
            # Locking and wiping every buffer makes bulk writes ten times slower, for all files of the process alike.
            # SQLCipher wipes its key material either way.
            connection.execute("PRAGMA cipher_memory_security = OFF")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            connection.execute("PRAGMA mmap_size = 0")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # a wrong key shows here
        return connection


def check_sqlite_version() -> None:
    """Refuse a SQLite library that can corrupt a write-ahead log.

    Raises:
        StorageError: storage.old_sqlite.
    """
    if driver.sqlite_version_info < OLDEST_SQLITE:
        needed = ".".join(map(str, OLDEST_SQLITE))
        raise StorageError("storage.old_sqlite", {"found": driver.sqlite_version, "needed": needed})


def library_versions() -> dict[str, str]:
    """Return the versions of SQLite and SQLCipher in use, for the self-check."""
    connection = driver.connect(":memory:")
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        cipher = connection.execute("PRAGMA cipher_version").fetchone()[0]
    finally:
        connection.close()
    return {"sqlite": str(driver.sqlite_version), "sqlcipher": str(cipher)}


def _copy_checked(source: Any, connect: Callable[[], Any], path: Path) -> None:
    target = connect()
    try:
        target.execute("PRAGMA synchronous = FULL")
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
    finally:
        target.close()
    written = connect()  # again, so that what is checked comes from the file
    try:
        found = written.execute("PRAGMA quick_check(1)").fetchone()[0]
    finally:
        written.close()
    if found != "ok":
        raise StorageError("storage.corrupt", {"file": path.name, "path": str(path)}, str(found))


def _engine(creator: Any, size: int) -> Engine:
    # Not the `pysqlcipher` dialect: it wants the key in the URL, and URLs end up in logs.
    engine = create_engine(
        "sqlite+pysqlite://",
        module=driver,
        creator=creator,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=BUSY_TIMEOUT_S,
    )
    engine.dialect.statement_compiler = HintingCompiler
    return engine


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")  # the write lock at once: a late upgrade cannot wait, only fail


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
