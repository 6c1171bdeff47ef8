"""The working calendar of the drill's district."""

from datetime import date, timedelta, timezone

from desktop.central.schema import Calendar
from desktop.domain.calendars import WorkingCalendar, read_hours

OFFICE = "office"

CALENDARS: dict[str, Calendar] = {
    OFFICE: Calendar(
        name="工作日历",
        utc_offset_minutes=480,
        hours=[["08:30", "11:30"], ["13:00", "18:00"]],
        holidays=[
            *("2026-01-01", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20", "2026-04-06"),
            *("2026-05-01", "2026-05-04", "2026-06-19", "2026-09-25", "2026-10-01", "2026-10-02", "2026-10-05"),
            *("2026-10-06", "2026-10-07", "2027-01-01"),
        ],
        workdays=["2026-02-14", "2026-02-28", "2026-05-09", "2026-10-10"],
    )
}
"""An example, as all of the district; a city brings its own."""


def working(calendar_id: str) -> WorkingCalendar | None:
    """Return a calendar to count with; None around the clock."""
    found = CALENDARS.get(calendar_id)
    if found is None:
        return None
    return WorkingCalendar(
        zone=timezone(timedelta(minutes=found.utc_offset_minutes)),
        hours=read_hours(found.hours),
        weekdays=frozenset(found.weekdays),
        holidays=frozenset(map(date.fromisoformat, found.holidays)),
        workdays=frozenset(map(date.fromisoformat, found.workdays)),
        name=found.name,
    )
