import copy
from typing import Any

from desktop.sync.overlay import project

BASE: dict[str, Any] = {
    "number": "20261122-1",
    "state": "reported",
    "history": [{"at": "2026-11-22T08:00:00+08:00", "verb": "report", "op_id": "old"}],
    "unknown": {"kept": True},
}


def op(op_id: str, verb: str, **args: str) -> dict[str, Any]:
    return {
        "op_id": op_id,
        "verb": verb,
        "args": args,
        "actor": "u1",
        "wall_time": "2026-11-22T09:00:00+08:00",
        "est_server_time": "2026-11-22T01:00:01Z",
    }


def test_that_pending_operations_are_applied_in_order() -> None:
    seen = project("work_order", BASE, [op("a", "accept"), op("b", "dispatch", department="d1", text="请处置")])

    assert seen["state"] == "dispatched"
    assert seen["lead_department"] == "d1"
    assert [line["op_id"] for line in seen["history"]] == ["old", "a", "b"]
    assert seen["history"][2] == {
        "at": "2026-11-22T01:00:01Z",
        "actor": "u1",
        "officer": "u1",
        "department": "d1",
        "text": "请处置",
        "op_id": "b",
        "pending": True,
        "verb": "dispatch",
        "state": "dispatched",
    }
    assert seen["unknown"] == {"kept": True}


def test_that_the_base_is_never_touched() -> None:
    before = copy.deepcopy(BASE)

    project("work_order", BASE, [op("a", "accept")])

    assert before == BASE


def test_that_an_operation_the_row_already_holds_is_not_applied_again() -> None:
    arrived = project("work_order", BASE, [op("a", "accept"), op("b", "note", text="已电话联系")])

    assert project("work_order", arrived, [op("a", "accept"), op("b", "note", text="已电话联系")]) == arrived


def test_that_a_transition_the_state_forbids_shows_its_line_and_moves_nothing() -> None:
    seen = project("work_order", BASE | {"state": "closed"}, [op("a", "accept")])

    assert seen["state"] == "closed"
    assert seen["history"][-1]["op_id"] == "a"


def test_that_an_alert_follows_its_own_rules() -> None:
    seen = project("alert", {"state": "recovered"}, [op("a", "acknowledge")])

    assert seen["state"] == "closed"
    assert seen["history"][0]["op_id"] == "a"


def test_that_kinds_without_rules_stay_as_they_are() -> None:
    assert project("place", {"name": "x"}, [op("a", "accept")]) == {"name": "x"}


def test_that_odd_rows_and_operations_are_survived() -> None:
    for history in (None, "text", 3, [1, None, {"op_id": ["x"]}], {}):
        seen = project("work_order", {"state": 5, "history": history}, [{"op_id": "a"}, {"verb": 3, "args": None}])
        assert isinstance(seen, dict)
