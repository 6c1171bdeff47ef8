"""What the benchmarks of the wall share: cameras of another make, a wall that plays them, and ways to look at both."""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.central.schema import LiveAddress
from desktop.video.service import VideoService
from desktop.video.states import PaneState
from tests.video.servers import GstServer
from widgets.theme import Theme, apply_theme
from widgets.wall import PaneView, VideoWall

SCREEN_PX = (1920, 1016)
KEY_FRAME_S = 2.0
SPIN_S = 0.1


class Cameras:
    """GStreamer's RTSP server with one stream for each pane: a clip with a camera's noise, 640×360, 25 fps, 800 kbit/s.

    The clip plays once through; it is as long as asked for.
    """

    def __init__(self, count: int, clip_s: float) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.clip = make_clip(Path(self._folder.name) / "clip.mp4", clip_s)
        mounts = {f"/{number}": {"codec": "file", "path": str(self.clip)} for number in range(count)}
        self.server = GstServer(mounts)
        self.server.start()

    def address(self, camera_id: str, _profile: str) -> LiveAddress:
        """A way into one stream, as a centre would give it."""
        return LiveAddress(f"{self.server.url}/{camera_id}")

    def close(self) -> None:
        """End the server and remove the clip."""
        self.server.kill()
        self._folder.cleanup()


def make_clip(path: Path, seconds: float) -> Path:
    """A test picture with the noise of a sensor: what is drawn alone would decode in a third of the time."""
    source = f"testsrc2=size=640x360:rate=25:duration={seconds}"
    options = "-vf noise=alls=6:allf=t -c:v libx264 -preset veryfast -g 50 -bf 0 -b:v 800k -pix_fmt yuv420p"
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", source, *options.split(), str(path)]
    subprocess.run(command, check=True, timeout=240)
    return path


def application() -> QApplication:
    """The application, dressed as it is on the desk."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    apply_theme(app, Theme.load("dark"))
    return app


@contextmanager
def wall_of(panes: int, address: Callable[[str, str], LiveAddress], **settings: Any) -> Iterator["Stage"]:
    """A wall with a camera in each pane, begun and not yet playing."""
    application()
    service = VideoService(address, _ignore, **settings)
    wall = VideoWall(service)
    try:
        service.start()
        wall.resize(*SCREEN_PX)
        wall.show()
        stage = Stage(service, wall)
        stage.arrange(str(panes))
        yield stage
    finally:
        service.stop()
        wall.close()
        wall.deleteLater()


class Stage:
    """A wall and its service."""

    def __init__(self, service: VideoService, wall: VideoWall) -> None:
        self.service = service
        self.wall = wall
        self._shown: tuple[str, ...] = ()

    @property
    def panes(self) -> list[str]:
        return self.wall.pane_names()

    def arrange(self, layout: str) -> None:
        """Take a layout, the same cameras in the panes with the same numbers."""
        self.wall.set_layout(layout)
        names = tuple(self.wall.pane_names())
        for gone in set(self._shown) - set(names):
            self.service.clear(gone)
        self.wall.apply([PaneView(name, camera_id=str(place)) for place, name in enumerate(names)])
        for place, name in enumerate(names):
            rect = self.wall.pane_rect(name)
            self.service.show(name, str(place), "sub", round(rect.width()), round(rect.height()))
        self._shown = names

    def until(self, predicate: Callable[[], bool], deadline_s: float) -> float:
        """Let the window live until it holds; give the seconds, or infinity after the deadline."""
        began = time.monotonic()
        while not predicate():
            if time.monotonic() - began > deadline_s:
                return float("inf")
            spin(SPIN_S)
        return time.monotonic() - began

    def all_live(self) -> bool:
        """Whether every pane is live, with a picture."""
        return all(self.service.status(name).state is PaneState.LIVE for name in self.panes)

    def hosts(self) -> list[psutil.Process]:
        """The processes of the hosts."""
        return [psutil.Process(host.pid) for host in self.service.statistics().hosts]

    def sequences(self) -> list[int]:
        """Number of the newest picture of each pane."""
        pictures = [self.service.latest(name) for name in self.panes]
        return [picture.sequence if picture is not None else 0 for picture in pictures]


def _ignore(_event: object) -> None:
    """The benchmarks look for themselves."""


def spin(seconds: float) -> None:
    """Let the window live for a while; a loop of its own, since quitting the application would close the wall."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def seconds_used(process: psutil.Process) -> float:
    """Processor time of a process up to now."""
    times = process.cpu_times()
    return float(times.user + times.system)


def cost_of(command: list[str], deadline_s: float, environment: dict[str, str] | None = None) -> float:
    """Processor seconds of a command and all that it started, waited for to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command,
        check=True,
        timeout=deadline_s,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def bare_decoding_percent(clip: Path) -> float:
    """What ``ffmpeg -f null`` needs for the clip from a file, one thread: per cent of a core over its playing time."""
    probe = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", str(clip)]
    plays_s = float(subprocess.run(probe, capture_output=True, check=True, text=True, timeout=30).stdout)
    command = ["ffmpeg", "-nostdin", "-v", "error", "-threads", "1", "-i", str(clip), "-f", "null", "-"]
    return 100 * cost_of(command, 120) / plays_s
