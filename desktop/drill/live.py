"""Hands out addresses of live pictures that work for some minutes and for one camera only."""

import time
from datetime import timedelta

import msgspec

from desktop.central.schema import Camera, LiveAddress, LiveRequest
from desktop.drill.clock import Clock, stamp
from desktop.drill.signing import Signer
from desktop.drill.store.log import Log

ADDRESS_LIFE_S = 300


class LiveRefused(Exception):  # noqa: N818 - named for what happened
    """There is no live picture to be had; `code` says why."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail or None


def stream_path(number: str, profile: str) -> str:
    """Return the RTSP path of a camera's stream."""
    return f"live/{number}/{profile}"


def password_for(signer: Signer, path: str, username: str) -> str | None:
    """Return the password that opens `path` for `username`, or None when that name is of the past.

    The username carries the moment until which it is good, and the password is the centre's signature over both,
    so the camera server can check it without being told of every address.
    """
    until = username.removeprefix("v")
    if not until.isascii() or not until.isdigit() or int(until) < time.time():
        return None
    return signer.digest(f"{path}|{username}")


class LiveDesk:
    """Knows the cameras and their server."""

    def __init__(self, log: Log, signer: Signer, clock: Clock, *, host: str, port: int) -> None:
        self._log = log
        self._signer = signer
        self._clock = clock
        self._host = host
        self._port = port

    def address(self, camera_id: str, wish: LiveRequest) -> LiveAddress:
        """Return an address of a camera's stream.

        Raises:
            LiveRefused: ``camera_unknown``, ``camera_offline``, ``profile_unknown`` or ``protocol_unsupported``.
        """
        stored = self._log.get("camera", camera_id)
        camera = msgspec.json.decode(stored.data, type=Camera) if stored is not None else None
        if camera is None or camera.retired:
            raise LiveRefused("camera_unknown")
        if wish.profile not in camera.profiles:
            raise LiveRefused("profile_unknown", f"this camera has {', '.join(camera.profiles)}")
        if "rtsp" not in wish.accept:
            raise LiveRefused("protocol_unsupported", "this centre serves rtsp")
        if camera.health == "offline":
            raise LiveRefused("camera_offline", camera.health_since)
        path = stream_path(camera.number, wish.profile)
        username = f"v{int(time.time()) + ADDRESS_LIFE_S}"
        return LiveAddress(
            url=f"rtsp://{self._host}:{self._port}/{path}",
            protocol="rtsp",
            username=username,
            password=password_for(self._signer, path, username),
            expires_at=stamp(self._clock.now() + timedelta(seconds=ADDRESS_LIFE_S)),
        )
