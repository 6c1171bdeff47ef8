"""Tours on a virtual clock: a table of stories, and what holds whatever is wished."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.tour import Page, Wish, advance, ahead, begin
from desktop.domain.tour_plan import GROUP, VIEW, Source, Stop, TourPlan, make_round

A = Page("一", "4", ("a1", "a2"), 10.0)
B = Page("二", "4", ("b1",), 20.0)
C = Page("三", "9", ("c1", "c2"), 30.0)
PAGES = (A, B, C)
TIME, PAUSE, RESUME, NEXT, PREVIOUS = Wish.TIME, Wish.PAUSE, Wish.RESUME, Wish.NEXT, Wish.PREVIOUS
COVER, UNCOVER = Wish.COVER, Wish.UNCOVER

Step = tuple[float, Wish, str, float]
"""At this second this happened; now this page is seen, with so many seconds left."""

STORIES: dict[str, tuple[Step, ...]] = {
    "each page has its own dwell, and after the last comes the first": (
        (9.9, TIME, "一", 0.1),
        (10.0, TIME, "二", 20.0),
        (29.9, TIME, "二", 0.1),
        (30.0, TIME, "三", 30.0),
        (60.0, TIME, "一", 10.0),
    ),
    "a pause keeps what the page has left, however long it lasts": (
        (4.0, PAUSE, "一", 6.0),
        (500.0, TIME, "一", 6.0),
        (500.0, RESUME, "一", 6.0),
        (505.9, TIME, "一", 0.1),
        (506.0, TIME, "二", 20.0),
    ),
    "a step begins the page anew, backwards over the first one too": (
        (3.0, NEXT, "二", 20.0),
        (4.0, PREVIOUS, "一", 10.0),
        (5.0, PREVIOUS, "三", 30.0),
        (34.9, TIME, "三", 0.1),
    ),
    "steps in a pause stay in the pause": (
        (1.0, PAUSE, "一", 9.0),
        (2.0, NEXT, "二", 20.0),
        (99.0, TIME, "二", 20.0),
        (99.0, RESUME, "二", 20.0),
        (119.0, TIME, "三", 30.0),
    ),
    "an alarm stops the time and its end lets it go on": (
        (4.0, COVER, "一", 6.0),
        (60.0, TIME, "一", 6.0),
        (60.0, UNCOVER, "一", 6.0),
        (66.0, TIME, "二", 20.0),
    ),
    "an alarm that is over does not start what the officer paused": (
        (4.0, PAUSE, "一", 6.0),
        (5.0, COVER, "一", 6.0),
        (9.0, UNCOVER, "一", 6.0),
        (99.0, TIME, "一", 6.0),
    ),
    "a pause asked for under an alarm holds afterwards": (
        (4.0, COVER, "一", 6.0),
        (5.0, PAUSE, "一", 6.0),
        (9.0, UNCOVER, "一", 6.0),
        (99.0, TIME, "一", 6.0),
        (99.0, RESUME, "一", 6.0),
        (105.0, TIME, "二", 20.0),
    ),
    "nobody turns pages under an alarm": (
        (4.0, COVER, "一", 6.0),
        (5.0, NEXT, "一", 6.0),
        (6.0, PREVIOUS, "一", 6.0),
    ),
    "asked twice is asked once": (
        (4.0, PAUSE, "一", 6.0),
        (8.0, PAUSE, "一", 6.0),
        (8.0, RESUME, "一", 6.0),
        (9.0, RESUME, "一", 5.0),
    ),
    "a desk that slept turns one page, not all it missed": (
        (1000.0, TIME, "二", 20.0),
        (1001.0, TIME, "二", 19.0),
    ),
}


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_that_a_tour_follows_the_story(story: Sequence[Step]) -> None:
    tour = begin(PAGES, 0.0)
    for now, wish, page, left_s in story:
        tour = advance(tour, wish, now, PAGES)
        assert tour.page.name == page, f"at {now} after {wish}"
        assert tour.left_at(now) == pytest.approx(left_s), f"at {now} after {wish}"


def test_that_the_next_page_is_wanted_four_seconds_ahead_or_half_a_short_dwell() -> None:
    tour = begin((B, A), 0.0)
    assert ahead(tour, 15.9, PAGES) is None
    assert ahead(tour, 16.0, PAGES) == A
    short = Page("短", "1", ("x",), 5.0)
    tour = begin((short, B), 0.0)
    assert ahead(tour, 2.4, PAGES) is None
    assert ahead(tour, 2.5, PAGES) == B


def test_that_nothing_is_opened_ahead_while_no_time_runs() -> None:
    tour = advance(begin(PAGES, 0.0), PAUSE, 9.0, PAGES)
    assert ahead(tour, 9.0, PAGES) is None
    assert ahead(advance(tour, RESUME, 9.0, PAGES), 9.0, PAGES) == B


def test_that_pages_made_anew_are_taken_when_a_round_ends_and_not_within_it() -> None:
    changed = Page("新", "4", ("n",), 15.0)
    tour = advance(begin((A, B), 0.0), NEXT, 1.0, (changed, A, B))
    assert tour.page == B
    assert ahead(tour, 20.0, (changed, A, B)) == changed
    tour = advance(tour, TIME, 21.0, (changed, A, B))
    assert tour.page == changed
    assert tour.pages == (changed, A, B)


def test_that_a_round_without_any_page_keeps_the_old_ones() -> None:
    tour = advance(begin((A,), 0.0), TIME, 10.0, ())
    assert (tour.page, tour.left_at(10.0)) == (A, 10.0)


def test_that_a_tour_goes_on_where_an_earlier_run_left_it() -> None:
    tour = begin(PAGES, 100.0, place=1, left_s=7.0, paused=True)
    assert (tour.page, tour.left_at(500.0), tour.runs) == (B, 7.0, False)
    stale = begin(PAGES[:1], 100.0, place=2, left_s=25.0)
    assert (stale.page, stale.left_at(100.0)) == (A, 10.0)


def test_that_a_tour_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="a tour needs a page"):
        begin((), 0.0)


@given(st.lists(st.tuples(st.floats(0.0, 12.0), st.sampled_from(list(Wish))), max_size=40))
def test_that_no_page_is_left_early_and_none_has_more_left_than_its_dwell(
    steps: list[tuple[float, Wish]],
) -> None:
    now, ran = 0.0, 0.0
    tour = begin(PAGES, now)
    for wait, wish in steps:
        ran = ran + wait if tour.runs else ran
        now += wait
        before, tour = tour, advance(tour, wish, now, PAGES)
        assert 0.0 <= tour.left_at(now) <= tour.page.dwell_s
        if before.page != tour.page:
            assert wish in {NEXT, PREVIOUS} or ran >= before.page.dwell_s - 1e-6
            assert not before.covered
            ran = 0.0
        assert tour.covered is (wish is COVER or (before.covered and wish is not UNCOVER))
        assert tour.paused is (wish is PAUSE or (before.paused and wish is not RESUME))


# --- what a plan comes to -----------------------------------------------------------------------------------------

SOURCES = {
    (GROUP, "g"): Source("凌兆", tuple("abcdefgh")),
    (VIEW, "v"): Source("防汛", ("x", "", "y"), "4"),
}


def works_but(*broken: str) -> Callable[[str], bool]:
    return lambda camera: camera not in broken


def test_that_cameras_of_a_group_that_do_not_work_are_passed_over_and_counted() -> None:
    plan = TourPlan("p", (Stop(GROUP, "g", 15.0),), 4)
    made = make_round(plan, SOURCES, works_but("b", "g"))
    assert [page.cameras for page in made.pages] == [("a", "c", "d", "e"), ("f", "h")]
    assert [page.name for page in made.pages] == ["凌兆 1/2", "凌兆 2/2"]
    assert {page.layout for page in made.pages} == {"4"}
    assert made.skipped == 2


def test_that_a_view_keeps_its_places_unless_nothing_in_it_works() -> None:
    plan = TourPlan("p", (Stop(VIEW, "v", 40.0), Stop(GROUP, "g", 40.0)), 9)
    made = make_round(plan, SOURCES, works_but("x"))
    assert (made.pages[0].cameras, made.pages[0].layout, made.pages[0].dwell_s) == (("x", "", "y"), "4", 40.0)
    assert made.skipped == 0
    gone = make_round(plan, SOURCES, works_but("x", "y"))
    assert [page.name for page in gone.pages] == ["凌兆"]
    assert gone.skipped == 2


def test_that_dwells_are_kept_within_reason_and_stops_that_mean_nothing_are_passed_over() -> None:
    plan = TourPlan("p", (Stop(GROUP, "nobody"), Stop(GROUP, "g", 0.1), Stop(VIEW, "v", 1e9)), 64)
    assert [page.dwell_s for page in make_round(plan, SOURCES, works_but()).pages] == [5.0, 3600.0]
