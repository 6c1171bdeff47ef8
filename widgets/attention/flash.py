"""The window's edge flashes: for officers who do not hear, and for halls where nobody hears a single seat."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QVariantAnimation, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from widgets.theme import current_theme

FLASHES = 3
FLASH_MS = 700
"""Fewer than one and a half a second: well below the three that are dangerous to some (WCAG 2.3.1)."""
STEADY_MS = 2_000
WIDTH = 10


class EdgeFlash(QWidget):
    """A frame over its parent that lets everything through; it flashes and is gone. With reduced motion it stands."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._tone = "red"
        self._glow = 0.0
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setKeyValueAt(0.5, 1.0)
        self._animation.setEndValue(0.0)
        self._animation.valueChanged.connect(self._take_glow)
        self._animation.finished.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def flash(self, tone: str) -> None:
        """Flash in a tone; one that flashes already begins anew."""
        self._tone = tone
        moving = bool(current_theme().motion_ms("pulse_ms"))
        self._animation.stop()
        self._animation.setKeyValueAt(0.01, 0.0 if moving else 1.0)
        self._animation.setKeyValueAt(0.99, 0.0 if moving else 1.0)
        self._animation.setLoopCount(FLASHES if moving else 1)
        self._animation.setDuration(FLASH_MS if moving else STEADY_MS)
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        self.show()
        self._animation.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the parent's size."""
        if watched is self.parent() and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self.parentWidget().rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the frame."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setOpacity(self._glow)
        width = theme.px(WIDTH)
        painter.setPen(QPen(theme.tone(self._tone, "fill"), width))
        painter.drawRect(QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2))
        painter.end()

    @Slot(object)
    def _take_glow(self, glow: float) -> None:
        self._glow = float(glow)
        self.update()
