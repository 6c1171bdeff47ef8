"""The calls of the central API about cameras that move, recordings, the big screen and series of readings."""

from urllib.parse import quote

import msgspec

from desktop.central.answers import read
from desktop.central.schema import FocusRequest, LiveAddress, PlaybackRequest, PtzRequest, PtzState, ReadingsPage
from desktop.central.transport import Reply, Transport
from desktop.errors import OpsError

_CAMERA_FAULTS = {403: "camera.forbidden", 404: "camera.unknown", 409: "camera.offline", 422: "camera.refused"}
_OF_REASON = {
    "lease_lost": "camera.lease_lost",
    "camera_offline": "camera.offline",
    "ptz_unsupported": "camera.fixed",
    "preset_unknown": "camera.no_preset",
    "profile_unknown": "camera.no_profile",
    "recording_none": "camera.no_recording",
}
_MOVE_S = 2.0
"""A command that takes longer is none: the camera has long stopped by itself."""


class HallClient:
    """Thread-safe, holds no state of its own. Every method takes the bearer token first.

    All raise `OpsError`: the codes of `Transport.exchange` and those named at each method.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def move(self, token: str, camera_id: str, wish: PtzRequest) -> PtzState:
        """Send one command to a movable camera, within 2 seconds.

        Raises:
            OpsError: Also ``camera.lease_lost`` (by, at: of the holder, if there is one), ``camera.offline``,
                ``camera.unknown``, ``camera.forbidden``, ``camera.fixed``, ``camera.no_preset``, ``camera.refused``.
        """
        return read(self._about(token, camera_id, "ptz", msgspec.json.encode(wish), _MOVE_S), PtzState)

    def playback(self, token: str, camera_id: str, wish: PlaybackRequest) -> LiveAddress:
        """Ask for a short-lived address of a recording, within 5 seconds.

        Raises:
            OpsError: Also ``camera.no_recording``, ``camera.offline``, ``camera.unknown``, ``camera.forbidden``,
                ``camera.no_profile``, ``camera.refused``.
        """
        return read(self._about(token, camera_id, "playback", msgspec.json.encode(wish), 5.0), LiveAddress)

    def focus(self, token: str, wish: FocusRequest) -> None:
        """Ask the big screens to show something; ``hall.nothing_to_show`` if the centre does not know it."""
        self._transport.exchange(
            "POST",
            "/v1/hall/focus",
            token=token,
            body=msgspec.json.encode(wish),
            total_s=5.0,
            faults={404: "hall.nothing_to_show"},
        )

    def readings(self, token: str, vital_id: str, since: str, until: str, points: int) -> ReadingsPage:
        """Read the history of a vital as at most `points` stretches; ``vital.unknown`` if there is no such one."""
        reply = self._transport.exchange(
            "GET",
            f"/v1/vitals/{quote(vital_id, safe='')}/readings",
            token=token,
            query={"from": since, "to": until, "points": points},
            faults={404: "vital.unknown"},
        )
        return read(reply, ReadingsPage)

    def _about(self, token: str, camera_id: str, what: str, body: bytes, within_s: float) -> Reply:
        try:
            return self._transport.exchange(
                "POST",
                f"/v1/cameras/{quote(camera_id, safe='')}/{what}",
                token=token,
                body=body,
                stall_s=within_s,
                total_s=within_s,
                faults=_CAMERA_FAULTS,
            )
        except OpsError as fault:
            code = _OF_REASON.get(str(fault.params.get("reason", "")), fault.code)
            if code == fault.code:
                raise
            raise OpsError(code, fault.params, retryable=fault.retryable, detail=fault.detail) from fault
