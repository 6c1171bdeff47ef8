"""Moving cameras: a lease is claimed like every operation, then commands go straight to the centre.

An officer at the joystick waits for the answer, so a claim that is lost is told at once and not left in the tray, and
one that cannot be sent now is not made at all.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import Protocol

import msgspec

from desktop.central.hall import HallClient
from desktop.central.schema import Json, LiveAddress, OpResult, PlaybackRequest, PtzRequest, PtzState
from desktop.domain import leases
from desktop.errors import OpsError
from desktop.events import LinkState
from desktop.sync.outcomes import Outcomes
from desktop.sync.session import Session
from storage.records import OpRecord

log = logging.getLogger(__name__)

CLAIM_S = 6.0
"""So long an officer waits for a camera."""
_CONNECTED = frozenset({LinkState.LIVE, LinkState.POLLING})
_AT_ONCE = frozenset({leases.CLAIM, leases.FORCE, leases.RELEASE})


class _Record(Protocol):
    def __call__(self, kind: str, target_id: str, verb: str, args: Json) -> Future[OpRecord]: ...


class CameraControl:
    """Claims, moves and releases for one seat. The methods block for seconds: call them off the GUI thread.

    Usage::

        lease = control.claim(camera_id)              # OpsError camera.taken (by, at) if somebody else moves it
        control.move(camera_id, lease, pan=-0.5)      # at least every 0.4 s while the key is held; it stops by itself
        control.stop(camera_id, lease)
        control.go_to(camera_id, lease, "home")
        control.release(camera_id)
    """

    def __init__(
        self,
        *,
        client: HallClient,
        session: Session,
        outcomes: Outcomes,
        record: _Record,
        resolve: Callable[[str, str, str], Future[OpRecord | None]],
        tray: Callable[[], list[OpRecord]],
        link: Callable[[], LinkState],
    ) -> None:
        self._client = client
        self._session = session
        self._outcomes = outcomes
        self._record = record
        self._resolve = resolve
        self._tray = tray
        self._link = link

    def claim(self, camera_id: str, *, force_reason: str = "") -> str:
        """Become who may move a camera; return the lease, for the other calls.

        Args:
            camera_id: The camera.
            force_reason: Take it away from whoever holds it (a duty chief's right), and why.

        Raises:
            OpsError: ``camera.taken`` (by, at), ``camera.fixed``, ``camera.unanswered``, ``workflow.role``, or another
                code of the centre's; ``camera.no_link`` when the centre cannot be asked now.
        """
        if self._link() not in _CONNECTED:
            raise OpsError("camera.no_link", retryable=True)
        verb, args = (leases.FORCE, {"reason": force_reason}) if force_reason else (leases.CLAIM, {})
        op = self._record("camera", camera_id, verb, args).result(CLAIM_S)
        settled = self._outcomes.wait(op.op_id, CLAIM_S)
        if settled is None:
            raise OpsError("camera.unanswered", {"seconds": CLAIM_S}, retryable=True)
        if settled.status == "acked":
            return settled.op_id
        self._resolve(settled.op_id, "told", "the officer was told at once")
        answer = msgspec.json.decode(settled.outcome, type=OpResult) if settled.outcome else OpResult("", "")
        raise OpsError(settled.code or "camera.unanswered", {"by": answer.by, "at": answer.at, "seconds": CLAIM_S})

    def move(self, camera_id: str, lease: str, *, pan: float = 0, tilt: float = 0, zoom: float = 0) -> PtzState:
        """Move at these speeds (-1 to 1) for up to a second; send it again before that to go on.

        Raises:
            OpsError: ``camera.lease_lost`` (by, at) and the others of `HallClient.move`.
        """
        return self._command(camera_id, PtzRequest(lease, pan=pan, tilt=tilt, zoom=zoom))

    def stop(self, camera_id: str, lease: str) -> PtzState:
        """Stop now; raises as `move`."""
        return self._command(camera_id, PtzRequest(lease, stop=True))

    def go_to(self, camera_id: str, lease: str, preset: str) -> PtzState:
        """Go to a view that is kept by name; raises as `move`."""
        return self._command(camera_id, PtzRequest(lease, preset=preset))

    def release(self, camera_id: str) -> None:
        """Let go of a camera. Without a link it is done later, or the lease lapses by itself."""
        self._record("camera", camera_id, leases.RELEASE, {}).result(CLAIM_S)

    def save_preset(self, camera_id: str, preset: str, name: str, view: PtzState) -> Future[OpRecord]:
        """Keep a view under a name, in place of one with the same id; an operation like others, also offline."""
        args = {"preset": preset, "name": name, "pan": view.pan, "tilt": view.tilt, "zoom": view.zoom}
        return self._record("camera", camera_id, leases.SAVE_PRESET, args)

    def playback_address(self, camera_id: str, since: str, until: str, profile: str = "main") -> LiveAddress:
        """Ask for a short-lived address of what a camera recorded (RFC 3339 times).

        Raises:
            OpsError: The codes of `HallClient.playback`.
        """
        wish = PlaybackRequest(since, until, profile)
        return self._session.authorised(self._client.playback, camera_id, wish)

    def clear_tray(self) -> None:
        """Take claims and releases out of the tray: who made them was told, or has given up."""
        for op in self._tray():
            if op.kind == "camera" and op.verb in _AT_ONCE:
                self._resolve(op.op_id, "told", "nobody waits for it in the tray")

    def _command(self, camera_id: str, wish: PtzRequest) -> PtzState:
        return self._session.authorised(self._client.move, camera_id, wish)
