"""What dispatching has learnt of past orders: fed from the cache bit by bit, asked when an order is looked at."""

from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.central.lenient import read_as
from desktop.central.schema import WorkOrder
from desktop.domain.dispatch import Advice, Case, CaseBook, Matter, Rules
from desktop.domain.sla import parse_time
from desktop.events import Changed
from desktop.presenters.directory import Directory
from desktop.reads import Reads
from storage.cache.cache import Cache
from storage.records import OrderQuery

OVER = frozenset({"closed", "replied", "archived"})
"""States of orders whose work was done by somebody; what was refused, voided or merged teaches nothing."""

LEARNT_CAP = 20_000
"""Newest orders learnt from at a start."""
_SLICE = 200
_BETWEEN_MS = 120
_SOON_MS = 1_000
_AFTER_START_MS = 2_500
"""The desk is there first; what it learns may come after."""
_NIGHT = (7, 20)


def matter_of(order: WorkOrder) -> Matter:
    """Return what an order says of itself before anybody is sent."""
    opened = parse_time(order.opened_at) or datetime.now(UTC)
    return Matter(
        words=f"{order.title}\n{order.description[:400]}",
        category=order.category.fine or order.category.minor,
        module=order.module,
        neighbourhood=order.place.neighbourhood,
        address=order.place.address[:200],
        at_night=not _NIGHT[0] <= opened.hour < _NIGHT[1],  # in the offset the centre writes
        day=opened.timestamp() / 86_400,
    )


def case_of(order_id: str, order: WorkOrder) -> Case:
    """Return what a closed order teaches."""
    back = tuple(line.department for line in order.history if line.verb == "return" and line.department)
    return Case(matter_of(order), order.lead_department, back, order_id)


def rules_for(order: WorkOrder, directory: Directory) -> Rules:
    """Return what the hall's tables say about an order's field and place."""
    return Rules(
        units=tuple(unit.id for unit in directory.units()),
        lead=directory.lead_of(order.module),
        cooperating=directory.cooperating_of(order.module),
        here=directory.lead_here(order.place.grid_cell, order.module),
    )


class Cases(QObject):
    """Learns what there is after the start, and what is closed from then on.

    The book belongs to the reader thread: it is fed and asked there alone.
    """

    def __init__(self, book: CaseBook, cache: Cache, reads: Reads, parent: QObject) -> None:
        super().__init__(parent)
        self.book = book
        self._cache = cache
        self._reads = reads
        self._offset = 0
        self._next = QTimer(self, singleShot=True)
        self._next.timeout.connect(self._learn_on)
        self._changed: set[str] = set()
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._learn_changed)

    def reload(self) -> None:
        """Begin to learn, or go over all orders again after the cache was swapped."""
        self._offset = 0
        self._next.start(_AFTER_START_MS)

    @Slot(object)
    def on_changed(self, event: Changed) -> None:
        """Take news of orders; those that are over now are learnt. In a storm some are left for the next start."""
        if event.kind == "work_order" and event.upserted and len(self._changed) < LEARNT_CAP:
            self._changed |= event.upserted
            if not self._soon.isActive():
                self._soon.start()

    @Slot()
    def _learn_changed(self) -> None:
        ids = tuple(self._changed.pop() for _ in range(min(_SLICE, len(self._changed))))
        self._reads.ask(None, _learn_these, self.book, self._cache, ids)
        if self._changed:
            self._soon.start()

    @Slot()
    def _learn_on(self) -> None:
        self._reads.ask(self._on_slice, _learn_slice, self.book, self._cache, self._offset)

    @Slot(object)
    def _on_slice(self, read: int) -> None:
        self._offset += read
        if read == _SLICE and self._offset < LEARNT_CAP:
            self._next.start(_BETWEEN_MS)


def _learn_slice(book: CaseBook, cache: Cache, offset: int) -> int:
    query = OrderQuery(states=OVER, open_only=False, sort="updated", descending=True)
    records = cache.orders(query, _SLICE, offset)
    for record in records:
        book.learn(case_of(record.id, read_as(WorkOrder, record.data)))
    return len(records)


def _learn_these(book: CaseBook, cache: Cache, ids: tuple[str, ...]) -> int:
    read = [(record.id, read_as(WorkOrder, record.data)) for record in cache.many("work_order", ids)]
    return sum(book.learn(case_of(order_id, order)) for order_id, order in read if order.state in OVER)


def advise(book: CaseBook, order: WorkOrder, directory: Directory) -> Advice:
    """Judge an order; on the reader thread."""
    return book.advise(matter_of(order), rules_for(order, directory))
