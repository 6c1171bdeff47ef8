"""A cache of 1,000,000 orders, made once and kept under ``build/bench`` for later runs.

Three orders of four are open, far more than a district ever has. Making it takes some minutes;
WATCHFLOOR_BENCH_ORDERS asks for fewer.
"""

import os
import random
import shutil
import time
from pathlib import Path

import msgspec

from desktop.sync.overlay import project
from storage.cache.board.layout import FORMAT
from storage.cache.tables import HEAD
from storage.records import Cursor, ItemRecord
from storage.store import Store, open_store
from tests.bench.orders import order

COUNT = int(os.environ.get("WATCHFLOOR_BENCH_ORDERS", "1000000"))
KEY = bytes(range(32))
NOW = "2026-11-02T08:00:00+08:00"
CURSOR = Cursor("c1", 1, "e1", "bench", NOW)
_PAGE = 1_000  # orders, as a centre sends them
_FOLDER = Path(__file__).parents[2] / "build" / "bench"


def folder() -> Path:
    """Where the data directory is; made now if it is not there. One of another schema is removed."""
    here = _FOLDER / f"orders-{COUNT}-{HEAD}-{FORMAT}"
    if not (here / "made").exists():
        for old in _FOLDER.glob(f"orders-{COUNT}-*"):
            shutil.rmtree(old)
        _make(here)
    return here


def open_million() -> Store:
    """Open it."""
    return open_store(folder(), KEY, project)


def _make(here: Path) -> None:
    store = open_store(here, KEY, project)
    try:
        seconds = fill(store)
        while store.cache.tend():
            pass
        store.cache.warm()
    finally:
        store.close()
    (here / "made").write_text(f"{COUNT / seconds:.0f}", "ascii")


def fill(store: Store) -> float:
    """Load the orders as a snapshot; return the seconds that storing them took."""
    chance = random.Random(1)
    seconds = -time.perf_counter()
    store.cache.begin_snapshot(1, "e1", "bench")
    seconds += time.perf_counter()
    for page, first in enumerate(range(0, COUNT, _PAGE)):
        items = [
            ItemRecord("work_order", f"wo-{number}", 1, msgspec.json.encode(order(number, chance)))
            for number in range(first, min(first + _PAGE, COUNT))
        ]
        seconds -= time.perf_counter()
        store.cache.add_snapshot_page(page, items)
        seconds += time.perf_counter()
    seconds -= time.perf_counter()
    store.cache.commit_snapshot(CURSOR, {"work_order": COUNT})
    return seconds + time.perf_counter()
