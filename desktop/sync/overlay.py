"""What the officer sees of an object with operations under way: the centre's row with the pending operations on it.

The same pure rules (`desktop.domain.rules`) decide here and in the centre, so the overlay shows what the centre will
say. There is no undoing: when an operation is refused it leaves the list and the projection is made anew.
"""

from typing import Any

from desktop.domain.rules import RULES_OF

Json = dict[str, Any]

_TEXT_ARGUMENTS = ("text", "reason")


def project(kind: str, base: Json, pending_ops: list[Json]) -> Json:
    """Return `base` after `pending_ops` (wire operations, oldest first).

    An operation whose id is in the object's history has arrived with the row already and is not applied again: it may
    be acknowledged, or its answer may still be on the way. The line of a pending operation carries ``"pending": true``.
    Kinds without rules of their own stay as they are.
    """
    rules = RULES_OF.get(kind)
    if rules is None or not pending_ops:
        return base
    projected = _sound(base)
    arrived = {str(line.get("op_id")) for line in projected["history"] if isinstance(line, dict)}
    for op in pending_ops:
        if op.get("op_id") in arrived:
            continue
        args = op.get("args") or {}
        projected = rules.apply(projected, str(op.get("verb", "")), args, _line(op, args))
    return projected


def _sound(base: Json) -> Json:
    """Return `base` with a state and a history of the right type, which no centre is forced to send."""
    state, history = base.get("state"), base.get("history")
    return {
        **base,
        "state": state if isinstance(state, str) else "",
        "history": history if isinstance(history, list) else [],
    }


def _line(op: Json, args: Json) -> Json:
    text = next((str(args[name]) for name in _TEXT_ARGUMENTS if args.get(name)), "")
    return {
        "at": op.get("est_server_time") or op.get("wall_time", ""),
        "actor": op.get("actor", ""),
        "officer": op.get("actor", ""),
        "department": args.get("department", ""),
        "text": text or op.get("reason", ""),
        "op_id": op.get("op_id", ""),
        "pending": True,
    }
