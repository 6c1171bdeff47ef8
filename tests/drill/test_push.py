"""Operations: what becomes of them, once and for all."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest
import uuid6
from sqlalchemy import create_engine, text
from sqlcipher3 import dbapi2

from desktop.drill.store.database import FILE_NAME
from tests.drill.running import Desk, Drill


class Orders:
    """Hands out orders by state, each one once."""

    def __init__(self, desk: Desk) -> None:
        items, self.cursor = desk.snapshot()
        self._by_state: dict[str, list[dict[str, Any]]] = {}
        for (kind, _), item in items.items():
            if kind == "work_order":
                self._by_state.setdefault(item["data"]["state"], []).append(item)

    def take(self, state: str) -> str:
        return self._by_state[state].pop()["id"]


@pytest.fixture(scope="module")
def orders(drill: Drill) -> Orders:
    desk = Desk(drill.url, drill.ready["username"], drill.ready["password"], "desk-orders")
    try:
        return Orders(desk)
    finally:
        desk.close()


def test_that_an_order_goes_its_way_by_operations(desk: Desk, orders: Orders) -> None:
    order = orders.take("reported")
    steps = [
        ("accept", "reported", {}),
        ("register", "accepted", {}),
        ("dispatch", "registered", {"department": "manage"}),
        ("handle", "dispatched", {}),
        ("report_back", "handling", {"text": "已清运"}),
        ("verify_pass", "verifying", {}),
        ("reply", "closed", {"text": "已回访"}),
    ]
    cursor = orders.cursor
    results = desk.send(*(desk.op(order, verb, state=state, **args) for verb, state, args in steps))
    assert [result["status"] for result in results] == ["applied"] * len(steps)
    changes = [c for c in desk.get("/v1/sync/changes", since=cursor, limit=1000)["changes"] if c["id"] == order]
    assert [change["by_op"] for change in changes] == [result["op_id"] for result in results]
    assert [change["lsn"] for change in changes] == [result["lsn"] for result in results]
    assert [change["ver"] for change in changes] == [result["ver"] for result in results]
    last = changes[-1]["data"]
    assert (last["state"], last["lead_department"], last["due"]) == ("replied", "manage", "")
    assert last["closed_at"]
    told = [(line["verb"], line["actor"], line["op_id"]) for line in last["history"][-len(steps) :]]
    assert told == [(verb, "张伟", result["op_id"]) for (verb, _, _), result in zip(steps, results, strict=True)]


def test_that_the_running_limit_follows_the_state(desk: Desk, orders: Orders) -> None:
    order = orders.take("reported")
    for verb, state, stage in (("accept", "reported", "dispatched"), ("register", "accepted", "dispatched")):
        desk.send(desk.op(order, verb, state=state))
        data = desk.get("/v1/sync/changes", since=orders.cursor, limit=1000)["changes"][-1]["data"]
        assert data["due"] == next(limit["due"] for limit in data["limits"] if limit["stage"] == stage)


def test_that_a_reopened_order_gets_its_whole_handling_time_again(desk: Desk, orders: Orders) -> None:
    order = orders.take("replied")
    (result,) = desk.send(desk.op(order, "reopen", state="replied", text="来电人不满意"))
    assert result["status"] == "applied"
    data = desk.get("/v1/sync/changes", since=orders.cursor, limit=1000)["changes"][-1]["data"]
    assert data["state"] == "handling"
    assert data["due"] > data["history"][-1]["at"]
    assert data["closed_at"] == ""


def test_that_the_same_operation_takes_effect_once(desk: Desk, orders: Orders) -> None:
    op = desk.op(orders.take("reported"), "accept", state="reported")
    (first,), (second,), third = desk.send(op), desk.send(op), desk.send(op, op)
    assert first["status"] == "applied"
    assert second == first | {"status": "duplicate"}
    assert third == [second, second]
    status = desk.http.post("/v1/ops/status", json={"op_ids": [op["op_id"], str(uuid6.uuid7())]}).json()["results"]
    assert status[0] == first
    assert status[1]["status"] == "unknown"


def test_that_the_later_of_two_officers_gets_a_conflict_and_hears_who_was_first(
    drill: Drill, desk: Desk, orders: Orders
) -> None:
    order = orders.take("reported")
    other = Desk(drill.url, "drill-chief2", drill.ready["password"], "desk-other")
    (won,) = other.send(other.op(order, "accept", state="reported"))
    late = desk.op(order, "accept", state="reported")
    (lost,) = desk.send(late)
    other.close()
    assert won["status"] == "applied"
    assert (lost["status"], lost["code"], lost["by"]) == ("conflict", "workflow.state", "陆晓敏")
    assert lost["current"]["state"] == "accepted"
    assert lost["at"] == lost["current"]["history"][-1]["at"]
    assert desk.send(late) == [lost]


def test_that_the_expected_state_guards_even_where_the_verb_would_fit(desk: Desk, orders: Orders) -> None:
    order = orders.take("accepted")
    (result,) = desk.send(desk.op(order, "dispatch", state="registered", department="build"))
    assert (result["status"], result["code"]) == ("conflict", "workflow.state")


def test_that_a_note_applies_whatever_the_state(desk: Desk, orders: Orders) -> None:
    (result,) = desk.send(desk.op(orders.take("archived"), "note", state="reported", text="补记"))
    assert result["status"] == "applied"


@pytest.mark.parametrize(
    ("verb", "args", "changed", "code"),
    [
        ("explode", {}, {}, "workflow.unknown_verb"),
        ("dispatch", {}, {}, "workflow.arguments"),
        ("note", {"text": "  "}, {}, "workflow.arguments"),
        ("accept", {}, {"target": {"kind": "work_order", "id": "nobody"}}, "object_unknown"),
        ("accept", {}, {"target": {"kind": "teapot", "id": "1"}}, "kind_unsupported"),
        ("accept", {}, {"role": "leader"}, "role_not_held"),
        ("accept", {}, {"actor": "officer-31", "role": "patrol"}, "actor_unknown"),
    ],
)
def test_that_what_can_never_succeed_is_rejected(
    desk: Desk, orders: Orders, verb: str, args: dict[str, str], changed: dict[str, Any], code: str
) -> None:
    op = desk.op(orders.take("accepted"), verb, **args) | changed
    (result,) = desk.send(op)
    assert (result["status"], result["code"]) == ("rejected", code)
    assert desk.send(op) == [result]


def test_that_a_role_without_the_verb_is_rejected(drill: Drill, orders: Orders) -> None:
    patrol = Desk(drill.url, "drill-patrol", drill.ready["password"], "desk-patrol")
    (result,) = patrol.send(patrol.op(orders.take("reported"), "accept", state="reported"))
    patrol.close()
    assert (result["status"], result["code"]) == ("rejected", "workflow.role")


@pytest.mark.fault(61)
def test_that_a_seat_delivers_what_the_officer_before_recorded_on_it(drill: Drill, orders: Orders) -> None:
    before = Desk(drill.url, "drill-chief2", drill.ready["password"], "desk-shared")
    op = before.op(orders.take("reported"), "accept", state="reported")
    before.close()
    after = Desk(drill.url, drill.ready["username"], drill.ready["password"], "desk-shared")
    (result,) = after.send(op)
    after.close()
    assert result["status"] == "applied"


@pytest.mark.fault(38)
def test_that_an_id_with_another_payload_refuses_the_whole_batch(desk: Desk, orders: Orders) -> None:
    known = desk.op(orders.take("accepted"), "note", text="一")
    desk.send(known)
    innocent = desk.op(orders.take("accepted"), "note", text="二")
    altered = known | {"args": {"text": "改"}}
    answer = desk.http.post("/v1/ops", json={"batch_id": "b", "ops": [innocent, altered]})
    assert (answer.status_code, answer.json()["code"]) == (422, "op_id_reused")
    assert answer.json()["detail"] == {"op_id": known["op_id"]}
    status = desk.http.post("/v1/ops/status", json={"op_ids": [innocent["op_id"]]}).json()["results"]
    assert status[0]["status"] == "unknown"


def test_that_one_id_twice_in_a_batch_with_other_payloads_refuses_it(desk: Desk, orders: Orders) -> None:
    op = desk.op(orders.take("accepted"), "note", text="一")
    answer = desk.http.post("/v1/ops", json={"batch_id": "b", "ops": [op, op | {"args": {"text": "二"}}]})
    assert (answer.status_code, answer.json()["code"]) == (422, "op_id_reused")


def test_that_a_batch_over_its_limits_is_too_large(desk: Desk, orders: Orders) -> None:
    order = orders.take("accepted")
    many = [desk.op(order, "note", text="x") for _ in range(51)]
    answer = desk.http.post("/v1/ops", json={"batch_id": "b", "ops": many})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    answer = desk.http.post("/v1/ops", json={"batch_id": "b", "ops": [desk.op(order, "note", text="x" * 262_144)]})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "malformed"),
        (b"\xff\xfe", 400, "malformed"),
        (b'{"batch_id": "b"', 400, "malformed"),
        (b"[]", 422, "invalid"),
        (b'{"batch_id": "b", "ops": [{"op_id": "1"}]}', 422, "invalid"),
    ],
)
def test_that_a_body_that_cannot_be_read_is_refused(desk: Desk, body: bytes, status: int, code: str) -> None:
    answer = desk.http.post("/v1/ops", content=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_that_unknown_fields_of_an_operation_are_ignored(desk: Desk, orders: Orders) -> None:
    op = desk.op(orders.take("accepted"), "note", text="x") | {"mood": "calm"}
    assert desk.send(op)[0]["status"] == "applied"


def test_that_numbers_stay_without_holes_when_many_write_at_once(drill: Drill, orders: Orders) -> None:
    targets = [orders.take("handling") for _ in range(4)]
    start = threading.Barrier(4)
    lsns: list[int] = []

    def work(target: str, device: str) -> None:
        seat = Desk(drill.url, drill.ready["username"], drill.ready["password"], device)
        start.wait(10)
        for _ in range(5):
            lsns.extend(
                result["lsn"] for result in seat.send(*(seat.op(target, "note", text="并发") for _ in range(4)))
            )
        seat.close()

    threads = [threading.Thread(target=work, args=(target, f"seat-{n}")) for n, target in enumerate(targets)]
    for thread in threads:
        thread.start()
    reader = Desk(drill.url, drill.ready["username"], drill.ready["password"], "seat-reader")
    cursor, seen = orders.cursor, []
    while any(thread.is_alive() for thread in threads) or not set(lsns) <= set(seen):
        page = reader.get("/v1/sync/changes", since=cursor, limit=50, wait=1)
        cursor = page["next"]
        seen += [change["lsn"] for change in page["changes"]]
    reader.close()
    for thread in threads:
        thread.join()
    assert len(set(lsns)) == 80
    assert seen == list(range(seen[0], seen[0] + len(seen)))


def test_that_an_answer_lost_after_the_effect_is_found_again(desk: Desk, orders: Orders) -> None:
    rule = {"effect": "drop_after_apply", "path": "/v1/ops", "turns": 1}
    desk.http.post("/faults", json={"rules": [rule]}).raise_for_status()
    op = desk.op(orders.take("reported"), "accept", state="reported")
    with pytest.raises(httpx2.TransportError):
        desk.send(op)
    (status,) = desk.http.post("/v1/ops/status", json={"op_ids": [op["op_id"]]}).json()["results"]
    assert status["status"] == "applied"
    assert desk.send(op)[0]["status"] == "duplicate"
    assert json.loads(desk.http.get("/faults").content)["rules"][0]["turns"] == 0
    desk.http.delete("/faults").raise_for_status()


@contextmanager
def held(drill: Drill) -> Iterator[None]:
    """Hold the centre's log as another writer would."""
    if drill.database:
        engine = create_engine(drill.database)
        with engine.begin() as connection:
            connection.execute(text("SELECT lsn FROM head FOR UPDATE"))
            yield
        engine.dispose()
        return
    holder = dbapi2.connect(str(drill.data_dir / FILE_NAME), isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    yield
    holder.execute("ROLLBACK")
    holder.close()


def test_that_a_busy_database_asks_for_another_try_and_keeps_the_order_of_an_object(
    drill: Drill, desk: Desk, orders: Orders
) -> None:
    order, other = orders.take("reported"), orders.take("reported")
    accept, note = desk.op(order, "accept", state="reported"), desk.op(order, "note", text="后到")
    with held(drill):
        results = desk.send(accept, note, desk.op(other, "note", text="也等"))
    assert [(result["status"], result["code"]) for result in results] == [
        ("retry", "busy"),
        ("dependency_missing", "earlier_op_pending"),
        ("retry", "busy"),
    ]
    unknown = desk.http.post("/v1/ops/status", json={"op_ids": [accept["op_id"], note["op_id"]]}).json()["results"]
    assert [result["status"] for result in unknown] == ["unknown", "unknown"]
    again = desk.send(accept, note, desk.op(other, "accept"))
    assert [result["status"] for result in again] == ["applied"] * 3
