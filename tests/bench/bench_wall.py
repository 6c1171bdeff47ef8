"""Sixteen live panes over RTSP: pictures a second, their cost beside bare decoding, and the ticks of the window."""

import resource
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.central.schema import LiveAddress
from desktop.drill.cameras.process import CameraProcess, MountSpec
from desktop.drill.cameras.scenes import clip_name, scenes
from desktop.video.service import VideoService
from resources import resource_path
from tests.bench.measurement import Bar, Measurement
from widgets.theme import Theme, apply_theme
from widgets.wall import PaneView, VideoWall

PANES = 16
WALL_PX = (1280, 720)
WARM_UP_S = 12.0
MEASURED_S = 12.0


class Cameras:
    """The drill's camera server, with one stream for each pane."""

    def __init__(self) -> None:
        self._process = CameraProcess()
        self._port = self._process.start()
        self._process.mount(*(MountSpec(str(place), place % len(scenes()), "sub") for place in range(PANES)))

    def address(self, camera_id: str, _profile: str) -> LiveAddress:
        """A way into one stream, as a centre would give it."""
        username, password = f"bench{camera_id}", secrets.token_urlsafe(12)
        self._process.grant(camera_id, username, password, expires_in_s=300)
        url = f"rtsp://127.0.0.1:{self._port}/{camera_id}"
        return LiveAddress(url=url, protocol="rtsp", username=username, password=password)

    def close(self) -> None:
        """End the process."""
        self._process.close()


@contextmanager
def sixteen_panes() -> Iterator[tuple[VideoService, VideoWall]]:
    """A wall of sixteen panes, playing."""
    cameras = Cameras()
    service = VideoService(cameras.address, lambda _event: None)
    wall = VideoWall(service)
    try:
        service.start()
        wall.set_layout(str(PANES))
        wall.resize(*WALL_PX)
        wall.show()
        wall.apply([PaneView(pane, camera_id=str(place)) for place, pane in enumerate(wall.pane_names())])
        for place, pane in enumerate(wall.pane_names()):
            rect = wall.pane_rect(pane)
            service.show(pane, str(place), "sub", round(rect.width()), round(rect.height()))
        yield service, wall
    finally:
        service.stop()
        wall.close()
        cameras.close()


def measure() -> list[Measurement]:
    """Play, let it settle, look at the clock and at the processor."""
    bare = bare_decoding_percent()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    apply_theme(app, Theme.load("dark"))
    with sixteen_panes() as (service, wall):
        run_for(WARM_UP_S)
        hosts = [psutil.Process(host.pid) for host in service.statistics().hosts]
        window = psutil.Process()
        before = [seconds_used(process) for process in (window, *hosts)]
        began = time.monotonic()
        run_for(MEASURED_S)
        took = time.monotonic() - began
        used = [seconds_used(process) - start for process, start in zip((window, *hosts), before, strict=True)]
        rates = [service.status(pane).fps for pane in wall.pane_names()]
        memory_mb = sum(process.memory_full_info().pss for process in (window, *hosts)) / 2**20
        work_ms, interval_ms = wall.times.work_ms(0.99), wall.times.interval_ms(0.99)
    what = f"wall, {PANES} panes"
    per_pane = 100 * sum(used[1:]) / took / PANES
    return [
        Measurement(
            name=f"{what}: slowest pane", value=min(rates), unit="pictures/s", bar=Bar.AT_LEAST, limit=24.5, peer=25
        ),
        Measurement(
            name=f"{what}: video hosts, per pane",
            value=per_pane,
            unit="% of a core",
            bar=Bar.AT_MOST,
            limit=1.8 * bare,
            peer=bare,
            note="peer: ffmpeg -f null of the same clips from a file, without receiving, scaling or converting",
        ),
        Measurement(name=f"{what}: window", value=100 * used[0] / took, unit="% of a core", bar=Bar.AT_MOST, limit=12),
        Measurement(name=f"{what}: tick p99", value=work_ms, unit="ms", bar=Bar.AT_MOST, limit=40),
        Measurement(name=f"{what}: from tick to tick p99", value=interval_ms, unit="ms"),
        Measurement(name=f"{what}: memory of window and hosts", value=memory_mb, unit="MB"),
    ]


def run_for(seconds: float) -> None:
    """Let the window live for a while; a loop of its own, since quitting the application would close the wall."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def seconds_used(process: psutil.Process) -> float:
    """Processor time of a process up to now."""
    times = process.cpu_times()
    return float(times.user + times.system)


def bare_decoding_percent() -> float:
    """What ffmpeg needs to decode the clips and drop the pictures, as a share of their playing time."""
    clips = [resource_path(clip_name(scene.slug, "sub")) for scene in scenes()]
    shares = [_decode(clip) for clip in clips]
    return 100 * sum(shares) / len(shares)


def _decode(clip: Path) -> float:
    probe = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", str(clip)]
    plays_s = float(subprocess.run(probe, capture_output=True, check=True, text=True, timeout=30).stdout)
    command = ["ffmpeg", "-nostdin", "-v", "error", "-threads", "1", "-i", str(clip), "-f", "null", "-"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, timeout=120)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / plays_s
