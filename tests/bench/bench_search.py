"""A queue of 1,000,000 orders: how soon the rows of a page are there, sorted, filtered, searched, and far down.

A page is the sequence of the whole list, as the queue reads it, and the objects of its rows. Words that very many
orders hold give the first rows only; finding all of them is measured apart: it happens on a thread of its own.
"""

import time
from collections.abc import Callable, Iterator, Sequence

from storage.records import OrderQuery
from storage.store import Store
from tests.bench import million
from tests.bench.measurement import Bar, Measurement, percentile
from tests.bench.million import COUNT, NOW

_ROWS = 60
_LIMIT_MS = 50.0
_TIMES = 5
_SORTS = ("due", "urgency", "opened", "updated", "number", "module", "state")
_FILTERS = (
    OrderQuery(states=frozenset({"handling"})),
    OrderQuery(states=frozenset({"closed"}), open_only=False),
    OrderQuery(urgency=frozenset({"critical"})),
    OrderQuery(source=frozenset({"grid"}), module=frozenset({"m3"})),
    OrderQuery(source=frozenset({"grid"}), module=frozenset({"m3"}), urgency=frozenset({"critical"}), sort="opened"),
    OrderQuery(lead_department=frozenset({"dept-3"}), sort="updated", descending=True),
    OrderQuery(grid_cell=frozenset({"cell-17"}), states=frozenset({"dispatched"}), sort="number"),
    OrderQuery(supervised=True),
    OrderQuery(clock="late", now=NOW),
    OrderQuery(clock="near", now=NOW),
    OrderQuery(bbox=(121.5, 31.15, 121.501, 31.151)),
)
_WORDS = (
    "积水",
    "消防通道",
    "灵岩南路 积水",
    "灵岩南路123",
    "灵岩南路12",
    "第7居民区 垃圾",
    "LJ202600012345",
    "12345",
    "充电桩 道路",
    "没有的词",
    "路",
    "占",
    "20260",
    "l",
    "lynl",
    "没有 路",
)


def measure() -> list[Measurement]:
    """Make the orders if they are not there; ask often."""
    store = million.open_million()
    try:
        store.cache.warm()
        made = float((million.folder() / "made").read_text("ascii"))
        return [
            Measurement(name=f"loading a snapshot of {COUNT:,} orders, when it was made", value=made, unit="orders/s"),
            *_pages(store),
            *_counts(store),
        ]
    finally:
        store.close()


def _pages(store: Store) -> Iterator[Measurement]:
    sorts = [OrderQuery(sort=sort, descending=down) for sort in _SORTS for down in (False, True)]
    words = [OrderQuery(text=text, sort=sort) for text in _WORDS for sort in ("urgency", "updated")]
    yield _worst(f"a page of {COUNT:,} orders, sorted", _asked(store, sorts), _LIMIT_MS)
    yield _worst(f"a page of {COUNT:,} orders, sorted, at the end", _asked(store, sorts, share=1.0), _LIMIT_MS)
    yield _worst(f"a page of {COUNT:,} orders, filtered", _asked(store, _FILTERS), _LIMIT_MS)
    yield _worst(f"a page of {COUNT:,} orders, filtered, in the middle", _asked(store, _FILTERS, share=0.5), _LIMIT_MS)
    first = [_timed(lambda query=query: _page(store, query, 0.0)) for query in words]  # type: ignore[misc]
    yield _worst(f"a page of {COUNT:,} orders, words asked for the first time", first, _LIMIT_MS)
    yield _worst(f"a page of {COUNT:,} orders, words asked for again", _asked(store, words), _LIMIT_MS)


def _counts(store: Store) -> Iterator[Measurement]:
    yield _worst("totals of the queue's head", [_timed(lambda: store.cache.order_totals(NOW)) for _ in range(_TIMES)])
    for word in ("积水", "路"):
        found = _timed(lambda word=word: store.cache.order_count(OrderQuery(text=word)))  # type: ignore[misc]
        yield Measurement(name=f"finding all orders with {word}, on the counting thread", value=found, unit="ms")


def _asked(store: Store, queries: Sequence[OrderQuery], share: float = 0.0) -> list[float]:
    """Times in ms of every query, each asked some times, in turns."""
    return [
        _timed(lambda query=query: _page(store, query, share))  # type: ignore[misc]
        for _ in range(_TIMES)
        for query in queries
    ]


def _page(store: Store, query: OrderQuery, share: float) -> None:
    found = store.cache.order_sequence(query, first=_ROWS)
    at = int(share * max(0, len(found) - _ROWS))
    store.cache.many("work_order", found[at : at + _ROWS])


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
