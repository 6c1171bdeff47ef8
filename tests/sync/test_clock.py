from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.events import Event, FaultRaised
from desktop.sync.clock import ClockWatch, ServerClock, boot_time_s, parse_time

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Hand:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_that_nothing_is_estimated_before_the_centre_was_heard() -> None:
    assert ServerClock(Hand()).estimate() is None


def test_that_the_estimate_moves_with_our_monotonic_clock() -> None:
    hand = Hand()
    clock = ServerClock(hand)
    clock.sample(NOON.isoformat(), 1000.0, 1000.2)

    hand.now = 1060.1
    estimate = clock.estimate()

    assert estimate is not None
    assert abs(estimate.moment - (NOON + timedelta(seconds=60))) < timedelta(milliseconds=1)
    assert estimate.error_ms == 101


def test_that_the_sample_with_the_shortest_round_trip_is_believed() -> None:
    hand = Hand()
    clock = ServerClock(hand)
    clock.sample(NOON.isoformat(), 1000.0, 1000.01)
    hand.now = 1005.0
    clock.sample((NOON + timedelta(seconds=5)).isoformat(), 1001.0, 1005.0)  # came late, two seconds off

    estimate = clock.estimate()

    assert estimate is not None
    assert abs(estimate.moment - (NOON + timedelta(seconds=5))) < timedelta(milliseconds=10)


def test_that_a_sample_is_forgotten_after_eight_others() -> None:
    hand = Hand()
    clock = ServerClock(hand)
    clock.sample((NOON - timedelta(hours=1)).isoformat(), 1000.0, 1000.0)  # a centre whose clock was then corrected
    for _ in range(8):
        clock.sample(NOON.isoformat(), 1000.0, 1000.5)

    estimate = clock.estimate()

    assert estimate is not None
    assert estimate.error_ms == 251
    assert abs(estimate.moment - NOON) < timedelta(seconds=1)


@pytest.mark.parametrize("text", ["", "noon", "2026-11-22T12:00:00", "2026-13-01T00:00:00Z"])
def test_that_a_time_without_offset_or_sense_is_no_sample(text: str) -> None:
    clock = ServerClock(Hand())
    clock.sample(text, 1000.0, 1000.1)

    assert parse_time(text) is None
    assert clock.estimate() is None


@given(st.floats(-1e8, 1e8), st.floats(0, 30), st.floats(0, 1))
def test_that_the_true_time_lies_within_the_error(offset_s: float, round_trip_s: float, share: float) -> None:
    hand = Hand()
    clock = ServerClock(hand)
    sent = hand.now
    stamped = NOON + timedelta(seconds=offset_s)  # written when `share` of the round trip was over
    hand.now = sent + round_trip_s
    clock.sample(stamped.isoformat(), sent, hand.now)

    estimate = clock.estimate()

    truth = stamped + timedelta(seconds=round_trip_s * (1 - share))
    assert estimate is not None
    assert abs(estimate.moment - truth) <= timedelta(milliseconds=estimate.error_ms + 1)


def test_that_boot_time_goes_forward() -> None:
    assert boot_time_s() <= boot_time_s()


def test_that_a_centre_whose_clock_was_set_is_believed_at_once_and_told_once() -> None:
    hand = Hand()
    clock = ServerClock(hand)
    clock.sample(NOON.isoformat(), 1000.0, 1000.01)
    hand.now = 1010.0
    clock.sample((NOON - timedelta(hours=1)).isoformat(), 1010.0, 1010.2)

    estimate = clock.estimate()

    assert estimate is not None
    assert abs(estimate.moment - (NOON - timedelta(hours=1))) < timedelta(seconds=1)
    assert round(clock.take_jump_s()) == -3610
    assert clock.take_jump_s() == 0


@pytest.mark.expected_log("desktop.sync.clock", "the clock of the desk was set by 3600.0 s")
def test_that_a_wall_clock_that_was_set_is_told_and_one_that_drifts_is_not() -> None:
    told: list[Event] = []
    hand, wall = Hand(), Hand()
    watch = ClockWatch(ServerClock(hand), told.append, wall=wall, monotonic=hand)
    for _ in range(20):
        hand.now += 10
        wall.now += 10.5  # a bad clock, but nobody set it
        watch.look()
    assert told == []

    wall.now += 3600
    watch.look()
    watch.look()

    assert told == [FaultRaised("sync.clock_jump", {"seconds": 3600.0, "reason": "desk"})]
