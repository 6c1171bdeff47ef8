"""The outbox of a desk whose centre gives whatever answers a test wants; real store, the network replaced."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from desktop.central.client import CentralClient
from desktop.central.transport import Transport
from desktop.events import Event
from desktop.sync.backoff import Backoff
from desktop.sync.overlay import project
from desktop.sync.sender import Sender
from desktop.sync.session import Session
from storage.store import open_store
from storage.worker import StorageWorker

HALL = {"X-Hall-Instance": "hall-1", "Content-Type": "application/json"}
GRANT = {"access": "a", "refresh": "r", "officer": {"id": "u1", "name": "张伟", "roles": ["duty_chief"]}}

Answer = httpx2.Response | list[dict[str, Any]] | Exception


class Outbox:
    """A store with operations in it and a sender whose every batch is answered by `answer`."""

    KEY = bytes(32)

    def __init__(self, data_dir: Path) -> None:
        self.now = 0.0
        self.batches: list[list[str]] = []
        self.payloads: list[dict[str, Any]] = []
        self.faults: list[str] = []
        self.signed_in = 0
        self.longest = False  # pauses of the whole sender: as short or as long as chance allows
        self.is_well = True  # when asked for something else than operations
        self.stored: dict[str, dict[str, Any]] = {}  # what the centre knows about operations
        self.events: list[Event] = []
        self.answer: Callable[[list[str]], Answer] = self.accept
        self.worker = StorageWorker()
        self.store = self.worker.call(open_store, data_dir, self.KEY, project)
        self.transport = Transport(["https://centre.invalid"], handler=httpx2.MockTransport(self._serve))
        client = CentralClient(self.transport)
        session = Session(client, self.store.duty, self.worker)
        session.sign_in("u", "p")
        self.sender = Sender(
            client=client,
            session=session,
            store=self.store,
            worker=self.worker,
            post=self.events.append,
            on_fault=lambda fault: self.faults.append(fault.code),
            backoff=Backoff(uniform=lambda low, high: high if self.longest else low),
            lane_backoff=lambda: Backoff(uniform=lambda _, high: high),
            monotonic=lambda: self.now,
        )

    def add(self, *names: str) -> None:
        """Queue one operation for each name; ``a/2`` is another one on the object ``a``."""
        for name in names:
            payload = json.dumps({"op_id": name, "verb": "note"}).encode()
            lane = name.partition("/")[0]
            self.worker.call(self.store.duty.enqueue, lambda *_, p=payload: p, "work_order", lane, "note", name)

    def accept(self, ids: list[str]) -> Answer:
        return [{"op_id": op_id, "status": "applied", "lsn": 1, "ver": 1} for op_id in ids]

    def drain(self, steps: int = 60) -> None:
        """Send until there is nothing to send now."""
        for _ in range(steps):
            if self.sender.step() is None:
                return
        pytest.fail(f"not drained: {self.store.duty.counts()}, {self.batches[-5:]}")

    def work(self, seconds: float, done: Callable[[], bool] = lambda: False) -> float:
        """Let the sender work for so long, or until `done`; return how long it took."""
        began = self.now
        while self.now - began < seconds and not done():
            pause_s = self.sender.step()
            self.now += 0.01 if not pause_s else min(pause_s, seconds)
        return self.now - began

    def wait_for_rest(self) -> None:
        """Let the objects that rest have rested."""
        self.now += 60

    def statuses(self) -> dict[str, str]:
        return {op.op_id: op.code for op in self.store.duty.tray()}

    def close(self) -> None:
        self.transport.close()
        self.worker.call(self.store.close)
        self.worker.close()

    def _serve(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/v1/hello":
            hello = {"instance_id": "hall-1", "epoch": "e1", "head_lsn": 1}
            return httpx2.Response(200, headers=HALL, json=hello) if self.is_well else refuse(503)
        if request.url.path == "/v1/auth/token":
            self.signed_in += 1
            return httpx2.Response(200, headers=HALL, json=GRANT | {"access": f"token-{self.signed_in}"})
        if request.url.path == "/v1/ops/status":
            asked = json.loads(request.content)["op_ids"]
            known = [{"op_id": op_id, "status": "unknown"} | self.stored.get(op_id, {}) for op_id in asked]
            return httpx2.Response(200, headers=HALL, json={"results": known})
        ids = [op["op_id"] for op in json.loads(request.content)["ops"]]
        self.batches.append(ids)
        self.payloads += json.loads(request.content)["ops"]
        answer = self.answer(ids)
        if isinstance(answer, Exception):
            raise answer
        return (
            answer
            if isinstance(answer, httpx2.Response)
            else httpx2.Response(200, headers=HALL, json={"results": answer})
        )


def refuse(status: int) -> httpx2.Response:
    """Return a refusal of a whole batch."""
    return httpx2.Response(status, headers=HALL, json={"code": "refused", "message": "words"})
