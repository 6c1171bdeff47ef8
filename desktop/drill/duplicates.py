"""Merging has two sides: the order that lives on hears of the one that was merged into it, and of its leaving."""

from collections.abc import Mapping
from typing import Any

import msgspec

from desktop.central.schema import Op
from desktop.drill.store.log import Writer

_LINES = {"merge": ("absorb", "并入 {number}"), "unmerge": ("release", "{number} 已撤销并单")}


def mirror(writer: Writer, order: Mapping[str, Any], op: Op, line: Mapping[str, str]) -> bool:
    """Write the other side of `op`, which merges `order` into another or takes it out again.

    Returns:
        Whether it could be done: not when there is no order to merge into, or that one is merged itself.
    """
    into = str(op.args.get("into") if op.verb == "merge" else (order.get("merged") or {}).get("into", ""))
    stored = writer.get("work_order", into)
    if stored is None:
        return op.verb == "unmerge"
    other: dict[str, Any] = msgspec.json.decode(stored.data)
    if op.verb == "merge" and (into == op.target.id or other.get("state") == "merged"):
        return False
    same = [id_ for id_ in other.get("duplicates") or () if id_ != op.target.id]
    verb, words = _LINES[op.verb]
    told = {**line, "verb": verb, "text": words.format(number=order.get("number", "")), "state": other.get("state", "")}
    other |= {
        "duplicates": [*same, op.target.id] if op.verb == "merge" else same,
        "history": [*(other.get("history") or ()), told],
        "updated_at": line["at"],
    }
    writer.put("work_order", into, msgspec.json.encode(other).decode())
    return True
