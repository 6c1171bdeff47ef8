"""Copies of `duty.db`, and what becomes of a damaged one."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.ballast import Ballast
from storage.duty import backups as backups_module
from storage.duty.backups import Backups, backups
from storage.duty.restore import BEYOND, Restored
from storage.engine import PRECIOUS, Database
from storage.errors import StorageError
from storage.records import Notice
from storage.store import REBUILT_FILE, Store, open_store
from tests.storage.objects import KEY, project
from tests.storage.test_store import damage, leave_unclean

DAMAGED = pytest.mark.expected_log("storage.store", "put together again")


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


def enqueue(store: Store, first: int, last: int) -> None:
    for seq in range(first, last + 1):
        store.duty.enqueue(lambda _d, _s: b"x" * 3_000, "work_order", f"o{seq % 5}", "note", f"op{seq}")


def desk(data_dir: Path, *stretches: tuple[int, int]) -> str:
    """Run the desk once for each stretch of operations; each run ends with a copy. Return who it is."""
    for first, last in stretches:
        store = open_store(data_dir, KEY, project)
        enqueue(store, first, last)
        store.close()
    return store.duty.device_id()


def opened(data_dir: Path) -> Iterator[tuple[Store, Notice]]:
    store = open_store(data_dir, KEY, project)
    try:
        yield store, next(notice for notice in store.notices if notice.code.startswith("storage.duty"))
    finally:
        store.close()


def queued(store: Store) -> list[str]:
    return [op.op_id for op in store.duty.unsent(10_000)]


def names(first: int, last: int) -> list[str]:
    return [f"op{seq}" for seq in range(first, last + 1)]


def test_that_a_clean_stop_leaves_a_copy_and_three_are_kept(data_dir: Path) -> None:
    desk(data_dir, (1, 2), (3, 4), (5, 6), (7, 8), (9, 10))
    copies = backups(data_dir)
    assert len(copies) == backups_module.GENERATIONS
    newest = Database(copies[0], KEY, PRECIOUS)
    with newest.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM outbox").scalar() == 10
    newest.close()


def test_that_a_stop_without_anything_new_makes_no_copy(data_dir: Path) -> None:
    desk(data_dir, (1, 2))
    copies = backups(data_dir)
    store = open_store(data_dir, KEY, project)
    store.close()
    assert backups(data_dir) == copies


def test_that_a_running_desk_is_copied_after_so_many_operations(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = threading.Event()
    make = Backups.make

    def noted(keeper: Backups) -> Path:
        path = make(keeper)
        made.set()
        return path

    monkeypatch.setattr(Backups, "make", noted)
    monkeypatch.setattr(backups_module, "AFTER_OPERATIONS", 5)
    monkeypatch.setattr(Backups.__init__, "__defaults__", (0.01,))
    monkeypatch.setattr(Ballast, "fill", lambda _ballast: None)
    store = open_store(data_dir, KEY, project)
    try:
        enqueue(store, 1, 5)
        assert made.wait(10)
        assert len(backups(data_dir)) == 1
    finally:
        store.close()


@pytest.mark.fault(14)
@DAMAGED
def test_that_a_page_lost_costs_nothing_that_a_copy_has(data_dir: Path) -> None:
    device = desk(data_dir, (1, 40))
    pages = (data_dir / "duty.db").stat().st_size // 4096
    for page in range(pages // 2, pages // 2 + 4):
        damage(data_dir / "duty.db", page)
    leave_unclean(data_dir)
    damaged = (data_dir / "duty.db").read_bytes()
    for store, notice in opened(data_dir):
        assert notice.code == "storage.duty_restored"
        assert 0 < int(notice.params["salvaged"]) < 40
        assert queued(store) == names(1, 40)
        assert store.duty.device_id() == device
        enqueue(store, 41, 41)
        found = store.duty.get("op41")
        assert found is not None
        assert found.device_seq == 41
        assert (Path(str(notice.params["path"])) / "duty.db").read_bytes() == damaged


@pytest.mark.fault(14)
@DAMAGED
def test_that_what_came_after_the_copy_is_salvaged_and_what_is_lost_is_named(data_dir: Path) -> None:
    desk(data_dir, (1, 10))
    copy = backups(data_dir)[0].read_bytes()
    desk(data_dir, (11, 60))
    for path in backups(data_dir):
        path.write_bytes(copy)  # as if the desk had been killed, long after the last copy
    pages = (data_dir / "duty.db").stat().st_size // 4096
    for page in (pages - 30, pages - 29):
        damage(data_dir / "duty.db", page)
    shutil.rmtree(data_dir / "journal")
    leave_unclean(data_dir)
    for store, notice in opened(data_dir):
        left = queued(store)
        lost = [seq for seq in range(1, 61) if f"op{seq}" not in left]
        assert 0 < len(lost) <= 4
        assert (notice.code, notice.params["missing"]) == ("storage.duty_restored_gaps", len(lost))
        assert notice.params["numbers"] == Restored(None, 0, tuple(lost), is_open_ended=False).missing_words()
        assert min(lost) > 10


@DAMAGED
def test_that_without_its_first_page_the_copy_is_used_and_numbers_are_passed_over(data_dir: Path) -> None:
    device = desk(data_dir, (1, 10))
    damage(data_dir / "duty.db", 0)
    for store, notice in opened(data_dir):
        assert (notice.code, notice.params["salvaged"]) == ("storage.duty_restored_open", 0)
        assert (queued(store), store.duty.device_id()) == (names(1, 10), device)
        enqueue(store, 11, 11)
        found = store.duty.get("op11")
        assert found is not None
        assert found.device_seq == 11 + BEYOND
    store = open_store(data_dir, KEY, project)
    assert store.notices == ()
    store.close()


@DAMAGED
@pytest.mark.expected_log("storage.duty.restore", "damaged as well")
def test_that_a_damaged_copy_gives_way_to_the_one_before(data_dir: Path) -> None:
    desk(data_dir, (1, 10), (11, 20))
    damage(backups(data_dir)[0], 2)
    damage(data_dir / "duty.db", 0)
    shutil.rmtree(data_dir / "journal")
    for store, _ in opened(data_dir):
        assert queued(store) == names(1, 10)


@DAMAGED
def test_that_settings_and_secrets_come_back(data_dir: Path) -> None:
    store = open_store(data_dir, KEY, project)
    store.duty.set_secret("refresh", "r1")
    store.duty.set_setting("theme", "dark")
    store.close()
    damage(data_dir / "duty.db", 0)
    for reopened, _ in opened(data_dir):
        assert (reopened.duty.get_secret("refresh"), reopened.duty.setting("theme")) == ("r1", "dark")


def test_that_a_restoration_cut_short_is_completed_or_forgotten(data_dir: Path) -> None:
    desk(data_dir, (1, 10))
    (data_dir / REBUILT_FILE).write_bytes(b"half of it")
    store = open_store(data_dir, KEY, project)  # the file itself is there: nothing was moved yet
    assert queued(store) == names(1, 10)
    store.close()
    assert not (data_dir / REBUILT_FILE).exists()
    (data_dir / "duty.db").rename(data_dir / REBUILT_FILE)  # moved away, and then the power went
    store = open_store(data_dir, KEY, project)
    assert queued(store) == names(1, 10)
    store.close()


@DAMAGED
def test_that_damage_met_while_the_desk_runs_is_repaired_at_the_next_start(data_dir: Path) -> None:
    desk(data_dir, (1, 40))
    pages = (data_dir / "duty.db").stat().st_size // 4096
    store = open_store(data_dir, KEY, project)
    for page in range(pages // 2, pages // 2 + 4):
        damage(data_dir / "duty.db", page)
    store._databases[1]._readers.dispose()  # what a connection has read once it does not read again
    with pytest.raises(StorageError, match=r"storage\.corrupt"):
        store.duty.unsent(10_000)
    store.close()
    for reopened, _ in opened(data_dir):
        assert queued(reopened) == names(1, 40)


def test_that_missing_numbers_are_told_as_stretches() -> None:
    def words(*numbers: int) -> str:
        return Restored(None, 0, numbers, is_open_ended=False).missing_words()

    assert (words(), words(4), words(1, 2, 3, 7, 9, 10)) == ("", "4", "1-3, 7, 9-10")
    assert words(*range(0, 100, 2)).endswith("38, …")
