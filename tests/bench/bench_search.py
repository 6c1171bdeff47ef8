"""A queue of 1,000,000 orders: how soon the first rows of a page are there, sorted, filtered and searched.

Three orders of four are open, far more than a district ever has. Loading takes some minutes; WATCHFLOOR_BENCH_ORDERS
asks for fewer.
"""

import os
import random
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from desktop.sync.overlay import project
from storage.records import Cursor, ItemRecord, OrderQuery
from storage.store import Store, open_store
from tests.bench.measurement import Bar, Measurement, percentile
from tests.bench.orders import order

COUNT = int(os.environ.get("WATCHFLOOR_BENCH_ORDERS", "1000000"))
_PAGE = 1_000  # orders, as a centre sends them
_FIRST_ROWS = 100
_LIMIT_MS = 50.0
_TIMES = 5
_NOW = "2026-11-02T08:00:00+08:00"
_SORTS = ("due", "urgency", "opened", "updated", "number")
_FILTERS = (
    OrderQuery(states=frozenset({"handling"})),
    OrderQuery(states=frozenset({"closed"}), open_only=False),
    OrderQuery(urgency=frozenset({"critical"})),
    OrderQuery(source=frozenset({"grid"}), module=frozenset({"m3"})),
    OrderQuery(lead_department=frozenset({"dept-3"}), sort="updated", descending=True),
    OrderQuery(supervised=True),
    OrderQuery(clock="late", now=_NOW),
    OrderQuery(clock="near", now=_NOW),
    OrderQuery(bbox=(121.5, 31.15, 121.501, 31.151)),
)
_WORDS = (
    "积水",
    "消防通道",
    "灵岩南路 积水",
    "灵岩南路123",
    "第7居民区 垃圾",
    "LJ202600012345",
    "充电桩 道路",
    "没有的词",
)
_COMMON_WORDS = ("路", "20260", "l")


def measure() -> list[Measurement]:
    """Load once, ask often."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder), secrets.token_bytes(32), project)
        try:
            seconds = _load(store)
            return [
                Measurement(name=f"loading a snapshot of {COUNT:,} orders", value=COUNT / seconds, unit="orders/s"),
                *_pages(store),
                *_counts(store),
            ]
        finally:
            store.close()


def _pages(store: Store) -> Iterator[Measurement]:
    sorts = [OrderQuery(sort=sort, descending=down) for sort in _SORTS for down in (False, True)]
    for what, queries in (
        ("sorted", sorts),
        ("filtered", _FILTERS),
        ("searched", [OrderQuery(text=text) for text in _WORDS]),
    ):
        yield _worst(f"first {_FIRST_ROWS} of {COUNT:,} orders, {what}", _asked(store, queries), _LIMIT_MS)
    common = [OrderQuery(text=text) for text in _COMMON_WORDS]
    yield _worst(f"first {_FIRST_ROWS} of {COUNT:,} orders, by a word most of them have", _asked(store, common))


def _counts(store: Store) -> Iterator[Measurement]:
    totals = [_timed(lambda: store.cache.order_totals(_NOW)) for _ in range(_TIMES)]
    yield _worst("totals of the queue's head", totals)
    words = [_timed(lambda: store.cache.order_count(OrderQuery(text="积水"))) for _ in range(_TIMES)]
    yield _worst("counting the hits of a common word", words)


def _asked(store: Store, queries: list[OrderQuery] | tuple[OrderQuery, ...]) -> list[float]:
    """Times in ms of every query, each asked some times, in turns."""
    return [
        _timed(lambda query=query: store.cache.orders(query, _FIRST_ROWS))  # type: ignore[misc]
        for _ in range(_TIMES)
        for query in queries
    ]


def _worst(name: str, times_ms: list[float], limit_ms: float | None = None) -> Measurement:
    median = percentile(times_ms, 0.5)
    return Measurement(
        name=f"{name}, p99",
        value=percentile(times_ms, 0.99),
        unit="ms",
        bar=Bar.AT_MOST if limit_ms is not None else None,
        limit=limit_ms,
        note=f"median {median:.1f} ms over {len(times_ms)}",
    )


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _load(store: Store) -> float:
    """Load the orders as a snapshot; return the seconds that storing them took."""
    chance = random.Random(1)
    seconds = _timed(lambda: store.cache.begin_snapshot(1, "e1", "bench"))
    for page, first in enumerate(range(0, COUNT, _PAGE)):
        items = [
            ItemRecord("work_order", f"wo-{number}", 1, msgspec.json.encode(order(number, chance)))
            for number in range(first, min(first + _PAGE, COUNT))
        ]
        seconds += _timed(lambda page=page, items=items: store.cache.add_snapshot_page(page, items))  # type: ignore[misc]
    seconds += _timed(lambda: store.cache.commit_snapshot(Cursor("c1", 1, "e1", "bench", _NOW)))
    return seconds / 1000
