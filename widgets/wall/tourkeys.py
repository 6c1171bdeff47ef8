"""The wall's keys while a tour is under way: arrows turn pages, Space pauses, Esc ends it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from widgets.wall.wall import VideoWall

_ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_OURS = frozenset({*_ARROWS, Qt.Key.Key_Space, Qt.Key.Key_Escape})


class TourKeys(QObject):
    """Takes these keys before the wall does, for as long as it is on. What the wall itself can take back comes first.

    Signals:
        turned(object): -1 or 1 pages.
        pause_pressed(), stop_pressed().
    """

    turned = Signal(object)
    pause_pressed = Signal()
    stop_pressed = Signal()

    def __init__(self, wall: VideoWall) -> None:
        super().__init__(wall)
        self._wall = wall
        self._on = False

    def take(self, *, on: bool) -> None:
        """Take the keys, or leave them to the wall."""
        if on is self._on:
            return
        self._on = on
        if on:
            self._wall.installEventFilter(self)
        else:
            self._wall.removeEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take a key that is ours, and claim it before a shortcut of the desk does."""
        if event.type() not in {QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride} or not isinstance(event, QKeyEvent):
            return False
        key = Qt.Key(event.key())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key not in _OURS or not plain or (key == Qt.Key.Key_Escape and self._wall.has_something_to_end):
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self._act(key)
        return True

    def _act(self, key: Qt.Key) -> None:
        if key in _ARROWS:
            self.turned.emit(_ARROWS[key])
        elif key == Qt.Key.Key_Space:
            self.pause_pressed.emit()
        else:
            self.stop_pressed.emit()
