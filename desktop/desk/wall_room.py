"""Everything of the video wall, joined: the desk's own wall, and further wall windows."""

from PySide6.QtCore import QObject, Signal, Slot

from desktop.engines import Engines
from desktop.events import Changed
from desktop.presenters.context import Context
from desktop.presenters.wall.one_wall import OneWall, WallParts
from desktop.presenters.wall.video_budget import VideoBudget
from desktop.presenters.wall.view_shelf import ViewShelf
from desktop.presenters.wall.windows import WallWindows
from widgets.alertstrip import AlertStrip
from widgets.wall.menubutton import MenuButton
from widgets.wall.panel import WallPanel


class WallRoom(QObject):
    """Builds the walls and passes news on to them.

    Signals:
        told(Words): something for the message strip.
    """

    told = Signal(object)

    def __init__(
        self, panel: WallPanel, alerts: AlertStrip, engines: Engines, context: Context, parent: QObject
    ) -> None:
        """Join the desk's wall; `alerts` is the desk's strip, which further windows show as well."""
        super().__init__(parent)
        self._context = context
        self._officer: str | None = None
        self.shelf = ViewShelf(context, self)
        budget = VideoBudget(engines.video, context, self)
        parts = WallParts(engines.video, engines.data_dir, self.shelf, context, budget)
        self.own = OneWall(panel, parts, self)
        self.wall = self.own.wall
        self.snapshots = self.own.snapshots
        self.windows = WallWindows(parts, alerts, self)
        for part in (self.shelf, self.own, self.windows):
            part.told.connect(self.told)
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

    @Slot()
    def _offer(self) -> None:
        self._button.set_lines(self.windows.lines())

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        """A new window begins with what the desk's wall shows, to be changed from there."""
        self.windows.choose(key, self.wall.arrangement.with_lock(locked=False))
