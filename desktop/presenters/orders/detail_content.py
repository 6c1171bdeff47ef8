"""One work order, whole, in ready words: stages, facts, history and what can be done."""

from datetime import datetime
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication

from desktop.central.lenient import read_as
from desktop.central.schema import Officer, WorkOrder
from desktop.domain.escalation import proposal
from desktop.domain.masking import mask_name, mask_phone, mask_text
from desktop.domain.sla import Slack, parse_time
from desktop.domain.workflow import State
from desktop.presenters.directory import Directory
from desktop.presenters.labels import (
    CLOCK_TONE,
    URGENCY_TONE,
    hall_level_word,
    op_status_word,
    satisfaction_word,
    source_word,
    state_word,
    verb_word,
)
from desktop.presenters.orders.actions import Situation, order_actions
from desktop.presenters.orders.clock_account import clock_account
from desktop.presenters.orders.dispatch_help import advice_fact
from desktop.presenters.orders.links import link_groups
from desktop.presenters.orders.rows import CLOCK_SHAPE, clock_of, clock_words
from desktop.presenters.orders.steps import history_lines, order_steps
from desktop.presenters.orders.subject import Subject
from desktop.presenters.orders.twins import twins
from desktop.presenters.times import clock_time, span
from desktop.presenters.whereabouts import lon_lat
from storage.records import OpRecord
from widgets.detail.order import Fact, Notice, OrderDetail, PlaceMark
from widgets.queue.rows import Badge

translate = QCoreApplication.translate

URGENCY_RING = {"normal": 1, "urgent": 2, "critical": 3}
_SHOWN_CAP = 600
"""Characters of a description that are shown at once; the rest stands behind 解释."""
_LINES_SHOWN, _LINES_READ = 12, 120
_LINE_CAP = 300
"""Characters of a title or an address."""
_READ_CAP = 6_000
"""Characters of a description that are shown at all: nobody reads more in a panel, and laying them out takes time."""


def order_detail(
    subject: Subject, directory: Directory, officer: Officer | None, now: datetime
) -> tuple[OrderDetail, WorkOrder]:
    """Map one order; returns the detail and the order it was made from."""
    order = read_as(WorkOrder, subject.record.data)
    slack = clock_of(order, now)
    raw = msgspec.json.decode(subject.record.data)
    alike = twins(order, subject.orders_near, directory, now)
    case = Situation(order, raw, directory, officer, now, alike, subject.advice)
    unsettled = frozenset(op.op_id for op in subject.unsettled)
    detail = OrderDetail(
        id=subject.record.id,
        number=_short(order.number),
        title=_short(order.title) or order.number or subject.record.id,
        clock=clock_words(slack),
        clock_tone=CLOCK_TONE[slack.clock],
        clock_shape=CLOCK_SHAPE[slack.clock],
        steps=order_steps(order, directory, now),
        facts=_facts(order, subject, directory, slack, now),
        history=history_lines(order, unsettled, directory, now),
        actions=order_actions(case),
        badges=tuple(_badge(op) for op in subject.unsettled),
        notices=_notices(order, raw, directory, now),
        links=link_groups(order, subject, alike, directory, now),
        place=_place(order, subject),
    )
    return detail, order


def _badge(op: OpRecord) -> Badge:
    refused = op.status in {"conflict", "rejected"}
    return Badge(f"{verb_word(op.verb)} · {op_status_word(op.status)}", tone="red" if refused else "yellow")


def _facts(order: WorkOrder, subject: Subject, directory: Directory, slack: Slack, now: datetime) -> tuple[Fact, ...]:
    units = [directory.department(unit) for unit in (order.lead_department, *order.departments) if unit]
    facts = [
        Fact(translate("OrderDetail", "时限"), _limit(order, slack, now), more=clock_account(order, directory, now)),
        Fact(translate("OrderDetail", "来源"), _joined(source_word(order.source), order.number)),
        Fact(translate("OrderDetail", "承办"), _joined(*dict.fromkeys(units))),
    ]
    advice = advice_fact(order, subject.advice, subject.alike, directory, now)
    if advice is not None:
        facts.append(advice)
    facts += [
        Fact(translate("OrderDetail", "地点"), _joined(_short(order.place.address), _short(order.place.neighbourhood))),
        Fact(translate("OrderDetail", "诉求人"), _joined(mask_name(order.caller.name), mask_phone(order.caller.phone))),
    ]
    facts += _standing(order, now)
    described, rest = _described(order.description)
    facts.append(Fact(translate("OrderDetail", "描述"), described, more=rest))
    return tuple(fact for fact in facts if fact.text)


def _short(text: str) -> str:
    return mask_text(text[:_LINE_CAP])


def _described(description: str) -> tuple[str, str]:
    """Return the beginning of a description, and as much of the rest as a person may want to read."""
    lines = mask_text(description[:_READ_CAP]).split("\n")
    first = "\n".join(lines[:_LINES_SHOWN])
    shown = first[:_SHOWN_CAP]
    rest = "\n".join([first[_SHOWN_CAP:], *lines[_LINES_SHOWN:_LINES_READ]]).strip("\n")
    if len(description) > _READ_CAP or len(lines) > _LINES_READ:
        words = translate("OrderDetail", "（共 {count} 字，其余未显示）").format(count=len(description))
        rest = f"{rest}\n{words}"
    return (f"{shown}…", rest) if rest else (shown, "")


def _place(order: WorkOrder, subject: Subject) -> PlaceMark | None:
    point = lon_lat(order.place)
    if point is None:
        return None
    spots = [(seen.id, lon_lat(seen.camera.place)) for seen in subject.watching]
    cameras = tuple((camera_id, *spot) for camera_id, spot in spots if spot is not None)
    return PlaceMark(*point, URGENCY_TONE.get(order.urgency, "neutral"), URGENCY_RING.get(order.urgency, 1), cameras)


def _notices(order: WorkOrder, raw: dict[str, Any], directory: Directory, now: datetime) -> tuple[Notice, ...]:
    """Say who supervises the order and what is due, and what the program proposes."""
    notices = []
    proposed = proposal(raw, now, directory.idle_limit(order.lead_department))
    if proposed is not None:
        length, level = span(proposed.length), hall_level_word(proposed.level)
        title = (
            translate("OrderDetail", "已超期 {length}，建议上提一级")
            if proposed.reason == "late"
            else translate("OrderDetail", "{length} 无人处理，建议上提一级")
        )
        text = translate("OrderDetail", "报{level}协调。说明已拟好，由您确认后才会发出。").format(level=level)
        label = translate("OrderDetail", "查看")
        notices.append(Notice(title.format(length=length), text, "orange", "escalate", label))
    if order.supervised is not None:
        due = parse_time(order.supervised.due)
        left = "" if due is None else span(due - now)
        answer = (
            ""
            if due is None
            else translate("OrderDetail", "答复应于 {due}（超期 {left}）")
            if due < now
            else translate("OrderDetail", "答复应于 {due}（还有 {left}）")
        )
        words = answer.format(due=clock_time(due, now), left=left)
        title = translate("OrderDetail", "督办：{who}").format(who=mask_name(order.supervised.by))
        tone = "red" if due is not None and due < now else "blue"
        notices.append(Notice(title, _joined(mask_text(order.supervised.text), words), tone))
    return tuple(notices)


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
