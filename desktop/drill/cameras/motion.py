"""Where a movable camera looks, and how it gets there: pure arithmetic over seconds.

The drawn scene is wider than what a zoomed lens sees of it; to pan is to move that window over the scene.
"""

from typing import NamedTuple

MAX_ZOOM = 4.0
SWING_ZOOM = 1.5
"""At its widest a lens sees the whole scene and has nowhere to turn: to pan or tilt it narrows to this first."""

PAN_PER_S = 0.7
ZOOM_PER_S = 1.2
_NARROWING_S = 0.35
_TRAVEL_S = 1.2
"""From one preset to another, however far."""


class View(NamedTuple):
    """Where a lens points.

    Attributes:
        pan: From -1 (as far left as it goes) to 1.
        tilt: From -1 (down) to 1 (up).
        zoom: Magnification, from 1 to `MAX_ZOOM`.
    """

    pan: float = 0.0
    tilt: float = 0.0
    zoom: float = 1.0

    def held(self) -> "View":
        """Return the nearest view that there is."""
        return View(_held(self.pan, -1, 1), _held(self.tilt, -1, 1), _held(self.zoom, 1, MAX_ZOOM))

    def window(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Return (left, top, width, height) of what is seen of a picture, in even pixels (4:2:0 has pairs)."""
        wide, high = _even(width / self.zoom), _even(height / self.zoom)
        left = _even((width - wide) / 2 * (1 + self.pan))
        top = _even((height - high) / 2 * (1 - self.tilt))
        return left, top, wide, high


HOME = View()
"""守望位: where a camera returns to when nobody holds it."""


class Axis(NamedTuple):
    """One of the three, moving evenly from `start` to `end` within `seconds`, and standing there afterwards."""

    start: float
    end: float
    seconds: float = 0.0

    def at(self, seconds: float) -> float:
        """Return where it is after `seconds`; a moment before the beginning is the beginning."""
        passed_s = max(0.0, seconds)
        if passed_s >= self.seconds:
            return self.end
        return self.start + (self.end - self.start) * passed_s / self.seconds


class Motion(NamedTuple):
    """A movement that ends by itself."""

    pan: Axis
    tilt: Axis
    zoom: Axis

    def where(self, seconds: float) -> View:
        """Return the view `seconds` after the beginning."""
        return View(self.pan.at(seconds), self.tilt.at(seconds), self.zoom.at(seconds))

    @property
    def end(self) -> View:
        """Where it leads."""
        return View(self.pan.end, self.tilt.end, self.zoom.end)

    @property
    def seconds(self) -> float:
        """How long it lasts; 0 for one that stands."""
        return max((axis.seconds for axis in self if axis.start != axis.end), default=0.0)


def stand(view: View) -> Motion:
    """Return no movement at all."""
    return Motion(*(Axis(value, value) for value in view))


def drive(view: View, pan: float, tilt: float, zoom: float, seconds: float) -> Motion:
    """Return what a command at these speeds (-1 to 1 each) does from `view` on, for at most `seconds`."""
    narrowing = _axis(view.zoom, zoom * ZOOM_PER_S, 1.0, MAX_ZOOM, seconds)
    if (pan or tilt) and not zoom and view.zoom < SWING_ZOOM:
        narrowing = Axis(view.zoom, SWING_ZOOM, _NARROWING_S)
    return Motion(
        _axis(view.pan, pan * PAN_PER_S, -1.0, 1.0, seconds),
        _axis(view.tilt, tilt * PAN_PER_S, -1.0, 1.0, seconds),
        narrowing,
    )


def travel(view: View, to: View) -> Motion:
    """Return the way from one view to another."""
    return Motion(*(Axis(here, there, _TRAVEL_S) for here, there in zip(view, to.held(), strict=True)))


def _axis(start: float, rate: float, low: float, high: float, seconds: float) -> Axis:
    end = _held(start + rate * seconds, low, high)
    return Axis(start, end, abs((end - start) / rate) if rate else 0.0)


def _held(value: float, low: float, high: float) -> float:
    return min(high, max(low, value))


def _even(pixels: float) -> int:
    return int(pixels) // 2 * 2
