"""Time that passes only when the simulation says so."""

from datetime import UTC, datetime, timedelta

_BEGINNING = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)


class VirtualClock:
    """Seconds since the shift began; called like `time.monotonic`."""

    def __init__(self) -> None:
        self.now_s = 1_000.0  # not 0, which the engine takes for "never" in places

    def __call__(self) -> float:
        return self.now_s

    def advance(self, seconds: float) -> None:
        self.now_s += seconds

    def stamp(self) -> str:
        """The centre's time, RFC 3339."""
        return (_BEGINNING + timedelta(seconds=self.now_s)).isoformat(timespec="milliseconds")
