"""The fault port spoils answers as it is told, and only then."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.drill.running import Desk, running_drill
from tests.drill.test_stream import events

Rule = Callable[..., None]


@pytest.fixture
def spoil(desk: Desk) -> Iterator[Rule]:
    def order(**rule: Any) -> None:
        desk.http.post("/faults", json={"rules": [{"turns": 1, **rule}]}).raise_for_status()

    yield order
    desk.http.delete("/faults").raise_for_status()


def test_that_a_status_is_given_as_often_as_asked(desk: Desk, spoil: Rule) -> None:
    spoil(effect="status", status=503, retry_after_s=7, path="/v1/hello", turns=2)
    answers = [desk.http.get("/v1/hello") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503, 503, 200]
    assert answers[0].headers["Retry-After"] == "7"
    assert answers[0].json()["retry_after"] == 7


def test_that_a_rule_is_for_its_path_alone(desk: Desk, spoil: Rule) -> None:
    spoil(effect="status", status=500, path="/v1/sync/")
    assert desk.http.get("/v1/hello").status_code == 200
    assert desk.http.get("/v1/sync/digest", params={"kind": "module"}).status_code == 500


def test_that_an_answer_can_be_late(desk: Desk, spoil: Rule) -> None:
    spoil(effect="latency", seconds=0.4)
    started = time.monotonic()
    assert desk.http.get("/v1/hello").status_code == 200
    assert time.monotonic() - started >= 0.4


def test_that_a_portal_can_answer_instead(desk: Desk, spoil: Rule) -> None:
    spoil(effect="html")
    answer = desk.http.get("/v1/hello")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "X-Hall-Instance" not in answer.headers


def test_that_an_answer_can_break_off(desk: Desk, spoil: Rule) -> None:
    spoil(effect="truncate")
    with pytest.raises(httpx2.RemoteProtocolError):
        desk.http.get("/v1/hello")
    spoil(effect="malformed")
    with pytest.raises(json.JSONDecodeError):
        desk.http.get("/v1/hello").json()


def test_that_the_line_can_drop(desk: Desk, spoil: Rule) -> None:
    spoil(effect="drop")
    with pytest.raises(httpx2.TransportError):
        desk.http.get("/v1/hello")
    assert desk.http.get("/v1/hello").status_code == 200


def test_that_tokens_can_be_rejected(desk: Desk, spoil: Rule) -> None:
    spoil(effect="reject_tokens")
    assert desk.http.get("/v1/me").status_code == 401
    assert desk.http.get("/v1/me").status_code == 200


def test_that_the_clock_can_be_wrong(desk: Desk, spoil: Rule) -> None:
    right = datetime.fromisoformat(desk.get("/v1/hello")["server_time"])
    desk.http.post("/faults", json={"skew_s": -3600}).raise_for_status()
    wrong = datetime.fromisoformat(desk.get("/v1/hello")["server_time"])
    assert 3_590 < (right - wrong).total_seconds() < 3_600


def test_that_an_order_that_cannot_be_read_changes_nothing(desk: Desk, spoil: Rule) -> None:
    for body in (b"{", b'{"rules": [{"effect": "magic"}]}', b'{"kil": true}'):
        assert desk.http.post("/faults", content=body).status_code == 422
    assert desk.http.get("/faults").json()["rules"] == []


def test_that_the_centre_can_be_killed(tmp_path: Path) -> None:
    with running_drill(tmp_path, "--no-cameras", "--faults", "--open-orders", "50", "--closed-orders", "0") as drill:
        with pytest.raises(httpx2.TransportError):
            httpx2.post(f"{drill.url}/faults", json={"kill": True}, trust_env=False)
        assert drill.process.wait(5) < 0


def test_that_there_is_no_fault_port_unless_asked_for(tmp_path: Path) -> None:
    with running_drill(tmp_path, "--no-cameras", "--open-orders", "50", "--closed-orders", "0") as drill:
        answer = httpx2.post(f"{drill.url}/faults", json={"kill": True}, trust_env=False)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.fixture
def order(desk: Desk) -> str:
    items, _ = desk.snapshot()
    return next(
        id_ for (kind, id_), item in items.items() if kind == "work_order" and item["data"]["state"] == "handling"
    )


def told(desk: Desk, order: str, notes: int, until: int) -> list[int]:
    """Write notes while a stream is open; return the numbers of the changes it tells, up to `until` of them."""
    seen: list[int] = []
    with desk.http.stream("GET", "/v1/stream") as answer:
        stream = events(answer.iter_lines())
        next(stream)
        desk.send(*(desk.op(order, "note", text=str(number)) for number in range(notes)))
        while len(seen) < until:
            name, _, data = next(stream)
            if name == "change":
                seen.append(data["lsn"])
    return seen


def test_that_events_can_be_told_again_and_again(desk: Desk, spoil: Rule, order: str) -> None:
    spoil(effect="repeat_events", path="/v1/stream", copies=3)
    first, *rest = told(desk, order, 2, 6)
    assert [first, *rest] == [first] * 3 + [first + 1] * 3


def test_that_events_can_come_in_the_wrong_order(desk: Desk, spoil: Rule, order: str) -> None:
    spoil(effect="swap_events", path="/v1/stream")
    seen = told(desk, order, 4, 4)
    assert [number - min(seen) for number in seen] == [1, 0, 3, 2]


def test_that_events_can_be_lost(desk: Desk, spoil: Rule, order: str) -> None:
    spoil(effect="lose_events", path="/v1/stream")
    seen = told(desk, order, 5, 3)
    assert [number - seen[0] for number in seen] == [0, 2, 4]


def test_that_a_stream_can_fall_silent_with_its_line_open(desk: Desk, spoil: Rule) -> None:
    spoil(effect="silence", path="/v1/stream")
    with (
        desk.http.stream("GET", "/v1/stream", timeout=httpx2.Timeout(5.0, read=1.2)) as answer,
        pytest.raises(httpx2.ReadTimeout),
    ):
        next(answer.iter_lines())  # a heartbeat would have come twice


def test_that_a_new_epoch_voids_cursors_and_snapshots_and_tells_open_streams(desk: Desk, spoil: Rule) -> None:
    page = desk.get("/v1/sync/snapshot", page=0)
    _, cursor = desk.snapshot()
    before = desk.get("/v1/hello")
    with desk.http.stream("GET", "/v1/stream") as answer:
        stream = events(answer.iter_lines())
        next(stream)
        desk.http.post("/faults", json={"renew_epoch": True}).raise_for_status()
        assert next(event for event in stream if event[0] != "hb")[0] == "resync"
    after = desk.get("/v1/hello")
    assert (after["instance_id"], after["head_lsn"]) == (before["instance_id"], before["head_lsn"])
    assert after["epoch"] != before["epoch"]
    stale = desk.http.get("/v1/sync/changes", params={"since": cursor})
    assert (stale.status_code, stale.json()["code"]) == (409, "epoch_changed")
    gone = desk.http.get("/v1/sync/snapshot", params={"page": 0, "snapshot": page["snapshot"]})
    assert (gone.status_code, gone.json()["code"]) == (410, "snapshot_expired")
    items, fresh = desk.snapshot()
    assert items
    assert desk.get("/v1/sync/changes", since=fresh)["changes"] == []
