import itertools

import pytest

from desktop.domain.workflow import OPEN_STATES, RULES, Role, State, apply, judge, missing_arguments

LINE = {"at": "2026-11-22T16:00:00+08:00", "actor": "张**", "op_id": "op-1"}


@pytest.mark.parametrize(("state", "verb"), list(itertools.product(State, RULES)))
def test_that_what_judge_allows_apply_carries_out_and_nothing_else_moves_the_state(state: State, verb: str) -> None:
    rule = RULES[verb]
    verdict = judge(state, verb, set(Role))
    after = apply({"state": state.value}, verb, {"department": "d1"}, LINE)
    if verdict.allowed and rule.target is not None:
        assert after["state"] == rule.target
    else:
        assert after["state"] == state


def test_that_an_observer_may_do_nothing() -> None:
    assert not any(judge(s, v, {Role.OBSERVER}).allowed for s, v in itertools.product(State, RULES))


def test_that_a_state_from_a_newer_centre_takes_words_only() -> None:
    allowed = {verb for verb in RULES if judge("teleported", verb, {Role.DUTY_CHIEF}).allowed}
    assert allowed == {"note", "call_note", "attach"}


def test_that_the_reason_of_a_closed_button_is_the_role_before_the_state() -> None:
    assert judge("closed", "accept", {Role.OBSERVER}).code == "workflow.role"
    assert judge("closed", "accept", {Role.HOTLINE_CLERK}).code == "workflow.state"


def test_that_dispatch_sets_the_lead_department_and_adds_one_line() -> None:
    before = {"state": "accepted", "history": [{"at": "a", "verb": "accept"}], "later_field": 7}
    after = apply(before, "dispatch", {"department": "d-water"}, LINE)
    assert after["lead_department"] == "d-water"
    assert after["later_field"] == 7
    assert [line["verb"] for line in after["history"]] == ["accept", "dispatch"]
    assert before["history"] == [{"at": "a", "verb": "accept"}]


def test_that_blank_arguments_count_as_missing() -> None:
    assert missing_arguments("return", {"reason_code": "wrong_unit", "text": "  "}) == ("text",)
    assert missing_arguments("accept", {}) == ()


def test_that_every_open_state_has_a_way_on() -> None:
    for state in OPEN_STATES:
        assert any(state in rule.sources and rule.target not in {None, state} for rule in RULES.values()), state


@pytest.mark.parametrize("until", ["", "next week", "2026-11-22T08:00:00", None])
def test_that_an_end_that_is_no_time_counts_as_missing(until: object) -> None:
    assert "until" in missing_arguments("suspend", {"reason": "rain", "until": until})


def test_that_an_end_in_time_is_taken() -> None:
    assert missing_arguments("suspend", {"reason": "rain", "until": "2026-11-29T08:00:00+08:00"}) == ()
