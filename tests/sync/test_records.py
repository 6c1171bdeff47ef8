import hashlib
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.central import salvage
from desktop.central.schema import StreamChange
from desktop.sync.records import items_are_intact, read_changes, read_items, read_stream_change

GOOD: dict[str, Any] = {"lsn": 5, "kind": "work_order", "id": "w1", "ver": 2, "op": "upsert", "data": {"title": "积水"}}


def raw(value: dict[str, Any]) -> msgspec.Raw:
    return msgspec.Raw(json.dumps(value).encode())


def nested(levels: int) -> bytes:
    return b'{"a":' * levels + b"1" + b"}" * levels


def test_that_a_readable_change_keeps_its_bytes() -> None:
    text = b'{"lsn":5,"kind":"x","id":"1","ver":2,"op":"upsert","data":{"b":1,  "a":"\\u6c34"},"new":[1]}'

    (change,), bad = read_changes([msgspec.Raw(text)])

    assert change.data == b'{"b":1,  "a":"\\u6c34"}'
    assert (change.lsn, change.kind, change.id, change.ver, change.op) == (5, "x", "1", 2, "upsert")
    assert bad == []


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (GOOD | {"id": None}, "shape"),
        ({name: GOOD[name] for name in GOOD if name != "id"}, "shape"),
        (GOOD | {"id": ""}, "shape"),
        (GOOD | {"ver": "two"}, "shape"),
        (GOOD | {"ver": 2**70}, "shape"),
        (GOOD | {"op": "explode"}, "op"),
        (GOOD | {"data": []}, "shape"),
        (GOOD | {"data": None}, "shape"),
        (GOOD | {"data": "text"}, "shape"),
        (GOOD | {"data": {"x": float("nan")}}, "json"),
    ],
)
def test_that_a_bad_change_is_set_aside_and_the_others_go_on(broken: dict[str, Any], fault: str) -> None:
    good, bad = read_changes([raw(GOOD), raw(broken), raw(GOOD | {"id": "w2"})])

    assert [change.id for change in good] == ["w1", "w2"]
    assert [record.fault for record in bad] == [fault]
    assert bad[0].kind == "work_order"


@pytest.mark.fault(67)
@pytest.mark.parametrize("data", [nested(33), nested(100_000), b'{"x": 1e400}', b'{"x": Infinity}', b'{"x": "\xff"}'])
def test_that_data_no_decoder_can_hold_is_set_aside_under_its_name(data: bytes) -> None:
    text = b'{"lsn":5,"kind":"camera","id":"c1","ver":2,"op":"upsert","data":' + data + b"}"

    good, bad = read_changes([msgspec.Raw(text)])

    assert good == []
    assert (bad[0].kind, bad[0].id) == ("camera", "c1")


def test_that_nesting_up_to_the_cap_is_read() -> None:
    text = b'{"lsn":5,"kind":"camera","id":"c1","ver":2,"op":"upsert","data":' + nested(32) + b"}"

    good, bad = read_changes([msgspec.Raw(text)])

    assert (len(good), bad) == (1, [])


def test_that_brackets_within_text_are_no_depth() -> None:
    good, bad = read_changes([raw(GOOD | {"data": {"title": "[{" * 500}})])

    assert (len(good), bad) == (1, [])


def test_that_a_removal_needs_no_data() -> None:
    removal = {name: GOOD[name] for name in GOOD if name != "data"} | {"op": "delete"}

    (change,), _ = read_changes([raw(removal)])

    assert change.op == "delete"


def test_that_items_are_read_one_by_one_when_the_array_is_no_strict_json() -> None:
    items = b'[{"kind":"a","id":"1","ver":1,"data":{}}, {"kind":"a","id":"2","ver":1,"data":{"x":NaN}} ,' + (
        b'{"kind":"a","id":"3","ver":1,"data":{"t":"],[{"}}]'
    )

    good, bad = read_items(items)

    assert [item.id for item in good] == ["1", "3"]
    assert [(record.id, record.fault) for record in bad] == [("2", "json")]


@pytest.mark.parametrize("items", [b"", b"{}", b"[1", b'["', b"[1] 2", b"null"])
def test_that_items_that_are_no_array_are_refused(items: bytes) -> None:
    with pytest.raises(ValueError, match=r"bracket|end|balance"):
        read_items(items)


def test_that_items_are_intact_by_their_bytes_or_by_their_compact_form() -> None:
    items = '[ {"a": 1, "b": "临江"} ]'.encode()
    compact = '[{"a":1,"b":"临江"}]'.encode()

    assert items_are_intact(items, hashlib.sha256(items).hexdigest().upper())
    assert items_are_intact(items, hashlib.sha256(compact).hexdigest())
    assert items_are_intact(items, "")
    assert not items_are_intact(items, hashlib.sha256(items + b" ").hexdigest())


@pytest.mark.parametrize(
    "missing", [{"next": ""}, {"id": ""}, {"kind": ""}, {"op": "?"}, {"data": msgspec.Raw(b"null")}]
)
def test_that_an_incomplete_hint_is_no_change(missing: dict[str, Any]) -> None:
    whole = StreamChange(5, 4, "camera", "c1", 1, "upsert", msgspec.Raw(b"{}"), next="t5")

    assert read_stream_change(whole) is not None
    assert read_stream_change(msgspec.structs.replace(whole, **missing)) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60)
@given(st.lists(JSON, max_size=6), st.sampled_from([None, 1]))
def test_that_salvaged_elements_are_those_of_the_array(values: list[Any], indent: int | None) -> None:
    text = json.dumps(values, indent=indent).encode()

    assert [json.loads(element) for element in salvage.elements(text)] == values


@settings(max_examples=60)
@given(st.dictionaries(st.text("abc_", min_size=1, max_size=6), JSON, max_size=6), st.sampled_from([None, 1]))
def test_that_salvaged_members_are_those_of_the_object(values: dict[str, Any], indent: int | None) -> None:
    text = json.dumps(values, indent=indent).encode()

    assert {name: json.loads(value) for name, value in salvage.members(text).items()} == values


@pytest.mark.fault(67)
@given(st.binary(max_size=200))
def test_that_no_bytes_can_break_the_salvage(noise: bytes) -> None:
    for take in (salvage.elements, salvage.members):
        try:
            take(b"[" + noise + b"]")
        except ValueError:
            continue
