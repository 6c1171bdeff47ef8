"""The officer sees base ⊕ pending, and each effect once."""

import json
from collections.abc import Callable
from typing import Any

from storage.records import OrderQuery
from storage.store import Store
from tests.storage.objects import cursor, item, order_json, removal, upsert


def shown(store: Store, object_id: str = "o1") -> dict[str, Any]:
    record = store.cache.get("work_order", object_id)
    assert record is not None
    return {**json.loads(record.data), "pending": record.pending}


def test_that_a_pending_operation_is_shown_and_searched_and_listed(
    store: Store, enqueue: Callable[..., object]
) -> None:
    store.cache.apply([upsert(1, "o1", order_json(title="旧题"))], cursor(1))
    enqueue("op1", "o1", state="closed", title="新题")
    assert store.cache.reproject("work_order", "o1")
    assert (shown(store)["notes"], shown(store)["pending"]) == (["op1"], 1)
    assert store.cache.order_ids(OrderQuery(text="新题", open_only=False), 10) == ["o1"]
    assert store.cache.order_ids(OrderQuery(text="旧题", open_only=False), 10) == []
    assert store.cache.order_ids(OrderQuery(), 10) == []  # closed, as the officer wants it
    assert not store.cache.reproject("work_order", "o1")


def test_that_a_new_base_keeps_what_is_pending_on_top(store: Store, enqueue: Callable[..., object]) -> None:
    store.cache.apply([upsert(1, "o1", order_json())], cursor(1))
    enqueue("op1", "o1")
    enqueue("op2", "o1")
    store.cache.apply([upsert(2, "o1", order_json(title="改"))], cursor(2))
    assert (shown(store)["title"], shown(store)["notes"]) == ("改", ["op1", "op2"])


def test_that_the_overlay_stays_until_the_pull_has_caught_up_with_the_answer(
    store: Store, enqueue: Callable[..., object]
) -> None:
    store.cache.apply([upsert(1, "o1", order_json())], cursor(1))
    enqueue("op1", "o1")
    store.cache.reproject("work_order", "o1")
    store.duty.settle("op1", "acked", lsn=5, ver=2)
    assert not store.cache.reproject("work_order", "o1")  # no flicker back to the old state
    store.cache.apply([upsert(5, "o1", order_json(notes=["op1"]), ver=2)], cursor(5))
    assert (shown(store)["notes"], shown(store)["pending"]) == (["op1"], 0)
    assert store.duty.drop_covered(5) == {("work_order", "o1")}


def test_that_an_effect_the_stream_brings_before_the_answer_is_shown_once(
    store: Store, enqueue: Callable[..., object]
) -> None:
    store.cache.apply([upsert(1, "o1", order_json())], cursor(1))
    enqueue("op1", "o1")
    enqueue("op2", "o1")
    store.cache.apply([upsert(2, "o1", order_json(notes=["op1"]), by_op="op1")], cursor(2))
    assert shown(store)["notes"] == ["op1", "op2"]
    store.cache.apply([upsert(3, "o1", order_json(notes=["op1"], title="x"))], cursor(3))  # of somebody else
    assert shown(store)["notes"] == ["op1", "op2"]
    store.duty.settle("op1", "acked", lsn=2, ver=2)
    store.duty.drop_covered(3)
    assert not store.cache.reproject("work_order", "o1")


def test_that_a_replay_naming_our_operation_still_takes_it_out_of_the_overlay(
    store: Store, enqueue: Callable[..., object]
) -> None:
    store.cache.apply([upsert(2, "o1", order_json(notes=["op1"]))], cursor(2))
    enqueue("op1", "o1")
    store.cache.reproject("work_order", "o1")
    applied = store.cache.apply([upsert(2, "o1", order_json(notes=["op1"]), by_op="op1")], cursor(2))
    assert applied.upserted == {"work_order": frozenset({"o1"})}
    assert shown(store)["notes"] == ["op1"]


def test_that_a_refused_operation_leaves_the_overlay(store: Store, enqueue: Callable[..., object]) -> None:
    store.cache.apply([upsert(1, "o1", order_json())], cursor(1))
    enqueue("op1", "o1")
    store.cache.reproject("work_order", "o1")
    store.duty.settle("op1", "conflict", code="workflow.state")
    assert store.cache.reproject("work_order", "o1")
    assert "notes" not in shown(store)


def test_that_projections_are_brought_into_line_after_a_crash_between_the_two_files(
    open_desk: Callable[[], Store],
) -> None:
    store = open_desk()
    store.cache.apply([upsert(1, "o1", order_json()), upsert(2, "o2", order_json())], cursor(2))
    for op_id, object_id in (("op1", "o1"), ("op2", "o2")):
        store.duty.enqueue(
            lambda _d, _s, text=op_id: json.dumps({"text": text}).encode(), "work_order", object_id, "note", op_id
        )
    store.cache.reproject("work_order", "o2")
    store.duty.settle("op2", "rejected")  # and then, before either row is computed anew, the power goes
    store = open_desk()
    assert shown(store, "o1")["notes"] == ["op1"]
    assert "notes" not in shown(store, "o2")


def test_that_an_operation_on_an_order_that_is_gone_does_no_harm(store: Store, enqueue: Callable[..., object]) -> None:
    enqueue("op1", "nowhere")
    assert not store.cache.reproject("work_order", "nowhere")
    assert [op.op_id for op in store.duty.next_batch()] == ["op1"]


def test_that_a_snapshot_comes_in_with_the_overlay_on_it(store: Store, enqueue: Callable[..., object]) -> None:
    enqueue("op1", "o1")
    store.cache.begin_snapshot(7, "e1", "hall")
    store.cache.add_snapshot_page(0, [item("o1", 3, order_json())])
    store.cache.commit_snapshot(cursor(7))
    assert shown(store)["notes"] == ["op1"]


def test_that_an_object_begun_here_is_shown_until_the_centre_has_it(store: Store, enqueue: Callable[..., Any]) -> None:
    store.cache.apply([], cursor(1))
    enqueue("op1", "new", verb="report", state="reported", title="路灯不亮")
    assert store.cache.reproject("work_order", "new")
    assert (shown(store, "new")["title"], shown(store, "new")["pending"]) == ("路灯不亮", 1)
    assert store.cache.order_ids(OrderQuery(text="路灯"), 10) == ["new"]
    store.duty.settle("op1", "acked", lsn=2, ver=1)
    store.cache.apply([upsert(2, "new", order_json(title="路灯不亮", notes=["op1"]))], cursor(2))
    assert (shown(store, "new")["notes"], shown(store, "new")["pending"]) == (["op1"], 0)


def test_that_an_object_begun_here_goes_when_the_centre_refuses_it(store: Store, enqueue: Callable[..., Any]) -> None:
    store.cache.apply([], cursor(1))
    enqueue("op1", "new", verb="report", title="x")
    store.cache.reproject("work_order", "new")
    store.duty.settle("op1", "rejected", lsn=0, ver=0, code="workflow.role")
    assert store.cache.reproject("work_order", "new")
    assert store.cache.get("work_order", "new") is None


def test_that_what_is_shown_of_an_object_that_went_away_is_what_a_restart_would_show(
    store: Store, enqueue: Callable[..., Any]
) -> None:
    """Found by shift 60169: an operation that begins an object waited, and only a restart showed it again."""
    store.cache.apply([upsert(1, "o1", order_json()), upsert(2, "o2", order_json())], cursor(2))
    enqueue("op1", "o1", verb="report", title="路灯不亮")
    enqueue("op2", "o2")
    applied = store.cache.apply([removal(3, "o1", 2), removal(4, "o2", 2)], cursor(4))
    assert (applied.upserted, applied.removed) == ({"work_order": {"o1"}}, {"work_order": {"o2"}})
    assert (shown(store, "o1")["title"], shown(store, "o1")["pending"]) == ("路灯不亮", 1)
    before = store.cache.all("work_order")
    store.cache.recover()
    assert store.cache.all("work_order") == before
    assert store.cache.apply([upsert(1, "o1", order_json())], cursor(4)).skipped == 1  # a late copy brings nothing back
    assert store.cache.all("work_order") == before


def test_that_an_object_begun_here_counts_as_none_of_the_centres(store: Store, enqueue: Callable[..., Any]) -> None:
    """Found by shift 50623: the digests differed by it, and mending them took it off the screen."""
    store.cache.apply([upsert(1, "o1", order_json())], cursor(1))
    enqueue("op1", "new", verb="report", title="x")
    assert store.cache.reproject("work_order", "new")
    assert store.cache.versions("work_order", 0).living == {"o1": 1}


def test_that_what_was_done_to_an_object_that_the_centre_refused_shows_no_remains(
    store: Store, enqueue: Callable[..., Any]
) -> None:
    """Found by shift 40026: the refused order stayed on the screen with the officer's note, and nothing else."""
    store.cache.apply([], cursor(1))
    enqueue("op1", "new", verb="report", title="x")
    enqueue("op2", "new", verb="note", text="x")
    store.cache.reproject("work_order", "new")
    store.duty.settle("op1", "rejected", lsn=0, ver=0, code="workflow.role")
    assert store.cache.reproject("work_order", "new")
    assert store.cache.get("work_order", "new") is None


def test_that_an_operation_on_an_object_that_went_away_begins_none(store: Store, enqueue: Callable[..., Any]) -> None:
    store.cache.apply([], cursor(1))
    enqueue("op1", "gone")
    assert not store.cache.reproject("work_order", "gone")
    assert store.cache.get("work_order", "gone") is None
