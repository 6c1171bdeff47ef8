"""Filters, orders and pages against plain Python over the same objects."""

import json
import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from itertools import product
from typing import Any

import pytest

from desktop.domain.workflow import OPEN_STATES, State
from storage.cache.board import search
from storage.cache.cameras import distance_m
from storage.cache.columns import FINISHED_STATES, URGENCY_RANKS
from storage.cache.moments import milliseconds
from storage.records import OrderQuery
from storage.store import Store
from tests.storage.objects import camera_json, cursor, order_json, removal, upsert

COUNT = 800
NOW = datetime(2026, 11, 10, 12, tzinfo=timezone(timedelta(hours=8)))
NEVER = "9999-12-31T23:59:59+00:00"


def _orders() -> dict[str, dict[str, Any]]:
    chance = random.Random(11)
    found = {}
    for n in range(COUNT):
        opened = NOW - timedelta(minutes=chance.randrange(20_000))
        due = opened + timedelta(minutes=chance.randrange(60, 30_000))
        zone = timezone(timedelta(hours=chance.choice((0, 8, -5))))  # the same moments, written differently
        found[f"o{n:04d}"] = {
            "number": f"N{chance.randrange(10**6):06d}",
            "title": chance.choice(("积水", "塌陷")),
            "state": chance.choice([*State, "a state of tomorrow"]),
            "urgency": chance.choice(["normal", "urgent", "critical", "unheard of"]),
            "source": chance.choice(["12345", "grid"]),
            "module": chance.choice(["m1", "m2"]),
            "lead_department": chance.choice(["d1", "d2", "d3"]),
            "supervised": chance.choice([None, {"by": "x"}]),
            "opened_at": opened.astimezone(zone).isoformat(),
            "updated_at": (opened + timedelta(seconds=chance.randrange(99))).isoformat(),
            "due": due.astimezone(zone).isoformat() if chance.random() < 0.9 else "",
            "caller": {"hash": f"h{n % 40}"} if n % 3 else None,
            "owner": chance.choice(["", "", "o-1", "o-2"]),
            "place": {
                "point": [121.5 + chance.random() / 10, 31.1 + chance.random() / 10],
                "grid_cell": chance.choice(["", "cell-1", "cell-2", "cell-3"]),
                "neighbourhood": chance.choice(["东一居民区", "东二居民区"]),
            },
        }
    return found


@pytest.fixture
def objects(store: Store) -> dict[str, dict[str, Any]]:
    objects = _orders()
    changes = [upsert(n, key, json.dumps(value).encode()) for n, (key, value) in enumerate(objects.items(), 1)]
    store.cache.apply(changes, cursor(COUNT))
    return objects


def at(order: dict[str, Any], name: str) -> datetime:
    return datetime.fromisoformat(order[name] or NEVER)


def is_open(order: dict[str, Any]) -> bool:
    return order["state"] in OPEN_STATES or order["state"] not in list(State)


def grid_cell(order: dict[str, Any]) -> str:
    return str(order["place"]["grid_cell"])


def neighbourhood(order: dict[str, Any]) -> str:
    return str(order["place"]["neighbourhood"])


def is_mine(order: dict[str, Any], officer: str, department: str) -> bool:
    return bool(order["owner"] == officer or order["lead_department"] == department)


def is_late(order: dict[str, Any]) -> bool:
    return at(order, "due") < NOW


def inside(order: dict[str, Any], west: float, south: float, east: float, north: float) -> bool:
    lon, lat = order["place"]["point"]
    return bool(west <= lon <= east and south <= lat <= north)


def is_near(order: dict[str, Any]) -> bool:
    if not order["due"] or is_late(order):
        return False
    left, whole = at(order, "due") - NOW, at(order, "due") - at(order, "opened_at")
    return left <= whole / 4


_FILTERS: list[tuple[dict[str, Any], Callable[[dict[str, Any]], bool]]] = [
    ({}, is_open),
    ({"open_only": False}, lambda order: True),
    ({"states": frozenset({"returned", "handling"})}, lambda order: order["state"] in {"returned", "handling"}),
    ({"states": frozenset({"closed"}), "open_only": False}, lambda order: order["state"] == "closed"),
    ({"states": frozenset()}, lambda order: False),
    ({"states": frozenset(), "open_only": False}, lambda order: False),
    (
        {"states": frozenset({"closed", "handling"}), "open_only": False, "supervised": True},
        lambda order: order["state"] in {"closed", "handling"} and bool(order["supervised"]),
    ),
    ({"urgency": frozenset({"critical"})}, lambda order: order["urgency"] == "critical" and is_open(order)),
    ({"source": frozenset({"grid"}), "open_only": False}, lambda order: order["source"] == "grid"),
    ({"module": frozenset({"m2"})}, lambda order: order["module"] == "m2" and is_open(order)),
    ({"lead_department": frozenset({"d1", "d3"})}, lambda order: order["lead_department"] != "d2" and is_open(order)),
    ({"supervised": True}, lambda order: bool(order["supervised"]) and is_open(order)),
    ({"clock": "late", "now": NOW.isoformat()}, lambda order: is_late(order) and is_open(order)),
    ({"clock": "near", "now": NOW.isoformat()}, lambda order: is_near(order) and is_open(order)),
    ({"due_before": NOW.isoformat()}, lambda order: bool(order["due"]) and is_late(order) and is_open(order)),
    (
        {"bbox": (121.51, 31.12, 121.56, 31.17)},
        lambda order: is_open(order) and inside(order, 121.51, 31.12, 121.56, 31.17),
    ),
    ({"grid_cell": frozenset({"cell-1", ""})}, lambda order: is_open(order) and grid_cell(order) in {"cell-1", ""}),
    (
        {"grid_cell": frozenset({"cell-2"}), "open_only": False, "sort": "urgency"},
        lambda order: grid_cell(order) == "cell-2",
    ),
    (
        {"neighbourhood": frozenset({"东一居民区"}), "module": frozenset({"m1"}), "sort": "grid_cell"},
        lambda order: is_open(order) and neighbourhood(order) == "东一居民区" and order["module"] == "m1",
    ),
    ({"caller": "h7", "open_only": False}, lambda order: (order["caller"] or {}).get("hash") == "h7"),
    (
        {"stuck": (("d1", (NOW - timedelta(days=7)).isoformat()),), "now": NOW.isoformat()},
        lambda order: (
            order["state"] in {"dispatched", "handling"}
            and (
                is_late(order)
                or (order["lead_department"] == "d1" and at(order, "updated_at") < NOW - timedelta(days=7))
            )
        ),
    ),
    (
        {"stuck": (), "now": NOW.isoformat()},
        lambda order: order["state"] in {"dispatched", "handling"} and is_late(order),
    ),
    ({"mine": ("o-1", "d2")}, lambda order: is_open(order) and is_mine(order, "o-1", "d2")),
    ({"mine": ("o-1", ""), "open_only": False}, lambda order: order["owner"] == "o-1"),
    ({"mine": ("", "d2")}, lambda order: is_open(order) and order["lead_department"] == "d2"),
    ({"text": "积水"}, lambda order: is_open(order) and order["title"] == "积水"),
    (
        {"text": "积水", "bbox": (121.5, 31.1, 121.52, 31.2)},
        lambda order: is_open(order) and order["title"] == "积水" and inside(order, 121.5, 31.1, 121.52, 31.2),
    ),
]

_KEYS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "due": lambda order: at(order, "due"),
    "urgency": lambda order: URGENCY_RANKS.get(order["urgency"], 2),
    "opened": lambda order: milliseconds(order["opened_at"], 0),
    "updated": lambda order: milliseconds(order["updated_at"], 0),
    "number": lambda order: order["number"],
    "state": lambda order: order["state"],
    "module": lambda order: order["module"],
    "lead_department": lambda order: order["lead_department"],
    "source": lambda order: order["source"],
    "grid_cell": grid_cell,
    "neighbourhood": neighbourhood,
}


@pytest.mark.parametrize("words", ["waiting", "indexed", "walked"])
@pytest.mark.parametrize(("fields", "wanted"), _FILTERS, ids=[str(number) for number in range(len(_FILTERS))])
def test_that_a_filter_finds_what_plain_python_finds(
    store: Store,
    objects: dict[str, dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    fields: dict[str, Any],
    wanted: Callable[[dict[str, Any]], bool],
    words: str,
) -> None:
    while words != "waiting" and store.cache.tend():
        pass
    if words == "walked":
        monkeypatch.setattr(search, "SMALL", 0)
        monkeypatch.setattr(search, "COMMON_SHARE", 0)
    query = OrderQuery(**fields)
    truth = {key for key, order in objects.items() if wanted(order)}
    found = store.cache.order_ids(query, COUNT)
    assert len(found) == len(set(found))
    assert set(found) == truth
    assert store.cache.order_count(query) == len(truth)
    assert store.cache.order_count_upto(query, 5) == min(5, len(truth))
    assert [record.id for record in store.cache.orders(query, 20)] == found[:20]


@pytest.mark.parametrize("sort", list(_KEYS))
def test_that_pages_follow_the_order_without_gap_or_repetition(
    store: Store, objects: dict[str, dict[str, Any]], sort: str
) -> None:
    for descending, open_only in product((False, True), repeat=2):
        query = OrderQuery(sort=sort, descending=descending, open_only=open_only)
        pages = [store.cache.order_ids(query, 97, offset) for offset in range(0, COUNT, 97)]
        found = [key for page in pages for key in page]
        assert len(found) == len(set(found)) == store.cache.order_count(query)
        keys = [_KEYS[sort](objects[key]) for key in found]
        assert keys == sorted(keys, reverse=descending)


def test_that_totals_count_the_open_orders(store: Store, objects: dict[str, dict[str, Any]]) -> None:
    open_orders = [order for order in objects.values() if is_open(order)]
    totals = store.cache.order_totals(NOW.isoformat())
    assert totals["open"] == len(open_orders)
    assert totals["late"] == sum(map(is_late, open_orders))
    assert totals["near"] == sum(map(is_near, open_orders))
    assert totals["supervised"] == sum(bool(order["supervised"]) for order in open_orders)
    assert totals["state:handling"] == sum(order["state"] == "handling" for order in open_orders)
    assert "state:closed" not in totals


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, is_open),
        ({"open_only": False}, lambda order: True),
        ({"urgency": frozenset({"critical"})}, lambda order: is_open(order) and order["urgency"] == "critical"),
        ({"clock": "late", "now": NOW.isoformat()}, lambda order: is_open(order) and is_late(order)),
        ({"module": frozenset({"m1"}), "sort": "due"}, lambda order: is_open(order) and order["module"] == "m1"),
    ],
    ids=["open", "all", "urgent", "late", "module"],
)
def test_that_groups_are_counted_as_plain_python_counts_them(
    store: Store,
    objects: dict[str, dict[str, Any]],
    fields: dict[str, Any],
    wanted: Callable[[dict[str, Any]], bool],
) -> None:
    for by in ("state", "module", "lead_department", "source", "grid_cell", "neighbourhood"):
        truth = Counter(_KEYS[by](order) for order in objects.values() if wanted(order))
        groups = store.cache.order_groups(OrderQuery(**fields), by)
        assert [(group.value, group.count) for group in groups] == sorted(truth.items())


def test_that_orders_are_not_grouped_by_anything(store: Store) -> None:
    with pytest.raises(ValueError, match="grouped"):
        store.cache.order_groups(OrderQuery(), "title")


def test_that_finished_states_are_those_of_the_workflow() -> None:
    assert set(State) - OPEN_STATES == set(FINISHED_STATES)


def test_that_an_unknown_order_or_clock_is_a_bug(store: Store) -> None:
    for query in (OrderQuery(sort="colour"), OrderQuery(clock="soon")):
        with pytest.raises(ValueError, match="no such"):
            store.cache.order_ids(query, 1)


def test_that_the_nearest_working_cameras_come_first_with_their_distance(store: Store) -> None:
    chance = random.Random(5)
    cameras = {f"c{n}": [121.48 + chance.random() / 25, 31.135 + chance.random() / 30] for n in range(300)}
    broken = {key for n, key in enumerate(cameras) if n % 5 == 0}
    changes = []
    for n, (key, point) in enumerate(cameras.items(), 1):
        fields: dict[str, Any] = {"health": "frozen"} if n % 2 else {"retired": True}
        changes.append(upsert(n, key, camera_json(key, point, **(fields if key in broken else {})), kind="camera"))
    changes.append(upsert(301, "nowhere", camera_json("nowhere"), kind="camera"))
    store.cache.apply(changes, cursor(301))
    lon, lat = 121.5, 31.15
    truth = sorted((distance_m(lon, lat, *point), key) for key, point in cameras.items() if key not in broken)
    found = store.cache.near_cameras(lon, lat, 6)
    assert [(round(metres, 3), record.id) for record, metres in found] == [(round(m, 3), key) for m, key in truth[:6]]
    assert len(store.cache.near_cameras(lon, lat, 1_000)) == 240


def test_that_distances_are_those_of_the_globe() -> None:
    assert distance_m(121.5, 31.15, 121.5, 31.15) == 0
    assert distance_m(0, 0, 0, 1) == pytest.approx(111_195, abs=1)
    assert distance_m(121.5, 31.15, 121.51, 31.15) == pytest.approx(951.6, abs=1)


def test_that_counts_stay_true_while_orders_come_change_and_go(store: Store) -> None:
    chance = random.Random(11)
    states: dict[str, tuple[str, bool, str]] = {}
    lsn = 0
    for _ in range(30):
        changes = []
        for _ in range(chance.randrange(1, 12)):
            lsn += 1
            key = f"o{chance.randrange(25)}"
            if key in states and chance.random() < 0.3:
                changes.append(removal(lsn, key, lsn))
                del states[key]
            else:
                state = chance.choice(["reported", "handling", "closed", "由中心新设"])
                states[key] = state, chance.random() < 0.5, chance.choice(["m1", "m2", ""])
                fields = dict(zip(("state", "supervised", "module"), states[key], strict=True))
                changes.append(upsert(lsn, key, order_json(**fields)))
        store.cache.apply(changes, cursor(lsn))
        is_open = [(state, supervised) for state, supervised, _ in states.values() if state != "closed"]
        modules = Counter(module for state, _, module in states.values() if state != "closed")
        groups = store.cache.order_groups(OrderQuery(), "module")
        assert [(group.value, group.count) for group in groups] == sorted(modules.items())
        totals = store.cache.order_totals(NOW.isoformat(), ["module"])
        by_module = {name: number for name, number in totals.items() if name.startswith("module:")}
        assert by_module == {f"module:{module}": number for module, number in modules.items()}
        assert totals["open"] == store.cache.order_count(OrderQuery()) == len(is_open)
        assert totals["supervised"] == sum(supervised for _, supervised in is_open)
        by_state = {name: number for name, number in totals.items() if name.startswith("state:")}
        assert by_state == Counter(f"state:{state}" for state, _ in is_open)
        assert store.cache.order_count(OrderQuery(open_only=False)) == len(states)
