"""The card on which an action on several orders is confirmed, watched and accounted for."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QScrollArea, QVBoxLayout, QWidget

from widgets.detail.form import ActionForm
from widgets.detail.order import ActionSpec
from widgets.float import FloatPage
from widgets.plain import plain_label, set_style_property
from widgets.theme import current_theme


@dataclass(frozen=True, slots=True)
class BulkPlan:
    """What is about to be done.

    Attributes:
        title: What it is.
        words: With how many of how many.
        closed: With how many not, and why, a line each.
        orders: The orders it will be done with, a line each.
        spec: The action; its label says with how many, its fields are asked for once for all. None: with none at all.
    """

    title: str
    words: str
    closed: tuple[str, ...]
    orders: tuple[str, ...]
    spec: ActionSpec | None


class BulkSheet(FloatPage):
    """First the plan, then its progress, then the account. Esc leaves the plan and the account, and stops the progress.

    Signals:
        confirmed(dict[str, str]): Do it, with these arguments for all.
        stop_requested(): Do no more.
    """

    confirmed = Signal(object)
    stop_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, 560)
        self.setAccessibleName(self.tr("批量操作"))
        self._running = False
        self._form: QWidget | None = None
        theme = current_theme()
        self.box.setSpacing(theme.space("s"))
        head = QHBoxLayout()
        self._title = plain_label("", "head", self.card, wrap=True)
        head.addWidget(self._title, 1)
        self._hint = plain_label("", "note", self.card)
        head.addWidget(self._hint)
        self.box.addLayout(head)
        self._words = plain_label("", "mid", self.card, wrap=True)
        self._closed = plain_label("", "", self.card, wrap=True)
        self._closed.setProperty("tone", "orange")
        self._orders = plain_label("", "low", self.card)
        self._orders.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._list = QScrollArea(self.card)
        self._list.setWidgetResizable(True)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setWidget(self._orders)
        self._list.viewport().setAutoFillBackground(False)
        self._list.setAccessibleName(self.tr("将处理的工单"))
        self._progress = QProgressBar(self.card)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("进度"))
        for widget in (self._words, self._closed, self._list, self._progress):
            self.box.addWidget(widget)
        self._form_place = QVBoxLayout()
        self.box.addLayout(self._form_place)
        self._buttons = QHBoxLayout()
        self._go = QPushButton(self.card)
        set_style_property(self._go, "primary", "true")
        self._end = QPushButton(self.card)
        self._buttons.addWidget(self._go)
        self._buttons.addWidget(self._end)
        self._buttons.addStretch(1)
        self.box.addLayout(self._buttons)
        self._go.clicked.connect(self._confirm)
        self._end.clicked.connect(self._leave_or_stop)

    def show_plan(self, plan: BulkPlan) -> None:
        """Come up with a plan."""
        self._clear_form()
        self._running = False
        self._show_words(plan.title, plan.words, plan.closed, self.tr("Esc 取消"))
        self._orders.setText("\n".join(plan.orders))
        self._orders.setAccessibleName(self._orders.text())
        line = self._orders.fontMetrics().lineSpacing()
        self._list.setFixedHeight(min(len(plan.orders), 8) * line + 2)
        self._list.setVisible(bool(plan.orders))
        self._progress.hide()
        if not self.isVisible():
            self.open()
        spec = plan.spec
        if spec is not None and spec.fields:
            form = ActionForm(spec, {}, self.card)
            form.submitted.connect(self.confirmed)
            form.cancelled.connect(self.leave)
            self._form = form
            self._form_place.addWidget(form)
            form.show()
            self._show_buttons("", "")
            form.focus_first()
        else:
            self._show_buttons(spec.label if spec is not None else "", self.tr("取消") if spec else self.tr("关闭"))
        self.place_card()

    def show_progress(self, done: int, total: int, words: str) -> None:
        """Show how far it is."""
        if not self._running:
            self._running = True
            self._clear_form()
            self._list.hide()
            self._progress.show()
            self._show_buttons("", self.tr("停止"))
            self._hint.setText(self.tr("Esc 停止"))
            self.place_card()
        self._progress.setRange(0, max(1, total))
        self._progress.setValue(done)
        self._words.setText(words)

    def show_account(self, title: str, words: str, closed: tuple[str, ...]) -> None:
        """Say what became of it."""
        self._running = False
        self._clear_form()
        self._list.hide()
        self._progress.hide()
        self._show_words(title, words, closed, self.tr("Enter 关闭"))
        self._show_buttons("", self.tr("关闭"))
        self.place_card()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops what runs, otherwise it leaves."""
        if self._running and event.key() == Qt.Key.Key_Escape:
            self.stop_requested.emit()
        else:
            super().keyPressEvent(event)

    def leave(self) -> None:
        """Stay while something runs: it would go on unseen."""
        if not self._running:
            self._clear_form()
            super().leave()

    # -- inside

    def _show_words(self, title: str, words: str, closed: tuple[str, ...], hint: str) -> None:
        self._title.setText(title)
        self._words.setText(words)
        self._closed.setText("\n".join(closed))
        self._closed.setVisible(bool(closed))
        self._hint.setText(hint)
        self.card.setAccessibleName(" ".join([title, words, *closed]))

    def _show_buttons(self, go: str, end: str) -> None:
        for button, label in ((self._go, go), (self._end, end)):
            button.setText(label.replace("&", "&&"))
            button.setAccessibleName(label)
            button.setVisible(bool(label))
            button.setAutoDefault(True)  # Enter presses it, as Space does
        first = self._go if go else self._end
        if first.isVisible():
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _confirm(self) -> None:
        self.confirmed.emit({})

    @Slot()
    def _leave_or_stop(self) -> None:
        if self._running:
            self.stop_requested.emit()
        else:
            self.leave()

    def _clear_form(self) -> None:
        form, self._form = self._form, None
        if form is not None:
            self._form_place.removeWidget(form)
            form.hide()
            form.deleteLater()
