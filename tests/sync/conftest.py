"""A real drill centre in a process of its own, and a real desk: encrypted store, worker, sync engine."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx2
import pytest

from desktop.central.client import CentralClient
from desktop.central.schema import Expect, TokenRequest
from desktop.central.transport import Transport
from desktop.events import Event, LinkState, SyncChanged
from desktop.sync.manager import SyncManager
from desktop.sync.overlay import project
from desktop.sync.timing import Timing
from storage.records import OpRecord, OrderQuery
from storage.store import Store, open_store
from storage.worker import StorageWorker

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
        ready = json.loads(self._process.stdout.readline())
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

    def faults(self, **order: Any) -> None:
        httpx2.post(f"{self.url}/faults", json=order, trust_env=False).raise_for_status()


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
        from datetime import UTC, datetime

        from desktop.sync.operations import Intent, new_op_id

        self._seq += 1
        intent = Intent(
            new_op_id(), "work_order", order_id, verb, args, Expect(), self.grant.officer, datetime.now(UTC), None
        )
        payload = intent.freeze("colleague", self._seq)
        return self.client.send_ops(self.grant.access, "batch", [payload])[0].status

    def history(self, order_id: str) -> list[dict[str, Any]]:
        """Return an order's history as the centre has it now."""
        page = self.client.snapshot(self.grant.access, 0, "")
        for number in range(page.pages):
            current = page if number == 0 else self.client.snapshot(self.grant.access, number, page.snapshot)
            for item in json.loads(bytes(current.items)):
                if item["id"] == order_id:
                    return list(item["data"]["history"])
        raise AssertionError(order_id)

    def close(self) -> None:
        self._transport.close()


class Desk:
    """Store, worker and engine of one seat; `events` is what the window would have seen."""

    def __init__(self, data_dir: Path, url: str, timing: Timing = QUICK) -> None:
        self.events: list[Event] = []
        self._news = threading.Condition()
        self.worker = StorageWorker()
        self.store: Store = self.worker.call(open_store, data_dir, KEY, project)
        self.manager = SyncManager(self.store, self.worker, [url], self._post, timing=timing)
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
        return self.manager.record("work_order", order_id, verb, args, expect).result(5)

    def outbox_is_empty(self) -> bool:
        counts = self.store.duty.counts()
        return counts.queued + counts.sending + counts.acked == 0

    def close(self) -> None:
        late = self.manager.stop()
        self.worker.call(self.store.close)
        self.worker.close()
        assert late == ()


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district of 22,000 orders, settled once for all tests."""
    data_dir = tmp_path_factory.mktemp("settled")
    drill = Drill(data_dir)
    drill.start()
    drill.end()
    return data_dir


@pytest.fixture
def drill(settled: Path, tmp_path: Path) -> Iterator[Drill]:
    data_dir = tmp_path / "drill"
    shutil.copytree(settled, data_dir)
    centre = Drill(data_dir)
    centre.start()
    yield centre
    centre.end(signal.SIGKILL)


@pytest.fixture
def desks(tmp_path: Path, drill: Drill) -> Iterator[Callable[..., Desk]]:
    """Make desks; each name is one data directory, so that a desk can be closed and opened again."""
    opened: list[Desk] = []

    @contextmanager
    def _open(name: str = "desk", timing: Timing = QUICK) -> Iterator[Desk]:
        desk = Desk(tmp_path / name, drill.url, timing)
        opened.append(desk)
        try:
            yield desk
        finally:
            desk.close()

    yield _open


@pytest.fixture
def colleague(drill: Drill) -> Iterator[Colleague]:
    other = Colleague(drill)
    yield other
    other.close()
