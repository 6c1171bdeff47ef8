"""Which lanes the sender leaves alone for a while, and which it no longer mixes with others.

A lane is one object's operations, which go one after the other. A lane that rests holds up nobody but itself.
"""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.sync.backoff import Backoff

Lane = tuple[str, str]


@dataclass(slots=True)
class _Rest:
    until: float
    backoff: Backoff
    apart: bool


class RestingLanes:
    """Used by the sender thread alone."""

    def __init__(self, backoff: Callable[[], Backoff], monotonic: Callable[[], float]) -> None:
        self._backoff = backoff
        self._monotonic = monotonic
        self._rests: dict[Lane, _Rest] = {}

    def rest(self, lane: Lane, *, apart: bool = False) -> None:
        """Let a lane rest, longer each time.

        Args:
            lane: The lane.
            apart: From now on it is sent by itself, until it has been well once: what it holds is bad company.
        """
        rest = self._rests.setdefault(lane, _Rest(0.0, self._backoff(), apart=False))
        rest.until = self._monotonic() + rest.backoff.next_s()
        rest.apart |= apart

    def well(self, lane: Lane) -> None:
        """The centre answered for a lane's operation."""
        self._rests.pop(lane, None)

    def forget(self) -> None:
        """Nothing is queued: whatever rested was settled in another way."""
        self._rests.clear()

    def asleep(self) -> frozenset[Lane]:
        """Return the lanes whose rest is not over."""
        now = self._monotonic()
        return frozenset(lane for lane, rest in self._rests.items() if rest.until > now)

    def apart(self) -> frozenset[Lane]:
        """Return the lanes that are sent by themselves, asleep or not."""
        return frozenset(lane for lane, rest in self._rests.items() if rest.apart)

    def next_wake_s(self) -> float | None:
        """Return in how many seconds the next lane has rested; None if none is asleep."""
        now = self._monotonic()
        return min((rest.until - now for rest in self._rests.values() if rest.until > now), default=None)
