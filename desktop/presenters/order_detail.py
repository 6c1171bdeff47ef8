"""One work order, whole, in ready words: stages, facts, history and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from PySide6.QtCore import QCoreApplication

from desktop.central.lenient import read_as
from desktop.central.schema import Officer, WorkOrder
from desktop.domain.masking import mask_name, mask_phone, mask_text
from desktop.domain.sla import Slack, parse_time
from desktop.domain.workflow import STEPS, State
from desktop.presenters.clock_account import clock_account
from desktop.presenters.directory import Directory
from desktop.presenters.labels import (
    CLOCK_TONE,
    hall_level_word,
    op_status_word,
    satisfaction_word,
    source_word,
    state_word,
    verb_word,
)
from desktop.presenters.order_actions import Situation, order_actions
from desktop.presenters.order_rows import CLOCK_SHAPE, clock_of, clock_words
from desktop.presenters.times import clock_time
from desktop.presenters.twins import Near, earlier_words, twins
from storage.records import OpRecord, Record
from widgets.detail.order import Fact, HistoryLine, OrderDetail, Step
from widgets.queue.rows import Badge

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Subject:
    """What was read of one order.

    Attributes:
        record: The order, projected.
        unsettled: Operations of this desk on it that the cache does not cover yet, refused ones included.
        cameras_near: Working cameras within `near_m` metres of it.
        near_m: That distance.
        orders_near: Other orders near it, finished ones too.
    """

    record: Record
    unsettled: Sequence[OpRecord]
    cameras_near: int
    near_m: int
    orders_near: Sequence[Near] = ()


def order_detail(
    subject: Subject, directory: Directory, officer: Officer | None, now: datetime
) -> tuple[OrderDetail, WorkOrder]:
    """Map one order; returns the detail and the order it was made from."""
    order = read_as(WorkOrder, subject.record.data)
    slack = clock_of(order, now)
    raw = msgspec.json.decode(subject.record.data)
    alike = twins(order, subject.orders_near, directory, now)
    case = Situation(order, raw, directory, officer, now, alike)
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
        actions=order_actions(case),
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
        Fact(translate("OrderDetail", "时限"), _limit(order, slack, now), more=clock_account(order, directory, now)),
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
    earlier, lines = earlier_words(order, subject.orders_near, now)
    facts.append(Fact(translate("OrderDetail", "此处以往"), earlier, more=lines))
    facts += _standing(order, now)
    facts.append(Fact(translate("OrderDetail", "描述"), mask_text(order.description)))
    return tuple(fact for fact in facts if fact.text)


def _standing(order: WorkOrder, now: datetime) -> list[Fact]:
    """Say what waits for people, what was granted, and where the order has gone besides its state."""
    facts: list[Fact] = []
    for label, request in (
        (translate("OrderDetail", "延期申请"), order.extension),
        (translate("OrderDetail", "退回审核"), order.return_review),
    ):
        if request is not None:
            step = (
                translate("OrderDetail", "{name} 已初审，待另一人审批").format(name=mask_name(request.reviewed_by))
                if request.reviewer
                else translate("OrderDetail", "待初审")
            )
            until = clock_time(parse_time(request.until), now)
            facts.append(Fact(label, _joined(until, mask_text(request.reason)), strong=step))
    if order.extensions:
        newest = order.extensions[-1]
        words = translate("OrderDetail", "第 {count} 次，到 {until}").format(
            count=len(order.extensions), until=clock_time(parse_time(newest.until), now)
        )
        facts.append(Fact(translate("OrderDetail", "延期"), _joined(words, mask_text(newest.reason))))
    if order.state == State.SUSPENDED:
        facts.append(Fact(translate("OrderDetail", "挂起到"), clock_time(parse_time(order.suspended_until), now)))
    if order.merged is not None:
        facts.append(Fact(translate("OrderDetail", "已并入"), order.merged.into))
    if order.level:
        facts.append(Fact(translate("OrderDetail", "层级"), hall_level_word(order.level)))
    if order.satisfaction:
        facts.append(Fact(translate("OrderDetail", "回访"), satisfaction_word(order.satisfaction)))
    return facts


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
