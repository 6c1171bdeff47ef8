"""Orders that several people decide on, over real HTTP."""

from typing import Any

import pytest

from tests.drill.running import Desk, Drill

UNTIL = {"until": "2030-01-02T10:00:00+08:00", "reason": "需采购配件"}


@pytest.fixture
def leader(drill: Drill) -> Any:
    desk = Desk(drill.url, "drill-leader", drill.ready["password"], "desk-leader")
    yield desk
    desk.close()


def _order(desk: Desk, state: str, skip: int = 0) -> str:
    items, _ = desk.snapshot()
    found = [id_ for (kind, id_), item in items.items() if kind == "work_order" and item["data"].get("state") == state]
    return found[skip]


def _now(desk: Desk, order: str) -> dict[str, Any]:
    items, _ = desk.snapshot()
    return dict(items["work_order", order]["data"])


def test_that_the_second_extension_needs_a_leader_and_moves_the_limit(desk: Desk, leader: Desk) -> None:
    order = _order(desk, "handling")
    later = UNTIL | {"until": "2030-02-02T10:00:00+08:00"}
    first = desk.send(
        desk.op(order, "extend", **UNTIL),
        desk.op(order, "extend", **later),
        desk.op(order, "extend_ask", **later),
        desk.op(order, "extend_review"),
        desk.op(order, "extend_approve"),
    )
    assert [(result["status"], result.get("code", "")) for result in first] == [
        ("applied", ""),
        ("conflict", "workflow.extension_second"),
        ("applied", ""),
        ("applied", ""),
        ("rejected", "workflow.role"),
    ]
    assert _now(desk, order)["due"] == UNTIL["until"]
    assert leader.send(leader.op(order, "extend_approve"))[0]["status"] == "applied"
    assert _now(desk, order)["due"] == later["until"]


def test_that_a_merge_is_told_to_both_orders_and_can_be_undone(desk: Desk) -> None:
    one, other = _order(desk, "accepted"), _order(desk, "accepted", 1)
    results = desk.send(
        desk.op(one, "merge", into="nobody"),
        desk.op(one, "merge", into=one),
        desk.op(one, "merge", into=other),
    )
    assert [(result["status"], result.get("code", "")) for result in results] == [
        ("rejected", "merge_target"),
        ("rejected", "merge_target"),
        ("applied", ""),
    ]
    kept = _now(desk, other)
    assert one in kept["duplicates"]
    assert kept["history"][-1]["verb"] == "absorb"
    assert desk.send(desk.op(one, "unmerge"))[0]["status"] == "applied"
    assert one not in _now(desk, other)["duplicates"]
    assert _now(desk, one)["state"] == "accepted"


def test_that_a_desk_may_begin_an_order_and_only_once(desk: Desk) -> None:
    told = {"title": "路灯不亮", "module": "facilities", "place": {"address": "x", "point": [121.5, 31.15]}}
    results = desk.send(desk.op("wo-made-here", "report", **told), desk.op("wo-made-here", "report", **told))
    assert [result["status"] for result in results] == ["applied", "conflict"]
    order = _now(desk, "wo-made-here")
    assert order["number"].startswith("LJ")
    assert order["state"] == "reported"
    assert order["due"]
    assert order["place"]["grid_cell"]
