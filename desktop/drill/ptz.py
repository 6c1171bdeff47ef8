"""Moves cameras for who holds the lease on them. Every movement has an end: who falls silent lets go (dead man)."""

import threading
import time
from collections.abc import Callable, Sequence

import msgspec

from desktop.central.schema import Camera, Lease, Preset, PtzRequest, PtzState
from desktop.drill.cameras.motion import HOME, Motion, View, drive, stand, travel
from desktop.drill.sessions import Session
from desktop.drill.store.log import Entry, Log
from desktop.drill.streets import CameraStreets

DEAD_MAN_S = 1.0
"""So long a camera goes on moving after a command; a desk repeats it sooner while the key is held."""


class PtzRefused(Exception):  # noqa: N818 - named for what happened
    """The camera was not moved; `code` says why, `holder` who may move it instead."""

    def __init__(self, code: str, holder: Lease | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.holder = holder


class PtzDesk:
    """Knows where every moved camera looks. Thread-safe."""

    def __init__(
        self,
        log: Log,
        streets: CameraStreets | None,
        used: Callable[[str], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._log = log
        self._streets = streets
        self._used = used
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._moved: dict[str, tuple[Motion, float]] = {}

    def command(self, session: Session, camera_id: str, wish: PtzRequest) -> PtzState:
        """Carry out one command; it also keeps the lease alive.

        Raises:
            PtzRefused: ``camera_unknown``, ``camera_offline``, ``ptz_unsupported``, ``lease_lost``, ``preset_unknown``.
        """
        camera = self._camera(camera_id)
        lease = camera.lease
        if lease is None or lease.id != wish.lease or lease.officer != session.officer.id:
            raise PtzRefused("lease_lost", lease)
        self._used(camera_id)
        with self._lock:
            motion = self._answer(camera, self._where(camera_id), wish)
            self._begin(camera_id, motion)
        return PtzState(*motion.where(0), moving=motion.seconds > 0, stops_in_ms=round(motion.seconds * 1000))

    def on_entries(self, entries: Sequence[Entry]) -> None:
        """Send a camera home (守望位) when nobody holds it any more."""
        for entry in entries:
            if entry.kind == "camera" and entry.id in self._moved:
                camera = msgspec.json.decode(entry.data, type=Camera) if entry.op == "upsert" else Camera()
                if camera.lease is None:
                    with self._lock:
                        self._begin(entry.id, travel(self._where(entry.id), HOME))
                        del self._moved[entry.id]

    def _camera(self, camera_id: str) -> Camera:
        stored = self._log.get("camera", camera_id)
        camera = msgspec.json.decode(stored.data, type=Camera) if stored is not None else None
        if camera is None or camera.retired:
            raise PtzRefused("camera_unknown")
        if not camera.ptz:
            raise PtzRefused("ptz_unsupported")
        if camera.health == "offline" or self._streets is None:
            raise PtzRefused("camera_offline")
        return camera

    def _answer(self, camera: Camera, here: View, wish: PtzRequest) -> Motion:
        if wish.stop:
            return stand(here)
        if wish.preset:
            return travel(here, _view(camera.presets, wish.preset))
        return drive(here, wish.pan, wish.tilt, wish.zoom, DEAD_MAN_S)

    def _where(self, camera_id: str) -> View:
        motion, begun = self._moved.get(camera_id, (stand(HOME), 0.0))
        return motion.where(self._monotonic() - begun)

    def _begin(self, camera_id: str, motion: Motion) -> None:
        self._moved[camera_id] = motion, self._monotonic()
        if self._streets is not None:
            self._streets.swing(camera_id, motion)


def _view(presets: Sequence[Preset], wanted: str) -> View:
    for preset in presets:
        if preset.id == wanted:
            return View(preset.pan, preset.tilt, preset.zoom)
    raise PtzRefused("preset_unknown")
