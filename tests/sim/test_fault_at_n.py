"""The N-th step of the disk fails, for N = 1, 2, 3 … until a pass without a failure: nothing is ever half done.

Each step fails in one of four ways, by turns; with ``ALL_FAULTS=1`` in the environment, in each of the four.
"""

import json
import logging
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select
from sqlcipher3 import dbapi2 as driver

from desktop.sync.overlay import project
from storage.cache.state import read_state
from storage.duty.tables import op_log, outbox
from storage.errors import StorageError
from storage.records import ChangeRecord, Cursor, ItemRecord
from storage.store import Store, open_store
from tests.sim.faulty_disk import SENTENCES, FaultyDisk

KEY = bytes(range(32))
_STEPS_CAP = 400
_CODES = {"full": "storage.full", "io": "storage.io", "busy": "storage.busy", "corrupt": "storage.corrupt"}

Facts = tuple[Any, ...]


def _cursor(lsn: int) -> Cursor:
    return Cursor(f"t{lsn}", lsn, "e1", "hall")


def _order(state: str, *op_ids: str) -> bytes:
    return json.dumps({"number": "LJ-1", "state": state, "history": [{"op_id": op_id} for op_id in op_ids]}).encode()


def _payload(op_id: str, verb: str) -> Callable[[str, int], bytes]:
    def make(_device: str, number: int) -> bytes:
        return json.dumps({"op_id": op_id, "device_seq": number, "verb": verb}).encode()

    return make


def facts(store: Store) -> Facts:
    """Everything that matters: operations with their fate, cursor, rows and what is shown."""
    with store.duty._database.read() as connection:
        columns = ("device_seq", "op_id", "status", "ack_lsn", "payload")
        ops = [
            tuple(connection_row)
            for table in (outbox, op_log)
            for connection_row in connection.execute(select(*(table.c[name] for name in columns)))
        ]
    with store.cache._database.read() as connection:
        state = read_state(connection)
        record = state.live.record.c
        rows = connection.execute(select(record.kind, record.id, record.ver, record.base, record.shown)).all()
    return (sorted(ops), state.cursor, sorted((row.kind, row.id, row.ver, row.base, row.shown or b"") for row in rows))


def enqueue(store: Store) -> None:
    store.duty.enqueue(_payload("op9", "note"), "work_order", "o1", "note", "op9")


def settle(store: Store) -> None:
    store.duty.settle("op1", "acked", lsn=3, ver=2)


def drop_covered(store: Store) -> None:
    store.duty.drop_covered(10)


def apply(store: Store) -> None:
    changes = [
        ChangeRecord(3, "work_order", "o1", 2, "upsert", _order("accepted", "op1"), "op1"),
        ChangeRecord(4, "work_order", "o2", 2, "delete"),
        ChangeRecord(5, "work_order", "o3", 1, "upsert", _order("reported")),
        ChangeRecord(6, "alert", "a1", 1, "revoke"),
    ]
    store.cache.apply(changes, _cursor(6))


def commit_snapshot(store: Store) -> None:
    store.cache.commit_snapshot(_cursor(9), {"work_order": 2})


SCRIPTS = (enqueue, settle, drop_covered, apply, commit_snapshot)


def _prepare(store: Store) -> None:
    """An order with one operation under way, one acknowledged, and a snapshot that is all there but not swapped in."""
    before = [ChangeRecord(n, "work_order", f"o{n}", 1, "upsert", _order("reported")) for n in (1, 2)]
    store.cache.apply(before, _cursor(2))
    for op_id, target in (("op1", "o1"), ("op2", "o2")):
        store.duty.enqueue(_payload(op_id, "accept"), "work_order", target, "accept", op_id)
        store.cache.reproject("work_order", target)
    store.duty.mark_sending(["op1", "op2"])
    store.duty.settle("op2", "acked", lsn=8, ver=2)
    store.cache.begin_snapshot(9, "e1", "hall")
    store.cache.add_snapshot_page(0, [ItemRecord("work_order", f"o{n}", 5, _order("closed")) for n in (1, 2)])


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data_dir = tmp_path_factory.mktemp("prepared") / "data"
    store = open_store(data_dir, KEY, project)
    _prepare(store)
    store.close()
    return data_dir


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """A store that was damaged says so when it is closed."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultyDisk]:
    faulty = FaultyDisk()
    facade = SimpleNamespace(**{**vars(driver), "connect": faulty.connect})
    monkeypatch.setattr("storage.engine.driver", facade)
    yield faulty
    faulty.disarm()


@pytest.mark.fault(9, 10, 11)
@pytest.mark.slow
@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("turn", range(len(SENTENCES) if os.environ.get("ALL_FAULTS") else 1))
def test_that_a_step_of_the_disk_that_fails_leaves_all_or_nothing(
    tmp_path: Path, prepared: Path, disk: FaultyDisk, script: Callable[[Store], None], turn: int
) -> None:
    untouched, done = _outcomes(prepared, tmp_path, script)
    for step in range(1, _STEPS_CAP):
        store = _copy(prepared, tmp_path / f"{step}")
        fault = list(SENTENCES)[(step + turn) % len(SENTENCES)]
        disk.arm(step, fault)
        failed = ""
        try:
            script(store)
        except StorageError as error:
            failed = error.code
        disk.disarm()
        try:
            assert failed in {"", _CODES[fault]}, (step, disk.struck)
            after = facts(store)
            assert after in (untouched, done), (step, failed, disk.struck)
            if not failed:
                assert after == done, (step, disk.struck)
            _again(store, script, after == done)
            assert facts(store) == done, (step, disk.struck)
        finally:
            store.close()
        if not disk.struck:
            assert step > 2
            return
    pytest.fail(f"no pass without a failure in {_STEPS_CAP} steps")


def _again(store: Store, script: Callable[[Store], None], is_done: bool) -> None:
    """Try once more, as the engine does; a swap that has happened cannot happen twice."""
    if script is commit_snapshot and is_done:
        return
    script(store)


def _copy(prepared: Path, data_dir: Path) -> Store:
    shutil.copytree(prepared, data_dir)
    store = open_store(data_dir, KEY, project)
    store.duty.mark_sending(["op1"])  # opening has put it back into the queue
    return store


def _outcomes(prepared: Path, tmp_path: Path, script: Callable[[Store], None]) -> tuple[Facts, Facts]:
    """What there is before and after `script` on a sound disk."""
    store = _copy(prepared, tmp_path / "sound")
    try:
        before = facts(store)
        script(store)
        return before, facts(store)
    finally:
        store.close()
