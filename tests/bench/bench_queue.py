"""The queue of 1,000,000 orders in its real panel: how soon rows are there, and whether the window ever stood still.

The panel and its presenter stand in a window; the cache, the worker and the crossing from thread to thread are those of
the desk. A timer of two milliseconds runs in the window's thread all the while: where it comes late, the window stood.
"""

import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import msgspec
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.bridge import UiBridge
from desktop.central.schema import Officer
from desktop.events import Changed
from desktop.presenters.context import Context
from desktop.presenters.directory import Directory
from desktop.presenters.orders.queue import QueuePresenter
from desktop.reads import Reads
from desktop.selection import Selection
from desktop.start.interpreter import keep_what_is_loaded, share_fairly
from desktop.tasks import Tasks
from storage.records import ChangeRecord, Cursor, OpRecord, Record
from storage.store import Store
from storage.worker import StorageWorker
from tests.bench import million
from tests.bench.measurement import Bar, Measurement, percentile
from tests.bench.orders import order
from widgets.queue.panel import QueuePanel
from widgets.theme import Theme, apply_theme

SIZE_PX = (560, 980)
STORM = 10_000
STORM_BATCHES = 10
WAIT_S = 30.0
FIRST_ROWS = 12
_SORTS = ("due", "opened", "updated", "number", "urgency")
_FILTERS = ("states/handling", "module/m3", "source/grid", "urgency/critical", "lead_department/dept-3")
_WORDS = ("积水", "路", "消防通道", "灵岩南路123", "20260", "lynl", "第7居民区 垃圾", "没有的词")
_TYPED = "lynl"


class Watchdog(QObject):
    """Notes how late a timer of the window's thread comes."""

    def __init__(self) -> None:
        super().__init__()
        self.late_ms: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=2, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    @Slot()
    def _tick(self) -> None:
        now = time.perf_counter()
        self.late_ms.append((now - self._last) * 1000 - 2)
        self._last = now

    def take(self) -> list[float]:
        """Return what was noted since the last time."""
        late, self.late_ms = self.late_ms, []
        self._last = time.perf_counter()
        return late or [0.0]


class Seat:
    """The panel in its window and everything it needs."""

    def __init__(self) -> None:
        self.owner = QObject()
        self.store: Store = million.open_million()
        self.worker = StorageWorker()
        self.worker.when_idle(self.store.cache.tend)
        self.tasks = Tasks(self.owner)
        self.reads = Reads(self.tasks)
        self.panel = QueuePanel()
        self.context = Context(
            cache=self.store.cache,
            duty=self.store.duty,
            reads=self.reads,
            tasks=self.tasks,
            directory=Directory(),
            selection=Selection(self.owner),
            record=_no_record,
            officer=_officer,
            now=_now,
            keep=self._keep,
        )
        self.bridge = UiBridge()
        self.queue = QueuePresenter(self.panel, self.context, self.owner)
        self.bridge.changed.connect(self.queue.on_changed)
        self.panel.resize(*SIZE_PX)
        self.panel.show()
        self.queue.reload()

    def close(self) -> None:
        """End threads and windows."""
        for timer in self.owner.findChildren(QTimer):
            timer.stop()
        self.reads.close()
        self.tasks.close()
        self.bridge.close()
        self.worker.close()
        self.panel.close()
        self.store.close()

    def has_rows(self) -> bool:
        """Whether the first rows of the list stand there with their words, or the list is empty."""
        model = self.panel.model
        first = list(model.ids()[:FIRST_ROWS])
        return all(model.row(row_id) is not None for row_id in first)

    def _keep(self, name: str, value: str | None) -> "Future[None]":
        return self.worker.submit(self.store.duty.set_setting, name, value)


def measure() -> list[Measurement]:
    """Sort, filter, search, scroll; then a storm of changes with clicks among it."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    apply_theme(app, Theme.load("dark"))
    share_fairly()
    with _seat() as seat:
        wait(lambda: seat.panel.model.total() > 0 and seat.has_rows())
        seat.worker.call(seat.store.cache.warm, timeout_s=60)
        keep_what_is_loaded()
        _rest(1.0)
        watchdog = Watchdog()
        return [
            *_narrowing(seat, watchdog),
            *_typing(seat, watchdog),
            *_opening(seat, watchdog),
            *_storm(seat, watchdog),
        ]


@contextmanager
def _seat() -> Iterator[Seat]:
    seat = Seat()
    try:
        yield seat
    finally:
        seat.close()


def _narrowing(seat: Seat, watchdog: Watchdog) -> Iterator[Measurement]:
    _ = watchdog.take()
    for what, picks in (("sorted", [f"sort/{key}" for key in _SORTS]), ("filtered", list(_FILTERS))):
        times = []
        for pick in picks * 2:
            times.append(_until_rows(seat, lambda pick=pick: seat.panel.menu_picked.emit(pick)))  # type: ignore[misc]
            if what == "filtered":
                _until_rows(seat, lambda pick=pick: seat.panel.menu_picked.emit(pick))  # type: ignore[misc]
        yield _first_rows(what, times)
    times = [
        _until_rows(seat, lambda word=word: seat.panel.search_changed.emit(word))  # type: ignore[misc]
        for _ in range(2)
        for word in _WORDS
    ]
    yield _first_rows("searched", times)
    _until_rows(seat, lambda: seat.panel.search_changed.emit(""))
    yield _stood("sorting, filtering, searching", watchdog.take())


def _typing(seat: Seat, watchdog: Watchdog) -> Iterator[Measurement]:
    field = seat.panel.findChild(QLineEdit)
    assert field is not None
    times = []
    for key in _TYPED:
        began = time.perf_counter()
        QTest.keyClicks(field, key)
        times.append((time.perf_counter() - began) * 1000)
        _rest(0.05)
    yield Measurement(
        name="queue, a key in the search field: window busy, worst",
        value=max(times),
        unit="ms",
        bar=Bar.AT_MOST,
        limit=50,
    )
    _rest(0.5)
    field.clear()
    _rest(0.5)
    yield _stood("typing", watchdog.take())


def _opening(seat: Seat, watchdog: Watchdog) -> Iterator[Measurement]:
    """From the question to the words of the detail, through the reader thread, as the detail's presenter asks."""
    times = []
    for row_id in list(seat.panel.model.ids()[:40]):
        answer = _Answer()
        began = time.perf_counter()
        seat.reads.ask(answer.take, seat.store.cache.get, "work_order", row_id)
        wait(answer.is_there)
        times.append((time.perf_counter() - began) * 1000)
    yield Measurement(
        name="queue, an order's record for its detail, p99", value=percentile(times, 0.99), unit="ms", bar=Bar.AT_MOST,
        limit=50,
    )  # fmt: skip
    yield _stood("opening", watchdog.take())


class _Answer:
    def __init__(self) -> None:
        self.record: Record | None = None

    def take(self, record: Record | None) -> None:
        self.record = record

    def is_there(self) -> bool:
        return self.record is not None


def _storm(seat: Seat, watchdog: Watchdog) -> Iterator[Measurement]:
    """Ten thousand changes within a second, a tenth of them of orders on the screen; a click every 20 ms meanwhile."""
    chance = random.Random(time.time())
    shown = [row_id for row_id in seat.panel.model.ids()[:FIRST_ROWS] if seat.panel.model.row(row_id) is not None]
    batches, last_words = _changes(seat, shown, chance)
    clicks: list[float] = []
    done = threading.Event()
    clicking = threading.Thread(target=_click, args=(seat, clicks, done), name="clicks")
    _ = watchdog.take()
    clicking.start()
    began = time.perf_counter()
    for number, (changes, cursor) in enumerate(batches):
        _rest(max(0.0, number * 1.0 / STORM_BATCHES - (time.perf_counter() - began)))
        seat.worker.submit(_land, seat, changes, cursor)
    sent = time.perf_counter()
    wait(lambda: _shows(seat, last_words))
    until_shown = time.perf_counter() - sent
    done.set()
    clicking.join(10)
    late = watchdog.take()
    what = f"{STORM:,} changes in one second"
    yield Measurement(
        name=f"{what}: the last on the screen after", value=until_shown * 1000, unit="ms", bar=Bar.AT_MOST, limit=1000
    )
    yield _stood(what, late)
    yield Measurement(
        name=f"{what}: a click saved (durable), p99", value=percentile(clicks, 0.99), unit="ms", bar=Bar.AT_MOST,
        limit=20, note=f"median {percentile(clicks, 0.5):.1f} ms over {len(clicks)}",
    )  # fmt: skip


def _changes(
    seat: Seat, shown: list[str], chance: random.Random
) -> tuple[list[tuple[list[ChangeRecord], Cursor]], dict[str, str]]:
    """Return the batches, and the titles that the orders on the screen have in the end."""
    cursor = seat.store.cache.cursor()
    assert cursor is not None
    lsn, titles = cursor.lsn, {}
    batches = []
    for _ in range(STORM_BATCHES):
        changes = []
        for place in range(STORM // STORM_BATCHES):
            lsn += 1
            row_id = shown[place % len(shown)] if place % 10 == 0 else f"wo-{chance.randrange(million.COUNT)}"
            record = seat.store.cache.get("work_order", row_id) if row_id in shown else None
            fields: dict[str, Any] = msgspec.json.decode(record.data) if record else order(int(row_id[3:]), chance)
            fields["title"] = f"第{lsn}次变化"
            if row_id in shown:
                titles[row_id] = fields["title"]
            changes.append(ChangeRecord(lsn, "work_order", row_id, lsn, "upsert", msgspec.json.encode(fields)))
        batches.append((changes, Cursor(f"c{lsn}", lsn, "e1", "bench", million.NOW)))
    return batches, titles


def _land(seat: Seat, changes: list[ChangeRecord], cursor: Cursor) -> None:
    applied = seat.store.cache.apply(changes, cursor)
    seat.bridge.post(Changed("work_order", applied.upserted["work_order"]))


def _shows(seat: Seat, titles: dict[str, str]) -> bool:
    rows = {row_id: seat.panel.model.row(row_id) for row_id in titles}
    return all(row is not None and row.title == titles[row_id] for row_id, row in rows.items())


def _click(seat: Seat, clicks: list[float], done: threading.Event) -> None:
    """Write operations down as a click does, and take them back out so that the next run finds none."""
    number = 0
    while not done.wait(0.02):
        number += 1
        began = time.perf_counter()
        op: OpRecord = seat.worker.submit_precious(
            seat.store.duty.enqueue, _payload, "work_order", "elsewhere", "note", f"bench-{time.time_ns()}"
        ).result(10)
        clicks.append((time.perf_counter() - began) * 1000)
        seat.store.duty.settle(op.op_id, "rejected", code="bench")
        seat.store.duty.resolve(op.op_id, "discarded", "bench")


def _payload(_device: str, seq: int) -> bytes:
    return b'{"seq": %d}' % seq


def _until_rows(seat: Seat, act: Callable[[], object]) -> float:
    """Return the milliseconds from `act` to the first rows of the list that came of it."""
    before = seat.queue._page
    began = time.perf_counter()
    act()
    wait(lambda: seat.queue._page is not before and seat.has_rows())
    took = (time.perf_counter() - began) * 1000
    _rest(0.25)  # the pause between two refreshes is no part of it
    return took


def _first_rows(what: str, times_ms: list[float]) -> Measurement:
    return Measurement(
        name=f"queue of {million.COUNT:,}, {what}: first rows, p99",
        value=percentile(times_ms, 0.99),
        unit="ms",
        bar=Bar.AT_MOST,
        limit=50,
        note=f"median {percentile(times_ms, 0.5):.1f} ms over {len(times_ms)}",
    )


def _stood(what: str, late_ms: list[float]) -> Measurement:
    return Measurement(
        name=f"queue, {what}: window stood, worst",
        value=max(late_ms),
        unit="ms",
        bar=Bar.AT_MOST,
        limit=16,
        note=f"p99 {percentile(late_ms, 0.99):.1f} ms over {len(late_ms)} ticks",
    )


def wait(condition: Callable[[], bool]) -> None:
    """Let the window live until `condition` holds.

    Raises:
        TimeoutError: it does not come to hold.
    """
    until = time.monotonic() + WAIT_S
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError("the queue does not come to show what it should")
        _rest(0.001)


def _rest(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def _officer() -> Officer | None:
    return None


def _now() -> datetime:
    return datetime.fromisoformat(million.NOW)


def _no_record(*_args: object) -> "Future[OpRecord]":
    raise AssertionError("nothing is recorded here")
