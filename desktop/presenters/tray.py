"""The tray: every operation that has not arrived, in words, and what the officer wants done with refused ones."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from desktop.central.lenient import read_as
from desktop.central.schema import Expect, Op, OpResult, WorkOrder
from desktop.domain.masking import mask_name, mask_text
from desktop.domain.sla import parse_time
from desktop.events import OutboxChanged
from desktop.presenters.context import Context
from desktop.presenters.labels import op_status_word, state_word, verb_word
from desktop.presenters.times import clock_time
from desktop.presenters.wording import fault_words, words_of
from desktop.reads import Refresh
from storage.cache.cache import Cache
from storage.duty.duty import Duty
from storage.records import OpRecord
from widgets.messages import Message, MessageAction, MessageAnswer
from widgets.tray import TrayPage

translate = QCoreApplication.translate

_REFRESH_MS = 250
_SHOWN = 200

Resolve = Callable[[str, str, str], "Future[OpRecord | None]"]
"""`SyncManager.resolve`: operation id, how (redone, noted, discarded), reason."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One operation and the object it is about."""

    op: OpRecord
    title: str
    ver: int
    state: str


class TrayPresenter(QObject):
    """Keeps the tray in step with the outbox.

    Choices for what the centre refused: 重做 records the same intent anew against what is there now, 转为备注 keeps it
    as a note on the order, 放弃 drops it; in each case the refused operation goes to the log with how and why.

    Signals:
        told(Words): something for the message strip.
    """

    told = Signal(object)

    def __init__(self, page: TrayPage, context: Context, resolve: Resolve, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._context = context
        self._resolve = resolve
        self._entries: dict[str, _Entry] = {}
        self._refresh = Refresh(self._read, _REFRESH_MS, self)
        page.answered.connect(self._on_answer)

    @Slot()
    def open(self) -> None:
        """Read and come up."""
        self._refresh.request()
        self._page.open()

    @Slot(object)
    def on_outbox_changed(self, _event: OutboxChanged) -> None:
        """Take news of the outbox."""
        self._refresh.request()

    def _read(self) -> None:
        context = self._context
        context.reads.ask(self._on_read, _read_tray, context.cache, context.duty, failed=self._on_fault)

    @Slot(object)
    def _on_read(self, entries: list[_Entry]) -> None:
        self._refresh.finished()
        self._entries = {entry.op.op_id: entry for entry in entries}
        now = self._context.now()
        self._page.show_operations(tuple(_message(entry, now) for entry in entries))

    def _on_fault(self, fault: BaseException) -> None:
        self._refresh.finished()
        self.told.emit(fault_words(fault))

    @Slot(object)
    def _on_answer(self, answer: MessageAnswer) -> None:
        entry = self._entries.get(answer.message_id)
        if entry is None:
            return
        op = entry.op
        sent = msgspec.json.decode(op.payload, type=Op)
        if answer.key == "redone":
            self._record(op, op.verb, sent.args, Expect(ver=entry.ver, state=entry.state))
        elif answer.key == "noted":
            told = str(sent.args.get("text") or sent.args.get("reason") or "")
            words = translate("Tray", "未被中心接受的操作：{verb}。{text}").format(verb=verb_word(op.verb), text=told)
            self._record(op, "note", {"text": words}, Expect(ver=entry.ver))
        self._context.tasks.follow(
            self._resolve(op.op_id, answer.key, translate("Tray", "由值守员在待处理箱处理")),
            self._on_done,
            self._on_refused,
        )

    def _record(self, op: OpRecord, verb: str, args: dict[str, object], expect: Expect) -> None:
        future = self._context.record(op.kind, op.id, verb, args, expect)
        self._context.tasks.follow(future, self._on_done, self._on_refused)

    @Slot(object)
    def _on_done(self, _result: object) -> None:
        self._refresh.request()

    def _on_refused(self, fault: BaseException) -> None:
        self.told.emit(fault_words(fault))


def _read_tray(cache: Cache, duty: Duty) -> list[_Entry]:
    entries = []
    for op in [*duty.tray(), *duty.unsent(_SHOWN)][:_SHOWN]:
        record = cache.get(op.kind, op.id)
        order = read_as(WorkOrder, record.data if record is not None else b"{}")  # title and state: any kind has them
        entries.append(
            _Entry(op, mask_text(order.title) or op.id, record.ver if record is not None else 0, order.state)
        )
    return entries


def _message(entry: _Entry, now: datetime) -> Message:
    op = entry.op
    refused = op.status in {"conflict", "rejected"}
    words = translate("Tray", "{verb} · {title}").format(verb=verb_word(op.verb), title=entry.title)
    actions = (
        (
            MessageAction("redone", translate("Tray", "重做")),
            MessageAction("noted", translate("Tray", "转为备注")),
            MessageAction("discarded", translate("Tray", "放弃")),
        )
        if refused
        else ()
    )
    return Message(
        id=op.op_id,
        tone="red" if refused else "blue",
        title=words,
        text=_why(entry, now) if refused else op_status_word(op.status),
        time=clock_time(parse_time(op.created_at), now),
        actions=actions,
    )


def _why(entry: _Entry, now: datetime) -> str:
    """Say what happened, who was first, and how the object stands now."""
    op = entry.op
    try:
        outcome = msgspec.json.decode(op.outcome, type=OpResult)
    except msgspec.DecodeError:
        outcome = OpResult(op.op_id, op.status)
    parts = [op_status_word(op.status), words_of(op.code, {"state": state_word(entry.state)}).title if op.code else ""]
    if outcome.by:
        who = translate("Tray", "{who} 已于 {time} 处理").format(
            who=mask_name(outcome.by), time=clock_time(parse_time(outcome.at), now)
        )
        parts.append(who)
    parts.append(translate("Tray", "现为“{state}”").format(state=state_word(entry.state)) if entry.state else "")
    return " · ".join(part for part in parts if part)
