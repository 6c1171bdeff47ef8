"""The life of a work order as one pure table: state x verb x role -> state, and what the verb needs.

The same table decides in the drill centre, draws the officer's overlay and closes buttons with a reason.
Terms: 数字化城市管理 practice (GB/T 30428) and the rules of the hall in the handbook.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from desktop.domain import effects
from desktop.domain.reviews import hindrance
from desktop.domain.sla import parse_time

__all__ = [
    "APPENDING",
    "OPEN_STATES",
    "RULES",
    "STEPS",
    "Role",
    "State",
    "apply",
    "hindrance",
    "judge",
    "missing_arguments",
]


class State(StrEnum):
    """Stages of an order."""

    REPORTED = "reported"  # 待受理
    ACCEPTED = "accepted"  # 受理
    REGISTERED = "registered"  # 立案
    DISPATCHED = "dispatched"  # 派遣
    HANDLING = "handling"  # 处置
    VERIFYING = "verifying"  # 核查
    CLOSED = "closed"  # 结案
    REPLIED = "replied"  # 反馈
    ARCHIVED = "archived"  # 存档
    REFUSED = "refused"  # 不予受理
    VOIDED = "voided"  # 作废
    RETURNED = "returned"  # 退回
    SUSPENDED = "suspended"  # 挂起
    MERGED = "merged"  # 已并单


STEPS = (
    State.ACCEPTED,
    State.REGISTERED,
    State.DISPATCHED,
    State.HANDLING,
    State.VERIFYING,
    State.CLOSED,
    State.REPLIED,
)
"""The straight way, as the stepper shows it."""

OPEN_STATES = frozenset(
    {
        State.REPORTED,
        State.ACCEPTED,
        State.REGISTERED,
        State.DISPATCHED,
        State.HANDLING,
        State.VERIFYING,
        State.RETURNED,
        State.SUSPENDED,
    }
)


class Role(StrEnum):
    """Roles of the hall."""

    DUTY_CHIEF = "duty_chief"
    HOTLINE_CLERK = "hotline_clerk"
    GRID_CLERK = "grid_clerk"
    PLATFORM_CLERK = "platform_clerk"
    PATROL = "patrol"
    HANDLING_UNIT = "handling_unit"
    EMERGENCY = "emergency_coordinator"
    LEADER = "leader"
    OBSERVER = "observer"


_CLERKS = frozenset({Role.HOTLINE_CLERK, Role.GRID_CLERK, Role.PLATFORM_CLERK, Role.DUTY_CHIEF})
_DISPATCHERS = frozenset({Role.GRID_CLERK, Role.PLATFORM_CLERK, Role.DUTY_CHIEF})
_UNITS = frozenset({Role.HANDLING_UNIT, Role.DUTY_CHIEF})
_CHECKERS = frozenset({Role.GRID_CLERK, Role.PATROL, Role.DUTY_CHIEF})
_CHIEF = frozenset({Role.DUTY_CHIEF})
_LEADERS = frozenset({Role.LEADER})
_EVERYONE = frozenset(Role) - {Role.OBSERVER}

_AT_WORK = frozenset({State.DISPATCHED, State.HANDLING})
_OVER = frozenset({State.CLOSED, State.REPLIED})


@dataclass(frozen=True, slots=True)
class Rule:
    """One verb: from which states, to which state (None: it stays), by whom, with which arguments."""

    verb: str
    sources: frozenset[State]
    target: State | None
    roles: frozenset[Role]
    needs: tuple[str, ...] = ()


def _rule(
    verb: str, sources: set[State] | frozenset[State], target: State | None, roles: frozenset[Role], *needs: str
) -> Rule:
    return Rule(verb, frozenset(sources), target, roles, needs)


RULES: Mapping[str, Rule] = {
    rule.verb: rule
    for rule in (
        _rule("report", frozenset(), State.REPORTED, _EVERYONE, "title"),
        _rule("accept", {State.REPORTED}, State.ACCEPTED, _CLERKS),
        _rule("refuse", {State.REPORTED, State.ACCEPTED}, State.REFUSED, _CLERKS, "reason"),
        _rule("register", {State.ACCEPTED}, State.REGISTERED, _CLERKS),
        _rule(
            "dispatch",
            {State.ACCEPTED, State.REGISTERED, State.RETURNED},
            State.DISPATCHED,
            _DISPATCHERS | {Role.HOTLINE_CLERK},
            "department",
        ),
        _rule("handle", {State.DISPATCHED}, State.HANDLING, _UNITS),
        _rule("report_back", {State.HANDLING}, State.VERIFYING, _UNITS, "text"),
        _rule("transfer", _AT_WORK, State.DISPATCHED, _DISPATCHERS | {Role.HOTLINE_CLERK}, "department", "text"),
        _rule("return", _AT_WORK, State.RETURNED, _UNITS, "reason_code", "text"),
        _rule("return_review", {State.RETURNED}, None, _CHIEF),
        _rule("return_approve", {State.RETURNED}, State.VOIDED, _LEADERS),
        _rule("return_deny", {State.RETURNED}, State.HANDLING, _CHIEF | _LEADERS, "text"),
        _rule("extend", _AT_WORK, None, _CHIEF, "until", "reason"),
        _rule("extend_ask", _AT_WORK, None, _UNITS, "until", "reason"),
        _rule("extend_review", _AT_WORK, None, _CHIEF),
        _rule("extend_approve", _AT_WORK, None, _LEADERS),
        _rule("extend_deny", _AT_WORK, None, _CHIEF | _LEADERS, "text"),
        _rule("suspend", _AT_WORK, State.SUSPENDED, _UNITS, "reason", "until"),
        _rule("resume", {State.SUSPENDED}, State.HANDLING, _UNITS),
        _rule("verify_pass", {State.VERIFYING}, State.CLOSED, _CHECKERS),
        _rule("verify_fail", {State.VERIFYING}, State.HANDLING, _CHECKERS, "text"),
        _rule("close", {State.VERIFYING}, State.CLOSED, _CHIEF),
        _rule("reply", {State.CLOSED}, State.REPLIED, _CLERKS, "text"),
        _rule("call_back", _OVER, None, _CLERKS, "satisfaction"),
        _rule("archive", _OVER, State.ARCHIVED, _CLERKS),
        _rule("reopen", _OVER, State.HANDLING, _CLERKS, "text"),
        _rule("void", {State.ACCEPTED, State.REGISTERED, State.RETURNED}, State.VOIDED, _DISPATCHERS, "reason"),
        _rule("merge", OPEN_STATES, State.MERGED, _CLERKS, "into"),
        _rule("unmerge", {State.MERGED}, None, _CLERKS),
        _rule("remind", OPEN_STATES, None, _CLERKS | _LEADERS, "text"),
        _rule("supervise", OPEN_STATES, None, _CHIEF | _LEADERS, "text"),
        _rule("escalate", OPEN_STATES, None, _CLERKS, "text"),
        _rule("call_note", frozenset(State), None, _EVERYONE, "party", "text"),
        _rule("note", frozenset(State), None, _EVERYONE, "text"),
        _rule("attach", frozenset(State), None, _EVERYONE, "sha256", "name"),
    )
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a verb may be used now; `code` says why not (words in `presenters/faults/`)."""

    allowed: bool
    code: str = ""


ALLOWED = Verdict(allowed=True)

APPENDING = frozenset({"note", "call_note", "attach"})
"""Verbs that only add a line: they have no guard on the state."""


def judge(state: str, verb: str, roles: frozenset[str] | set[str] | list[str]) -> Verdict:
    """Say whether an officer with `roles` may use `verb` on an order in `state`.

    Codes: ``workflow.unknown_verb``, ``workflow.role``, ``workflow.state``, ``workflow.unknown_state``.
    """
    rule = RULES.get(verb)
    if rule is None:
        return Verdict(allowed=False, code="workflow.unknown_verb")
    if not rule.roles.intersection(roles):
        return Verdict(allowed=False, code="workflow.role")
    if verb in APPENDING or (verb == "report" and not state):
        return ALLOWED
    if state not in State.__members__.values():
        return Verdict(allowed=False, code="workflow.unknown_state")
    if state not in rule.sources:
        return Verdict(allowed=False, code="workflow.state")
    return ALLOWED


def missing_arguments(verb: str, args: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the arguments that `verb` needs and `args` leaves empty, or gives as what they cannot be."""
    rule = RULES.get(verb)
    return tuple(name for name in rule.needs if not _given(name, args.get(name))) if rule else ()


def _given(name: str, value: object) -> bool:
    if name == "sha256":  # anything else could never be fetched
        return re.fullmatch(r"[0-9a-f]{64}", str(value)) is not None
    if name == "until":  # an end in time: words in its place would leave the clock without one
        return parse_time(value) is not None
    return bool(str(value or "").strip())


def apply(order: Mapping[str, Any], verb: str, args: Mapping[str, Any], line: Mapping[str, Any]) -> dict[str, Any]:
    """Return `order` (the wire's JSON object) after `verb`, with `line` added to its history.

    Pure and total: an unknown verb or a closed transition only adds the line; the guards are `judge` and `hindrance`.
    The centre and the overlay both use this, so what the officer sees pending is what the centre will say.
    """
    rule = RULES.get(verb)
    after = dict(order)
    if verb == "report" and not after.get("state"):
        after |= effects.born(args, line) | {"state": State.REPORTED.value}
    elif rule is not None and (after.get("state") in rule.sources or verb in APPENDING):
        if rule.target is not None:
            after["state"] = rule.target.value
        effects.leave_marks(order, after, verb, args, line)
        if rule.target is State.CLOSED:
            after["closed_at"] = line.get("at", "")
        elif verb == "reopen":
            after["closed_at"] = ""
    after["updated_at"] = line.get("at", after.get("updated_at", ""))
    after["history"] = [*(after.get("history") or ()), {**line, "verb": verb, "state": after.get("state", "")}]
    return after
