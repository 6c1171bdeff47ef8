"""Working time: which hours of which days count. Holidays and their make-up days are data, never code."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

_FAR = 3_660
"""Days looked ahead; a calendar without working time in ten years has none."""

Hours = tuple[time, time]


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """When a hall works.

    Attributes:
        zone: Where its clock stands.
        hours: From and to, within a day, in order, without overlap.
        weekdays: ISO numbers (Monday is 1) of the days that are worked.
        holidays: Days off that would be worked.
        workdays: Days that are worked although they are no weekday of work (调休).
        name: For people.
    """

    zone: tzinfo
    hours: tuple[Hours, ...]
    weekdays: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    holidays: frozenset[date] = field(default_factory=frozenset)
    workdays: frozenset[date] = field(default_factory=frozenset)
    name: str = ""

    def works_on(self, day: date) -> bool:
        """Whether `day` is worked."""
        return day in self.workdays or (day.isoweekday() in self.weekdays and day not in self.holidays)

    @property
    def day_length(self) -> timedelta:
        """The working time of a whole day."""
        return sum((_length(day_hours) for day_hours in self.hours), timedelta(0))

    def after(self, start: datetime, length: timedelta) -> datetime | None:
        """Return when `length` of working time has passed since `start`; None if that is never."""
        left = length
        for begin, end in self._spans(start):
            if left <= end - begin:
                return begin + left if left else start
            left -= end - begin
        return None

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time between two moments; nothing when the end is not after the start."""
        total = timedelta(0)
        for span_begin, span_end in self._spans(start):
            if span_begin >= end:
                break
            total += min(span_end, end) - span_begin
        return total

    def days_off(self, start: datetime, end: datetime) -> tuple[date, ...]:
        """Return the days between two moments, theirs included, on which nobody works."""
        first, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        count = min((last - first).days, _FAR)
        days = (first + timedelta(days=offset) for offset in range(count + 1))
        return tuple(day for day in days if not self.works_on(day))

    def _spans(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the stretches of working time from `start` on."""
        local = start.astimezone(self.zone)
        for offset in range(_FAR):
            day = local.date() + timedelta(days=offset)
            if not self.works_on(day):
                continue
            for begin, end in self.hours:
                span_end = datetime.combine(day, end, self.zone)
                if span_end > local:
                    yield max(datetime.combine(day, begin, self.zone), local), span_end


def read_hours(texts: Collection[Collection[str]]) -> tuple[Hours, ...]:
    """Return hours written as ``[["09:00", "12:00"], …]``.

    Raises:
        ValueError: they are no times, not in order, or overlap.
    """
    hours = tuple((time.fromisoformat(begin), time.fromisoformat(end)) for begin, end in texts)
    edges = [edge for pair in hours for edge in pair]
    if not hours or sorted(set(edges)) != edges:
        raise ValueError(f"hours must be in order and not overlap: {texts!r}")
    return hours


def _length(hours: Hours) -> timedelta:
    midnight = date.min
    return datetime.combine(midnight, hours[1]) - datetime.combine(midnight, hours[0])
