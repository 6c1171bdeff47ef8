"""The big screen, recordings, and the history of instruments."""

import itertools
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import av
import pytest

from desktop.drill.vitals import INSTRUMENTS, readings
from tests.contract.document import faults
from tests.drill.running import Desk, Drill, running_drill
from tests.drill.test_stream import events

NOW = datetime(2026, 11, 22, 6, 3, 22, tzinfo=UTC)


def test_that_a_focus_reaches_every_open_stream_and_no_log(drill: Drill, desk: Desk) -> None:
    other = Desk(drill.url, "drill-grid", drill.ready["password"], "desk-wall")
    head = desk.get("/v1/hello")["head_lsn"]
    with other.http.stream("GET", "/v1/stream") as answer:
        stream = events(answer.iter_lines())
        next(stream)
        wish = {"object": {"kind": "camera", "id": "31996100132000000100"}, "screens": ["wall-1"]}
        assert desk.http.post("/v1/hall/focus", json=wish).json()["code"] == "object_unknown"
        wish["object"] = {"kind": "department", "id": "ops"}
        assert desk.http.post("/v1/hall/focus", json=wish).status_code == 204
        name, number, told = next(event for event in stream if event[0] != "hb")
    other.close()
    assert (name, number, faults("HallEvent", told)) == ("hall", "", [])
    assert (told["object"]["id"], told["screens"], told["by"]) == ("ops", ["wall-1"], "张伟")
    assert told["device_id"] == desk.device
    assert desk.get("/v1/hello")["head_lsn"] == head


def test_that_an_observer_puts_nothing_on_the_big_screen(drill: Drill) -> None:
    observer = Desk(drill.url, "drill-observer", drill.ready["password"], "desk-o")
    wish = {"object": {"kind": "department", "id": "ops"}}
    assert observer.http.post("/v1/hall/focus", json=wish).status_code == 403
    observer.close()


def test_that_readings_are_the_same_from_near_and_from_afar() -> None:
    until = NOW.replace(second=0)
    since = until - timedelta(minutes=30)
    near = readings("vt-water-07", since, until, 300, NOW).readings
    afar = readings("vt-water-07", since, until, 5, NOW).readings
    assert (len(near), len(afar)) == (30, 5)
    for place, stretch in enumerate(afar):
        part = near[place * 6 : place * 6 + 6]
        assert stretch.at == part[0].at
        assert (stretch.low, stretch.high) == (min(each.low for each in part), max(each.high for each in part))
        assert stretch.value == pytest.approx(sum(each.value for each in part) / 6, abs=0.01)
        assert stretch.count == 6
    assert [each.at for each in near] == sorted({each.at for each in near})


def test_that_nothing_is_read_from_the_future_or_from_long_ago() -> None:
    ahead = readings("vt-water-07", NOW - timedelta(hours=1), NOW + timedelta(days=9), 10, NOW).readings
    assert datetime.fromisoformat(ahead[-1].at) < NOW
    assert readings("vt-water-07", NOW, NOW - timedelta(hours=1), 10, NOW).readings == []
    assert len(readings("vt-water-07", NOW - timedelta(days=900), NOW, 2_000, NOW).readings) == 2_000


def test_that_readings_come_over_the_wire_as_the_contract_says(desk: Desk) -> None:
    now = datetime.now(UTC)
    asked = {"from": (now - timedelta(hours=6)).isoformat(), "to": now.isoformat(), "points": 50}
    page = desk.http.get("/v1/vitals/vt-water-07/readings", params=asked).json()
    assert (faults("ReadingsPage", page), len(page["readings"]), page["unit"]) == ([], 50, "cm")
    assert desk.http.get("/v1/vitals/nobody/readings", params=asked).json()["code"] == "vital_unknown"
    assert desk.http.get("/v1/vitals/vt-water-07/readings", params={"from": "now"}).json()["code"] == "malformed"
    assert len({instrument.record.name for instrument in INSTRUMENTS.values()}) == len(INSTRUMENTS)


def playback(desk: Desk, camera: str, start: timedelta, length: timedelta, **more: Any) -> tuple[int, dict[str, Any]]:
    since = datetime.now(UTC) - start
    wish = {"from": since.isoformat(), "to": (since + length).isoformat(), "profile": "sub", **more}
    answer = desk.http.post(f"/v1/cameras/{camera}/playback", json=wish)
    return answer.status_code, answer.json()


def test_that_a_recording_can_be_watched_once_and_ends_with_its_stretch(tmp_path: Any) -> None:
    few = ("--open-orders", "20", "--closed-orders", "20", "--speed", "0")
    with running_drill(tmp_path, *few) as centre:
        desk = Desk(centre.url, centre.ready["username"], centre.ready["password"])
        items, _ = desk.snapshot()
        camera = next(
            id_ for (kind, id_), item in items.items() if kind == "camera" and item["data"]["health"] == "online"
        )
        status, address = playback(desk, camera, timedelta(hours=1), timedelta(seconds=2))
        assert (status, faults("LiveAddress", address)) == (200, [])
        whole = json.dumps(address)
        assert address["password"] not in address["url"]
        assert "@" not in address["url"], whole
        with_pair = address["url"].replace("rtsp://", f"rtsp://{address['username']}:{address['password']}@")
        with av.open(with_pair, options={"rtsp_transport": "tcp"}, timeout=15) as stream:
            frames = list(itertools.islice(stream.decode(video=0), 200))
        assert 30 <= len(frames) <= 110  # two seconds, and what a viewer is given to begin with
        assert playback(desk, camera, timedelta(seconds=1), timedelta(minutes=1))[1]["code"] == "invalid"
        assert playback(desk, camera, timedelta(hours=1), timedelta(0))[1]["code"] == "invalid"
        assert playback(desk, camera, timedelta(hours=30), timedelta(hours=25))[1]["code"] == "invalid"
        assert playback(desk, camera, timedelta(days=40), timedelta(minutes=1))[1]["code"] == "recording_none"
        assert (
            playback(desk, camera, timedelta(days=4), timedelta(minutes=1), profile="x")[1]["code"] == "profile_unknown"
        )
        assert playback(desk, "nobody", timedelta(days=4), timedelta(minutes=1))[0] == 404
        desk.close()
