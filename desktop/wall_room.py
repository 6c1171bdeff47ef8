"""Everything of the video wall, joined: the desk's own wall, its views, the cameras beside it, further wall windows."""

from PySide6.QtCore import QObject, Signal, Slot

from desktop.engines import Engines
from desktop.events import Changed
from desktop.presenters.camera_tree import CameraTreePresenter
from desktop.presenters.context import Context
from desktop.presenters.snapshots import SnapshotPresenter
from desktop.presenters.view_shelf import ViewShelf
from desktop.presenters.wall import WallPresenter
from desktop.presenters.wall_numbers import WallNumbers
from desktop.presenters.wall_views import WallViews
from widgets.wall.panel import WallPanel


class WallRoom(QObject):
    """Builds the presenters of the wall and passes news on to them.

    Signals:
        told(Words): something for the message strip.
    """

    told = Signal(object)

    def __init__(self, panel: WallPanel, engines: Engines, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._officer: str | None = None
        self.shelf = ViewShelf(context, self)
        self.wall = WallPresenter(panel, engines.video, context, self)
        self.views = WallViews(self.wall, panel, self.shelf, context)
        self.tree = CameraTreePresenter(panel.tree, self.wall, context)
        self.numbers = WallNumbers(panel.wall, self.wall)
        self.snapshots = SnapshotPresenter(panel.wall, engines.data_dir, context, self)
        for part in (self.wall, self.shelf, self.views, self.snapshots):
            part.told.connect(self.told)

    def reload(self) -> None:
        """Read cameras again; before them, once for each officer, what that officer had on the wall."""
        self.on_officer()
        self.wall.reload()
        self.tree.reload()

    def close(self) -> None:
        """Keep what is not kept yet, and show nothing any more."""
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

    @Slot()
    def on_officer(self) -> None:
        """See whether somebody else is at the desk now; views and drafts are each officer's own."""
        officer = self._context.officer()
        name = officer.id if officer is not None else ""
        if name != self._officer:
            self._officer = name
            self.shelf.reload()
            self.views.reload()
