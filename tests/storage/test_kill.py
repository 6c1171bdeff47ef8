"""What was acknowledged survives `kill -9`, and nothing is half there."""

import os
from pathlib import Path

import pytest

from storage.records import OrderQuery
from storage.store import open_store
from tests.storage.objects import KEY, project
from tests.storage.victims import kill_after

pytestmark = [
    pytest.mark.real,
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="forks its victims"),
]


def test_that_no_acknowledged_operation_is_lost_when_the_program_is_killed(tmp_path: Path) -> None:
    cycles, saved = 40, {}
    for said in kill_after("enqueue", tmp_path / "data", [1 + cycle % 9 * 5 for cycle in range(cycles)]):
        saved |= {op_id: int(seq) for op_id, seq in (line.split() for line in said)}
    store = open_store(tmp_path / "data", KEY, project)
    try:
        kept = {op.op_id: op for lane in range(7) for op in store.duty.pending("work_order", f"o{lane}")}
    finally:
        store.close()
    assert len(saved) > cycles
    assert {op_id for op_id in saved if op_id not in kept} == set()
    assert all(kept[op_id].device_seq == seq for op_id, seq in saved.items())
    assert sorted(op.device_seq for op in kept.values()) == list(range(1, len(kept) + 1))
    assert all(op.payload == b"%d" % op.device_seq for op in kept.values())


def test_that_a_kill_during_a_snapshot_leaves_the_old_rows_or_the_new_never_a_mixture(tmp_path: Path) -> None:
    done = 0
    for said in kill_after("snapshot", tmp_path / "data", [1, 2, 3] * 4):
        done = max(done, *(int(line) for line in said))
        store = open_store(tmp_path / "data", KEY, project)
        try:
            now = store.cache.cursor()
            assert now is not None
            assert now.lsn >= done  # what was said is there; one more may have been committed unsaid
            orders = store.cache.all("work_order")
            assert (len(orders), {record.ver for record in orders}) == (100, {now.lsn})
            assert store.cache.order_count(OrderQuery(text=str(now.lsn))) == 100
        finally:
            store.close()
