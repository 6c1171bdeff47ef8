"""Real cameras of another make: GStreamer's RTSP server, played by real hosts."""

import gc
import logging
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

from desktop.central.schema import LiveAddress
from desktop.errors import OpsError
from desktop.events import HostsChanged
from desktop.video.block import PREFIX
from desktop.video.fleet import FleetTuning
from desktop.video.states import PaneState, Tuning
from tests.video.servers import GstServer, command_lines
from tests.video.watching import Watched

pytestmark = [pytest.mark.real, pytest.mark.timeout(90)]

PASSWORD = "S3cret@:/#口令"
HOST_LOST = pytest.mark.expected_log("desktop.video", "does not answer", may=True)


def camera(server: GstServer, path: str = "cam", **credentials: str) -> LiveAddress:
    return LiveAddress(f"{server.url}/{path}", **credentials)


@pytest.mark.parametrize(("codec", "name"), [("h264", "h264"), ("h265", "hevc"), ("mjpeg", "mjpeg")])
def test_that_a_stream_is_played_at_its_rate_in_its_colours(codec: str, name: str) -> None:
    mount = {"codec": codec, "pattern": "red", "height": 176}  # whole blocks: RTP cannot say less of a JPEG
    with GstServer({"/cam": mount}) as server, Watched({"c": camera(server)}) as watched:
        watched.service.show("1", "c", "sub", 320, 180)
        watched.until_state("1", PaneState.LIVE)
        watched.until(lambda: watched.service.status("1").fps > 23)
        status = watched.service.status("1")
        assert (status.codec, status.width, status.height, status.engine) == (name, 320, 176, "pyav")
        frame = watched.service.latest("1")
        assert frame is not None
        assert (frame.width, frame.height) == (320, 180)
        blue, green, red, unused = bytes(frame.pixels[frame.stride * 90 + 640 : frame.stride * 90 + 644])
        assert (red > 230, green < 30, blue < 30, unused) == (True, True, True, 255)


def test_that_a_pane_comes_back_by_itself_when_its_server_was_killed_and_started_again() -> None:
    with GstServer({"/cam": {}}) as server, Watched({"c": camera(server)}) as watched:
        watched.service.show("1", "c", "sub", 320, 180)
        watched.until_state("1", PaneState.LIVE)
        server.kill()
        lost = watched.until_state("1", PaneState.OFFLINE)
        assert lost.next_try_at is not None
        assert watched.service.latest("1") is not None  # the last picture stays, to be shown as old
        watched.until(lambda: watched.service.status("1").cause_code == "video.refused")
        server.start()
        watched.until_state("1", PaneState.LIVE)
        watched.until_pictures("1", 5)
        assert len(watched.asked) >= 3  # each attempt asks the centre for a fresh address


def test_that_a_camera_that_says_nothing_more_is_stalled_within_five_seconds_and_live_when_it_speaks_again() -> None:
    with GstServer({"/cam": {}}) as server, Watched({"c": camera(server)}, tuning=Tuning()) as watched:
        watched.service.show("1", "c", "sub", 320, 180)
        watched.until_state("1", PaneState.LIVE)
        watched.until_pictures("1", 10)
        server.freeze()
        assert watched.until(lambda: watched.service.status("1").state is PaneState.STALLED) < 5.0
        stalled = watched.service.status("1")
        assert (stalled.cause_code, stalled.fps) == ("video.no_pictures", 0.0)
        assert watched.service.latest("1") is not None  # the last picture stays, to be shown as old
        server.thaw()
        watched.until_state("1", PaneState.LIVE)
        assert len(watched.asked) == 1  # over the same connection


@pytest.mark.parametrize("scheme", ["basic", "digest"])
def test_that_the_right_password_plays_and_a_wrong_one_is_unauthorized(
    scheme: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with GstServer({"/cam": {}}, username="officer", password=PASSWORD, scheme=scheme) as server:
        addresses = {
            "good": camera(server, username="officer", password=PASSWORD),
            "bad": camera(server, username="officer", password="wrong-one"),
        }
        with Watched(addresses) as watched:
            watched.service.show("1", "good", "sub", 320, 180)
            watched.service.show("2", "bad", "sub", 320, 180)
            watched.until_state("1", PaneState.LIVE)
            assert watched.until_state("2", PaneState.UNAUTHORIZED).cause_code == "video.unauthorized"
            told = command_lines([os.getpid(), *watched.pids()]) + caplog.text + repr(watched.seen)
        for secret in (PASSWORD, "S3cret", "wrong-one"):
            assert secret not in told


def test_that_a_camera_that_repeats_one_picture_is_shown_as_frozen() -> None:
    with GstServer({"/cam": {"codec": "still"}}) as server, Watched({"c": camera(server)}) as watched:
        watched.service.show("1", "c", "sub", 320, 180)
        watched.until_state("1", PaneState.LIVE)
        frozen = watched.until_state("1", PaneState.FROZEN)
        assert frozen.cause_code == "video.frozen"
        assert frozen.fps > 20


@HOST_LOST
@pytest.mark.parametrize("death", [signal.SIGKILL, signal.SIGSTOP])
def test_that_a_host_that_dies_or_hangs_is_replaced_and_its_panes_come_back(death: signal.Signals) -> None:
    with GstServer({"/cam": {}}) as server, Watched({"c": camera(server)}) as watched:
        for pane in "1234":
            watched.service.show(pane, "c", "sub", 320, 180)
        for pane in "1234":
            watched.until_state(pane, PaneState.LIVE)
        (victim,) = watched.pids()
        os.kill(victim, death)
        taken_s = watched.until(
            lambda: (
                watched.service.statistics().hosts_lost == 1
                and any(host.ready and host.pid != victim for host in watched.service.statistics().hosts)
            )
        )
        assert taken_s < 3.5
        for pane in "1234":
            watched.until_state(pane, PaneState.LIVE)
            watched.until_pictures(pane, 3)
        assert not psutil.pid_exists(victim)
        assert any(isinstance(event, HostsChanged) and event.fault for event in watched.events)


def test_that_a_pane_goes_on_playing_while_its_size_changes() -> None:
    with GstServer({"/cam": {}}) as server, Watched({"c": camera(server)}) as watched:
        watched.service.show("1", "c", "sub", 320, 180)
        watched.until_state("1", PaneState.LIVE)
        watched.service.show("1", "c", "sub", 640, 360)

        def large() -> bool:
            frame = watched.service.latest("1")
            assert frame is not None  # never black in between
            return frame.width == 640

        watched.until(large)
        assert len(watched.asked) == 1
        watched.until_pictures("1", 5)
        assert watched.service.status("1").state is PaneState.LIVE


def test_that_one_stream_in_several_panes_is_decoded_once_at_the_size_of_the_largest() -> None:
    with GstServer({"/cam": {}}) as server, Watched({"c": camera(server)}) as watched:
        for pane, width in (("1", 320), ("2", 640), ("3", 320), ("4", 320)):
            watched.service.show(pane, "c", "sub", width, width * 9 // 16)
        for pane in "1234":
            watched.until_state(pane, PaneState.LIVE)
        watched.until(lambda: all((f := watched.service.latest(p)) is not None and f.width == 640 for p in "1234"))
        assert watched.asked == [("c", "sub")]
        assert watched.service.status("1").panes == 4
        watched.until(lambda: [host.panes for host in watched.service.statistics().hosts] == [1])
        watched.service.clear("2")
        watched.until(lambda: (f := watched.service.latest("1")) is not None and f.width == 320)
        watched.until_pictures("3", 3)
        assert len(watched.asked) == 1


def test_that_a_camera_can_be_tried_beside_the_wall_and_the_wall_feels_nothing() -> None:
    with GstServer({"/cam": {}}) as server, Watched({"c": camera(server)}) as watched:
        watched.service.show("1", "c", "sub", 320, 180)
        watched.until_state("1", PaneState.LIVE)
        trial = watched.service.try_camera("c", "main", 0.5)
        with pytest.raises(OpsError, match=r"video\.trial_busy"):
            watched.service.try_camera("c", "main").result(0)
        assert watched.watch_without_a_gap("1", trial.done) < 1.0
        found = trial.result(0)
        assert (found.played, found.status.codec, found.protocol) == (True, "h264", "rtsp")
        assert found.url == f"{server.url}/cam"
        refused = watched.service.try_camera("unknown", "sub").result(20)
        assert (refused.played, refused.cause) == (False, "central.not_found")


def test_that_the_main_stream_replaces_the_sub_stream_without_a_black_moment() -> None:
    mounts = {"/sub": {}, "/main": {"width": 640, "height": 360}}
    with GstServer(mounts) as server:
        paths = {"sub": "sub", "main": "none"}
        with Watched({"c": camera(server)}) as watched:
            watched.service._resolver._resolve = lambda _, profile: camera(server, paths[profile])
            watched.service.show("1", "c", "sub", 640, 360)
            watched.until_state("1", PaneState.LIVE)
            stamp = watched.service.picture_stamp("1")
            watched.service.show("1", "c", "main", 640, 360)
            watched.until(lambda: watched.service.status("1").coming == "main")
            watched.until_pictures("1", 20)  # the main stream cannot be had: the sub stream goes on
            status = watched.service.status("1")
            assert (status.state, status.profile, status.coming) == (PaneState.LIVE, "sub", "main")
            paths["main"] = "main"

            def swapped() -> bool:
                assert watched.service.latest("1") is not None
                assert watched.service.status("1").state is PaneState.LIVE
                return watched.service.status("1").profile == "main"

            watched.until(swapped)
            assert watched.service.status("1").width == 640
            assert watched.service.picture_stamp("1") > stamp
            watched.until(lambda: [host.panes for host in watched.service.statistics().hosts] == [1])


def test_that_a_stream_nobody_sees_is_hardly_decoded_and_comes_back_at_once() -> None:
    with GstServer({"/cam": {}}) as server, Watched({"c": camera(server)}) as watched:
        watched.service.show("1", "c", "sub", 320, 180)
        watched.until(lambda: watched.service.status("1").fps > 23)
        watched.service.show("1", "c", "sub", 320, 180, visible=False)
        watched.until(lambda: 0.2 < watched.service.status("1").fps < 2)  # a key frame a second
        assert watched.service.status("1").state is PaneState.LIVE
        watched.service.show("1", "c", "sub", 320, 180)
        watched.until(lambda: watched.service.status("1").fps > 23)
        assert len(watched.asked) == 1


def test_that_a_black_picture_is_told_from_a_live_one() -> None:
    with GstServer({"/cam": {"codec": "black"}}) as server, Watched({"c": camera(server)}) as watched:
        watched.service.show("1", "c", "sub", 320, 180)
        black = watched.until_state("1", PaneState.BLACK)
        assert (black.cause_code, black.fps > 20) == ("video.black", True)


def test_that_a_camera_that_comes_back_with_another_codec_is_played_again() -> None:
    with GstServer({"/cam": {}}) as server, Watched({"c": camera(server)}) as watched:
        watched.service.show("1", "c", "sub", 320, 180)
        watched.until_state("1", PaneState.LIVE)
        port = server.port
        server.kill()
        with GstServer({"/cam": {"codec": "h265", "width": 640, "height": 360}}, port=port) as other:
            assert other.port == port
            watched.until(lambda: watched.service.status("1").codec == "hevc")
            watched.until(lambda: watched.service.status("1").width == 640)
            watched.until_state("1", PaneState.LIVE)


def test_that_memory_of_surfaces_that_were_replaced_is_given_back() -> None:
    def mapped() -> int:
        return Path("/proc/self/maps").read_text().count(PREFIX)

    gc.collect()  # surfaces of earlier tests that only the collector can still reach
    before = mapped()
    with GstServer({"/cam": {}}) as server, Watched({"c": camera(server)}) as watched:
        for width in range(320, 340, 2):
            watched.service.show("1", "c", "sub", width, 180)
            watched.until(lambda width=width: (f := watched.service.latest("1")) is not None and f.width == width)
        watched.until(lambda: mapped() <= before + 2)
        watched.service.clear("1")
        watched.until(lambda: mapped() <= before)


def test_that_hosts_are_not_replaced_because_the_window_itself_was_suspended(tmp_path: Path) -> None:
    script = tmp_path / "window.py"
    script.write_text(
        "import sys\n"
        "from desktop.central.schema import LiveAddress\n"
        "from desktop.video.service import VideoService\n"
        "service = VideoService(lambda camera, profile: LiveAddress(sys.argv[1]), lambda event: None)\n"
        "service.start()\n"
        "service.show('1', 'c', 'sub', 320, 180)\n"
        "for line in sys.stdin:\n"
        "    while not service.picture_stamp('1'): pass\n"
        "    print(service.picture_stamp('1'), service.statistics().hosts_lost, flush=True)\n"
        "service.stop()\n"
    )
    with (
        GstServer({"/cam": {}}) as server,
        subprocess.Popen(
            [sys.executable, str(script), f"{server.url}/cam"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        ) as window,
    ):
        before, _ = _ask(window)
        window.send_signal(signal.SIGSTOP)
        threading.Event().wait(4.0)  # longer than a host may be silent
        window.send_signal(signal.SIGCONT)
        threading.Event().wait(1.0)
        after, lost = _ask(window)
        assert window.stdin is not None
        window.stdin.close()
        assert after > before
        assert lost == 0


def _ask(window: "subprocess.Popen[bytes]") -> tuple[int, int]:
    assert window.stdin is not None
    assert window.stdout is not None
    window.stdin.write(b"\n")
    window.stdin.flush()
    stamp, lost = window.stdout.readline().split()
    return int(stamp), int(lost)


def test_that_another_camera_never_shows_the_picture_of_the_one_before() -> None:
    with GstServer({"/cam": {}}) as server, Watched({"c": camera(server)}) as watched:
        watched.service.show("1", "c", "sub", 320, 180)
        watched.until_state("1", PaneState.LIVE)
        watched.service.show("1", "unknown", "sub", 320, 180)
        watched.until(lambda: watched.service.status("1").cause_code == "central.not_found")
        assert watched.service.latest("1") is None
        watched.service.clear("1")
        watched.until(lambda: watched.service.status("1").state is PaneState.IDLE)


def test_that_panes_are_spread_over_hosts_and_more_than_allowed_are_over_budget() -> None:
    with GstServer({"/cam": {}}) as server:
        settings = {"max_feeds": 3, "fleet": FleetTuning(panes_per_host=2, hosts=2)}
        with Watched({name: camera(server) for name in "1234"}, **settings) as watched:
            for name in "1234":
                watched.service.show(name, name, "sub", 320, 180)
            states = [PaneState.LIVE] * 3 + [PaneState.OVER_BUDGET]
            watched.until(lambda: [watched.service.status(pane).state for pane in "1234"] == states)
            watched.until(lambda: sorted(host.panes for host in watched.service.statistics().hosts) == [1, 2])


def test_that_nothing_is_left_when_the_window_process_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "window.py"
    script.write_text(
        "import sys, threading\n"
        "from desktop.central.schema import LiveAddress\n"
        "from desktop.video.service import VideoService\n"
        "live = threading.Event()\n"
        "service = VideoService(lambda camera, profile: LiveAddress(sys.argv[1]), lambda event: None)\n"
        "service.start()\n"
        "service.show('1', 'c', 'sub', 320, 180)\n"
        "while service.latest('1') is None: live.wait(0.02)\n"
        "print(service.statistics().hosts[0].pid, flush=True)\n"
        "live.wait()\n"
    )
    with (
        GstServer({"/cam": {}}) as server,
        subprocess.Popen(
            [sys.executable, str(script), f"{server.url}/cam"],
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        ) as window,
    ):
        assert window.stdout is not None
        host = psutil.Process(int(window.stdout.readline()))
        window.kill()
        window.wait()
        host.wait(3.0)
        assert not list(Path("/dev/shm").glob(f"{PREFIX}{window.pid}-*"))
