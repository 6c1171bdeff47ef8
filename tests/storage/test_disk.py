"""Disks that are full, fail, or are held by others: on a real small file system where one can be mounted."""

import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as driver

from storage import ballast, engine, room
from storage import store as store_module
from storage.engine import PRECIOUS, Database
from storage.errors import StorageError
from storage.records import OpRecord, OrderQuery
from storage.store import Store, open_store
from storage.worker import StorageWorker
from tests.storage.objects import KEY, cursor, order_json, project, upsert

MEBIBYTE = 1024 * 1024


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 6 MiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False, timeout=10).returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True, timeout=10)


@pytest.fixture
def crowded(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A desk on the small disk, with a ballast of 1 MiB."""
    monkeypatch.setattr(ballast, "SIZE_BYTES", MEBIBYTE)
    monkeypatch.setattr(ballast, "LEAST_FREE_BYTES", 0)
    store = open_store(small_disk / "data", KEY, project)
    store.look_after()
    yield store
    store.close()


def fill(folder: Path) -> Path:
    """Take all the room there is."""
    path = folder / "somebody's film"
    with path.open("wb", buffering=0) as file:
        size = MEBIBYTE
        while size >= 4_096:
            try:
                file.write(bytes(size))
            except OSError:
                size //= 2
    return path


def note(store: Store, number: int, size: int = 2_000) -> OpRecord:
    return store.duty.enqueue(lambda _d, _n: b"x" * size, "work_order", "o1", "note", f"op{number}")


def note_until_it_fails(store: Store) -> tuple[int, str]:
    for saved in range(2_000):
        try:
            note(store, saved + 1)
        except StorageError as fault:
            return saved, fault.code
    raise AssertionError("the disk never fills up")


FULL = pytest.mark.expected_log("storage", "full|left|room|copy|taken back|not saved")


@FULL
@pytest.mark.fault(10)
def test_that_on_a_full_disk_actions_go_into_the_ballast_and_then_the_truth_is_told(
    crowded: Store, small_disk: Path
) -> None:
    quarantined = small_disk / "data" / "quarantine" / "earlier"
    quarantined.mkdir(parents=True)
    (quarantined / "cache.db").write_bytes(bytes(MEBIBYTE))
    (quarantined / "duty.db").write_bytes(bytes(1_000))
    film = fill(small_disk)
    saved, code = note_until_it_fails(crowded)
    assert code == "storage.full"
    assert saved > 50  # of 4 KiB each, in the two MiB that were given up
    assert not (small_disk / "data" / ballast.FILE).exists()
    assert [path.name for path in quarantined.iterdir()] == ["duty.db"]  # what is precious is not given up
    assert [op.device_seq for op in crowded.duty.unsent(5_000)] == list(range(1, saved + 1))
    film.unlink()
    assert note(crowded, 9_999).device_seq == saved + 1


@FULL
@pytest.mark.fault(11)
def test_that_a_pull_onto_a_full_disk_changes_nothing_and_is_repeated(crowded: Store, small_disk: Path) -> None:
    crowded.cache.apply([upsert(1, "o1", order_json())], cursor(1))
    film = fill(small_disk)
    many = [upsert(n, f"o{n}", order_json(description="长" * 500)) for n in range(2, 2_000)]
    with pytest.raises(StorageError) as caught:
        crowded.cache.apply(many, cursor(2_000))
    assert caught.value.code == "storage.full"
    assert crowded.cache.cursor() == cursor(1)
    assert crowded.cache.order_ids(OrderQuery(), 9) == ["o1"]
    film.unlink()
    few = many[:300]
    crowded.cache.apply(few, cursor(302))
    assert crowded.cache.order_count(OrderQuery()) == 301
    assert crowded.cache.order_count(OrderQuery(text="塌陷")) == 301


@pytest.mark.expected_log("storage.room", "are left")
def test_that_the_officer_is_warned_before_the_disk_is_full_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    warned: list[int] = []
    store.on_low_space(warned.append)
    monkeypatch.setattr(store._ballast, "fill", lambda: None)
    for low, times in ((0, 0), (2**60, 1), (2**60, 1)):
        monkeypatch.setattr(room, "LOW_BYTES", low)
        monkeypatch.setattr(room, "ENOUGH_BYTES", low)
        store.look_after()
        assert len(warned) == times
    monkeypatch.setattr(room, "ENOUGH_BYTES", 0)
    store.look_after()  # there is room again
    store.look_after()
    assert len(warned) == 2


@pytest.mark.fault(12)
def test_that_a_data_directory_that_cannot_be_written_is_said_at_the_start(small_disk: Path) -> None:
    open_store(small_disk / "data", KEY, project).close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True, timeout=10)
    for _ in range(2):
        with pytest.raises(StorageError) as caught:
            open_store(small_disk / "data", KEY, project)
        assert caught.value.code == "storage.readonly"
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True, timeout=10)
    store = open_store(small_disk / "data", KEY, project)
    store.close()


class Disk:
    """Lets the next commit of a database fail as a disk does."""

    def __init__(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        self.opened = 0
        connect = database._connect

        def count(path: Path | None = None) -> Any:
            self.opened += 1
            return connect(path)

        monkeypatch.setattr(database, "_connect", count)

    def fail(self, database: Database) -> str:
        try:
            with database.write() as connection:
                connection.exec_driver_sql("INSERT INTO t VALUES (1)")
                raise driver.OperationalError("disk I/O error")
        except StorageError as fault:
            return fault.code


@pytest.mark.fault(9)
@pytest.mark.expected_log("storage.engine", "opened anew")
def test_that_after_an_error_of_the_disk_the_file_is_opened_anew_and_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(tmp_path / "some.db", KEY, PRECIOUS)
    try:
        with database.write() as connection:
            connection.exec_driver_sql("CREATE TABLE t (x)")
        disk = Disk(database, monkeypatch)
        checked: list[bool] = []
        check = database.quick_check
        monkeypatch.setattr(database, "quick_check", lambda: checked.append(True) or check())
        assert disk.fail(database) == "storage.io"
        with database.write() as connection:
            connection.exec_driver_sql("INSERT INTO t VALUES (2)")
        assert disk.opened >= 1
        assert checked == [True]
        with database.read() as connection:
            assert connection.exec_driver_sql("SELECT x FROM t").scalars().all() == [2]
    finally:
        database.close()


def hold(path: Path, until: threading.Event, held: threading.Event) -> None:
    """As another program that has opened the file."""
    connection = driver.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    connection.execute("BEGIN IMMEDIATE")
    held.set()
    until.wait(30)
    connection.rollback()
    connection.close()


@pytest.mark.fault(20)
@pytest.mark.parametrize("seconds", [0.3, 30.0], ids=["for a moment", "for long"])
def test_that_a_file_held_by_another_program_is_waited_for_but_not_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_S", 1.0)
    store, worker = open_store(tmp_path / "data", KEY, project), StorageWorker("held")
    until, held = threading.Event(), threading.Event()
    holder = threading.Thread(target=hold, args=(tmp_path / "data" / "duty.db", until, held))
    holder.start()
    try:
        assert held.wait(5)
        release = threading.Timer(seconds, until.set)
        release.start()
        future = worker.submit_precious(note, store, 1)
        began = time.monotonic()
        assert worker.call(lambda: store.cache.order_count(OrderQuery())) == 0  # the rest of the desk goes on
        assert time.monotonic() - began < 0.5
        if seconds < 1:
            assert future.result(10).device_seq == 1
        else:
            with pytest.raises(StorageError) as caught:
                future.result(10)
            assert (caught.value.code, caught.value.retryable) == ("storage.busy", True)
        until.set()
        holder.join(5)
        assert note(store, 2).device_seq == 2 - (seconds > 1)
        release.cancel()
        release.join(5)
    finally:
        until.set()
        holder.join(5)
        worker.close()
        store.close()


@pytest.mark.fault(21)
@pytest.mark.expected_log("storage.store", "was long")
def test_that_a_reader_that_never_ends_does_not_let_the_log_grow_for_ever(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store._ballast, "fill", lambda: None)
    database = store.duty._database
    held, done = threading.Event(), threading.Event()

    def read_for_ever() -> None:
        with database.read() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM outbox").scalar()
            held.set()
            done.wait(30)

    reader = threading.Thread(target=read_for_ever)
    reader.start()
    try:
        assert held.wait(5)
        for number in range(1, 400):
            note(store, number, 8_000)
        grown = database.log_bytes()
        assert grown > 2 * MEBIBYTE
        monkeypatch.setattr(store_module, "LOG_ALARM_BYTES", MEBIBYTE)
        monkeypatch.setattr(store_module, "STUCK_READER_S", 1_000.0)
        began = time.monotonic()
        store.look_after()  # the reader may yet come to its end
        assert time.monotonic() - began < 2  # and nobody who writes waits long for that
        assert database.log_bytes() >= grown
        monkeypatch.setattr(store_module, "STUCK_READER_S", 0.0)
        store.look_after()
        assert database.log_bytes() == 0
        assert note(store, 400).device_seq == 400
        assert store.duty.counts().queued == 400
    finally:
        done.set()
        reader.join(5)
