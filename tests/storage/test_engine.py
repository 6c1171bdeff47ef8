"""The encrypted file underneath."""

import errno
import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from sqlcipher3 import dbapi2 as driver

from storage import engine
from storage.engine import PRECIOUS, REBUILDABLE, Database, library_versions
from storage.errors import StorageError
from storage.faults import faults_of
from tests.storage.objects import KEY


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "some.db", KEY, PRECIOUS)
    with database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
    yield database
    database.close()


def pragma(database: Database, name: str) -> object:
    with database._writer.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_that_nothing_is_readable_in_the_files_and_nobody_else_may_open_them(database: Database) -> None:
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO t VALUES ('canary-中文')")
    files = [path for path in database.path.parent.iterdir() if path.name.startswith(database.path.name)]
    assert {path.name for path in files} >= {"some.db", "some.db-wal"}
    for path in files:
        assert "canary-中文".encode() not in path.read_bytes()
        assert b"SQLite format" not in path.read_bytes()
        if os.name == "posix":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("mmap_size", 0),
        ("cipher_use_hmac", "1"),
    ],
)
def test_that_the_writing_connection_is_set_as_the_design_says(database: Database, name: str, value: object) -> None:
    assert pragma(database, name) == value


def test_that_a_rebuildable_file_is_not_synced_at_each_commit(tmp_path: Path) -> None:
    database = Database(tmp_path / "cache.db", KEY, REBUILDABLE)
    try:
        assert pragma(database, "synchronous") == 1
    finally:
        database.close()


def test_that_another_key_does_not_open_the_file_and_leaves_it_alone(database: Database) -> None:
    database.close()
    before = database.path.read_bytes()
    with pytest.raises(StorageError) as caught:
        Database(database.path, bytes(32), PRECIOUS)
    assert (caught.value.code, caught.value.params["file"]) == ("storage.wrong_key", "some.db")
    assert database.path.read_bytes() == before


def test_that_a_reading_connection_cannot_write(database: Database) -> None:
    with pytest.raises(StorageError, match=r"storage\.readonly"), database.read() as connection:
        connection.exec_driver_sql("INSERT INTO t VALUES (1)")


def test_that_an_exception_takes_the_whole_transaction_back(database: Database) -> None:
    def write_and_fail() -> None:
        with database.write() as connection:
            connection.exec_driver_sql("INSERT INTO t VALUES (1)")
            raise KeyError

    with pytest.raises(KeyError):
        write_and_fail()
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM t").scalar() == 0


def test_that_readers_on_many_threads_see_what_was_committed(database: Database) -> None:
    seen: list[object] = []

    def look() -> None:
        with database.read() as connection:
            seen.append(connection.exec_driver_sql("SELECT count(*) FROM t").scalar())

    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO t VALUES (1)")
    threads = [threading.Thread(target=look) for _ in range(engine.READERS * 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert seen == [1] * len(threads)


def test_that_a_full_disk_is_a_fault_and_the_next_write_works_again(database: Database) -> None:
    pages = pragma(database, "page_count")
    pragma(database, f"max_page_count = {pages}")
    with pytest.raises(StorageError) as caught, database.write() as connection:
        connection.exec_driver_sql("INSERT INTO t VALUES (randomblob(100000))")
    assert (caught.value.code, caught.value.retryable) == ("storage.full", True)
    pragma(database, "max_page_count = 1000000")
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO t VALUES (randomblob(100000))")


def test_that_a_lock_held_by_another_is_a_fault_and_not_a_wait_without_end(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_S", 0.05)
    with database.write(), pytest.raises(StorageError) as caught:
        Database(database.path, KEY, PRECIOUS)
    assert (caught.value.code, caught.value.retryable) == ("storage.busy", True)


def test_that_a_flipped_bit_is_found(database: Database) -> None:
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO t VALUES (randomblob(50000))")
    database.close()
    with database.path.open("r+b") as file:
        file.seek(3 * 4096 + 99)
        byte = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte ^ 1]))
    again = Database(database.path, KEY, PRECIOUS)
    try:
        with pytest.raises(StorageError, match=r"storage\.corrupt"):
            again.quick_check()
    finally:
        again.close()


def test_that_a_wrong_statement_is_a_bug_and_no_fault(database: Database) -> None:
    with pytest.raises(OperationalError), database.read() as connection:
        connection.exec_driver_sql("SELECT nothing FROM nowhere")


@pytest.mark.fault(23)
def test_that_a_library_that_can_corrupt_the_log_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "sqlite_version_info", (3, 51, 2))
    with pytest.raises(StorageError) as caught:
        Database(tmp_path / "some.db", KEY, PRECIOUS)
    assert caught.value.code == "storage.old_sqlite"
    assert not (tmp_path / "some.db").exists()


def test_that_the_key_is_not_in_what_a_log_would_show(database: Database) -> None:
    assert KEY.hex() not in repr(database._writer.url) + repr(database._writer)


def test_that_the_libraries_say_their_versions() -> None:
    versions = library_versions()
    assert versions["sqlite"] == driver.sqlite_version
    assert versions["sqlcipher"].startswith("4.")


@pytest.mark.parametrize(
    ("number", "code"), [(errno.EROFS, "storage.readonly"), (errno.ENOSPC, "storage.full"), (errno.EIO, "storage.io")]
)
def test_that_an_error_of_the_operating_system_is_a_fault_with_its_file(number: int, code: str) -> None:
    path = Path("somewhere/duty.db")
    with pytest.raises(StorageError) as caught, faults_of(path):
        raise OSError(number, "refused")
    assert (caught.value.code, caught.value.params["file"]) == (code, "duty.db")
