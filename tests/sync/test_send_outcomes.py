"""The contract's table of send outcomes: one section for each row, under the row's own words."""

import ssl
from collections.abc import Callable
from contextlib import AbstractContextManager

import httpx2
import pytest

from desktop.central.transport import Transport
from desktop.events import LinkState
from desktop.sync.backoff import CAP_S, Backoff
from storage.errors import StorageError
from tests.sync.conftest import Desk, Drill
from tests.sync.outbox import HALL, Answer, Outbox, refuse

INSTANCE = "X-Hall-Instance"

Desks = Callable[..., AbstractContextManager[Desk]]


def same_ids_again(outbox: Outbox, *ids: str) -> None:
    """All of `ids` are still queued, and arrive under the same ids as soon as the centre answers."""
    counts = outbox.store.duty.counts()
    assert (counts.queued, counts.sending, counts.unresolved) == (len(ids), 0, 0)
    tried = len(outbox.batches)
    outbox.answer = outbox.accept
    outbox.wait_for_rest()
    outbox.drain()
    assert {op_id for batch in outbox.batches[tried:] for op_id in batch} == set(ids)
    for op_id in ids:
        assert len({str(payload) for payload in outbox.payloads if payload["op_id"] == op_id}) == 1


# --- DNS, connect, TLS, timeout, 408 425 500 502 503 504, HTML, missing X-Hall-Instance: keep, back off, same ids

ROAD: dict[str, Answer] = {
    "DNS": httpx2.ConnectError("[Errno -2] Name or service not known"),
    "connect": httpx2.ConnectError("connection refused"),
    "TLS": httpx2.ConnectError("handshake"),
    "timeout": httpx2.ReadTimeout("silent"),
    **{str(status): refuse(status) for status in (408, 425, 500, 502, 503, 504)},
    "HTML": httpx2.Response(200, headers=HALL | {"Content-Type": "text/html"}, text="<form>"),
    "no X-Hall-Instance": httpx2.Response(200, headers={"Content-Type": "application/json"}, text='{"results": []}'),
}
HANDSHAKE = ssl.SSLError(1, "handshake failure")
HANDSHAKE.reason = "HANDSHAKE_FAILURE"
ROAD["TLS"].__cause__ = HANDSHAKE  # type: ignore[union-attr]


@pytest.mark.parametrize("outcome", ROAD)
def test_that_an_outcome_of_the_road_keeps_the_operations_and_their_ids(outbox: Outbox, outcome: str) -> None:
    outbox.add("a", "b")
    outbox.answer = lambda _: ROAD[outcome]

    pause_s = outbox.sender.step()

    assert pause_s is not None
    assert pause_s > 0
    assert len(outbox.faults) == 1
    assert outbox.faults[0].startswith("link.")
    same_ids_again(outbox, "a", "b")


def test_that_the_pause_after_a_fault_has_full_jitter_and_a_cap_of_30_s() -> None:
    longest = Backoff(uniform=lambda _, high: high)
    shortest = Backoff(uniform=lambda low, _: low)

    assert max(longest.next_s() for _ in range(20)) == CAP_S == 30
    assert max(shortest.next_s() for _ in range(20)) < 1


# --- 429, 503 + Retry-After: obey it (equal jitter)


@pytest.mark.fault(40)
@pytest.mark.parametrize("status", [429, 503])
def test_that_the_centres_waiting_time_is_obeyed_whatever_is_recorded_meanwhile(outbox: Outbox, status: int) -> None:
    outbox.add("a")
    outbox.answer = lambda _: httpx2.Response(status, headers=HALL | {"Retry-After": "120"})
    assert outbox.sender.step() == 120

    outbox.add("b")
    outbox.now += 119
    assert outbox.sender.step() == 1
    assert outbox.batches == [["a"]]

    outbox.now += 1
    same_ids_again(outbox, "a", "b")


def test_that_a_hall_of_seats_does_not_come_back_in_one_moment() -> None:
    assert Backoff(uniform=lambda low, _: low).next_s(120) == 120
    assert Backoff(uniform=lambda _, high: high).next_s(120) == 180


# --- 401: stop the sender, refresh once, else ask to sign in; operations stay


@pytest.mark.fault(36)
def test_that_a_401_is_answered_with_one_refresh(outbox: Outbox) -> None:
    outbox.add("a")
    outbox.answer = lambda ids: refuse(401) if len(outbox.batches) == 1 else outbox.accept(ids)
    signed_in = outbox.signed_in

    outbox.sender.step()

    assert outbox.signed_in == signed_in + 1
    assert outbox.batches == [["a"], ["a"]]
    assert outbox.faults == []
    assert outbox.store.duty.counts().queued == 0


@pytest.mark.fault(36)
def test_that_a_401_that_stays_asks_to_sign_in_and_keeps_the_operations(outbox: Outbox) -> None:
    outbox.add("a")
    outbox.answer = lambda _: refuse(401)

    outbox.sender.step()

    assert outbox.faults == ["auth.expired"]  # what makes the engine ask
    assert len(outbox.batches) == 2
    same_ids_again(outbox, "a")


# --- 403 whole batch: refresh roles; 403 one operation: rejected


class Forbidding(httpx2.HTTPTransport):
    """The real network, but the first batch is forbidden; notes what is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self._instance = ""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request.url.path)
        if request.url.path == "/v1/ops" and self.asked.count("/v1/ops") == 1:
            return httpx2.Response(403, headers={INSTANCE: self._instance}, json={"code": "forbidden"})
        response = super().handle_request(request)
        self._instance = response.headers.get(INSTANCE, "")
        return response


@pytest.mark.real
def test_that_a_403_of_a_whole_batch_asks_for_the_officers_roles(desks: Desks, drill: Drill) -> None:
    road = Forbidding()
    with desks(connect=lambda urls: Transport(urls, handler=road)) as desk:
        desk.wait_for_link(LinkState.LIVE)
        order = desk.order_in("reported")

        op = desk.record(order, "accept")

        desk.wait_for(desk.outbox_is_empty)
        desk.wait_until(lambda: "/v1/me" in road.asked)
        assert road.asked.count("/v1/ops") == 2
        assert drill.history(order).count(op.op_id) == 1


@pytest.mark.fault(37)
def test_that_a_403_of_one_operation_is_a_rejection_for_the_tray(outbox: Outbox) -> None:
    outbox.add("a", "b")
    outbox.answer = lambda _: [
        {"op_id": "a", "status": "rejected", "code": "workflow.role"},
        {"op_id": "b", "status": "applied", "lsn": 1, "ver": 1},
    ]

    outbox.drain()

    assert outbox.statuses() == {"a": "workflow.role"}
    assert outbox.store.duty.counts().queued == 0


# --- 413: halve the batch; a single one too large goes to the tray


@pytest.mark.fault(39)
@pytest.mark.expected_log("desktop.sync.sender", "o7 parked: push.too_large")
def test_that_a_413_halves_the_batch_and_parks_the_one_that_is_too_large(outbox: Outbox) -> None:
    outbox.add(*(f"o{number}" for number in range(10)))
    outbox.answer = lambda ids: refuse(413) if len(ids) > 3 or "o7" in ids else outbox.accept(ids)

    outbox.drain()

    assert outbox.statuses() == {"o7": "push.too_large"}
    assert outbox.store.duty.counts().queued == 0


# --- 400, 422 whole batch: bisect; park the poison operation, the others flow


@pytest.mark.fault(38)
@pytest.mark.parametrize("status", [400, 422])
@pytest.mark.expected_log("desktop.sync.sender", "poison parked: push.refused")
def test_that_a_poison_operation_is_found_by_halving_and_the_others_flow(outbox: Outbox, status: int) -> None:
    names = [f"o{number}" for number in range(20)]
    outbox.add(*names[:13], "poison", *names[13:])
    outbox.answer = lambda ids: refuse(status) if "poison" in ids else outbox.accept(ids)

    outbox.drain()

    assert outbox.statuses() == {"poison": "push.refused"}
    assert outbox.store.duty.counts().queued == 0
    assert len(outbox.batches) < 15


@pytest.mark.parametrize("status", [400, 413, 422])
@pytest.mark.parametrize(
    ("stored", "tray"),
    [
        ({"status": "applied", "lsn": 1, "ver": 2}, {}),
        ({"status": "conflict", "code": "workflow.state"}, {"a": "workflow.state"}),
        ({"status": "rejected", "code": "workflow.role"}, {"a": "workflow.role"}),
    ],
)
def test_that_an_operation_refused_at_its_second_sending_gets_its_first_answer(
    outbox: Outbox, status: int, stored: dict[str, object], tray: dict[str, str]
) -> None:
    outbox.add("a")
    outbox.answer = lambda _: httpx2.ReadTimeout("it arrived, the answer did not")
    outbox.sender.step()
    outbox.stored["a"] = stored
    outbox.answer = lambda _: refuse(status)
    outbox.wait_for_rest()

    outbox.drain()

    assert outbox.statuses() == tray
    assert outbox.store.duty.counts().queued == 0


@pytest.mark.expected_log("desktop.sync.sender", "a parked: push.refused")
def test_that_an_operation_the_centre_never_saw_is_parked_at_its_second_sending_too(outbox: Outbox) -> None:
    outbox.add("a")
    outbox.answer = lambda _: httpx2.ReadTimeout("lost on the way")
    outbox.sender.step()
    outbox.answer = lambda _: refuse(422)
    outbox.wait_for_rest()

    outbox.drain()

    assert outbox.statuses() == {"a": "push.refused"}


# --- truncated answer, ids that do not match: ambiguous, the same ids again


@pytest.mark.parametrize(
    "answer",
    [
        httpx2.RemoteProtocolError("cut short"),
        httpx2.Response(200, headers=HALL, text='{"results": ['),
        [],
        [{"op_id": "a", "status": "pending_review"}, {"op_id": "b", "status": "retry"}],
    ],
)
def test_that_an_ambiguous_answer_leads_to_the_same_ids_again(outbox: Outbox, answer: Answer) -> None:
    outbox.add("a", "b")
    outbox.answer = lambda _: answer

    outbox.sender.step()

    assert {op.attempts for op in outbox.store.duty.next_batch()} == {1}
    same_ids_again(outbox, "a", "b")


@pytest.mark.expected_log("desktop.sync.sender", "answered for 1 operations it was not asked about")
def test_that_an_answer_for_a_stranger_settles_nothing(outbox: Outbox) -> None:
    outbox.add("a")
    outbox.answer = lambda _: [{"op_id": "stranger", "status": "applied", "lsn": 1}]

    outbox.sender.step()

    same_ids_again(outbox, "a")


# --- the disk gives out between sending and writing the answer down


@pytest.mark.expected_log("desktop.sync.sender", "outbox: storage")
def test_that_an_answer_that_could_not_be_written_down_is_asked_for_again(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox.add("a")

    def full(*_: object) -> bool:
        raise StorageError("storage.full")

    with monkeypatch.context() as patch:
        patch.setattr(type(outbox.store.duty), "settle_many", full)
        outbox.sender.attempt()
    assert outbox.store.duty.counts().sending == 1

    outbox.wait_for_rest()
    outbox.sender.attempt()

    assert outbox.batches == [["a"], ["a"]]
    assert outbox.store.duty.counts().queued + outbox.store.duty.counts().sending == 0
