"""Hosts that die again and again: who is to blame, and what becomes of the others."""

import logging
import os
import signal
import sys
from pathlib import Path

import pytest

from desktop.central.schema import LiveAddress
from desktop.events import HostsChanged
from desktop.start.crash import CrashNet
from desktop.video.fleet import FleetTuning
from desktop.video.states import PaneState
from tests.video.servers import GstServer, command_lines
from tests.video.watching import Watched

pytestmark = [pytest.mark.real, pytest.mark.timeout(90)]

ROOT = Path(__file__).parents[2]
POISONED = f"""
import os, sys
sys.path.insert(0, {str(ROOT)!r})
from desktop.video import host
from desktop.video.engines import pyav
play = pyav.PyAvPlayer._play
def play_or_die(player):
    if player._source.url.endswith("poison"):
        os.abort()  # as a fault below Python ends it: a decoder that runs into what it cannot take
    play(player)
pyav.PyAvPlayer._play = play_or_die
host.main(sys.argv[1:])
"""
PASSWORD = "S3cret-of-the-camera"


@pytest.mark.expected_log("desktop.video", "were lost under it")
def test_that_a_stream_that_kills_hosts_is_set_aside_and_the_others_live(tmp_path: Path) -> None:
    (tmp_path / "host.py").write_text(POISONED)
    command = [sys.executable, str(tmp_path / "host.py")]
    with GstServer({"/cam": {}, "/poison": {}}) as server:
        addresses = {name: LiveAddress(f"{server.url}/{name}") for name in ("cam", "poison")}
        with Watched(addresses, command=command, fleet=FleetTuning(hosts=1)) as watched:
            watched.service.show("1", "cam", "sub", 320, 180)
            watched.service.show("2", "poison", "sub", 320, 180)
            guilty = watched.until_state("2", PaneState.UNSUPPORTED)
            assert (guilty.cause_code, guilty.params["hosts"]) == ("video.crashes_host", 4)
            assert guilty.next_try_at is not None
            watched.until_state("1", PaneState.LIVE)
            watched.until_pictures("1", 50)
            assert watched.service.statistics().hosts_lost == 4


@pytest.mark.expected_log("desktop.video", "video hosts were lost in")
def test_that_hosts_that_do_not_start_are_not_started_for_ever() -> None:
    tuning = FleetTuning(losses=3, pause_s=1.0)
    with Watched({"c": LiveAddress("rtsp://127.0.0.1:9/x")}, command=["false"], fleet=tuning) as watched:
        watched.service.show("1", "c", "sub", 320, 180)
        waiting = watched.until_state("1", PaneState.OFFLINE)
        assert waiting.cause_code == "video.hosts_paused"
        assert waiting.next_try_at is not None
        assert any(isinstance(event, HostsChanged) and event.fault == "video.hosts_paused" for event in watched.events)
        lost = watched.service.statistics().hosts_lost
        watched.until(lambda: watched.service.statistics().hosts_lost > lost)  # after the pause it is tried again


def test_that_a_host_that_crashes_while_it_plays_tells_nobody_the_password(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with GstServer({"/cam": {"codec": "talking"}}, username="officer", password=PASSWORD) as server:
        address = LiveAddress(f"{server.url}/cam", username="officer", password=PASSWORD)
        with Watched({"c": address}) as watched:
            watched.service.show("1", "c", "sub", 320, 180)
            watched.service.listen("1")
            watched.until_state("1", PaneState.LIVE)
            watched.until(lambda: (s := watched.service.status("1").sound) is not None and s.state != "starting")
            told = command_lines([os.getpid(), *watched.pids()])
            (victim,) = watched.pids()
            os.kill(victim, signal.SIGABRT)
            watched.until(lambda: watched.service.statistics().hosts_lost == 1)
            watched.until_state("1", PaneState.LIVE)
    assert PASSWORD not in told + caplog.text + repr(watched.seen) + repr(watched.events)


@pytest.mark.expected_log("desktop.start.crash", "unexpected error")
def test_that_a_crash_file_about_an_address_does_not_tell_its_password(tmp_path: Path) -> None:
    address = LiveAddress(f"rtsp://officer:{PASSWORD}@camera/x", username="officer", password=PASSWORD)
    told: list[Path] = []
    net = CrashNet(tmp_path, told.append)
    bug = RuntimeError(f"a bug that quotes {address!r}")
    net._on_exception(type(bug), bug, None)
    net._fatal.close()  # open as long as the program runs
    (path,) = told
    text = path.read_text(encoding="utf-8")
    assert "a bug that quotes" in text
    assert PASSWORD not in text
