"""Taking 100,000 orders out as a workbook and as text, and painting fifty pages, while the window goes on.

WATCHFLOOR_BENCH_EXPORT asks for fewer. The peer of each file is the same rows written by the library alone, in one go.
"""

import csv
import io
import os
import random
import secrets
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import msgspec
import xlsxwriter
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.export.job import ExportJob, Written
from desktop.export.sheet import Sheet
from desktop.presenters.directory import Directory
from desktop.presenters.orders.export import PAPER_CAP
from desktop.presenters.orders.export_rows import Exported, export_columns, export_words, paper_shares
from desktop.presenters.orders.queue_layout import Layout
from desktop.start.interpreter import keep_what_is_loaded, share_fairly
from desktop.sync.overlay import project
from storage.records import Cursor, ItemRecord, OrderQuery
from storage.store import Store, open_store
from tests.bench.bench_queue import Watchdog
from tests.bench.measurement import Bar, Measurement, percentile
from tests.bench.orders import order
from widgets.paper.pages import Pages
from widgets.paper.paper import Paper, Table
from widgets.paper.pressing import PdfPress

COUNT = int(os.environ.get("WATCHFLOOR_BENCH_EXPORT", "100000"))
_NOW = "2026-11-02T08:00:00+08:00"
_MARK = "张** 31007 · SEAT-03 · 2026-11-02 08:00"
_PAGE = 1_000
_STOOD_MS = 16.0


def measure() -> list[Measurement]:
    """Load once, write each kind."""
    app = QApplication.instance() or QApplication([])
    share_fairly()
    keep_what_is_loaded()
    window = QWidget()
    window.show()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "data", secrets.token_bytes(32), project)
        try:
            _load(store)
            columns = export_columns(tuple(key for key, _ in Layout().columns))
            exported = Exported(store.cache, Directory(), columns, datetime.fromisoformat(_NOW))
            ids = store.cache.order_ids(OrderQuery(open_only=False, sort="due"), COUNT)
            rows = [*_file("csv", Path(folder), exported, ids), *_file("xlsx", Path(folder), exported, ids)]
            return [*rows, *_pages(exported, ids, window)]
        finally:
            store.close()
            window.close()
            del app


def _file(kind: str, folder: Path, exported: Exported, ids: list[str]) -> Iterator[Measurement]:
    watchdog = Watchdog()
    sheet = Sheet("工单", export_words(exported.columns), _MARK)
    job = ExportJob(folder / f"list.{kind}", kind, sheet, ids, exported.read)
    with ThreadPoolExecutor(1, thread_name_prefix="export") as thread:
        watchdog.take()
        began = time.perf_counter()
        writing: Future[Written] = thread.submit(job.run)
        while not writing.done():
            _rest(50)
        seconds = time.perf_counter() - began
        late = watchdog.take()
    if writing.result().rows != len(ids):
        raise AssertionError("rows are missing")
    table = [row for first in range(0, len(ids), _PAGE) for row in exported.read(ids[first : first + _PAGE])]
    began = time.perf_counter()
    _bare(kind, table)
    bare = time.perf_counter() - began
    name = f"export of {len(ids):,} orders as {kind}"
    yield Measurement(name=name, value=seconds, unit="s", peer=bare, note="peer: the rows alone, ready in memory")
    yield _stood(name, late)


def _bare(kind: str, table: list[tuple[str, ...]]) -> None:
    if kind == "csv":
        csv.writer(io.StringIO()).writerows(table)
        return
    book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True})
    page = book.add_worksheet()
    for place, row in enumerate(table):
        for column, cell in enumerate(row):
            page.write_string(place, column, cell)
    book.close()


def _pages(exported: Exported, ids: list[str], window: QWidget) -> Iterator[Measurement]:
    rows = tuple(exported.read(ids[:PAPER_CAP]))
    table = Table(export_words(exported.columns), paper_shares(exported.columns), rows)
    watchdog = Watchdog()
    began = time.perf_counter()
    pages = Pages(Paper("工单", "", _MARK, (table,), landscape=True))
    press = PdfPress(pages, "工单", window)
    loop = QEventLoop()
    press.finished.connect(loop.quit)
    watchdog.take()
    press.start()
    loop.exec()
    seconds = time.perf_counter() - began
    name = f"PDF of {len(rows):,} orders on {pages.count} pages"
    yield Measurement(name=name, value=seconds, unit="s", note=f"{len(press.data()) / 1024:.0f} KiB")
    yield _stood(name, watchdog.take())


def _stood(name: str, late_ms: list[float]) -> Measurement:
    return Measurement(
        name=f"{name}: window stood, p99",
        value=percentile(late_ms, 0.99),
        unit="ms",
        bar=Bar.AT_MOST,
        limit=_STOOD_MS,
        note=f"worst {max(late_ms):.1f} ms over {len(late_ms)} ticks",
    )


def _rest(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _load(store: Store) -> None:
    chance = random.Random(1)
    store.cache.begin_snapshot(1, "e1", "bench")
    for page, first in enumerate(range(0, COUNT, _PAGE)):
        items = [
            ItemRecord("work_order", f"wo-{number}", 1, msgspec.json.encode(order(number, chance)))
            for number in range(first, min(first + _PAGE, COUNT))
        ]
        store.cache.add_snapshot_page(page, items)
    store.cache.commit_snapshot(Cursor("c1", 1, "e1", "bench", _NOW))
