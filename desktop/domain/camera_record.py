"""How a camera did over some time, added up from days of watching. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


class Day(Protocol):
    """Seconds of one day, as they are kept."""

    @property
    def live_s(self) -> float: ...  # noqa: D102 - see storage.duty.camera_days.CameraDay
    @property
    def frozen_s(self) -> float: ...  # noqa: D102
    @property
    def black_s(self) -> float: ...  # noqa: D102
    @property
    def lost_s(self) -> float: ...  # noqa: D102
    @property
    def reconnects(self) -> int: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Record:
    """The sum of some days. It tells of the time in which somebody had the camera on the wall, and of no other.

    Attributes:
        watched_s: That time.
        live_s: Of it, with pictures that can be used.
        frozen_s: With pictures that did not change.
        black_s: With pictures on which nothing was to be seen.
        lost_s: Without pictures, by the camera's fault.
        reconnects: How often it came back.
    """

    watched_s: float = 0.0
    live_s: float = 0.0
    frozen_s: float = 0.0
    black_s: float = 0.0
    lost_s: float = 0.0
    reconnects: int = 0

    @property
    def availability(self) -> float | None:
        """Share of the watched time with usable pictures; None if it was not watched for a minute."""
        return self.live_s / self.watched_s if self.watched_s >= 60.0 else None


def add_up(days: Iterable[Day]) -> Record:
    """Add days up."""
    kept = list(days)
    live, frozen, black, lost = (
        sum(getattr(day, name) for day in kept) for name in ("live_s", "frozen_s", "black_s", "lost_s")
    )
    return Record(live + frozen + black + lost, live, frozen, black, lost, sum(day.reconnects for day in kept))
