"""A box to tick, in the program's own look; the style's own is lost on dark grounds."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from widgets.painting import draw_shape, draw_text, text_width
from widgets.theme import current_theme

_SIDE = 16


class TickBox(QCheckBox):
    """Shows its words as they are; no mnemonic is made of an ampersand."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Give the room of box and words."""
        theme = current_theme()
        width = theme.px(_SIDE) + theme.space("s") + text_width(self._words, theme.font("body")) + theme.space("s")
        return QSize(round(width), theme.size("control"))

    def minimumSizeHint(self) -> QSize:
        """Ask for a few letters; the words are elided."""
        return QSize(min(self.sizeHint().width(), current_theme().px(120)), self.sizeHint().height())

    def hitButton(self, pos: object) -> bool:
        """Take a click anywhere on it."""
        del pos
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint box, tick, words and focus ring."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = float(theme.px(_SIDE))
        box = QRectF(1.5, (self.height() - side) / 2, side, side)
        on = self.isChecked()
        edge = "focus" if self.hasFocus() else "accent" if on else "line.strong"
        painter.setPen(QPen(theme.color(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(theme.color("accent" if on else "surface.input"))
        painter.drawRoundedRect(box, theme.radius("s"), theme.radius("s"))
        if on:
            draw_shape(painter, "check", theme.color("accent.on"), box.adjusted(1, 1, -1, -1))
        words = QRectF(self.rect()).adjusted(side + theme.space("s") + 2, 0, 0, 0)
        color = theme.color("text.hi" if self.isEnabled() else "text.disabled")
        draw_text(painter, words, self._words, theme.font("body"), color)
        painter.end()
