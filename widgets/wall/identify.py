"""A large number on each screen, for a moment: which is which."""

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QScreen
from PySide6.QtWidgets import QWidget

from widgets.painting import draw_text
from widgets.theme import current_theme

_SHOWN_MS = 3000
_SIDE = 260
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class ScreenNumber(QWidget):
    """The number of one screen, in its middle; goes away by itself, by a key or a click."""

    def __init__(self, number: int, screen: QScreen) -> None:
        flags = Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(None, flags)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._number = number
        self._words = screen.name()
        self.setAccessibleName(self.tr("屏幕 {number}").format(number=number))
        theme = current_theme()
        side = theme.px(_SIDE)
        self.setScreen(screen)
        middle = screen.geometry().center()
        self.setGeometry(middle.x() - side // 2, middle.y() - side // 2, side, side)
        QTimer.singleShot(_SHOWN_MS, self, self.close)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint number and name."""
        theme = current_theme()
        painter = QPainter(self)
        rect = QRectF(self.rect())
        painter.fillRect(rect, theme.color("surface.3"))
        painter.setPen(QPen(theme.color("accent"), 4))
        painter.drawRect(rect.adjusted(2, 2, -2, -2))
        font = theme.font("display", bold=True)
        font.setPixelSize(round(rect.height() * 0.55))
        draw_text(
            painter,
            rect.adjusted(0, 0, 0, -theme.px(36)),
            str(self._number),
            font,
            theme.color("text.hi"),
            align=_CENTRE,
        )
        low = rect.adjusted(theme.space("s"), rect.height() - theme.px(52), -theme.space("s"), -theme.px(16))
        draw_text(painter, low, self._words, theme.font("title"), theme.color("text.mid"), align=_CENTRE)
        painter.end()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Go."""
        self.close()

    def keyPressEvent(self, _event: QKeyEvent) -> None:
        """Go."""
        self.close()


def identify_screens() -> list[ScreenNumber]:
    """Show each screen's number, counted as the desktop lists them; the caller keeps them while they are seen."""
    shown = [ScreenNumber(index + 1, screen) for index, screen in enumerate(QGuiApplication.screens())]
    for number in shown:
        number.show()
    return shown
