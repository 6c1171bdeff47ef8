"""Moving cameras from a desk: the real engine against a real centre with real cameras."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.errors import OpsError
from desktop.events import HallFocus, LinkState
from tests.drill.running import Drill, running_drill
from tests.sync.conftest import Desk

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    few = ("--open-orders", "20", "--closed-orders", "20", "--speed", "0")
    with running_drill(tmp_path_factory.mktemp("moving"), *few) as running:
        yield running


@pytest.fixture
def seat(centre: Drill, tmp_path: Path) -> Iterator[Callable[[str], Desk]]:
    opened: list[Desk] = []

    def _open(username: str) -> Desk:
        desk = Desk(tmp_path / username, [centre.url])
        opened.append(desk)
        desk.manager.sign_in(username, centre.ready["password"]).result(10)
        desk.wait_for_link(LinkState.LIVE, LinkState.POLLING)
        return desk

    yield _open
    for desk in opened:
        desk.close()


def movable(desk: Desk, place: int) -> str:
    cameras = [(record.id, json.loads(record.data)) for record in desk.store.cache.all("camera")]
    return [id_ for id_, camera in cameras if camera.get("ptz") and camera["health"] == "online"][place]


def lease_on(desk: Desk, camera: str) -> dict[str, str]:
    record = desk.store.cache.get("camera", camera)
    assert record is not None
    return json.loads(record.data).get("lease") or {}


def test_that_a_claimed_camera_moves_and_the_loser_is_told_at_once_and_not_by_the_tray(
    seat: Callable[[str], Desk],
) -> None:
    chief, clerk = seat("drill-chief"), seat("drill-grid")
    camera = movable(chief, 0)
    lease = clerk.manager.cameras.claim(camera)
    assert clerk.manager.cameras.move(camera, lease, pan=0.5).moving
    with pytest.raises(OpsError) as told:
        chief.manager.cameras.claim(camera)
    assert (told.value.code, told.value.params["by"]) == ("camera.taken", "顾建国")
    chief.wait_until(lambda: not chief.store.duty.tray())
    taken = chief.manager.cameras.claim(camera, force_reason="积水现场")
    assert chief.manager.cameras.go_to(camera, taken, "left").moving
    with pytest.raises(OpsError) as lost:
        clerk.manager.cameras.move(camera, lease, pan=0.5)
    assert (lost.value.code, lost.value.params["by"]) == ("camera.lease_lost", "张伟")
    clerk.wait_until(lambda: lease_on(clerk, camera).get("by") == "张伟")
    assert not chief.manager.cameras.stop(camera, taken).moving
    chief.manager.cameras.release(camera)
    chief.wait_until(lambda: not lease_on(chief, camera) and chief.outbox_is_empty())
    clerk.manager.cameras.release(camera)  # it holds nothing any more: told by nothing, kept nowhere
    clerk.wait_until(lambda: not clerk.store.duty.tray() and clerk.outbox_is_empty())


def test_that_a_view_is_kept_for_everybody(seat: Callable[[str], Desk]) -> None:
    chief = seat("drill-chief")
    camera = movable(chief, 1)
    lease = chief.manager.cameras.claim(camera)
    view = chief.manager.cameras.move(camera, lease, zoom=1)
    chief.manager.cameras.save_preset(camera, "mine", "泵站", view).result(5)
    chief.wait_until(chief.outbox_is_empty)
    assert chief.manager.cameras.go_to(camera, lease, "mine").zoom >= 1
    with pytest.raises(OpsError) as unknown:
        chief.manager.cameras.go_to(camera, lease, "nowhere")
    assert unknown.value.code == "camera.no_preset"


def test_that_no_claim_is_left_behind_when_the_centre_cannot_be_asked(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "alone", ["http://127.0.0.1:1"])
    try:
        with pytest.raises(OpsError) as refused:
            desk.manager.cameras.claim("c1")
        assert refused.value.code == "camera.no_link"
        assert desk.store.duty.counts().queued == 0
    finally:
        desk.close()


def test_that_the_big_screen_recordings_and_instruments_can_be_asked_for(seat: Callable[[str], Desk]) -> None:
    chief, wall = seat("drill-chief"), seat("drill-grid")
    wall.wait_for_link(LinkState.LIVE)
    chief.manager.hall.focus("department", "ops", ("wall-1",))
    wall.wait_for(lambda: any(isinstance(event, HallFocus) for event in wall.events))
    (seen,) = [event for event in wall.events if isinstance(event, HallFocus)]
    assert (seen.kind, seen.id, seen.screens, seen.by) == ("department", "ops", ("wall-1",), "张伟")
    with pytest.raises(OpsError) as unknown:
        chief.manager.hall.focus("department", "nobody")
    assert unknown.value.code == "hall.nothing_to_show"
    now = datetime.now(UTC)
    hour, ten = (now - timedelta(hours=1)).isoformat(), (now - timedelta(minutes=50)).isoformat()
    assert len(chief.manager.hall.readings("vt-water-07", hour, ten, 5).readings) == 5
    with pytest.raises(OpsError) as absent:
        chief.manager.hall.readings("vt-none", hour, ten)
    assert absent.value.code == "vital.unknown"
    address = chief.manager.cameras.playback_address(movable(chief, 0), hour, ten)
    assert address.url.startswith("rtsp://")
    with pytest.raises(OpsError) as turned:
        chief.manager.cameras.playback_address(movable(chief, 0), ten, hour)
    assert turned.value.code == "camera.refused"
