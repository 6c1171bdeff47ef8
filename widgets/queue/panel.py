"""The queue panel: head, list, and the states that stand in for the list."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from widgets.queue.head import QueueHeadBar
from widgets.queue.model import OrderListModel
from widgets.queue.rows import QueueHead
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
        state_action_requested(): The button of an error or offline state was pressed.
    """

    order_selected = Signal(object)
    order_activated = Signal(object)
    search_changed = Signal(object)
    chip_chosen = Signal(object)
    menu_picked = Signal(object)
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
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.view)
        line = QFrame(self)
        line.setProperty("separator", "true")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.head)
        box.addWidget(line)
        box.addWidget(body, 1)
        self.view.order_selected.connect(self.order_selected)
        self.view.order_activated.connect(self.order_activated)
        self.head.search_changed.connect(self.search_changed)
        self.head.chip_chosen.connect(self.chip_chosen)
        self.head.menu_picked.connect(self.menu_picked)
        self.head.list_wanted.connect(self._focus_list)
        self._overlay.action_requested.connect(self.state_action_requested)
        self.setTabOrder(self.head, self.view)

    def set_head(self, head: QueueHead) -> None:
        """Show counts and filters, and rows as tall as it says."""
        self.head.set_head(head)
        self.view.set_compact(compact=head.compact)

    def set_state(self, state: PanelState) -> None:
        """Show a state over the list, or the list itself for `widgets.states.READY`."""
        self._overlay.show_state(state)

    @Slot()
    def _focus_list(self) -> None:
        self.view.setFocus(Qt.FocusReason.TabFocusReason)
        if self.model.rowCount() and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(0))
