"""Operations: numbered without gaps, in order by lane, never gone without a trace."""

import json
from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import event

from storage.duty import outbox
from storage.errors import StorageError
from storage.records import OpRecord, OutboxCounts
from storage.store import Store

Enqueue = Callable[..., OpRecord]


def batch(store: Store, **limits: int) -> list[str]:
    return [op.op_id for op in store.duty.next_batch(**limits)]


def test_that_an_operation_carries_the_device_and_a_number_without_gaps(
    store: Store, enqueue: Enqueue, open_desk: Callable[[], Store]
) -> None:
    def fails(device_id: str, device_seq: int) -> bytes:
        raise RuntimeError("the caller's own")

    first = enqueue("op1", "o1")
    with pytest.raises(RuntimeError):
        store.duty.enqueue(fails, "work_order", "o1", "note", "op2")
    second = enqueue("op3", "o1")
    assert (first.device_seq, second.device_seq) == (1, 2)
    assert json.loads(second.payload)["device_seq"] == 2
    device = store.duty.device_id()
    again = open_desk()
    assert again.duty.device_id() == device
    assert again.duty.pending("work_order", "o1") == [first, second]


def test_that_the_same_operation_written_twice_is_one(store: Store, enqueue: Enqueue) -> None:
    first = enqueue("op1", "o1", text="first")
    assert enqueue("op1", "o1", text="second") == first
    assert store.duty.counts() == OutboxCounts(queued=1)
    store.duty.settle("op1", "acked", lsn=1)
    store.duty.drop_covered(1)
    assert enqueue("op1", "o1", text="third").payload == first.payload  # even when it is long over


def test_that_a_lane_gives_one_operation_at_a_time_and_others_go_on(store: Store, enqueue: Enqueue) -> None:
    for op_id, object_id in (("a1", "a"), ("a2", "a"), ("b1", "b"), ("c1", "c"), ("a3", "a")):
        enqueue(op_id, object_id)
    assert batch(store) == ["a1", "b1", "c1"]
    store.duty.mark_sending(["a1", "b1"])
    assert batch(store) == ["c1"]
    store.duty.settle("a1", "acked", lsn=4)
    store.duty.settle("b1", "conflict", code="workflow.state")
    assert batch(store) == ["a2", "c1"]


def plans(store: Store, act: Callable[[], object]) -> str:
    """Return how SQLite goes about the statements that `act` reads with."""
    statements: list[tuple[str, Any]] = []

    def listen(_connection: object, _cursor: object, sql: str, parameters: object, *_: object) -> None:
        statements.append((sql, parameters))

    readers = store.duty._database._readers
    event.listen(readers, "before_cursor_execute", listen)
    act()
    event.remove(readers, "before_cursor_execute", listen)
    with store.duty._database.read() as connection:
        steps = [
            step
            for sql, parameters in statements
            if sql.startswith("SELECT")
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", parameters)
        ]
    return "\n".join(step[-1] for step in steps)


def test_that_what_waits_for_other_objects_is_not_looked_at(store: Store, enqueue: Enqueue) -> None:
    """With ten thousand operations waiting, a page of the pull took five seconds."""
    enqueue("op1", "o1")
    plan = plans(store, lambda: store.duty.pending("work_order", "o1"))
    assert "SEARCH outbox USING INDEX ix_outbox_kind_id_device_seq (kind=? AND id=?)" in plan
    assert "USING COVERING INDEX ix_outbox_centre_status" in plans(store, store.duty.counts)


def test_that_the_same_id_of_another_kind_is_another_lane(store: Store, enqueue: Enqueue) -> None:
    enqueue("a1", "x")
    enqueue("a2", "x", kind="incident")
    assert batch(store) == ["a1", "a2"]


def test_that_a_batch_keeps_to_its_limits_but_never_refuses_the_first(store: Store, enqueue: Enqueue) -> None:
    enqueue("big", "a", filler="x" * 1_000)
    for number in range(5):
        enqueue(f"op{number}", f"o{number}")
    assert batch(store, max_bytes=100) == ["big"]
    assert batch(store, max_ops=3) == ["big", "op0", "op1"]
    assert batch(store, max_bytes=1_130) == ["big", "op0"]


def test_that_a_failed_attempt_goes_back_to_its_place_with_the_same_bytes(store: Store, enqueue: Enqueue) -> None:
    first = enqueue("a1", "a")
    enqueue("b1", "b")
    store.duty.mark_sending(["a1", "b1"])
    store.duty.requeue(["a1"], attempt=True)
    store.duty.requeue(["b1"], attempt=False)
    again = store.duty.next_batch()
    assert [(op.op_id, op.attempts, op.status) for op in again] == [("a1", 1, "queued"), ("b1", 0, "queued")]
    assert again[0].payload == first.payload


def test_that_operations_under_way_are_queued_again_after_a_restart(
    store: Store, enqueue: Enqueue, open_desk: Callable[[], Store]
) -> None:
    enqueue("a1", "a")
    enqueue("b1", "b")
    store.duty.mark_sending(["a1", "b1"])
    assert store.duty.counts() == OutboxCounts(sending=2)
    assert batch(open_desk()) == ["a1", "b1"]


def test_that_an_answer_counts_once(store: Store, enqueue: Enqueue) -> None:
    enqueue("a1", "a")
    assert store.duty.settle("a1", "acked", lsn=7, ver=2, outcome=b"{}")
    assert not store.duty.settle("a1", "rejected", code="late")
    assert not store.duty.settle("unknown", "acked", lsn=1)
    found = store.duty.get("a1")
    assert found is not None
    assert (found.status, found.ack_lsn, found.ack_ver, found.outcome) == ("acked", 7, 2, b"{}")
    with pytest.raises(ValueError, match="discarded"):
        store.duty.settle("a1", "discarded")


def test_that_acked_operations_stay_pending_until_covered_and_then_go_to_the_log(
    store: Store, enqueue: Enqueue
) -> None:
    enqueue("a1", "a")
    enqueue("a2", "a")
    store.duty.settle("a1", "acked", lsn=7)
    assert store.duty.drop_covered(6) == set()
    assert [op.op_id for op in store.duty.pending("work_order", "a")] == ["a1", "a2"]
    assert store.duty.drop_covered(7) == {("work_order", "a")}
    assert [op.op_id for op in store.duty.pending("work_order", "a")] == ["a2"]
    found = store.duty.get("a1")
    assert found is not None
    assert found.status == "acked"


def test_that_a_refused_operation_waits_in_the_tray_and_holds_its_lane_until_somebody_decides(
    store: Store, enqueue: Enqueue
) -> None:
    for op_id in ("a1", "a2"):
        enqueue(op_id, "a")
    enqueue("b1", "b")
    store.duty.settle("a1", "conflict", code="workflow.state", outcome=b'{"by": "x"}')
    store.duty.settle("b1", "rejected", code="scope")
    assert [(op.op_id, op.code) for op in store.duty.tray()] == [("a1", "workflow.state"), ("b1", "scope")]
    assert store.duty.counts() == OutboxCounts(queued=1, unresolved=2)
    assert batch(store) == []
    with pytest.raises(ValueError, match="somebody"):
        store.duty.resolve("a1", "", "")
    resolved = store.duty.resolve("a1", "discard", "已有人处理")
    assert resolved is not None
    assert resolved.outcome == b'{"by": "x"}'
    assert store.duty.resolve("a1", "discard", "again") is None
    assert store.duty.resolve("a2", "discard", "not in the tray") is None
    assert batch(store) == ["a2"]
    found = store.duty.get("a1")
    assert found is not None
    assert found.status == "discarded"


def test_that_a_full_outbox_says_so_and_keeps_what_it_has(
    store: Store, enqueue: Enqueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "CAP", 2)
    enqueue("a1", "a")
    enqueue("a2", "a")
    with pytest.raises(StorageError) as caught:
        enqueue("a3", "a")
    assert (caught.value.code, caught.value.params["cap"]) == ("storage.outbox_full", 2)
    assert store.duty.counts() == OutboxCounts(queued=2)


def test_that_the_log_forgets_after_half_a_year_only(store: Store, enqueue: Enqueue) -> None:
    enqueue("a1", "a")
    store.duty.settle("a1", "acked", lsn=1)
    store.duty.drop_covered(1)
    assert store.duty.prune_log() == 0
    assert store.duty.get("a1") is not None


def test_that_secrets_and_settings_are_kept_and_forgotten(store: Store, open_desk: Callable[[], Store]) -> None:
    store.duty.set_secret("refresh", "one")
    store.duty.set_secret("refresh", "two")
    store.duty.set_setting("language", "zh")
    store = open_desk()
    assert (store.duty.get_secret("refresh"), store.duty.setting("language")) == ("two", "zh")
    store.duty.set_secret("refresh", None)
    assert store.duty.get_secret("refresh") is None
    assert store.duty.setting("refresh") is None


def test_that_what_a_centre_lost_is_offered_again_in_its_order(store: Store, enqueue: Enqueue) -> None:
    for op_id, object_id in (("a1", "a"), ("a2", "a"), ("b1", "b"), ("c1", "c"), ("d1", "d")):
        enqueue(op_id, object_id)
    for lsn, op_id in enumerate(("a1", "a2", "b1"), start=10):
        store.duty.settle(op_id, "acked", lsn=lsn, outcome=b"{}")
    store.duty.settle("c1", "rejected")
    store.duty.drop_covered(11)  # a1 and a2 are in the log, b1 is still acknowledged in the outbox

    assert store.duty.offer_again(10) == {("work_order", "a"), ("work_order", "b")}

    assert [(op.op_id, op.ack_lsn, op.outcome) for op in store.duty.next_batch()] == [
        ("a2", 0, b""),
        ("b1", 0, b""),
        ("d1", 0, b""),
    ]
    assert store.duty.offer_again() == {("work_order", "a")}
    assert batch(store) == ["a1", "b1", "d1"]
    assert [op.op_id for op in store.duty.tray()] == ["c1"]


@pytest.mark.fault(35)
def test_that_operations_for_another_centre_wait_until_it_is_in_service_again(
    store: Store, enqueue: Enqueue, open_desk: Callable[[], Store]
) -> None:
    store.duty.serve("north")
    for op_id in ("n1", "n2", "n3"):
        enqueue(op_id, op_id)
    store.duty.settle("n2", "conflict", code="workflow.state")
    store.duty.settle("n3", "acked", lsn=3)
    store.duty.serve("south")
    enqueue("s1", "n1")

    assert batch(store) == ["s1"]
    assert store.duty.tray() == []
    assert [op.op_id for op in store.duty.pending("work_order", "n1")] == ["s1"]
    assert store.duty.counts() == OutboxCounts(queued=1, elsewhere=3)
    assert store.duty.drop_covered(100) == set()
    assert store.duty.offer_again() == set()

    again = open_desk()
    assert again.duty.centre == "south"
    again.duty.serve("north")
    assert batch(again) == ["n1"]
    assert again.duty.counts() == OutboxCounts(queued=1, acked=1, unresolved=1, elsewhere=1)


def test_that_lanes_that_are_passed_over_leave_room_for_others(store: Store, enqueue: Enqueue) -> None:
    for number in range(4):
        enqueue(f"op{number}", f"o{number}", text="x" * 1_000)
    resting = {("work_order", "o0"), ("work_order", "o1")}
    assert [op.op_id for op in store.duty.next_batch(max_ops=1, max_bytes=1_000, without=resting)] == ["op2"]


@pytest.mark.fault(51)
def test_that_a_clock_years_ahead_takes_nothing_from_the_log_and_hides_nothing_from_the_centre(
    store: Store, enqueue: Enqueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    enqueue("a", "a")
    store.duty.settle("a", "acked", lsn=10)
    store.duty.drop_covered(10)
    monkeypatch.setattr(
        "storage.duty.duty.datetime", SimpleNamespace(now=lambda zone: datetime(2036, 11, 22, tzinfo=zone))
    )

    assert store.duty.prune_log() == 0
    assert store.duty.offer_again() == {("work_order", "a")}

    store.duty.settle("a", "acked", lsn=10)
    monkeypatch.setattr(
        "storage.duty.duty.datetime", SimpleNamespace(now=lambda zone: datetime(2026, 1, 1, tzinfo=zone))
    )
    store.duty.drop_covered(10)
    monkeypatch.undo()
    monkeypatch.setattr(outbox, "LOG_LEAST", 0)
    assert store.duty.prune_log() == 1


def test_that_what_was_acknowledged_long_ago_is_not_offered_again(
    store: Store, enqueue: Enqueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    enqueue("old", "a")
    store.duty.settle("old", "acked", lsn=10)
    store.duty.drop_covered(10)
    monkeypatch.setattr(outbox, "OFFER_DAYS", -1)
    monkeypatch.setattr(outbox, "OFFER_LEAST", 0)

    assert store.duty.offer_again() == set()
    assert store.duty.counts() == OutboxCounts()
