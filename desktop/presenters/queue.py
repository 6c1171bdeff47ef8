"""Feeds the queue panel: which orders, in which sequence, in which words."""

from dataclasses import dataclass

from msgspec import structs
from PySide6.QtCore import QObject, QTimer, Slot

from desktop.events import Changed
from desktop.presenters.context import Context
from desktop.presenters.directory import Directory
from desktop.presenters.order_rows import order_row
from desktop.presenters.queue_filter import (
    WAITING,
    Filter,
    Views,
    filter_menu,
    picked_chips,
    read_views,
    view_name,
)
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
_SETTING = "queue.views"
_VIEW = "view:"


@dataclass(frozen=True, slots=True)
class _Page:
    """What one refresh read."""

    ids: list[str]
    total: int
    totals: dict[str, int]
    views: dict[str, int]


class QueuePresenter(QObject):
    """Keeps the queue panel in step with the cache.

    Sequence and counts are read anew at most ten times a second; words only for the rows that are looked at.
    """

    def __init__(self, panel: QueuePanel, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._panel = panel
        self._context = context
        self._filter = Filter()
        self._views = Views()
        self._view = ""
        self._window = _PAGE
        self._refresh = Refresh(self._read_page, _REFRESH_MS, self)
        self._clocks = QTimer(self, interval=_CLOCK_MS)
        self._clocks.timeout.connect(self._on_clock)
        panel.model.rows_needed.connect(self._on_rows_needed)
        panel.model.more_needed.connect(self._on_more_needed)
        panel.search_changed.connect(self._on_search)
        panel.chip_chosen.connect(self._on_chip)
        panel.menu_picked.connect(self._on_picked)
        panel.order_selected.connect(self._on_selected)
        context.selection.changed.connect(self._on_selection)
        self._clocks.start()
        context.reads.ask(self._on_views, context.duty.setting, _SETTING)

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

    def _read_page(self) -> None:
        now = self._context.now().isoformat()
        views = {name: view.query(now) for name, view in self._views.kept.items()}
        query = self._filter.query(now)
        self._context.reads.ask(
            self._on_page, _read, self._context.cache, query, views, self._window, failed=self._on_fault
        )

    @Slot(object)
    def _on_page(self, page: _Page) -> None:
        self._panel.model.set_ids(page.ids, page.total)
        self._panel.set_head(self._head(page))
        self._panel.set_state(self._state(page))
        self._refresh.finished()

    def _on_fault(self, fault: BaseException) -> None:
        self._refresh.finished()
        raise fault

    def _labels(self) -> dict[str, str]:
        return {
            "all": self.tr("全部"),
            "near": self.tr("临期"),
            "late": self.tr("超期"),
            "supervised": self.tr("督办"),
            "waiting": self.tr("待派"),
        }

    def _head(self, page: _Page) -> QueueHead:
        totals = page.totals
        counts = {key: str(totals.get(key, 0)) for key in ("near", "late", "supervised")}
        counts["waiting"] = str(sum(totals.get(f"state:{state}", 0) for state in WAITING))
        chips = [ChipSpec(key, label, counts.get(key, "")) for key, label in self._labels().items()]
        chips += [ChipSpec(_VIEW + name, name, str(page.views.get(name, ""))) for name in self._views.kept]
        words = self.tr("{open} 在办 · {late} 超期").format(open=totals.get("open", 0), late=totals.get("late", 0))
        return QueueHead(
            words,
            tuple(chips),
            _VIEW + self._view if self._view else self._filter.chip,
            picked=() if self._view else picked_chips(self._filter, self._context.directory),
            menu=filter_menu(self._filter, self._views, self._view, totals, self._context.directory),
            compact=self._views.compact,
        )

    def _state(self, page: _Page) -> PanelState:
        if page.ids:
            return READY
        if self._filter.text or self._filter.picked or self._filter.chip != "all":
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
        self._narrow(structs.replace(self._filter, text=text.strip()))

    @Slot(object)
    def _on_chip(self, key: str) -> None:
        if key.startswith(_VIEW):
            self._show_view(key.removeprefix(_VIEW))
        else:
            kept = (
                Filter(text=self._panel.head.search_text().strip(), sort=self._filter.sort)
                if self._view
                else self._filter
            )
            self._narrow(structs.replace(kept, chip=key))

    @Slot(object)
    def _on_picked(self, path: str) -> None:
        """Carry out an entry behind ＋筛选."""
        group, _, key = path.partition("/")
        match group, key:
            case "sort", _:
                self._narrow(structs.replace(self._filter, sort=key), keep_view=True)
            case "rows", _:
                self._views.compact = not self._views.compact
                self._keep_views()
            case "view", "save":
                name = view_name(self._filter, self._labels(), self._context.directory)
                self._views.kept[name] = self._filter
                self._keep_views()
                self._show_view(name)
            case "view", "drop":
                self._views.kept.pop(self._view, None)
                self._keep_views()
                self._narrow(Filter())
            case "view", _:
                self._narrow(structs.replace(self._filter, picked={}))
            case _:
                self._narrow(self._filter.toggled(group, key))

    def _show_view(self, name: str) -> None:
        self._narrow(self._views.kept.get(name, Filter()))
        self._view = name if name in self._views.kept else ""

    def _narrow(self, narrowed: Filter, *, keep_view: bool = False) -> None:
        self._filter = narrowed
        self._view = self._view if keep_view else ""
        self._window = _PAGE
        self._refresh.request()

    def _keep_views(self) -> None:
        self._context.tasks.follow(self._context.keep(_SETTING, self._views.encode()), self._on_kept)

    @Slot(object)
    def _on_kept(self, _nothing: object) -> None:
        self._refresh.request()

    @Slot(object)
    def _on_views(self, setting: str | None) -> None:
        self._views = read_views(setting)
        self._refresh.request()

    @Slot(object)
    def _on_selected(self, order_id: str) -> None:
        self._context.selection.select("work_order", order_id)

    @Slot(object)
    def _on_selection(self, selected: Selected) -> None:
        if selected.kind == "work_order":
            self._panel.view.choose(selected.id)


def _read(cache: Cache, query: OrderQuery, views: dict[str, OrderQuery], window: int) -> _Page:
    counts = {name: cache.order_count(view) for name, view in views.items()}
    return _Page(cache.order_ids(query, window), cache.order_count(query), cache.order_totals(query.now), counts)
