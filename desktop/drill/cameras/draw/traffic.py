"""People and vehicles on straight ways, in endless traffic."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import hypot

from desktop.drill.cameras.draw.brush import Brush, Shot
from desktop.drill.cameras.draw.lens import Spot
from desktop.drill.cameras.draw.people import Look, person
from desktop.drill.cameras.draw.scene import CLIP_S, LOOP_S, share
from desktop.drill.cameras.draw.vehicles import Pose, heading_towards

STRIDE_M = 1.35
Body = Callable[[Brush, Pose], None]
"""Draws something at a pose."""


@dataclass(frozen=True, slots=True)
class Way:
    """A straight way that is gone a whole number of times in one loop; both ends lie out of sight.

    Attributes:
        start: Where it begins, (x, y).
        end: Where it ends.
        laps: How often it is gone in one loop.
        phase: Share of the way gone at the loop's start.
    """

    start: Spot
    end: Spot
    laps: int = 1
    phase: float = 0.0

    def pose(self, t: float) -> Pose:
        """Return where one is at ``t``."""
        gone = share(t, LOOP_S / self.laps, self.phase)
        (x1, y1), (x2, y2) = self.start, self.end
        return Pose(x1 + (x2 - x1) * gone, y1 + (y2 - y1) * gone, heading_towards(self.start, self.end))

    @property
    def length_m(self) -> float:
        """How long it is."""
        return hypot(self.end[0] - self.start[0], self.end[1] - self.start[1])


def walking(way: Way, look: Look, gone: float) -> Shot:
    """Return somebody who has gone a share (0 to 1) of their way, whatever its laps and phase."""
    pose = Way(way.start, way.end, phase=min(gone, 0.999)).pose(0.0)
    return Shot(pose.place, partial(person, pose=pose, look=look, stride=gone * max(1, round(way.length_m / STRIDE_M))))


def strolling(way: Way, look: Look, t: float, *, pace_m_s: float = 1.5) -> list[Shot]:
    """Return somebody on a way that may take longer than one loop.

    They are then on it several times, spaced so that when the loop ends each stands where the one ahead had begun.
    """
    times = max(1, round(way.length_m / (pace_m_s * CLIP_S)))
    return [walking(way, look, (t / LOOP_S / times + way.phase + number / times) % 1.0) for number in range(times)]


def driving(way: Way, body: Body, t: float) -> Shot:
    """Return a vehicle on its way."""
    pose = way.pose(t)
    return Shot(pose.place, partial(_drive, body=body, pose=pose))


def standing(pose: Pose, look: Look, *, arms: float | None = None) -> Shot:
    """Return somebody who stays."""
    return Shot(pose.place, partial(person, pose=pose, look=look, arms=arms))


def _drive(brush: Brush, body: Body, pose: Pose) -> None:
    body(brush, pose)
