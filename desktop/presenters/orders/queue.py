"""Feeds the queue panel: which orders, in which sequence, in which groups and words."""

from msgspec import structs
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.events import Changed
from desktop.presenters.context import Context
from desktop.presenters.directory import Directory
from desktop.presenters.orders.queue_filter import (
    WAITING,
    Filter,
    Idle,
    Views,
    filter_menu,
    picked_chips,
    read_views,
    sort_menu,
    sort_words,
    view_name,
)
from desktop.presenters.orders.queue_layout import (
    Layout,
    column_specs,
    group_words,
    layout_menu,
    read_layout,
    setting_name,
)
from desktop.presenters.orders.queue_page import Counts, Page, narrowed_to, read_counts, read_page
from desktop.presenters.orders.rows import order_row
from desktop.reads import Refresh
from desktop.selection import Selected
from storage.records import OrderGroup, OrderQuery, Record
from widgets.queue.panel import QueuePanel
from widgets.queue.rows import ChipSpec, GroupRow, QueueHead, is_group
from widgets.states import READY, PanelState

_PAGE = 500
_REFRESH_MS = 100
_COUNT_MS = 1_000
_CLOCK_MS = 15_000
_SETTING = "queue.views"
_VIEW = "view:"


class QueuePresenter(QObject):
    """Keeps the queue panel in step with the cache.

    The sequence is read anew at most ten times a second, the counts once; words only for rows that are looked at.

    Signals:
        narrowed(): The filter is another one: what was marked is no longer what is seen.
        export_wanted(), print_wanted(): The list is to leave the desk.
    """

    narrowed = Signal()
    export_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, panel: QueuePanel, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._panel = panel
        self._context = context
        self._filter = Filter()
        self._views = Views()
        self._view = ""
        self._layout = Layout()
        self._officer: str | None = None
        self._folded: frozenset[str] = frozenset()
        self._window = _PAGE
        self._from_the_top = False
        self._is_warm = False
        self._page = Page([], 0, 0, {})
        self._counts = Counts({}, {})
        self._refresh = Refresh(self._read_page, _REFRESH_MS, self)
        self._recount = Refresh(self._read_counts, _COUNT_MS, self)
        self._clocks = QTimer(self, interval=_CLOCK_MS)
        self._clocks.timeout.connect(self._on_clock)
        panel.model.rows_needed.connect(self._on_rows_needed)
        panel.model.more_needed.connect(self._on_more_needed)
        panel.search_changed.connect(self._on_search)
        panel.chip_chosen.connect(self._on_chip)
        panel.menu_picked.connect(self._on_picked)
        panel.columns_laid_out.connect(self._on_laid_out)
        panel.group_toggled.connect(self._on_group_toggled)
        panel.order_selected.connect(self._on_selected)
        context.selection.changed.connect(self._on_selection)
        self._clocks.start()
        context.reads.ask(self._on_views, context.duty.setting, _SETTING)

    def reload(self) -> None:
        """Read everything again."""
        self._on_clock()

    def query(self, group: str = "") -> OrderQuery:
        """Return the question that the list answers, or one of its groups by the id of its head."""
        query = self._filter.query(self._context.now().isoformat(), self._me(), self._idle())
        found = self._page.groups.get(group)
        return narrowed_to(query, self._layout.group, found.value) if found is not None else query

    def found(self) -> int:
        """Return how many orders the list has."""
        return self._page.count

    def title(self) -> str:
        """Return in words what the list is narrowed to."""
        return self._view or view_name(self._filter, self._labels(), self._context.directory) or self._labels()["all"]

    def columns(self) -> tuple[str, ...]:
        """Return the keys of the officer's columns, in their order."""
        return tuple(key for key, _ in self._layout.columns)

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
            self._panel.view.unmark(tuple(event.removed))
        seen = event.upserted.intersection(self._panel.view.seen_ids())
        model.forget(event.upserted - seen)
        if seen:
            self._on_rows_needed(tuple(seen))
        self._ask_again()

    def _me(self) -> tuple[str, str]:
        officer = self._context.officer()
        return (officer.id, officer.department) if officer is not None else ("", "")

    def _idle(self) -> Idle:
        return self._context.directory.idle_since(self._context.now())

    def _ask_again(self) -> None:
        self._refresh.request()
        if self._is_warm:  # the first rows of all share the interpreter with nobody
            self._recount.request()

    def _read_page(self) -> None:
        self._meet_officer()
        self._context.reads.ask(
            self._on_page,
            read_page,
            self._context.cache,
            self.query(),
            self._layout.group,
            self._folded,
            self._window,
            failed=self._on_fault,
        )

    def _read_counts(self) -> None:
        now = self._context.now().isoformat()
        idle = self._idle()
        views = {name: view.query(now, self._me(), idle) for name, view in self._views.kept.items()}
        mine = Filter(chip="mine").query(now, self._me())
        stuck = Filter(chip="stuck").query(now, idle=idle)
        self._context.reads.ask_long(
            self._on_counts, read_counts, self._context.cache, views, mine, stuck, failed=self._on_no_counts
        )

    @Slot(object)
    def _on_page(self, page: Page) -> None:
        self._page = page
        model = self._panel.model
        model.apply([self._group_row(head, group) for head, group in page.groups.items()])
        model.set_ids(page.ids, page.total)
        self._panel.set_head(self._head())
        self._panel.set_state(self._state())
        if self._from_the_top:  # another question, or another order: its answer begins at the top
            self._from_the_top = False
            self._panel.view.scrollToTop()
        self._refresh.finished()
        if not self._is_warm:  # the first rows are there: now what the next clicks will ask for
            self._is_warm = True
            self._recount.request()
            self._context.reads.ask_long(None, self._context.cache.warm)
        if not page.is_complete:
            self._context.reads.ask_long(self._on_completed, self._context.cache.order_count, self.query())

    @Slot(object)
    def _on_completed(self, _count: int) -> None:
        """All orders with these words are known now, and the cache remembers them."""
        self._refresh.request()

    @Slot(object)
    def _on_counts(self, counts: Counts) -> None:
        self._counts = counts
        self._panel.set_head(self._head())
        self._recount.finished()

    def _on_fault(self, fault: BaseException) -> None:
        self._refresh.finished()
        raise fault

    def _on_no_counts(self, fault: BaseException) -> None:
        self._recount.finished()
        raise fault

    def _labels(self) -> dict[str, str]:
        return {
            "all": self.tr("全部"),
            "mine": self.tr("我的"),
            "near": self.tr("临期"),
            "late": self.tr("超期"),
            "stuck": self.tr("滞留"),
            "supervised": self.tr("督办"),
            "waiting": self.tr("待派"),
        }

    def _head(self) -> QueueHead:
        totals = self._counts.totals
        counts = {key: str(totals.get(key, 0)) for key in ("mine", "near", "late", "stuck", "supervised")}
        counts["waiting"] = str(sum(totals.get(f"state:{state}", 0) for state in WAITING))
        chips = [ChipSpec(key, label, counts.get(key, "")) for key, label in self._labels().items()]
        chips += [ChipSpec(_VIEW + name, name, str(self._counts.views.get(name, ""))) for name in self._views.kept]
        words = self.tr("{open} 在办 · {late} 超期").format(open=totals.get("open", 0), late=totals.get("late", 0))
        directory = self._context.directory
        *filters, keeping = filter_menu(self._filter, self._views, self._view, totals, directory)
        return QueueHead(
            words,
            tuple(chips),
            _VIEW + self._view if self._view else self._filter.chip,
            picked=() if self._view else picked_chips(self._filter, directory),
            menu=(*filters, *layout_menu(self._layout), keeping),
            compact=self._layout.rows == "one",
            columns=column_specs(self._layout),
            sort=self._filter.sort,
            descending=self._filter.descending,
            sort_words=sort_words().get(self._filter.sort, ""),
            sorts=sort_menu(self._filter),
        )

    def _group_row(self, head: str, group: OrderGroup) -> GroupRow:
        title = group_words(self._layout.group, group.value, self._context.directory)
        folded = head in self._folded
        spoken = self.tr("{title}，{count} 件，已收起") if folded else self.tr("{title}，{count} 件")
        return GroupRow(head, title, f"{group.count:,}", folded, spoken.format(title=title, count=group.count))

    def _state(self) -> PanelState:
        if self._page.ids:
            return READY
        if not self._page.is_complete:
            return PanelState("loading", self.tr("还在找…"))
        if self._filter.text or self._filter.picked or self._filter.chip != "all":
            return PanelState("empty", self.tr("没有符合条件的工单"), self.tr("换一个筛选，或清空搜索。"))
        return PanelState("empty", self.tr("没有在办工单"), self.tr("新工单到达时会自动出现在这里。"))

    @Slot(object)
    def _on_rows_needed(self, ids: tuple[str, ...]) -> None:
        groups = self._page.groups
        self._panel.model.apply([self._group_row(head, groups[head]) for head in ids if head in groups])
        orders = tuple(row_id for row_id in ids if not is_group(row_id))
        if orders:
            self._context.reads.ask(self._on_records, self._context.cache.many, "work_order", orders)

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
        seen = tuple(row_id for row_id in self._panel.view.seen_ids() if model.row(row_id) is not None)
        model.forget(set(model.known_ids()).difference(seen))  # their clocks have moved on as well
        if seen:
            self._on_rows_needed(seen)
        self._ask_again()

    @Slot(object)
    def _on_search(self, text: str) -> None:
        self._narrow(structs.replace(self._filter, text=text.strip()))

    @Slot(object)
    def _on_chip(self, key: str) -> None:
        if key.startswith(_VIEW):
            self._show_view(key.removeprefix(_VIEW))
            return
        kept = self._filter
        if self._view:
            text = self._panel.head.search_text().strip()
            kept = Filter(text=text, sort=kept.sort, turned=kept.turned)
        self._narrow(structs.replace(kept, chip=key))

    @Slot(object)
    def _on_picked(self, path: str) -> None:
        """Carry out an entry behind ＋筛选."""
        group, _, key = path.partition("/")
        match group, key:
            case "sort", _:
                self._filter = self._filter.sorted_by(key)
                self._ask_from_the_top()
            case "group", _:
                self._folded = frozenset()
                self._from_the_top = True
                self._lay_out(structs.replace(self._layout, group=key))
            case "rows", _:
                self._lay_out(structs.replace(self._layout, rows=key))
            case "columns", _:
                self._lay_out(self._layout.with_column(key))
            case "folding", _:
                self._folded = frozenset(self._page.groups) if key == "fold" else frozenset()
                self._refresh.request()
            case "out", _:
                (self.export_wanted if key == "export" else self.print_wanted).emit()
            case "view", _:
                self._change_views(key)
            case _:
                self._narrow(self._filter.toggled(group, key))

    def _change_views(self, key: str) -> None:
        if key == "save":
            name = view_name(self._filter, self._labels(), self._context.directory)
            self._views.kept[name] = self._filter
            self._keep_views()
            self._show_view(name)
        elif key == "drop":
            self._views.kept.pop(self._view, None)
            self._keep_views()
            self._narrow(Filter())
        else:
            self._narrow(structs.replace(self._filter, picked={}))

    @Slot(object)
    def _on_laid_out(self, columns: tuple[tuple[str, int], ...]) -> None:
        self._lay_out(self._layout.laid_out(columns))

    @Slot(object)
    def _on_group_toggled(self, head: str) -> None:
        self._folded ^= {head}
        self._refresh.request()

    def _show_view(self, name: str) -> None:
        self._narrow(self._views.kept.get(name, Filter()))
        self._view = name if name in self._views.kept else ""

    def _narrow(self, narrowed: Filter) -> None:
        self._filter = narrowed
        self._view = ""
        self.narrowed.emit()
        self._ask_from_the_top()

    def _ask_from_the_top(self) -> None:
        self._window = _PAGE
        self._from_the_top = True
        self._refresh.request()

    def _lay_out(self, layout: Layout) -> None:
        self._layout = layout
        self._context.tasks.follow(
            self._context.keep(setting_name(self._officer or ""), layout.encode()), self._on_kept
        )

    def _meet_officer(self) -> None:
        """Lay the list out as the officer who has come had it last."""
        officer = self._me()[0]
        if officer != self._officer:
            self._officer = officer
            self._context.reads.ask(self._on_layout, self._context.duty.setting, setting_name(officer))

    @Slot(object)
    def _on_layout(self, setting: str | None) -> None:
        self._layout = read_layout(setting)
        self._ask_again()

    def _keep_views(self) -> None:
        self._context.tasks.follow(self._context.keep(_SETTING, self._views.encode()), self._on_kept)

    @Slot(object)
    def _on_kept(self, _nothing: object) -> None:
        self._ask_again()

    @Slot(object)
    def _on_views(self, setting: str | None) -> None:
        self._views = read_views(setting)
        self._ask_again()

    @Slot(object)
    def _on_selected(self, order_id: str) -> None:
        self._context.selection.select("work_order", order_id)

    @Slot(object)
    def _on_selection(self, selected: Selected) -> None:
        if selected.kind == "work_order":
            self._panel.view.choose(selected.id)
