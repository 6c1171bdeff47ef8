"""The life of a work order as one pure table: state x verb x role -> state, and what the verb needs.

The same table decides in the drill centre, draws the officer's overlay and closes buttons with a reason.
Terms: 数字化城市管理 practice (GB/T 30428) and the rules of the hall in the handbook.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


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
_EVERYONE = frozenset(Role) - {Role.OBSERVER}


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
        _rule("return", {State.DISPATCHED, State.HANDLING}, State.RETURNED, _UNITS, "reason_code", "text"),
        _rule("suspend", {State.DISPATCHED, State.HANDLING}, State.SUSPENDED, _UNITS, "reason", "until"),
        _rule("resume", {State.SUSPENDED}, State.HANDLING, _UNITS),
        _rule("verify_pass", {State.VERIFYING}, State.CLOSED, _CHECKERS),
        _rule("verify_fail", {State.VERIFYING}, State.HANDLING, _CHECKERS, "text"),
        _rule("close", {State.VERIFYING}, State.CLOSED, frozenset({Role.DUTY_CHIEF})),
        _rule("reply", {State.CLOSED}, State.REPLIED, _CLERKS, "text"),
        _rule("archive", {State.REPLIED, State.CLOSED}, State.ARCHIVED, _CLERKS),
        _rule("reopen", {State.CLOSED, State.REPLIED}, State.HANDLING, _CLERKS, "text"),
        _rule("void", {State.ACCEPTED, State.REGISTERED, State.RETURNED}, State.VOIDED, _DISPATCHERS, "reason"),
        _rule("supervise", OPEN_STATES, None, frozenset({Role.DUTY_CHIEF, Role.LEADER}), "text"),
        _rule("note", frozenset(State), None, _EVERYONE, "text"),
    )
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a verb may be used now; `code` says why not (words in `presenters/faults/`)."""

    allowed: bool
    code: str = ""


ALLOWED = Verdict(allowed=True)


def judge(state: str, verb: str, roles: frozenset[str] | set[str] | list[str]) -> Verdict:
    """Say whether an officer with `roles` may use `verb` on an order in `state`.

    Codes: ``workflow.unknown_verb``, ``workflow.role``, ``workflow.state``, ``workflow.unknown_state``.
    """
    rule = RULES.get(verb)
    if rule is None:
        return Verdict(allowed=False, code="workflow.unknown_verb")
    if not rule.roles.intersection(roles):
        return Verdict(allowed=False, code="workflow.role")
    if verb == "note":
        return ALLOWED
    if state not in State.__members__.values():
        return Verdict(allowed=False, code="workflow.unknown_state")
    if state not in rule.sources:
        return Verdict(allowed=False, code="workflow.state")
    return ALLOWED


def missing_arguments(verb: str, args: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the arguments that `verb` needs and `args` leaves empty."""
    rule = RULES.get(verb)
    return tuple(name for name in rule.needs if not str(args.get(name) or "").strip()) if rule else ()


def apply(order: Mapping[str, Any], verb: str, args: Mapping[str, Any], line: Mapping[str, Any]) -> dict[str, Any]:
    """Return `order` (the wire's JSON object) after `verb`, with `line` added to its history.

    Pure and total: an unknown verb or a closed transition only adds the line; the guard is `judge`.
    The centre and the overlay both use this, so what the officer sees pending is what the centre will say.
    """
    after = dict(order)
    rule = RULES.get(verb)
    if rule is not None and rule.target is not None and after.get("state") in rule.sources:
        after["state"] = rule.target.value
        if rule.target is State.CLOSED:
            after["closed_at"] = line.get("at", "")
        elif verb == "reopen":
            after["closed_at"] = ""
    if verb == "dispatch" and args.get("department"):
        after["lead_department"] = args["department"]
    if verb == "supervise":
        after["supervised"] = {"by": line.get("actor", ""), "due": args.get("due", ""), "text": args.get("text", "")}
    after["updated_at"] = line.get("at", after.get("updated_at", ""))
    after["history"] = [*(after.get("history") or ()), {**line, "verb": verb, "state": after.get("state", "")}]
    return after
