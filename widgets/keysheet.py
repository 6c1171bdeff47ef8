"""F1: every key of the desk on one sheet."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from widgets.float import FloatPage
from widgets.painting import draw_text, text_width
from widgets.plain import plain_label
from widgets.theme import current_theme

_WIDTH = 1500
_COLUMNS = 4
_HEAD_LINES = 3  # a group's title, and the gap to the next one
_CENTRE = Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One command: its keys, each shown as a cap, and what it does."""

    keys: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Commands that belong together."""

    title: str
    lines: tuple[KeyLine, ...]


class KeyCaps(QWidget):
    """Keys painted as caps, one after the other."""

    def __init__(self, keys: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setAccessibleName(" ".join(keys))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Give the room of all caps."""
        theme = current_theme()
        width = sum(self._cap_width(key) for key in self._keys) + theme.px(4) * (len(self._keys) - 1)
        return QSize(round(width) + 1, theme.px(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the caps."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 0.5
        for key in self._keys:
            cap = QRectF(x, 0.5, self._cap_width(key) - 1, theme.px(22) - 1)
            painter.setPen(QPen(theme.color("line.strong"), 1))
            painter.setBrush(theme.color("surface.3"))
            painter.drawRoundedRect(cap, theme.radius(), theme.radius())
            draw_text(painter, cap, key, theme.font("note"), theme.color("text.hi"), align=_CENTRE)
            x += self._cap_width(key) + theme.px(4)
        painter.end()

    def _cap_width(self, key: str) -> float:
        theme = current_theme()
        return max(theme.px(22), text_width(key, theme.font("note")) + theme.px(12))


class KeySheet(FloatPage):
    """The sheet: groups side by side, scrolling where the window is small."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _WIDTH)
        self.setAccessibleName(self.tr("快捷键"))
        self._groups: tuple[KeyGroup, ...] = ()
        head = QHBoxLayout()
        head.addWidget(plain_label(self.tr("快捷键"), "head", self.card), 1)
        head.addWidget(plain_label(self.tr("Esc 关闭"), "note", self.card))
        self.box.addLayout(head)
        self.box.addSpacing(current_theme().space("s"))
        self._scroll = QScrollArea(self.card)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setAccessibleName(self.tr("快捷键"))
        self.box.addWidget(self._scroll, 1)

    def set_groups(self, groups: tuple[KeyGroup, ...]) -> None:
        """Take the keys as they are bound now."""
        if groups == self._groups:
            return
        self._groups = groups
        page = QWidget()
        beside = QHBoxLayout(page)
        beside.setContentsMargins(0, 0, current_theme().space("m"), 0)
        beside.setSpacing(current_theme().px(32))
        for column in _columns(groups):
            below = QVBoxLayout()
            below.setSpacing(current_theme().space("xl"))
            for group in column:
                below.addLayout(_group_box(group, page))
            below.addStretch(1)
            beside.addLayout(below, 1)
        self._scroll.setWidget(page)
        page.setAutoFillBackground(False)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.setMinimumHeight(min(page.sizeHint().height(), current_theme().px(680)))

    def open(self) -> None:
        """Come up, ready to be scrolled by keys."""
        super().open()
        self._scroll.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on F1 as well."""
        if event.key() == Qt.Key.Key_F1:
            self.leave()
        else:
            super().keyPressEvent(event)


def _columns(groups: tuple[KeyGroup, ...]) -> list[list[KeyGroup]]:
    """Put each group below the shortest column so far."""
    columns: list[list[KeyGroup]] = [[] for _ in range(_COLUMNS)]
    heights = [0] * _COLUMNS
    for group in groups:
        shortest = heights.index(min(heights))
        columns[shortest].append(group)
        heights[shortest] += len(group.lines) + _HEAD_LINES
    return columns


def _group_box(group: KeyGroup, parent: QWidget) -> QVBoxLayout:
    box = QVBoxLayout()
    box.setSpacing(current_theme().px(7))
    box.addWidget(plain_label(group.title, "low", parent))
    for line in group.lines:
        row = QHBoxLayout()
        row.addWidget(plain_label(line.text, parent=parent, wrap=True), 1)
        row.addWidget(KeyCaps(line.keys, parent))
        box.addLayout(row)
    return box
