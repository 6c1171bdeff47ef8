"""From wire records to storage records: each is judged alone, so that a bad one is one bad one.

A record is set aside when its frame is wrong (no id, no kind, a version that is no number), when its data is not an
object, is no JSON (`NaN`, a number without end, broken text) or is nested deeper than `DEPTH_CAP`. Unknown kinds and
fields are kept as they are, and a field of an unexpected type costs that field alone (`desktop.central.lenient`).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from desktop.central import salvage
from desktop.central.decode import decode
from desktop.central.schema import Change, Item, StreamChange, Wire
from storage.records import ChangeRecord, ItemRecord

DEPTH_CAP = 32
_KEPT_BYTES = 64 * 1024
"""What is kept of a bad record for whoever has to find out why."""

_WireType = TypeVar("_WireType", bound=Wire)

_INTEGER_MAX = 2**63 - 1  # of SQLite
_OPS = frozenset({"upsert", "delete", "revoke"})


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record that could not be read; `fault` is one of shape, json, depth, op."""

    kind: str
    id: str
    data: bytes
    fault: str


@dataclass(frozen=True, slots=True)
class _Name:
    kind: str = ""
    id: str = ""


class _UnreadableError(ValueError):
    """Carries the word for `BadRecord.fault`."""


def read_changes(raw_changes: Iterable[msgspec.Raw]) -> tuple[list[ChangeRecord], list[BadRecord]]:
    """Sort the entries of a changes page into readable and bad ones."""
    good: list[ChangeRecord] = []
    bad: list[BadRecord] = []
    for raw in raw_changes:
        text = bytes(raw)
        try:
            good.append(_change(text))
        except _UnreadableError as fault:
            bad.append(_set_aside(text, str(fault)))
    return good, bad


def read_stream_change(change: StreamChange) -> ChangeRecord | None:
    """Return a complete change of the stream, or None: then a pull has to tell."""
    if not change.next or change.op not in _OPS:
        return None
    data = bytes(change.data)
    try:
        _check_frame(change.kind, change.id, change.lsn, change.ver)
        if change.op == "upsert":
            _check_data(data)
    except _UnreadableError:
        return None
    return ChangeRecord(change.lsn, change.kind, change.id, change.ver, change.op, data, change.by_op)


def read_items(raw_items: bytes) -> tuple[list[ItemRecord], list[BadRecord]]:
    """Sort the items of a snapshot page into readable and bad ones.

    Raises:
        ValueError: The items are no array, not even a broken one.
    """
    try:
        parts = [bytes(raw) for raw in msgspec.json.decode(raw_items, type=list[msgspec.Raw])]
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        parts = salvage.elements(raw_items)
    good: list[ItemRecord] = []
    bad: list[BadRecord] = []
    for text in parts:
        try:
            item = _decode(text, Item)
            data = bytes(item.data)
            _check_frame(item.kind, item.id, item.ver)
            _check_data(data)
            good.append(ItemRecord(item.kind, item.id, item.ver, data))
        except _UnreadableError as fault:
            bad.append(_set_aside(text, str(fault)))
    return good, bad


def items_are_intact(raw_items: bytes, sha256: str) -> bool:
    """Whether a snapshot page's items are what the centre hashed.

    The contract hashes the bytes of the array as they stand in the body. A centre that hashes before it frames its
    answer hashes another spelling of the same value, so the usual ones are accepted too (`_spellings`); anything else
    is damage. A centre that sends no hash has not promised anything.
    """
    if not sha256:
        return True
    wanted = sha256.lower()
    try:
        return any(hashlib.sha256(spelling).hexdigest() == wanted for spelling in _spellings(raw_items))
    except (ValueError, RecursionError):
        return False


def _spellings(raw_items: bytes) -> Iterator[bytes]:
    """Give the ways one JSON value is commonly written: as received, compact, keys sorted, and with spaces."""
    yield raw_items
    yield msgspec.json.format(raw_items, indent=-1)
    value = msgspec.json.decode(raw_items)
    yield msgspec.json.encode(value, order="sorted")
    for sort_keys in (False, True):
        yield json.dumps(value, sort_keys=sort_keys).encode()
        yield json.dumps(value, sort_keys=sort_keys, ensure_ascii=False).encode()


def _change(text: bytes) -> ChangeRecord:
    change = _decode(text, Change)
    _check_frame(change.kind, change.id, change.lsn, change.ver)
    if change.op not in _OPS:
        raise _UnreadableError("op")
    data = bytes(change.data)
    if change.op == "upsert":
        _check_data(data)
    return ChangeRecord(change.lsn, change.kind, change.id, change.ver, change.op, data, change.by_op)


def _decode(text: bytes, wire: type[_WireType]) -> _WireType:
    try:
        return decode(text, wire)
    except msgspec.ValidationError:
        raise _UnreadableError("shape") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise _UnreadableError("json") from None
    except RecursionError:
        raise _UnreadableError("depth") from None


def _check_frame(kind: str, record_id: str, *numbers: int) -> None:
    if not kind or not record_id or not all(0 <= number <= _INTEGER_MAX for number in numbers):
        raise _UnreadableError("shape")


def _check_data(data: bytes) -> None:
    if not data.startswith(b"{"):
        raise _UnreadableError("shape")
    if _depth(data) > DEPTH_CAP:
        raise _UnreadableError("depth")
    try:
        msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise _UnreadableError("json") from None


def _depth(data: bytes) -> int:
    """Return how deep brackets nest, or at least more than the cap once that is certain."""
    if data.count(b"[") + data.count(b"{") <= DEPTH_CAP:
        return 0  # cannot be deeper than it has brackets: the usual record costs two scans in C
    return salvage.depth(data)


def _set_aside(text: bytes, fault: str) -> BadRecord:
    name = _name(text)
    return BadRecord(name.kind, name.id, text[:_KEPT_BYTES], fault)


def _name(text: bytes) -> _Name:
    """Find out which record it would have been, as far as it says."""
    try:
        parts = salvage.members(text)
    except ValueError:
        return _Name()
    return _Name(_word(parts.get("kind", b"")), _word(parts.get("id", b"")))


def _word(text: bytes) -> str:
    try:
        return msgspec.json.decode(text, type=str)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
