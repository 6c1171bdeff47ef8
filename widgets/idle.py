"""Notices that nobody has touched the desk for a while."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
_LOOK_MS = 2000


class IdleWatch(QObject):
    """Listens at the windows, where what a person does comes in before any widget has it.

    With a clock that goes on while the machine sleeps, a desk that wakes after hours is found idle.

    Args:
        application: Whose windows are listened at, each from when it first has the focus.
        limit_s: Seconds without a touch that count as idle, asked at each look; 0 never.
        clock: Seconds on a clock that only moves forward.
        parent: Its owner.

    Signals:
        fell_idle(): the limit has passed; once, until the desk is touched again.
    """

    fell_idle = Signal()

    def __init__(
        self, application: QGuiApplication, limit_s: Callable[[], float], clock: Callable[[], float], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._limit_s = limit_s
        self._clock = clock
        self._touched_at = clock()
        self._told = False
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        application.focusWindowChanged.connect(self._on_window)
        self._on_window(application.focusWindow())

    @Slot(object)
    def _on_window(self, window: QWindow | None) -> None:
        """Listen at a window that has come up; at one already known a filter is only moved to the front."""
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note that somebody is there; nothing is kept from anybody."""
        if event.type() in _TOUCHES:
            self._touched_at = self._clock()
            self._told = False
        return False

    @Slot()
    def look(self) -> None:
        """Tell if the limit has passed."""
        limit_s = self._limit_s()
        if limit_s > 0 and not self._told and self._clock() - self._touched_at >= limit_s:
            self._told = True
            self.fell_idle.emit()
