"""Which stream a pane gets: the policy, row by row."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.video.streams import Choice, Need, Policy, Use, Why, choose

P = Policy()
MAIN, SUB = Choice("c", "main", Why.SIZE), Choice("c", "sub", Why.SIZE)


def need(pane: str = "1", width: int = 640, *, zoom: float = 1.0, linked: bool = False, camera: str = "c") -> Need:
    return Need(pane, camera, width, width * 9 // 16, zoom, linked)


@pytest.mark.parametrize(
    ("before", "wanted", "profile", "why"),
    [
        (None, need(width=799), "sub", Why.SIZE),
        (None, need(width=800), "main", Why.SIZE),
        (SUB, need(width=700), "sub", Why.SIZE),  # between the two edges it stays what it was
        (MAIN, need(width=700), "main", Why.SIZE),
        (MAIN, need(width=599), "sub", Why.SIZE),
        (MAIN, need(width=700, camera="d"), "main", Why.SIZE),
        (SUB, need(width=300, zoom=1.4), "sub", Why.SIZE),
        (SUB, need(width=300, zoom=1.5), "main", Why.ZOOM),
        (Choice("c", "main", Why.ZOOM), need(width=700), "sub", Why.SIZE),  # a zoom that ended was no size
        (Choice("c", "sub", Why.LOAD, 50.0), need(width=1200), "sub", Why.LOAD),
        (Choice("c", "sub", Why.LOAD, 9.0), need(width=1200), "main", Why.SIZE),
        (Choice("d", "sub", Why.LOAD, 50.0), need(width=1200), "main", Why.SIZE),  # of another camera
    ],
)
def test_that_a_pane_gets_the_stream_of_its_size_zoom_and_past(
    before: Choice | None, wanted: Need, profile: str, why: Why
) -> None:
    choice = choose({} if before is None else {"1": before}, [wanted], Use(0.1), 10.0, P)["1"]
    assert (choice.profile, choice.why) == (profile, why)


def test_that_a_busy_machine_takes_one_pane_down_at_a_time_the_smallest_and_least_wanted_first() -> None:
    panes = [
        need("zoomed", 900, zoom=2.0),
        need("linked", 820, linked=True),
        need("small", 900),
        need("large", 1600),
        need("sub", 300),
    ]
    choices: dict[str, Choice] = {}
    stepped: list[str] = []
    for second in range(40):
        before = choices
        choices = choose(before, panes, Use(0.95), float(second), P)
        down = [pane for pane, choice in choices.items() if choice.why is Why.LOAD]
        stepped += [pane for pane in down if pane not in stepped]
        if second < 5:
            assert len(down) == 1
    assert stepped == ["small", "large", "linked", "zoomed"]
    later = choose(choices, panes, Use(0.2), 200.0, P)
    assert {pane: choice.profile for pane, choice in later.items()} == {
        "zoomed": "main",
        "linked": "main",
        "small": "main",
        "large": "main",
        "sub": "sub",
    }


MAINS = (need("hidden", 1900), need("small", 900), need("large", 1600), need("linked", 820, linked=True))


def rates(choices: dict[str, Choice], hidden: bool = True) -> list[Need]:
    """The panes as they are with these choices: a main stream takes 4 Mbit/s, a sub stream 0.5."""
    main = {pane for pane, choice in choices.items() if choice.profile == "main"}
    return [
        replace(one, mbit_s=4.0 if one.pane in main else 0.5, hidden_s=1.0 if hidden and one.pane == "hidden" else 0.0)
        for one in MAINS
    ]


def used(needs: list[Need], budget: float) -> Use:
    return Use(0.1, sum(one.mbit_s for one in needs), budget)


def test_that_panes_step_down_until_the_budget_holds_and_up_again_only_where_it_will_hold() -> None:
    choices = choose({}, rates({}), Use(), 0.0, P)
    assert {choice.profile for choice in choices.values()} == {"main"}
    stepped: list[str] = []
    for second in range(1, 60):
        needs = rates(choices)
        choices = choose(choices, needs, used(needs, 10.0), float(second), P)
        stepped += [p for p, choice in choices.items() if choice.why is Why.BUDGET and p not in stepped]
    assert stepped == ["hidden", "small"]  # 16 Mbit/s, then 12.5, then 9
    for second in range(60, 400):  # the time of rest is over, but one more would be 12.5
        needs = rates(choices)
        choices = choose(choices, needs, used(needs, 10.0), float(second), P)
        assert [p for p, choice in choices.items() if choice.why is Why.BUDGET] == ["hidden", "small"]
    needs = rates(choices, hidden=False)
    choices = choose(choices, needs, used(needs, 13.0), 400.0, P)
    assert sum(choice.profile == "main" for choice in choices.values()) > 2


def test_that_no_budget_is_no_bound_and_a_busy_machine_is_the_graver_reason() -> None:
    needs = rates(choose({}, rates({}), Use(), 0.0, P))
    assert all(choice.why is Why.SIZE for choice in choose({}, needs, Use(0.1, 1e6), 1.0, P).values())
    both = choose({}, needs, Use(0.95, 100.0, 10.0), 1.0, P)
    assert [choice.why for choice in both.values() if choice.profile == "sub"] == [Why.LOAD]


def test_that_nothing_steps_down_that_the_officer_insists_on_even_over_the_budget() -> None:
    needs = [replace(one, chosen="main") for one in rates({})]
    assert {choice.profile for choice in choose({}, needs, Use(0.1, 99.0, 1.0), 1.0, P).values()} == {"main"}


@pytest.mark.parametrize(
    ("hidden_s", "profile", "why"), [(0.0, "main", Why.SIZE), (29.0, "main", Why.SIZE), (30.0, "sub", Why.HIDDEN)]
)
def test_that_a_pane_out_of_sight_for_a_while_takes_the_sub_stream(hidden_s: float, profile: str, why: Why) -> None:
    before = {"1": MAIN}
    choice = choose(before, [replace(need(width=900), hidden_s=hidden_s)], Use(), 50.0, P)["1"]
    assert (choice.profile, choice.why) == (profile, why)
    assert choose({"1": choice}, [need(width=900)], Use(), 51.0, P)["1"] == MAIN


@given(st.lists(st.integers(64, 2000), max_size=30), st.floats(0, 1))
def test_that_choices_are_steady_when_nothing_changes(widths: list[int], load: float) -> None:
    panes = [need(str(n), width) for n, width in enumerate(widths)]
    first = choose({}, panes, Use(), 0.0, P)
    assert choose(first, panes, Use(min(load, P.busy)), 1.0, P) == first
