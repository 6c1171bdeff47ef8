"""A word with its mark: the small painted label that carries a state by shape, word and colour together."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.painting import draw_shape, draw_text, text_width
from widgets.theme import current_theme


class TonedLabel(QWidget):
    """Shows one line of plain text in a tone, with the tone's mark before it."""

    def __init__(self, parent: QWidget | None = None, role: str = "body") -> None:
        super().__init__(parent)
        self._role = role
        self._text = ""
        self._tone = "neutral"
        self._shape = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_words(self, text: str, tone: str = "neutral", shape: str = "") -> None:
        """Show other words; an empty text hides the label."""
        if (text, tone, shape) == (self._text, self._tone, self._shape):
            return
        self._text, self._tone, self._shape = text, tone, shape
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Give the room of mark and words."""
        theme = current_theme()
        font = theme.font(self._role)
        mark = self._mark_side() + theme.px(6) if self._shape else 0
        return QSize(round(text_width(self._text, font)) + mark + 2, round(font.pixelSize() * 1.5))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint mark and words."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        color = theme.tone(self._tone)
        if self._shape:
            side = self._mark_side()
            draw_shape(painter, self._shape, color, QRectF(rect.left(), rect.center().y() - side / 2, side, side))
            rect.adjust(side + theme.px(6), 0, 0, 0)
        draw_text(painter, rect, self._text, theme.font(self._role), color, align=Qt.AlignmentFlag.AlignLeft)
        painter.end()

    def _mark_side(self) -> int:
        return current_theme().px(11 if self._shape in ("triangle", "alert") else 9)
