"""Decisions that take two people (延期, 退回), and what else in an order itself closes a verb.

The workflow table knows states and roles; this module knows what the order carries: a request that waits, who has
looked at it, to which level it has gone. Orders come from any centre, so nothing here relies on a field being sound.
"""

from collections.abc import Mapping
from typing import Any

NO_NEED = "no_need"
"""The kind of return that is reviewed and approved; every other kind goes back to dispatch at once."""

LEVELS = ("community", "street", "district", "city")
"""居村, 街镇, 区, 市: an order climbs them one by one."""

OWN_LEVEL = "street"
"""Where an order is that says nothing of its level."""

_REQUEST_OF = {"extend": "extension", "return": "return_review"}
_NOTHING_ASKED = {"extension": "workflow.extension_none", "return_review": "workflow.return_none"}


def waiting(order: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return the request under ``extension`` or ``return_review`` that waits for people, or an empty one."""
    request = order.get(name)
    return request if isinstance(request, Mapping) else {}


def extensions(order: Mapping[str, Any]) -> list[Any]:
    """Return the extensions granted since the work began."""
    granted = order.get("extensions")
    return granted if isinstance(granted, list) else []


def next_level(order: Mapping[str, Any]) -> str:
    """Return the level above the order's, or "" at the top or beyond what is known."""
    level = order.get("level") or OWN_LEVEL
    place = LEVELS.index(level) + 1 if level in LEVELS else len(LEVELS)
    return LEVELS[place] if place < len(LEVELS) else ""


def hindrance(order: Mapping[str, Any], verb: str, actor: str) -> str:
    """Return the code of what in `order` itself keeps the officer `actor` (an id) from `verb`, or "".

    Codes: ``workflow.extension_pending``, ``workflow.extension_second``, ``workflow.extension_none``,
    ``workflow.return_none``, ``workflow.return_in_review``, ``workflow.reviewed``, ``workflow.not_reviewed``,
    ``workflow.same_person``, ``workflow.top_level``.
    """
    match verb:
        case "extend_ask" if waiting(order, "extension"):
            return "workflow.extension_pending"
        case "extend" if extensions(order):
            return "workflow.extension_second"
        case "escalate" if not next_level(order):
            return "workflow.top_level"
        case "dispatch" | "void" if waiting(order, "return_review"):
            return "workflow.return_in_review"
        case _:
            subject, _, step = verb.partition("_")
            name = _REQUEST_OF.get(subject, "")
            return _step_hindrance(order, name, step, actor) if name else ""


def _step_hindrance(order: Mapping[str, Any], name: str, step: str, actor: str) -> str:
    if step not in ("review", "approve", "deny"):
        return ""
    request = waiting(order, name)
    if not request:
        return _NOTHING_ASKED[name]
    reviewer = request.get("reviewer")
    match step:
        case "review" if reviewer:
            return "workflow.reviewed"
        case "approve" if not reviewer:
            return "workflow.not_reviewed"
        case "approve" if reviewer == actor:
            return "workflow.same_person"
        case _:
            return ""
