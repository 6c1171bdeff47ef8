import math
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from widgets.map.projection import distance_m, from_mercator, gcj02_from_wgs84
from widgets.map.rows import MapMarker
from widgets.map.store import MarkerStore

KINDS = ("order", "camera", "incident", "something new")
PLACES = ((121.50, 31.15), (121.51, 31.14), (math.nan, 31.0), (0.0, 0.0), (None, None), (121.5, 200.0))


def _order(number: int, lon: float | None = 121.5, lat: float | None = 31.15, **more: object) -> MapMarker:
    return replace(MapMarker(f"o{number}", "order", lon, lat), **more)


MARKERS = st.builds(
    lambda number, kind, place, tone: MapMarker(f"m{number}", kind, *place, tone=tone),
    st.integers(0, 12),
    st.sampled_from(KINDS),
    st.sampled_from(PLACES),
    st.sampled_from(("red", "yellow", "ok", "a tone of tomorrow")),
)
STEPS = st.lists(st.tuples(st.lists(MARKERS, max_size=6), st.lists(st.integers(0, 12), max_size=4)), max_size=12)


@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_that_any_run_of_changes_equals_a_plain_dict(steps: list[tuple[list[MapMarker], list[int]]]) -> None:
    store, plain = MarkerStore(), {}
    for upserts, removals in steps:
        ids = [f"m{number}" for number in removals]
        store.apply(upserts, ids)
        store.refresh()
        for one in ids:
            plain.pop(one, None)
        plain.update({marker.id: marker for marker in upserts})
    assert len(store) == len(plain)
    for number in range(13):
        assert store.get(f"m{number}") == plain.get(f"m{number}")
    good = {one.id: one for one in plain.values() if (one.lon, one.lat) in PLACES[:2]}
    assert set(store.anomalies) == set(plain) - set(good)
    for kind in KINDS:
        expected = {one.id for one in good.values() if one.kind == kind}
        assert store.ids(kind) == expected
        assert store.count((kind,)) == len(expected)
        if kind in store.tables:
            cells = store.tables[kind].index.level(0)
            assert cells.count.sum() == len(expected)
    for one in good.values():
        lon, lat = from_mercator(*store.place(one.id))
        assert math.isclose(float(lon), one.lon, abs_tol=1e-9)
        assert math.isclose(float(lat), one.lat, abs_tol=1e-9)


def test_that_an_anomaly_is_counted_and_drawn_once_it_is_put_right() -> None:
    store = MarkerStore()
    store.apply([_order(1, math.nan, 31.0), _order(2, 0.0, 0.0), _order(3, None, None), _order(4, 121.5, 200.0)], ())
    assert set(store.anomalies) == {"o1", "o2", "o3", "o4"}
    assert store.count(("order",)) == 0
    store.apply([_order(1)], ())
    assert set(store.anomalies) == {"o2", "o3", "o4"}
    assert store.place("o1") is not None
    store.apply([_order(1, math.inf, 31.0)], ["o2"])
    assert set(store.anomalies) == {"o1", "o3", "o4"}
    assert store.place("o1") is None


def test_that_an_unknown_datum_is_an_anomaly_rather_than_a_guess() -> None:
    store = MarkerStore()
    store.apply([_order(1, datum="Beijing-54")], ())
    assert set(store.anomalies) == {"o1"}


def test_that_markers_of_two_datums_meet_at_the_same_place() -> None:
    lon, lat = gcj02_from_wgs84(121.5, 31.15)
    store = MarkerStore()
    store.apply([_order(1), _order(2, float(lon), float(lat), datum="GCJ-02")], ())
    one, two = from_mercator(*store.place("o1")), from_mercator(*store.place("o2"))
    assert float(distance_m(*one, *two)) < 0.01


def test_that_the_nearest_come_first_and_none_beyond_reach() -> None:
    store = MarkerStore()
    cameras = [MapMarker(f"c{n}", "camera", 121.5 + n * 1e-4, 31.15) for n in range(50)]
    store.apply(reversed(cameras), ())
    x, y = store.place("c10")
    near = store.tables["camera"].nearest(x, y, 3, 1000.0)
    assert near[0].id == "c10"
    assert {one.id for one in near[1:]} == {"c9", "c11"}
    assert len(store.tables["camera"].nearest(x, y, 50, 25.0)) == 5


def test_that_a_marker_that_did_not_change_is_not_gathered_anew() -> None:
    store = MarkerStore()
    store.apply([_order(n) for n in range(5)], ())
    store.refresh()
    cells = store.tables["order"].index.level(0)
    store.apply([_order(n) for n in range(5)], ())
    store.refresh()
    assert store.tables["order"].index.level(0) is cells
    store.apply([_order(2, tone="red")], ())
    store.refresh()
    assert store.tables["order"].index.level(0) is not cells


def test_that_a_freed_slot_is_used_again() -> None:
    store = MarkerStore()
    store.apply([_order(n) for n in range(100)], ())
    store.apply((), [f"o{n}" for n in range(100)])
    store.apply([_order(n) for n in range(100, 200)], ())
    assert len(store.tables["order"].alive) <= 128
    assert store.count(("order",)) == 100


def test_that_a_worse_tone_outranks_any_urgency() -> None:
    assert _order(1, tone="red").rank > _order(1, tone="orange", urgency=3).rank
    assert _order(1, tone="red", urgency=3).rank > _order(1, tone="red", urgency=1).rank
    assert 0 <= _order(1, tone="red", urgency=99).rank < 64
