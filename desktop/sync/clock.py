"""The centre's time as seen from here, with its error, on a clock that nobody can turn.

Every small answer of the centre carries `server_time`. Of the last eight samples the one with the shortest round trip
is the best witness (the idea of NTP's clock filter, RFC 5905 §10): the true time lies within half that trip.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from desktop.events import Event, FaultRaised

log = logging.getLogger(__name__)

_SAMPLES = 8
JUMP_S = 2.0
"""A clock that moves by more than this between two looks was set; it did not drift."""
_RESOLUTION_S = 0.001
"""A centre writes milliseconds at best; the estimate is never finer."""


def boot_time_s() -> float:
    """Seconds on a clock that only moves forward and, where the system has one, counts while the machine sleeps."""
    boot_clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot_clock is None else time.clock_gettime(boot_clock)


def parse_time(text: str) -> datetime | None:
    """Read an RFC 3339 time; None when it is not one or has no offset."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


@dataclass(frozen=True, slots=True)
class Estimate:
    """The centre's time: `moment` within `error_ms` milliseconds."""

    moment: datetime
    error_ms: int

    def wire(self) -> str:
        """Return the moment as RFC 3339, in milliseconds."""
        return self.moment.isoformat(timespec="milliseconds")


@dataclass(frozen=True, slots=True)
class _Sample:
    offset_s: float  # centre's seconds since the epoch minus our monotonic seconds
    round_trip_s: float


def _by_round_trip(sample: _Sample) -> float:
    return sample.round_trip_s


class ServerClock:
    """Estimates the centre's time; thread-safe."""

    def __init__(self, monotonic: Callable[[], float] = boot_time_s) -> None:
        self._monotonic = monotonic
        self._samples: deque[_Sample] = deque(maxlen=_SAMPLES)
        self._jump_s = 0.0
        self._lock = threading.Lock()

    def reading(self) -> float:
        """Return the monotonic seconds that `sample` wants."""
        return self._monotonic()

    def sample(self, server_time: str, sent: float, received: float) -> None:
        """Take one witness: the centre said `server_time` between our readings `sent` and `received`."""
        moment = parse_time(server_time)
        round_trip_s = received - sent
        if moment is None or round_trip_s < 0:
            return
        offset_s = moment.timestamp() - (sent + round_trip_s / 2)
        with self._lock:
            best = min(self._samples, key=_by_round_trip, default=None)
            if best is not None:
                step_s = offset_s - best.offset_s
                if abs(step_s) > JUMP_S + (round_trip_s + best.round_trip_s) / 2:
                    self._jump_s += step_s
                    self._samples.clear()  # they are witnesses of another time
            self._samples.append(_Sample(offset_s, round_trip_s))

    def take_jump_s(self) -> float:
        """Return by how many seconds the centre's clock was set since the last call, 0 if it was not."""
        with self._lock:
            jump_s, self._jump_s = self._jump_s, 0.0
            return jump_s

    def estimate(self) -> Estimate | None:
        """Return the centre's time now, or None while it has never been heard."""
        with self._lock:
            if not self._samples:
                return None
            best = min(self._samples, key=_by_round_trip)
        moment = datetime.fromtimestamp(0, UTC) + timedelta(seconds=best.offset_s + self._monotonic())
        return Estimate(moment, round((best.round_trip_s / 2 + _RESOLUTION_S) * 1000))


class ClockWatch:
    """Tells the desk when a clock was set, this machine's or the centre's; looks about once a second.

    This machine's wall clock is held against one that nobody can turn: |Δwall - Δmonotonic| beyond `JUMP_S`.
    """

    def __init__(
        self,
        centre: ServerClock,
        post: Callable[[Event], None],
        *,
        wall: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = boot_time_s,
    ) -> None:
        self._centre = centre
        self._post = post
        self._wall = wall
        self._monotonic = monotonic
        self._offset_s = wall() - monotonic()

    def look(self) -> None:
        """Compare, and post ``sync.clock_jump`` (seconds, reason: desk or centre) for each clock that was set."""
        before, self._offset_s = self._offset_s, self._wall() - self._monotonic()
        for reason, jump_s in (("desk", self._offset_s - before), ("centre", self._centre.take_jump_s())):
            if abs(jump_s) > JUMP_S:
                log.warning("the clock of the %s was set by %.1f s", reason, jump_s)
                self._post(FaultRaised("sync.clock_jump", {"seconds": round(jump_s, 1), "reason": reason}))
