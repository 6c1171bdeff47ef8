"""An order's limits: which one is running, and what happens to them when an order goes round again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from desktop.domain.sla import Pause, account_for
from desktop.domain.workflow import State
from desktop.drill.clock import stamp
from desktop.drill.district.calendars import working

STAGES = (State.ACCEPTED, State.DISPATCHED, State.HANDLING, State.VERIFYING)
"""The steps that have a limit, in order; each limit begins where the one before is due."""

NEXT_STEP: Mapping[str, State] = {
    State.REPORTED: State.ACCEPTED,
    State.ACCEPTED: State.DISPATCHED,
    State.REGISTERED: State.DISPATCHED,
    State.RETURNED: State.DISPATCHED,
    State.DISPATCHED: State.HANDLING,
    State.HANDLING: State.HANDLING,
    State.VERIFYING: State.VERIFYING,
}
"""The step that the running limit is about: an order in `key` is late when `value` is not done by then.

A suspended order and one that is over have no running limit.
"""

_RESTARTS: Mapping[str, State] = {
    "return": State.DISPATCHED,
    "verify_fail": State.HANDLING,
    "return_deny": State.HANDLING,
    "reopen": State.HANDLING,
}
"""Verbs after which a step gets its whole time again."""


def running_due(order: Mapping[str, Any]) -> str:
    """Return the due time of the running limit, or "" when no clock runs."""
    step = NEXT_STEP.get(order.get("state", ""))
    for limit in order.get("limits") or ():
        if limit.get("stage") == step:
            due: str = limit.get("due", "")
            return due
    return ""


def after_verb(order: dict[str, Any], verb: str, moment: datetime) -> dict[str, Any]:
    """Return the order with its limits and `due` set right after `verb` at `moment`."""
    restarted = _RESTARTS.get(verb)
    if restarted is not None and order.get("limits"):
        order = {**order, "limits": _restart(order, restarted, moment)}
    elif verb == "resume":
        order = {**order, "limits": _resumed(order, moment)}
    elif verb in ("extend", "extend_approve"):
        order = {**order, "limits": _extended(order)}
    return {**order, "due": running_due(order)}


def _resumed(order: Mapping[str, Any], moment: datetime) -> list[dict[str, Any]]:
    """Give the limit that stood the time it had left, and move those after it by as much."""
    suspended = [line["at"] for line in order.get("history") or () if line.get("verb") == "suspend"]
    limits = list(order.get("limits") or ())
    stood = next((limit for limit in limits if limit["stage"] == State.HANDLING), None)
    if stood is None or not suspended:
        return limits
    due = datetime.fromisoformat(stood["due"])
    paused = (Pause(datetime.fromisoformat(suspended[-1]), moment),)
    left = due - paused[0].start
    calendar = working(stood.get("calendar", ""))
    if calendar is not None:
        left = calendar.between(paused[0].start, due)
    moved = account_for(paused[0].start, left, calendar, paused).expected or due
    return _shifted(order, State.HANDLING, moved - due)


def _extended(order: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Move the running limit to the end of the newest extension, and those after it by as much."""
    limits = list(order.get("limits") or ())
    due, until = running_due(order), order["extensions"][-1]["until"]
    if not due:
        return limits
    return _shifted(order, State.HANDLING, datetime.fromisoformat(until) - datetime.fromisoformat(due))


def _shifted(order: Mapping[str, Any], stage: State, by: timedelta) -> list[dict[str, Any]]:
    """Move the limits from `stage` on by a length of time, never back."""
    limits: list[dict[str, Any]] = []
    reached = False
    for limit in order.get("limits") or ():
        reached = reached or limit["stage"] == stage
        later = datetime.fromisoformat(limit["due"]) + max(by, timedelta(0))
        limits.append({**limit, "due": stamp(later)} if reached else dict(limit))
    return limits


def _restart(order: Mapping[str, Any], stage: State, moment: datetime) -> list[dict[str, Any]]:
    """Move the limits from `stage` on, each with the length it had."""
    limits: list[dict[str, Any]] = []
    before = datetime.fromisoformat(order["opened_at"])
    shifted: datetime | None = None
    for limit in order["limits"]:
        due = datetime.fromisoformat(limit["due"])
        length, before = due - before, due
        if shifted is not None:
            shifted += length
        elif limit["stage"] == stage:
            shifted = moment + length
        limits.append(dict(limit) if shifted is None else {**limit, "due": stamp(shifted)})
    return limits
