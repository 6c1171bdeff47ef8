"""Items of the top bar: a painted word with several forms, from whole to short to hidden."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from widgets.painting import draw_shape, draw_text, text_width
from widgets.theme import Theme, current_theme


@dataclass(frozen=True, slots=True)
class Face:
    """One form of an item.

    Attributes:
        text: Its words; an empty face with no shape takes no room.
        shape: Mark or icon before the words.
        color: Token of words and mark.
        text_color: Token of the words where they differ from the mark.
        role: Step of the type scale.
        bold: Half-bold words.
        framed: A thin frame around it, in the item's colour.
        mark_px: Side of the mark at text scale 1.
    """

    text: str = ""
    shape: str = ""
    color: str = "text.mid"
    text_color: str = ""
    role: str = "body"
    bold: bool = False
    framed: bool = False
    mark_px: int = 11

    def width(self, theme: Theme) -> int:
        """Give the width in pixels, 0 for an empty face."""
        if not self.text and not self.shape:
            return 0
        width = text_width(self.text, theme.font(self.role, bold=self.bold)) if self.text else 0.0
        if self.shape:
            width += theme.px(self.mark_px) + (theme.px(5) if self.text else 0)
        return round(width + (2 * theme.px(10) if self.framed else 0)) + 1

    def paint(self, painter: QPainter, rect: QRectF, theme: Theme) -> None:
        """Paint the face into ``rect``."""
        color = theme.color(self.color)
        if self.framed:
            height = theme.px(25)
            frame = QRectF(rect.left() + 0.5, rect.center().y() - height / 2 + 0.5, rect.width() - 1, height - 1)
            painter.setPen(QPen(color, 1))
            painter.setBrush(theme.color(f"{self.color}.soft"))
            painter.drawRoundedRect(frame, theme.radius(), theme.radius())
            rect = rect.adjusted(theme.px(10), 0, -theme.px(10) + 2, 0)
        if self.shape:
            side = theme.px(self.mark_px)
            draw_shape(painter, self.shape, color, QRectF(rect.left(), rect.center().y() - side / 2, side, side))
            rect = rect.adjusted(side + theme.px(5), 0, 0, 0)
        words = theme.color(self.text_color or self.color)
        draw_text(painter, rect, self.text, theme.font(self.role, bold=self.bold), words)


class _Faced:
    """The forms of one item and which of them is worn; mixed into a widget."""

    _faces: tuple[Face, ...] = (Face(),)
    _level = 0

    def set_faces(self, faces: tuple[Face, ...], sentence: str) -> None:
        """Take other forms, from whole to short; ``sentence`` is what a screen reader says in every form."""
        if faces != self._faces:
            self._faces = faces
            self.update()
        if sentence != self.accessibleName():
            self.setAccessibleName(sentence)

    def wear(self, level: int) -> None:
        """Put on a form."""
        self._level = level

    def face(self, level: int) -> Face:
        """Give a form; beyond the shortest there is none shorter."""
        return self._faces[min(level, len(self._faces) - 1)]


class BarLabel(_Faced, QWidget):
    """An item that only tells."""

    def face_width(self, level: int) -> int:
        """Give the width of a form."""
        return self.face(level).width(current_theme())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the form worn."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.face(self._level).paint(painter, QRectF(self.rect()), current_theme())
        painter.end()


class BarButton(_Faced, QAbstractButton):
    """An item that can be pressed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def face_width(self, level: int) -> int:
        """Give the width of a form, with the room of the focus ring."""
        width = self.face(level).width(current_theme())
        return width + 2 * current_theme().px(8) if width else 0

    def sizeHint(self) -> QSize:
        """Give the size of the form worn."""
        return QSize(self.face_width(self._level), current_theme().size("control"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint hover, focus ring and the form worn."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        if self.underMouse() or self.isDown():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface.3"))
            painter.drawRoundedRect(rect, theme.radius(), theme.radius())
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), theme.radius(), theme.radius())
        self.face(self._level).paint(painter, rect.adjusted(theme.px(8), 0, -theme.px(8), 0), theme)
        painter.end()
