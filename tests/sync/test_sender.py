"""How the outbox is emptied: order, rests, what is told."""

import httpx2

from desktop.events import OutboxChanged
from tests.sync.outbox import Outbox


def test_that_a_batch_holds_at_most_one_operation_of_an_object(outbox: Outbox) -> None:
    outbox.add("a", "b", "a/2", "a/3")
    outbox.drain()

    assert outbox.batches == [["a", "b"], ["a/2"], ["a/3"]]


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


def test_that_faults_of_the_link_are_reported_and_counts_are_posted(outbox: Outbox) -> None:
    outbox.add("a")
    outbox.answer = lambda _: httpx2.ConnectError("no route")

    pause_s = outbox.sender.step()

    assert pause_s is not None
    assert pause_s > 0
    assert outbox.faults == ["link.unreachable"]
    posted = [(event.queued, event.sending) for event in outbox.events if isinstance(event, OutboxChanged)]
    assert posted == [(0, 1), (1, 0)]
