"""One wall with all that belongs to it, wherever it is shown: on the desk or in a window of its own."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from desktop.events import Changed
from desktop.presenters.context import Context
from desktop.presenters.wall.camera_tree import CameraTreePresenter
from desktop.presenters.wall.deeds import DeedParts, WallCards, WallDeeds
from desktop.presenters.wall.numbers import WallNumbers
from desktop.presenters.wall.pane_details import PaneDetails
from desktop.presenters.wall.presenter import WallPresenter
from desktop.presenters.wall.snapshots import SnapshotPresenter
from desktop.presenters.wall.streams import WallVideo
from desktop.presenters.wall.tours import SETTING
from desktop.presenters.wall.video_budget import VideoBudget
from desktop.presenters.wall.video_meter import VideoMeter
from desktop.presenters.wall.view_shelf import ViewShelf
from desktop.presenters.wall.views import WallViews
from desktop.video.service import VideoService
from widgets.wall.panel import WallPanel

DESK = "desk"


@dataclass(frozen=True, slots=True)
class WallParts:
    """What every wall of a desk works with.

    Attributes:
        video: Plays.
        folder: Data directory, for kept pictures.
        shelf: The officer's saved views.
        context: The shared parts of the desk.
        budget: What video may take in.
        deeds: What the officer's doings with pictures need.
    """

    video: VideoService
    folder: Path
    shelf: ViewShelf
    context: Context
    budget: VideoBudget
    deeds: DeedParts


class OneWall(QObject):
    """Panes, views, cameras beside them, numbers, snapshots, the meter, and what the officer does with pictures.

    Signals:
        told(Words): something for the message strip.
        order_wanted(OrderDraft): a new order should be opened, filled in so far.
    """

    told = Signal(object)
    order_wanted = Signal(object)

    def __init__(self, panel: WallPanel, cards: WallCards, parts: WallParts, parent: QObject, name: str = DESK) -> None:
        """Join a panel and the cards over it; `name` is the wall's own for ever, the desk's being `DESK`."""
        super().__init__(parent)
        context = parts.context
        self.name = name
        prefix = "" if name == DESK else f"{name}/"
        self.wall = WallPresenter(panel, parts.video, context, self, prefix=prefix, use=parts.budget.use)
        self.meter = VideoMeter(panel.head.meter, self.wall, parts.budget, self)
        self.details = PaneDetails(self.wall, panel)
        self.views = WallViews(self.wall, panel, parts.shelf, context, name)
        self.tree = CameraTreePresenter(panel.tree, self.wall, context)
        self.numbers = WallNumbers(panel.wall, self.wall)
        self.snapshots = SnapshotPresenter(panel.wall, parts.folder, context, self)
        video = WallVideo(parts.video, prefix)
        setting = SETTING if name == DESK else f"{SETTING}.{_officer_id(context)}.{name}"
        self.deeds = WallDeeds(panel, self.wall, cards, context, video=video, parts=parts.deeds, tour_setting=setting)
        self.deeds.order_wanted.connect(self.order_wanted)
        for part in (self.wall, self.views, self.snapshots, self.deeds):
            part.told.connect(self.told)

    def read_draft(self) -> None:
        """Read what the officer had on this wall."""
        self.views.reload()

    def reload(self) -> None:
        """Read cameras again."""
        self.wall.reload()
        self.tree.reload()

    def close(self) -> None:
        """Keep what is not kept yet, and show nothing any more."""
        self.deeds.close()
        self.tree.close()
        self.meter.close()
        self.views.close()
        self.wall.close()

    @Slot(object)
    def on_changed(self, event: Changed) -> None:
        """Take news of cameras."""
        self.wall.on_changed(event)
        self.tree.on_changed(event)

    @Slot(str)
    def on_pane_changed(self, pane: str) -> None:
        """Take news of one pane of the video service."""
        self.wall.on_pane_changed(pane)


def _officer_id(context: Context) -> str:
    officer = context.officer()
    return officer.id if officer is not None else ""
