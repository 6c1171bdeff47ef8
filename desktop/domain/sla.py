"""The clock of an order: how much of its limit is left, which of three states that is, and why.

Limits are data of the centre: `due` is an absolute server time that already contains working days, pauses and
extensions, and it stays the truth. What is computed here only explains it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from desktop.domain.calendars import WorkingCalendar

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


@dataclass(frozen=True, slots=True)
class Pause:
    """A time in which the clock stood: 挂起 with its reason. `end` is None while it stands."""

    start: datetime
    end: datetime | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """How a limit comes about.

    Attributes:
        start: From when it is counted.
        length: How long it is, in working time if there is a calendar.
        days_off: Days that were skipped; empty around the clock.
        pauses: Those that moved it.
        expected: Where that leads; None while the clock stands.
    """

    start: datetime
    length: timedelta
    days_off: tuple[date, ...]
    pauses: tuple[Pause, ...]
    expected: datetime | None


def pauses_of(history: Sequence[Mapping[str, object]]) -> tuple[Pause, ...]:
    """Return the pauses that an order's history tells of, oldest first: from each ``suspend`` to what ended it."""
    pauses: list[Pause] = []
    for line in history:
        at = parse_time(line.get("at"))
        if at is None:
            continue
        stands = bool(pauses) and pauses[-1].end is None
        if line.get("state") == "suspended":
            if not stands:
                pauses.append(Pause(at, None, str(line.get("text") or "")))
        elif stands:
            pauses[-1] = Pause(pauses[-1].start, max(at, pauses[-1].start), pauses[-1].reason)
    return tuple(pauses)


def account_for(
    start: datetime, length: timedelta, calendar: WorkingCalendar | None, pauses: Sequence[Pause] = ()
) -> Account:
    """Count a limit out: `length` from `start`, in the time of `calendar` or around the clock, without the pauses."""
    expected: datetime | None = _after(start, length, calendar)
    counted: list[Pause] = []
    for pause in pauses:
        if expected is None or not start <= pause.start < expected:
            continue
        counted.append(pause)
        left = calendar.between(pause.start, expected) if calendar is not None else expected - pause.start
        expected = _after(pause.end, left, calendar) if pause.end is not None else None
    days = calendar.days_off(start, expected) if calendar is not None and expected is not None else ()
    return Account(start, length, days, tuple(counted), expected)


def _after(start: datetime, length: timedelta, calendar: WorkingCalendar | None) -> datetime | None:
    return calendar.after(start, length) if calendar is not None else start + length
