"""What a scene is, and motions that come back to their start when the loop ends."""

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from math import pi, sin
from random import Random
from typing import ClassVar

from desktop.drill.cameras.draw.brush import Brush
from desktop.drill.cameras.draw.colour import Mood
from desktop.drill.cameras.draw.lens import Lens

LOOP_S = 20.0
"""The time that scenes are written in: all their motions have periods that divide it."""
CLIP_S = 16.0
"""How long one loop takes on the screen; a little quicker than written, which is smaller and looks livelier."""


class Scene(ABC):
    """One drawn place.

    Attributes:
        slug: The scene's name in `desktop.drill.cameras.scenes`.
        lens: Where the camera hangs.
        mood: Light and air.
        chance: Random numbers, the same at each run.
    """

    slug: ClassVar[str]
    lens: ClassVar[Lens]
    mood: ClassVar[Mood]

    def __init__(self) -> None:
        self.chance = Random(self.slug)

    @abstractmethod
    def backdrop(self, brush: Brush) -> None:
        """Draw what never moves and is behind all that does; called once."""

    @abstractmethod
    def moving(self, brush: Brush, t: float) -> None:
        """Draw what moves, at ``t`` seconds of the loop."""

    def front(self, brush: Brush) -> None:
        """Draw what never moves and is before all that does; called once."""
        brush.vignette()


def share(t: float, period_s: float, start: float = 0.0) -> float:
    """Return how much (0 to 1) of a period has passed; the period must divide the loop."""
    return (t / period_s + start) % 1.0


def blinks(t: float, period_s: float, lit: float = 0.5) -> bool:
    """Return whether a blinking light is on."""
    return share(t, period_s) < lit


def breathing(t: float, period_s: float) -> float:
    """Return a value that swings between 0 and 1."""
    return 0.5 - 0.5 * sin(2 * pi * (t / period_s + 0.25))


class Track:
    """A value that runs smoothly through (time, value) knots; before the first and after the last it stays."""

    def __init__(self, *knots: tuple[float, float]) -> None:
        self._times = [time for time, _ in knots]
        self._values = [value for _, value in knots]
        self._slopes = _slopes(self._times, self._values)

    def at(self, t: float) -> float:
        """Return the value at ``t``."""
        k = bisect_right(self._times, t) - 1
        if k < 0:
            return self._values[0]
        if k >= len(self._times) - 1:
            return self._values[-1]
        span = self._times[k + 1] - self._times[k]
        u = (t - self._times[k]) / span
        h00, h10 = (1 + 2 * u) * (1 - u) ** 2, u * (1 - u) ** 2
        h01, h11 = u * u * (3 - 2 * u), u * u * (u - 1)
        return (
            h00 * self._values[k]
            + h10 * span * self._slopes[k]
            + h01 * self._values[k + 1]
            + h11 * span * self._slopes[k + 1]
        )

    def speed(self, t: float) -> float:
        """Return how fast the value changes at ``t``, per second."""
        return (self.at(t + 0.04) - self.at(t - 0.04)) / 0.08


def _slopes(times: Sequence[float], values: Sequence[float]) -> list[float]:
    """Return slopes that keep the curve from overshooting (Fritsch and Carlson's monotone cubic)."""
    rises = [(v2 - v1) / (t2 - t1) for t1, t2, v1, v2 in zip(times, times[1:], values, values[1:], strict=False)]
    inner = [0.0 if a * b <= 0 else 2 * a * b / (a + b) for a, b in pairwise(rises)]
    return [rises[0], *inner, rises[-1]]
