"""Joins the cameras of the log with their RTSP server: which streams there are, how they do, who may see them."""

from collections import deque
from collections.abc import Sequence

import msgspec

from desktop.central.schema import Camera
from desktop.drill.cameras.motion import Motion
from desktop.drill.cameras.mount import Health
from desktop.drill.cameras.process import CameraProcess, MountSpec
from desktop.drill.cameras.scenes import PROFILES, Profile, scenes
from desktop.drill.store.log import Entry, Log

_HEALTHS: dict[str, Health] = {"online": "online", "offline": "offline", "frozen": "frozen", "black": "black"}


REPLAYS_CAP = 64
"""Recordings that can be watched at once."""


class _StreetCamera(Camera, frozen=True):
    """A camera of the drill also says which drawn scene it shows."""

    scene: int = 0


def stream_path(number: str, profile: str) -> str:
    """Return the RTSP path of a camera's stream."""
    return f"live/{number}/{profile}"


class CameraStreets:
    """The cameras of the district as streams."""

    def __init__(self, log: Log, process: CameraProcess) -> None:
        self._log = log
        self._process = process
        self._replays: deque[str] = deque()
        self._shown: dict[str, set[str]] = {}  # paths by camera; touched by one writer of the log at a time

    def show_all(self) -> None:
        """Mount every camera that the centre knows, and follow the log from here on."""
        for stored in self._log.of_kind("camera"):
            self._show(stored.id, msgspec.json.decode(stored.data, type=_StreetCamera))
        self._log.listen(self._on_entries)

    def grant(self, path: str, username: str, password: str, life_s: float) -> None:
        """Open a path to a username for a while."""
        self._process.grant(path, username, password, life_s)

    def replay(self, camera_id: str, path: str, profile: str, seconds: float) -> None:
        """Show a recording at a path of its own; of too many the oldest go."""
        stored = self._log.get("camera", camera_id)
        if stored is None:
            return
        scene = msgspec.json.decode(stored.data, type=_StreetCamera).scene % len(scenes())
        self._replays.append(path)
        if len(self._replays) > REPLAYS_CAP:
            self._process.unmount(self._replays.popleft())
        self._process.mount(MountSpec(path, scene, "main" if profile == "main" else "sub", seconds=seconds))

    def swing(self, camera_id: str, motion: Motion) -> None:
        """Move a camera's lens."""
        self._process.swing(tuple(self._shown.get(camera_id, ())), motion)

    def _on_entries(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if entry.kind != "camera":
                continue
            camera = msgspec.json.decode(entry.data, type=_StreetCamera) if entry.op == "upsert" else None
            paths = self._shown.get(entry.id, set())
            if camera is None or camera.retired:
                self._process.unmount(*self._shown.pop(entry.id, ()))
            elif paths != {stream_path(camera.number, profile) for profile in _profiles(camera)}:
                self._process.unmount(*paths)
                self._show(entry.id, camera)
            else:
                for path in paths:
                    self._process.set_health(path, _HEALTHS.get(camera.health, "online"))

    def _show(self, camera_id: str, camera: _StreetCamera) -> None:
        if camera.retired:
            return
        health = _HEALTHS.get(camera.health, "online")
        specs = [
            MountSpec(stream_path(camera.number, profile), camera.scene % len(scenes()), profile, health)
            for profile in _profiles(camera)
        ]
        self._shown[camera_id] = {spec.path for spec in specs}
        self._process.mount(*specs)


def _profiles(camera: Camera) -> list[Profile]:
    return [profile for profile in PROFILES if profile in camera.profiles]
