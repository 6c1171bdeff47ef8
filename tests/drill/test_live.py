"""Addresses of live pictures, and the streams behind them."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import av
import msgspec
import psutil
import pytest

from desktop.central.schema import LiveAddress, LiveRequest
from desktop.drill.cameras.process import CameraProcess
from desktop.drill.clock import Clock
from desktop.drill.district.population import populate
from desktop.drill.live import LiveDesk, LiveRefused
from desktop.drill.store.database import open_database
from desktop.drill.store.log import Log, Stored
from desktop.drill.streets import CameraStreets
from tests.drill.running import Desk, Drill, running_drill

NOW = datetime(2026, 11, 22, 6, 3, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def cameras() -> dict[str, dict[str, Any]]:
    return {stored.id: msgspec.json.decode(stored.data) for stored in populate(1, NOW, 0, 0) if stored.kind == "camera"}


def refusal(desk: Desk, camera: str, **wish: Any) -> tuple[int, str]:
    answer = desk.http.post(f"/v1/cameras/{camera}/live", json=wish)
    return answer.status_code, answer.json()["code"]


def of_health(cameras: dict[str, dict[str, Any]], health: str) -> str:
    return next(code for code, camera in cameras.items() if camera["health"] == health)


def test_that_what_cannot_be_shown_is_refused_with_its_reason(desk: Desk, cameras: dict[str, dict[str, Any]]) -> None:
    online = of_health(cameras, "online")
    assert refusal(desk, "nobody") == (404, "camera_unknown")
    assert refusal(desk, of_health(cameras, "offline")) == (409, "camera_offline")
    assert refusal(desk, online, profile="cinema") == (422, "profile_unknown")
    assert refusal(desk, online, accept=["hls"]) == (406, "protocol_unsupported")
    assert refusal(desk, online) == (409, "camera_offline")  # this centre runs without cameras


def test_that_an_officer_without_the_scope_sees_no_picture(drill: Drill, cameras: dict[str, dict[str, Any]]) -> None:
    observer = Desk(drill.url, "drill-observer", drill.ready["password"])
    assert refusal(observer, of_health(cameras, "online")) == (403, "forbidden")
    observer.close()


class Street:
    """A log with cameras only, their real server, and the desk that gives out addresses."""

    def __init__(self, folder: Path, cameras: dict[str, dict[str, Any]]) -> None:
        self.engine = open_database(folder)
        self.log = Log(self.engine)
        self.log.fill(
            Stored("camera", code, 1, msgspec.json.encode(camera).decode()) for code, camera in cameras.items()
        )
        self.process = CameraProcess()
        port = self.process.start()
        streets = CameraStreets(self.log, self.process)
        streets.show_all()
        self.desk = LiveDesk(self.log, Clock(), streets, host="127.0.0.1", port=port)

    def change(self, code: str, **fields: Any) -> None:
        with self.log.write() as writer:
            camera = msgspec.json.decode(writer.get("camera", code).data)
            writer.put("camera", code, msgspec.json.encode(camera | fields).decode())

    def close(self) -> None:
        self.process.close()
        self.engine.dispose()


@pytest.fixture
def street(tmp_path: Path, cameras: dict[str, dict[str, Any]]) -> Iterator[Street]:
    street = Street(tmp_path, dict(list(cameras.items())[:6]))
    yield street
    street.close()


def pictures(address: LiveAddress, count: int, *, signed: bool = True) -> list[tuple[int, int]]:
    """Sizes of the first pictures of a stream, decoded."""
    url = address.url.replace("rtsp://", f"rtsp://{address.username}:{address.password}@") if signed else address.url
    sizes = []
    with av.open(url, options={"rtsp_transport": "tcp", "timeout": "5000000"}, timeout=10) as container:
        for frame in container.decode(video=0):
            sizes.append((frame.width, frame.height))
            if len(sizes) == count:
                break
    return sizes


def test_that_an_address_shows_its_camera_and_no_other(street: Street, cameras: dict[str, dict[str, Any]]) -> None:
    one, other = [code for code, camera in list(cameras.items())[:6] if camera["health"] == "online"][:2]
    address = street.desk.address(one, LiveRequest())
    assert address.username not in address.url
    assert datetime.fromisoformat(address.expires_at) > datetime.now(UTC)
    assert pictures(address, 3) == [(640, 360)] * 3
    with pytest.raises(av.error.HTTPUnauthorizedError):
        pictures(address, 1, signed=False)
    elsewhere = street.desk.address(other, LiveRequest())
    swapped = msgspec.structs.replace(address, url=elsewhere.url)
    with pytest.raises(av.error.HTTPUnauthorizedError):
        pictures(swapped, 1)


def test_that_the_main_stream_is_larger(street: Street, cameras: dict[str, dict[str, Any]]) -> None:
    code = of_health(cameras, "online")
    ((width, height),) = pictures(street.desk.address(code, LiveRequest(profile="main")), 1)
    assert (width, height) > (640, 360)


def test_that_a_camera_that_fails_takes_its_stream_along(street: Street, cameras: dict[str, dict[str, Any]]) -> None:
    code = of_health(cameras, "online")
    address = street.desk.address(code, LiveRequest())
    assert pictures(address, 1)
    street.change(code, health="offline")
    with pytest.raises(LiveRefused, match="camera_offline"):
        street.desk.address(code, LiveRequest())
    with pytest.raises(av.error.FFmpegError):
        pictures(address, 1)
    street.change(code, health="online")
    assert pictures(street.desk.address(code, LiveRequest()), 1)


def test_that_a_retired_camera_is_gone(street: Street, cameras: dict[str, dict[str, Any]]) -> None:
    code = of_health(cameras, "online")
    address = street.desk.address(code, LiveRequest())
    street.change(code, retired=True)
    with pytest.raises(LiveRefused, match="camera_unknown"):
        street.desk.address(code, LiveRequest())
    with pytest.raises(av.error.FFmpegError):
        pictures(address, 1)


def test_that_the_program_serves_pictures_and_takes_its_cameras_along(tmp_path: Path) -> None:
    size = ("--open-orders", "0", "--closed-orders", "0", "--speed", "0")
    with running_drill(tmp_path, *size) as drill:
        desk = Desk(drill.url, drill.ready["username"], drill.ready["password"])
        items, _ = desk.snapshot()
        code = next(id_ for (kind, id_), item in items.items() if item["data"].get("health") == "online")
        answer = desk.http.post(f"/v1/cameras/{code}/live", json={"profile": "sub"}).json()
        desk.close()
        assert f":{drill.ready['rtsp_port']}/" in answer["url"]
        assert pictures(msgspec.convert(answer, LiveAddress), 2) == [(640, 360)] * 2
        children = psutil.Process(drill.process.pid).children()
        assert children
        started = time.monotonic()
        assert drill.stop() == 0
        assert time.monotonic() - started < 2.0
        assert not psutil.wait_procs(children, timeout=2.0)[1]
