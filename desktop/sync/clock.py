"""The centre's time as seen from here, with its error, on a clock that nobody can turn.

Every small answer of the centre carries `server_time`. Of the last eight samples the one with the shortest round trip
is the best witness (the idea of NTP's clock filter, RFC 5905 §10): the true time lies within half that trip.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_SAMPLES = 8
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


class ServerClock:
    """Estimates the centre's time; thread-safe."""

    def __init__(self, monotonic: Callable[[], float] = boot_time_s) -> None:
        self._monotonic = monotonic
        self._samples: deque[_Sample] = deque(maxlen=_SAMPLES)
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
            self._samples.append(_Sample(offset_s, round_trip_s))

    def estimate(self) -> Estimate | None:
        """Return the centre's time now, or None while it has never been heard."""
        with self._lock:
            if not self._samples:
                return None
            best = min(self._samples, key=lambda sample: sample.round_trip_s)
        moment = datetime.fromtimestamp(0, UTC) + timedelta(seconds=best.offset_s + self._monotonic())
        return Estimate(moment, round((best.round_trip_s / 2 + _RESOLUTION_S) * 1000))
