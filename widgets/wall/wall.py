"""The video wall as the officer uses it: selection, keys, mouse, and cameras dropped on panes."""

from PySide6.QtCore import QElapsedTimer, QEvent, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from widgets.wall.frames import FrameSource
from widgets.wall.layouts import neighbour
from widgets.wall.panes import CameraDrop, pane_name
from widgets.wall.stage import WallStage

CAMERA_MIME = "application/x-watchfloor-camera"
"""Drag data: a camera id as UTF-8."""

_NUMBER_WITHIN_MS = 700
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class VideoWall(WallStage):
    """Paints the newest picture of every pane, 25 times a second, and takes the officer's wishes.

    Signals:
        pane_activated(object): The `PaneView` of a pane that was double-clicked or entered; it is single now or was.
        action_requested(object): The `PaneView` whose button was pressed.
        camera_dropped(object): A `CameraDrop`.
    """

    pane_activated = Signal(object)
    action_requested = Signal(object)
    camera_dropped = Signal(object)

    def __init__(self, source: FrameSource, parent: QWidget | None = None) -> None:
        super().__init__(source, parent)
        self._typed = ""
        self._typed_at = QElapsedTimer()
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and numbers select, Enter makes single or restores, Esc restores, Space presses the pane's button."""
        key = Qt.Key(event.key())
        if key in _ARROWS and not self._single:
            place = neighbour(self._boxes, int(self._selected) - 1, *_ARROWS[key])
            self._select(pane_name(place))
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self._type(event.text())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._activate(self._selected)
        elif key == Qt.Key.Key_Escape and self._single:
            self.set_single("")
        elif key == Qt.Key.Key_Space and self.view(self._selected).action:
            self.action_requested.emit(self.view(self._selected))
        else:
            super().keyPressEvent(event)

    def _type(self, digit: str) -> None:
        """Select by number: a second digit typed at once makes a number of two."""
        fresh = not self._typed_at.isValid() or self._typed_at.elapsed() > _NUMBER_WITHIN_MS
        together = digit if fresh else self._typed + digit
        names = self.pane_names()
        self._typed = together if together in names else digit
        self._typed_at.start()
        if self._typed in names:
            self._select(self._typed)
            if self._single:
                self.set_single(self._typed)

    def _activate(self, name: str) -> None:
        self._select(name)
        self.set_single("" if self._single else name)
        self.pane_activated.emit(self.view(name))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the pane, or press its button."""
        point = event.position()
        name = self.pane_at(point.x(), point.y())
        if not name or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._select(name)
        pane = self._panes.get(name)
        rect = self._placed[name]
        if pane is not None and pane.overlay is not None and pane.overlay.button.contains(point - rect.topLeft()):
            self.action_requested.emit(pane.view)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Let the pane fill the wall, or restore the layout exactly as it was."""
        point = event.position()
        name = self.pane_at(point.x(), point.y())
        if name and event.button() == Qt.MouseButton.LeftButton:
            self._activate(name)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show more about the pane under the mouse."""
        point = event.position()
        self._hover(self.pane_at(point.x(), point.y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, _event: QEvent) -> None:
        """Show no more than usual."""
        self._hover("")

    def _hover(self, name: str) -> None:
        before, self._hovered = self._hovered, name
        for changed in {before, name} if before != name else set():
            pane = self._panes.get(changed)
            if pane is not None:
                pane.overlay = None
                self._repaint(changed)

    # --- drops ------------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take cameras."""
        if event.mimeData().hasFormat(CAMERA_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would go."""
        point = event.position()
        self._aim(self.pane_at(point.x(), point.y()))
        event.setAccepted(bool(self._drop_target))

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Show no target any more."""
        self._aim("")

    def dropEvent(self, event: QDropEvent) -> None:
        """Pass the camera on."""
        target = self._drop_target
        self._aim("")
        camera_id = bytes(event.mimeData().data(CAMERA_MIME).data()).decode("utf-8", "replace")
        if target and camera_id:
            event.acceptProposedAction()
            self.camera_dropped.emit(CameraDrop(target, camera_id))

    def _aim(self, name: str) -> None:
        before, self._drop_target = self._drop_target, name
        if before != name:
            self._repaint(before)
            self._repaint(name)
