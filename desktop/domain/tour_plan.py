"""What a tour goes through, as the officer asked for it, and the pages that come of it now. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.tour import LONGEST_S, SHORTEST_S, Page

VIEW, GROUP = "view", "group"
PAGE_LAYOUTS: Mapping[int, str] = {1: "1", 4: "4", 6: "6", 9: "9", 16: "16", 25: "25", 36: "36", 64: "64"}
"""Cameras on a page of a group, and the arrangement for them."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing to go through.

    Attributes:
        kind: ``view`` (a saved view of the wall: one page) or ``group`` (cameras: as many pages as they fill).
        key: Which.
        dwell_s: How long each of its pages is seen.
    """

    kind: str
    key: str
    dwell_s: float = 30.0


@dataclass(frozen=True, slots=True)
class TourPlan:
    """A tour as it was asked for: what it goes through, and how many cameras of a group stand on a page."""

    name: str
    stops: tuple[Stop, ...]
    page_size: int = 9


@dataclass(frozen=True, slots=True)
class Source:
    """What a stop means today: its name, its cameras in order, and for a view its arrangement."""

    name: str
    cameras: tuple[str, ...]
    layout: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """The pages of one round.

    Attributes:
        pages: In order.
        skipped: Cameras of groups and of views left out whole that cannot be seen now.
    """

    pages: tuple[Page, ...]
    skipped: int


def make_round(
    plan: TourPlan,
    sources: Mapping[tuple[str, str], Source],
    works: Callable[[str], bool],
    part: str = "{name} {n}/{of}",
) -> Round:
    """Make the pages of a round.

    A group's cameras that do not work are passed over and the others close up. A saved view is an arrangement that
    somebody made: its cameras keep their places, and one that does not work says so there; a view none of whose
    cameras works is passed over whole.

    Args:
        plan: The tour.
        sources: What its stops mean, by kind and key; a stop that means nothing any more is passed over.
        works: Whether a camera has a picture, as far as is known.
        part: How a page of a group that fills several is named.
    """
    pages: list[Page] = []
    skipped = 0
    size = plan.page_size if plan.page_size in PAGE_LAYOUTS else 9
    for stop in plan.stops:
        source = sources.get((stop.kind, stop.key))
        if source is None:
            continue
        dwell_s = min(LONGEST_S, max(SHORTEST_S, stop.dwell_s))
        cameras = [camera for camera in source.cameras if camera]
        working = [camera for camera in cameras if works(camera)]
        if stop.kind == GROUP:
            skipped += len(cameras) - len(working)
            pages += _group_pages(source.name, working, size, dwell_s, part)
        elif working:
            pages.append(Page(source.name, source.layout, source.cameras, dwell_s))
        else:
            skipped += len(cameras)
    return Round(tuple(pages), skipped)


def _group_pages(name: str, cameras: Sequence[str], size: int, dwell_s: float, part: str) -> Iterator[Page]:
    """Pages of a group; the last keeps the others' arrangement, so that panes do not change size within a group."""
    of = -(-len(cameras) // size)
    for n in range(of):
        title = name if of == 1 else part.format(name=name, n=n + 1, of=of)
        yield Page(title, PAGE_LAYOUTS[size], tuple(cameras[n * size : (n + 1) * size]), dwell_s)
