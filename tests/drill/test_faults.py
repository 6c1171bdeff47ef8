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
