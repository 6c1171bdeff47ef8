"""Another centre answers where this desk's own used to: nothing is mixed, and the officer decides, knowing both."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.errors import OpsError
from desktop.events import LinkState, SignInRequired
from storage.records import OrderQuery, OutboxCounts
from tests.sync.another_centre import AnotherCentre
from tests.sync.conftest import Desk

pytestmark = [pytest.mark.real, pytest.mark.fault(35)]

CHANGES_OVER = pytest.mark.expected_log("desktop.sync.allegiance", "changes over from centre north to south")


@pytest.fixture
def north() -> Iterator[AnotherCentre]:
    centre = AnotherCentre(orders=60, instance="north", name="北片中心")
    yield centre
    centre.close()


@pytest.fixture
def south() -> Iterator[AnotherCentre]:
    centre = AnotherCentre(orders=3, instance="south", name="南片中心")
    yield centre
    centre.close()


@pytest.fixture
def home(north: AnotherCentre, tmp_path: Path) -> Path:
    """A desk's data directory after a day with the northern centre, with one operation that was not sent."""
    desk = Desk(tmp_path / "desk", (north.url,))
    try:
        desk.manager.sign_in("anybody", "right").result(10)
        desk.wait_for_link(LinkState.LIVE)
        desk.manager.stop()  # what is recorded from now on is written down, and nobody sends it
        desk.record("o1", "accept")
    finally:
        desk.close()
    assert north.data("o1")["state"] == "reported"
    return tmp_path / "desk"


def test_that_nothing_goes_to_another_centre_and_the_officer_is_told_of_both(
    home: Path, north: AnotherCentre, south: AnotherCentre
) -> None:
    desk = Desk(home, (south.url,))
    try:
        told = {"reason": "decide", "found": "南片中心", "expected": "北片中心", "waiting": 1}
        desk.wait_for(lambda: SignInRequired("link.other_centre", told) in desk.events)
        status = desk.manager.status
        assert (status.link, status.fault, status.params) == (LinkState.OFFLINE, "link.other_centre", told)
        other = desk.manager.other_centre
        assert other is not None
        assert (other.instance, other.waiting) == ("south", 1)

        with pytest.raises(OpsError, match=r"link\.other_centre") as caught:
            desk.manager.sign_in("anybody", "right").result(10)
        assert caught.value.params == told

        desk.record("o2", "accept")  # still of the north, and for it
        assert desk.store.cache.order_count(OrderQuery()) == 60
    finally:
        desk.close()
    assert south.outcomes == {}
    back = Desk(home, (north.url,))
    try:
        back.wait_until(lambda: back.store.duty.counts() == OutboxCounts())
    finally:
        back.close()
    assert [north.data(order)["accepted_times"] for order in ("o1", "o2")] == [1, 1]


@CHANGES_OVER
def test_that_the_officer_can_change_over_and_what_waited_for_the_old_one_is_delivered_there(
    home: Path, north: AnotherCentre, south: AnotherCentre
) -> None:
    desk = Desk(home, (south.url,))
    try:
        desk.wait_for(lambda: desk.manager.other_centre is not None)
        desk.manager.sign_in("anybody", "right", change_to="south").result(10)
        desk.wait_for_link(LinkState.LIVE)
        assert desk.store.cache.order_count(OrderQuery()) == 3  # at once: nobody lost anything
        assert desk.order("o1")["title"] == "Order 1"
        assert desk.order("o1")["state"] == "reported"  # what was done to the north's is not shown on it
        assert desk.store.duty.counts() == OutboxCounts(elsewhere=1)
        desk.record("o1", "accept")
        desk.wait_until(lambda: desk.store.duty.counts() == OutboxCounts(elsewhere=1))
    finally:
        desk.close()
    assert south.data("o1")["accepted_times"] == 1
    assert north.outcomes == {}

    again = Desk(home, (south.url,))  # the decision holds
    try:
        again.wait_for_link(LinkState.LIVE)
    finally:
        again.close()


@CHANGES_OVER
def test_that_a_decision_for_one_centre_is_none_for_a_third(home: Path, south: AnotherCentre, tmp_path: Path) -> None:
    desk = Desk(home, (south.url,))
    try:
        with pytest.raises(OpsError, match=r"link\.other_centre"):
            desk.manager.sign_in("anybody", "right", change_to="west").result(10)
        assert desk.store.duty.centre == "north"
        desk.manager.sign_in("anybody", "right", change_to="south").result(10)
        assert desk.store.duty.centre == "south"
    finally:
        desk.close()
