"""The desk with a centre that somebody else wrote from the contract's page."""

import json

import pytest

from storage.records import OrderQuery
from tests.sync.another_centre import AnotherCentre
from tests.sync.conftest import Desk

pytestmark = pytest.mark.real


def test_that_its_snapshot_is_taken_and_its_news_follow(centre: AnotherCentre, desk: Desk) -> None:
    assert desk.store.cache.order_count(OrderQuery()) == 40
    centre.change("work_order", "o3", {"number": "A-3", "title": "Changed", "state": "reported"})
    desk.wait_until(lambda: desk.order("o3")["title"] == "Changed")
    hologram = desk.store.cache.get("hologram", "h1")
    assert hologram is not None
    assert json.loads(hologram.data) == {"anything": [1, {"deep": True}]}


def test_that_an_operation_reaches_it_once_and_leaves_the_overlay(centre: AnotherCentre, desk: Desk) -> None:
    desk.record("o5", "accept")
    desk.wait_until(desk.outbox_is_empty)
    assert centre.data("o5")["accepted_times"] == 1
    assert desk.order("o5")["state"] == "accepted"


def test_that_its_refusal_waits_in_the_tray_with_its_own_code(centre: AnotherCentre, desk: Desk) -> None:
    centre.change("work_order", "o6", {"number": "A-6", "title": "Taken", "state": "accepted"})
    desk.record("o6", "accept")
    desk.wait_until(lambda: bool(desk.store.duty.tray()))
    assert desk.store.duty.tray()[0].code == "too_late"
