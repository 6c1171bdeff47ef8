"""Hands out addresses of live and recorded pictures that work for some minutes and for one camera only."""

import secrets
from datetime import timedelta

import msgspec

from desktop.central.schema import Camera, LiveAddress, LiveRequest, PlaybackRequest
from desktop.domain.sla import parse_time
from desktop.drill.clock import Clock, stamp
from desktop.drill.store.log import Log
from desktop.drill.streets import CameraStreets, stream_path

ADDRESS_LIFE_S = 300
LONGEST_RECORDING = timedelta(hours=24)
RECORDINGS_KEPT = timedelta(days=30)


class LiveRefused(Exception):  # noqa: N818 - named for what happened
    """There is no live picture to be had; `code` says why."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail or None


class LiveDesk:
    """Gives out addresses on one camera server; without one every camera counts as offline."""

    def __init__(self, log: Log, clock: Clock, streets: CameraStreets | None, *, host: str, port: int) -> None:
        self._log = log
        self._clock = clock
        self._streets = streets
        self._host = f"[{host}]" if ":" in host else host
        self._port = port

    def address(self, camera_id: str, wish: LiveRequest) -> LiveAddress:
        """Return an address of a camera's stream.

        Raises:
            LiveRefused: ``camera_unknown``, ``camera_offline``, ``profile_unknown`` or ``protocol_unsupported``.
        """
        camera = self._camera(camera_id, wish.profile, wish.accept)
        if camera.health == "offline":
            raise LiveRefused("camera_offline", f"since {camera.health_since}")
        if self._streets is None:
            raise LiveRefused("camera_offline", "this centre runs without cameras")
        return self._granted(self._streets, stream_path(camera.number, wish.profile))

    def recording(self, camera_id: str, wish: PlaybackRequest) -> LiveAddress:
        """Return an address of what a camera recorded; it begins when it is opened, and ends with the stretch.

        Raises:
            LiveRefused: ``invalid``, ``recording_none``, or as `address`.
        """
        camera = self._camera(camera_id, wish.profile, wish.accept)
        since, until, now = parse_time(wish.from_), parse_time(wish.to), self._clock.now()
        if since is None or until is None or not since < until <= now or until - since > LONGEST_RECORDING:
            raise LiveRefused("invalid", "a stretch of at most 24 hours that is over")
        if since < now - RECORDINGS_KEPT:
            raise LiveRefused("recording_none", f"recordings are kept for {RECORDINGS_KEPT.days} days")
        if self._streets is None:
            raise LiveRefused("camera_offline", "this centre runs without cameras")
        stretch = f"{since.timestamp():.0f}-{until.timestamp():.0f}"
        path = f"recorded/{camera.number}/{wish.profile}/{stretch}/{secrets.token_hex(4)}"
        self._streets.replay(camera_id, path, wish.profile, (until - since).total_seconds())
        return self._granted(self._streets, path)

    def _camera(self, camera_id: str, profile: str, accept: list[str]) -> Camera:
        stored = self._log.get("camera", camera_id)
        camera = msgspec.json.decode(stored.data, type=Camera) if stored is not None else None
        if camera is None or camera.retired:
            raise LiveRefused("camera_unknown")
        if profile not in camera.profiles:
            raise LiveRefused("profile_unknown", f"this camera has {', '.join(camera.profiles)}")
        if "rtsp" not in accept:
            raise LiveRefused("protocol_unsupported", "this centre serves rtsp")
        return camera

    def _granted(self, streets: CameraStreets, path: str) -> LiveAddress:
        username, password = secrets.token_urlsafe(9), secrets.token_urlsafe(18)
        streets.grant(path, username, password, ADDRESS_LIFE_S)
        return LiveAddress(
            url=f"rtsp://{self._host}:{self._port}/{path}",
            protocol="rtsp",
            username=username,
            password=password,
            expires_at=stamp(self._clock.now() + timedelta(seconds=ADDRESS_LIFE_S)),
        )
