"""The centre's clock: server time, with an offset that a drill can set to show what a wrong clock does."""

from datetime import UTC, datetime, timedelta, timezone

LOCAL = timezone(timedelta(hours=8))
"""The district's time zone (UTC+8, no summer time)."""


def stamp(moment: datetime) -> str:
    """Write a moment as the contract does: RFC 3339, whole seconds, local offset."""
    return moment.astimezone(LOCAL).isoformat(timespec="seconds")


class Clock:
    """Tells server time."""

    def __init__(self) -> None:
        self.skew = timedelta(0)

    def now(self) -> datetime:
        """Return the present server time."""
        return datetime.now(UTC) + self.skew

    def now_text(self) -> str:
        """Return the present server time to the millisecond, as headers, heartbeats and history lines carry it."""
        return self.now().astimezone(LOCAL).isoformat(timespec="milliseconds")
