"""The wall with its head, its menus, and the cameras beside it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QVBoxLayout, QWidget

from widgets.theme import current_theme
from widgets.wall.cameratree import CameraTree
from widgets.wall.frames import FrameSource
from widgets.wall.head import ViewHead, WallHead
from widgets.wall.layout_menu import LayoutMenu
from widgets.wall.menu import EntryMenu, MenuEntry
from widgets.wall.namecard import NameCard
from widgets.wall.wall import VideoWall

_NAME_CAP = 40
_TREE_WIDTH = 260
_ROOMY = 1100


class WallPanel(QWidget):
    """视频: one line of head over the panes.

    Signals:
        layout_chosen(str): The officer wants another arrangement, a name that `layouts.layout` reads.
        asked(str): A wish by key or button: ``undo``, ``redo``, ``lock``, ``save``, ``tree``, ``details`` …
        views_requested(): The menu of views is wanted: `open_views`.
        view_picked(str): Key of an entry of that menu.
        named(str, str): What `ask_name` was asked for, and the name.
    """

    layout_chosen = Signal(str)
    asked = Signal(str)
    views_requested = Signal()
    view_picked = Signal(str)
    named = Signal(str, str)

    def __init__(self, source: FrameSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "true")
        self.wall = VideoWall(source, self)
        self.tree = CameraTree(self)
        self._tree_beside = True
        self._tree_squeezed = False
        self.head = WallHead(self)
        self._layouts = LayoutMenu(self)
        self._names = NameCard(self, _NAME_CAP)
        line = QFrame(self)
        line.setProperty("separator", "true")
        self._middle = QSplitter(Qt.Orientation.Horizontal, self)
        self._middle.setHandleWidth(1)
        self._middle.setChildrenCollapsible(False)
        self._middle.addWidget(self.tree)
        self._middle.addWidget(self.wall)
        self._middle.setStretchFactor(1, 1)
        self._middle.setSizes([current_theme().px(_TREE_WIDTH), 4000])
        self.tree.hide()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.head)
        box.addWidget(line)
        box.addLayout(self._lines)
        box.addWidget(self._middle, 1)
        self._layouts.chosen.connect(self._on_layout)
        self._names.named.connect(self.named)
        self.head.layouts_requested.connect(self._open_layouts)
        self.head.views_requested.connect(self._on_views)
        self.head.asked.connect(self.ask)
        self.wall.asked.connect(self.ask)
        self.tree.left.connect(self._on_tree_left)
        self._views_at = QPoint()
        self.show_layout(self.wall.layout_name)

    # --- seams for other parts of the wall --------------------------------------------------------------------------

    def add_tool(self, tool: QWidget) -> None:
        """Put a further tool into the head: an icon, since the head may be only 360 wide in all."""
        self.head.add_tool(tool)

    def add_line(self, line: QWidget) -> None:
        """Put a line of one's own (a running tour) between the head and the panes; it shows and hides itself."""
        self._lines.addWidget(line)

    # --- what it shows ----------------------------------------------------------------------------------------------

    def show_link(self, words: str, *, held: bool = False) -> None:
        """Say for which object the cameras were brought up, "" for none; `held`: they were not, the wall is locked."""
        if held:
            self.head.show_link(self.tr("已锁定，未联动：{place}").format(place=words))
        else:
            self.head.show_link(self.tr("联动：{place}").format(place=words) if words else "")

    def show_view(self, head: ViewHead) -> None:
        """Say which view this is, whether it is locked and what can be undone."""
        self.head.show_view(head)
        self.wall.show_lock(locked=head.locked)

    def show_layout(self, name: str) -> None:
        """Show which arrangement the wall has."""
        self.head.layouts.show_layout(name)

    # --- the cameras beside the panes -------------------------------------------------------------------------------

    @property
    def roomy(self) -> bool:
        """Whether there is room for the cameras beside the panes without being asked for."""
        return self.width() >= current_theme().px(_ROOMY)

    def toggle_tree(self) -> None:
        """Show the cameras and begin a search; if the officer is there already, put them away."""
        inside = self.tree.isVisible() and self.tree.isAncestorOf(self.focusWidget() or self.wall)
        if self.tree.isHidden() or not inside:
            self._set_tree(shown=True)
            self.tree.find()
        else:
            self._set_tree(shown=False)
            self.wall.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_tree(self, *, shown: bool) -> None:
        if self.roomy:
            self._tree_beside = shown
        else:
            self._tree_squeezed = shown
        self.tree.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the cameras where there is room for them, unless the officer has put them away."""
        super().resizeEvent(event)
        self.tree.setVisible(self._tree_beside if self.roomy else self._tree_squeezed)

    @Slot()
    def _on_tree_left(self) -> None:
        if not self.roomy:
            self._set_tree(shown=False)
        self.wall.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- menus ------------------------------------------------------------------------------------------------------

    def open_views(self, entries: Sequence[MenuEntry]) -> EntryMenu:
        """Open the menu of views with these entries, where it was asked for."""
        menu = EntryMenu(self.tr("视图"), entries, self)
        menu.picked.connect(self.view_picked)
        menu.popup(self._views_at - QPoint(menu.sizeHint().width(), 0))
        return menu

    def ask_name(self, purpose: str, title: str, name: str = "") -> None:
        """Ask the officer for a name."""
        self._names.ask(purpose, title, name)

    @Slot(str)
    def ask(self, wish: str) -> None:
        """Carry out a wish of a key, a button or a command; what is not the panel's own is asked of its presenters."""
        if wish == "layouts":
            self._open_layouts(self.head.place_below(self.head.layouts))
        elif wish == "tree":
            self.toggle_tree()
        elif wish == "views":
            self._on_views(self.head.place_below(self.head.view))
        elif wish == "shot":
            self.wall.keep_picture()
        elif wish == "budget":
            self.head.meter.wanted.emit()
        else:
            self.asked.emit(wish)

    @Slot(object)
    def _open_layouts(self, below: QPoint) -> None:
        self._layouts.open(below, self.wall.layout_name)

    @Slot(object)
    def _on_views(self, below: QPoint) -> None:
        self._views_at = below
        self.views_requested.emit()

    @Slot(str)
    def _on_layout(self, name: str) -> None:
        self.layout_chosen.emit(name)
        self.wall.setFocus(Qt.FocusReason.OtherFocusReason)
