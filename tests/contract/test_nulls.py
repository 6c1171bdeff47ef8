"""A member that is null is one that is absent, in every answer: many serialisers write null for what is not there."""

from typing import Any, get_args

import msgspec
import pytest

from desktop.central import schema
from desktop.central.decode import decode
from desktop.central.schema import Wire
from tests.contract.document import schemas

ANSWERS = [
    *("Change", "ChangesPage", "Digest", "FileStatus", "HallEvent", "Heartbeat", "Hello", "LiveAddress", "Officer"),
    *("OpResult", "OpsAnswer", "PtzState", "ReadingsPage", "SnapshotPage", "StreamChange", "TokenGrant"),
]


def _bared(wire: type[Wire], value: dict[str, Any], *, null: bool) -> dict[str, Any]:
    """Take away every member that may be absent, in the structures within `value` too; or make it null."""
    out: dict[str, Any] = {}
    for field in msgspec.structs.fields(wire):
        name = field.encode_name
        inner = next((each for each in (field.type, *get_args(field.type)) if _is_wire(each)), None)
        if not field.required:
            out |= {name: None} if null else {}
        elif inner is None:
            out[name] = value[name]
        elif isinstance(value[name], list):
            out[name] = [_bared(inner, element, null=null) for element in value[name]]
        else:
            out[name] = _bared(inner, value[name], null=null)
    return out


def _is_wire(candidate: Any) -> bool:
    return isinstance(candidate, type) and issubclass(candidate, Wire)


@pytest.mark.parametrize("name", ANSWERS)
def test_that_null_means_absent(name: str) -> None:
    wire = getattr(schema, name)
    for example in schemas()[name]["examples"]:
        absent = msgspec.json.encode(_bared(wire, example, null=False))
        null = msgspec.json.encode(_bared(wire, example, null=True))
        assert msgspec.json.encode(decode(null, wire)) == msgspec.json.encode(decode(absent, wire))


def test_that_the_bytes_of_a_record_stay_as_they_came() -> None:
    text = b'{"lsn":1,"kind":"k","id":"i","ver":1,"op":"upsert","prev_lsn":null,"data":{ "a" : null, "b":1.50 }}'
    assert bytes(decode(text, schema.Change).data) == b'{ "a" : null, "b":1.50 }'


@pytest.mark.parametrize("text", [b'{"op_id":null,"status":"applied"}', b"null", b'[{"op_id":"a"}]', b'{"op_id":"a","'])
def test_that_null_is_no_value_of_what_is_required(text: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode(text, schema.OpResult)
