"""Who is seen on the reserved panes: a table of stories, what holds in any storm, and a storm."""

import random
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.alarm_view import AlarmViews, Event, Fate, Policy

RED, ORANGE, YELLOW = 0, 1, 2


def event(event_id: str, rank: int = ORANGE, at: float = 0.0, cameras: str = "", key: str = "") -> Event:
    """An event with cameras named by single letters; without any it has two of its own."""
    return Event(event_id, key or event_id, rank, at, tuple(cameras) if cameras else (f"{event_id}1", f"{event_id}2"))


def panes(views: AlarmViews) -> list[str]:
    return [slot.camera if slot is not None else "-" for slot in views.slots]


def waiting(views: AlarmViews) -> list[str]:
    return [one.id for one in views.waiting]


def fates(views: AlarmViews) -> list[tuple[str, str, int]]:
    return [(line.event, line.fate.value, line.times) for line in views.history]


Act = Callable[[AlarmViews], None]


def comes(*events: Event) -> Act:
    return lambda views: views.raise_events(events)


def goes(*ids: str, at: float = 0.0) -> Act:
    return lambda views: views.settle(ids, at)


def room_for(count: int) -> Act:
    return lambda views: views.resize(count, 0.0)


STORIES: dict[str, tuple[tuple[Act, Sequence[str], Sequence[str]], ...]] = {
    "one event has two panes while nobody waits, never more": (
        (comes(event("a", cameras="xyz")), ["x", "y", "-", "-"], []),
    ),
    "second panes give way before anybody waits, and what stays does not move": (
        (comes(event("a"), event("b", at=1)), ["a1", "b1", "a2", "b2"], []),
        (comes(event("c", at=2)), ["a1", "b1", "a2", "c1"], []),
        (comes(event("d", at=3)), ["a1", "b1", "d1", "c1"], []),
        (comes(event("e", at=4)), ["a1", "b1", "d1", "c1"], ["e"]),
        (goes("b"), ["a1", "e1", "d1", "c1"], []),
        (goes("d"), ["a1", "e1", "a2", "c1"], []),
    ),
    "a graver event takes the pane of the newest of the least grave, who waits again": (
        (comes(*(event(x, YELLOW, at) for at, x in enumerate("abcd"))), ["a1", "b1", "c1", "d1"], []),
        (comes(event("r", RED, 9)), ["a1", "b1", "c1", "r1"], ["d"]),
        (comes(event("o", ORANGE, 10)), ["a1", "b1", "o1", "r1"], ["c", "d"]),
        (goes("r"), ["a1", "b1", "o1", "c1"], ["d"]),
    ),
    "an equal one waits, gravest first and then the oldest": (
        (comes(*(event(x, RED) for x in "abcd")), ["a1", "b1", "c1", "d1"], []),
        (
            comes(event("y", YELLOW, 1), event("q", RED, 3), event("p", RED, 2)),
            ["a1", "b1", "c1", "d1"],
            ["p", "q", "y"],
        ),
    ),
    "however they come, the gravest are seen": (
        (
            comes(event("a", YELLOW), event("b", YELLOW), event("c", YELLOW), event("d", YELLOW), event("e", RED)),
            ["e1", "a1", "b1", "c1"],
            ["d"],
        ),
    ),
    "no camera is seen twice: events whose best it is share its pane": (
        (comes(event("a", cameras="xy"), event("b", cameras="yz")), ["x", "y", "z", "-"], []),
        (comes(event("c", cameras="x")), ["x", "y", "z", "-"], []),
        (goes("a"), ["x", "y", "z", "-"], []),
        (goes("c"), ["-", "y", "z", "-"], []),
    ),
    "the same thing again changes nothing, and goes when all of it is acknowledged": (
        (comes(event("a", key="rule/place")), ["a1", "a2", "-", "-"], []),
        (comes(event("b", key="rule/place", at=300)), ["a1", "a2", "-", "-"], []),
        (goes("a", at=301), ["a1", "a2", "-", "-"], []),
        (goes("b", at=302), ["-", "-", "-", "-"], []),
        (comes(event("c", key="rule/place", at=361)), ["-", "-", "-", "-"], []),
        (comes(event("d", key="rule/place", at=362)), ["d1", "d2", "-", "-"], []),
    ),
    "an event that grows graver moves up": (
        (comes(*(event(x, ORANGE) for x in "abcd"), event("y", YELLOW)), ["a1", "b1", "c1", "d1"], ["y"]),
        (comes(event("y", RED)), ["a1", "b1", "c1", "y1"], ["d"]),
    ),
    "fewer panes let the last ones wait, more bring them back": (
        (comes(*(event(x) for x in "abcd")), ["a1", "b1", "c1", "d1"], []),
        (room_for(2), ["a1", "b1"], ["c", "d"]),
        (goes("a"), ["c1", "b1"], ["d"]),
        (room_for(4), ["c1", "b1", "d1", "b2"], []),
    ),
    "who is not known cannot go": ((goes("nobody"), ["-", "-", "-", "-"], []),),
}


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_that_the_panes_follow_the_story(story: Sequence[tuple[Act, Sequence[str], Sequence[str]]]) -> None:
    views = AlarmViews(4, Policy())
    for number, (act, expected, queue) in enumerate(story):
        act(views)
        assert (panes(views), waiting(views)) == (expected, queue), f"after step {number}"


def test_that_the_history_says_what_became_of_each() -> None:
    views = AlarmViews(1, Policy())
    views.raise_events([event("a", YELLOW, key="k"), Event("blind", "blind", RED, 0.0, ())])
    views.raise_events([event("b", YELLOW, 1, key="k"), event("c", YELLOW, 2, key="k"), event("r", RED, 3)])
    views.settle(["r"], 4.0)
    assert fates(views) == [
        ("blind", Fate.BLIND, 1),
        ("a", Fate.SHOWN, 1),
        ("a", Fate.REPEATED, 2),
        ("r", Fate.SHOWN, 1),
        ("a", Fate.EVICTED, 1),
        ("r", Fate.SETTLED, 1),
        ("a", Fate.SHOWN, 1),
    ]


def test_that_a_full_queue_drops_the_least_grave_and_of_those_the_oldest() -> None:
    views = AlarmViews(1, Policy(queue_cap=2))
    views.raise_events([event("a", RED), event("y1", YELLOW, 1), event("y2", YELLOW, 2), event("o", ORANGE, 3)])
    assert waiting(views) == ["o", "y2"]
    assert ("y1", Fate.DROPPED, 1) in fates(views)
    assert not views.knows("y1")


def test_that_in_a_storm_of_two_hundred_the_four_gravest_are_seen_and_all_others_counted() -> None:
    rng = random.Random(7)
    views = AlarmViews(4, Policy())
    storm = [event(f"e{n}", rng.choice((RED, ORANGE, YELLOW)), float(n)) for n in range(200)]
    for one in storm:
        views.raise_events([one])
    oldest_red = sorted((one for one in storm if one.rank == RED), key=lambda one: one.at)
    assert {one.id for one in views.shown} == {one.id for one in oldest_red[:4]}
    assert len(views.waiting) == 196
    assert waiting(views)[0] == oldest_red[4].id
    for turn, one in enumerate(oldest_red[:4]):
        views.settle([one.id], 300.0 + turn)
    assert {one.id for one in views.shown} == {one.id for one in oldest_red[4:8]}
    views.settle([one.id for one in storm], 400.0)
    assert panes(views) == ["-"] * 4
    assert not views.waiting


acts = st.one_of(
    st.tuples(st.just("come"), st.integers(0, 30), st.integers(0, 3), st.text("uvwxyz", min_size=0, max_size=3)),
    st.tuples(st.just("go"), st.integers(0, 30)),
    st.tuples(st.just("size"), st.integers(1, 5)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(acts, max_size=40))
def test_that_the_rules_hold_whatever_happens(happenings: list[tuple[object, ...]]) -> None:
    views = AlarmViews(3, Policy(quiet_s=2.0, queue_cap=12))
    for now, (what, number, *rest) in enumerate(happenings):
        before = views.slots
        if what == "come":
            rank, cameras = rest
            key = f"k{int(str(number)) % 17}"
            views.raise_events(
                [Event(f"e{number}", key, int(str(rank)), float(now), tuple(dict.fromkeys(str(cameras))))]
            )
        elif what == "go":
            views.settle([f"e{number}"], float(now))
        else:
            views.resize(int(str(number)), float(now))
        cameras_seen = [slot.camera for slot in views.slots if slot is not None]
        assert len(cameras_seen) == len(set(cameras_seen))
        shown, queued = {one.id for one in views.shown}, waiting(views)
        assert not shown & set(queued)
        order = [(one.rank, one.at) for one in views.waiting]
        assert order == sorted(order)
        if queued:
            assert all(slot is not None for slot in views.slots)
            worst = max(one.rank for one in views.shown)
            assert worst <= views.waiting[0].rank or any(len(slot.events) > 1 for slot in views.slots if slot)
        moved = [camera for camera in cameras_seen if camera in {slot.camera for slot in before if slot is not None}]
        places = {slot.camera: place for place, slot in enumerate(before) if slot is not None}
        now_at = {slot.camera: place for place, slot in enumerate(views.slots) if slot is not None}
        assert what == "size" or all(places[camera] == now_at[camera] for camera in moved)
