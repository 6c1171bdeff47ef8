"""A snapshot grows beside the live rows and takes their place at once, or not at all."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from storage.cache import building
from storage.cache.state import read_state
from storage.cache.tables import other
from storage.errors import StorageError
from storage.records import OrderQuery
from storage.store import Store
from tests.storage.objects import camera_json, cursor, item, order_json, removal, upsert


def ids(store: Store, text: str = "") -> list[str]:
    return store.cache.order_ids(OrderQuery(open_only=False, text=text, sort="number"), 100)


def load(store: Store, lsn: int, names: list[str], **counts: int) -> None:
    store.cache.begin_snapshot(lsn, "e1", "hall")
    for page, name in enumerate(names):
        store.cache.add_snapshot_page(page, [item(name, lsn, order_json(number=name))])
    store.cache.commit_snapshot(cursor(lsn), counts or None)


def test_that_the_old_rows_stay_until_the_swap(store: Store) -> None:
    load(store, 1, ["old"])
    store.cache.begin_snapshot(5, "e1", "hall")
    store.cache.add_snapshot_page(
        0, [item("new", 1, order_json(title="新单")), item("c1", 1, camera_json("门"), "camera")]
    )
    assert (ids(store), store.cache.search_cameras("门")) == (["old"], [])
    store.cache.commit_snapshot(cursor(5), {"work_order": 1, "camera": 1})
    assert (ids(store), ids(store, "新单"), ids(store, "塌陷")) == (["new"], ["new"], [])
    assert len(store.cache.search_cameras("门")) == 1
    assert store.cache.cursor() == cursor(5)
    assert store.cache.snapshot_pages() == set()


def test_that_snapshots_can_follow_each_other(store: Store) -> None:
    for lsn, names in ((1, ["a", "b"]), (2, ["c"]), (3, ["a", "d"]), (4, [])):
        load(store, lsn, names)
        assert ids(store) == names
        assert ids(store, "塌陷") == names


def test_that_changes_after_a_snapshot_are_applied_on_it_and_older_ones_are_not(store: Store) -> None:
    store.cache.begin_snapshot(5, "e1", "hall")
    store.cache.add_snapshot_page(0, [item("o1", 3, order_json(number="三"))])
    store.cache.commit_snapshot(cursor(5))
    applied = store.cache.apply([upsert(4, "o1", order_json(number="二"), ver=2), removal(6, "o1", 4)], cursor(6))
    assert (applied.skipped, ids(store)) == (1, [])


@pytest.mark.parametrize("counts", [{"work_order": 2}, {"camera": 1}])
def test_that_a_snapshot_without_what_the_centre_counted_is_refused(store: Store, counts: dict[str, int]) -> None:
    load(store, 1, ["old"])
    with pytest.raises(StorageError) as caught:
        load(store, 2, ["new"], **counts)
    assert caught.value.code == "storage.snapshot_incomplete"
    assert ids(store) == ["old"]
    assert store.cache.snapshot_pages() == {0}


def rows_of_the_spare_shelf(store: Store) -> int:
    with store.cache._database.read() as connection:
        spare = other(read_state(connection).live)
        tables = (spare.record, spare.order_block, spare.unsearched, spare.camera)
        return sum(connection.execute(select(func.count()).select_from(rows)).scalar_one() for rows in tables)


def test_that_what_a_snapshot_leaves_goes_in_small_steps(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    load(store, 1, [f"o{n}" for n in range(50)])
    load(store, 2, ["o1"])
    assert rows_of_the_spare_shelf(store) > 50
    monkeypatch.setattr(building.empty_some, "__defaults__", (20,))
    steps = 0
    while store.cache.tend():
        steps += 1
    assert steps >= 3
    assert rows_of_the_spare_shelf(store) == 0
    assert ids(store) == ["o1"]


def test_that_a_snapshot_begins_on_an_empty_shelf_however_the_one_before_ended(store: Store) -> None:
    load(store, 1, ["old"])
    store.cache.begin_snapshot(2, "e1", "hall")
    store.cache.add_snapshot_page(0, [item("given up", 1, order_json(point=[121.5, 31.2], title="积水"))])
    store.cache.discard_snapshot()
    load(store, 3, ["new"], work_order=1)
    assert ids(store) == ["new"]
    assert ids(store, "积水") == []
    assert store.cache.order_ids(OrderQuery(bbox=(121.4, 31.1, 121.6, 31.3)), 9) == []


def test_that_a_record_set_aside_still_counts(store: Store) -> None:
    store.cache.begin_snapshot(1, "e1", "hall")
    store.cache.add_snapshot_page(0, [item("a", 1, order_json()), item("bad", 1, b"[]")])
    store.cache.add_snapshot_page(1, [item("worse", 1, b"{")])
    store.cache.commit_snapshot(cursor(1), {"work_order": 3})
    assert ids(store) == ["a"]
    assert store.cache.quarantined() == 2


def test_that_a_page_or_an_object_sent_twice_is_there_once(store: Store) -> None:
    store.cache.begin_snapshot(3, "e1", "hall")
    for _ in range(2):
        store.cache.add_snapshot_page(
            0, [item("o1", 2, order_json(number="二")), item("o1", 3, order_json(number="三"))]
        )
    store.cache.add_snapshot_page(1, [item("o1", 1, order_json(number="一"))])
    store.cache.commit_snapshot(cursor(3), {"work_order": 1})
    assert ids(store, "三") == ["o1"]


def test_that_a_snapshot_of_another_moment_begins_anew(store: Store) -> None:
    store.cache.begin_snapshot(3, "e1", "hall")
    store.cache.add_snapshot_page(0, [item("o1", 1, order_json())])
    store.cache.begin_snapshot(3, "e1", "hall")
    assert store.cache.snapshot_pages() == {0}
    store.cache.begin_snapshot(4, "e1", "hall")
    assert store.cache.snapshot_pages() == set()
    store.cache.commit_snapshot(cursor(4), {})
    assert ids(store) == []


def test_that_a_discarded_snapshot_leaves_nothing(store: Store) -> None:
    load(store, 1, ["old"])
    store.cache.begin_snapshot(3, "e1", "hall")
    store.cache.add_snapshot_page(0, [item("o1", 1, order_json())])
    store.cache.discard_snapshot()
    assert store.cache.snapshot_pages() == set()
    assert ids(store) == ["old"]
    for write in (lambda: store.cache.add_snapshot_page(1, []), lambda: store.cache.commit_snapshot(cursor(3))):
        with pytest.raises(StorageError, match=r"storage\.snapshot_missing"):
            write()


def test_that_a_snapshot_never_takes_the_cache_back_within_an_epoch(store: Store) -> None:
    load(store, 9, ["now"])
    store.cache.begin_snapshot(4, "e1", "hall")
    with pytest.raises(StorageError, match=r"storage\.snapshot_older"):
        store.cache.commit_snapshot(cursor(4))
    assert ids(store) == ["now"]
    store.cache.begin_snapshot(4, "e2", "hall")  # another past: the centre was restored from a backup
    store.cache.commit_snapshot(cursor(4, epoch="e2"))
    assert ids(store) == []


def test_that_a_snapshot_is_resumed_after_a_restart(open_desk: Callable[[], Store]) -> None:
    store = open_desk()
    load(store, 1, ["old"])
    store.cache.begin_snapshot(5, "e1", "hall")
    store.cache.add_snapshot_page(0, [item("a", 1, order_json(number="a"))])
    store = open_desk()
    assert ids(store) == ["old"]
    store.cache.begin_snapshot(5, "e1", "hall")
    assert store.cache.snapshot_pages() == {0}
    store.cache.add_snapshot_page(1, [item("b", 1, order_json(number="b"))])
    store.cache.commit_snapshot(cursor(5), {"work_order": 2})
    assert ids(store) == ["a", "b"]
