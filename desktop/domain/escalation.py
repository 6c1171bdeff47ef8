"""上提一级 as a proposal: which orders lie too long, and why. Nothing here acts, and nothing is ever done silently."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from desktop.domain.reviews import next_level
from desktop.domain.sla import parse_time
from desktop.domain.workflow import State

WITH_A_UNIT = frozenset({State.DISPATCHED, State.HANDLING})
"""States in which a department has the order; a suspended one waits by permission."""

BY_ITSELF = "系统"
"""Whom the centre names as the actor of what nobody did."""
_LOOKED_AT = 500
"""Newest lines of a history that are looked at: nobody touches an order so often and leaves it idle."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Why an order should go one level up: ``late`` or ``idle``, for how long already, and to which level."""

    reason: str
    length: timedelta
    level: str


def proposal(order: Mapping[str, Any], now: datetime, idle: timedelta) -> Proposal | None:
    """Return what is proposed for an order (the wire's JSON object), or None.

    Proposed is an order with a department that is past its limit, or that no person has touched for longer than
    `idle` (of its department; nothing: no such limit). What was taken up since then is not proposed again.
    """
    level = next_level(order)
    if order.get("state") not in WITH_A_UNIT or not level:
        return None
    due = parse_time(order.get("due"))
    raised = _newest(order, "escalate")
    if due is not None and due < now and (raised is None or raised < due):
        return Proposal("late", now - due, level)
    touched = _newest(order)
    if idle and touched is not None and now - touched > idle and (raised is None or raised < touched):
        return Proposal("idle", now - touched, level)
    return None


def _newest(order: Mapping[str, Any], verb: str = "") -> datetime | None:
    """Return when a person last did `verb`, or anything, on the order."""
    lines = order.get("history")
    newest: datetime | None = None
    for line in lines[-_LOOKED_AT:] if isinstance(lines, list) else ():
        if not isinstance(line, Mapping) or line.get("actor") == BY_ITSELF or (verb and line.get("verb") != verb):
            continue
        at = parse_time(line.get("at"))
        if at is not None and (newest is None or at > newest):
            newest = at
    return newest
