"""What has to be opened anew is opened beside what plays: addresses that run out, hosts that have grown old."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import psutil
import pytest

from desktop.central.schema import LiveAddress
from desktop.errors import OpsError
from desktop.video.fleet import FleetTuning
from desktop.video.history import CameraWatch
from desktop.video.resolver import life_of
from desktop.video.states import PaneState
from tests.video.servers import Door, GstServer
from tests.video.watching import Watched

pytestmark = [pytest.mark.real, pytest.mark.timeout(90)]

LIFE_S = 5.0
GAP_S = 1.0
"""A gap that an officer would see as one; a loaded test machine skips some pictures."""


@contextmanager
def doors(server: GstServer, life_s: float = LIFE_S, *, told: bool) -> Iterator[tuple[Watched, list[Door]]]:
    """A centre whose addresses live for five seconds, and a camera that puts viewers out when theirs is over."""
    opened: list[Door] = []

    def resolve(_camera: str, _profile: str) -> LiveAddress:
        opened.append(Door(server.port, life_s))
        end = (datetime.now(UTC) + timedelta(seconds=life_s)).isoformat() if told else None
        return LiveAddress(f"rtsp://127.0.0.1:{opened[-1].port}/cam", expires_at=end)

    try:
        with Watched({}) as watched:
            watched.service._resolver._resolve = resolve
            yield watched, opened
    finally:
        for door in opened:
            door.close()


def test_that_an_address_is_followed_by_a_fresh_one_before_it_runs_out_and_nobody_sees_it() -> None:
    with GstServer({"/cam": {}}) as server, doors(server, told=True) as (watched, opened):
        watched.service.show("1", "c", "sub", 320, 180)
        watched.until_state("1", PaneState.LIVE)
        gap_s = watched.watch_without_a_gap("1", lambda: len(opened) >= 3)
        assert gap_s < GAP_S
        assert [door.put_out for door in opened] == [0] * len(opened)


def test_that_an_address_whose_end_nobody_told_is_asked_for_anew_when_the_camera_ends_it() -> None:
    with GstServer({"/cam": {}}) as server, doors(server, 2.0, told=False) as (watched, opened):
        watched.service.show("1", "c", "sub", 320, 180)
        watched.until_state("1", PaneState.LIVE)
        assert watched.until_state("1", PaneState.OFFLINE).cause_code == "video.ended"
        assert opened[0].put_out == 1
        watched.until_state("1", PaneState.LIVE)


def test_that_a_camera_whose_fresh_address_is_refused_is_shown_until_it_ends_and_then_says_why() -> None:
    with GstServer({"/cam": {}}) as server, doors(server, told=True) as (watched, opened):
        watched.service.show("1", "c", "sub", 320, 180)
        watched.until_state("1", PaneState.LIVE)

        def refuse(_camera: str, _profile: str) -> LiveAddress:
            raise OpsError("camera.forbidden")

        watched.service._resolver._resolve = refuse
        watched.until_pictures("1", 10)
        assert watched.until_state("1", PaneState.UNAUTHORIZED).cause_code == "camera.forbidden"
        assert opened[0].put_out == 1
        assert watched.service.latest("1") is not None  # the last picture stays, to be shown as old


def test_that_a_host_is_replaced_without_a_gap_when_it_has_reached_its_age() -> None:
    tuning = FleetTuning(hosts=1, host_age_s=2.5)
    with GstServer({"/cam": {}}) as server:
        address = LiveAddress(f"{server.url}/cam")
        kept: list[CameraWatch] = []
        with Watched(dict.fromkeys("12", address), fleet=tuning, keep=kept.extend) as watched:
            for name in "12":
                watched.service.show(name, name, "sub", 320, 180)
            for name in "12":
                watched.until_state(name, PaneState.LIVE)
            (first,) = watched.pids()
            gap_s = watched.watch_without_a_gap("1", lambda: not psutil.pid_exists(first))
            assert gap_s < GAP_S
            assert watched.service.status("2").state is PaneState.LIVE
            assert watched.service.statistics().hosts_lost == 0
            assert not [seen for seen in watched.seen if seen.state is PaneState.OFFLINE]
        assert [(watch.camera_id, watch.lost_s, watch.reconnects) for watch in kept] == [("1", 0, 0), ("2", 0, 0)]
        assert min(watch.live_s for watch in kept) > 1.0


def test_that_a_still_camera_stays_one_when_its_pane_grows_and_when_its_host_is_replaced() -> None:
    tuning = FleetTuning(hosts=1, host_age_s=6.0)
    with (
        GstServer({"/cam": {"codec": "still"}}) as server,
        Watched({"c": LiveAddress(f"{server.url}/cam")}, fleet=tuning) as watched,
    ):
        watched.service.show("1", "c", "sub", 320, 180)
        since = watched.until_state("1", PaneState.FROZEN).since
        (first,) = watched.pids()
        watched.service.show("1", "c", "sub", 640, 360)
        watched.until(lambda: (f := watched.service.latest("1")) is not None and f.width == 640)
        watched.watch_without_a_gap("1", lambda: not psutil.pid_exists(first), state=PaneState.FROZEN)
        watched.until_pictures("1", 10)
        status = watched.service.status("1")
        assert (status.state, status.since) == (PaneState.FROZEN, pytest.approx(since, abs=0.5))


def test_that_eight_cameras_of_a_dead_server_knock_as_one_and_come_back_together() -> None:
    names = "12345678"
    with GstServer({"/cam": {}}) as server:
        pass  # its port is free now, and nobody answers there
    with Watched({name: LiveAddress(f"{server.url}/cam") for name in names}) as watched:
        for name in names:
            watched.service.show(name, name, "sub", 320, 180)
        for name in names:
            assert watched.until_state(name, PaneState.OFFLINE).cause_code == "video.refused"
        known = len(watched.asked_at)
        watched.until(lambda: len(watched.asked_at) >= known + 4)
        rounds = watched.asked_at[known : known + 4]
        assert rounds[3] - rounds[0] > 3 * 0.2  # one camera looks in each round, not eight
        assert sum(watched.service.status(name).next_try_at is None for name in names) <= 1
        server.start()
        for name in names:
            watched.until_state(name, PaneState.LIVE)
        server.kill()


@pytest.mark.parametrize(
    ("end", "life_s"),
    [
        ("2026-11-22T08:00:05+00:00", 5.0),
        ("2026-11-22T16:00:05+08:00", 5.0),
        ("2026-11-22T08:00:05Z", 5.0),
        ("2026-11-22T07:59:00Z", None),  # over already: our idea of the time is wrong, or theirs
        ("2026-11-22T08:00:05", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_that_the_life_of_an_address_is_told_by_the_centres_time(end: str | None, life_s: float | None) -> None:
    assert life_of(LiveAddress("rtsp://h/x", expires_at=end), datetime(2026, 11, 22, 8, tzinfo=UTC)) == life_s
