"""What lies over the wall's own cameras for a while: a tour's view, an alarm's panes. Pure.

Tours and alarm views never touch what the officer has put on the wall. They lie over it, in layers, and the wall is
exactly as it was when they are taken away; there is nothing to restore and so nothing to restore wrongly.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

TOUR, ALARM = "tour", "alarm"
LAYERS = (TOUR, ALARM)
"""From the lower to the upper."""


@dataclass(frozen=True, slots=True)
class PaneMark:
    """The mark of a pane that an alarm was brought to: border and badge of a tone, with its shape and its word."""

    tone: str
    word: str
    shape: str = "triangle"


@dataclass(frozen=True, slots=True)
class Scene:
    """One layer.

    Attributes:
        layout: Name of an arrangement; "" keeps that of what lies below.
        cameras: Camera id by place, counted from 0. A place that is not named shows what lies below; "" is empty.
        marks: Marks by place.
        locked: Whether the officer's changes of arrangement and cameras are refused as long as it lies there.
    """

    layout: str = ""
    cameras: Mapping[int, str] = field(default_factory=dict)
    marks: Mapping[int, PaneMark] = field(default_factory=dict)
    locked: bool = False


def compose(own: Scene, layers: Iterable[Scene]) -> Scene:
    """Lay layers, lower ones first, over the wall's own scene."""
    layout, locked = own.layout, own.locked
    cameras, marks = dict(own.cameras), dict(own.marks)
    for layer in layers:
        layout = layer.layout or layout
        cameras |= layer.cameras
        marks |= layer.marks
        locked = locked or layer.locked
    return Scene(layout, cameras, marks, locked)


def full(layout: str, cameras: Sequence[str], panes: int) -> Scene:
    """A scene that says of each of `panes` places what is in it, so that nothing below shows through."""
    return Scene(layout, {place: cameras[place] if place < len(cameras) else "" for place in range(panes)})
