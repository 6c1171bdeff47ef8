"""Feeds the bar of marked orders: how many there are, what can be done with them; and marks all of a list."""

from PySide6.QtCore import QObject, Slot

from desktop.events import Changed
from desktop.presenters.context import Context
from desktop.presenters.labels import verb_word
from desktop.presenters.orders.actions import ACTION_KEYS
from desktop.presenters.orders.bulk import BulkPresenter, reason_words
from desktop.presenters.orders.bulk_cases import BULK_VERBS, Weighed, weigh
from desktop.presenters.orders.queue import QueuePresenter
from desktop.reads import Refresh
from widgets.detail.order import ActionSpec
from widgets.queue.marks import MARKS_CAP
from widgets.queue.panel import QueuePanel

_REFRESH_MS = 150
_SELDOM = frozenset({"refuse", "void", "escalate", "suspend", "extend_deny", "return_deny", "reopen", "return"})
"""Not among the buttons of the bar: what undoes or holds up the work of many at once is chosen from the menu."""


class MarksPresenter(QObject):
    """Joins the marks of the list, the bar under it, and the sheet of an action on all of them."""

    def __init__(
        self, panel: QueuePanel, queue: QueuePresenter, bulk: BulkPresenter, context: Context, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._queue = queue
        self._bulk = bulk
        self._context = context
        self._beyond = 0
        self._refresh = Refresh(self._weigh, _REFRESH_MS, self)
        panel.marks_changed.connect(self._on_marks_changed)
        panel.all_wanted.connect(self._on_all_wanted)
        panel.bulk_requested.connect(self._on_bulk_requested)
        queue.narrowed.connect(self._on_narrowed)
        bulk.finished.connect(self._on_finished)

    @Slot(object)
    def on_changed(self, event: Changed) -> None:
        """Take news of orders that are marked."""
        marks = self._panel.model.marks
        if event.kind == "work_order" and marks and any(order_id in marks for order_id in event.upserted):
            self._refresh.request()

    @Slot()
    def _on_marks_changed(self) -> None:
        marks = self._panel.model.marks
        if len(marks) < MARKS_CAP:
            self._beyond = 0
        if marks:
            self._refresh.request()
        else:
            self._panel.marks_bar.show_marks("", "", ())

    def _weigh(self) -> None:
        ids = self._panel.model.marks.ids()
        officer = self._context.officer()
        self._context.reads.ask(self._on_weighed, weigh, self._context.cache, ids, officer, failed=self._on_fault)

    @Slot(object)
    def _on_weighed(self, weighed: Weighed) -> None:
        self._refresh.finished()
        count = len(self._panel.model.marks)
        if not count:
            return  # given up meanwhile
        note = ""
        if self._beyond:
            note = self.tr("列表共 {total} 件，一次最多选 {cap} 件。").format(
                total=f"{self._beyond:,}", cap=f"{MARKS_CAP:,}"
            )
        words = self.tr("已选 {count} 件").format(count=f"{count:,}")
        self._panel.marks_bar.show_marks(words, note, bulk_specs(weighed))

    def _on_fault(self, fault: BaseException) -> None:
        self._refresh.finished()
        raise fault

    @Slot(object)
    def _on_all_wanted(self, group: str) -> None:
        query = self._queue.query(group)
        self._beyond = self._queue.found() if not group and self._queue.found() > MARKS_CAP else 0
        self._context.reads.ask(self._on_all, self._context.cache.order_ids, query, MARKS_CAP)

    @Slot(object)
    def _on_all(self, ids: list[str]) -> None:
        self._panel.view.mark(ids)

    @Slot(object)
    def _on_bulk_requested(self, verb: str) -> None:
        self._bulk.begin(verb, self._panel.model.marks.ids())

    @Slot()
    def _on_narrowed(self) -> None:
        self._panel.view.unmark()

    @Slot(object)
    def _on_finished(self, saved: tuple[str, ...]) -> None:
        """Let go of what is done; the others stay marked, so that something else can be done with them."""
        self._panel.view.unmark(saved)


def bulk_specs(weighed: Weighed) -> tuple[ActionSpec, ...]:
    """Return the actions for the bar: what most of the selection waits for first, what is closed for all last."""

    def rank(verb: str) -> tuple[bool, bool, int, int]:
        count = len(weighed.open[verb])
        return (not count, verb in _SELDOM, -count, BULK_VERBS.index(verb))

    specs = []
    for verb in sorted(BULK_VERBS, key=rank):
        count = len(weighed.open[verb])
        label = verb_word(verb) if count in (0, weighed.asked) else f"{verb_word(verb)} {count}/{weighed.asked}"
        reasons = weighed.closed[verb].most_common(1)
        reason = reason_words(reasons[0][0]) if reasons and not count else ""
        specs.append(ActionSpec(verb, label, ACTION_KEYS.get(verb, ""), enabled=bool(count), reason=reason))
    if specs and specs[0].enabled:
        first = specs[0]
        specs[0] = ActionSpec(first.verb, first.label, first.key, primary=True)
    return tuple(specs)
