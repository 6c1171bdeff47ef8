from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.sla import Clock, parse_time, read_clock

OPENED = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
DUE = OPENED + timedelta(hours=4)


@pytest.mark.parametrize(
    ("minutes", "clock"),
    [(0, Clock.AMPLE), (180, Clock.AMPLE), (181, Clock.NEAR), (240, Clock.NEAR), (241, Clock.LATE)],
)
def test_that_the_clock_turns_near_in_the_last_quarter_and_late_after_the_limit(minutes: int, clock: Clock) -> None:
    reading = read_clock(OPENED, DUE, OPENED + timedelta(minutes=minutes))
    assert reading.clock is clock
    assert reading.left == DUE - OPENED - timedelta(minutes=minutes)


def test_that_an_order_without_limit_has_no_clock() -> None:
    assert read_clock(OPENED, None, OPENED).clock is Clock.NONE


@pytest.mark.parametrize("text", ["", "2026-11-22T08:00:00", "gestern", None, 12])
def test_that_a_time_without_offset_or_sense_is_no_time(text: object) -> None:
    assert parse_time(text) is None


def test_that_an_rfc_3339_time_keeps_its_moment() -> None:
    assert parse_time("2026-11-22T16:00:00+08:00") == OPENED
    assert parse_time("2026-11-22T08:00:00Z") == OPENED
