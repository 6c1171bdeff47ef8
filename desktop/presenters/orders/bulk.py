"""Does one thing with several orders: says with which and why not with the others, does it, and accounts for it."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal, Slot

from desktop.domain.workflow import missing_arguments
from desktop.presenters.context import Context
from desktop.presenters.labels import state_word, verb_word
from desktop.presenters.orders.actions import Situation, order_actions
from desktop.presenters.orders.bulk_cases import Case, Reason, Weighed, case_of, closed_by, weigh
from desktop.presenters.wording import fault_words, words_of
from desktop.sync.operations import Wish, new_op_id
from storage.records import OpRecord, Record
from widgets.detail.order import ActionSpec, Choice, FieldSpec
from widgets.queue.bulk_sheet import BulkPlan, BulkSheet

RecordMany = Callable[[Sequence[Wish]], "Future[list[OpRecord]]"]
"""`Recorder.record_many` of the sync engine."""

CHUNK = 25
"""Orders looked at again and written down before the next ones: so long it takes at most until a stop is heard."""
_LISTED = 100
_CHANGED = "workflow.changed"


@dataclass(slots=True)
class _Run:
    """An action under way.

    Attributes:
        verb: What is done.
        args: With what, the same for all.
        cases: The orders, as the officer saw them when confirming.
        todo: Ids that are not begun.
        waiting: How many of those begun are not on the disk yet.
        saved: Ids whose operation is on the disk.
        unsaved: Why the others are not, by words.
    """

    verb: str
    args: Mapping[str, str]
    cases: dict[str, Case]
    todo: list[str]
    waiting: int = 0
    saved: list[str] = field(default_factory=list)
    unsaved: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return len(self.cases)

    @property
    def done(self) -> int:
        return len(self.saved) + self.unsaved.total()

    def settle(self, words: str, count: int = 1) -> None:
        """Note that so many of those begun are not saved."""
        self.unsaved[words] += count
        self.waiting -= count


class BulkPresenter(QObject):
    """Feeds the sheet of an action on several orders.

    Each order gets an operation of its own, with the version and state it was in, so a conflict at the centre costs one
    order, not all. They are written down some at a time, each time in one durable transaction: what is said to be saved
    is, and stopping is heard between two of them.

    Signals:
        finished(tuple[str, ...]): It is done with these orders.
    """

    finished = Signal(object)

    def __init__(self, sheet: BulkSheet, record_many: RecordMany, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._record_many = record_many
        self._context = context
        self._verb = ""
        self._weighed: Weighed | None = None
        self._run: _Run | None = None
        sheet.confirmed.connect(self._on_confirmed)
        sheet.stop_requested.connect(self._on_stop)

    def begin(self, verb: str, ids: Collection[str]) -> None:
        """Look at the orders and show what would be done."""
        if self._run is None and ids:
            self._verb = verb
            self._context.reads.ask(
                self._on_weighed, weigh, self._context.cache, tuple(ids), self._context.officer(), failed=self._on_fault
            )

    @Slot(object)
    def _on_weighed(self, weighed: Weighed) -> None:
        self._weighed = weighed
        verb = self._verb
        wanted = weighed.open[verb]
        label = verb_word(verb)
        if len(wanted) == weighed.asked:
            words = self.tr("{count} 件都可以“{label}”。")
        elif wanted:
            words = self.tr("{all} 件中 {count} 件可以“{label}”，其余不会改动：")
        else:
            words = self.tr("{all} 件都不能“{label}”：")
        labels = {case.id: case.label for case in weighed.cases}
        lines = [labels[order_id] for order_id in wanted[:_LISTED]]
        if len(wanted) > _LISTED:
            lines.append(self.tr("… 另有 {count} 件").format(count=len(wanted) - _LISTED))
        self._sheet.show_plan(
            BulkPlan(
                self.tr("批量{label}").format(label=label),
                words.format(all=weighed.asked, count=len(wanted), label=label),
                self._reasons(weighed, verb),
                tuple(lines),
                self._spec(weighed, verb),
            )
        )

    def _reasons(self, weighed: Weighed, verb: str) -> tuple[str, ...]:
        line = self.tr("{count} 件：{reason}")
        lines = [
            line.format(count=count, reason=reason_words(reason))
            for reason, count in weighed.closed[verb].most_common()
        ]
        gone = weighed.asked - len(weighed.cases)
        if gone:
            lines.append(line.format(count=gone, reason=self.tr("已不在本机，可能被中心收回。")))
        return tuple(lines)

    def _spec(self, weighed: Weighed, verb: str) -> ActionSpec | None:
        """Return the action as its first order has it, with what is only true of that order taken out."""
        wanted = weighed.open[verb]
        if not wanted:
            return None
        cases = [case for case in weighed.cases if case.id in set(wanted)]
        first = cases[0]
        now = self._context.now()
        situation = Situation(first.order, first.raw, self._context.directory, self._context.officer(), now)
        found = next(spec for spec in order_actions(situation) if spec.verb == verb)
        leads = Counter(self._context.directory.lead_of(case.order.module) for case in cases)
        text = self._prepared(verb)
        fields = tuple(
            self._departments(each, leads) if each.name == "department" else _for_all(each, text)
            for each in found.fields
        )
        label = self.tr("{label} {count} 件").format(label=verb_word(verb), count=len(wanted))
        return replace(found, label=label, key="", enabled=True, reason="", primary=True, fields=fields)

    def _departments(self, asked: FieldSpec, leads: Counter[str]) -> FieldSpec:
        """Return the departments, those first that lead the fields of most of the orders."""

        def rank(choice: Choice) -> int:
            return -leads[choice.id]

        hint = self.tr("{count} 件由其牵头")
        choices = tuple(
            replace(
                choice,
                hint=hint.format(count=leads[choice.id]) if leads[choice.id] else "",
                suggested=leads[choice.id] > 0 and leads[choice.id] == max(leads.values()),
                compared=(),
            )
            for choice in sorted(asked.choices, key=rank)
        )
        return replace(asked, choices=choices)

    def _prepared(self, verb: str) -> str:
        return self.tr("请抓紧办理并反馈。") if verb == "remind" else ""

    @Slot(object)
    def _on_confirmed(self, args: dict[str, str]) -> None:
        weighed = self._weighed
        if weighed is None or self._run is not None or missing_arguments(self._verb, args):
            return
        self._weighed = None
        wanted = weighed.open[self._verb]
        cases = {case.id: case for case in weighed.cases if case.id in set(wanted)}
        self._run = _Run(self._verb, args, cases, list(wanted))
        self._go_on()

    def _go_on(self) -> None:
        """Look at the next orders again: others work on them too."""
        run = self._run
        if run is None:
            return
        self._sheet.show_progress(
            run.done, run.total, self.tr("已保存 {done} / {total} 件").format(done=len(run.saved), total=run.total)
        )
        if not run.todo:
            self._account(run)
            return
        chunk, run.todo = run.todo[:CHUNK], run.todo[CHUNK:]
        run.waiting = len(chunk)
        read = self._context.cache.many
        self._context.reads.ask(self._on_fresh, read, "work_order", chunk, failed=self._on_unsaved)

    @Slot(object)
    def _on_fresh(self, records: list[Record]) -> None:
        run = self._run
        if run is None:
            return
        changed = words_of(_CHANGED).message
        run.settle(changed, run.waiting - len(records))  # some are gone
        officer = self._context.officer()
        wishes = []
        for record in records:
            case = case_of(record)
            if case.seen.state != run.cases[case.id].seen.state or closed_by(case, run.verb, officer):
                run.settle(changed)
            else:
                wishes.append(Wish("work_order", case.id, run.verb, dict(run.args), case.seen, new_op_id()))
        if wishes:
            self._context.tasks.follow(self._record_many(wishes), self._on_saved, self._on_unsaved)
        else:
            self._go_on_if_settled()

    @Slot(object)
    def _on_saved(self, ops: list[OpRecord]) -> None:
        if self._run is not None:
            self._run.saved += [op.id for op in ops]
            self._run.waiting -= len(ops)
            self._go_on_if_settled()

    def _on_unsaved(self, fault: BaseException) -> None:
        """A disk that is full for one is full for all: nothing further is begun."""
        if self._run is not None:
            self._give_up(fault_words(fault).title, begun=self._run.waiting)
            self._go_on_if_settled()

    @Slot()
    def _on_stop(self) -> None:
        """Begin no more; what was begun is waited for, for it may be saved."""
        self._give_up(self.tr("按您的要求停止，没有改动。"), begun=0)

    def _give_up(self, words: str, *, begun: int) -> None:
        run = self._run
        if run is not None:
            run.unsaved[words] += len(run.todo)
            run.todo = []
            run.settle(words, begun)

    def _go_on_if_settled(self) -> None:
        if self._run is not None and self._run.waiting == 0:
            self._go_on()

    def _account(self, run: _Run) -> None:
        self._run = None
        label, saved, unsaved = verb_word(run.verb), len(run.saved), run.unsaved.total()
        title = (
            self.tr("“{label}”：已保存 {saved} 件，未保存 {unsaved} 件")
            if unsaved
            else self.tr("“{label}”：已保存 {saved} 件")
        )
        words = self.tr("没有改动。")
        if saved:
            words = self.tr("已写入本机，随后送往中心；中心若不接受，会在待处理箱里说明。")
        line = self.tr("{count} 件：{reason}")
        reasons = tuple(line.format(count=count, reason=reason) for reason, count in (+run.unsaved).most_common())
        self._sheet.show_account(title.format(label=label, saved=saved, unsaved=unsaved), words, reasons)
        self.finished.emit(tuple(run.saved))

    def _on_fault(self, fault: BaseException) -> None:
        words = fault_words(fault)
        self._sheet.show_account(words.title, words.message, ())


def reason_words(reason: Reason) -> str:
    """Return why an action is closed, in words."""
    code, state = reason
    return words_of(code, {"state": state_word(state)}).message


def _for_all(asked: FieldSpec, text: str) -> FieldSpec:
    """Return a field as it is asked for once for all: without words that were made for a single order."""
    return replace(asked, prepared=text if asked.name == "text" else asked.prepared)
