"""The calls of the central API, one method each, wire types in and out.

Every method that needs a signed-in officer takes the bearer token first; `desktop.sync.session` supplies it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import quote

import msgspec

from desktop.central import salvage
from desktop.central.answers import malformed, read
from desktop.central.decode import decode
from desktop.central.schema import (
    ChangesPage,
    Digest,
    Hello,
    LiveAddress,
    LiveRequest,
    Officer,
    OpResult,
    OpsAnswer,
    OpsStatusRequest,
    PasswordChange,
    SnapshotPage,
    TokenGrant,
    TokenRequest,
    Wire,
)
from desktop.central.transport import PAGE_CAP_BYTES, ByteStream, Reply, Transport
from desktop.errors import OpsError

_WireType = TypeVar("_WireType", bound=Wire)

_PULL_FAULTS = {409: "pull.epoch_changed", 410: "pull.cursor_expired"}
_PUSH_FAULTS = {413: "push.too_large", 400: "push.refused", 422: "push.refused"}
_PASSWORD_FAULTS = {
    400: "auth.password_rule",
    403: "auth.old_password",
    409: "auth.password_reused",
    422: "auth.password_rule",
}
_LIVE_FAULTS = {
    403: "camera.forbidden",
    404: "camera.unknown",
    409: "camera.offline",
    410: "camera.unknown",
    406: "camera.no_protocol",
    422: "camera.no_profile",
}
_LIVE_REASONS = frozenset({"camera.forbidden", "camera.unknown", "camera.offline"})
PROBE_S = 2.0
"""Deadline of a hello. With the silence before it (`desktop.sync.timing`) it decides how soon the desk says offline."""


class CentralClient:
    """The central API over one `Transport`; thread-safe, holds no state of its own.

    All methods raise `OpsError`: the codes of `Transport.exchange` and those named at each method.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    # --- identity

    def token(self, request: TokenRequest) -> TokenGrant:
        """Exchange a password or a refresh token for tokens.

        Raises:
            OpsError: Also ``auth.account_closed``; else ``auth.wrong_password`` or ``auth.expired`` if refused.
        """
        refused = "auth.wrong_password" if request.grant == "password" else "auth.expired"
        try:
            reply = self._transport.exchange(
                "POST",
                "/v1/auth/token",
                body=msgspec.json.encode(request),
                faults={400: refused, 401: refused, 403: refused},
            )
        except OpsError as fault:
            if fault.params.get("reason") == "account_closed":
                raise OpsError("auth.account_closed", fault.params, detail=fault.detail) from fault
            raise
        return read(reply, TokenGrant)

    def revoke(self, token: str, refresh: str) -> None:
        """Sign out: the centre forgets both tokens."""
        self._transport.exchange(
            "POST", "/v1/auth/revoke", token=token, body=msgspec.json.encode({"refresh": refresh}), total_s=5
        )

    def change_password(self, token: str, change: PasswordChange) -> Officer:
        """Change the officer's own password.

        Raises:
            OpsError: ``auth.old_password``, ``auth.password_rule`` or ``auth.password_reused``.
        """
        reply = self._transport.exchange(
            "POST",
            "/v1/auth/password",
            token=token,
            body=msgspec.json.encode(change),
            faults=_PASSWORD_FAULTS,
        )
        return read(reply, Officer)

    def me(self, token: str) -> Officer:
        """Read the officer again: roles and scopes may have changed."""
        return read(self._transport.exchange("GET", "/v1/me", token=token), Officer)

    # --- pull

    def hello(self, *, stall_s: float = PROBE_S, link: int | None = None, of_any_centre: bool = False) -> Hello:
        """Ask which centre this is and where its log stands; small, needs no token, also serves as the probe.

        Args:
            stall_s: Deadline in seconds.
            link: Over this link instead of the one in use.
            of_any_centre: Also if it is another centre than ours.
        """
        reply = self._transport.exchange(
            "GET", "/v1/hello", stall_s=stall_s, total_s=stall_s, link=link, of_any_centre=of_any_centre
        )
        return read(reply, Hello)

    def snapshot(self, token: str, page: int, snapshot: str) -> SnapshotPage:
        """Read one page of the snapshot called `snapshot`, or with "" begin a new one.

        Raises:
            OpsError: Also ``pull.cursor_expired`` or ``pull.epoch_changed``: that snapshot is no longer kept.
        """
        query: dict[str, str | int | float] = {"page": page}
        if snapshot:
            query["snapshot"] = snapshot
        reply = self._transport.exchange(
            "GET",
            "/v1/sync/snapshot",
            token=token,
            query=query,
            cap_bytes=PAGE_CAP_BYTES,
            faults=_PULL_FAULTS,
        )
        return _read_page(reply, SnapshotPage, "items")

    def changes(self, token: str, since: str, limit: int, wait_s: float = 0) -> ChangesPage:
        """Read the log after the cursor `since`; with `wait_s` the centre holds an empty answer back that long.

        Raises:
            OpsError: Also ``pull.cursor_expired`` or ``pull.epoch_changed``: a new snapshot is needed.
        """
        query: dict[str, str | int | float] = {"since": since, "limit": limit}
        if wait_s:
            query["wait"] = round(wait_s)
        # A waiting call is silent by design; three seconds more than promised is a dead centre.
        stall_s = wait_s + 3.0 if wait_s else 10.0
        reply = self._transport.exchange(
            "GET",
            "/v1/sync/changes",
            token=token,
            query=query,
            stall_s=stall_s,
            total_s=25.0 + wait_s,
            faults=_PULL_FAULTS,
        )
        if reply.status == HTTPStatus.NO_CONTENT:  # how some end a wait in which nothing came
            return ChangesPage([], since)
        return _read_page(reply, ChangesPage, "changes")

    def digest(self, token: str, kind: str) -> Digest:
        """Read the digests of a kind, to compare them with one's own."""
        return read(self._transport.exchange("GET", "/v1/sync/digest", token=token, query={"kind": kind}), Digest)

    @contextmanager
    def stream(self, token: str, last_lsn: int, stall_s: float) -> Iterator[ByteStream]:
        """Open the event stream behind `last_lsn`; its bytes are for `desktop.central.stream.EventParser`."""
        last = str(last_lsn) if last_lsn else ""
        with self._transport.stream("/v1/stream", token=token, last_event_id=last, stall_s=stall_s) as stream:
            yield stream

    # --- push

    def send_ops(self, token: str, batch_id: str, payloads: list[bytes]) -> list[OpResult]:
        """Send operations as the bytes they were frozen in.

        Raises:
            OpsError: Also ``push.too_large`` (413) and ``push.refused`` (400, 422), both about the whole batch.
        """
        body = msgspec.json.encode({"batch_id": batch_id, "ops": [msgspec.Raw(payload) for payload in payloads]})
        reply = self._transport.exchange("POST", "/v1/ops", token=token, body=body, faults=_PUSH_FAULTS)
        return read(reply, OpsAnswer).results

    def ops_status(self, token: str, op_ids: list[str]) -> list[OpResult]:
        """Ask what became of operations whose answer was lost."""
        body = msgspec.json.encode(OpsStatusRequest(op_ids))
        return read(self._transport.exchange("POST", "/v1/ops/status", token=token, body=body), OpsAnswer).results

    # --- media

    def live_address(self, token: str, camera_id: str, profile: str) -> LiveAddress:
        """Ask for a short-lived address of a camera's stream, within 5 seconds.

        Raises:
            OpsError: Also ``camera.unknown``, ``camera.offline``, ``camera.forbidden``, ``camera.no_protocol``,
                ``camera.no_profile``.
        """
        try:
            reply = self._transport.exchange(
                "POST",
                f"/v1/cameras/{quote(camera_id, safe='')}/live",
                token=token,
                body=msgspec.json.encode(LiveRequest(profile=profile)),
                stall_s=3.0,
                total_s=5.0,
                faults=_LIVE_FAULTS,
            )
        except OpsError as fault:
            reason = str(fault.params.get("reason", ""))
            if reason in _LIVE_REASONS and reason != fault.code:
                raise OpsError(reason, fault.params, retryable=fault.retryable, detail=fault.detail) from fault
            raise
        return read(reply, LiveAddress)


def _read_page(reply: Reply, wire: type[_WireType], bulk: str) -> _WireType:
    """Read a page; when it is no strict JSON, save everything but the records that break it.

    `bulk` is the field with the records. Around it the page must be sound, or nothing of it can be believed.
    """
    try:
        return decode(reply.body, wire)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        strict_error = error
    try:
        parts = salvage.members(reply.body)
        told = {name: value for name, value in parts.items() if name != bulk and value != b"null"}
        rest: dict[str, object] = {name: msgspec.json.decode(value) for name, value in told.items()}
        raw = parts.get(bulk, b"")
        rest[bulk] = msgspec.Raw(raw) if bulk == "items" else [msgspec.Raw(part) for part in salvage.elements(raw)]
        return msgspec.convert(rest, type=wire)
    except (msgspec.DecodeError, msgspec.ValidationError, ValueError, RecursionError):
        raise malformed(wire.__name__, strict_error) from strict_error
