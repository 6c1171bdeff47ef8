"""What happens on the desk's wall, joined: tours, alarm views, moving cameras. The wall itself is `wall_room`."""

from PySide6.QtCore import QObject, Signal, Slot

from desktop.desk.page import DeskPage
from desktop.desk.wall_room import WallRoom
from desktop.engines import Engines
from desktop.events import Changed
from desktop.presenters.commands import Command
from desktop.presenters.context import Context
from desktop.presenters.wall import shot_attach
from desktop.presenters.wall.alarm_menus import AlarmMenus
from desktop.presenters.wall.alarm_views import AlarmViewsPresenter
from desktop.presenters.wall.camera_history import CameraHistoryPresenter
from desktop.presenters.wall.camera_trial import CameraTrialPresenter
from desktop.presenters.wall.pane_sound import PaneSoundPresenter
from desktop.presenters.wall.ptz import PtzPresenter
from desktop.presenters.wall.replay import ReplayPresenter
from desktop.presenters.wall.shot_attach import ShotAttacher
from desktop.presenters.wall.tour_sources import SavedView
from desktop.presenters.wall.tour_start import TourStartPresenter
from desktop.presenters.wall.tours import TourPresenter
from widgets.iconbutton import IconButton
from widgets.wall.alarmbar import AlarmBar
from widgets.wall.menubutton import MenuButton
from widgets.wall.ptzpad import PtzPad
from widgets.wall.tourbar import TourBar


class WallLife(QObject):
    """Builds the presenters of what happens on the wall, gives them their lines and tools, and passes news on to them.

    Signals:
        told(Words): something for the message strip.
        order_wanted(OrderDraft): a new order should be opened, filled in so far.
        offered(Offer): something for the message strip that can be acted on by a command of ours.
    """

    told = Signal(object)
    order_wanted = Signal(object)
    offered = Signal(object)

    def __init__(self, page: DeskPage, room: WallRoom, engines: Engines, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        panel, wall = page.wall, room.wall
        self._room = room
        self._panel = panel
        alarm_bar, tour_bar = AlarmBar(panel), TourBar(panel)
        panel.add_line(alarm_bar)
        panel.add_line(tour_bar)
        self.tours = TourPresenter(tour_bar, panel.wall, wall, context, self, views=self._views)
        self.tour_start = TourStartPresenter(page.tour_form, self.tours, wall, context, self, views=self._views)
        self.alarms = AlarmViewsPresenter(alarm_bar, panel.wall, wall, context, self)
        self.ptz = PtzPresenter(PtzPad(panel.wall), panel.wall, wall, context, self, control=engines.sync.cameras)
        self.replay = ReplayPresenter(engines.video, panel.wall, wall, context, self)
        self.sound = PaneSoundPresenter(engines.video, panel.wall, wall, self)
        card = page.report_card
        days = engines.store.camera_days.of
        self.history = CameraHistoryPresenter(card, panel.wall, wall, context, self, read_days=days)
        self.trial = CameraTrialPresenter(card, engines.video, wall, context, self)
        self.shots = ShotAttacher(room.snapshots, engines.sync.attachments, context, self)
        tour_button = IconButton("tour", self.tr("轮巡"), panel.head, keys="T")
        routing = MenuButton("alert", self.tr("报警上墙"), panel.head)
        panel.add_tool(tour_button)
        panel.add_tool(routing)
        self.alarm_menus = AlarmMenus(self.alarms, alarm_bar.history, routing, wall, context)
        tour_button.clicked.connect(self.tour_start.toggle)
        panel.asked.connect(self._on_asked)
        self.alarms.active.connect(self.tours.cover)
        self.history.order_wanted.connect(self.order_wanted)
        self.shots.offered.connect(self.offered)
        for part in (self.tours, self.alarms, self.history, self.shots):
            part.told.connect(self.told)

    @property
    def commands(self) -> tuple[Command, ...]:
        """What the command bar offers of this; `take` carries it out."""
        return (
            Command("life.tour", "tour", self.tr("轮巡…"), "T"),
            Command("life.tour_stop", "stop", self.tr("结束轮巡"), "Esc"),
            Command("life.alarm_seen", "check", self.tr("确认墙上最紧急的报警"), "A"),
            Command("life.ptz", "ptz", self.tr("云台控制：所选窗格"), "P"),
            Command("life.replay", "replay", self.tr("回放所选窗格最近 30 秒"), "R"),
            Command(shot_attach.COMMAND, "camera", self.tr("把最近截图附到所选工单"), "Shift+S"),
            Command("life.fault", "plus", self.tr("生成故障工单：所选窗格"), "O"),
            Command("life.sound", "sound", self.tr("所选窗格的声音"), "M"),
        )

    def take(self, key: str) -> bool:
        """Carry a command out; False if it is none of ours."""
        match key:
            case "life.tour":
                self.tour_start.begin()
            case "life.tour_stop":
                self.tours.stop()
            case "life.alarm_seen":
                self.alarms.acknowledge_first()
            case "life.ptz":
                self.ptz.open_selected()
            case "life.replay":
                self.replay.toggle_selected()
            case "life.fault":
                self.history.report_selected()
            case "life.sound":
                self.sound.toggle_selected()
            case shot_attach.COMMAND:
                self.shots.attach()
            case _:
                return False
        return True

    def reload(self) -> None:
        """Look anew for what waits."""
        self.alarms.reload()

    def close(self) -> None:
        """Let go of cameras; threads are gone afterwards."""
        self.ptz.close()

    @Slot(object)
    def on_changed(self, event: Changed) -> None:
        """Take news of what may be brought up."""
        self.alarms.on_changed(event)

    @Slot(str)
    def _on_asked(self, wish: str) -> None:
        """A key of the wall."""
        match wish:
            case "tour":
                self.tour_start.toggle()
            case "ptz":
                self.ptz.open_selected()
            case "seen":
                self.alarms.acknowledge_pane(self._panel.wall.selected)
            case "replay":
                self.replay.toggle_selected()
            case "replay.pause":
                self.replay.pause_selected()
            case "fault":
                self.history.report_selected()
            case "sound":
                self.sound.toggle_selected()
            case "attach":
                self.shots.attach()

    def _views(self) -> tuple[SavedView, ...]:
        return tuple(
            SavedView(view.id, view.name, arrangement.layout, tuple(use.camera for use in arrangement.panes))
            for view in self._room.shelf.views()
            if (arrangement := view.latest.arrangement)
        )
