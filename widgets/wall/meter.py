"""The meter in the wall's head: one quiet line of figures that opens a menu, with a mark when a bound is passed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from widgets.painting import draw_shape, draw_text, text_width
from widgets.plain import set_tip
from widgets.theme import current_theme, theme_holder
from widgets.wall.menu import EntryMenu, MenuEntry

_STEP = 24
"""The width follows the words in such steps, or the head would twitch with every figure."""


@dataclass(frozen=True, slots=True)
class MeterView:
    """What the meter says.

    Attributes:
        words: Short, with figures.
        sentence: All of it, for tooltip and screen reader.
        over: A bound is passed: a mark stands before the words.
    """

    words: str = ""
    sentence: str = ""
    over: bool = False


class MeterButton(QAbstractButton):
    """Figures without a frame; the frame comes under the mouse and with the keyboard.

    Signals:
        wanted(): The menu is wanted: `open_menu`.
        chosen(str): Key of the entry that was taken.
    """

    wanted = Signal()
    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = MeterView()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.wanted)
        theme_holder().theme_changed.connect(self._take_theme)

    @property
    def view(self) -> MeterView:
        """What it says."""
        return self._view

    def show_view(self, view: MeterView) -> None:
        """Say something else."""
        if view == self._view:
            return
        before, self._view = self.sizeHint(), view
        self.setAccessibleName(view.sentence)
        set_tip(self, view.sentence)
        if self.sizeHint() != before:
            self.updateGeometry()
        self.update()

    def open_menu(self, entries: Sequence[MenuEntry]) -> EntryMenu:
        """Open a menu below it."""
        menu = EntryMenu(self._view.sentence, entries, self)
        menu.picked.connect(self.chosen)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
        return menu

    def sizeHint(self) -> QSize:
        """As wide as its words, in steps."""
        theme = current_theme()
        step = theme.px(_STEP)
        words = text_width(self._view.words, theme.font("note")) + theme.px(18 * self._view.over + 12)
        return QSize(-int(-words // step) * step, theme.size("control"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(theme.color("focus" if self.hasFocus() else "line"), 1))
            painter.setBrush(theme.color("surface.2"))
            painter.drawRoundedRect(rect, theme.radius(), theme.radius())
        line = rect.adjusted(theme.px(6), 0, -theme.px(6), 0)
        color = theme.color("tone.yellow" if self._view.over else "text.mid")
        right = Qt.AlignmentFlag.AlignRight
        taken = draw_text(painter, line, self._view.words, theme.font("note"), color, align=right)
        if self._view.over:
            side = float(theme.px(12))
            left = line.right() - taken - side - theme.px(6)
            draw_shape(painter, "triangle", color, QRectF(left, line.center().y() - side / 2, side, side))
        painter.end()

    @Slot(object)
    def _take_theme(self, _theme: object) -> None:
        self.updateGeometry()
        self.update()
