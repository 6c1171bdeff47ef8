"""Feeds the queue panel: which orders, in which sequence, in which words."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.events import Changed
from desktop.presenters.context import Context
from desktop.presenters.directory import Directory
from desktop.presenters.order_rows import order_row
from desktop.reads import Refresh
from desktop.selection import Selected
from storage.cache.cache import Cache
from storage.records import OrderQuery, Record
from widgets.queue.panel import QueuePanel
from widgets.queue.rows import ChipSpec, QueueHead
from widgets.states import READY, PanelState

_PAGE = 500
_REFRESH_MS = 100
_CLOCK_MS = 15_000
_SPAN_OF_CLOCKS = 400
_WAITING = ("reported", "accepted", "registered", "returned")  # the hall's own move: nobody outside works on these


@dataclass(frozen=True, slots=True)
class _Page:
    """What one refresh read."""

    ids: list[str]
    total: int
    totals: dict[str, int]


class QueuePresenter(QObject):
    """Keeps the queue panel in step with the cache.

    Sequence and counts are read anew at most ten times a second; words only for the rows that are looked at.
    """

    def __init__(self, panel: QueuePanel, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._panel = panel
        self._context = context
        self._chip = "all"
        self._text = ""
        self._window = _PAGE
        self._refresh = Refresh(self._read_page, _REFRESH_MS, self)
        self._clocks = QTimer(self, interval=_CLOCK_MS)
        self._clocks.timeout.connect(self._on_clock)
        panel.model.rows_needed.connect(self._on_rows_needed)
        panel.model.more_needed.connect(self._on_more_needed)
        panel.search_changed.connect(self._on_search)
        panel.chip_chosen.connect(self._on_chip)
        panel.order_selected.connect(self._on_selected)
        context.selection.changed.connect(self._on_selection)
        self._clocks.start()

    def reload(self) -> None:
        """Read everything again."""
        self._refresh.request()
        self._on_clock()

    @Slot(object)
    def on_changed(self, event: Changed) -> None:
        """Take news of orders (and of the names in their rows)."""
        if event.kind in Directory.KINDS:
            self._on_clock()
        if event.kind != "work_order":
            return
        model = self._panel.model
        if event.removed:
            model.apply((), event.removed)
        shown = tuple(order_id for order_id in event.upserted if model.row(order_id) is not None)
        if shown:
            self._on_rows_needed(shown)
        self._refresh.request()

    def _query(self) -> OrderQuery:
        query = OrderQuery(text=self._text, sort="urgency", now=self._context.now().isoformat())
        match self._chip:
            case "near" | "late" as clock:
                return replace(query, clock=clock, sort="due")
            case "supervised":
                return replace(query, supervised=True)
            case "waiting":
                return replace(query, states=frozenset(_WAITING))
            case _:
                return query

    def _read_page(self) -> None:
        self._context.reads.ask(
            self._on_page, _read, self._context.cache, self._query(), self._window, failed=self._on_fault
        )

    @Slot(object)
    def _on_page(self, page: _Page) -> None:
        self._panel.model.set_ids(page.ids, page.total)
        self._panel.set_head(self._head(page.totals))
        self._panel.set_state(self._state(page))
        self._refresh.finished()

    def _on_fault(self, fault: BaseException) -> None:
        self._refresh.finished()
        raise fault

    def _head(self, totals: dict[str, int]) -> QueueHead:
        waiting = sum(totals.get(f"state:{state}", 0) for state in _WAITING)
        counts = {
            "all": "",
            "near": str(totals.get("near", 0)),
            "late": str(totals.get("late", 0)),
            "supervised": str(totals.get("supervised", 0)),
            "waiting": str(waiting),
        }
        labels = {
            "all": self.tr("全部"),
            "near": self.tr("临期"),
            "late": self.tr("超期"),
            "supervised": self.tr("督办"),
            "waiting": self.tr("待派"),
        }
        chips = tuple(ChipSpec(key, label, counts[key]) for key, label in labels.items())
        words = self.tr("{open} 在办 · {late} 超期").format(open=totals.get("open", 0), late=totals.get("late", 0))
        return QueueHead(words, chips, self._chip)

    def _state(self, page: _Page) -> PanelState:
        if page.ids:
            return READY
        if self._text or self._chip != "all":
            return PanelState("empty", self.tr("没有符合条件的工单"), self.tr("换一个筛选，或清空搜索。"))
        return PanelState("empty", self.tr("没有在办工单"), self.tr("新工单到达时会自动出现在这里。"))

    @Slot(object)
    def _on_rows_needed(self, ids: tuple[str, ...]) -> None:
        self._context.reads.ask(self._on_records, self._context.cache.many, "work_order", ids)

    @Slot(object)
    def _on_records(self, records: list[Record]) -> None:
        now = self._context.now()
        self._panel.model.apply([order_row(record, self._context.directory, now) for record in records])

    @Slot(object)
    def _on_more_needed(self, held: int) -> None:
        self._window = max(self._window, held * 2)
        self._refresh.request()

    @Slot()
    def _on_clock(self) -> None:
        model = self._panel.model
        shown = tuple(order_id for order_id in model.ids()[:_SPAN_OF_CLOCKS] if model.row(order_id) is not None)
        if shown:
            self._on_rows_needed(shown)
        self._refresh.request()

    @Slot(object)
    def _on_search(self, text: str) -> None:
        self._text = text.strip()
        self._window = _PAGE
        self._refresh.request()

    @Slot(object)
    def _on_chip(self, key: str) -> None:
        self._chip = key
        self._window = _PAGE
        self._refresh.request()

    @Slot(object)
    def _on_selected(self, order_id: str) -> None:
        self._context.selection.select("work_order", order_id)

    @Slot(object)
    def _on_selection(self, selected: Selected) -> None:
        if selected.kind == "work_order":
            self._panel.view.choose(selected.id)


def _read(cache: Cache, query: OrderQuery, window: int) -> _Page:
    return _Page(cache.order_ids(query, window), cache.order_count(query), cache.order_totals(query.now))
