"""Live panes over RTSP on this machine: rate of the slowest pane, processor time, and the window's ticks.

The server is GStreamer's, on the same cores; the peer is ``ffmpeg -f null`` decoding the same clip in the same run.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.central.schema import LiveAddress
from desktop.events import Event
from desktop.video.service import VideoService
from desktop.video.states import PaneState
from tests.bench.measurement import Bar, Measurement
from tests.video.servers import GstServer
from widgets.wall import PaneView, VideoWall

_SETTLE_S = 20.0
_MEASURE_S = 10.0
_CLIP_S = 60
_NAMES = {16: "16", 36: "36", 64: "64"}


def measure(panes: int = 16, width: int = 640, height: int = 360) -> list[Measurement]:
    """Show `panes` streams of 640×360 at 25 pictures a second in panes of width × height."""
    with tempfile.TemporaryDirectory() as folder:
        clip = Path(folder) / "clip.mp4"
        _make_clip(clip)
        bare = _bare_decode(clip)
        with GstServer({f"/{n}": {"codec": "file", "path": str(clip)} for n in range(panes)}) as server:
            return _show(server, panes, width, height, bare)


def _show(server: GstServer, panes: int, width: int, height: int, bare: float) -> list[Measurement]:
    app = QApplication.instance() or QApplication([])
    events: list[Event] = []
    service = VideoService(lambda camera, _: LiveAddress(f"{server.url}/{camera}"), events.append)
    service.start()
    wall = VideoWall(service)
    side = round(panes**0.5)
    wall.set_layout(_NAMES[panes])
    wall.resize(side * (width + 2) - 2, side * (height + 2) - 2)
    wall.apply([PaneView(name, name, name, f"摄像机 {name}", "circle", "ok") for name in wall.pane_names()])
    wall.show()
    try:
        for number, name in enumerate(wall.pane_names()):
            service.show(name, str(number), "sub", width, height)
        began = time.monotonic()
        while time.monotonic() - began < _SETTLE_S and not all(
            service.status(name).state is PaneState.LIVE for name in wall.pane_names()
        ):
            _spin(0.2)
        filled_s = time.monotonic() - began
        _spin(2.0)
        return _count(service, wall, panes, bare, filled_s)
    finally:
        wall.close()
        service.stop()
        wall.deleteLater()
        app.processEvents()


def _count(service: VideoService, wall: VideoWall, panes: int, bare: float, filled_s: float) -> list[Measurement]:
    hosts = [psutil.Process(host.pid) for host in service.statistics().hosts]
    names = wall.pane_names()
    wall.times.clear()
    pictures = [_sequence(service, name) for name in names]
    host_cpu, own_cpu, began = _cpu(hosts), _own_cpu(), time.monotonic()
    _spin(_MEASURE_S)
    seconds = time.monotonic() - began
    rates = [(_sequence(service, name) - before) / seconds for name, before in zip(names, pictures, strict=True)]
    share = (_cpu(hosts) - host_cpu) / seconds / panes * 100
    window = (_own_cpu() - own_cpu) / seconds * 100
    resident = sum(host.memory_info().rss for host in hosts) + psutil.Process().memory_info().rss
    what = f"{panes} panes"
    return [
        Measurement(name=f"{what}: slowest pane", value=min(rates), unit="fps", bar=Bar.AT_LEAST, limit=24.5),
        Measurement(
            name=f"{what}: hosts, a pane",
            value=share,
            unit="% of a core",
            bar=Bar.AT_MOST,
            limit=bare * 1.8,
            peer=bare,
            note="peer: ffmpeg -f null of the same clip",
        ),
        Measurement(name=f"{what}: window process", value=window, unit="% of a core", bar=Bar.AT_MOST, limit=12),
        Measurement(name=f"{what}: tick, p99", value=wall.times.work_ms(0.99), unit="ms", bar=Bar.AT_MOST, limit=40),
        Measurement(name=f"{what}: between ticks, p99", value=wall.times.interval_ms(0.99), unit="ms"),
        Measurement(name=f"{what}: all live after", value=filled_s, unit="s"),
        Measurement(name=f"{what}: memory of window and hosts", value=resident / 1e6, unit="MB"),
    ]


def _sequence(service: VideoService, pane: str) -> int:
    picture = service.latest(pane)
    return picture.sequence if picture is not None else 0


def _cpu(processes: list[psutil.Process]) -> float:
    return sum(times.user + times.system for times in (process.cpu_times() for process in processes))


def _own_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _spin(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def _make_clip(path: Path) -> None:
    source = f"testsrc2=size=640x360:rate=25:duration={_CLIP_S}"
    options = "-vf noise=alls=6:allf=t -c:v libx264 -preset veryfast -g 50 -bf 0 -b:v 800k -pix_fmt yuv420p"
    command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", source, *options.split(), str(path)]
    subprocess.run(command, check=True)


def _bare_decode(clip: Path) -> float:
    """Per cent of a core that ffmpeg needs to decode the clip in real time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["ffmpeg", "-v", "error", "-threads", "1", "-i", str(clip), "-f", "null", "-"], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds / _CLIP_S * 100


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    size = tuple(int(part) for part in sys.argv[2].split("x")) if len(sys.argv) > 2 else (640, 360)
    for row in measure(int(sys.argv[1]) if len(sys.argv) > 1 else 16, *size):
        peer = None if row.peer is None else round(row.peer, 2)
        print(
            json.dumps({"name": row.name, "value": round(row.value, 2), "unit": row.unit, "peer": peer, "ok": row.ok})
        )
