"""A stretch of the log becomes rows."""

import itertools
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.errors import StorageError
from storage.records import ChangeRecord, OrderQuery
from storage.store import Store
from tests.storage.objects import camera_json, cursor, order_json, removal, upsert

ALL = OrderQuery(open_only=False)


def test_that_rows_and_cursor_are_there_after_apply(store: Store) -> None:
    data = order_json(title="占道经营", extra={"unknown": [1, 2]})
    applied = store.cache.apply([upsert(5, "o1", data, by_op="x")], cursor(5))
    assert applied.upserted == {"work_order": frozenset({"o1"})}
    assert (applied.removed, applied.skipped) == ({}, 0)
    record = store.cache.get("work_order", "o1")
    assert record is not None
    assert (record.data, record.ver, record.pending) == (data, 5, 0)
    assert store.cache.cursor() == cursor(5)


def test_that_objects_of_unknown_kinds_are_kept_as_they_came(store: Store) -> None:
    data = b'{"anything": {"nested": true}}'
    store.cache.apply([upsert(1, "x", data, kind="drone_flight")], cursor(1))
    assert [record.data for record in store.cache.all("drone_flight")] == [data]


def test_that_a_replayed_stretch_changes_nothing(store: Store) -> None:
    changes = [upsert(1, "o1", order_json()), removal(2, "o2", 2), upsert(3, "o3", order_json())]
    store.cache.apply(changes, cursor(3))
    again = store.cache.apply(changes, cursor(3))
    assert (again.upserted, again.removed, again.skipped) == ({}, {}, 3)


def test_that_a_late_copy_of_an_older_version_does_not_bring_back_a_deleted_order(store: Store) -> None:
    store.cache.apply([removal(9, "o1", 3)], cursor(9))
    store.cache.apply([upsert(7, "o1", order_json(), ver=2)], cursor(9))
    assert store.cache.get("work_order", "o1") is None


def test_that_an_order_returns_when_the_seat_may_see_it_again(store: Store) -> None:
    grant = upsert(1, "o1", order_json(), ver=4)
    again = upsert(3, "o1", order_json(), ver=4)  # the order itself did not change meanwhile
    store.cache.apply([grant, removal(2, "o1", 0, "revoke")], cursor(2))
    assert store.cache.get("work_order", "o1") is None
    assert store.cache.order_ids(OrderQuery(text="塌陷"), 10) == []
    store.cache.apply([again], cursor(3))
    assert store.cache.order_ids(OrderQuery(text="塌陷"), 10) == ["o1"]


def test_that_a_revoked_order_stays_away_whatever_versions_arrive_late(store: Store) -> None:
    store.cache.apply([removal(9, "o1", 0, "revoke")], cursor(9))
    store.cache.apply([upsert(8, "o1", order_json(), ver=70)], cursor(9))
    assert store.cache.get("work_order", "o1") is None


def test_that_a_removed_order_leaves_search_boxes_and_lists(store: Store) -> None:
    data = order_json(title="井盖缺失", point=[121.5, 31.15])
    store.cache.apply([upsert(1, "o1", data)], cursor(1))
    applied = store.cache.apply([removal(2, "o1", 2)], cursor(2))
    assert applied.removed == {"work_order": frozenset({"o1"})}
    box = (121.4, 31.1, 121.6, 31.2)
    for query in (ALL, OrderQuery(text="井盖"), OrderQuery(bbox=box)):
        assert store.cache.order_ids(query, 10) == []


def test_that_the_cursor_never_goes_back_within_an_epoch(store: Store) -> None:
    store.cache.apply([], cursor(9))
    store.cache.apply([upsert(4, "o1", order_json())], cursor(4))
    assert store.cache.cursor() == cursor(9)
    assert store.cache.get("work_order", "o1") is not None


@pytest.mark.parametrize("other", [cursor(10, epoch="e2"), cursor(10, instance="another hall")])
def test_that_changes_of_another_past_are_refused_whole(store: Store, other: object) -> None:
    store.cache.apply([], cursor(9))
    with pytest.raises(StorageError) as caught:
        store.cache.apply([upsert(10, "o1", order_json())], other)  # type: ignore[arg-type]
    assert caught.value.code == "storage.other_epoch"
    assert store.cache.get("work_order", "o1") is None


@pytest.mark.parametrize(
    ("fields", "check"),
    [
        ({"due": 17, "opened_at": None, "number": 12}, "number"),
        ({"title": {"x": 1}, "category": "市容", "supervised": "yes"}, "types"),
        ({"state": None, "urgency": ["urgent"]}, "state"),
    ],
)
def test_that_odd_values_cost_a_column_and_not_the_row(store: Store, fields: dict[str, object], check: str) -> None:
    store.cache.apply([upsert(1, check, order_json(**fields))], cursor(1))
    assert store.cache.order_ids(ALL, 10) == [check]


@pytest.mark.fault(72)
@pytest.mark.parametrize(
    "point",
    [[121.5, 200.0], [0, 0], ["121.5", 31.1], [121.5], [True, False], "somewhere", {"lon": 1}, [10**400, 1]],
)
def test_that_an_unbelievable_point_is_no_point(store: Store, point: object) -> None:
    store.cache.apply([upsert(1, "o1", order_json(point=point))], cursor(1))
    assert store.cache.order_ids(ALL, 10) == ["o1"]
    assert store.cache.order_ids(OrderQuery(bbox=(-180, -90, 180, 90)), 10) == []


def test_that_a_point_of_another_datum_is_not_taken_for_wgs84(store: Store) -> None:
    data = order_json(point=[121.5, 31.15], datum="GCJ-02")
    store.cache.apply([upsert(1, "o1", data)], cursor(1))
    assert store.cache.order_ids(OrderQuery(bbox=(121, 31, 122, 32)), 10) == []


@pytest.mark.parametrize(
    ("written", "kept"),
    [(b'{"a": NaN}', {"a": None}), (b'{"a": [1e999]}', {"a": [None]}), (b'{"a": "\\ud800x"}', {"a": "?x"})],
)
def test_that_what_json_has_not_is_replaced(store: Store, written: bytes, kept: object) -> None:
    store.cache.apply([upsert(1, "o1", written)], cursor(1))
    record = store.cache.get("work_order", "o1")
    assert record is not None
    assert json.loads(record.data) == kept


@pytest.mark.parametrize(
    "bad",
    [
        upsert(2, "bad", b'{"a": '),
        upsert(2, "bad", b"[1]"),
        upsert(2, "bad", b'{"a": "\xff"}'),
        upsert(2, "bad", b"[" * 100_000),
        upsert(2, "bad", order_json(), ver=2**70),
        ChangeRecord(2, "work_order", "bad", 2, "explode", order_json()),
    ],
    ids=["cut", "list", "utf8", "deep", "version", "op"],
)
def test_that_one_bad_record_is_set_aside_and_the_rest_goes_on(store: Store, bad: ChangeRecord) -> None:
    applied = store.cache.apply([upsert(1, "a", order_json()), bad, upsert(3, "b", order_json())], cursor(3))
    assert applied.quarantined == {"work_order": frozenset({"bad"})}
    assert applied.upserted == {"work_order": frozenset({"a", "b"})}
    assert store.cache.quarantined() == 1


def test_that_the_quarantine_keeps_the_newest_only(store: Store) -> None:
    for number in range(1_005):
        store.cache.quarantine("work_order", f"o{number}", b"x", "record.no_object")
    assert store.cache.quarantined() == 1_000


def test_that_text_from_outside_is_data_everywhere(store: Store) -> None:
    ids = ["o'; DROP TABLE record_a; --", "0", "\x00", '["x"]', "工单"]
    store.cache.apply([upsert(n, object_id, order_json()) for n, object_id in enumerate(ids, 1)], cursor(9))
    assert [record.id for record in store.cache.many("work_order", ids)] == ids
    assert store.cache.order_count(ALL) == len(ids)


def test_that_cameras_are_searched_and_found_by_distance_after_a_change(store: Store) -> None:
    changes = [upsert(1, "c1", camera_json("东门", [121.5, 31.15]), kind="camera")]
    store.cache.apply(changes, cursor(1))
    store.cache.apply(
        [upsert(2, "c1", camera_json("西门", [121.6, 31.15], health="offline"), kind="camera")], cursor(2)
    )
    assert store.cache.search_cameras("东门") == []
    assert [record.id for record in store.cache.search_cameras("西门")] == ["c1"]
    assert store.cache.near_cameras(121.5, 31.15, 4) == []


# --- any order, any repetition ---------------------------------------------------------------------------------------

_FRESH = itertools.count()  # the store is one for all examples, the objects are not
_STEPS = st.lists(st.sampled_from(["edit", "delete", "revoke", "again"]), min_size=1, max_size=6)


def honest_log(object_id: str, steps: list[str]) -> list[ChangeRecord]:
    """What a centre writes of one object: positions grow, versions grow with each change of the object itself."""
    log, ver = [], 0
    for lsn, step in enumerate(steps, 1):
        if step == "revoke":
            log.append(removal(lsn, object_id, 0, "revoke"))
            continue
        if step != "again":  # granted again, unchanged
            ver += 1
        log.append(
            removal(lsn, object_id, ver)
            if step == "delete"
            else upsert(lsn, object_id, order_json(title=f"v{lsn}"), ver=ver)
        )
    return log


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), steps=_STEPS)
def test_that_any_order_and_repetition_of_changes_ends_in_the_same_rows(
    store: Store, data: st.DataObject, steps: list[str]
) -> None:
    object_id = f"o{next(_FRESH)}"
    log = honest_log(object_id, steps)
    copies = data.draw(st.lists(st.sampled_from(log), max_size=6))
    delivered = data.draw(st.permutations([*log, *copies]))
    while delivered:
        size = data.draw(st.integers(1, len(delivered)))
        store.cache.apply(delivered[:size], cursor(1))
        delivered = delivered[size:]
    record = store.cache.get("work_order", object_id)
    last = log[-1]
    assert (record.data if record else b"null") == last.data
    found = store.cache.order_ids(OrderQuery(text=f"v{last.lsn}", open_only=False), 1_000)
    assert (object_id in found) == (last.op == "upsert")


def test_that_versions_tell_what_there_is_and_what_moved_since(store: Store) -> None:
    changes = [
        upsert(1, "o1", order_json(), ver=3),
        upsert(2, "o2", order_json(), ver=4),
        upsert(3, "o3", order_json()),
    ]
    store.cache.apply([*changes, removal(4, "o1", 5), upsert(5, "cam", camera_json("南门"), kind="camera")], cursor(5))

    versions = store.cache.versions("work_order", 2)

    assert versions.living == {"o2": 4, "o3": 3}
    assert versions.moved == {"o1", "o3"}
    assert store.cache.versions("work_order", 4).moved == frozenset()
