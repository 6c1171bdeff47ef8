"""The stages of an order with who, when and until when, and the history line by line."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.central.schema import HistoryLine as WireLine
from desktop.central.schema import WorkOrder
from desktop.domain.escalation import BY_ITSELF
from desktop.domain.masking import mask_name, mask_text
from desktop.domain.sla import parse_time
from desktop.domain.workflow import STEPS, State
from desktop.presenters.directory import Directory
from desktop.presenters.labels import state_word, verb_word
from desktop.presenters.times import clock_time
from widgets.detail.order import HistoryLine, Step

translate = QCoreApplication.translate

SHOWN_CAP = 200
"""Newest lines of a history that are shown."""
_LINE_CAP = 1_000


def actor_words(line: WireLine, directory: Directory) -> str:
    """Return who did something: a person masked, with the department; the system and organisations as they are."""
    if line.actor == BY_ITSELF:
        return translate("OrderDetail", "系统")
    person = bool(line.officer or line.department)
    name = mask_name(line.actor[:_LINE_CAP]) if person else mask_text(line.actor[:_LINE_CAP])
    unit = directory.department(line.department) if line.department else ""
    return " · ".join(part for part in (name, unit) if part)


def order_steps(order: WorkOrder, directory: Directory, now: datetime) -> tuple[Step, ...]:
    """Return the straight way, as far as the order has gone on it."""
    reached = {line.state: line for line in order.history if line.state in STEPS}
    done = [index for index, state in enumerate(STEPS) if state == order.state or state in reached]
    present = STEPS.index(State(order.state)) if order.state in STEPS else max(done, default=-1)
    limits = {limit.stage: parse_time(limit.due) for limit in order.limits}
    return tuple(
        _step(state, index - present, order, reached, limits.get(state), directory, now)
        for index, state in enumerate(STEPS)
    )


def _step(  # noqa: PLR0917 - one stage of one order, all of it told apart by position in `order_steps` alone
    state: State,
    ahead: int,
    order: WorkOrder,
    reached: Mapping[str, WireLine],
    limit: datetime | None,
    directory: Directory,
    now: datetime,
) -> Step:
    line = reached.get(state)
    moment = parse_time(line.at) if line is not None and ahead <= 0 else None
    current = ahead == 0 and state == order.state
    running = parse_time(order.due) if current else None
    # What runs in a stage is the limit of what comes next: the centre's `due` is the truth of it.
    until = running or limit
    words = translate("OrderDetail", "限 {time}").format(time=clock_time(until, now)) if until is not None else ""
    late = until is not None and (until < (moment or now)) and (current or ahead <= 0)
    return Step(
        state_word(state),
        "current" if current else "done" if ahead <= 0 else "future",
        (words or clock_time(moment, now)) if current else clock_time(moment, now),
        who=actor_words(line, directory) if line is not None and ahead <= 0 else "",
        limit=words,
        late=late,
    )


def history_lines(
    order: WorkOrder, unsettled: frozenset[str], directory: Directory, now: datetime
) -> tuple[HistoryLine, ...]:
    """Return what happened, newest first; what this desk did and the centre has not confirmed is marked."""
    lines = []
    for line in reversed(order.history[-SHOWN_CAP:]):
        pending = bool(line.op_id) and line.op_id in unsettled
        who = translate("OrderDetail", "本席") if pending else actor_words(line, directory)
        words = verb_word(line.verb)
        if line.text:
            words = translate("OrderDetail", "{verb}：{text}").format(verb=words, text=mask_text(line.text[:_LINE_CAP]))
        lines.append(HistoryLine(clock_time(parse_time(line.at), now), who, words, pending=pending))
    older = len(order.history) - SHOWN_CAP
    if older > 0:
        lines.append(HistoryLine("", translate("OrderDetail", "另有 {count} 条更早的记录").format(count=older), ""))
    return tuple(lines)
