"""The desk with a centre that uses every freedom of the contract."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.errors import OpsError
from desktop.events import FaultRaised, LinkState
from storage.records import OrderQuery
from tests.sync.conftest import Desk
from tests.sync.odd_centre import PASSWORD, OddCentre, order_id

pytestmark = pytest.mark.real


@pytest.fixture
def centre() -> Iterator[OddCentre]:
    centre = OddCentre()
    yield centre
    centre.close()


@pytest.fixture
def desk(centre: OddCentre, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "desk", (centre.url,))
    desk.manager.sign_in("chief", PASSWORD).result(10)
    desk.wait_for_link(LinkState.LIVE, LinkState.POLLING)
    yield desk
    desk.close()


def test_that_everything_it_has_is_taken_and_its_news_follow(centre: OddCentre, desk: Desk) -> None:
    assert [event.code for event in desk.events if isinstance(event, FaultRaised)] == ["link.program_too_old"]
    assert desk.store.cache.order_count(OrderQuery()) == 40
    assert desk.store.cache.get("quantum_flux", "未知/类") is not None
    for number in range(20):
        centre.change("work_order", order_id(number), {**centre.data(number), "title": "改"})
    desk.wait_until(lambda: desk.order(order_id(19))["title"] == "改")
    centre.change("work_order", order_id(3), None, "revoke")
    desk.wait_until(lambda: desk.store.cache.get("work_order", order_id(3)) is None)
    estimate = desk.manager.server_time()
    assert estimate is not None
    assert abs(estimate.moment - datetime.now(UTC) - timedelta(hours=3)) < timedelta(minutes=1)


def test_that_operations_reach_it_once_whatever_its_tokens_do(centre: OddCentre, desk: Desk) -> None:
    desk.record(order_id(1), "accept")
    desk.record(order_id(1), "note", text="记")
    desk.wait_until(desk.outbox_is_empty)
    centre.sessions = {token: session for token, session in centre.sessions.items() if token.startswith("r")}
    desk.record(order_id(1), "note", text="再记")
    desk.wait_until(desk.outbox_is_empty)
    assert [line["verb"] for line in centre.data(1)["done"]] == ["accept", "note", "note"]
    assert desk.order(order_id(1))["state"] == "accepted"


def test_that_a_stream_that_takes_no_token_is_not_asked_without_a_pause(centre: OddCentre, tmp_path: Path) -> None:
    centre.streams = False
    desk = Desk(tmp_path / "desk", (centre.url,))
    try:
        desk.manager.sign_in("chief", PASSWORD).result(10)
        desk.wait_for_link(LinkState.POLLING)
        for number in range(6):
            centre.change("work_order", order_id(number), {**centre.data(number), "title": "经轮询"})
            desk.wait_until(lambda number=number: desk.order(order_id(number))["title"] == "经轮询")  # type: ignore[misc]
        assert centre.requests.count("/v1/stream") < 30
    finally:
        desk.close()


@pytest.mark.fault(62)
def test_that_a_closed_account_keeps_its_operations_until_another_officer_signs_in(
    centre: OddCentre, desk: Desk
) -> None:
    centre.away = True
    desk.wait_for_link(LinkState.OFFLINE)
    desk.record(order_id(2), "accept")
    del centre.officers["chief"]
    centre.away = False
    desk.manager.wake()
    desk.wait_for_link(LinkState.SIGNED_OUT)
    desk.wait_until(lambda: desk.store.duty.counts().queued == 1)
    with pytest.raises(OpsError, match=r"auth\.account_closed"):
        desk.manager.sign_in("chief", PASSWORD).result(10)

    desk.manager.sign_in("relief", PASSWORD).result(10)
    desk.wait_until(desk.outbox_is_empty)
    assert centre.data(2)["done"] == [{"verb": "accept", "actor": "官 员/1", "by": "relief"}]
