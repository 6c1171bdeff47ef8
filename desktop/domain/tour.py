"""轮巡: page after page on the wall, as a state machine without a clock, a timer or a wall.

`advance` gives the next `Tour` for a wish or the passing of time. Time runs for a page only while nobody has paused the
tour and no alarm lies over it; the two are kept apart, so that an alarm that is over never starts a tour that the
officer had paused. Seconds are those of any steady clock of the caller.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

SHORTEST_S, LONGEST_S = 5.0, 3600.0
"""A page is seen at least and at most so long."""
_AHEAD_S = 4.0
"""So long before a switch the next page's cameras are wanted, or half the dwell if that is shorter."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is seen at one time.

    Attributes:
        name: In words: the saved view, or the group and which part of it.
        layout: Name of the arrangement.
        cameras: By place; "" is an empty pane.
        dwell_s: How long it is seen.
    """

    name: str
    layout: str
    cameras: tuple[str, ...]
    dwell_s: float


@dataclass(frozen=True, slots=True)
class Tour:
    """A tour under way.

    Attributes:
        pages: Those of the present round.
        place: Which of them is seen.
        left_s: How long it has left, at `since`.
        since: When `left_s` was true.
        paused: The officer stopped the time.
        covered: Something that matters more lies over the tour; it goes on when that is gone.
    """

    pages: tuple[Page, ...]
    place: int
    left_s: float
    since: float
    paused: bool = False
    covered: bool = False

    @property
    def page(self) -> Page:
        """What is seen."""
        return self.pages[self.place]

    @property
    def runs(self) -> bool:
        """Whether time runs."""
        return not (self.paused or self.covered)

    def left_at(self, now: float) -> float:
        """Seconds that the page has left."""
        return max(0.0, self.left_s - (now - self.since)) if self.runs else self.left_s


class Wish(Enum):
    """What may happen to a tour, besides time."""

    TIME = "time"  # nothing but time went by
    PAUSE = "pause"
    RESUME = "resume"
    NEXT = "next"
    PREVIOUS = "previous"
    COVER = "cover"
    UNCOVER = "uncover"


def begin(pages: Sequence[Page], now: float, *, place: int = 0, left_s: float = 0.0, paused: bool = False) -> Tour:
    """Begin a tour, or go on with one that an earlier run of the program left.

    Raises:
        ValueError: There is no page.
    """
    if not pages:
        raise ValueError("a tour needs a page")
    kept = tuple(pages)
    place = place if 0 <= place < len(kept) else 0
    dwell_s = kept[place].dwell_s
    return Tour(kept, place, left_s if 0.0 < left_s < dwell_s else dwell_s, now, paused=paused)


def advance(tour: Tour, wish: Wish, now: float, fresh: Sequence[Page]) -> Tour:
    """Give the tour after a wish at `now`.

    Args:
        tour: Before.
        wish: What happened.
        now: Seconds.
        fresh: The pages as they would be made now: cameras fail and come back. They are taken when a round ends, in
            either direction, so that nothing is left out or seen twice within one; if there are none, the old ones
            stay.
    """
    match wish:
        case Wish.TIME:
            return _turn(tour, 1, now, fresh) if tour.runs and tour.left_at(now) <= 0.0 else tour
        case Wish.NEXT | Wish.PREVIOUS:
            # Whoever covers a tour has the wall; turning pages beneath would only be found out later.
            return tour if tour.covered else _turn(tour, 1 if wish is Wish.NEXT else -1, now, fresh)
        case _:
            return _held(tour, wish, now)


def ahead(tour: Tour, now: float, fresh: Sequence[Page]) -> Page | None:
    """The page whose cameras should be opened by now, unseen, so that the switch shows no black; None before that."""
    if not tour.runs or tour.left_at(now) > min(_AHEAD_S, tour.page.dwell_s / 2):
        return None
    pages, place = _after(tour, 1, fresh)
    return pages[place]


def _held(tour: Tour, wish: Wish, now: float) -> Tour:
    """Stop or start the time, keeping what the page has left."""
    left_s = tour.left_at(now)
    paused = {Wish.PAUSE: True, Wish.RESUME: False}.get(wish, tour.paused)
    covered = {Wish.COVER: True, Wish.UNCOVER: False}.get(wish, tour.covered)
    return replace(tour, left_s=left_s, since=now, paused=paused, covered=covered)


def _turn(tour: Tour, step: int, now: float, fresh: Sequence[Page]) -> Tour:
    pages, place = _after(tour, step, fresh)
    return replace(tour, pages=pages, place=place, left_s=pages[place].dwell_s, since=now)


def _after(tour: Tour, step: int, fresh: Sequence[Page]) -> tuple[tuple[Page, ...], int]:
    place = tour.place + step
    if 0 <= place < len(tour.pages):
        return tour.pages, place
    pages = tuple(fresh) or tour.pages
    return pages, 0 if step > 0 else len(pages) - 1
