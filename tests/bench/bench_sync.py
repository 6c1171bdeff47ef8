"""The whole engine against a real drill centre in a process of its own, over real HTTP, into the encrypted store.

Three times of a shift: the line is back and the desk has missed a hundred thousand changes; it is back and ten thousand
operations wait; a thousand operations are refused while the hall goes on. The peers say what the centre itself takes:
the same changes read, the same operations posted, by a client that does nothing with the answers.
"""

import json
import random
import sqlite3
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path

from desktop.central.schema import Expect
from desktop.events import Changed, Event, LinkState
from desktop.start.interpreter import share_fairly
from desktop.sync.manager import SyncManager
from desktop.sync.overlay import project
from storage.records import OrderQuery
from storage.store import open_store
from storage.worker import StorageWorker
from tests.bench.measurement import Bar, Measurement, percentile
from tests.bench.orders import order
from tests.drill.running import Desk as Client
from tests.drill.running import Drill, running_drill

BENCH_DEADLINE_S = 900.0

CHANGES = 100_000
OPERATIONS = 10_000
REFUSED = 1_000
TIMED = 200
"""Changes of a colleague whose way to the desk is timed, ten a second."""
ORDERS = 2_000
KEY = bytes(range(32))
_DISTRICT = ("--no-cameras", "--speed", "0", "--open-orders", str(ORDERS), "--closed-orders", "0")
_PATIENCE_S = 240.0
_ALL = OrderQuery(open_only=False)


class Seat:
    """Store, worker and engine of one desk."""

    def __init__(self, data_dir: Path, drill: Drill) -> None:
        self._drill = drill
        self._news = threading.Condition()
        self._heard: dict[str, float] = {}  # when an order was last told as changed
        self.worker = StorageWorker()
        self.store = self.worker.call(open_store, data_dir, KEY, project)
        self.manager = SyncManager(self.store, self.worker, [drill.url], self._post)

    def start(self) -> None:
        """Start the engine and wait until it is live; the first time, sign in."""
        self.manager.start()
        self.wait(lambda: self.manager.status.link in {LinkState.SIGNED_OUT, LinkState.LIVE})
        if self.manager.status.link is LinkState.SIGNED_OUT:
            self.manager.sign_in(self._drill.ready["username"], self._drill.ready["password"]).result(10)
        self.wait(lambda: self.manager.status.link is LinkState.LIVE)

    def wait(self, happened: Callable[[], bool]) -> None:
        """Wait for something that some event tells."""
        until = time.monotonic() + _PATIENCE_S
        with self._news:
            while not happened():
                if time.monotonic() > until:
                    raise TimeoutError(f"{self.manager.status}, {self.store.duty.counts()}")
                self._news.wait(0.02)

    def heard_at(self, order_id: str, after: float) -> float:
        """Wait until an order is told as changed; return when that was."""
        self.wait(lambda: self._heard.get(order_id, 0.0) >= after)
        return self._heard[order_id]

    def close(self) -> None:
        self.manager.stop()
        self.worker.call(self.store.close)
        self.worker.close()

    def _post(self, event: Event) -> None:
        with self._news:
            if isinstance(event, Changed):
                self._heard.update(dict.fromkeys(event.upserted, time.perf_counter()))
            self._news.notify_all()


@contextmanager
def seated(home: Path, drill: Drill) -> Iterator[Seat]:
    """Give a seat, closed afterwards."""
    seat = Seat(home, drill)
    try:
        yield seat
    finally:
        seat.close()


def measure() -> list[Measurement]:
    """All three, each with a centre and a desk of its own."""
    share_fairly()  # as the program does at its start
    return [*_catch_up(), *_drain(), *_lag()]


# --- the desk has missed a hundred thousand changes


def _catch_up() -> list[Measurement]:
    with tempfile.TemporaryDirectory() as folder:
        home, data_dir = Path(folder) / "desk", Path(folder) / "drill"
        with running_drill(data_dir, *_DISTRICT) as drill, seated(home, drill) as seat:
            seat.start()
            before = seat.store.cache.cursor()
        assert before is not None
        head = _write_changes(data_dir / "drill.db")
        with running_drill(data_dir, *_DISTRICT) as drill:
            bare_s = _read_changes(drill, before.token)
            with seated(home, drill) as seat:
                began = time.perf_counter()
                seat.manager.start()
                seat.wait(lambda: seat.manager.status.cursor_lsn >= head)
                took_s = time.perf_counter() - began
    name = f"catch-up of {CHANGES:,} changes"
    return [
        Measurement(name=name, value=took_s, unit="s", peer=bare_s, bar=Bar.AT_MOST, limit=10,
                    note="from the start of the engine; the peer reads the same pages and forgets them"),
    ]  # fmt: skip


def _write_changes(database: Path) -> int:
    """Write the changes into a centre that is not running, over all its orders in turn; return the new head."""
    chance = random.Random(1)
    with closing(sqlite3.connect(database)) as centre, centre:
        (head,) = centre.execute("SELECT lsn FROM head").fetchone()
        rows = centre.execute("SELECT id, ver FROM objects WHERE kind = 'work_order' ORDER BY id").fetchall()
        texts = [json.dumps(order(number, chance), ensure_ascii=False) for number in range(len(rows))]
        entries = []
        for number in range(CHANGES):
            place, turn = number % len(rows), number // len(rows) + 1
            order_id, ver = rows[place]
            entries.append((head + number + 1, "work_order", order_id, ver + turn, "upsert", texts[place]))
        centre.executemany("INSERT INTO log (lsn, kind, id, ver, op, data) VALUES (?, ?, ?, ?, ?, ?)", entries)
        centre.executemany(
            "UPDATE objects SET ver = ?, data = ? WHERE kind = 'work_order' AND id = ?",
            [(ver, data, order_id) for _, _, order_id, ver, _, data in entries[-len(rows) :]],
        )
        centre.execute("UPDATE head SET lsn = ?", (head + CHANGES,))
    return int(head) + CHANGES


def _read_changes(drill: Drill, since: str) -> float:
    client = Client(drill.url, drill.ready["username"], drill.ready["password"])
    try:
        began = time.perf_counter()
        more = True
        while more:
            page = client.get("/v1/sync/changes", since=since, limit=1_000)
            since, more = page["next"], page.get("has_more", False)
        return time.perf_counter() - began
    finally:
        client.close()


# --- ten thousand operations wait


def _drain() -> list[Measurement]:
    with tempfile.TemporaryDirectory() as folder:
        home, data_dir = Path(folder) / "desk", Path(folder) / "drill"
        with running_drill(data_dir, *_DISTRICT) as drill:
            with seated(home, drill) as seat:
                seat.start()
                seat.manager.stop()  # the line is down from here on: what is recorded is written down, no more
                saved_ms = _record(seat)
            with seated(home, drill) as seat:
                began = time.perf_counter()
                seat.manager.start()
                seat.wait(lambda: _is_delivered(seat))
                took_s = time.perf_counter() - began
                assert not seat.store.duty.tray()
            _check_order(data_dir / "drill.db")
            bare_s = _post_notes(drill)
    return [
        Measurement(name=f"{OPERATIONS:,} queued operations delivered in order", value=took_s, unit="s", peer=bare_s,
                    bar=Bar.AT_MOST, limit=60, note="the peer posts as many, fifty at a time, and keeps nothing"),
        Measurement(name="an operation is saved, p99", value=percentile(saved_ms, 0.99), unit="ms",
                    bar=Bar.AT_MOST, limit=20, note="from the click to durable, one after the other"),
    ]  # fmt: skip


def _record(seat: Seat) -> list[float]:
    """Record the operations, over all orders in turn; return how long each took, in milliseconds."""
    ids = seat.store.cache.order_ids(_ALL, ORDERS)
    taken = []
    for number in range(OPERATIONS):
        began = time.perf_counter()
        seat.manager.record("work_order", ids[number % len(ids)], "note", {"text": f"第 {number} 条"}).result(10)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def _is_delivered(seat: Seat) -> bool:
    counts = seat.store.duty.counts()
    return counts.queued + counts.sending == 0


def _check_order(database: Path) -> None:
    """Each operation had its one effect, and those on one order came in their order."""
    with closing(sqlite3.connect(database)) as centre:
        effects = centre.execute("SELECT id, by_op FROM log WHERE by_op IS NOT NULL ORDER BY lsn").fetchall()
    assert len(effects) == len({op_id for _, op_id in effects}) == OPERATIONS
    lanes: dict[str, list[str]] = defaultdict(list)
    for order_id, op_id in effects:
        lanes[order_id].append(op_id)
    assert all(first < second for lane in lanes.values() for first, second in pairwise(lane))  # ids sort by time


def _post_notes(drill: Drill) -> float:
    client = Client(drill.url, drill.ready["username"], drill.ready["password"], "bare")
    try:
        items, _ = client.snapshot()
        ids = [object_id for kind, object_id in items if kind == "work_order"]
        ops = [client.op(ids[number % len(ids)], "note", text=f"第 {number} 条") for number in range(OPERATIONS)]
        began = time.perf_counter()
        for first in range(0, OPERATIONS, 50):
            client.send(*ops[first : first + 50])
        return time.perf_counter() - began
    finally:
        client.close()


# --- a thousand operations are refused while the hall goes on


def _lag() -> list[Measurement]:
    with tempfile.TemporaryDirectory() as folder:
        home, data_dir = Path(folder) / "desk", Path(folder) / "drill"
        with running_drill(data_dir, *_DISTRICT) as drill:
            with seated(home, drill) as seat:
                seat.start()
                seat.manager.stop()
                ids = seat.store.cache.order_ids(_ALL, ORDERS)
                for order_id in ids[:REFUSED]:
                    seat.manager.record("work_order", order_id, "accept", {}, Expect(1, "no such state")).result(10)
            with seated(home, drill) as seat:
                seat.start()
                lags = _time_changes(drill, seat, ids[REFUSED:])
                seat.wait(lambda: _is_delivered(seat))
                refused = seat.store.duty.counts().unresolved
    assert refused == REFUSED
    name = f"a change is on the desk while {REFUSED:,} operations are in conflict"
    return [
        Measurement(name=f"{name}, p99", value=percentile(lags, 0.99), unit="s", bar=Bar.AT_MOST, limit=1),
        Measurement(name=f"{name}, p50", value=percentile(lags, 0.5), unit="s"),
    ]


def _time_changes(drill: Drill, seat: Seat, ids: list[str]) -> list[float]:
    """Let a colleague note something, ten times a second; return the seconds until the desk tells of each."""
    colleague = Client(drill.url, drill.ready["username"], drill.ready["password"], "colleague")
    pause = threading.Event()
    lags = []
    try:
        for number in range(TIMED):
            order_id = ids[number % len(ids)]
            began = time.perf_counter()
            colleague.send(colleague.op(order_id, "note", text=f"{number}"))
            lags.append(seat.heard_at(order_id, began) - began)
            pause.wait(max(0.0, 0.1 - (time.perf_counter() - began)))
    finally:
        colleague.close()
    return lags


if __name__ == "__main__":
    for measurement in {"catch-up": _catch_up, "drain": _drain, "lag": _lag}[sys.argv[1]]():
        print(measurement)
