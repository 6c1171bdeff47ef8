"""The part of the world in view: a centre, a scale, a size in pixels. Pure arithmetic, immutable.

Scale moves in quarter octaves ("steps"), so that tiles drawn for a step are shown pixel for pixel when the map rests.
"""

import math
from dataclasses import dataclass, replace
from typing import Final

STEPS_PER_OCTAVE: Final = 4
NEAREST_STEP: Final = -8
"""0.25 Web Mercator metres a pixel."""
FARTHEST_STEP: Final = 36
"""512 metres a pixel: a whole city."""
PIXEL_M: Final = 0.0254 / 96
"""Size of a pixel on paper, for the scale number (96 dots an inch, as style sheets count)."""


def metres_per_px(step: float) -> float:
    """Return Web Mercator metres a pixel at a step; fractions of steps occur while a movement lasts."""
    return 2.0 ** (step / STEPS_PER_OCTAVE)


def clamp_step(step: float) -> float:
    """Hold a step within the range the map offers."""
    return max(float(NEAREST_STEP), min(float(FARTHEST_STEP), step))


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rectangle of Web Mercator metres; `left` < `right`, `bottom` < `top` where it holds anything."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Extent to the east, metres."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Extent to the north, metres."""
        return self.top - self.bottom

    @property
    def centre(self) -> tuple[float, float]:
        """The middle, metres."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def grown(self, by: float) -> "Bounds":
        """Return the rectangle with `by` metres added on each side."""
        return Bounds(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def meets(self, other: "Bounds") -> bool:
        """Tell whether the two share a point."""
        return not (
            other.left > self.right or other.right < self.left or other.bottom > self.top or other.top < self.bottom
        )

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True, slots=True)
class Viewport:
    """Centre in Web Mercator metres, scale as a step, size in device-independent pixels (y grows downwards)."""

    x: float
    y: float
    step: float
    width: int
    height: int

    @property
    def scale(self) -> float:
        """Web Mercator metres a pixel."""
        return metres_per_px(self.step)

    @property
    def bounds(self) -> Bounds:
        """What is in view."""
        half_w, half_h = self.width * self.scale / 2, self.height * self.scale / 2
        return Bounds(self.x - half_w, self.y - half_h, self.x + half_w, self.y + half_h)

    def to_px(self, x: float, y: float) -> tuple[float, float]:
        """Return the pixel of a point."""
        return self.width / 2 + (x - self.x) / self.scale, self.height / 2 - (y - self.y) / self.scale

    def to_world(self, px: float, py: float) -> tuple[float, float]:
        """Return the point under a pixel."""
        return self.x + (px - self.width / 2) * self.scale, self.y - (py - self.height / 2) * self.scale

    def panned(self, dx_px: float, dy_px: float) -> "Viewport":
        """Return the view after the paper has been dragged by so many pixels."""
        return replace(self, x=self.x - dx_px * self.scale, y=self.y + dy_px * self.scale)

    def zoomed(self, step: float, px: float, py: float) -> "Viewport":
        """Return the view at another step with the point under the pixel staying under it."""
        step = clamp_step(step)
        x, y = self.to_world(px, py)
        scale = metres_per_px(step)
        return replace(self, step=step, x=x - (px - self.width / 2) * scale, y=y + (py - self.height / 2) * scale)

    def resized(self, width: int, height: int) -> "Viewport":
        """Return the view in a window of another size: same centre, same scale."""
        return replace(self, width=max(1, width), height=max(1, height))

    def fitted(self, bounds: Bounds, margin_px: int = 24) -> "Viewport":
        """Return the nearest whole step that shows all of `bounds` with a margin."""
        room_w, room_h = max(1, self.width - 2 * margin_px), max(1, self.height - 2 * margin_px)
        need = max(bounds.width / room_w, bounds.height / room_h, metres_per_px(NEAREST_STEP))
        step = clamp_step(math.ceil(STEPS_PER_OCTAVE * math.log2(need) - 1e-9))
        x, y = bounds.centre
        return replace(self, x=x, y=y, step=step)

    def between(self, goal: "Viewport", part: float) -> "Viewport":
        """Return the view `part` of the way (0 to 1) to another of the same size; scale moves evenly to the eye."""
        if part >= 1.0:
            return goal
        return replace(
            self,
            x=self.x + (goal.x - self.x) * part,
            y=self.y + (goal.y - self.y) * part,
            step=self.step + (goal.step - self.step) * part,
        )
