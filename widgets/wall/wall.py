"""The video wall under the mouse as well: panes that are carried, zoomed and pressed, and cameras dropped on them."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from widgets.cameradrag import CAMERA_MIME
from widgets.wall.frames import FrameSource
from widgets.wall.hint import HintBand
from widgets.wall.keyed import KeyedWall
from widgets.wall.menu import MenuRequest
from widgets.wall.panes import CameraDrop, PaneChoice, PaneSwap

_WHEEL_STEP = 120
"""Eighths of a degree that are one step."""


class VideoWall(KeyedWall):
    """Paints the newest picture of every pane, 25 times a second, and takes the officer's wishes by key and mouse.

    Signals:
        camera_dropped(object): A `CameraDrop`.
        change_refused(str): What could not be begun because the wall is locked: ``drag`` or ``drop``.
        menu_requested(object): A `MenuRequest`: the right button or the menu key, on a pane.
    """

    camera_dropped = Signal(object)
    change_refused = Signal(str)
    menu_requested = Signal(object)

    def __init__(self, source: FrameSource, parent: QWidget | None = None) -> None:
        super().__init__(source, parent)
        self._pressed = ""
        self._pressed_at = self._held_at = QPointF()
        self._carried = ""
        self._refused = False
        self._hint = HintBand(self)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)

    def hint(self, words: str, *, stay: bool = False) -> None:
        """Say over the panes why the wall did not do what was tried; it goes by itself, or with `stay` it does not."""
        self._hint.say(words, stay=stay)

    @property
    def hint_words(self) -> str:
        """What is said in passing now, or ""."""
        return self._hint.words

    def show_lock(self, *, locked: bool) -> None:
        """Let no pane be carried while the wall is locked; whoever tries is told by its presenter."""
        self._locked = locked

    @property
    def has_something_to_end(self) -> bool:
        """Whether Esc is the wall's own."""
        return bool(self._carried) or super().has_something_to_end

    def _step_back(self) -> bool:
        """Put down what is carried, else whatever else there is to end."""
        if self._carried:
            self._put_down()
            return True
        return super()._step_back()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the pane, or press one of its buttons."""
        point = event.position()
        name = self.pane_at(point.x(), point.y())
        if not name or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._select(name)
        self._pressed, self._pressed_at, self._held_at = name, point, point
        key = self._button_at(name, point)
        if key == "copy":
            self.asked.emit("copy")
        elif key:
            self.action_requested.emit(PaneChoice(self.view(name), key))

    def _button_at(self, name: str, point: QPointF) -> str:
        """Key of the button in a pane at a point of the wall, "" for none."""
        pane = self._panes.get(name)
        if pane is None or pane.overlay is None:
            return ""
        inside = point - self._placed[name].topLeft()
        if pane.overlay.copy.contains(inside):
            return "copy"
        return next((action.key for action, place in pane.overlay.buttons if place.contains(inside)), "")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Let the pane fill the wall, or restore the layout exactly as it was."""
        point = event.position()
        name = self.pane_at(point.x(), point.y())
        if name and event.button() == Qt.MouseButton.LeftButton and not self._button_at(name, point):
            self._activate(name)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the pane under the mouse, or, by key, of the selected one."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        point = self.pane_rect(self._selected).center() if by_key else QPointF(event.pos())
        name = self._selected if by_key else self.pane_at(point.x(), point.y())
        if name:
            self._select(name)
            self.menu_requested.emit(MenuRequest(self.view(name), self.mapToGlobal(point).toPoint()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show more about the pane under the mouse."""
        point = event.position()
        name = self.pane_at(point.x(), point.y())
        self._hover(name)
        if not self._pressed or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
        elif self.zoom(self._pressed) > 1.0:
            self._pan(point)
        else:
            self._carry(point, name)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put down the pane that was carried: onto another, where the two swap, or outside, where it is taken away."""
        carried, target = self._carried, self._drop_target
        outside = not self.rect().contains(event.position().toPoint())
        self._put_down()
        self._pressed, self._refused = "", False
        if carried and outside:
            self.clear_requested.emit(self.view(carried))
        elif carried and target and target != carried:
            self._select(target)
            self.swap_requested.emit(PaneSwap(carried, target))
        super().mouseReleaseEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Enlarge the picture under the cursor, or make it smaller again."""
        point = event.position()
        name = self.pane_at(point.x(), point.y())
        pane = self._panes.get(name)
        if pane is None or not pane.view.camera_id or pane.view.hide_picture:
            super().wheelEvent(event)
            return
        rect = self._placed[name]
        x, y = (point.x() - rect.left()) / rect.width(), (point.y() - rect.top()) / rect.height()
        steps = event.angleDelta().y() / _WHEEL_STEP
        self._select(name)
        self._look_through(name, pane.pictures.lens.stepped(steps, x, y))
        event.accept()

    def _pan(self, point: QPointF) -> None:
        pane, rect = self._panes.get(self._pressed), self._placed.get(self._pressed)
        if pane is None or rect is None:
            return
        moved = point - self._held_at
        self._held_at = point
        pane.pictures.lens = pane.pictures.lens.moved(moved.x() / rect.width(), moved.y() / rect.height())
        self._repaint(self._pressed)

    def _carry(self, point: QPointF, over: str) -> None:
        """Begin to carry the pane that was pressed when the mouse has gone far enough; show where it would go."""
        far = (point - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if not self._carried and far and not self._single and self.view(self._pressed).camera_id:
            if self._locked:
                self._refuse("drag")
                return
            self._carried = self._pressed
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._carried:
            self._aim(over if over != self._carried else "")
            away = not self.rect().contains(point.toPoint())
            self._hint.say(self.tr("松开：从墙上移除") if away else "", stay=True)

    def _refuse(self, what: str) -> None:
        """Tell once for each press of the mouse."""
        if not self._refused:
            self._refused = True
            self.change_refused.emit(what)

    def _put_down(self) -> None:
        if self._carried:
            self._carried = ""
            self.unsetCursor()
            self._aim("")
            self._hint.say("")

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
            if self._locked:
                self._refuse("drop")

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would go."""
        point = event.position()
        self._aim(self.pane_at(point.x(), point.y()))
        event.setAccepted(bool(self._drop_target) and not self._locked)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Show no target any more."""
        self._refused = False
        self._aim("")

    def dropEvent(self, event: QDropEvent) -> None:
        """Pass the camera on."""
        target = self._drop_target
        self._refused = False
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
