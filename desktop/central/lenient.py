"""Reads a record's `data` field by field: what can be read is shown, what cannot is left at its default.

A strict decoder would lose a whole work order for one `null` where a text should be. The raw bytes stay in the cache.
"""

from typing import Any, TypeVar, get_origin

import msgspec

from desktop.central.schema import RECORDS, Wire

Record = TypeVar("Record", bound=Wire)


def read_as(wanted: type[Record], data: bytes) -> Record:
    """Decode JSON `data` as `wanted`; a field of another type than the contract's keeps its default."""
    try:
        return msgspec.json.decode(data, type=wanted, strict=False)
    except msgspec.DecodeError:
        try:
            raw = msgspec.json.decode(data)
        except msgspec.DecodeError:
            raw = {}
        return _from_raw(wanted, raw)


def read_record(kind: str, data: bytes) -> Wire | None:
    """Decode `data` of a kind the desk knows; None for any other kind."""
    wanted = RECORDS.get(kind)
    return None if wanted is None else read_as(wanted, data)


def _from_raw(wanted: type[Record], raw: object) -> Record:
    values: dict[str, Any] = {}
    for field in msgspec.structs.fields(wanted):
        given = raw.get(field.encode_name, msgspec.NODEFAULT) if isinstance(raw, dict) else msgspec.NODEFAULT
        if given is msgspec.NODEFAULT or given is None:
            if field.required:
                values[field.name] = ""
            continue
        try:
            values[field.name] = msgspec.convert(given, field.type, strict=False)
        except msgspec.ValidationError:
            if isinstance(field.type, type) and issubclass(field.type, Wire):
                values[field.name] = _from_raw(field.type, given)
            elif field.required:
                values[field.name] = str(given)
            elif isinstance(given, list) and get_origin(field.type) is list:
                values[field.name] = _readable_elements(given, field.type)
    return wanted(**values)


def _readable_elements(given: list[Any], list_type: Any) -> list[Any]:
    kept = []
    for element in given:
        try:
            kept += msgspec.convert([element], list_type, strict=False)
        except msgspec.ValidationError:
            continue
    return kept
