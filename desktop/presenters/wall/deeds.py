"""What an officer does with the pictures of one wall: tours, moving cameras, replay, sound, records, fault orders."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from desktop.presenters.context import Context
from desktop.presenters.wall.camera_history import CameraHistoryPresenter, ReadDays
from desktop.presenters.wall.camera_trial import CameraTrialPresenter
from desktop.presenters.wall.pane_sound import PaneSoundPresenter
from desktop.presenters.wall.presenter import WallPresenter
from desktop.presenters.wall.ptz import PtzPresenter
from desktop.presenters.wall.ptz_sender import PtzSender
from desktop.presenters.wall.replay import ReplayPresenter
from desktop.presenters.wall.streams import WallVideo
from desktop.presenters.wall.tour_sources import SavedView
from desktop.presenters.wall.tour_start import TourStartPresenter
from desktop.presenters.wall.tours import TourPresenter
from desktop.video.service import VideoService
from widgets.iconbutton import IconButton
from widgets.wall.panel import WallPanel
from widgets.wall.ptzpad import PtzPad
from widgets.wall.reportcard import ReportCard
from widgets.wall.tourbar import TourBar
from widgets.wall.tourform import TourForm


@dataclass(frozen=True, slots=True)
class WallCards:
    """The cards that come up over a wall's window."""

    report: ReportCard
    tours: TourForm


@dataclass(frozen=True, slots=True)
class DeedParts:
    """What the deeds of every wall work with.

    Attributes:
        video: Tries cameras beside the wall.
        sender: Moves cameras, one command after the other.
        read_days: How a camera did, by day; on the reader thread.
        views: The officer's saved views.
    """

    video: VideoService
    sender: PtzSender
    read_days: ReadDays
    views: Callable[[], Sequence[SavedView]]


class WallDeeds(QObject):
    """Builds these presenters for one wall, gives them their line and tool, and passes the wall's keys on to them.

    Signals:
        told(Words): something for the message strip.
        order_wanted(OrderDraft): a new order should be opened, filled in so far.
    """

    told = Signal(object)
    order_wanted = Signal(object)

    def __init__(
        self,
        panel: WallPanel,
        wall: WallPresenter,
        cards: WallCards,
        context: Context,
        *,
        video: WallVideo,
        parts: DeedParts,
        tour_setting: str,
    ) -> None:
        """Join a wall; under `tour_setting` its tour is kept for the next start."""
        super().__init__(wall)
        bar, views = TourBar(panel), parts.views
        panel.add_line(bar)
        self.tours = TourPresenter(bar, panel.wall, wall, context, self, views=views, setting=tour_setting)
        self.tour_start = TourStartPresenter(cards.tours, self.tours, wall, context, self, views=views)
        self.ptz = PtzPresenter(PtzPad(panel.wall), panel.wall, wall, context, self, sender=parts.sender)
        self.replay = ReplayPresenter(video, panel.wall, wall, context, self)
        self.sound = PaneSoundPresenter(video, panel.wall, wall, self)
        self.history = CameraHistoryPresenter(cards.report, panel.wall, wall, context, self, read_days=parts.read_days)
        self.trial = CameraTrialPresenter(cards.report, panel.wall, wall, context, self, video=parts.video)
        self._button = IconButton("tour", self.tr("轮巡"), panel.head, keys="T")
        self._button.clicked.connect(self.tour_start.toggle)
        panel.add_tool(self._button)
        panel.asked.connect(self._on_asked)
        self.history.order_wanted.connect(self.order_wanted)
        for part in (self.tours, self.history):
            part.told.connect(self.told)

    def close(self) -> None:
        """Let go of the camera that is moved, and be silent."""
        self.ptz.close_pad()
        self.sound.close()

    def ask(self, wish: str) -> bool:
        """Carry out a wish of the wall's keys, for the selected pane; False if it is none of these."""
        deed = {
            "tour": self.tour_start.toggle,
            "tour.stop": self.tours.stop,
            "ptz": self.ptz.open_selected,
            "fault": self.history.report_selected,
            "record": self.history.show_selected,
            "trial": self.trial.try_selected,
            "replay": self.replay.toggle_selected,
            "replay.pause": self.replay.pause_selected,
            "sound": self.sound.toggle_selected,
        }.get(wish)
        if deed is not None:
            deed()
        return deed is not None

    @Slot(str)
    def _on_asked(self, wish: str) -> None:
        self.ask(wish)
