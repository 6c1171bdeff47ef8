"""What `duty.db` loses, the journal has; what the journal loses, `duty.db` has."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.duty import journal as journal_module
from storage.duty.journal import FILES_KEPT, FOLDER, Journal
from storage.errors import StorageError
from storage.records import OpRecord
from storage.store import Store, open_store
from tests.storage.objects import KEY, project
from tests.storage.test_store import leave_unclean

BEHIND = pytest.mark.expected_log("storage.store", "behind its journal")


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(data_dir: Path) -> Iterator[Store]:
    store = open_store(data_dir, KEY, project)
    yield store
    store.close()


def enqueue(store: Store, first: int, last: int) -> None:
    for seq in range(first, last + 1):
        store.duty.enqueue(lambda _d, n: b'{"seq": %d}' % n, "work_order", f"o{seq % 5}", "note", f"op{seq}")


def queued(store: Store) -> list[tuple[str, int, bytes]]:
    return [(op.op_id, op.device_seq, op.payload) for op in store.duty.unsent(1_000)]


def wanted(last: int) -> list[tuple[str, int, bytes]]:
    return [(f"op{seq}", seq, b'{"seq": %d}' % seq) for seq in range(1, last + 1)]


def as_after_a_kill(data_dir: Path, elsewhere: Path) -> Path:
    """Copy the directory as it lies on the disk while the desk runs: log and all."""
    shutil.copytree(data_dir, elsewhere)
    leave_unclean(elsewhere)
    return elsewhere


@BEHIND
@pytest.mark.fault(16)
def test_that_operations_come_back_when_somebody_deleted_the_log(store: Store, data_dir: Path, tmp_path: Path) -> None:
    enqueue(store, 1, 20)
    copy = as_after_a_kill(data_dir, tmp_path / "copy")
    (copy / "duty.db-wal").unlink()
    (copy / "duty.db-shm").unlink()
    again = open_store(copy, KEY, project)
    try:
        assert [(n.code, n.params) for n in again.notices if "duty" in n.code] == [
            ("storage.duty_went_back", {"count": 20})
        ]
        assert queued(again) == wanted(20)
        enqueue(again, 21, 21)
        assert queued(again) == wanted(21)
    finally:
        again.close()
    again = open_store(copy, KEY, project)
    assert again.notices == ()
    again.close()


@BEHIND
@pytest.mark.fault(17)
def test_that_an_older_copy_put_in_its_place_is_noticed_and_made_up_for(data_dir: Path) -> None:
    store = open_store(data_dir, KEY, project)
    enqueue(store, 1, 5)
    store.close()
    old = (data_dir / "duty.db").read_bytes()
    store = open_store(data_dir, KEY, project)
    enqueue(store, 6, 9)
    store.duty.settle("op2", "rejected", code="no")
    store.close()
    (data_dir / "duty.db").write_bytes(old)
    store = open_store(data_dir, KEY, project)
    try:
        assert [(n.code, n.params) for n in store.notices] == [("storage.duty_went_back", {"count": 4})]
        assert queued(store) == wanted(9)
    finally:
        store.close()


@BEHIND
@pytest.mark.fault(2)
def test_that_an_operation_the_journal_has_and_the_database_not_yet_is_there_once(data_dir: Path) -> None:
    store = open_store(data_dir, KEY, project)
    enqueue(store, 1, 3)
    store.close()
    between = OpRecord("op4", 4, "work_order", "o4", "note", b'{"seq": 4}', created_at="2026-11-01T00:00:00+00:00")
    Journal(data_dir, KEY).append([between])
    for _ in range(2):
        store = open_store(data_dir, KEY, project)
        assert queued(store) == wanted(4)
        store.close()


@pytest.mark.fault(15)
@pytest.mark.expected_log("storage.duty.journal", "damaged")
def test_that_a_flipped_bit_of_the_journal_costs_nothing_the_database_has(data_dir: Path) -> None:
    store = open_store(data_dir, KEY, project)
    enqueue(store, 1, 6)
    store.close()
    path = next((data_dir / FOLDER).iterdir())
    whole = path.read_bytes()
    known = Journal(data_dir, KEY).read()
    assert (len(known.ops), known.damaged) == (6, 0)
    for place in range(0, len(whole), 37):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        found = Journal(data_dir, KEY).read()
        assert len(found.ops) == 5
        assert all(known.ops[op_id] == op for op_id, op in found.ops.items())
    store = open_store(data_dir, KEY, project)
    assert (store.notices, queued(store)) == ((), wanted(6))
    store.close()


@pytest.mark.fault(8)
def test_that_a_torn_end_of_the_journal_is_no_damage(data_dir: Path) -> None:
    store = open_store(data_dir, KEY, project)
    enqueue(store, 1, 3)
    store.close()
    path = next((data_dir / FOLDER).iterdir())
    whole = path.read_bytes()
    for cut in range(1, len(whole) // 3):
        path.write_bytes(whole[:-cut])
        found = Journal(data_dir, KEY).read()
        assert (sorted(found.ops), found.damaged) == (["op1", "op2"], 0)
    store = open_store(data_dir, KEY, project)
    enqueue(store, 4, 4)  # in a file of its own: behind a torn end nothing would be found
    store.close()
    assert sorted(Journal(data_dir, KEY).read().ops) == ["op1", "op2", "op4"]


@pytest.mark.fault(9)
@pytest.mark.expected_log("storage.engine", "opened anew")
def test_that_after_an_error_of_the_disk_another_file_is_taken(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    enqueue(store, 1, 1)

    def fail_once(_descriptor: int) -> None:
        monkeypatch.undo()
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(journal_module.os, "fsync", fail_once)
    with pytest.raises(StorageError) as caught:
        enqueue(store, 2, 2)
    assert caught.value.code == "storage.io"
    enqueue(store, 3, 3)
    assert [(op.op_id, op.device_seq) for op in store.duty.unsent(9)] == [("op1", 1), ("op3", 2)]
    assert sorted(store._journal.read().ops) == ["op1", "op3"]  # the officer was told that op2 is not saved
    assert len(list((store.duty._database.path.parent / FOLDER).iterdir())) == 2


def test_that_an_operation_that_was_not_committed_is_taken_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    enqueue(store, 1, 1)
    append = Journal.append

    def append_and_fail(journal: Journal, ops: list[OpRecord]) -> None:
        append(journal, ops)
        raise LookupError("no commit")

    monkeypatch.setattr(Journal, "append", append_and_fail)
    with pytest.raises(LookupError, match="no commit"):
        enqueue(store, 2, 2)
    monkeypatch.undo()
    assert list(store._journal.read().ops) == ["op1"]


def test_that_the_journal_reaches_back_as_far_as_the_oldest_copy_and_no_farther(store: Store) -> None:
    assert store._backups is not None
    for turn in range(7):
        enqueue(store, turn + 1, turn + 1)
        store._backups.make()
    kept = store._journal.read().ops
    assert sorted(kept) == [f"op{seq}" for seq in range(8 - FILES_KEPT, 8)]


def test_that_nothing_in_the_journal_can_be_read_without_the_key(store: Store) -> None:
    store.duty.enqueue(lambda _d, _n: "王五 13800001234".encode(), "work_order", "o1", "note", "op-secret")
    data = b"".join(path.read_bytes() for path in (store.duty._database.path.parent / FOLDER).iterdir())
    assert not any(part in data for part in ("王五".encode(), b"13800001234", b"op-secret"))
