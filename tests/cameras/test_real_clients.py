"""Players that others wrote: FFmpeg's client (PyAV and the command line) and GStreamer's."""

import shutil
import statistics
import subprocess
import textwrap
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from desktop.drill.cameras.mount import Health
from tests.cameras.running import Running, opened, packets, serving

pytestmark = [pytest.mark.real, pytest.mark.slow]

SYSTEM_PYTHON = Path("/usr/bin/python3")
GSTREAMER = """
    import sys, gi
    gi.require_version("Gst", "1.0")
    from gi.repository import Gst
    Gst.init(None)
    url, protocols = sys.argv[1:3]
    line = f"rtspsrc location={url} protocols={protocols} latency=200 ! rtph264depay ! avdec_h264 ! fakesink name=end"
    pipe = Gst.parse_launch(line + " num-buffers=60 sync=false")
    pipe.set_state(Gst.State.PLAYING)
    kinds = Gst.MessageType.EOS | Gst.MessageType.ERROR
    message = pipe.get_bus().timed_pop_filtered(15 * Gst.SECOND, kinds)
    print("none" if message is None else message.type.first_value_nick)
    if message is not None and message.type == Gst.MessageType.ERROR:
        print(*message.parse_error())
    pipe.set_state(Gst.State.NULL)
"""


@pytest.fixture(scope="module")
def open_server() -> Iterator[Running]:
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def locked_server() -> Iterator[Running]:
    with serving(lambda _, username: "pass word" if username == "officer" else None) as running:
        yield running


def with_login(url: str, password: str) -> str:
    return url.replace("rtsp://", f"rtsp://officer:{password}@")


@pytest.mark.parametrize("transport", ["tcp", "udp"])
@pytest.mark.parametrize("profile", ["sub", "main"])
def test_that_ffmpeg_gets_25_pictures_a_second_without_a_flaw(
    open_server: Running, transport: str, profile: str
) -> None:
    url = open_server.mount(f"steady/{transport}/{profile}", 0, profile)  # type: ignore[arg-type]
    with opened(url, transport) as container:
        assert container.streams.video[0].average_rate == 25
        read = [(at, packet) for at, packet in packets(container, 4.0) if packet.size]
    stamps = [packet.pts for _, packet in read[1:]]  # FFmpeg's client leaves the first packet of any stream untimed
    assert all(later > earlier for earlier, later in pairwise(stamps))
    assert not any(packet.is_corrupt for _, packet in read)
    # The burst at the start comes at once; what follows is paced.
    paced = [(at, packet) for at, packet in read if at > read[0][0] + 1.0]
    rate = (len(paced) - 1) / (paced[-1][0] - paced[0][0])
    assert rate == pytest.approx(25.0, abs=1.0)
    gaps = [float((later.pts - earlier.pts) * later.time_base) for (_, earlier), (_, later) in pairwise(paced)]
    assert statistics.median(gaps) == pytest.approx(0.04)
    assert max(gaps) < 0.05


def test_that_the_first_picture_comes_at_once(open_server: Running) -> None:
    url = open_server.mount("quick", 3)
    waits = []
    for _ in range(5):
        with opened(url) as container:
            start_s = time.monotonic()
            next(container.decode(video=0))
            waits.append(time.monotonic() - start_s)
    assert statistics.median(waits) < 0.3


def test_that_all_viewers_of_a_camera_see_the_same_moment(open_server: Running) -> None:
    url = open_server.mount("shared", 1)
    latest: dict[int, np.ndarray] = {}

    def watch(number: int) -> None:
        with opened(url) as container:
            end_s = start_s + 3.0
            for frame in container.decode(video=0):
                latest[number] = frame.to_ndarray(format="gray").astype(np.int16)
                if time.monotonic() > end_s:
                    return

    start_s = time.monotonic()
    threads = [threading.Thread(target=watch, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert float(np.abs(latest[0] - latest[1]).mean()) < 1.0


@pytest.mark.parametrize("health", ["frozen", "black"])
def test_that_a_failing_camera_shows_it_in_a_running_stream(open_server: Running, health: Health) -> None:
    path = f"fails/{health}"
    url = open_server.mount(path, 7)
    with opened(url) as container:
        pictures = container.decode(video=0)
        for _ in range(55):  # the burst, and a little
            next(pictures)
        open_server.health[path] = health
        for _ in range(20):
            last = next(pictures)
        first = last.to_ndarray(format="gray").astype(np.int16)
        start_s = time.monotonic()
        for _ in range(50):  # a whole group of pictures, its key frame included
            last = next(pictures)
        assert 1.8 < time.monotonic() - start_s < 2.4
        assert int(np.abs(first - last.to_ndarray(format="gray")).max()) == 0
        assert (float(first.mean()) < 20) == (health == "black")
        open_server.health[path] = "online"
        changed = 0.0
        for _ in range(60):
            changed = max(changed, float(np.abs(first - next(pictures).to_ndarray(format="gray")).mean()))
        assert changed > 0.2


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
@pytest.mark.parametrize("transport", ["tcp", "udp"])
@pytest.mark.parametrize(("password", "fault"), [("pass%20word", ""), ("wrong", "401 Unauthorized")])
def test_that_the_ffmpeg_program_signs_in(locked_server: Running, transport: str, password: str, fault: str) -> None:
    url = with_login(locked_server.mount("login", 2), password)
    command = ["ffmpeg", "-v", "error", "-rtsp_transport", transport, "-i", url, "-frames:v", "40", "-vsync", "cfr"]
    command += ["-f", "null", "-"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode == 0) == (not fault)
    assert fault in done.stderr
    assert fault or not done.stderr


def gstreamer_is_there() -> bool:
    if not SYSTEM_PYTHON.exists():
        return False
    line = "import gi; gi.require_version('Gst','1.0'); from gi.repository import Gst; Gst.init(None);"
    line += "assert Gst.ElementFactory.find('rtspsrc') and Gst.ElementFactory.find('avdec_h264')"
    return subprocess.run([SYSTEM_PYTHON, "-c", line], capture_output=True, check=False, timeout=30).returncode == 0


@pytest.mark.parametrize("protocols", ["tcp", "udp"])
@pytest.mark.parametrize(("password", "outcome"), [("pass%20word", "eos"), ("wrong", "error")])
def test_that_gstreamer_plays(locked_server: Running, protocols: str, password: str, outcome: str) -> None:
    if not gstreamer_is_there():
        pytest.skip("GStreamer's RTSP source is not installed")
    url = with_login(locked_server.mount(f"gst/{protocols}", 8), password)
    command = [SYSTEM_PYTHON, "-c", textwrap.dedent(GSTREAMER), url, protocols]
    done = subprocess.run(command, capture_output=True, text=True, timeout=40, check=False)
    assert done.stdout.split("\n")[0] == outcome, done.stdout + done.stderr
