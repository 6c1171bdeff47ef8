"""Takes the pictures of `docs/wall.md` anew: ``python -m tests.wall.pictures [FOLDER]``.

The walls of 1, 9, 13 and 64 panes are those of the real program on its drill centre. The states are those of real
sources: the drill's cameras, GStreamer's server (stopped), a server that never answers, and a centre
that refuses or names a protocol that nobody here speaks. On two cores it takes two minutes.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.central.schema import LiveAddress
from desktop.domain.arrangements import Arrangement
from desktop.errors import OpsError
from desktop.events import Event
from desktop.presenters.wall.pane_details import PaneDetails
from desktop.video.service import VideoService
from desktop.video.states import PaneState
from tests.cameras.running import Running, serving
from tests.e2e.desk import DeskProcess
from tests.video.servers import GstServer, SilentServer
from tests.wall.seat import SeatAtWall, camera_id
from tests.wall.two_screens import Waiter
from widgets.theme import Theme, apply_theme

WIDTH = 1280
COLORS = 256
WAIT_S = 90.0
SETTLE_S = 30.0
LAYOUTS = ("64", "13", "9", "1")

STATES = (
    (PaneState.LIVE, "underpass"),
    (PaneState.CONNECTING, "silent"),
    (PaneState.STALLED, "stopped"),
    (PaneState.FROZEN, "frozen"),
    (PaneState.BLACK, "black"),
    (PaneState.OFFLINE, "refused"),
    (PaneState.UNAUTHORIZED, "forbidden"),
    (PaneState.UNSUPPORTED, "foreign"),
    (PaneState.OVER_BUDGET, "extra"),
)
"""Each state, and the source that leads to it. Buffering is not among them: it is over before it can be seen."""
_AT_ONCE = ("underpass", "frozen", "black", "refused", "forbidden", "foreign")


def take_walls(folder: Path) -> None:
    """Show the drill's cameras in four layouts, and wait each time until all that can be live is."""
    with tempfile.TemporaryDirectory() as data:
        desk = DeskProcess(Path(data) / "desk", "--drill")
        try:
            if desk.wait(_is_up, WAIT_S)["page"] == "sign_in":
                desk.tell("enter")
            desk.wait(_has_orders, WAIT_S)
            desk.tell("go", command="wall")
            for layout in LAYOUTS:
                desk.tell("keep_alarms_off")
                desk.tell("lay_out", name=layout)
                _settle(desk, int(layout))
                file = folder / f"wall-{layout}.png"
                desk.tell("picture", path=str(file))
                shrink(file)
            desk.close()
        finally:
            desk.kill()


def _settle(desk: DeskProcess, panes: int) -> None:
    """Wait until all panes are live, or for as long as it takes those that can be; some of the drill's cameras fail."""
    end = time.monotonic() + SETTLE_S
    while desk.tell("look_at_wall")["live"] < panes and time.monotonic() < end:
        time.sleep(0.5)
    time.sleep(2.0)


def take_states(file: Path) -> None:
    """Bring every state onto one wall of the program's own parts, and take its picture when all are there."""
    clip = Path("resources/scenes/market.sub.mp4").resolve()
    mounts = {"/stopped": {"codec": "file", "path": str(clip)}}
    with (
        serving() as cameras,
        GstServer(mounts) as peer,
        SilentServer() as silent,
        tempfile.TemporaryDirectory() as data,
    ):
        addresses = _addresses(cameras, peer, silent)

        def resolve(camera: str, _profile: str) -> LiveAddress:
            source = sources[camera]
            if source in addresses:
                return LiveAddress(addresses[source], protocol=addresses[source].partition(":")[0])
            raise OpsError("camera.offline" if source == "refused" else "camera.forbidden")

        events: list[Event] = []
        video = VideoService(resolve, events.append, max_feeds=5)
        video.start()
        seat = SeatAtWall(Path(data) / "desk", Waiter(), video=video)
        details = PaneDetails(seat.wall, seat.panel)
        try:
            seat.fill()
            seat.panel.tree.hide()
            seat.panel.resize(1920, 1080)
            sources = {camera_id(n): source for n, (_, source) in enumerate(STATES)}
            seat.wall.take(Arrangement.of("9", ["" for _ in STATES]))
            seat.show()
            _show(seat, _AT_ONCE)
            _wait(lambda: _are(video, PaneState.LIVE, PaneState.FROZEN, PaneState.BLACK, PaneState.UNSUPPORTED))
            _show(seat, ("stopped",))
            _wait(lambda: video.status("3").state is PaneState.LIVE)
            peer.freeze()
            _show(seat, ("silent",))
            _wait(lambda: _are(video, PaneState.STALLED, PaneState.CONNECTING))
            _show(seat, ("extra",))  # the one more is what this machine has no room for
            _wait(lambda: _are(video, *(state for state, _ in STATES)), every_ms=15)
            seat.wall.refresh()
            seat.panel.wall.grab().save(str(file))
            shrink(file, 1600)
        finally:
            video.stop()
            details.deleteLater()
            seat.end()


def _addresses(cameras: Running, peer: GstServer, silent: SilentServer) -> dict[str, str]:
    return {
        "underpass": cameras.mount("underpass", 0),
        "frozen": cameras.mount("frozen", 5, health="frozen"),
        "black": cameras.mount("black", 3, health="black"),
        "extra": cameras.mount("extra", 2),
        "stopped": f"{peer.url}/stopped",
        "foreign": "webrtc://127.0.0.1/camera",
        "silent": f"rtsp://127.0.0.1:{silent.port}/silent",
    }


def _show(seat: SeatAtWall, sources: tuple[str, ...]) -> None:
    """Put the cameras of some sources into their panes."""
    arrangement = seat.wall.arrangement
    for place, (_, source) in enumerate(STATES):
        if source in sources:
            arrangement = arrangement.put(place, Arrangement.of("", [camera_id(place)]).panes[0])
    seat.wall.take(arrangement)


def _are(video: VideoService, *wanted: PaneState) -> bool:
    present = {video.status(str(place + 1)).state: place for place in range(len(STATES))}
    return set(wanted) <= present.keys()


def _wait(true: Callable[[], bool], every_ms: int = 200) -> None:
    end = time.monotonic() + WAIT_S
    while not true():
        assert time.monotonic() < end, "the wall never came to look so"
        if QApplication.instance() is None:
            time.sleep(every_ms / 1000)
        else:
            QTest.qWait(every_ms)


def shrink(file: Path, width: int = WIDTH) -> None:
    """Make a picture as small as a document needs it."""
    with Image.open(file) as image:
        size = (width, round(image.height * width / image.width))
        small = image.convert("RGB").resize(size, Image.Resampling.LANCZOS).quantize(COLORS, kmeans=1)
    small.save(file, optimize=True)


def _is_up(seen: dict[str, object]) -> bool:
    return seen["page"] in {"sign_in", "desk"}


def _has_orders(seen: dict[str, object]) -> bool:
    return seen["page"] == "desk" and int(str(seen.get("orders", 0))) > 100


def main(folder: Path) -> None:
    """Take all pictures: the program's own first, since that is another process and no application is here yet."""
    folder.mkdir(parents=True, exist_ok=True)
    take_walls(folder)
    app = QApplication([])
    apply_theme(app, Theme.load("dark"))
    take_states(folder / "wall-states.png")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures"))
