"""A stream that tells things twice, in the wrong order or in part, and a centre that begins a new history."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from desktop.events import Changed, LinkState
from desktop.sync.timing import Timing
from storage.records import OrderQuery
from tests.drill.running import Desk as Colleague
from tests.drill.running import Drill, running_drill
from tests.sync.conftest import Desk

pytestmark = pytest.mark.real

NOTES = 30


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    few = ("--open-orders", "40", "--closed-orders", "20", "--speed", "0", "--no-cameras", "--faults")
    with running_drill(tmp_path_factory.mktemp("spoilt"), *few, "--heartbeat", "0.5") as running:
        yield running


def faults(centre: Drill, **order: Any) -> None:
    httpx2.post(f"{centre.url}/faults", json=order, trust_env=False).raise_for_status()


@pytest.fixture
def desk(centre: Drill, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "desk", [centre.url], Timing(backoff_cap_s=0.5, poll_s=0.5))
    try:
        desk.manager.sign_in(centre.ready["username"], centre.ready["password"]).result(10)
        yield desk
    finally:
        desk.close()
        httpx2.delete(f"{centre.url}/faults", trust_env=False)


@pytest.fixture
def colleague(centre: Drill) -> Iterator[Colleague]:
    other = Colleague(centre.url, "drill-grid", centre.ready["password"], "desk-colleague")
    yield other
    other.close()


def texts(order: dict[str, Any]) -> list[str]:
    return [line["text"] for line in order["history"] if line["text"].startswith("spoilt ")]


@pytest.mark.fault(29, 30)
@pytest.mark.parametrize("effect", ["repeat_events", "swap_events", "lose_events"])
def test_that_whatever_the_stream_tells_the_desk_shows_each_thing_once_and_never_steps_back(
    centre: Drill, desk: Desk, colleague: Colleague, effect: str
) -> None:
    faults(centre, rules=[{"effect": effect, "path": "/v1/stream", "copies": 100}])
    desk.wait_for_link(LinkState.LIVE)
    order = desk.store.cache.order_ids(OrderQuery(), 1)[0]
    seen: list[int] = []
    for number in range(NOTES):
        colleague.send(colleague.op(order, "note", text=f"spoilt {effect} {number}"))
        seen.append(len(texts(desk.order(order))))
    desk.wait_until(lambda: f"spoilt {effect} {NOTES - 1}" in texts(desk.order(order)))
    mine = [text for text in texts(desk.order(order)) if effect in text]
    assert mine == [f"spoilt {effect} {number}" for number in range(NOTES)]
    assert seen == sorted(seen)
    assert desk.manager.status.link == LinkState.LIVE


@pytest.mark.fault(33)
def test_that_a_new_history_is_taken_over_and_operations_stay(centre: Drill, desk: Desk) -> None:
    desk.wait_for_link(LinkState.LIVE)
    before = desk.store.cache.cursor()
    order = desk.store.cache.order_ids(OrderQuery(), 1)[0]
    faults(centre, renew_epoch=True, rules=[{"effect": "status", "status": 503, "path": "/v1/ops", "turns": 2}])
    desk.record(order, "note", text="在新历史之前")
    desk.wait_until(lambda: desk.store.cache.cursor().epoch != before.epoch)
    desk.wait_until(desk.outbox_is_empty)
    desk.wait_until(lambda: "在新历史之前" in json.dumps(desk.order(order), ensure_ascii=False))
    assert desk.store.duty.tray() == []
    assert not any(isinstance(event, Changed) and event.removed for event in desk.events)


@pytest.mark.fault(26)
def test_that_a_line_that_is_open_and_dead_keeps_nothing_from_the_desk(
    centre: Drill, desk: Desk, colleague: Colleague
) -> None:
    faults(centre, rules=[{"effect": "silence", "path": "/v1/stream"}])
    desk.wait_for_link(LinkState.POLLING, LinkState.LIVE)
    order = desk.store.cache.order_ids(OrderQuery(), 1)[0]
    colleague.send(colleague.op(order, "note", text="spoilt silence"))
    desk.wait_until(lambda: "spoilt silence" in texts(desk.order(order)))
