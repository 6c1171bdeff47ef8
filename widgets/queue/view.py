"""The list of orders: keyboard, selection and place kept by id while rows come and go."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from widgets.queue.delegate import OrderDelegate
from widgets.queue.model import ID_ROLE, OrderListModel
from widgets.queue.rows import is_group
from widgets.queue.table_row import Column
from widgets.theme import theme_holder

_STEPS = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_NEAR_ROWS = 20
_LETTERS = range(Qt.Key.Key_A, Qt.Key.Key_Z + 1)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SHIFT, _CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class OrderListView(QListView):
    """Shows an `OrderListModel`.

    J and K or the arrows move, Enter opens. The chosen order stays chosen, and what the officer was reading stays
    where it was, however the sequence changes; a list that stands at its top stays there and shows what is new.

    X marks an order for something that is done to several; with Shift moving marks on the way, Ctrl or Shift with a
    click marks one or a stretch, Ctrl+A all, Esc none. While some are marked, letters are meant for all of them.
    On the head of a group Enter, Left and Right fold it, X marks what is in it.

    Signals:
        order_selected(str): The officer moved to another order.
        order_activated(str): The officer opened one (Enter or double click).
        marks_changed(): Others are marked (see `OrderListModel.marks`).
        all_wanted(str): All of the list are to be marked, or all of the group with this id.
        letter_pressed(str): A letter, while orders are marked.
        group_toggled(str): The group with this id is to be folded or unfolded.
    """

    order_selected = Signal(object)
    order_activated = Signal(object)
    marks_changed = Signal()
    all_wanted = Signal(object)
    letter_pressed = Signal(object)
    group_toggled = Signal(object)

    def __init__(self, model: OrderListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._delegate = OrderDelegate(self)
        self._chosen = ""
        self._head = ""
        self._chosen_position = 0
        self._anchor: tuple[str, int] | None = None
        self._updating = False
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(self.tr("工单列表"))
        model.update_started.connect(self._remember_place)
        model.update_finished.connect(self._restore_place)
        self.doubleClicked.connect(self._activate)
        theme_holder().theme_changed.connect(self._take_theme)
        self._take_theme()

    def set_compact(self, *, compact: bool) -> None:
        """Show one line per order instead of two."""
        if compact == self._delegate.compact:
            return
        self._delegate.compact = compact
        self._take_theme()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show a table of these columns, or rows without columns for none."""
        if tuple(columns) == self._delegate.columns:
            return
        as_needed = Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setHorizontalScrollBarPolicy(as_needed if columns else Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate.columns = tuple(columns)
        self._take_theme()

    def chosen_id(self) -> str:
        """Give the id of the chosen order, or ""; it may have left the list since."""
        return self._chosen

    def choose(self, row_id: str) -> None:
        """Choose an order on behalf of another view: no signal; one that is not in the list leaves nothing marked."""
        self._chosen = row_id
        self._head = ""
        self._mark_chosen()
        position = self._model.position(row_id)
        if position >= 0:
            self.scrollTo(self._model.index(position))

    def seen_ids(self) -> Sequence[str]:
        """Give the ids of the rows in sight and of some above and below."""
        viewport = self.viewport().rect()
        top, bottom = self.indexAt(viewport.topLeft()), self.indexAt(viewport.bottomLeft())
        first = max(0, top.row() - _NEAR_ROWS)
        last = bottom.row() if bottom.isValid() else self._model.rowCount()
        return self._model.ids()[first : last + _NEAR_ROWS]

    def mark(self, row_ids: Sequence[str]) -> None:
        """Mark further orders."""
        self._model.marks.add(row_ids)
        self._tell_marks()

    def unmark(self, row_ids: Sequence[str] | None = None) -> None:
        """Unmark these, or all."""
        marks = self._model.marks
        if row_ids is None and len(marks):
            marks.clear()
            self._tell_marks()
        elif row_ids is not None and marks.remove(row_ids):
            self._tell_marks()

    def event(self, event: QEvent) -> bool:
        """Keep the letters from the actions of the one chosen order while several are marked."""
        asks = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if asks and self._model.marks and _is_plain(event) and event.key() in (*_LETTERS, Qt.Key.Key_Escape):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, mark, open and fold; the rest is the list's own."""
        key = Qt.Key(event.key())
        if _is_plain(event):
            handled = self._press_plain(key)
        elif event.modifiers() == _SHIFT and key in _STEPS:
            handled = self._stretch_by(_STEPS[key])
        elif event.modifiers() == _CONTROL and key == Qt.Key.Key_A:
            self.all_wanted.emit("")
            handled = True
        else:
            handled = False
        if not handled:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose; with Ctrl or on the box mark one, with Shift a stretch; fold a group."""
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            super().mousePressEvent(event)
            return
        row_id = index.data(ID_ROLE)
        if is_group(row_id):
            self.setCurrentIndex(index)
            self.group_toggled.emit(row_id)
        elif event.modifiers() & _SHIFT:
            self._stretch_to(index)
        elif event.modifiers() & _CONTROL:
            self._begin_with_chosen()
            self.setCurrentIndex(index)
            self._toggle(row_id)
        elif self._model.marks and event.position().x() - self.visualRect(index).left() < self._delegate.box_width():
            self._toggle(row_id)
        else:
            self.unmark()
            super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keys; Qt goes to the first row where none is current, though another order may be chosen."""
        was_updating, self._updating = self._updating, bool(self._chosen)
        super().focusInEvent(event)
        self._updating = was_updating

    def keyboardSearch(self, _search: str) -> None:
        """Search in the field, not by letters typed into the list: those are actions."""

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell which order the officer moved to, unless the list itself is being changed."""
        super().currentChanged(current, previous)
        row_id = current.data(ID_ROLE)
        if self._updating or row_id is None:
            return
        self._head = row_id if is_group(row_id) else ""
        if self._head or row_id == self._chosen:
            return
        self._chosen = row_id
        self._chosen_position = current.row()
        self.order_selected.emit(row_id)

    # -- inside

    def _press_plain(self, key: Qt.Key) -> bool:
        current = self.currentIndex()
        row_id = current.data(ID_ROLE) or ""
        on_head = is_group(row_id)
        marked = bool(self._model.marks)
        match key:
            case _ if key in _STEPS:
                self._step(_STEPS[key])
            case Qt.Key.Key_X if on_head:
                self.all_wanted.emit(row_id)
            case Qt.Key.Key_X if row_id:
                self._toggle(row_id)
            case _ if on_head and key in (*_ENTER, *self._folding_keys(row_id)):
                self.group_toggled.emit(row_id)
            case _ if key in _ENTER:
                self._activate(current)
            case Qt.Key.Key_Escape if marked:
                self.unmark()
            case _ if marked and key in _LETTERS:
                self.letter_pressed.emit(chr(key))
            case _:
                return False
        return True

    def _folding_keys(self, row_id: str) -> tuple[Qt.Key, ...]:
        head = self._model.row(row_id)
        if head is None:
            return ()
        return (Qt.Key.Key_Right if head.folded else Qt.Key.Key_Left,)

    def _toggle(self, row_id: str) -> None:
        self._model.marks.toggle(row_id)
        self._tell_marks()

    def _begin_with_chosen(self) -> None:
        """The first mark takes the chosen order along: it already looks like one of them."""
        marks = self._model.marks
        if not marks and self._model.position(self._chosen) >= 0:
            marks.toggle(self._chosen)

    def _stretch_by(self, step: int) -> bool:
        current = self.currentIndex()
        if current.isValid():
            self._stretch_to(self._model.index(max(0, min(current.row() + step, self._model.rowCount() - 1))))
        return True

    def _stretch_to(self, index: QModelIndex) -> None:
        marks = self._model.marks
        if self._model.position(marks.anchor) < 0:
            marks.begin(self.currentIndex().data(ID_ROLE) or index.data(ID_ROLE))
        first, last = sorted((self._model.position(marks.anchor), index.row()))
        marks.stretch([row_id for row_id in self._model.ids()[first : last + 1] if not is_group(row_id)])
        self.setCurrentIndex(index)
        self._tell_marks()

    def _tell_marks(self) -> None:
        self._model.marks_changed()
        self.marks_changed.emit()

    def _step(self, step: int) -> None:
        """Move by one; when the chosen order has left, start from where it stood."""
        current = self.currentIndex()
        target = current.row() + step if current.isValid() else self._chosen_position
        if self._model.rowCount():
            self.setCurrentIndex(self._model.index(max(0, min(target, self._model.rowCount() - 1))))

    @Slot(QModelIndex)
    def _activate(self, index: QModelIndex) -> None:
        row_id = index.data(ID_ROLE)
        if row_id is not None and not is_group(row_id):
            self.order_activated.emit(row_id)

    @Slot()
    def _remember_place(self) -> None:
        self._updating = True
        top = self.indexAt(self.viewport().rect().topLeft())
        at_top = self.verticalScrollBar().value() == 0
        self._anchor = None if at_top or not top.isValid() else (top.data(ID_ROLE), self.visualRect(top).top())

    @Slot()
    def _restore_place(self) -> None:
        self._mark_chosen()
        if self._anchor is not None:
            position = self._model.position(self._anchor[0])
            if position >= 0:
                self.executeDelayedItemsLayout()
                moved = self.visualRect(self._model.index(position)).top() - self._anchor[1]
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + moved)
        self._updating = False

    def _mark_chosen(self) -> None:
        was_updating, self._updating = self._updating, True
        position = self._model.position(self._head)
        position = position if position >= 0 else self._model.position(self._chosen)
        selection = self.selectionModel()
        if position >= 0:
            self._chosen_position = position
            selection.setCurrentIndex(self._model.index(position), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        else:
            selection.clearSelection()
            selection.setCurrentIndex(QModelIndex(), QItemSelectionModel.SelectionFlag.NoUpdate)
        self._updating = was_updating

    @Slot(object)
    def _take_theme(self, _theme: object = None) -> None:
        self.scheduleDelayedItemsLayout()
        self.verticalScrollBar().setSingleStep(self._delegate.row_height())
        self.viewport().update()


def _is_plain(event: QKeyEvent) -> bool:
    return event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
