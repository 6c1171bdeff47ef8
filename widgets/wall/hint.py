"""A word in passing over the wall: it comes, is read, and goes; it takes neither focus nor clicks."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from widgets.painting import draw_text, text_width
from widgets.theme import current_theme

_SHOWN_MS = 4000
_HEIGHT = 36


class HintBand(QWidget):
    """A band at the top of its parent, as wide as its words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._time = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._time.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    @property
    def words(self) -> str:
        """What it says now; "" while nothing is to be seen."""
        return self._words if not self.isHidden() else ""

    def say(self, words: str, *, stay: bool = False) -> None:
        """Show words for four seconds, or, with `stay`, until others come; "" takes them away."""
        self._words = words
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        self._time.stop()
        if words:
            self._place()
            self.raise_()
            self.update()
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
            if not stay:
                self._time.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the parent's size."""
        if watched is self.parent() and event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the band."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.color("line.strong"), 1))
        painter.setBrush(theme.color("surface.3"))
        painter.drawRoundedRect(rect, theme.radius(), theme.radius())
        inner = rect.adjusted(theme.space("m"), 0, -theme.space("m"), 0)
        draw_text(painter, inner, self._words, theme.font("body"), theme.color("text.hi"))
        painter.end()

    def _place(self) -> None:
        theme = current_theme()
        whole = self.parentWidget().width()
        room = whole - 2 * theme.space("m")
        width = min(room, round(text_width(self._words, theme.font("body"))) + 2 * theme.space("m") + 2)
        self.setGeometry((whole - width) // 2, theme.space("m"), width, theme.px(_HEIGHT))
