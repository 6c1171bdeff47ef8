"""The video wall as the officer uses it: selection, keys, mouse, digital zoom, and cameras dropped on panes."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from widgets.cameradrag import CAMERA_MIME
from widgets.wall.frames import FrameSource
from widgets.wall.hint import HintBand
from widgets.wall.layouts import neighbour
from widgets.wall.lens import WHOLE, Lens
from widgets.wall.menu import MenuRequest
from widgets.wall.numbers import NumberEntry, Typed
from widgets.wall.panes import CameraDrop, PaneChoice, PaneSwap, pane_name
from widgets.wall.stage import WallStage

_WHEEL_STEP = 120  # eighths of a degree
_NONE, _CONTROL, _ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
_WISHES = {
    (Qt.Key.Key_Z, _CONTROL): "undo",
    (Qt.Key.Key_Y, _CONTROL): "redo",
    (Qt.Key.Key_Z, _CONTROL | Qt.KeyboardModifier.ShiftModifier): "redo",
    (Qt.Key.Key_L, _CONTROL): "lock",
    (Qt.Key.Key_S, _CONTROL): "save",
    (Qt.Key.Key_C, _CONTROL): "copy",
    (Qt.Key.Key_G, _NONE): "layouts",
    (Qt.Key.Key_V, _NONE): "views",
    (Qt.Key.Key_F, _NONE): "tree",
    (Qt.Key.Key_I, _NONE): "details",
    (Qt.Key.Key_I, _ALT): "details.all",
    (Qt.Key.Key_W, _NONE): "windows",
    (Qt.Key.Key_O, _NONE): "fault",
    (Qt.Key.Key_T, _NONE): "tour",
    (Qt.Key.Key_P, _NONE): "ptz",
    (Qt.Key.Key_A, _NONE): "seen",
    (Qt.Key.Key_R, _NONE): "replay",
    (Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier): "replay.pause",
    (Qt.Key.Key_M, _NONE): "sound",
    (Qt.Key.Key_U, _ALT): "sound",
    (Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier): "attach",
}
"""Keys of the wall that its panel and presenters see to."""
_COPY = "copy"
_DIGITS = tuple(Qt.Key(Qt.Key.Key_0 + digit) for digit in range(10))
_CLAIMED = frozenset({*_DIGITS, Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Space})
"""Plain keys that the desk must not take for shortcuts while the wall has the focus."""
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
        action_requested(object): A `PaneChoice`: a button in a pane was pressed.
        camera_dropped(object): A `CameraDrop`.
        swap_requested(object): A `PaneSwap`: one pane was dragged onto another.
        clear_requested(object): The `PaneView` of a pane that is to be empty.
        shot_requested(object): A `PaneShot`: keep what this pane shows.
        zoomed(str): A pane's picture is enlarged otherwise than before.
        asked(str): A key was pressed that means one of `_WISHES`.
        number_typed(object): A `Typed`: the number of a camera is being typed; its `camera` is "" when it is given up.
        number_called(object): A `Typed`: that camera is wanted in that pane.
        change_refused(str): What could not be begun because the wall is locked: ``drag`` or ``drop``.
        menu_requested(object): A `MenuRequest`: the right button or the menu key, on a pane.
    """

    pane_activated = Signal(object)
    action_requested = Signal(object)
    camera_dropped = Signal(object)
    swap_requested = Signal(object)
    clear_requested = Signal(object)
    shot_requested = Signal(object)
    zoomed = Signal(str)
    asked = Signal(str)
    number_typed = Signal(object)
    number_called = Signal(object)
    change_refused = Signal(str)
    menu_requested = Signal(object)

    def __init__(self, source: FrameSource, parent: QWidget | None = None) -> None:
        super().__init__(source, parent)
        self._numbers = NumberEntry()
        self._pressed = ""
        self._pressed_at = self._held_at = QPointF()
        self._carried = ""
        self._refused = False
        self._hint = HintBand(self)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

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

    def event(self, event: QEvent) -> bool:
        """Claim the wall's keys, some of which are shortcuts of the desk; Escape while there is something to end."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._claims(event):
            event.accept()
            return True
        return super().event(event)

    @property
    def has_something_to_end(self) -> bool:
        """Whether Esc is the wall's own: something is carried, typed, enlarged or single."""
        return bool(self._carried or self._single or self._numbers.calling or self.zoom(self._selected) > 1.0)

    def _claims(self, event: QKeyEvent) -> bool:
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Escape:
            return self.has_something_to_end
        return (modifiers == _NONE and key in _CLAIMED) or (key, modifiers) in _WISHES

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and numbers select, Enter makes single or restores, Esc takes back step by step.

        Digits that are no pane's call a camera with Enter, see `NumberEntry`.
        Space presses the pane's first button, Del empties the pane, Alt+S keeps its picture.
        """
        key = Qt.Key(event.key())
        if key in _ARROWS and not self._single:
            place = neighbour(self._boxes, int(self._selected) - 1, *_ARROWS[key])
            self._select(pane_name(place))
        elif wish := _WISHES.get((key, event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)):
            self.asked.emit(wish)
        elif key in _DIGITS and not event.modifiers() & (_CONTROL | _ALT):
            self._type(str(_DIGITS.index(key)))
        elif key == Qt.Key.Key_Backspace and (typed := self._numbers.take_back()):
            self.number_typed.emit(typed)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _ALT:
            self._enter()
        elif key == Qt.Key.Key_Escape and self._step_back():
            pass
        elif key == Qt.Key.Key_Delete and self.view(self._selected).camera_id:
            self.clear_requested.emit(self.view(self._selected))
        elif key == Qt.Key.Key_S and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.keep_picture()
        elif key == Qt.Key.Key_Space and (actions := self.view(self._selected).actions):
            self.action_requested.emit(PaneChoice(self.view(self._selected), actions[0].key))
        else:
            super().keyPressEvent(event)

    def _step_back(self) -> bool:
        """Let go of what is carried or typed, else see the whole picture again, else restore the layout."""
        if self._carried:
            self._put_down()
        elif self._numbers.calling:
            self._numbers.cancel()
            self.number_typed.emit(Typed(self._selected))
        elif self.zoom(self._selected) > 1.0:
            self._look_through(self._selected, WHOLE)
        elif self._single:
            self.set_single("")
        else:
            return False
        return True

    def activate(self) -> None:
        """Let the selected pane fill the wall, or restore the layout, as Enter does."""
        self._activate(self._selected)

    def keep_picture(self) -> None:
        """Ask that the selected pane's picture be kept, as Alt+S does."""
        shot = self.shot(self._selected)
        if shot is not None:
            self.shot_requested.emit(shot)

    def _type(self, digit: str) -> None:
        """Select a pane by its number, or go on with the number of a camera."""
        typed = self._numbers.add(digit, self._selected, self.pane_names(), self._clock.elapsed())
        self._select(typed.pane)
        if self._single:
            self.set_single(typed.pane)
        if typed.camera:
            self.number_typed.emit(typed)

    def _enter(self) -> None:
        """Call the camera whose number is typed; without one, make the pane single or restore the layout."""
        called = None if self._numbers.expired(self._clock.elapsed()) else self._numbers.finish()
        if called is None:
            self._numbers.cancel()
            self._activate(self._selected)
        else:
            self.number_called.emit(called)

    def _activate(self, name: str) -> None:
        self._select(name)
        self.set_single("" if self._single else name)
        self.pane_activated.emit(self.view(name))

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
        if key == _COPY:
            self.asked.emit(_COPY)
        elif key:
            self.action_requested.emit(PaneChoice(self.view(name), key))

    def _button_at(self, name: str, point: QPointF) -> str:
        """Key of the button in a pane at a point of the wall, "" for none."""
        pane = self._panes.get(name)
        if pane is None or pane.overlay is None:
            return ""
        inside = point - self._placed[name].topLeft()
        if pane.overlay.copy.contains(inside):
            return _COPY
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

    def _look_through(self, name: str, lens: Lens) -> None:
        pane = self._panes.get(name)
        if pane is not None and lens != pane.pictures.lens:
            pane.pictures.lens = lens
            self._repaint(name)
            self.zoomed.emit(name)

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
