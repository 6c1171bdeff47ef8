"""The life of an alert: open, acknowledged, handled, recovered, closed; kept until a person has acknowledged it.

The same functions as `workflow`, so that centre, overlay and buttons treat both kinds alike.
"""

from collections.abc import Collection, Mapping
from typing import Any

from desktop.domain.workflow import ALLOWED, Role, Verdict

ACKNOWLEDGE = "acknowledge"

_WATCHERS = frozenset(Role) - {Role.OBSERVER, Role.HANDLING_UNIT, Role.PATROL}
_WAITING = frozenset({"open", "recovered"})


def judge(state: str, verb: str, roles: Collection[str]) -> Verdict:
    """Say whether an officer with `roles` may use `verb` on an alert in `state`; codes as in `workflow.judge`."""
    if verb != ACKNOWLEDGE:
        return Verdict(allowed=False, code="workflow.unknown_verb")
    if not _WATCHERS.intersection(roles):
        return Verdict(allowed=False, code="workflow.role")
    if state not in _WAITING:
        return Verdict(allowed=False, code="workflow.state")
    return ALLOWED


def hindrance(_alert: Mapping[str, Any], _verb: str, _actor: str) -> str:
    """Return ""; nothing but its state closes an alert to anybody."""
    return ""


def missing_arguments(_verb: str, _args: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the arguments that are missing; acknowledging needs none."""
    return ()


def apply(alert: Mapping[str, Any], verb: str, _args: Mapping[str, Any], line: Mapping[str, Any]) -> dict[str, Any]:
    """Return `alert` after `verb`, with `line` added to its history. A recovered one that was seen is over."""
    after = dict(alert)
    if verb == ACKNOWLEDGE and after.get("state") in _WAITING:
        after["state"] = "acknowledged" if after["state"] == "open" else "closed"
    after["history"] = [*(after.get("history") or ()), {**line, "verb": verb, "state": after.get("state", "")}]
    return after
