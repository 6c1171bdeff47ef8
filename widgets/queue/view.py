"""The list of orders: keyboard, selection and place kept by id while rows come and go."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from widgets.queue.delegate import OrderDelegate
from widgets.queue.model import ID_ROLE, OrderListModel
from widgets.theme import theme_holder

_STEPS = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}


class OrderListView(QListView):
    """Shows an `OrderListModel`.

    J and K or the arrows move, Enter opens. The chosen order stays chosen, and what the officer was reading stays
    where it was, however the sequence changes; a list that stands at its top stays there and shows what is new.

    Signals:
        order_selected(str): The officer moved to another order.
        order_activated(str): The officer opened one (Enter or double click).
    """

    order_selected = Signal(object)
    order_activated = Signal(object)

    def __init__(self, model: OrderListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._delegate = OrderDelegate(self)
        self._chosen = ""
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

    def chosen_id(self) -> str:
        """Give the id of the chosen order, or ""; it may have left the list since."""
        return self._chosen

    def choose(self, row_id: str) -> None:
        """Choose an order on behalf of another view: no signal; one that is not in the list leaves nothing marked."""
        self._chosen = row_id
        self._mark_chosen()
        position = self._model.position(row_id)
        if position >= 0:
            self.scrollTo(self._model.index(position))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with J and K, open with Enter; the rest is the list's own."""
        key = Qt.Key(event.key())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and key in _STEPS:
            self._step(_STEPS[key])
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._activate(self.currentIndex())
        else:
            super().keyPressEvent(event)

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
        if self._updating or row_id is None or row_id == self._chosen:
            return
        self._chosen = row_id
        self._chosen_position = current.row()
        self.order_selected.emit(row_id)

    # -- inside

    def _step(self, step: int) -> None:
        """Move by one; when the chosen order has left, start from where it stood."""
        current = self.currentIndex()
        target = current.row() + step if current.isValid() else self._chosen_position
        if self._model.rowCount():
            self.setCurrentIndex(self._model.index(max(0, min(target, self._model.rowCount() - 1))))

    @Slot(QModelIndex)
    def _activate(self, index: QModelIndex) -> None:
        row_id = index.data(ID_ROLE)
        if row_id is not None:
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
        position = self._model.position(self._chosen)
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
