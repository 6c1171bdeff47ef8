"""A seat's wall with real widgets, a real encrypted store and a video service whose wishes can be read."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from desktop.central.schema import LiveAddress, Officer
from desktop.errors import OpsError
from desktop.events import Changed
from desktop.presenters.context import Context
from desktop.presenters.directory import Directory
from desktop.presenters.wall.deeds import DeedParts
from desktop.presenters.wall.one_wall import WallParts
from desktop.presenters.wall.presenter import WallPresenter
from desktop.presenters.wall.ptz_sender import PtzSender
from desktop.presenters.wall.video_budget import VideoBudget
from desktop.presenters.wall.view_shelf import ViewShelf
from desktop.presenters.wall.windows import WallWindows
from desktop.reads import Reads
from desktop.selection import Selection
from desktop.tasks import Tasks
from desktop.video.service import VideoService
from desktop.video.wishes import Wish
from storage.store import Store, open_store
from storage.worker import StorageWorker
from tests.storage.objects import KEY, camera_json, cursor, order_json, project, upsert
from widgets.alertstrip import AlertStrip
from widgets.wall.panel import WallPanel

OFFICER = Officer(id="off-1", name="张明", staff_no="31007", roles=["duty_chief"])
CAMERAS = 70


class WishedVideo(VideoService):
    """The real service, never started: what it was told stays in its book to be read."""

    def __init__(self) -> None:
        super().__init__(_no_address, list[Any]().append)
        self.told: dict[str, Wish | None] = {}

    def wishes(self) -> dict[str, Wish]:
        """What is wanted now, by pane."""
        self.news()
        return {pane: wish for pane, wish in self.told.items() if wish is not None}

    def news(self) -> dict[str, Wish | None]:
        """What was told since this was asked last."""
        news = self._wishes.take().panes
        self.told |= news
        return news


class SeatAtWall:
    """One run of the program, as far as the wall is concerned. `end` is a kill: nothing is saved by it."""

    def __init__(
        self, data_dir: Path, qtbot: QtBot, *, officer: Officer = OFFICER, video: VideoService | None = None
    ) -> None:
        self.qtbot = qtbot
        self.owner = QObject()
        self.tasks = Tasks(self.owner)
        self.reads = Reads(self.tasks)
        self.worker = StorageWorker()
        self.store: Store = open_store(data_dir, KEY, project)
        self.officer = officer
        self.selection = Selection(self.owner)
        self.video = video or WishedVideo()
        self.panel = WallPanel(self.video)
        qtbot.addWidget(self.panel)
        self.panel.resize(1600, 940)
        self.context = Context(
            cache=self.store.cache,
            duty=self.store.duty,
            reads=self.reads,
            tasks=self.tasks,
            directory=Directory(),
            selection=self.selection,
            record=_no_record,
            officer=self._officer,
            now=_now,
            keep=self._keep,
        )
        self.folder = data_dir
        self.budget = VideoBudget(self.video, self.context, self.owner)
        self.alerts = AlertStrip()
        qtbot.addWidget(self.alerts)
        self.further: WallWindows | None = None
        self.control: Any = None
        self.sender: PtzSender | None = None
        self.told: list[Any] = []
        self.wall = WallPresenter(self.panel, self.video, self.context, self.owner, use=self.budget.use)
        self.wall.told.connect(self.told.append)

    def windows(self) -> WallWindows:
        """Further windows of this seat's wall; its alerts are in `alerts`."""
        shelf = ViewShelf(self.context, self.owner)
        parts = WallParts(self.video, self.folder, shelf, self.context, self.budget, self.deeds())
        self.further = WallWindows(parts, self.alerts, self.owner)
        return self.further

    def deeds(self) -> DeedParts:
        """What the deeds of a wall need; cameras cannot be moved from here."""
        if self.sender is None:
            self.sender = PtzSender(self.control)
        return DeedParts(self.video, self.sender, self.store.camera_days.of, tuple)

    def fill(self) -> None:
        """Let the centre send cameras and an order."""
        changes = [upsert(n + 1, camera_id(n), _camera(n), kind="camera") for n in range(CAMERAS)]
        order = order_json(address="灵岩南路 568 号", point=[121.5, 31.15])
        changes.append(upsert(CAMERAS + 1, "wo-1", order))
        self.store.cache.apply(changes, cursor(CAMERAS + 1))

    def show(self) -> None:
        """Read the cameras and bring the wall up."""
        self.wall.reload()
        self.panel.show()
        self.qtbot.waitExposed(self.panel)
        self.qtbot.waitUntil(lambda: len(self.wall.cameras) == CAMERAS)

    def cameras(self) -> list[str]:
        """The cameras in the panes, as the officer sees them."""
        return [self.panel.wall.view(pane).camera_id for pane in self.panel.wall.pane_names()]

    def news(self, camera: str, **fields: Any) -> None:
        """Let the centre send news of a camera."""
        record = self.store.cache.get("camera", camera)
        assert record is not None
        number = int(camera.removeprefix("cam-"))
        lsn = self.store.cache.cursor().lsn + 1
        self.store.cache.apply([upsert(lsn, camera, _camera(number, **fields), kind="camera")], cursor(lsn))
        self.wall.on_changed(Changed("camera", frozenset({camera})))

    def end(self) -> None:
        """Stop at once; what waits to be kept is lost."""
        for timer in self.owner.findChildren(QTimer):
            timer.stop()
        if self.further is not None:
            self.further.put_away()
        self.wall.close()
        if self.sender is not None:
            self.sender.close()
        self.panel.close()
        self.reads.close()
        self.tasks.close()
        self.worker.close()
        self.store.close()
        self.owner.deleteLater()

    def _officer(self) -> Officer:
        return self.officer

    def _keep(self, name: str, value: str | None) -> Any:
        return self.worker.submit(self.store.duty.set_setting, name, value)


StartSeat = Callable[..., SeatAtWall]


def camera_id(number: int) -> str:
    return f"cam-{number}"


def _camera(number: int, **fields: Any) -> bytes:
    about = {
        "number": f"{number:03d}",
        "code": f"3101996100132000{number:04d}",
        **fields,
    }
    camera = json.loads(
        camera_json(f"路口{number} 北向", [121.48 + number * 0.0005, 31.14 + number % 9 * 0.002], **about)
    )
    camera["place"]["neighbourhood"] = f"居委{number % 7}"
    return json.dumps(camera, ensure_ascii=False).encode()


def _now() -> datetime:
    return datetime(2026, 11, 22, 14, 3, tzinfo=UTC)


def _no_address(_camera_id: str, _profile: str) -> LiveAddress:
    raise OpsError("video.unreachable", retryable=True)


def _no_record(*_args: Any) -> Any:
    raise AssertionError("the wall records nothing")
