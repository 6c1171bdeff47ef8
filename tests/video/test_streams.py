"""Which stream a pane gets: the policy, row by row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.video.streams import Choice, Need, Policy, Why, choose

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
    choice = choose({} if before is None else {"1": before}, [wanted], 0.1, 10.0, P)["1"]
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
        choices = choose(before, panes, 0.95, float(second), P)
        down = [pane for pane, choice in choices.items() if choice.why is Why.LOAD]
        stepped += [pane for pane in down if pane not in stepped]
        if second < 5:
            assert len(down) == 1
    assert stepped == ["small", "large", "linked", "zoomed"]
    later = choose(choices, panes, 0.2, 200.0, P)
    assert {pane: choice.profile for pane, choice in later.items()} == {
        "zoomed": "main",
        "linked": "main",
        "small": "main",
        "large": "main",
        "sub": "sub",
    }


@given(st.lists(st.integers(64, 2000), max_size=30), st.floats(0, 1))
def test_that_choices_are_steady_when_nothing_changes(widths: list[int], load: float) -> None:
    panes = [need(str(n), width) for n, width in enumerate(widths)]
    first = choose({}, panes, 0.0, 0.0, P)
    assert choose(first, panes, min(load, P.busy), 1.0, P) == first
