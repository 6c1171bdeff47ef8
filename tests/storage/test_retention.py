"""What is over leaves when the policy says so, a little at a time; what is not over stays for ever."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from storage import retention
from storage import store as store_module
from storage.duty import outbox
from storage.records import OpRecord
from storage.store import Store

NOW = datetime.now(UTC)


@pytest.fixture(autouse=True)
def nothing_is_spared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the newest operations, that is: they stay whatever the clock says."""
    monkeypatch.setattr(outbox, "LOG_LEAST", 0)


def finish(store: Store, enqueue: Callable[..., OpRecord], count: int, days_ago: float) -> None:
    """Let operations be over for so many days."""
    at = (NOW - timedelta(days=days_ago)).isoformat(timespec="milliseconds")
    names = [f"op-{days_ago}-{number}" for number in range(count)]
    for name in names:
        enqueue(name, "o1")
        store.duty.settle(name, "rejected", code="no")
        store.duty.resolve(name, "discarded", "test")
    with store.duty._database.write() as connection:
        for name in names:
            connection.exec_driver_sql("UPDATE op_log SET logged_at = ? WHERE op_id = ?", (at, name))


def logged(store: Store) -> list[str]:
    with store.duty._database.read() as connection:
        return list(connection.exec_driver_sql("SELECT op_id FROM op_log ORDER BY device_seq").scalars())


def test_that_finished_operations_leave_after_the_days_of_the_policy_in_small_steps(
    store: Store, enqueue: Callable[..., OpRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "STEP", 4)
    finish(store, enqueue, 10, 40)
    finish(store, enqueue, 2, 20)
    enqueue("unsent", "o1")
    kept = store._retention
    assert not kept.prune_some(NOW)  # half a year where the centre says nothing
    store.keep_for(lambda: 30)
    left = []
    while kept.prune_some(NOW):
        left.append(len(logged(store)))
    assert left == [8, 4, 2]
    assert logged(store) == ["op-20-0", "op-20-1"]
    assert [op.op_id for op in store.duty.unsent()] == ["unsent"]


def test_that_no_policy_removes_what_may_have_to_be_offered_again(
    store: Store, enqueue: Callable[..., OpRecord]
) -> None:
    finish(store, enqueue, 1, 6)
    store.keep_for(lambda: 0)
    assert not store._retention.prune_some(NOW)
    assert len(logged(store)) == 1


@pytest.mark.expected_log("storage.retention", "too old")
def test_that_damaged_files_set_aside_leave_as_well(store: Store) -> None:
    quarantine = store.duty._database.path.parent / "quarantine"
    for name, days in (("old", 200), ("new", 3)):
        (quarantine / name).mkdir(parents=True)
        (quarantine / name / "cache.db").write_bytes(b"x")
        at = (NOW - timedelta(days=days)).timestamp()
        os.utime(quarantine / name, (at, at))
    assert store._retention.prune_some(NOW)
    assert not store._retention.prune_some(NOW)
    assert [path.name for path in quarantine.iterdir()] == ["new"]


def test_that_a_running_desk_looks_after_it(
    store: Store, enqueue: Callable[..., OpRecord], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store._ballast, "fill", lambda: None)
    finish(store, enqueue, 1, 400)
    store.look_after()
    assert len(logged(store)) == 1  # the policy may not be known yet
    monkeypatch.setattr(store_module, "PRUNE_AFTER_S", 0.0)
    store.look_after()
    assert logged(store) == []
