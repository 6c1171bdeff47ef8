"""The wall under the keyboard: selection, numbers, digital zoom, and the keys that mean a wish."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from widgets.wall.frames import FrameSource
from widgets.wall.layouts import neighbour
from widgets.wall.lens import WHOLE, Lens
from widgets.wall.numbers import NumberEntry, Typed
from widgets.wall.panes import PaneChoice, PaneSwap, pane_name
from widgets.wall.stage import WallStage

_NONE, _CONTROL, _ALT, _SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
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
_DIGITS = tuple(Qt.Key(Qt.Key.Key_0 + digit) for digit in range(10))
_CLAIMED = frozenset({*_DIGITS, Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Space})
"""Plain keys that the desk must not take for shortcuts while the wall has the focus."""
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


_ZOOMS = {Qt.Key.Key_Plus: 1.0, Qt.Key.Key_Equal: 1.0, Qt.Key.Key_Minus: -1.0}
"""Steps of a zoom; on most keyboards the plus is the key of the equals sign."""
_PAN = 0.125
"""Share of the pane by which Shift and an arrow move an enlarged picture."""


class KeyedWall(WallStage):
    """What can be done at the wall without a mouse.

    Signals:
        pane_activated(object): The `PaneView` of a pane that was entered; it is single now or was.
        action_requested(object): A `PaneChoice`: a button in a pane was pressed.
        swap_requested(object): A `PaneSwap`: two panes are to change places.
        clear_requested(object): The `PaneView` of a pane that is to be empty.
        shot_requested(object): A `PaneShot`: keep what this pane shows.
        zoomed(str): A pane's picture is enlarged otherwise than before.
        asked(str): A key was pressed that means one of `_WISHES`.
        number_typed(object): A `Typed`: the number of a camera is being typed; its `camera` is "" when it is given up.
        number_called(object): A `Typed`: that camera is wanted in that pane.
    """

    pane_activated = Signal(object)
    action_requested = Signal(object)
    swap_requested = Signal(object)
    clear_requested = Signal(object)
    shot_requested = Signal(object)
    zoomed = Signal(str)
    asked = Signal(str)
    number_typed = Signal(object)
    number_called = Signal(object)

    def __init__(self, source: FrameSource, parent: QWidget | None = None) -> None:
        super().__init__(source, parent)
        self._numbers = NumberEntry()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def event(self, event: QEvent) -> bool:
        """Claim the wall's keys, some of which are shortcuts of the desk; Escape while there is something to end."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._claims(event):
            event.accept()
            return True
        return super().event(event)

    @property
    def has_something_to_end(self) -> bool:
        """Whether Esc is the wall's own: something is typed, enlarged or single."""
        return bool(self._single or self._numbers.calling or self.zoom(self._selected) > 1.0)

    def _claims(self, event: QKeyEvent) -> bool:
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Escape:
            return self.has_something_to_end
        ours = key in _CLAIMED and modifiers == _NONE
        ours |= key in _ARROWS and modifiers in {_CONTROL, _SHIFT}
        ours |= key in _ZOOMS and modifiers in {_NONE, _SHIFT}
        return ours or (key, modifiers) in _WISHES

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and numbers select, Enter makes single or restores, Esc takes back step by step.

        With Ctrl, arrows carry the pane's picture to the next pane; with Shift they move what is seen of it enlarged.
        Digits that are no pane's call a camera with Enter, see `NumberEntry`.
        Space presses the pane's first button, Del empties the pane, Alt+S keeps its picture.
        """
        key = Qt.Key(event.key())
        if key in _ARROWS and self._go(event.modifiers(), *_ARROWS[key]):
            pass
        elif key in _ZOOMS and not event.modifiers() & (_CONTROL | _ALT):
            self._zoom(_ZOOMS[key])
        elif wish := _WISHES.get((key, event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)):
            self.asked.emit(wish)
        elif key in _DIGITS and not event.modifiers() & (_CONTROL | _ALT):
            self._type(str(_DIGITS.index(key)))
        elif key == Qt.Key.Key_Backspace and (typed := self._numbers.take_back()):
            self.number_typed.emit(typed)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _ALT:
            self._enter()
        elif (key != Qt.Key.Key_Escape or not self._step_back()) and not self._do_to_pane(key, event.modifiers()):
            super().keyPressEvent(event)

    def _do_to_pane(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Do something to the selected pane; False if the key means nothing for it now."""
        view = self.view(self._selected)
        if key == Qt.Key.Key_Delete and view.camera_id:
            self.clear_requested.emit(view)
        elif key == Qt.Key.Key_S and modifiers & _ALT:
            self.keep_picture()
        elif key == Qt.Key.Key_Space and view.actions:
            self.action_requested.emit(PaneChoice(view, view.actions[0].key))
        else:
            return False
        return True

    def _go(self, modifiers: Qt.KeyboardModifier, dx: int, dy: int) -> bool:
        """Do what an arrow means; False if it means nothing now."""
        if modifiers & _SHIFT:
            lens = self.lens(self._selected)
            self._look_through(self._selected, lens.moved(-dx * _PAN, -dy * _PAN))
            return not lens.whole
        if self._single:
            return False
        target = pane_name(neighbour(self._boxes, int(self._selected) - 1, dx, dy))
        if not modifiers & _CONTROL:
            self._select(target)
        elif target != self._selected and (camera_id := self.view(self._selected).camera_id):
            self.swap_requested.emit(PaneSwap(self._selected, target))
            if self.view(target).camera_id == camera_id:  # a locked wall refuses
                self._select(target)
        return True

    def _zoom(self, steps: float) -> None:
        """Enlarge the selected picture in its middle, as the wheel does under the cursor."""
        view = self.view(self._selected)
        if view.camera_id and not view.hide_picture:
            lens = self.lens(self._selected)
            self._look_through(self._selected, lens.stepped(steps, 0.5, 0.5))

    def _step_back(self) -> bool:
        """Let go of what is typed, else see the whole picture again, else restore the layout."""
        if self._numbers.calling:
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

    def _look_through(self, name: str, lens: Lens) -> None:
        pane = self._panes.get(name)
        if pane is not None and lens != pane.pictures.lens:
            pane.pictures.lens = lens
            self._repaint(name)
            self.zoomed.emit(name)
