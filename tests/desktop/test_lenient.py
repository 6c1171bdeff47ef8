import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.central.lenient import read_as, read_record
from desktop.central.schema import RECORDS, Camera, WorkOrder

GOOD = {"title": "积水", "state": "accepted", "place": {"address": "浦三路", "point": [121.5, 31.15]}, "history": []}


@pytest.mark.parametrize(
    ("field", "bad"),
    [("due", None), ("history", "later"), ("place", None), ("cameras", [1, "c2", None]), ("supervised", 7)],
)
def test_that_one_unreadable_field_does_not_cost_the_others(field: str, bad: Any) -> None:
    order = read_as(WorkOrder, json.dumps({**GOOD, field: bad}).encode())
    assert order.title == "积水"
    assert order.state == "accepted"


def test_that_readable_elements_of_a_list_are_kept() -> None:
    order = read_as(WorkOrder, json.dumps({**GOOD, "history": [{"at": "t", "verb": "accept"}, 5]}).encode())
    assert [line.verb for line in order.history] == ["accept"]


def test_that_a_broken_point_leaves_the_address() -> None:
    order = read_as(WorkOrder, json.dumps({**GOOD, "place": {"address": "浦三路", "point": "here"}}).encode())
    assert order.place.address == "浦三路"
    assert order.place.point is None


def test_that_unknown_fields_and_kinds_pass() -> None:
    assert read_as(Camera, b'{"name": "x", "laser": true}').name == "x"
    assert read_record("hologram", b"{}") is None


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.fault(67)
@given(kind=st.sampled_from(sorted(RECORDS)), value=_json, data=st.data())
def test_that_no_json_value_makes_it_fail(kind: str, value: Any, data: st.DataObject) -> None:
    names = list(RECORDS[kind].__struct_encode_fields__)
    if data.draw(st.booleans()):
        value = data.draw(st.dictionaries(st.sampled_from(names), _json, max_size=5))
    assert isinstance(read_record(kind, json.dumps(value).encode("utf-8", "surrogatepass")), RECORDS[kind])
