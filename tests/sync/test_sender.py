"""The outbox against answers that only a faulty centre gives; real store, the network replaced."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from desktop.central.client import CentralClient
from desktop.central.transport import Transport
from desktop.events import Event, OutboxChanged
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

    def __init__(self, data_dir: Path) -> None:
        self.now = 0.0
        self.batches: list[list[str]] = []
        self.faults: list[str] = []
        self.events: list[Event] = []
        self.answer: Callable[[list[str]], Answer] = self.accept
        self.worker = StorageWorker()
        self.store = self.worker.call(open_store, data_dir, bytes(32), project)
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
            backoff=Backoff(uniform=lambda low, _: low),
            lane_backoff=lambda: Backoff(uniform=lambda low, _: low),
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
        if request.url.path == "/v1/auth/token":
            return httpx2.Response(200, headers=HALL, json=GRANT)
        ids = [op["op_id"] for op in json.loads(request.content)["ops"]]
        self.batches.append(ids)
        answer = self.answer(ids)
        if isinstance(answer, Exception):
            raise answer
        return (
            answer
            if isinstance(answer, httpx2.Response)
            else httpx2.Response(200, headers=HALL, json={"results": answer})
        )


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    made = Outbox(tmp_path)
    yield made
    made.close()


def refuse(status: int) -> httpx2.Response:
    return httpx2.Response(status, headers=HALL, json={"code": "refused", "message": "words"})


def test_that_a_batch_holds_at_most_one_operation_of_an_object(outbox: Outbox) -> None:
    outbox.add("a", "b", "a/2", "a/3")
    outbox.drain()

    assert outbox.batches == [["a", "b"], ["a/2"], ["a/3"]]


@pytest.mark.expected_log("desktop.sync.sender", "poison parked: push.refused")
def test_that_a_poison_operation_is_found_by_halving_and_the_others_flow(outbox: Outbox) -> None:
    names = [f"o{number}" for number in range(20)]
    outbox.add(*names[:13], "poison", *names[13:])
    outbox.answer = lambda ids: refuse(422) if "poison" in ids else outbox.accept(ids)

    outbox.drain()

    assert outbox.statuses() == {"poison": "push.refused"}
    assert outbox.store.duty.counts().queued == 0
    assert len(outbox.batches) < 15


@pytest.mark.expected_log("desktop.sync.sender", "o7 parked: push.too_large")
def test_that_a_batch_too_large_is_halved_and_a_single_one_goes_to_the_tray(outbox: Outbox) -> None:
    outbox.add(*(f"o{number}" for number in range(10)))
    outbox.answer = lambda ids: refuse(413) if len(ids) > 3 or "o7" in ids else outbox.accept(ids)

    outbox.drain()

    assert outbox.statuses() == {"o7": "push.too_large"}
    assert outbox.store.duty.counts().queued == 0


@pytest.mark.parametrize(
    "answer",
    [
        httpx2.ConnectError("no route"),
        httpx2.ReadTimeout("silent"),
        httpx2.RemoteProtocolError("cut short"),
        httpx2.Response(200, headers={"Content-Type": "text/html"}, text="<form>"),
        httpx2.Response(200, headers=HALL, text='{"results": ['),
        httpx2.Response(502, text="bad gateway"),
        refuse(403),
        [],
        [{"op_id": "a", "status": "pending_review"}, {"op_id": "b", "status": "retry"}],
    ],
)
def test_that_an_ambiguous_answer_leads_to_the_same_ids_again(outbox: Outbox, answer: Answer) -> None:
    outbox.add("a", "b")
    outbox.answer = lambda _: answer

    outbox.sender.step()

    counts = outbox.store.duty.counts()
    assert (counts.queued, counts.sending, counts.unresolved) == (2, 0, 0)
    assert {op.attempts for op in outbox.store.duty.next_batch()} == {1}
    outbox.answer = outbox.accept
    outbox.wait_for_rest()
    outbox.drain()
    assert {op_id for batch in outbox.batches[1:] for op_id in batch} == {"a", "b"}


@pytest.mark.expected_log("desktop.sync.sender", "answered for 1 operations it was not asked about")
def test_that_an_answer_for_a_stranger_settles_nothing(outbox: Outbox) -> None:
    outbox.add("a")
    outbox.answer = lambda _: [{"op_id": "stranger", "status": "applied", "lsn": 1}]

    outbox.sender.step()

    assert outbox.store.duty.counts().queued == 1


def test_that_an_object_told_to_wait_holds_up_no_other(outbox: Outbox) -> None:
    outbox.add("a", "a/2")
    outbox.answer = lambda ids: [
        {"op_id": op_id, "status": "dependency_missing" if op_id == "a" else "applied", "lsn": 1} for op_id in ids
    ]
    outbox.sender.step()
    outbox.add("b", "c")
    outbox.sender.step()

    assert outbox.batches == [["a"], ["b", "c"]]
    outbox.wait_for_rest()
    outbox.sender.step()
    assert outbox.batches[2] == ["a"]


def test_that_one_operation_the_centre_stumbles_over_rests_while_others_flow(outbox: Outbox) -> None:
    names = ["bug", *(f"o{number}" for number in range(6))]
    outbox.add(*names)
    outbox.answer = lambda ids: refuse(500) if "bug" in ids else outbox.accept(ids)

    for _ in range(12):
        outbox.sender.step()

    counts = outbox.store.duty.counts()
    assert (counts.queued, counts.unresolved) == (1, 0)
    assert outbox.store.duty.next_batch()[0].op_id == "bug"


def test_that_the_centres_waiting_time_is_obeyed(outbox: Outbox) -> None:
    outbox.add("a")
    outbox.answer = lambda _: httpx2.Response(429, headers=HALL | {"Retry-After": "120"})

    assert outbox.sender.step() == 120


def test_that_faults_of_the_link_are_reported_and_counts_are_posted(outbox: Outbox) -> None:
    outbox.add("a")
    outbox.answer = lambda _: httpx2.ConnectError("no route")

    pause_s = outbox.sender.step()

    assert pause_s is not None
    assert pause_s > 0
    assert outbox.faults == ["link.unreachable"]
    posted = [(event.queued, event.sending) for event in outbox.events if isinstance(event, OutboxChanged)]
    assert posted == [(0, 1), (1, 0)]


def test_that_a_refused_session_keeps_the_operations(outbox: Outbox) -> None:
    outbox.add("a")
    outbox.answer = lambda _: refuse(401)

    outbox.sender.step()

    assert outbox.faults == ["auth.expired"]
    assert len(outbox.batches) == 2  # once with the old token, once with a new one
    assert outbox.store.duty.counts().queued == 1
