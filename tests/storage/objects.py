"""Objects as a centre sends them, and the overlay the tests use."""

import json
from typing import Any

from storage.records import ChangeRecord, Cursor, ItemRecord

KEY = bytes(range(32))


def order_json(**fields: Any) -> bytes:
    """A work order; ``point`` and ``address`` go into its place."""
    place = {name: fields.pop(name) for name in ("point", "address", "datum", "neighbourhood") if name in fields}
    order = {"number": "LJ-1", "title": "路面塌陷", "state": "reported", "urgency": "normal", **fields}
    return json.dumps({"place": place, **order}, ensure_ascii=False).encode()


def camera_json(name: str, point: list[float] | None = None, **fields: Any) -> bytes:
    """A working camera."""
    place = {"address": fields.pop("address", ""), "point": point}
    return json.dumps({"name": name, "health": "online", "place": place, **fields}, ensure_ascii=False).encode()


def upsert(
    lsn: int, object_id: str, data: bytes, ver: int | None = None, kind: str = "work_order", **rest: Any
) -> ChangeRecord:
    return ChangeRecord(lsn, kind, object_id, lsn if ver is None else ver, "upsert", data, **rest)


def removal(lsn: int, object_id: str, ver: int, op: str = "delete", kind: str = "work_order") -> ChangeRecord:
    return ChangeRecord(lsn, kind, object_id, ver, op)


def item(object_id: str, ver: int, data: bytes, kind: str = "work_order") -> ItemRecord:
    return ItemRecord(kind, object_id, ver, data)


def cursor(lsn: int, epoch: str = "e1", instance: str = "hall") -> Cursor:
    return Cursor(f"token-{lsn}", lsn, epoch, instance, "2026-11-01T08:00:00+08:00")


def project(kind: str, base: dict[str, Any], ops: list[dict[str, Any]]) -> dict[str, Any]:
    """Note the operations' texts on the object; `state` and `point` are taken over."""
    after = dict(base)
    for op in ops:
        after["notes"] = [*after.get("notes", []), op["text"]]
        after |= {name: op[name] for name in ("state", "title") if name in op}
    return after
