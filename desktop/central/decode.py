"""Reads one JSON text as a wire type; a member that is null has its default, as one that is absent.

Many serialisers write null for what they do not have. The strict decoder, which costs nothing more, goes first.
"""

from typing import Any, TypeVar, get_args, get_origin

import msgspec

from desktop.central.wire import Wire

_WireType = TypeVar("_WireType", bound=Wire)


def decode(text: bytes, wire: type[_WireType]) -> _WireType:
    """Decode `text`.

    Raises:
        msgspec.DecodeError: It is no JSON, or (`msgspec.ValidationError`) not what the contract says.
        RecursionError: It is nested too deep.
        UnicodeDecodeError: A text in it is no UTF-8.
    """
    try:
        return msgspec.json.decode(text, type=wire)
    except msgspec.ValidationError:
        return msgspec.json.decode(_without_nulls(text, wire), type=wire)


def _without_nulls(text: bytes, wire: type[Wire]) -> bytes:
    """Leave out null members of a structure and of the structures in it; `msgspec.Raw` stays byte for byte."""
    members = msgspec.json.decode(text, type=dict[str, msgspec.Raw])
    kept = {}
    for field in msgspec.structs.fields(wire):
        value = bytes(members.get(field.encode_name, b"null"))
        if value != b"null":
            kept[field.encode_name] = msgspec.Raw(_cleaned(value, field.type))
    return msgspec.json.encode(kept)


def _cleaned(value: bytes, wanted: Any) -> bytes:
    if isinstance(wanted, type) and issubclass(wanted, Wire):
        return _without_nulls(value, wanted)
    if get_origin(wanted) is list and isinstance(inner := get_args(wanted)[0], type) and issubclass(inner, Wire):
        elements = msgspec.json.decode(value, type=list[msgspec.Raw])
        return msgspec.json.encode([msgspec.Raw(_without_nulls(bytes(each), inner)) for each in elements])
    return value
