"""Moving a camera: one holder at a time, told who it is, and a camera that stops when its holder falls silent."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.contract.document import faults
from tests.drill.running import Desk, Drill, running_drill

IDLE_S = 2


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    few = ("--open-orders", "20", "--closed-orders", "20")
    folder = tmp_path_factory.mktemp("ptz")
    with running_drill(folder, "--speed", "0", "--lease-idle", str(IDLE_S), *few) as running:
        yield running


@pytest.fixture
def other(drill: Drill) -> Iterator[Desk]:
    desk = Desk(drill.url, "drill-chief2", drill.ready["password"], "desk-other")
    yield desk
    desk.close()


class Cameras:
    """Hands every test cameras that nobody has touched."""

    def __init__(self, desk: Desk) -> None:
        items, _ = desk.snapshot()
        cameras = {id_: item["data"] for (kind, id_), item in items.items() if kind == "camera"}
        self._movable = iter([id_ for id_, data in cameras.items() if data.get("ptz") and data["health"] == "online"])
        self.fixed = next(id_ for id_, data in cameras.items() if not data.get("ptz"))

    def take(self) -> str:
        return next(self._movable)


@pytest.fixture(scope="module")
def cameras(drill: Drill) -> Cameras:
    desk = Desk(drill.url, drill.ready["username"], drill.ready["password"], "desk-finder")
    try:
        return Cameras(desk)
    finally:
        desk.close()


def act(desk: Desk, camera: str, verb: str, **args: Any) -> dict[str, Any]:
    (result,) = desk.send(desk.op(camera, verb, kind="camera", **args))
    return result


def record(desk: Desk, camera: str) -> dict[str, Any]:
    items, _ = desk.snapshot()
    return items["camera", camera]["data"]


def move(desk: Desk, camera: str, lease: str, **wish: Any) -> tuple[int, dict[str, Any]]:
    answer = desk.http.post(f"/v1/cameras/{camera}/ptz", json={"lease": lease, **wish})
    return answer.status_code, answer.json()


def test_that_a_claim_makes_the_officer_the_holder_and_opens_the_camera(desk: Desk, cameras: Cameras) -> None:
    camera = cameras.take()
    claim = act(desk, camera, "claim")
    assert claim["status"] == "applied"
    held = record(desk, camera)
    assert faults("Camera", held) == []
    assert (held["lease"]["id"], held["lease"]["officer"]) == (claim["op_id"], desk.officer["id"])
    assert held["lease"]["idle_s"] == IDLE_S
    status, state = move(desk, camera, claim["op_id"], pan=1.0)
    assert (status, faults("PtzState", state)) == (200, [])
    assert state["moving"]
    assert 0 < state["stops_in_ms"] <= 1000


def test_that_the_loser_is_told_who_holds_the_camera_and_since_when(desk: Desk, other: Desk, cameras: Cameras) -> None:
    camera = cameras.take()
    act(desk, camera, "claim")
    lost = act(other, camera, "claim")
    assert (lost["status"], lost["code"], lost["by"]) == ("conflict", "camera.taken", "张伟")
    assert lost["at"] == record(desk, camera)["lease"]["at"]
    status, problem = move(other, camera, lost["op_id"], pan=1)
    assert (status, problem["code"], problem["detail"]["by"]) == (409, "lease_lost", "张伟")


def test_that_of_many_claims_at_once_one_wins(drill: Drill, cameras: Cameras) -> None:
    camera = cameras.take()
    seats = [
        Desk(drill.url, name, drill.ready["password"], f"seat-{name}")
        for name in ("drill-chief", "drill-chief2", "drill-hotline", "drill-grid")
    ]
    start = threading.Barrier(len(seats))
    results: list[dict[str, Any]] = []

    def claim(seat: Desk) -> None:
        start.wait(10)
        results.append(act(seat, camera, "claim"))

    threads = [threading.Thread(target=claim, args=(seat,)) for seat in seats]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winner = record(seats[0], camera)["lease"]
    for seat in seats:
        seat.close()
    assert sorted(result["status"] for result in results) == ["applied", "conflict", "conflict", "conflict"]
    assert {result["by"] for result in results if result["status"] == "conflict"} == {winner["by"]}


def test_that_a_release_frees_the_camera_for_the_next(desk: Desk, other: Desk, cameras: Cameras) -> None:
    camera = cameras.take()
    claim = act(desk, camera, "claim")
    assert act(other, camera, "release")["code"] == "camera.not_held"
    assert act(desk, camera, "release")["status"] == "applied"
    assert move(desk, camera, claim["op_id"], pan=1)[1]["code"] == "lease_lost"
    assert act(other, camera, "claim")["status"] == "applied"


def test_that_the_duty_chief_takes_a_camera_by_force_and_it_is_written_down(
    drill: Drill, desk: Desk, cameras: Cameras
) -> None:
    camera = cameras.take()
    clerk = Desk(drill.url, "drill-grid", drill.ready["password"], "desk-grid")
    mine = act(clerk, camera, "claim")
    assert act(clerk, camera, "force", reason="x")["code"] == "workflow.role"
    assert act(desk, camera, "force")["code"] == "workflow.arguments"
    taken = act(desk, camera, "force", reason="积水现场需立即查看")
    assert taken["status"] == "applied"
    status, problem = move(clerk, camera, mine["op_id"], pan=1)
    clerk.close()
    assert (status, problem["detail"]["by"]) == (409, "张伟")
    lines = record(desk, camera)["history"]
    assert [(line["verb"], line["actor"]) for line in lines] == [("claim", "顾建国"), ("force", "张伟")]
    assert lines[-1]["text"] == "积水现场需立即查看"


def test_that_a_lease_nobody_uses_lapses_and_one_in_use_does_not(desk: Desk, other: Desk, cameras: Cameras) -> None:
    used, unused = cameras.take(), cameras.take()
    lease = act(desk, used, "claim")["op_id"]
    act(desk, unused, "claim")
    _, cursor = desk.snapshot()
    ended = time.monotonic() + 4 * IDLE_S
    lapsed: list[dict[str, Any]] = []
    while not lapsed:
        assert time.monotonic() < ended
        assert move(desk, used, lease, stop=True)[0] == 200
        page = desk.get("/v1/sync/changes", since=cursor, wait=1)
        cursor = page["next"]
        lapsed = [change for change in page["changes"] if change["id"] == unused]
    assert lapsed[0]["data"]["lease"] is None
    assert (lapsed[0]["data"]["history"][-1]["verb"], lapsed[0]["data"]["history"][-1]["actor"]) == ("lapse", "系统")
    assert move(desk, used, lease, stop=True)[0] == 200
    assert act(other, unused, "claim")["status"] == "applied"


def test_that_a_camera_stops_by_itself_when_no_command_comes(desk: Desk, cameras: Cameras) -> None:
    camera = cameras.take()
    lease = act(desk, camera, "claim")["op_id"]
    move(desk, camera, lease, pan=0.5)
    ended = time.monotonic() + 1.3
    while time.monotonic() < ended:
        desk.get("/v1/hello")
    _, stopped = move(desk, camera, lease, stop=True)
    assert not stopped.get("moving")
    assert stopped["pan"] == pytest.approx(0.35)  # one second at half speed, however much later anybody asks


def test_that_commands_go_on_from_where_the_camera_is_and_a_preset_leads_there(desk: Desk, cameras: Cameras) -> None:
    camera = cameras.take()
    lease = act(desk, camera, "claim")["op_id"]
    _, going = move(desk, camera, lease, preset="left")
    ended = time.monotonic() + going["stops_in_ms"] / 1000 + 0.1
    while time.monotonic() < ended:
        desk.get("/v1/hello")
    _, there = move(desk, camera, lease, stop=True)
    assert (there["pan"], there["tilt"], there["zoom"]) == (-0.8, -0.3, 2.0)
    assert move(desk, camera, lease, preset="nowhere")[1]["code"] == "preset_unknown"


def test_that_a_view_is_kept_by_name_and_found_again(desk: Desk, cameras: Cameras) -> None:
    camera = cameras.take()
    lease = act(desk, camera, "claim")["op_id"]
    kept = {"preset": "p-1", "name": "泵站入口", "pan": 0.4, "tilt": -0.2, "zoom": 3.0}
    assert act(desk, camera, "save_preset", **kept)["status"] == "applied"
    assert record(desk, camera)["presets"][-1] == {"id": "p-1", **{k: v for k, v in kept.items() if k != "preset"}}
    assert move(desk, camera, lease, preset="p-1")[0] == 200
    assert act(desk, camera, "save_preset", **(kept | {"pan": 7}))["code"] == "workflow.arguments"
    assert act(desk, camera, "remove_preset", preset="p-1")["status"] == "applied"
    assert move(desk, camera, lease, preset="p-1")[1]["code"] == "preset_unknown"


def test_that_a_claim_that_comes_late_is_refused(desk: Desk, cameras: Cameras) -> None:
    made = datetime.now(UTC) - timedelta(minutes=5)
    op = desk.op(cameras.take(), "claim", kind="camera") | {"est_server_time": made.isoformat()}
    (result,) = desk.send(op)
    assert (result["status"], result["code"]) == ("rejected", "claim_late")


def test_that_what_cannot_be_moved_says_so(drill: Drill, desk: Desk, cameras: Cameras) -> None:
    assert act(desk, cameras.fixed, "claim")["code"] == "camera.fixed"
    assert move(desk, cameras.fixed, "x", pan=1)[1]["code"] == "ptz_unsupported"
    assert move(desk, "nobody", "x", pan=1)[0] == 404
    observer = Desk(drill.url, "drill-observer", drill.ready["password"], "desk-observer")
    assert act(observer, cameras.take(), "claim")["code"] == "workflow.role"
    assert move(observer, cameras.fixed, "x", pan=1)[0] == 403
    observer.close()
    assert move(desk, cameras.take(), "x", pan=1)[1].get("detail") is None
