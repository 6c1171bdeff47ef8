"""The tray: every operation that has not arrived, in words, and what the officer wants done with refused ones."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from desktop.central.schema import Expect, Officer, Op, OpResult
from desktop.domain.attention import Call
from desktop.domain.masking import mask_text
from desktop.domain.sla import parse_time
from desktop.events import OutboxChanged
from desktop.presenters.context import Context
from desktop.presenters.directory import Directory
from desktop.presenters.labels import op_status_word, state_word, verb_word
from desktop.presenters.times import clock_time, span
from desktop.presenters.versions import compared, heads, read_outcome
from desktop.presenters.wording import CODES, fault_words, words_of
from desktop.reads import Refresh
from storage.cache.cache import Cache
from storage.duty.duty import Duty
from storage.records import OpRecord
from widgets.messages import MessageAction
from widgets.tray import TrayAnswer, TrayItem, TrayPage

translate = QCoreApplication.translate

UNTOUCHED = timedelta(minutes=15)
"""So long a refused operation may lie before it calls for attention."""

_REFRESH_MS = 250
_AGE_MS = 30_000
_SHOWN = 200
_MESSAGE_CAP = 500
_REFUSED = frozenset({"conflict", "rejected"})

Resolve = Callable[[str, str, str], "Future[OpRecord | None]"]
"""`SyncManager.resolve`: operation id, how (redone, noted, discarded), reason."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One operation and the object it is about, as JSON; empty if it is gone."""

    op: OpRecord
    title: str
    ver: int
    current: dict[str, Any]

    @property
    def state(self) -> str:
        """The object's state."""
        return str(self.current.get("state") or "")


class TrayPresenter(QObject):
    """Keeps the tray in step with the outbox.

    Choices for what the centre refused: 重做 records the same intent anew against what is there now, 转为备注 keeps it
    as a note on the order, 放弃 drops it with a reason; in each case the refused operation goes to the log with how and
    why. What nobody decides for `UNTOUCHED` calls for attention.

    Signals:
        told(Words): something for the message strip.
        aged(tuple[Call, ...]): refused operations that have lain for too long.
    """

    told = Signal(object)
    aged = Signal(object)

    def __init__(self, page: TrayPage, context: Context, resolve: Resolve, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._context = context
        self._resolve = resolve
        self._entries: dict[str, _Entry] = {}
        self._since: dict[str, datetime] | None = None
        self._refresh = Refresh(self._read, _REFRESH_MS, self)
        self._minute = QTimer(self, interval=_AGE_MS)
        self._minute.timeout.connect(self._show)
        self._minute.start()
        page.answered.connect(self._on_answer)

    @Slot()
    def open(self) -> None:
        """Read and come up."""
        self._refresh.request()
        self._page.open()

    def reload(self) -> None:
        """Read what the last run left."""
        self._refresh.request()

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
        self._note_ages(entries)
        self._show()

    def _note_ages(self, entries: list[_Entry]) -> None:
        """Note since when each refused operation lies here; of the last run's it is known since when at the most."""
        known, now = self._since, self._context.now()
        refused = [entry.op for entry in entries if entry.op.status in _REFUSED]
        if known is None:
            self._since = {op.op_id: parse_time(op.created_at) or now for op in refused}
        else:
            self._since = {op.op_id: known.get(op.op_id, now) for op in refused}

    @Slot()
    def _show(self) -> None:
        now = self._context.now()
        directory = self._context.directory
        officer = self._context.officer()
        entries = list(self._entries.values())
        items = (_item(entry, self._age(entry, now), officer, directory, now) for entry in entries)
        self._page.show_operations(tuple(items))
        old = [entry for entry in entries if self._age(entry, now) >= UNTOUCHED]
        self.aged.emit(tuple(_call(entry, self._age(entry, now)) for entry in old))

    def _age(self, entry: _Entry, now: datetime) -> timedelta:
        since = (self._since or {}).get(entry.op.op_id)
        return now - since if since is not None else timedelta(0)

    def _on_fault(self, fault: BaseException) -> None:
        self._refresh.finished()
        self.told.emit(fault_words(fault))

    @Slot(object)
    def _on_answer(self, answer: TrayAnswer) -> None:
        entry = self._entries.get(answer.item_id)
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
        reason = answer.reason or translate("Tray", "由值守员在待处理箱处理")
        future = self._resolve(op.op_id, answer.key, reason)
        self._context.tasks.follow(future, self._on_done, self._on_refused)

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
        shown = _object(record.data) if record is not None else {}
        current = _current(op, record.ver if record is not None else 0, shown)
        title = mask_text(str(current.get("title") or "")) or op.id
        entries.append(_Entry(op, title, record.ver if record is not None else 0, current))
    return entries


def _current(op: OpRecord, ver: int, shown: dict[str, Any]) -> dict[str, Any]:
    """Return how the object stands at the centre: what the cache shows may have later operations of this desk in it."""
    told = _object(op.outcome)
    current = told.get("current")
    newest = isinstance(told.get("ver"), int) and told["ver"] >= ver
    return current if isinstance(current, dict) and (newest or not shown) else shown


def _object(data: bytes) -> dict[str, Any]:
    try:
        read = msgspec.json.decode(data)
    except msgspec.DecodeError:
        return {}
    return read if isinstance(read, dict) else {}


def _item(entry: _Entry, age: timedelta, officer: Officer | None, directory: Directory, now: datetime) -> TrayItem:
    op = entry.op
    title = translate("Tray", "{verb} · {title}").format(verb=verb_word(op.verb), title=entry.title)
    time = clock_time(parse_time(op.created_at), now)
    if op.status not in _REFUSED:
        return TrayItem(op.op_id, "blue", title, op_status_word(op.status), time)
    sent = msgspec.json.decode(op.payload, type=Op)
    outcome = read_outcome(op)
    mine, theirs = heads(op, officer.name if officer is not None and officer.id == sent.actor else "", outcome, now)
    actions = [MessageAction("redone", translate("Tray", "重做"))]
    if op.kind == "work_order":
        actions.append(MessageAction("noted", translate("Tray", "转为备注")))
    actions.append(MessageAction("discarded", translate("Tray", "放弃")))
    return TrayItem(
        id=op.op_id,
        tone="red",
        title=title,
        text=_why(entry, outcome),
        time=time,
        alarm=translate("Tray", "已搁置 {length}，请处理").format(length=span(age)) if age >= UNTOUCHED else "",
        mine=mine,
        theirs=theirs,
        lines=compared(op, sent, entry.current, directory, now),
        actions=tuple(actions),
        reasoned=frozenset({"discarded"}),
    )


def _why(entry: _Entry, outcome: OpResult) -> str:
    """Say what happened and who was first; of a reason that has no words here, what the centre says itself."""
    op = entry.op
    known = words_of(op.code, {"state": state_word(entry.state)}) if op.code in CODES else None
    said = mask_text(outcome.message[:_MESSAGE_CAP])
    parts = [op_status_word(op.status)]
    if known is not None:
        parts += [known.title, known.message]
    elif said:
        parts.append(translate("Tray", "中心说明：{message}").format(message=said))
    elif op.code:
        parts.append(op.code)
    return " · ".join(part for part in parts if part)


def _call(entry: _Entry, age: timedelta) -> Call:
    words = translate("Tray", "未被接受的操作已搁置 {length}").format(length=span(age))
    about = translate("Tray", "{verb} · {title}").format(verb=verb_word(entry.op.verb), title=entry.title)
    return Call(f"tray/{entry.op.op_id}", "orange", words, about)
