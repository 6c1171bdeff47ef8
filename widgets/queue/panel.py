"""The queue panel: head, list, and the states that stand in for the list."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from widgets.queue.columns import ColumnHeader
from widgets.queue.filters import fill_menu
from widgets.queue.head import QueueHeadBar
from widgets.queue.marks_bar import MarksBar
from widgets.queue.model import OrderListModel
from widgets.queue.rows import MenuGroup, QueueHead
from widgets.queue.view import OrderListView
from widgets.states import PanelState, StateOverlay


class QueuePanel(QWidget):
    """工单: what is burning and what is late, newest trouble first.

    The owner feeds `model` and answers its requests; the panel forwards what the officer does.

    Signals:
        order_selected(str): Id of the order the officer moved to.
        order_activated(str): Id of the order the officer opened.
        search_changed(str): Words of the search field.
        chip_chosen(str): Key of the filter chosen.
        menu_picked(str): ``group/key`` of what was picked behind ＋筛选.
        columns_laid_out(tuple[tuple[str, int], ...]): Columns were moved or widened.
        marks_changed(): Others are marked (see `OrderListModel.marks`).
        all_wanted(str): All of the list are to be marked, or of the group with this id.
        group_toggled(str): The group with this id is to be folded or unfolded.
        bulk_requested(str): The verb is meant for all that are marked.
        state_action_requested(): The button of an error or offline state was pressed.
    """

    order_selected = Signal(object)
    order_activated = Signal(object)
    search_changed = Signal(object)
    chip_chosen = Signal(object)
    menu_picked = Signal(object)
    columns_laid_out = Signal(object)
    marks_changed = Signal()
    all_wanted = Signal(object)
    group_toggled = Signal(object)
    bulk_requested = Signal(object)
    state_action_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("panel", "true")
        self.model = OrderListModel(self)
        self.head = QueueHeadBar(self)
        body = QWidget(self)
        self.view = OrderListView(self.model, body)
        self._overlay = StateOverlay(body)
        self._column_menu: tuple[MenuGroup, ...] = ()
        self._chooser = QMenu(self)
        self._chooser.triggered.connect(self._pick_column)
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        self.columns = ColumnHeader(body)
        self.columns.hide()
        self.marks_bar = MarksBar(body)
        inner.addWidget(self.columns)
        inner.addWidget(self.view, 1)
        inner.addWidget(self.marks_bar)
        line = QFrame(self)
        line.setProperty("separator", "true")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.head)
        box.addWidget(line)
        box.addWidget(body, 1)
        self._join()
        self.setTabOrder(self.head, self.columns)
        self.setTabOrder(self.columns, self.view)
        self.setTabOrder(self.view, self.marks_bar)

    def _join(self) -> None:
        self.view.order_selected.connect(self.order_selected)
        self.view.order_activated.connect(self.order_activated)
        self.head.search_changed.connect(self.search_changed)
        self.head.chip_chosen.connect(self.chip_chosen)
        self.head.menu_picked.connect(self.menu_picked)
        self.head.list_wanted.connect(self._focus_list)
        self._overlay.action_requested.connect(self.state_action_requested)
        self.view.marks_changed.connect(self.marks_changed)
        self.view.all_wanted.connect(self.all_wanted)
        self.view.group_toggled.connect(self.group_toggled)
        self.view.letter_pressed.connect(self.marks_bar.press_letter)
        self.marks_bar.verb_chosen.connect(self.bulk_requested)
        self.marks_bar.clear_requested.connect(self._unmark)
        self.columns.placed.connect(self.view.set_columns)
        self.columns.laid_out.connect(self.columns_laid_out)
        self.columns.sort_requested.connect(self._sort_by)
        self.columns.chooser_requested.connect(self._choose_columns)
        self.columns.list_wanted.connect(self._focus_list)
        self.view.horizontalScrollBar().valueChanged.connect(self.columns.setOffset)

    def set_head(self, head: QueueHead) -> None:
        """Show counts and filters, and rows as tall as it says."""
        self.head.set_head(head)
        self.view.set_compact(compact=head.compact)
        self.columns.setVisible(bool(head.columns))
        self._column_menu = tuple(group for group in head.menu if group.key == "columns")
        if head.columns:
            self.columns.show_columns(head.columns, head.sort, descending=head.descending)
        else:
            self.view.set_columns(())

    def set_state(self, state: PanelState) -> None:
        """Show a state over the list, or the list itself for `widgets.states.READY`."""
        self._overlay.show_state(state)

    @Slot(object)
    def _sort_by(self, sort: str) -> None:
        self.menu_picked.emit(f"sort/{sort}")

    @Slot(QPoint)
    def _choose_columns(self, at: QPoint) -> None:
        fill_menu(self._chooser, tuple(replace(group, label="") for group in self._column_menu))
        self._chooser.popup(at)

    @Slot(QAction)
    def _pick_column(self, action: QAction) -> None:
        self.menu_picked.emit(action.data())

    @Slot()
    def _unmark(self) -> None:
        self.view.unmark()
        self._focus_list()

    @Slot()
    def _focus_list(self) -> None:
        self.view.setFocus(Qt.FocusReason.TabFocusReason)
        if self.model.rowCount() and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(0))
