"""Everything of the video wall, joined: the desk's own wall, and further wall windows."""

from PySide6.QtCore import QObject, Signal, Slot

from desktop.desk.page import DeskPage
from desktop.engines import Engines
from desktop.events import Changed
from desktop.presenters.context import Context
from desktop.presenters.wall.deeds import DeedParts, WallCards
from desktop.presenters.wall.one_wall import OneWall, WallParts
from desktop.presenters.wall.ptz_sender import PtzSender
from desktop.presenters.wall.tour_sources import SavedView
from desktop.presenters.wall.video_budget import VideoBudget
from desktop.presenters.wall.view_shelf import ViewShelf
from desktop.presenters.wall.windows import WallWindows
from widgets.wall.menubutton import MenuButton


class WallRoom(QObject):
    """Builds the walls and passes news on to them.

    Signals:
        told(Words): something for the message strip.
        order_wanted(OrderDraft): a new order should be opened, filled in so far.
    """

    told = Signal(object)
    order_wanted = Signal(object)

    def __init__(self, page: DeskPage, engines: Engines, context: Context, parent: QObject) -> None:
        """Join the desk's wall; further windows show the desk's alerts as well."""
        super().__init__(parent)
        panel = page.wall
        self._context = context
        self._officer: str | None = None
        self.shelf = ViewShelf(context, self)
        budget = VideoBudget(engines.video, context, self)
        self._sender = PtzSender(engines.sync.cameras)
        deeds = DeedParts(engines.video, self._sender, engines.store.camera_days.of, self._saved_views)
        parts = WallParts(engines.video, engines.data_dir, self.shelf, context, budget, deeds)
        self.own = OneWall(panel, WallCards(page.report_card, page.tour_form), parts, self)
        self.wall = self.own.wall
        self.snapshots = self.own.snapshots
        self.windows = WallWindows(parts, page.alert_strip, self)
        for part in (self.shelf, self.own, self.windows):
            part.told.connect(self.told)
        for wall in (self.own, self.windows):
            wall.order_wanted.connect(self.order_wanted)
        panel.asked.connect(self._on_asked)
        self._button = MenuButton("window", self.tr("视频墙窗口"), panel)
        self._button.wanted.connect(self._offer)
        self._button.chosen.connect(self._on_chosen)
        panel.add_tool(self._button)

    def reload(self) -> None:
        """Read cameras again; before them, once for each officer, what that officer had on the walls."""
        self.on_officer()
        self.own.reload()
        self.windows.reload(self._officer or "")

    def close(self) -> None:
        """Keep what is not kept yet, and show nothing any more."""
        self.windows.put_away()
        self.own.close()
        self._sender.close()

    def mark(self, words: str) -> None:
        """Put who sits here over the further windows."""
        self.windows.mark(words)

    @Slot(bool)
    def on_locked(self, locked: bool) -> None:  # noqa: FBT001 - the signal's own argument
        """Lock the further windows together with the seat."""
        self.windows.set_locked(locked=locked)

    @Slot(object)
    def on_changed(self, event: Changed) -> None:
        """Take news of cameras."""
        self.own.on_changed(event)
        self.windows.on_changed(event)

    @Slot(str)
    def on_pane_changed(self, pane: str) -> None:
        """Take news of one pane of the video service."""
        self.own.on_pane_changed(pane)
        self.windows.on_pane_changed(pane)

    @Slot()
    def on_officer(self) -> None:
        """See whether somebody else is at the desk now; views, drafts and windows are each officer's own."""
        officer = self._context.officer()
        name = officer.id if officer is not None else ""
        if name != self._officer:
            self._officer = name
            self.shelf.reload()
            self.own.read_draft()
            self.windows.reload(name)

    def _saved_views(self) -> tuple[SavedView, ...]:
        return tuple(
            SavedView(view.id, view.name, arrangement.layout, tuple(use.camera for use in arrangement.panes))
            for view in self.shelf.views()
            if (arrangement := view.latest.arrangement)
        )

    @Slot(str)
    def _on_asked(self, wish: str) -> None:
        """A key or command of the desk's wall that concerns the windows."""
        if wish == "windows":
            self._button.open_menu()
        elif wish in {"identify", "gather"}:
            self._on_chosen(wish)

    @Slot()
    def _offer(self) -> None:
        self._button.set_lines(self.windows.lines())

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        """A new window begins with what the desk's wall shows, to be changed from there."""
        self.windows.choose(key, self.wall.arrangement.with_lock(locked=False))
