from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.calendars import WorkingCalendar, read_hours
from desktop.domain.sla import Pause, account_for, pauses_of

SHANGHAI = timezone(timedelta(hours=8))
OFFICE = WorkingCalendar(
    SHANGHAI,
    read_hours([["08:30", "11:30"], ["13:00", "18:00"]]),
    holidays=frozenset({date(2026, 10, day) for day in range(1, 9)}),
    workdays=frozenset({date(2026, 10, 10)}),
)
STARTS = st.datetimes(datetime(2026, 8, 1), datetime(2027, 2, 1)).map(lambda moment: moment.replace(tzinfo=SHANGHAI))
LENGTHS = st.integers(1, 30 * 480).map(lambda minutes: timedelta(minutes=minutes))


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}:00+08:00")


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("11-20T17:00", 2, "11-23T09:30"),  # over a weekend
        ("11-20T11:00", 1, "11-20T13:30"),  # over noon
        ("11-21T09:00", 8, "11-23T18:00"),  # begins on a Saturday
        ("09-30T17:00", 2, "10-09T09:30"),  # over the holidays
        ("10-09T17:00", 2, "10-10T09:30"),  # into a Saturday that is worked in exchange
    ],
)
def test_that_working_time_skips_what_is_not_worked(start: str, hours: int, due: str) -> None:
    assert OFFICE.after(at(start), timedelta(hours=hours)) == at(due)


@given(STARTS, LENGTHS)
def test_that_counting_back_gives_the_length_again(start: datetime, length: timedelta) -> None:
    due = OFFICE.after(start, length)
    assert due is not None
    assert OFFICE.between(start, due) == length
    assert due - start >= length


@given(STARTS, LENGTHS, LENGTHS)
def test_that_two_stretches_one_after_the_other_are_one(start: datetime, one: timedelta, two: timedelta) -> None:
    middle = OFFICE.after(start, one)
    assert middle is not None
    assert OFFICE.after(middle, two) == OFFICE.after(start, one + two)


@given(STARTS, LENGTHS, LENGTHS, LENGTHS, st.booleans())
def test_that_a_pause_never_takes_time_away(
    start: datetime, length: timedelta, until: timedelta, paused: timedelta, around_the_clock: bool
) -> None:
    calendar = None if around_the_clock else OFFICE
    plain = account_for(start, length, calendar).expected
    pause = Pause(start + until, start + until + paused)
    moved = account_for(start, length, calendar, [pause])
    assert plain is not None
    assert moved.expected is not None
    assert moved.expected >= plain
    assert bool(moved.pauses) == (pause.start < plain)
    if moved.pauses and calendar is None:
        assert moved.expected - plain == paused


def test_that_a_clock_that_stands_has_no_end() -> None:
    account = account_for(at("11-20T09:00"), timedelta(hours=8), OFFICE, [Pause(at("11-20T10:00"), None, "缺配件")])
    assert account.expected is None


def test_that_a_calendar_without_working_days_never_gets_there() -> None:
    idle = WorkingCalendar(SHANGHAI, OFFICE.hours, weekdays=frozenset())
    assert idle.after(at("11-20T09:00"), timedelta(minutes=1)) is None


@pytest.mark.parametrize("hours", [[], [["13:00", "09:00"]], [["09:00", "12:00"], ["11:00", "18:00"]], [["x", "y"]]])
def test_that_hours_out_of_order_are_refused(hours: list[list[str]]) -> None:
    with pytest.raises(ValueError, match=r"hours|isoformat"):
        read_hours(hours)


def test_that_pauses_are_read_from_the_history() -> None:
    history = [
        {"at": "2026-11-20T09:00:00+08:00", "state": "handling"},
        {"at": "2026-11-20T10:00:00+08:00", "state": "suspended", "text": "缺配件"},
        {"at": "2026-11-20T11:00:00+08:00", "state": "suspended", "text": "备注"},
        {"at": "odd", "state": "handling"},
        {"at": "2026-11-20T15:00:00+08:00", "state": "handling"},
        {"at": "2026-11-21T10:00:00+08:00", "state": "suspended", "text": "雨天"},
    ]
    assert pauses_of(history) == (
        Pause(at("11-20T10:00"), at("11-20T15:00"), "缺配件"),
        Pause(at("11-21T10:00"), None, "雨天"),
    )
