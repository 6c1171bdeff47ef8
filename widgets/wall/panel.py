"""The wall with its head: what it is linked to, whether it is locked, which arrangement it has, and further tools."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from widgets.plain import plain_label
from widgets.theme import current_theme
from widgets.wall.frames import FrameSource
from widgets.wall.layouts import LAYOUTS
from widgets.wall.wall import VideoWall


class WallPanel(QWidget):
    """视频: one line of head over the panes.

    Signals:
        layout_chosen(str): The officer wants another arrangement, a name that `layouts.layout` reads.
    """

    layout_chosen = Signal(str)

    def __init__(self, source: FrameSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "true")
        theme = current_theme()
        self.wall = VideoWall(source, self)
        self._link = plain_label("", "note", self)
        self._layouts = QComboBox(self)
        self._layouts.addItems([self.tr("布局 {name}").format(name=name) for name in LAYOUTS])
        self._layouts.setAccessibleName(self.tr("窗格布局"))
        self.show_layout(self.wall.layout_name)
        self._tools = QHBoxLayout()
        self._tools.setSpacing(theme.space("xs"))
        head = QHBoxLayout()
        head.setContentsMargins(theme.space("m"), theme.space("s"), theme.space("m"), theme.space("s"))
        head.setSpacing(theme.space("s"))
        head.addWidget(plain_label(self.tr("视频"), "title", self))
        head.addWidget(self._link, 1)
        head.addLayout(self._tools)
        head.addWidget(self._layouts)
        line = QFrame(self)
        line.setProperty("separator", "true")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(head)
        box.addWidget(line)
        box.addWidget(self.wall, 1)
        self._layouts.activated.connect(self._choose)

    def add_tool(self, tool: QWidget) -> None:
        """Put a further tool into the head, before the layouts: an icon, since the head may be only 360 wide in all."""
        self._tools.addWidget(tool)

    def show_link(self, words: str, *, held: bool = False) -> None:
        """Say for which object the cameras were brought up, "" for none; `held`: they were not, the wall is locked."""
        if held:
            self._link.setText(self.tr("已锁定，未联动：{place}").format(place=words))
        else:
            self._link.setText(self.tr("联动：{place}").format(place=words) if words else "")

    def show_lock(self, *, locked: bool) -> None:
        """Show whether the officer locked the wall."""
        self.wall.show_lock(locked=locked)

    def show_layout(self, name: str) -> None:
        """Show which arrangement the wall has."""
        if name in LAYOUTS:
            self._layouts.setCurrentIndex(list(LAYOUTS).index(name))

    @Slot(int)
    def _choose(self, index: int) -> None:
        self.layout_chosen.emit(list(LAYOUTS)[index])
