"""The wall with its head: what it is linked to, and which arrangement it has."""

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
        layout_chosen(str): The officer wants another arrangement, a name of `LAYOUTS`.
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
        head = QHBoxLayout()
        head.setContentsMargins(theme.space("m"), theme.space("s"), theme.space("m"), theme.space("s"))
        head.setSpacing(theme.space("s"))
        head.addWidget(plain_label(self.tr("视频"), "title", self))
        head.addWidget(self._link, 1)
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

    def show_link(self, words: str) -> None:
        """Say which object the cameras were brought up for; "" for none."""
        self._link.setText(self.tr("联动：{place}").format(place=words) if words else "")

    def show_layout(self, name: str) -> None:
        """Show which arrangement the wall has."""
        self._layouts.setCurrentIndex(list(LAYOUTS).index(name))

    @Slot(int)
    def _choose(self, index: int) -> None:
        self.layout_chosen.emit(list(LAYOUTS)[index])
