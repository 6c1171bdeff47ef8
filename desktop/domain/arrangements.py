"""What a wall shows, as data: a layout and a camera in each pane; with the way back through every change of it."""

from collections.abc import Iterable
from typing import Self

import msgspec

STREAMS = ("auto", "sub", "main")


class PaneUse(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is in one pane.

    Attributes:
        camera: The camera's id, "" for an empty pane.
        stream: ``sub`` or ``main`` where the officer insists; ``auto`` lets the program choose by size and load.
        zoom: How many times the picture is enlarged, 1.0 or more.
        left: Of the part that is seen, as a share of the picture's width.
        top: As a share of its height.
    """

    camera: str = ""
    stream: str = "auto"
    zoom: float = 1.0
    left: float = 0.0
    top: float = 0.0


EMPTY = PaneUse()


class Arrangement(msgspec.Struct, frozen=True, omit_defaults=True):
    """A layout and what is in its panes.

    Attributes:
        layout: A name that `widgets.wall.layouts.layout` reads.
        panes: In the order of the panes. What the layout has no room for is kept, so that it is there again in a
            larger one.
        locked: Nothing on the wall moves until the officer unlocks it.
    """

    layout: str = "9"
    panes: tuple[PaneUse, ...] = ()
    locked: bool = False

    @staticmethod
    def of(layout: str, cameras: Iterable[str]) -> "Arrangement":
        """Make one of camera ids."""
        return Arrangement(layout, tuple(PaneUse(camera) for camera in cameras))

    def at(self, place: int) -> PaneUse:
        """Give what is in the pane at a place, counted from 0."""
        return self.panes[place] if place < len(self.panes) else EMPTY

    def put(self, place: int, use: PaneUse) -> "Arrangement":
        """Put something else into one pane."""
        panes = [*self.panes, *(EMPTY for _ in range(place + 1 - len(self.panes)))]
        panes[place] = use
        return msgspec.structs.replace(self, panes=tuple(panes))

    def swapped(self, one: int, other: int) -> "Arrangement":
        """Let two panes change places, with all that belongs to what is in them."""
        return self.put(one, self.at(other)).put(other, self.at(one))

    def laid_out(self, layout: str) -> "Arrangement":
        """Take another layout."""
        return msgspec.structs.replace(self, layout=layout)

    def with_lock(self, *, locked: bool) -> "Arrangement":
        """Lock it, or unlock it."""
        return msgspec.structs.replace(self, locked=locked)

    def same_to_the_eye(self, other: "Arrangement") -> bool:
        """Whether both show the same cameras in the same places of the same layout, whatever the zoom."""
        return self.layout == other.layout and [use.camera for use in _trimmed(self.panes)] == [
            use.camera for use in _trimmed(other.panes)
        ]


def _trimmed(panes: tuple[PaneUse, ...]) -> tuple[PaneUse, ...]:
    last = max((place for place, use in enumerate(panes) if use.camera), default=-1)
    return panes[: last + 1]


class History(msgspec.Struct, frozen=True):
    """An arrangement with the ones before it, and those that were taken back; immutable, capped.

    Attributes:
        present: What is.
        past: What was, the latest last; beyond `CAP` the oldest are forgotten.
        future: What was taken back, the next to be done again last.
    """

    present: Arrangement
    past: tuple[Arrangement, ...] = ()
    future: tuple[Arrangement, ...] = ()

    CAP = 100

    def changed(self, arrangement: Arrangement) -> Self:
        """Go on to another arrangement; one that is the same is no change."""
        if arrangement == self.present:
            return self
        past = (*self.past, self.present)[-self.CAP :]
        return type(self)(arrangement, past, ())

    def touched(self, arrangement: Arrangement) -> Self:
        """Take what is no step of its own, such as a zoom: undo goes past it."""
        return type(self)(arrangement, self.past, self.future)

    def undone(self) -> Self:
        """Take the last change back; without one, nothing changes."""
        if not self.past:
            return self
        return type(self)(self.past[-1], self.past[:-1], (*self.future, self.present))

    def redone(self) -> Self:
        """Do again what was taken back last."""
        if not self.future:
            return self
        return type(self)(self.future[-1], (*self.past, self.present), self.future[:-1])
