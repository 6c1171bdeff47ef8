"""One operation that the centre answers with 500, for ever, costs the others seconds and nobody's peace."""

import pytest

from desktop.events import FaultRaised
from tests.sync.outbox import Outbox, refuse

STUMBLES = pytest.mark.expected_log("desktop.sync.sender", "stumbles over operation")


def stumble(outbox: Outbox, *culprits: str) -> None:
    """Let the centre answer 500 to every batch that holds one of `culprits`."""
    outbox.answer = lambda ids: refuse(500) if {*culprits} & {*ids} else outbox.accept(ids)


def queued(outbox: Outbox) -> list[str]:
    return [op.op_id for op in outbox.store.duty.unsent()]


@STUMBLES
@pytest.mark.fault(41)
@pytest.mark.parametrize("place", [0, 23, 49, 100])
def test_that_one_operation_the_centre_stumbles_over_costs_the_others_seconds(outbox: Outbox, place: int) -> None:
    names = [f"o{number}" for number in range(120)]
    names[place] = "bug"
    outbox.add(*names)
    stumble(outbox, "bug")

    took_s = outbox.work(60, lambda: queued(outbox) == ["bug"])

    assert took_s < 4
    assert len(outbox.batches) < 25


@STUMBLES
@pytest.mark.fault(41)
def test_that_the_culprit_is_tried_by_itself_and_joins_the_others_when_the_centre_is_mended(outbox: Outbox) -> None:
    outbox.add("bug", "a")
    stumble(outbox, "bug")
    outbox.work(5, lambda: queued(outbox) == ["bug"])
    before = len(outbox.batches)
    for number in range(100):
        outbox.add(f"b{number}", f"c{number}")
        assert outbox.work(10, lambda: queued(outbox) == ["bug"]) < 0.1
        outbox.now += 1

    alone = outbox.batches[before:].count(["bug"])
    assert all(batch == ["bug"] or "bug" not in batch for batch in outbox.batches[before:])
    assert 3 <= alone <= 12  # its own back-off: up to 30 s
    assert [event for event in outbox.events if isinstance(event, FaultRaised)] == [
        FaultRaised("push.stumbling", {"op": "bug"})
    ]

    outbox.answer = outbox.accept
    outbox.add("bug/2")
    outbox.wait_for_rest()
    outbox.add("d")
    outbox.drain()
    assert outbox.batches[-2:] == [["bug"], ["bug/2", "d"]] or outbox.batches[-3:] == [["bug"], ["d"], ["bug/2"]]
    assert queued(outbox) == []


@STUMBLES
def test_that_several_culprits_are_found_one_after_the_other(outbox: Outbox) -> None:
    outbox.add(*(f"o{number}" for number in range(100)))
    culprits = {"o3", "o4", "o77"}
    stumble(outbox, *culprits)

    assert outbox.work(60, lambda: set(queued(outbox)) == culprits) < 12


def test_that_a_centre_that_is_not_well_is_left_in_peace(outbox: Outbox) -> None:
    outbox.add("a", "b", "c")
    stumble(outbox, "a", "b", "c")
    outbox.is_well, outbox.longest = False, True

    for _ in range(6):
        outbox.work(40)

    assert {tuple(batch) for batch in outbox.batches} == {("a", "b", "c")}
    assert outbox.faults == ["link.server_error"] * len(outbox.batches)


@STUMBLES
def test_that_a_centre_that_stumbles_over_everything_is_not_searched_for_culprits(outbox: Outbox) -> None:
    names = [f"o{number}" for number in range(200)]
    outbox.add(*names)
    stumble(outbox, *names)
    outbox.longest = True

    outbox.work(600)

    assert sum(isinstance(event, FaultRaised) for event in outbox.events) == 3
    assert len(outbox.batches) < 120  # three culprits each half a minute, and the next in line likewise
    assert len(queued(outbox)) == 200
