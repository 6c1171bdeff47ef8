"""What happens on the desk's own wall alone: alarm views, and the commands of the wall. The walls are `wall_room`."""

from PySide6.QtCore import QObject, Signal, Slot

from desktop.desk.page import DeskPage
from desktop.desk.wall_room import WallRoom
from desktop.engines import Engines
from desktop.events import Changed
from desktop.presenters.context import Context
from desktop.presenters.wall.alarm_menus import AlarmMenus
from desktop.presenters.wall.alarm_views import AlarmViewsPresenter
from desktop.presenters.wall.commands import PREFIX
from desktop.presenters.wall.shot_attach import ShotAttacher
from widgets.wall.alarmbar import AlarmBar
from widgets.wall.menubutton import MenuButton


class WallLife(QObject):
    """Builds these presenters, gives them their line and tool, and passes news and commands on to them.

    Signals:
        told(Words): something for the message strip.
        offered(Offer): something for the message strip that can be acted on by a command of ours.
    """

    told = Signal(object)
    offered = Signal(object)

    def __init__(self, page: DeskPage, room: WallRoom, engines: Engines, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        panel = page.wall
        self._page = page
        self._panel = panel
        self._bar = AlarmBar(panel)
        panel.add_line(self._bar)
        self.alarms = AlarmViewsPresenter(self._bar, panel.wall, room.wall, context, self)
        self._routing = MenuButton("alert", self.tr("报警上墙"), panel.head)
        panel.add_tool(self._routing)
        self.alarm_menus = AlarmMenus(self.alarms, self._bar.history, self._routing, room.wall, context)
        self.shots = ShotAttacher(engines.sync.attachments, context, self)
        panel.asked.connect(self._on_asked)
        self.alarms.active.connect(room.own.deeds.tours.cover)
        room.own.snapshots.kept.connect(self.shots.on_kept)
        room.windows.kept.connect(self.shots.on_kept)
        room.windows.attach_wanted.connect(self.shots.attach)
        self.shots.offered.connect(self.offered)
        for part in (self.alarms, self.shots):
            part.told.connect(self.told)

    def take(self, key: str) -> bool:
        """Carry a command of the command bar out, on the desk's wall; False if it is none of the wall's."""
        if not key.startswith(PREFIX):
            return False
        if self._panel.isHidden():
            self._page.go_to("wall")
        self._panel.ask(key.removeprefix(PREFIX))
        return True

    def reload(self) -> None:
        """Look anew for what waits."""
        self.alarms.reload()

    @Slot(object)
    def on_changed(self, event: Changed) -> None:
        """Take news of what may be brought up."""
        self.alarms.on_changed(event)

    @Slot(str)
    def _on_asked(self, wish: str) -> None:
        match wish:
            case "seen":
                self.alarms.acknowledge_pane(self._panel.wall.selected)
            case "attach":
                self.shots.attach()
            case "routing":
                self._routing.open_menu()
            case "alarm_history":
                self._bar.history.open_menu()
