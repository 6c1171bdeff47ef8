"""A real drill centre in a process of its own, and a real desk: encrypted store, worker, sync engine."""

import contextlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import httpx2
import pytest

from desktop.central.client import CentralClient
from desktop.central.schema import Expect, TokenRequest
from desktop.central.transport import Transport
from desktop.events import Event, LinkState, SyncChanged
from desktop.sync.manager import SyncManager
from desktop.sync.operations import Intent, new_op_id
from desktop.sync.overlay import project
from desktop.sync.timing import Timing
from storage.records import OpRecord, OrderQuery
from storage.store import Store, open_store
from storage.worker import StorageWorker
from tests.support.stores import LayOut
from tests.sync.another_centre import AnotherCentre
from tests.sync.outbox import Outbox

EventType = TypeVar("EventType")

KEY = bytes(range(32))
DEADLINE_S = 20.0
QUICK = Timing(backoff_cap_s=0.5, poll_s=0.5)
"""The waits of the real engine, but no long pauses after a fault."""


class Drill:
    """`watchfloor-drill` on a fixed port, so that it can be killed and come back where it was."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.arguments: list[str] = []
        self.username = ""
        self.password = ""
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        command = [
            sys.executable,
            "-m",
            "desktop.drill.cli",
            "--port",
            str(self._port),
            "--data-dir",
            str(self.data_dir),
        ]
        self._process = subprocess.Popen(
            [*command, "--no-cameras", "--faults", "--with-parent", "--speed", "0", *self.arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self.end()
            pytest.fail("the drill centre did not start")
        ready = json.loads(line)
        self.username, self.password = ready["username"], ready["password"]

    def send(self, number: signal.Signals) -> None:
        assert self._process is not None
        os.kill(self._process.pid, number)

    def kill(self) -> None:
        self.end(signal.SIGKILL)

    def end(self, number: signal.Signals = signal.SIGTERM) -> None:
        if self._process is None:
            return
        self._process.send_signal(number)
        self._process.wait(10)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process = None

    def history(self, order_id: str) -> list[str]:
        """Return the ids of the operations in an order's history, as the centre has written it down."""
        with contextlib.closing(sqlite3.connect(self.data_dir / "drill.db")) as database:
            query = "select data from objects where kind = 'work_order' and id = ?"
            (data,) = database.execute(query, (order_id,)).fetchone()
        return [line["op_id"] for line in json.loads(data)["history"] if line.get("op_id")]

    def orders(self) -> int:
        """Return how many orders the centre has."""
        with contextlib.closing(sqlite3.connect(self.data_dir / "drill.db")) as database:
            query = "select count(*) from objects where kind = 'work_order' and not deleted"
            (count,) = database.execute(query).fetchone()
        return int(count)

    def faults(self, **order: Any) -> None:
        """Give the fault port an order; its first rule counts as taken up once `fault_has_struck`."""
        httpx2.post(f"{self.url}/faults", json=order, trust_env=False).raise_for_status()

    def fault_has_struck(self) -> bool:
        rules = httpx2.get(f"{self.url}/faults", trust_env=False).json()["rules"]
        return bool(rules[0]["turns"] == 0)


class Colleague:
    """Another seat that works with the centre directly, without any of the engine under test but the client."""

    def __init__(self, drill: Drill, username: str = "") -> None:
        self._transport = Transport([drill.url])
        self.client = CentralClient(self._transport)
        request = TokenRequest(
            grant="password", device_id="colleague", username=username or drill.username, password=drill.password
        )
        self.grant = self.client.token(request)
        self._seq = 0

    def act(self, order_id: str, verb: str, **args: str) -> str:
        """Do something to an order; return the status of the outcome."""
        self._seq += 1
        intent = Intent(
            new_op_id(), "work_order", order_id, verb, args, Expect(), self.grant.officer, datetime.now(UTC), None
        )
        payload = intent.freeze("colleague", self._seq)
        return self.client.send_ops(self.grant.access, "batch", [payload])[0].status

    def close(self) -> None:
        self._transport.close()


class Desk:
    """Store, worker and engine of one seat; `events` is what the window would have seen."""

    def __init__(
        self,
        data_dir: Path,
        urls: Sequence[str],
        timing: Timing = QUICK,
        connect: Callable[[Sequence[str]], Transport] = Transport,
    ) -> None:
        self.events: list[Event] = []
        self._news = threading.Condition()
        self.worker = StorageWorker()
        self.store: Store = self.worker.call(open_store, data_dir, KEY, project)
        self.manager = SyncManager(self.store, self.worker, urls, self._post, timing=timing, connect=connect)
        self.manager.start()

    def _post(self, event: Event) -> None:
        with self._news:
            self.events.append(event)
            self._news.notify_all()

    def wait_for(self, happened: Callable[[], bool], deadline_s: float = DEADLINE_S) -> float:
        """Wait until `happened` after some event; return how long that took."""
        started = time.monotonic()
        with self._news:
            if not self._news.wait_for(happened, deadline_s):
                links = [(e.status.link, e.status.fault) for e in self.events if isinstance(e, SyncChanged)]
                pytest.fail(f"not within {deadline_s} s; status {self.manager.status}, links {links[-8:]}")
        return time.monotonic() - started

    def wait_for_link(self, *links: LinkState, deadline_s: float = DEADLINE_S) -> float:
        return self.wait_for(lambda: self.manager.status.link in links, deadline_s)

    def sign_in(self, drill: Drill) -> None:
        self.manager.sign_in(drill.username, drill.password).result(10)
        self.wait_for_link(LinkState.LIVE, deadline_s=60)

    def order_in(self, state: str) -> str:
        return self.store.cache.order_ids(OrderQuery(states=frozenset({state})), 1)[0]

    def order(self, order_id: str) -> dict[str, Any]:
        record = self.store.cache.get("work_order", order_id)
        assert record is not None
        return dict(json.loads(record.data))

    def record(self, order_id: str, verb: str, **args: str) -> OpRecord:
        expect = Expect(state=self.order(order_id)["state"])
        op = self.manager.record("work_order", order_id, verb, args, expect).result(5)
        self.worker.call(lambda: None)  # what is shown of it was handed to the worker before the future was done
        return op

    def wait_until(self, happened: Callable[[], bool], deadline_s: float = DEADLINE_S) -> None:
        """Wait for something that no event tells, asking again every 20 ms."""
        pause = threading.Event()
        until = time.monotonic() + deadline_s
        while not happened():
            assert time.monotonic() < until
            pause.wait(0.02)

    def outbox_is_empty(self) -> bool:
        counts = self.store.duty.counts()
        return counts.queued + counts.sending + counts.acked == 0

    def close(self) -> None:
        late = self.manager.stop()
        stacks = [_stack(thread) for thread in threading.enumerate() if thread.name in late]
        self.worker.call(self.store.close)
        self.worker.close()
        if late:
            pytest.fail("\n".join(stacks))


def _stack(thread: threading.Thread) -> str:
    frame = sys._current_frames().get(thread.ident or 0)
    return f"{thread.name} is late:\n" + ("".join(traceback.format_stack(frame)) if frame else "")


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district with all its orders and a desk that has loaded it, made once for all tests.

    Loading is a test of its own; all others start where an officer's second morning starts.
    """
    root = tmp_path_factory.mktemp("settled")
    drill = Drill(root / "drill")
    drill.start()
    desk = Desk(root / "desk", [drill.url])
    desk.sign_in(drill)
    desk.close()
    drill.end()
    return root


@pytest.fixture
def drill(settled: Path, tmp_path: Path) -> Iterator[Drill]:
    data_dir = tmp_path / "drill"
    shutil.copytree(settled / "drill", data_dir)
    centre = Drill(data_dir)
    centre.start()
    yield centre
    centre.end(signal.SIGKILL)


@pytest.fixture
def desks(settled: Path, tmp_path: Path, drill: Drill) -> Callable[..., AbstractContextManager[Desk]]:
    """Open desks; a name is a data directory, so that a desk can be closed and opened again.

    ``desks()`` is signed in and loaded as of `settled`; ``desks("other", fresh=True)`` has nothing.
    """

    @contextmanager
    def _open(
        name: str = "desk",
        timing: Timing = QUICK,
        *,
        fresh: bool = False,
        backup: Drill | None = None,
        connect: Callable[[Sequence[str]], Transport] = Transport,
    ) -> Iterator[Desk]:
        data_dir = tmp_path / name
        if not fresh and not data_dir.exists():
            shutil.copytree(settled / "desk", data_dir)
        desk = Desk(data_dir, [drill.url, backup.url] if backup else [drill.url], timing, connect)
        try:
            yield desk
        finally:
            desk.close()

    return _open


@pytest.fixture
def outbox(tmp_path: Path, lay_out_store: LayOut) -> Iterator[Outbox]:
    made = Outbox(lay_out_store(tmp_path, Outbox.KEY))
    yield made
    made.close()


@pytest.fixture
def centre() -> Iterator[AnotherCentre]:
    """A centre that somebody else wrote from the contract's page."""
    made = AnotherCentre(orders=40)
    yield made
    made.close()


@pytest.fixture
def desk(centre: AnotherCentre, tmp_path: Path) -> Iterator[Desk]:
    """A desk that works with `centre`."""
    made = Desk(tmp_path / "desk", (centre.url,))
    made.manager.sign_in("anybody", "right").result(10)
    made.wait_for_link(LinkState.LIVE)
    yield made
    made.close()


@pytest.fixture
def colleague(drill: Drill) -> Iterator[Colleague]:
    other = Colleague(drill)
    yield other
    other.close()
