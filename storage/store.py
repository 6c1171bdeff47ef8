"""Opening and closing the two databases, and what to do with one that is damaged."""

import logging
import os
import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from storage.ballast import Ballast
from storage.cache import tables as cache_tables
from storage.cache.board.image import BoardImage
from storage.cache.cache import Cache
from storage.duty import tables as duty_tables
from storage.duty.backups import Backups
from storage.duty.camera_days import CameraDays
from storage.duty.duty import Duty
from storage.duty.journal import Journal, Witnessed
from storage.duty.restore import Restored, restore
from storage.engine import PRECIOUS, REBUILDABLE, Database
from storage.errors import StorageError
from storage.faults import fault_of_os, faults_of
from storage.files.shelf import FileShelf
from storage.instance_lock import InstanceLock
from storage.migrate import migrate
from storage.records import Notice, Project
from storage.retention import Retention
from storage.room import Room
from storage.undoing import undone_by

log = logging.getLogger(__name__)

CACHE_FILE = "cache.db"
DUTY_FILE = "duty.db"
REBUILT_FILE = "rebuilt-duty.db"
LOCK_FILE = "instance.lock"
QUARANTINE_DIR = "quarantine"

CHECK_LIMIT_BYTES = 128 * 1024 * 1024
"""A larger cache is not read whole after an unclean stop, for that takes seconds. Its pages are authenticated one by
one as they are read, so damage is found all the same, only later."""

LOG_ALARM_BYTES = 96 * 1024 * 1024
"""A write-ahead log is folded at 16 MiB and cut at 64; a longer one has a reader in its way."""
PRUNE_AFTER_S = 60.0
"""After the start: by then the centre's policy is known, if it ever was."""
STUCK_READER_S = 10.0
"""No read takes so long: who still reads has forgotten to stop."""

_DAMAGED = frozenset({"storage.corrupt", "storage.wrong_key"})


class Store:
    """Both databases, open.

    Attributes:
        cache: What the centre knows.
        duty: What only this desk knows.
        files: Attachments of this desk.
        camera_days: How the cameras did, as this desk saw it; in `duty.db` as well.
        notices: What was found and dealt with at opening: ``storage.cache_rebuilt`` (path of the damaged files),
            ``storage.unclean_stop``, ``storage.duty_restored`` (path of the damaged files, salvaged), with missing (how
            many) and numbers (which) ``storage.duty_restored_gaps``, or ``storage.duty_restored_open`` where operations
            after the last known one may be missing as well. ``storage.duty_replayed`` (count): operations that the
            journal had and `duty.db` had lost; ``storage.duty_went_back`` where it was an older copy of the file.
    """

    def __init__(  # noqa: PLR0917
        self, duty: Database, cache: Database, project: Project, lock: InstanceLock, journal: Journal, image: BoardImage
    ) -> None:
        """Take over two open, migrated databases, the lock on their directory, the journal, and the board's image."""
        self._databases = (cache, duty)
        self._lock = lock
        self._backups: Backups | None = None
        data_dir = duty.path.parent
        self._ballast = Ballast(data_dir)
        self._room = Room(data_dir, self._ballast, data_dir / QUARANTINE_DIR)
        self._low_space: Callable[[int], None] = _unheard
        self._opened_at = time.monotonic()
        self._journal = journal
        self.duty = Duty(duty, self._room.make, journal)
        self._retention = Retention(self.duty, data_dir / QUARANTINE_DIR)
        self.camera_days = CameraDays(duty)
        self.cache = Cache(cache, project, self.duty, image)
        self.notices: tuple[Notice, ...] = ()

    files: FileShelf

    def keep_files(self, data_dir: Path, key: bytes) -> None:
        """Give attachments their place beside the databases."""
        self.files = FileShelf(data_dir, key)

    def keep_backups(self, data_dir: Path) -> None:
        """Begin to copy `duty.db` from time to time."""
        self._backups = Backups(self._databases[1], data_dir, self._journal, self.look_after)

    def on_low_space(self, warn: Callable[[int], None]) -> None:
        """Have `warn` called, from another thread, with the bytes left when the disk is nearly full; once each time."""
        self._low_space = warn

    def keep_for(self, days: Callable[[], float]) -> None:
        """Have `days` asked, from another thread, for how long what is over stays on this machine."""
        self._retention.days = days

    def look_after(self) -> None:
        """See to what grows or shrinks while the desk runs: the ballast, room on the disk, logs, what is too old.

        Raises:
            StorageError: storage.busy, .io, .full; the next look tries again.
        """
        self._ballast.fill()
        self._room.look(self._low_space)
        for database in self._databases:
            if database.log_bytes() > LOG_ALARM_BYTES:
                self._cut_log(database)
        if time.monotonic() - self._opened_at > PRUNE_AFTER_S:
            self._retention.prune_some(datetime.now(UTC))

    def _cut_log(self, database: Database) -> None:
        stuck = database.release_readers(STUCK_READER_S)
        try:
            database.fold_log()
        except StorageError as fault:
            log.warning("the log of %s is not folded: %s", database.path.name, fault)
        log.warning(
            "the log of %s was long; %d readers were in the way, %d MiB are left",
            database.path.name,
            stuck,
            database.log_bytes() // 2**20,
        )

    def close(self) -> None:
        """Close both and note that the stop was clean. Blocking: the write-ahead logs are folded in.

        A cache that turned out to be damaged is set aside now, so that the next start is a fresh one; after damage to
        `duty.db` the next start is told to check it.
        """
        cache, duty = self._databases
        if self._backups is not None:
            self._backups.close()
        try:
            self.cache.close()
        except StorageError as fault:
            log.warning("%s could not be read at the end: %s", cache.path.name, fault)
        duty.close()
        if cache.is_damaged:
            log.warning("%s was found damaged, moved to %s", cache.path.name, _set_aside(cache.path))
        self._lock.release(clean=not duty.is_damaged)


def _unheard(_free_bytes: int) -> None:
    """Nobody listens yet; the log has it."""


def open_store(data_dir: Path, key: bytes, project: Project) -> Store:
    """Open (or make) the databases in `data_dir`; blocking, a second at worst: call it on the storage worker.

    A damaged `cache.db` is moved to ``quarantine/`` and begun anew; a damaged `duty.db` is put together from its newest
    good copy and all rows that can be read, or left exactly as it is if that is not possible. `Store.notices` says so.
    Operations that were under way are queued again, projections brought into line.

    Raises:
        StorageError: storage.locked_by_other, .readonly, .wrong_key, .newer_schema, .duty_corrupt, .old_sqlite,
            .no_wal, .full, .io.
    """
    lock = _take(data_dir)
    with undone_by(partial(lock.release, clean=not lock.was_unclean)):
        return _open_both(data_dir, key, project, lock)


def _open_both(data_dir: Path, key: bytes, project: Project, lock: InstanceLock) -> Store:
    notices = [Notice("storage.unclean_stop")] if lock.was_unclean else []
    journal = Journal(data_dir, key)
    duty, restored = _open_or_restore_duty(data_dir, key, journal, check=lock.was_unclean)
    notices += restored
    with undone_by(duty.close):
        try:
            store = _with_cache(data_dir, key, project, duty, lock, journal)
        except StorageError as error:
            if error.code not in _DAMAGED or error.params.get("file") != CACHE_FILE:
                raise
            log.warning("%s is damaged, beginning anew: %s", CACHE_FILE, error)
            notices.append(Notice("storage.cache_rebuilt", {"path": str(_set_aside(data_dir / CACHE_FILE))}))
            store = _with_cache(data_dir, key, project, duty, lock, journal)
    store.notices = tuple(notices)
    store.keep_files(data_dir, key)
    store.keep_backups(data_dir)
    return store


def _with_cache(  # noqa: PLR0917
    data_dir: Path, key: bytes, project: Project, duty: Database, lock: InstanceLock, journal: Journal
) -> Store:
    path = data_dir / CACHE_FILE
    check = lock.was_unclean and path.exists() and path.stat().st_size <= CHECK_LIMIT_BYTES
    image = BoardImage(path, key)
    cache = _open(path, key, check=check)
    with undone_by(cache.close):
        store = Store(duty, cache, project, lock, journal, image)
        store.cache.recover()
    return store


def _take(data_dir: Path) -> InstanceLock:
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name == "posix":
            data_dir.chmod(0o700)
        return InstanceLock(data_dir / LOCK_FILE)
    except OSError as error:
        raise fault_of_os(error, data_dir) from error


def _open_or_restore_duty(
    data_dir: Path, key: bytes, journal: Journal, *, check: bool
) -> tuple[Database, list[Notice]]:
    path, rebuilt = data_dir / DUTY_FILE, data_dir / REBUILT_FILE
    with faults_of(path):
        if path.exists():
            _remove(rebuilt)  # of a restoration that did not come to its end
        elif rebuilt.exists():
            rebuilt.rename(path)
    witnessed = journal.read()
    try:
        return _open_duty(data_dir, key, witnessed, check=check)
    except StorageError as error:
        if error.code != "storage.duty_corrupt":
            raise
        restored = _rebuild_duty(data_dir, key, witnessed)
        if restored is None:
            raise
        folder = _set_aside(path)
        log.warning("%s was damaged (%s), now in %s; put together again: %s", DUTY_FILE, error.detail, folder, restored)
    with faults_of(path):
        rebuilt.rename(path)
    code = "storage.duty_restored"
    if restored.is_open_ended:
        code = "storage.duty_restored_open"
    elif restored.missing:
        code = "storage.duty_restored_gaps"
    params: dict[str, str | int | float] = {
        "path": str(folder),
        "salvaged": restored.salvaged,
        "missing": len(restored.missing),
        "numbers": restored.missing_words(),
    }
    database, replayed = _open_duty(data_dir, key, witnessed, check=False)
    return database, [Notice(code, params), *replayed]


def _rebuild_duty(data_dir: Path, key: bytes, witnessed: Witnessed) -> Restored | None:
    rebuilt, duplicate = data_dir / REBUILT_FILE, data_dir / f"damaged-{DUTY_FILE}"
    with faults_of(data_dir / DUTY_FILE):
        try:
            for end in ("", "-wal"):  # opening it may change it, and the damaged one stays as it is
                source = data_dir / f"{DUTY_FILE}{end}"
                if source.exists():
                    shutil.copyfile(source, f"{duplicate}{end}")
            restored = restore(duplicate, rebuilt, key, data_dir, witnessed)
        finally:
            _remove(duplicate)
        if restored is None:
            _remove(rebuilt)
    return restored


def _remove(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        path.with_name(f"{path.name}{end}").unlink(missing_ok=True)


def _open_duty(data_dir: Path, key: bytes, witnessed: Witnessed, *, check: bool) -> tuple[Database, list[Notice]]:
    path = data_dir / DUTY_FILE
    try:
        database = _open(path, key, check=check)
        with undone_by(database.close):
            duty = Duty(database, Ballast(data_dir).drop)
            replayed = duty.replay(witnessed)
            duty.recover()
    except StorageError as error:
        if error.code == "storage.corrupt" or (
            error.code == "storage.wrong_key" and _opens(data_dir / CACHE_FILE, key)
        ):
            # A damaged first page looks like a wrong key; the other file proves the key.
            raise StorageError("storage.duty_corrupt", {"path": str(path)}, error.detail) from error
        raise
    if replayed.went_back or replayed.ops:
        log.warning("%s was behind its journal; %d operations are put back", DUTY_FILE, len(replayed.ops))
    code = "storage.duty_went_back" if replayed.went_back else "storage.duty_replayed"
    return database, [Notice(code, {"count": len(replayed.ops)})] if replayed.went_back or replayed.ops else []


def _open(path: Path, key: bytes, *, check: bool) -> Database:
    duty = path.name == DUTY_FILE
    database = Database(path, key, PRECIOUS if duty else REBUILDABLE)
    with undone_by(database.close):
        if check:
            database.quick_check()
        if duty:
            migrate(database, "duty", duty_tables.HEAD)
        else:
            migrate(database, "cache", cache_tables.HEAD)
    return database


def _opens(path: Path, key: bytes) -> bool:
    if not path.exists():
        return False
    try:
        Database(path, key, REBUILDABLE).close()
    except StorageError:
        return False
    return True


def _set_aside(path: Path) -> Path:
    """Move a database together with its write-ahead log: part of the rows may be in the log alone."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    folder = path.parent / QUARANTINE_DIR / stamp
    try:
        folder.mkdir(mode=0o700, parents=True)
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            source = path.with_name(name)
            if source.exists():
                source.rename(folder / name)
    except OSError as error:
        raise fault_of_os(error, path) from error
    return folder
