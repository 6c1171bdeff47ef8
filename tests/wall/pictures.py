"""Takes all pictures of `docs/wall.md` anew: ``python -m tests.wall.pictures [FOLDER]``.

Alarms, the PTZ pad, a tour, and walls of 1, 9, 13 and 64 panes are those of the real program on its drill centre. The
states are those of real sources: the drill's cameras, GStreamer's server (stopped), a server that never answers, one
whose camera sends no whole picture, and a centre that refuses or names a protocol that nobody here speaks. On two
quiet cores it takes three minutes.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.central.schema import LiveAddress
from desktop.domain.arrangements import EMPTY, Arrangement
from desktop.errors import OpsError
from desktop.events import Event
from desktop.presenters.wall.camera_history import CameraHistoryPresenter
from desktop.video.service import VideoService
from desktop.video.states import PaneState, Tuning
from tests.cameras.running import Running, serving
from tests.e2e.desk import DeskProcess
from tests.video.odd_cameras import Film, OddCamera, OddCameras
from tests.video.servers import GstServer, SilentServer
from tests.wall.seat import SeatAtWall, camera_id
from tests.wall.two_screens import Waiter
from widgets.theme import Theme, apply_theme
from widgets.wall.reportcard import ReportCard

WIDTH, QUALITY = 1440, 86
WAIT_S = 90.0
SETTLE_S = 30.0
LAYOUTS = ("64", "13", "9", "1")

STATES = (
    (PaneState.LIVE, "underpass"),
    (PaneState.OFFLINE, "refused"),
    (PaneState.CONNECTING, "silent"),
    (PaneState.BUFFERING, "incomplete"),
    (PaneState.STALLED, "stopped"),
    (PaneState.FROZEN, "frozen"),
    (PaneState.BLACK, "black"),
    (PaneState.UNAUTHORIZED, "forbidden"),
    (PaneState.UNSUPPORTED, "foreign"),
    (PaneState.OVER_BUDGET, "extra"),
)
"""Each state, and the source that leads to it."""
PATIENT = Tuning(connect_s=60.0, first_picture_s=150.0, give_up_s=150.0)
"""What is over in seconds otherwise stays until all states are there at once."""
_AT_ONCE = ("underpass", "frozen", "black", "refused", "forbidden", "foreign")


def take_walls(folder: Path) -> None:
    """Show what happens on the program's wall, then the drill's cameras in four layouts."""
    with tempfile.TemporaryDirectory() as data:
        desk = DeskProcess(Path(data) / "desk", "--drill")
        try:
            if desk.wait(_is_up, WAIT_S)["page"] == "sign_in":
                desk.tell("enter")
            desk.wait(_is_full, WAIT_S)
            desk.tell("resize", width=1920, height=1080)
            desk.tell("go", command="wall")
            _take_life(desk, folder)
            for layout in LAYOUTS:
                _leave_alone(desk)
                desk.tell("lay_out", name=layout)
                _settle(desk, int(layout))
                _photograph(desk, folder / f"wall-{layout}.jpg")
            desk.close()
        finally:
            desk.kill()


def _take_life(desk: DeskProcess, folder: Path) -> None:
    """Alarms with a replay beside them, the pad, and a tour."""
    desk.tell("take_alarms", least=3)
    desk.tell("movable")
    assert desk.tell("wait_picture", pane="1")["live"]
    desk.wait_for("look_at_life", _has_marks, WAIT_S)
    _settle(desk, 9)
    desk.tell("pad", pane="1")
    desk.wait_for("look_at_life", _is_held, WAIT_S)
    _photograph(desk, folder / "wall-ptz.jpg")
    desk.tell("pad_key", key="Esc")
    desk.tell("wall_keys", keys=["1", "R"])
    desk.tell("rest", seconds=3.0)
    _photograph(desk, folder / "wall-alarm.jpg")
    desk.tell("wall_keys", keys=["R"])
    _leave_alone(desk)
    assert desk.tell("tour", group="all", dwell_s=20, page_size=9)["began"]
    _settle(desk, 9)
    _photograph(desk, folder / "wall-tour.jpg")
    desk.tell("wall_keys", keys=["Esc"])


def _leave_alone(desk: DeskProcess) -> None:
    """Have nothing on the wall but what the officer put there: no new alarms, and none of the old ones."""
    desk.tell("keep_alarms_off")
    end = time.monotonic() + WAIT_S
    while desk.tell("look_at_life")["alarms"]:
        desk.tell("acknowledge")
        assert time.monotonic() < end, "the alarms do not leave the wall"
    desk.tell("close_messages")


def _photograph(desk: DeskProcess, file: Path) -> None:
    """Take a picture of the window for the document."""
    desk.tell("close_messages")
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.png"
        desk.tell("picture", path=str(whole))
        shrink(whole, file)


def _settle(desk: DeskProcess, panes: int) -> None:
    """Wait until all panes are live, or for as long as it takes those that can be; some of the drill's cameras fail."""
    end = time.monotonic() + SETTLE_S
    while desk.tell("look_at_wall")["live"] < panes and time.monotonic() < end:
        time.sleep(0.5)
    desk.tell("rest", seconds=2.0)


def take_states(file: Path) -> None:
    """Bring every state onto one wall of the program's own parts, and take its picture when all are there."""
    clip = Path("resources/scenes/school.sub.mp4").resolve()
    mounts = {"/stopped": {"codec": "file", "path": str(clip)}}
    with (
        serving() as cameras,
        GstServer(mounts) as peer,
        SilentServer() as silent,
        OddCameras({"/incomplete": _without_key_pictures()}) as odd,
        tempfile.TemporaryDirectory() as data,
    ):
        addresses = _addresses(cameras, peer, silent) | {"incomplete": f"{odd.url}/incomplete"}

        def resolve(camera: str, _profile: str) -> LiveAddress:
            source = sources[camera]
            if source in addresses:
                return LiveAddress(addresses[source], protocol=addresses[source].partition(":")[0])
            raise OpsError("camera.offline" if source == "refused" else "camera.forbidden")

        events: list[Event] = []
        video = VideoService(resolve, events.append, max_feeds=6, tuning=PATIENT)
        video.start()
        seat = SeatAtWall(Path(data) / "desk", Waiter(), video=video)
        days = seat.store.camera_days.of
        card = ReportCard(seat.panel)
        faults = CameraHistoryPresenter(card, seat.panel.wall, seat.wall, seat.context, seat.owner, read_days=days)
        try:
            seat.fill()
            seat.panel.tree.hide()
            seat.panel.resize(1920, 1080)
            sources = {camera_id(n): source for n, (_, source) in enumerate(STATES)}
            seat.wall.take(Arrangement.of("10", ["" for _ in STATES]))
            seat.show()
            _show(seat, _AT_ONCE)
            _wait(lambda: _are(video, PaneState.LIVE, PaneState.FROZEN, PaneState.BLACK, PaneState.UNSUPPORTED))
            _show(seat, ("stopped",))
            _wait(lambda: video.status("5").state is PaneState.LIVE)
            peer.freeze()
            _show(seat, ("silent", "incomplete"))
            _wait(lambda: _are(video, PaneState.STALLED, PaneState.CONNECTING, PaneState.BUFFERING))
            _fill_up(seat, video)
            seat.wall.refresh()
            whole = Path(data) / "whole.png"
            seat.panel.wall.grab().save(str(whole))
            shrink(whole, file)
        finally:
            video.stop()
            faults.deleteLater()
            seat.end()


def _without_key_pictures() -> OddCamera:
    """A camera that tells all about its stream and then sends only pictures that build on one that never comes."""
    film = Film(pictures=40, key_every=1000)
    film.units = film.units[1:]
    return OddCamera(film.play, sets=film.sets)


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


def _fill_up(seat: SeatAtWall, video: VideoService) -> None:
    """Ask for one more than this machine has room for, while all the others take theirs.

    The silent one takes room only until its player gives up, and the one that is offline needs some to be tried again;
    whoever comes then gets it. So they are asked for anew, one after the other.
    """
    extra = STATES.index((PaneState.OVER_BUDGET, "extra"))
    end = time.monotonic() + WAIT_S
    while not _all_are(video):
        assert time.monotonic() < end, [video.status(str(place + 1)).state for place in range(len(STATES))]
        seat.wall.put(extra, EMPTY)
        for state in (PaneState.OFFLINE, PaneState.CONNECTING):
            _wait(lambda state=state: _urged(video, state), every_ms=50)
        _show(seat, ("extra",))
        QTest.qWait(700)


def _urged(video: VideoService, state: PaneState) -> bool:
    """Whether the pane of a state is in it; if not, it is to be tried again now."""
    pane = str(1 + next(place for place, (found, _) in enumerate(STATES) if found is state))
    if video.status(pane).state is state:
        return True
    video.retry(pane)
    return False


def _all_are(video: VideoService) -> bool:
    """Whether each pane is in its own state."""
    return all(video.status(str(place)).state is state for place, (state, _) in enumerate(STATES, 1))


def _wait(true: Callable[[], bool], every_ms: int = 200) -> None:
    end = time.monotonic() + WAIT_S
    while not true():
        assert time.monotonic() < end, "the wall never came to look so"
        if QApplication.instance() is None:
            time.sleep(every_ms / 1000)
        else:
            QTest.qWait(every_ms)


def shrink(whole: Path, file: Path) -> None:
    """Make a picture as small as a document needs it."""
    with Image.open(whole) as image:
        size = (WIDTH, round(image.height * WIDTH / image.width))
        image.convert("RGB").resize(size, Image.Resampling.LANCZOS).save(file, quality=QUALITY, optimize=True)


def _has_marks(seen: dict[str, Any]) -> bool:
    return any(seen["marks"])


def _is_held(seen: dict[str, Any]) -> bool:
    return bool(seen["held"])


def _is_up(seen: dict[str, Any]) -> bool:
    return seen["page"] in {"sign_in", "desk"}


def _is_full(seen: dict[str, Any]) -> bool:
    return seen["page"] == "desk" and seen["link"] == "live" and seen["orders"] > 100 and seen["markers"] > 0


def main(folder: Path) -> None:
    """Take all pictures: the program's own first, since that is another process and no application is here yet."""
    folder.mkdir(parents=True, exist_ok=True)
    take_walls(folder)
    app = QApplication([])
    apply_theme(app, Theme.load("dark"))
    take_states(folder / "wall-states.jpg")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures"))
