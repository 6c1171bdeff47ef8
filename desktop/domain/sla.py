"""The clock of an order: how much of its limit is left, and which of three states that is.

Limits are data of the centre: `due` is an absolute server time that already contains working days, pauses and
extensions. Here it is only compared with the server's present time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

NEAR_SHARE = 0.25
"""临期 begins when less than this share of the whole limit is left (the hall's rule)."""


class Clock(StrEnum):
    """States of the clock, each with a colour, a shape and a word."""

    NONE = "none"  # no limit, or the order is over
    AMPLE = "ample"  # 充裕
    NEAR = "near"  # 临期
    LATE = "late"  # 超期


@dataclass(frozen=True, slots=True)
class Slack:
    """A reading of the clock: its state and the time left (negative: late by)."""

    clock: Clock
    left: timedelta = timedelta(0)


def parse_time(text: object) -> datetime | None:
    """Read an RFC 3339 time; None for anything that is not one, or that has no offset."""
    if not isinstance(text, str) or not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def read_clock(opened: datetime | None, due: datetime | None, now: datetime) -> Slack:
    """Read the clock of an open order at server time `now`.

    Without `opened` the share cannot be known, so the last hour counts as near.
    """
    if due is None:
        return Slack(Clock.NONE)
    left = due - now
    if left < timedelta(0):
        return Slack(Clock.LATE, left)
    whole = due - opened if opened is not None and opened < due else timedelta(hours=4)
    return Slack(Clock.NEAR if left < whole * NEAR_SHARE else Clock.AMPLE, left)
