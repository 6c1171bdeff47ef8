"""The desktop's own notifications, where it has a place for them; the window never comes forward by itself."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from widgets.icons import icon
from widgets.theme import current_theme

SHOWN_MS = 8_000


class Notifier(QObject):
    """An icon in the desktop's tray while there is one, and what pops up beside it.

    Signals:
        pressed(): The officer pressed the icon or what popped up.
    """

    pressed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._icon: QSystemTrayIcon | None = None
        if QSystemTrayIcon.isSystemTrayAvailable():
            theme = current_theme()
            self._icon = QSystemTrayIcon(icon("bell", theme.color("accent"), theme.size("icon")), self)
            self._icon.activated.connect(self._press)
            self._icon.messageClicked.connect(self.pressed)
            self._icon.show()

    @property
    def available(self) -> bool:
        """Whether this desktop shows notifications."""
        return self._icon is not None

    def notify(self, title: str, text: str) -> None:
        """Show plain words beside the icon, and mark the window in the task bar."""
        if self._icon is not None:
            self._icon.showMessage(title, text, QSystemTrayIcon.MessageIcon.Warning, SHOWN_MS)
        QApplication.alert(self._window, SHOWN_MS)

    def close(self) -> None:
        """Take the icon away."""
        if self._icon is not None:
            self._icon.hide()

    @Slot()
    def _press(self) -> None:
        self.pressed.emit()
