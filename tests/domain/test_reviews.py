from typing import Any

import pytest

from desktop.domain.reviews import hindrance
from desktop.domain.workflow import State, apply

CHIEF, OTHER_CHIEF, LEADER = "officer-7", "officer-8", "officer-61"
UNTIL = {"until": "2026-11-25T18:00:00+08:00", "reason": "需采购配件"}


def line(officer: str = CHIEF) -> dict[str, str]:
    return {"at": "2026-11-22T16:00:00+08:00", "actor": officer, "officer": officer}


def after(order: dict[str, Any], *steps: tuple[str, str, dict[str, Any]]) -> dict[str, Any]:
    for officer, verb, args in steps:
        assert hindrance(order, verb, officer) == "", verb
        order = apply(order, verb, args, line(officer))
    return order


HANDLING: dict[str, Any] = {"state": "handling", "due": "2026-11-23T18:00:00+08:00"}


def test_that_the_first_extension_is_the_chiefs_alone_and_the_second_is_not() -> None:
    once = after(HANDLING, (CHIEF, "extend", UNTIL))
    assert once["extensions"][0]["before"] == HANDLING["due"]
    assert once["due"] == HANDLING["due"], "the clock is the centre's to move"
    assert hindrance(once, "extend", CHIEF) == "workflow.extension_second"


def test_that_a_further_extension_takes_two_different_people() -> None:
    asked = after(HANDLING, (CHIEF, "extend", UNTIL), (CHIEF, "extend_ask", UNTIL))
    assert hindrance(asked, "extend_ask", CHIEF) == "workflow.extension_pending"
    assert hindrance(asked, "extend_approve", LEADER) == "workflow.not_reviewed"
    reviewed = after(asked, (CHIEF, "extend_review", {}))
    assert hindrance(reviewed, "extend_review", OTHER_CHIEF) == "workflow.reviewed"
    assert hindrance(reviewed, "extend_approve", CHIEF) == "workflow.same_person"
    granted = after(reviewed, (LEADER, "extend_approve", {}))
    assert [given["until"] for given in granted["extensions"]] == [UNTIL["until"]] * 2
    assert hindrance(granted, "extend_approve", LEADER) == "workflow.extension_none"


@pytest.mark.parametrize("verb", ["extend_review", "extend_approve", "extend_deny"])
def test_that_nothing_is_decided_that_nobody_asked_for(verb: str) -> None:
    assert hindrance(HANDLING, verb, LEADER) == "workflow.extension_none"


def test_that_the_end_of_the_work_ends_the_request_for_time() -> None:
    done = after(HANDLING, (CHIEF, "extend_ask", UNTIL), (CHIEF, "report_back", {"text": "已处置"}))
    assert "extension" not in done


def test_that_a_return_as_no_need_waits_for_two_people() -> None:
    back = after(HANDLING, (CHIEF, "return", {"reason_code": "no_need", "text": "自行恢复"}))
    assert hindrance(back, "dispatch", CHIEF) == "workflow.return_in_review"
    assert hindrance(back, "void", CHIEF) == "workflow.return_in_review"
    reviewed = after(back, (CHIEF, "return_review", {}))
    assert hindrance(reviewed, "return_approve", CHIEF) == "workflow.same_person"
    assert after(reviewed, (LEADER, "return_approve", {}))["state"] == State.VOIDED
    denied = after(back, (CHIEF, "return_deny", {"text": "仍需处置"}))
    assert denied["state"] == State.HANDLING
    assert "return_review" not in denied


def test_that_a_wrong_dispatch_goes_back_to_dispatch_at_once() -> None:
    back = after(HANDLING, (CHIEF, "return", {"reason_code": "wrong_unit", "text": "非本单位"}))
    assert after(back, (CHIEF, "dispatch", {"department": "d1"}))["lead_department"] == "d1"
    assert hindrance(back, "return_review", CHIEF) == "workflow.return_none"


@pytest.mark.parametrize("state", ["reported", "registered", "handling", "suspended"])
def test_that_merging_can_be_undone_to_the_state_before(state: str) -> None:
    merged = after({"state": state}, (CHIEF, "merge", {"into": "wo-2"}))
    assert merged["state"] == State.MERGED
    assert merged["merged"]["into"] == "wo-2"
    apart = after(merged, (CHIEF, "unmerge", {}))
    assert apart["state"] == state
    assert "merged" not in apart


def test_that_an_order_climbs_level_by_level_and_no_further_than_the_city() -> None:
    at_city = after(HANDLING, (CHIEF, "escalate", {"text": "请协调"}), (CHIEF, "escalate", {"text": "请协调"}))
    assert at_city["level"] == "city"
    assert hindrance(at_city, "escalate", CHIEF) == "workflow.top_level"


def test_that_a_reopened_order_begins_with_fresh_time_and_no_old_verdict() -> None:
    closed = {"state": "closed", "extensions": [{}], "satisfaction": "dissatisfied", "closed_at": "x"}
    again = after(closed, (CHIEF, "reopen", {"text": "再处置"}))
    assert (again["extensions"], again["satisfaction"], again["closed_at"]) == ([], "", "")


def test_that_a_report_begins_an_order_with_what_was_told() -> None:
    told = {"title": "路灯不亮", "place": {"address": "东明路 1 号"}, "caller": {"phone": "1"}}
    order = apply({"state": "", "history": []}, "report", told, line())
    assert (order["state"], order["title"], order["source"]) == ("reported", "路灯不亮", "desk")
    assert order["opened_at"] == order["history"][0]["at"]


@pytest.mark.parametrize("odd", [None, 3, "text", [1]])
def test_that_odd_fields_of_other_centres_are_survived(odd: object) -> None:
    order = dict.fromkeys(("extension", "extensions", "return_review", "level", "merged"), odd) | {"state": "handling"}
    for verb in ("extend", "extend_ask", "extend_review", "extend_approve", "return_review", "escalate", "merge"):
        assert isinstance(hindrance(order, verb, CHIEF), str)
        assert isinstance(apply(order, verb, {}, line()), dict)
