"""How fast the pull's changes go into the encrypted cache, beside the barest way to store the same bytes."""

import secrets
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlcipher3 import dbapi2

from desktop.sync.overlay import project
from storage.records import ChangeRecord, Cursor
from storage.store import open_store
from tests.bench.measurement import Bar, Measurement
from tests.bench.orders import log_of

COUNT = 20_000
BATCH = 1_000  # as the puller asks for


def measure() -> list[Measurement]:
    """Insert, then update, the same orders."""
    with tempfile.TemporaryDirectory() as folder:
        key = secrets.token_bytes(32)
        new, newer = list(log_of(COUNT)), list(log_of(COUNT, ver=2, first_lsn=COUNT + 1))
        ours = list(_into_cache(Path(folder) / "ours", key, (new, newer)))
        bare = list(_into_bare_table(Path(folder) / "bare.db", key, (new, newer)))
    return [
        row
        for what, rate, peer in zip(("new orders", "newer versions"), ours, bare, strict=True)
        for row in (
            Measurement(
                name=f"sync apply, {what}", value=rate, unit="changes/s", bar=Bar.AT_LEAST, limit=20_000, peer=peer
            ),
            Measurement(
                name=f"sync apply, {what}: bare executemany is faster by",
                value=peer / rate,
                unit="×",
                bar=Bar.AT_MOST,
                limit=3,
            ),
        )
    ]


def _into_cache(folder: Path, key: bytes, logs: Sequence[Sequence[ChangeRecord]]) -> Iterator[float]:
    folder.mkdir()
    store = open_store(folder, key, project)
    try:
        for log in logs:
            began = time.perf_counter()
            for batch in batches(log):
                last = batch[-1].lsn
                store.cache.apply(batch, Cursor(f"c{last}", last, "e1", "bench", "2026-11-01T08:00:00+08:00"))
            yield len(log) / (time.perf_counter() - began)
    finally:
        store.close()


def _into_bare_table(path: Path, key: bytes, logs: Sequence[Sequence[ChangeRecord]]) -> Iterator[float]:
    connection = dbapi2.connect(str(path), isolation_level=None)
    try:
        for pragma in (f"key = \"x'{key.hex()}'\"", "journal_mode = WAL", "synchronous = NORMAL"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        connection.execute("CREATE TABLE record (kind TEXT, id TEXT, ver INTEGER, data BLOB, PRIMARY KEY (kind, id))")
        for log in logs:
            began = time.perf_counter()
            for batch in batches(log):
                connection.execute("BEGIN IMMEDIATE")
                rows = [(change.kind, change.id, change.ver, change.data) for change in batch]
                connection.executemany("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)", rows)
                connection.execute("COMMIT")
            yield len(log) / (time.perf_counter() - began)
    finally:
        connection.close()


def batches(log: Sequence[ChangeRecord]) -> Iterator[Sequence[ChangeRecord]]:
    """The stretches in which a log is pulled."""
    return (log[begin : begin + BATCH] for begin in range(0, len(log), BATCH))
