"""How fast the centre's rows go into the encrypted cache: changes of the log, and the first snapshot.

Beside each rate stand two peers, both a bare ``executemany`` with the same batches and the same encryption: *one table*
of the raw rows, the barest way to store the same bytes; and *the same rows* in the same tables, where reading the JSON
and deciding what is new was done before the clock ran. Words are indexed when nothing else is to be done; the rate with
them is that of a log that never ends.
"""

import secrets
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from desktop.sync.overlay import project
from storage.cache import tables as cache_tables
from storage.cache.board.layout import BLOCK, PER_BLOCK
from storage.cache.shelf_writer import _SQL
from storage.engine import REBUILDABLE, Database
from storage.migrate import migrate
from storage.records import ChangeRecord, Cursor, ItemRecord
from storage.store import Store, open_store
from tests.bench.measurement import Bar, Measurement
from tests.bench.orders import log_of

COUNT = 10_000  # of each kind: as many as may come in a second
BATCH = 1_000  # as the puller asks for
SNAPSHOT = 22_500  # objects of a district
_AS_OF = "2026-11-01T08:00:00+08:00"

Logs = Sequence[Sequence[ChangeRecord]]
Statements = list[tuple[str, list[tuple[Any, ...]]]]


def measure() -> list[Measurement]:
    """Insert, then update, the same orders; then load a snapshot."""
    logs = [list(log_of(COUNT)), list(log_of(COUNT, ver=2, first_lsn=COUNT + 1))]
    rows: list[Measurement] = []
    ours, worded, table, prepared = (
        _fresh(way, logs) for way in (_into_cache, _into_cache_with_words, _into_one_table, _into_the_same_tables)
    )
    for number, what in enumerate(("new orders", "newer versions, every text of them changed")):
        rate, words, bare, same = ours[number], worded[number], table[number], prepared[number]
        name = f"sync apply, {what}"
        rows += [
            Measurement(name=name, value=rate, unit="changes/s", bar=Bar.AT_LEAST, limit=20_000),
            Measurement(name=f"{name}, words indexed too", value=words, unit="changes/s"),
            Measurement(name=f"{name}: one bare table is faster by", value=bare / rate, unit="×", peer=bare,
                        bar=Bar.AT_MOST, limit=3),
            Measurement(name=f"{name}: the same rows are faster by", value=same / rate, unit="×", peer=same),
        ]  # fmt: skip
    return [*rows, *_snapshot()]


def _fresh(way: Callable[[Path, bytes, Logs], Iterator[float]], logs: Logs) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        return list(way(Path(folder), secrets.token_bytes(32), logs))


def _into_cache(folder: Path, key: bytes, logs: Logs, *, words: bool = False) -> Iterator[float]:
    store = open_store(folder, key, project)
    try:
        for log in logs:
            began = time.perf_counter()
            for batch in batches(log):
                last = batch[-1].lsn
                store.cache.apply(batch, Cursor(f"c{last}", last, "e1", "bench", _AS_OF))
            while words and store.cache.tend():
                pass
            yield len(log) / (time.perf_counter() - began)
            while store.cache.tend():
                pass
    finally:
        store.close()


def _into_cache_with_words(folder: Path, key: bytes, logs: Logs) -> Iterator[float]:
    return _into_cache(folder, key, logs, words=True)


def _into_one_table(folder: Path, key: bytes, logs: Logs) -> Iterator[float]:
    connection = dbapi2.connect(str(folder / "bare.db"), isolation_level=None)
    try:
        for pragma in (f"key = \"x'{key.hex()}'\"", "journal_mode = WAL", "synchronous = NORMAL"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute("CREATE TABLE record (kind TEXT, id TEXT, ver INTEGER, data BLOB, PRIMARY KEY (kind, id))")
        sql = "INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)"
        for log in logs:
            work: list[Statements] = [
                [(sql, [(change.kind, change.id, change.ver, change.data) for change in batch])]
                for batch in batches(log)
            ]
            yield len(log) / _seconds(connection.execute, connection.executemany, work)
    finally:
        connection.close()


def _into_the_same_tables(folder: Path, key: bytes, logs: Logs) -> Iterator[float]:
    database = Database(folder / "cache.db", key, REBUILDABLE)
    try:
        migrate(database, "cache", cache_tables.HEAD)
        connection = database._connect_writer()
        try:
            for log in logs:
                work = [
                    _prepared(batch, number * BATCH, is_new=log is logs[0]) for number, batch in enumerate(batches(log))
                ]
                yield len(log) / _seconds(connection.execute, connection.executemany, work)
        finally:
            connection.close()
    finally:
        database.close()


def _prepared(batch: Sequence[ChangeRecord], first: int, *, is_new: bool) -> Statements:
    sql = _SQL["a"]
    numbered = list(enumerate(batch, start=first))
    records: tuple[str, list[tuple[Any, ...]]]
    if is_new:
        records = sql.insert, [(n, c.kind, c.id, c.ver, c.lsn, 0, c.data, None) for n, c in numbered]
    else:
        records = sql.update, [(c.ver, c.lsn, 0, c.data, None, n) for n, c in numbered]
    blocks = [(n // PER_BLOCK, bytes(BLOCK.itemsize)) for n, _ in numbered[::PER_BLOCK]]
    return [
        records,
        ("INSERT OR REPLACE INTO order_block_a VALUES (?, ?)", blocks),
        ("INSERT OR IGNORE INTO unsearched_a VALUES (?)", [(n,) for n, _ in numbered]),
    ]


def _seconds(execute: Callable[[str], Any], executemany: Callable[[str, Any], Any], work: list[Statements]) -> float:
    began = time.perf_counter()
    for statements in work:
        execute("BEGIN IMMEDIATE")
        for sql, rows in statements:
            executemany(sql, rows)
        execute("COMMIT")
    return time.perf_counter() - began


def _snapshot() -> Iterator[Measurement]:
    log = list(log_of(SNAPSHOT))
    bare = _fresh(_into_one_table, [log])[0]
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder), secrets.token_bytes(32), project)
        try:
            seconds = _load(store, log)
        finally:
            store.close()
    name = f"first snapshot of {SNAPSHOT:,} objects"
    yield Measurement(name=name, value=seconds, unit="s", peer=SNAPSHOT / bare, note="peer: one bare table")


def _load(store: Store, log: Sequence[ChangeRecord]) -> float:
    pages = [[ItemRecord(c.kind, c.id, c.ver, c.data) for c in batch] for batch in batches(log)]
    began = time.perf_counter()
    store.cache.begin_snapshot(1, "e1", "bench")
    for number, page in enumerate(pages):
        store.cache.add_snapshot_page(number, page)
    store.cache.commit_snapshot(Cursor("c1", 1, "e1", "bench", _AS_OF), {"work_order": len(log)})
    return time.perf_counter() - began


def batches(log: Sequence[ChangeRecord]) -> Iterator[Sequence[ChangeRecord]]:
    """The stretches in which a log is pulled."""
    return (log[begin : begin + BATCH] for begin in range(0, len(log), BATCH))
