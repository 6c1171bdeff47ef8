"""What can be done with an order: its buttons, open or closed with a reason, and what each of them asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.central.schema import Officer, WorkOrder
from desktop.domain.dispatch import NO_ADVICE, Advice
from desktop.domain.escalation import proposal
from desktop.domain.reviews import NO_NEED, next_level
from desktop.domain.sla import parse_time
from desktop.domain.workflow import RULES, STEPS, State, hindrance, judge
from desktop.presenters.directory import Directory
from desktop.presenters.labels import (
    PARTIES,
    SATISFACTIONS,
    hall_level_word,
    party_word,
    satisfaction_word,
    state_word,
    verb_word,
)
from desktop.presenters.orders.dispatch_help import unit_choices
from desktop.presenters.times import clock_time, span
from desktop.presenters.wording import words_of
from widgets.detail.order import ActionSpec, Choice, FieldSpec

translate = QCoreApplication.translate

ACTION_KEYS = {
    "accept": "A",
    "register": "G",
    "dispatch": "D",
    "handle": "H",
    "report_back": "B",
    "verify_pass": "V",
    "return": "R",
    "supervise": "S",
    "note": "N",
    "transfer": "T",
    "extend": "E",
    "merge": "M",
    "remind": "U",
    "escalate": "L",
    "call_note": "P",
    "call_back": "C",
    "reply": "Y",
    "archive": "F",
    "attach": "I",
}
"""Letters that start an action of the chosen order, in the order of the work."""
_ALWAYS = ("accept", "dispatch", "note")
"""Shown in every state, closed with a reason where they cannot be used; the others come when their state comes."""

_MINOR = frozenset({"extend", "extend_ask", "suspend", "merge", "remind", "supervise", "escalate", "void", "call_note"})
"""Behind 更多: possible in many states, and seldom what comes next. Their keys work all the same."""

_WAY = (*STEPS, State.ARCHIVED)
"""The straight way to its end."""

_NOT_ASKED = frozenset({"workflow.extension_none", "workflow.return_none"})
"""Codes of steps that are about nothing as long as nobody has asked: not shown at all."""

_FAR = timedelta(days=3_650)
"""A limit beyond this is none that anybody extends."""
_PAUSES = (timedelta(days=1), timedelta(days=3), timedelta(days=7))


@dataclass(frozen=True, slots=True)
class Situation:
    """In which an action is thought of.

    Attributes:
        order: The order as read.
        raw: The same as the JSON object it came as, for the rules.
        directory: Names.
        officer: Who would act; None while nobody is signed in.
        now: The centre's time.
        twins: Orders that may be about the same, for 并单.
        advice: Who should do the work, for 派遣 and 转办.
    """

    order: WorkOrder
    raw: Mapping[str, Any]
    directory: Directory
    officer: Officer | None
    now: datetime
    twins: tuple[Choice, ...] = ()
    advice: Advice = NO_ADVICE


def order_actions(case: Situation) -> tuple[ActionSpec, ...]:
    """Return the actions: what is expected first, what is closed last, and within each the way of the work."""
    specs: list[ActionSpec] = []
    expected = _expected(case.order)
    expected_found = False
    for verb, rule in RULES.items():
        if verb not in _ALWAYS and case.order.state not in rule.sources:
            continue
        code = _closed_by(case, verb)
        if code in _NOT_ASKED or (verb == "merge" and not case.twins):
            continue
        leads_on = verb == expected if expected else _leads_on(case.order.state, rule.target)
        primary = not code and leads_on and not expected_found and verb not in _MINOR
        expected_found = expected_found or primary
        specs.append(
            ActionSpec(
                verb=verb,
                label=verb_word(verb),
                key=ACTION_KEYS.get(verb, ""),
                enabled=not code,
                reason=words_of(code, {"state": state_word(case.order.state)}).message if code else "",
                primary=primary,
                fields=_fields(verb, case),
                minor=verb in _MINOR,
            )
        )
    return tuple(sorted(specs, key=_place_in_bar))


def _expected(order: WorkOrder) -> str:
    """Return the verb that comes next for a reason that the straight way does not know, or ""."""
    if order.satisfaction == "dissatisfied":
        return "reopen"
    for request, review, approve in (
        (order.extension, "extend_review", "extend_approve"),
        (order.return_review, "return_review", "return_approve"),
    ):
        if request is not None:
            return approve if request.reviewer else review
    return ""


def _leads_on(state: str, target: State | None) -> bool:
    """Whether an action takes an order on along its way: neither back, nor out of it, nor to one side."""
    return target in _WAY and (state not in _WAY or _WAY.index(target) > _WAY.index(State(state)))


def _closed_by(case: Situation, verb: str) -> str:
    officer = case.officer
    verdict = judge(case.order.state, verb, list(officer.roles) if officer is not None else [])
    found = hindrance(case.raw, verb, officer.id if officer is not None else "")
    # What nobody has asked for is no button, whoever looks.
    return found if found in _NOT_ASKED else verdict.code or found


def _place_in_bar(spec: ActionSpec) -> tuple[bool, bool, bool]:
    return (not spec.primary, spec.minor, not spec.enabled)


def _fields(verb: str, case: Situation) -> tuple[FieldSpec, ...]:
    if verb == "attach":
        return ()  # files are chosen, dropped or pasted, not written
    fields = [
        FieldSpec(
            name,
            _field_word(name, verb),
            _choices(name, verb, case),
            prepared=_prepared(verb, case) if name == "text" else "",
        )
        for name in RULES[verb].needs
    ]
    if verb == "call_back":
        fields.append(FieldSpec("text", _field_word("text", verb), required=False))
    return tuple(fields)


def _field_word(name: str, verb: str) -> str:
    words = {
        "department": translate("OrderDetail", "转给") if verb == "transfer" else translate("OrderDetail", "派给"),
        "until": translate("OrderDetail", "挂起到") if verb == "suspend" else translate("OrderDetail", "延期到"),
        "reason_code": translate("OrderDetail", "退回类别"),
        "into": translate("OrderDetail", "并入"),
        "party": translate("OrderDetail", "与谁通话"),
        "satisfaction": translate("OrderDetail", "回访结果"),
        "reason": translate("OrderDetail", "理由"),
    }
    return words.get(name) or translate("OrderDetail", "说明")


def _choices(name: str, verb: str, case: Situation) -> tuple[Choice, ...]:
    choices: tuple[Choice, ...] = ()
    match name:
        case "department":
            choices = unit_choices(case.order, case.advice, case.directory)
        case "reason_code":
            choices = (
                Choice("wrong_unit", translate("OrderDetail", "派错单位"), translate("OrderDetail", "值班长立即改派")),
                Choice(NO_NEED, translate("OrderDetail", "无需处置"), translate("OrderDetail", "须初审和批准")),
            )
        case "until":
            due = parse_time(case.order.due)
            own = verb == "suspend" or due is None or due - case.now > _FAR
            choices = _days_from(case.now if own or due is None else max(due, case.now), case.now)
        case "into":
            choices = case.twins
        case "party":
            choices = tuple(Choice(party, party_word(party)) for party in PARTIES)
        case "satisfaction":
            choices = tuple(Choice(answer, satisfaction_word(answer)) for answer in SATISFACTIONS)
    return choices


def _prepared(verb: str, case: Situation) -> str:
    """Return words the officer may send as they are: of a reminder, and of taking an order one level up."""
    order, now = case.order, case.now
    due = parse_time(order.due)
    late = due is not None and due < now
    unit = case.directory.department(order.lead_department) if order.lead_department else ""
    if verb == "remind":
        words = (
            translate("OrderDetail", "{unit}：本单时限 {due} 已过，请立即办理并反馈。")
            if late
            else translate("OrderDetail", "{unit}：本单时限 {due}，请抓紧办理。")
        )
        return words.format(unit=unit, due=clock_time(due, now))
    if verb == "escalate":
        proposed = proposal(case.raw, now, case.directory.idle_limit(order.lead_department))
        words = translate("OrderDetail", "{number} 现为“{state}”，承办 {unit}，时限 {due}，请{level}协调。")
        if proposed is not None and proposed.reason == "idle":
            words = translate(
                "OrderDetail", "{number} 在{unit}已 {length} 无人处理，现为“{state}”，时限 {due}，请{level}协调。"
            )
        elif proposed is not None:
            words = translate(
                "OrderDetail", "{number} 已超期 {length}，现为“{state}”，承办 {unit}，时限 {due}，请{level}协调。"
            )
        return words.format(
            number=order.number,
            state=state_word(order.state),
            unit=unit,
            due=clock_time(due, now),
            length=span(proposed.length) if proposed is not None else "",
            level=hall_level_word(next_level({"level": order.level})),
        )
    return ""


def _days_from(start: datetime, now: datetime) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            (start + pause).isoformat(timespec="seconds"),
            translate("OrderDetail", "{days} 天").format(days=pause.days),
            clock_time(start + pause, now),
        )
        for pause in _PAUSES
    )
