"""Both versions of a refused operation: what the officer saw and meant, and how the object stands at the centre."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication

from desktop.central.lenient import read_as
from desktop.central.schema import Op, OpResult, WorkOrder
from desktop.domain.masking import mask_name, mask_text
from desktop.domain.sla import parse_time
from desktop.domain.workflow import APPENDING, RULES
from desktop.presenters.directory import Directory
from desktop.presenters.labels import state_word, verb_word
from desktop.presenters.times import clock_time
from storage.records import OpRecord
from widgets.detail.order import Compared

translate = QCoreApplication.translate

_VALUE_CAP = 300


def read_outcome(op: OpRecord) -> OpResult:
    """Return the centre's answer to an operation as far as it can be read."""
    try:
        return msgspec.json.decode(op.outcome, type=OpResult)
    except msgspec.DecodeError:
        return OpResult(op.op_id, op.status)


def heads(op: OpRecord, officer: str, outcome: OpResult, now: datetime) -> tuple[str, str]:
    """Return who did what when, of this desk and of the centre."""
    mine = " ".join(part for part in (mask_name(officer), clock_time(parse_time(op.created_at), now)) if part)
    theirs = " ".join(part for part in (mask_name(outcome.by), clock_time(parse_time(outcome.at), now)) if part)
    return (
        translate("Tray", "本席想做的 · {who}").format(who=mine),
        translate("Tray", "中心现状 · {who}").format(who=theirs) if theirs else translate("Tray", "中心现状"),
    )


def compared(
    op: OpRecord, sent: Op, current: Mapping[str, Any], directory: Directory, now: datetime
) -> tuple[Compared, ...]:
    """Return what was meant beside what is, line by line; `current` is the object as JSON, empty if it is gone."""
    order = read_as(WorkOrder, msgspec.json.encode(current))
    lines = [_state_line(op, sent, order)]
    fields = [(name, value) for name, value in sent.args.items() if isinstance(value, dict) and "new" in value]
    lines += [_field_line(name, value, current) for name, value in fields]
    department = sent.args.get("department")
    if isinstance(department, str) and department:
        mine = directory.department(department)
        theirs = directory.department(order.lead_department) if order.lead_department else "–"
        lines.append(Compared(translate("Tray", "承办"), mine, theirs))
    until = sent.args.get("until")
    if isinstance(until, str) and until:
        mine, theirs = (clock_time(parse_time(text), now) for text in (until, order.due))
        lines.append(Compared(translate("Tray", "时限"), mine, theirs))
    words = sent.args.get("text") or sent.args.get("reason") or sent.reason
    if isinstance(words, str) and words:
        lines.append(Compared(translate("Tray", "说明"), mask_text(words[:_VALUE_CAP]), _last_words(order)))
    return tuple(line for line in lines if line.mine or line.theirs)


def _state_line(op: OpRecord, sent: Op, order: WorkOrder) -> Compared:
    rule = RULES.get(op.verb)
    before = state_word(sent.expect.state) if sent.expect.state else ""
    after = state_word(rule.target.value) if rule is not None and rule.target is not None else verb_word(op.verb)
    mine = translate("Tray", "{before} → {after}").format(before=before, after=after) if before else after
    return Compared(translate("Tray", "环节"), mine, state_word(order.state) if order.state else "–")


def _field_line(name: str, value: Mapping[str, Any], current: Mapping[str, Any]) -> Compared:
    words = translate("Tray", "{base} → {new}")
    mine = words.format(base=_shown(value.get("base")), new=_shown(value.get("new")))
    return Compared(name, mine, _shown(current.get(name)))


def _shown(value: object) -> str:
    if value is None or value == "":
        return "–"
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return mask_text(text[:_VALUE_CAP])


def _last_words(order: WorkOrder) -> str:
    """Return what was last said at the centre by whoever moved the order."""
    moves = [line for line in order.history if line.verb not in APPENDING]
    if not moves:
        return ""
    line = moves[-1]
    words = translate("Tray", "{verb}：{text}") if line.text else "{verb}"
    return words.format(verb=verb_word(line.verb), text=mask_text(line.text[:_VALUE_CAP]))
