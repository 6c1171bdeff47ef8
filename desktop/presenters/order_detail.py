"""One work order, whole, in ready words: stages, facts, history and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.central.lenient import read_as
from desktop.central.schema import WorkOrder
from desktop.domain.masking import mask_name, mask_phone, mask_text
from desktop.domain.sla import Slack, parse_time
from desktop.domain.workflow import RULES, STEPS, State, judge
from desktop.presenters.directory import Directory
from desktop.presenters.labels import CLOCK_TONE, op_status_word, source_word, state_word, verb_word
from desktop.presenters.order_rows import CLOCK_SHAPE, clock_of, clock_words
from desktop.presenters.times import clock_time, span
from desktop.presenters.wording import words_of
from storage.records import OpRecord, Record
from widgets.detail.order import ActionSpec, Choice, Fact, FieldSpec, HistoryLine, OrderDetail, Step
from widgets.queue.rows import Badge

translate = QCoreApplication.translate

_KEYS = {
    "accept": "A",
    "register": "G",
    "dispatch": "D",
    "handle": "H",
    "report_back": "B",
    "verify_pass": "V",
    "return": "R",
    "supervise": "S",
    "note": "N",
}
_ALWAYS = ("accept", "dispatch", "note")
"""Shown in every state, closed with a reason where they cannot be used; the others come when their state comes."""

_EXPECTED: dict[str, str] = {
    State.REPORTED: "accept",
    State.ACCEPTED: "register",
    State.REGISTERED: "dispatch",
    State.RETURNED: "dispatch",
    State.DISPATCHED: "handle",
    State.HANDLING: "report_back",
    State.SUSPENDED: "resume",
    State.VERIFYING: "verify_pass",
    State.CLOSED: "reply",
    State.REPLIED: "archive",
}
"""The step that the way of the work expects next: the one button that stands out."""

_PAUSES = (timedelta(days=1), timedelta(days=3), timedelta(days=7))


@dataclass(frozen=True, slots=True)
class Subject:
    """What was read of one order.

    Attributes:
        record: The order, projected.
        unsettled: Operations of this desk on it that the cache does not cover yet, refused ones included.
        cameras_near: Working cameras within `near_m` metres of it.
        near_m: That distance.
    """

    record: Record
    unsettled: Sequence[OpRecord]
    cameras_near: int
    near_m: int


def order_detail(
    subject: Subject, directory: Directory, roles: Sequence[str], now: datetime
) -> tuple[OrderDetail, WorkOrder]:
    """Map one order; returns the detail and the order it was made from."""
    order = read_as(WorkOrder, subject.record.data)
    slack = clock_of(order, now)
    detail = OrderDetail(
        id=subject.record.id,
        number=order.number,
        title=mask_text(order.title) or order.number or subject.record.id,
        clock=clock_words(slack),
        clock_tone=CLOCK_TONE[slack.clock],
        clock_shape=CLOCK_SHAPE[slack.clock],
        steps=_steps(order, now),
        facts=_facts(order, subject, directory, slack, now),
        history=_history(order, frozenset(op.op_id for op in subject.unsettled), now),
        actions=_actions(order, directory, roles, now),
        badges=tuple(_badge(op) for op in subject.unsettled),
    )
    return detail, order


def _badge(op: OpRecord) -> Badge:
    refused = op.status in {"conflict", "rejected"}
    return Badge(f"{verb_word(op.verb)} · {op_status_word(op.status)}", tone="red" if refused else "yellow")


def _steps(order: WorkOrder, now: datetime) -> tuple[Step, ...]:
    reached = {line.state: line.at for line in order.history if line.state in STEPS}
    done = [index for index, state in enumerate(STEPS) if state == order.state or state in reached]
    present = STEPS.index(State(order.state)) if order.state in STEPS else max(done, default=-1)
    steps = []
    for index, state in enumerate(STEPS):
        moment = clock_time(parse_time(reached.get(state)), now)
        if index == present and state == order.state:
            due = clock_time(parse_time(order.due), now)
            limit = translate("OrderDetail", "限 {time}").format(time=due) if due else moment
            steps.append(Step(state_word(state), "current", limit))
        else:
            steps.append(Step(state_word(state), "done" if index <= present else "future", moment))
    return tuple(steps)


def _facts(order: WorkOrder, subject: Subject, directory: Directory, slack: Slack, now: datetime) -> tuple[Fact, ...]:
    lead = directory.lead_of(order.module)
    units = [directory.department(unit) for unit in (order.lead_department, *order.departments) if unit]
    near = translate("OrderDetail", "{metres} m 内 {count} 路可视")
    facts = [
        Fact(translate("OrderDetail", "时限"), _limit(order, slack, now), more=_explanation(order, now)),
        Fact(translate("OrderDetail", "来源"), _joined(source_word(order.source), order.number)),
        Fact(translate("OrderDetail", "承办"), _joined(*dict.fromkeys(units))),
    ]
    if lead and not order.lead_department:
        why = translate("OrderDetail", "（{module}的牵头部门）").format(module=directory.module(order.module))
        words = translate("OrderDetail", "派")
        facts.append(Fact(translate("OrderDetail", "建议"), words, directory.department(lead), why))
    facts += [
        Fact(translate("OrderDetail", "地点"), _joined(mask_text(order.place.address), order.place.neighbourhood)),
        Fact(translate("OrderDetail", "附近"), near.format(metres=subject.near_m, count=subject.cameras_near)),
        Fact(translate("OrderDetail", "诉求人"), _joined(mask_name(order.caller.name), mask_phone(order.caller.phone))),
    ]
    if order.supervised is not None:
        told = mask_text(order.supervised.text) or order.supervised.by
        facts.append(Fact(translate("OrderDetail", "督办"), told))
    facts.append(Fact(translate("OrderDetail", "描述"), mask_text(order.description)))
    return tuple(fact for fact in facts if fact.text)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _limit(order: WorkOrder, slack: Slack, now: datetime) -> str:
    due = parse_time(order.due)
    if due is None:
        return translate("OrderDetail", "没有时限")
    words = translate("OrderDetail", "{stage} · {time} 到").format(
        stage=state_word(order.state), time=clock_time(due, now)
    )
    return _joined(words, clock_words(slack))


def _explanation(order: WorkOrder, now: datetime) -> str:
    """Say where the limit comes from: the centre's rule for each stage, and the whole length."""
    lines = []
    for limit in order.limits:
        due = clock_time(parse_time(limit.due), now)
        if due:
            lines.append(_joined(state_word(limit.stage), due, limit.rule))
    opened, due_at = parse_time(order.opened_at), parse_time(order.due)
    if opened is not None and due_at is not None and due_at > opened:
        whole = translate("OrderDetail", "从 {opened} 起共 {length}，剩不足四分之一为临期；按中心时间计算。")
        lines.append(whole.format(opened=clock_time(opened, now), length=span(due_at - opened)))
    return "\n".join(lines)


def _history(order: WorkOrder, unsettled: frozenset[str], now: datetime) -> tuple[HistoryLine, ...]:
    lines = []
    for line in reversed(order.history):
        pending = bool(line.op_id) and line.op_id in unsettled
        who = translate("OrderDetail", "本席") if pending else line.actor
        words = verb_word(line.verb)
        if line.text:
            words = translate("OrderDetail", "{verb}：{text}").format(verb=words, text=mask_text(line.text))
        lines.append(HistoryLine(clock_time(parse_time(line.at), now), who, words, pending=pending))
    return tuple(lines)


def _actions(order: WorkOrder, directory: Directory, roles: Sequence[str], now: datetime) -> tuple[ActionSpec, ...]:
    specs: list[ActionSpec] = []
    for verb, rule in RULES.items():
        if verb not in _ALWAYS and order.state not in rule.sources:
            continue
        verdict = judge(order.state, verb, list(roles))
        reason = "" if verdict.allowed else words_of(verdict.code, {"state": state_word(order.state)}).message
        specs.append(
            ActionSpec(
                verb=verb,
                label=verb_word(verb),
                key=_KEYS.get(verb, ""),
                enabled=verdict.allowed,
                reason=reason,
                primary=verdict.allowed and verb == _EXPECTED.get(order.state),
                fields=tuple(_field(name, order, directory, now) for name in rule.needs),
            )
        )
    # What is expected comes first, what is closed last; within each the way of the work.
    return tuple(sorted(specs, key=_place_in_bar))


def _place_in_bar(spec: ActionSpec) -> tuple[bool, bool]:
    return (not spec.primary, not spec.enabled)


def _field(name: str, order: WorkOrder, directory: Directory, now: datetime) -> FieldSpec:
    match name:
        case "department":
            return FieldSpec(name, translate("OrderDetail", "派给"), _departments(order, directory))
        case "reason_code":
            kinds = (
                Choice("wrong_unit", translate("OrderDetail", "派错单位"), translate("OrderDetail", "值班长立即改派")),
                Choice("no_need", translate("OrderDetail", "无需处置"), translate("OrderDetail", "需审核和批准")),
            )
            return FieldSpec(name, translate("OrderDetail", "退回类别"), kinds)
        case "until":
            pauses = tuple(
                Choice(
                    (now + pause).isoformat(timespec="seconds"),
                    translate("OrderDetail", "{days} 天").format(days=pause.days),
                    clock_time(now + pause, now),
                )
                for pause in _PAUSES
            )
            return FieldSpec(name, translate("OrderDetail", "挂起到"), pauses)
        case "reason":
            return FieldSpec(name, translate("OrderDetail", "理由"))
        case _:
            return FieldSpec(name, translate("OrderDetail", "说明"))


def _departments(order: WorkOrder, directory: Directory) -> tuple[Choice, ...]:
    lead = directory.lead_of(order.module)
    choices = [
        Choice(
            unit.id,
            unit.name,
            hint=translate("OrderDetail", "{module}的牵头部门").format(module=directory.module(order.module))
            if unit.id == lead
            else "",
            search=unit.initials,
            suggested=unit.id == lead,
        )
        for unit in directory.units()
    ]
    return tuple(sorted(choices, key=_suggested_first))


def _suggested_first(choice: Choice) -> bool:
    return not choice.suggested
