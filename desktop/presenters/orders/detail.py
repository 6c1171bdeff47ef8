"""The detail panel: shows the selected order, and turns what the officer does into operations."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from desktop.central.schema import Expect
from desktop.domain.workflow import RULES, missing_arguments
from desktop.events import Changed, OutboxChanged
from desktop.presenters.context import Context
from desktop.presenters.orders.detail_content import order_detail
from desktop.presenters.orders.photos import PhotosPresenter
from desktop.presenters.orders.subject import Subject, read_subject
from desktop.presenters.wording import fault_words, words_of
from desktop.reads import Refresh
from desktop.selection import Selected
from storage.records import OpRecord
from widgets.detail.order import ActionRequest, LinkLine
from widgets.detail.panel import DetailPanel

_REFRESH_MS = 100


class DetailPresenter(QObject):
    """Keeps the detail panel in step with the selected order.

    Signals:
        told(Words): something for the message strip: an operation was refused before it was written.
        saved(str): an operation on this order id is durable.
    """

    told = Signal(object)
    saved = Signal(str)

    def __init__(self, panel: DetailPanel, photos: PhotosPresenter, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._panel = panel
        self._photos = photos
        self._context = context
        self._order_id = ""
        self._seen = Expect()
        self._refresh = Refresh(self._read, _REFRESH_MS, self)
        panel.action_requested.connect(self._on_action)
        panel.link_activated.connect(self._on_link)
        context.selection.changed.connect(self._on_selection)

    @Slot(object)
    def on_changed(self, event: Changed) -> None:
        """Take news of the order shown."""
        if event.kind == "work_order" and self._order_id in event.upserted | event.removed:
            self._refresh.request()

    @Slot(object)
    def on_outbox_changed(self, event: OutboxChanged) -> None:
        """Take news of the operations on the order shown."""
        if ("work_order", self._order_id) in event.targets:
            self._refresh.request()

    def reload(self) -> None:
        """Read again."""
        if self._order_id:
            self._refresh.request()

    @Slot(object)
    def _on_selection(self, selected: Selected) -> None:
        self._order_id = selected.id if selected.kind == "work_order" else ""
        if self._order_id:
            self._refresh.request()
        else:
            self._panel.clear()

    def _read(self) -> None:
        self._context.reads.ask(
            self._on_read,
            read_subject,
            self._context.cache,
            self._context.duty,
            self._context.book,
            self._context.directory,
            self._order_id,
            failed=self._on_fault,
        )

    @Slot(object)
    def _on_read(self, subject: Subject | None) -> None:
        self._refresh.finished()
        if subject is None:
            self._photos.withdraw()
            self._panel.show_withdrawn(self._order_id)
            return
        if subject.record.id != self._order_id:
            return  # the officer has gone on to another order meanwhile
        detail, order = order_detail(subject, self._context.directory, self._context.officer(), self._context.now())
        self._seen = Expect(ver=subject.record.ver, state=order.state)
        photos = self._photos.show(subject.record.id, order.attachments)
        self._panel.show_order(replace(detail, photos=photos))
        self._photos.bring()

    def _on_fault(self, fault: BaseException) -> None:
        self._refresh.finished()
        self.told.emit(fault_words(fault))

    @Slot(object)
    def _on_action(self, request: ActionRequest) -> None:
        if request.verb == "attach":
            self._photos.choose()
            return
        args: dict[str, Any] = dict(request.args)
        if missing_arguments(request.verb, args):
            self.told.emit(words_of("workflow.arguments"))
            return
        future = self._context.record("work_order", request.order_id, request.verb, args, self._seen)
        self._context.tasks.follow(future, self._on_recorded, self._on_refused)
        target = RULES[request.verb].target
        if target is not None:
            # The next key may come before the screen has followed: it is meant for what this one leads to.
            self._seen = Expect(ver=self._seen.ver, state=target.value)

    @Slot(object)
    def _on_link(self, line: LinkLine) -> None:
        self._context.selection.select(line.kind, line.id)

    @Slot(object)
    def _on_recorded(self, op: OpRecord) -> None:
        self.saved.emit(op.id)

    def _on_refused(self, fault: BaseException) -> None:
        self.told.emit(fault_words(fault))
