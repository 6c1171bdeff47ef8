"""Clocks that are wrong, machines that sleep: nothing an officer did changes its place, and the centre's time stays."""

import json
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from desktop.events import Event, FaultRaised, LinkState
from desktop.sync.clock import ClockWatch, ServerClock, boot_time_s, parse_time
from tests.sync.another_centre import AnotherCentre
from tests.sync.conftest import Desk
from tests.sync.test_clock import NOON, Hand

TEN_YEARS = timedelta(days=3652)


def record_at(desk: Desk, monkeypatch: pytest.MonkeyPatch, shift: timedelta) -> dict[str, Any]:
    """Record an operation while this machine's clock is off by `shift`; return what is sent."""

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime.now(tz) + shift

    with monkeypatch.context() as patch:
        patch.setattr("desktop.sync.recorder.datetime", Shifted)
        op = desk.manager.record("work_order", "o1", "note", {"text": "x"}).result(5)
    wire: dict[str, Any] = json.loads(op.payload)
    return wire


@pytest.mark.real
@pytest.mark.fault(51)
def test_that_a_wall_clock_off_by_ten_years_changes_neither_order_nor_the_centres_time(
    desk: Desk, centre: AnotherCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = [record_at(desk, monkeypatch, shift) for shift in (timedelta(), -TEN_YEARS, TEN_YEARS, timedelta())]

    assert [wire["device_seq"] for wire in sent] == [1, 2, 3, 4]
    years = [moment.year for wire in sent if (moment := parse_time(wire["wall_time"]))]
    now = datetime.now(UTC)
    assert years[0] == now.year
    assert years[1] < now.year - 8 < now.year + 8 < years[2]  # said as it is: nothing is corrected
    for wire in sent:
        estimated = parse_time(wire["est_server_time"])
        assert estimated is not None
        assert abs(estimated - now) < timedelta(seconds=5)
    desk.wait_until(desk.outbox_is_empty)
    assert list(centre.outcomes) == [wire["op_id"] for wire in sent]


@pytest.mark.fault(51)
@pytest.mark.expected_log("desktop.sync.clock", "the clock of the desk was set")
@pytest.mark.parametrize("shift", [TEN_YEARS, -TEN_YEARS])
def test_that_a_clock_set_by_ten_years_is_told_once_and_moves_no_estimate(shift: timedelta) -> None:
    told: list[Event] = []
    hand, wall = Hand(), Hand()
    clock = ServerClock(hand)
    clock.sample(NOON.isoformat(), 1000.0, 1000.1)
    before = clock.estimate()
    watch = ClockWatch(clock, told.append, wall=wall, monotonic=hand)

    wall.now += shift.total_seconds()
    watch.look()
    watch.look()

    assert told == [FaultRaised("sync.clock_jump", {"seconds": shift.total_seconds(), "reason": "desk"})]
    assert clock.estimate() == before


@pytest.mark.fault(52)
def test_that_eight_hours_of_sleep_count_for_the_centres_time() -> None:
    hand = Hand()
    clock = ServerClock(hand)
    clock.sample(NOON.isoformat(), 1000.0, 1000.1)
    hand.now += 8 * 3600  # a clock that counts while the machine sleeps

    estimate = clock.estimate()

    assert estimate is not None
    assert abs(estimate.moment - (NOON + timedelta(hours=8))) < timedelta(seconds=1)


@pytest.mark.fault(52)
@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="this system has no such clock")
def test_that_the_clock_in_use_is_the_one_that_counts_while_the_machine_sleeps() -> None:
    assert abs(boot_time_s() - time.clock_gettime(time.CLOCK_BOOTTIME)) < 1


@pytest.mark.real
@pytest.mark.fault(53)
@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system's time zone cannot be changed for one process")
def test_that_another_time_zone_is_another_way_to_write_the_same_moment(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = []
    try:
        for zone in ("Asia/Shanghai", "America/New_York"):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            sent.append(record_at(desk, monkeypatch, timedelta()))
    finally:
        monkeypatch.undo()
        assert "TZ" not in os.environ or os.environ["TZ"] != "America/New_York"
        time.tzset()

    walls = [parse_time(wire["wall_time"]) for wire in sent]
    assert walls[0] is not None
    assert walls[1] is not None
    assert walls[0].utcoffset() != walls[1].utcoffset()
    assert abs(walls[1] - walls[0]) < timedelta(seconds=5)
    estimates = [parse_time(wire["est_server_time"]) for wire in sent]
    assert estimates[0] is not None
    assert estimates[1] is not None
    assert timedelta() <= estimates[1] - estimates[0] < timedelta(seconds=5)


@pytest.mark.fault(54)
@pytest.mark.parametrize("seed", range(5))
def test_that_a_clock_that_is_slewed_never_makes_a_countdown_jump_beyond_its_error(seed: int) -> None:
    chance = Random(seed)
    hand = Hand()
    clock = ServerClock(hand)
    rate = 1 + chance.choice([-1, 1]) * 500e-6  # as fast as NTP turns a clock
    truth = NOON
    before = None
    for _ in range(400):
        step_s = chance.uniform(1, 10)
        hand.now += step_s
        truth += timedelta(seconds=step_s * rate)
        trip_s = chance.uniform(0.01, 0.4)
        clock.sample(truth.isoformat(), hand.now - trip_s / 2, hand.now + trip_s / 2)
        estimate = clock.estimate()
        assert estimate is not None
        slewed_ms = 80 * 500e-3  # by so much the centre was turned since the oldest sample that can be believed
        assert abs(estimate.moment - truth) <= timedelta(milliseconds=estimate.error_ms + slewed_ms)
        if before is not None:
            jump = estimate.moment - before.moment - timedelta(seconds=step_s)
            assert abs(jump) <= timedelta(milliseconds=estimate.error_ms + before.error_ms + slewed_ms)
        before = estimate


@pytest.mark.real
@pytest.mark.fault(45)
def test_that_what_was_written_on_an_order_that_the_centre_deleted_meanwhile_is_kept_for_the_officer(
    centre: AnotherCentre, tmp_path: Path
) -> None:
    desk = Desk(tmp_path / "desk", (centre.url,))
    try:
        desk.manager.sign_in("anybody", "right").result(10)
        desk.wait_for_link(LinkState.LIVE)
        desk.manager.stop()  # from now on it is written down, and nobody sends it
        desk.record("o2", "note", text="水已退到台阶以下")
    finally:
        desk.close()
    centre.remove("work_order", "o2")

    again = Desk(tmp_path / "desk", (centre.url,))
    try:
        again.wait_until(lambda: bool(again.store.duty.tray()))
        (op,) = again.store.duty.tray()
        assert op.code == "gone"
        assert json.loads(op.payload)["args"] == {"text": "水已退到台阶以下"}
        again.wait_until(lambda: again.store.cache.get("work_order", "o2") is None)
    finally:
        again.close()
