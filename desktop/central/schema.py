"""The wire types of the central API, version 1, as msgspec structs.

Source: `resources/contract/central.openapi.yaml`; a test holds the two together. Decoding ignores unknown fields and
leaves enumerations as plain strings, so that a newer centre never breaks an older desk. `data` of a record stays the
raw JSON bytes it arrived in: unknown fields survive the cache and come back untouched.
"""

# ruff: noqa: RUF012 - a struct of msgspec gives each instance its own copy of an empty default

from __future__ import annotations

from typing import Any

import msgspec

from desktop.central.media import (
    FileStatus,
    FocusRequest,
    HallEvent,
    LiveAddress,
    LiveRequest,
    PlaybackRequest,
    PtzRequest,
    PtzState,
    Reading,
    ReadingsPage,
)
from desktop.central.records import (
    Alert,
    Attachment,
    Calendar,
    Caller,
    Camera,
    Category,
    Department,
    Extension,
    GridCell,
    HistoryLine,
    Incident,
    Lease,
    Limit,
    Merge,
    Module,
    Place,
    Preset,
    Request,
    Supervision,
    Vital,
    WorkOrder,
)
from desktop.central.wire import Json, Target, Wire

__all__ = [
    "RECORDS",
    "Alert",
    "Attachment",
    "Calendar",
    "Caller",
    "Camera",
    "Category",
    "Change",
    "ChangesPage",
    "Department",
    "Digest",
    "Expect",
    "Extension",
    "FileStatus",
    "FocusRequest",
    "GridCell",
    "HallEvent",
    "Heartbeat",
    "Hello",
    "HistoryLine",
    "Incident",
    "Item",
    "Json",
    "Lease",
    "Limit",
    "LiveAddress",
    "LiveRequest",
    "Merge",
    "Module",
    "Officer",
    "Op",
    "OpResult",
    "OpsAnswer",
    "OpsRequest",
    "OpsStatusRequest",
    "PasswordChange",
    "Place",
    "PlaybackRequest",
    "Preset",
    "Problem",
    "PtzRequest",
    "PtzState",
    "Reading",
    "ReadingsPage",
    "Request",
    "SnapshotPage",
    "StreamChange",
    "Supervision",
    "Target",
    "TokenGrant",
    "TokenRequest",
    "Vital",
    "Wire",
    "WorkOrder",
]

# --- identity -------------------------------------------------------------------------------------------------------


class Officer(Wire, frozen=True):
    """Who is signed in, and what for."""

    id: str
    name: str
    staff_no: str = ""
    department: str = ""
    hall: str = ""
    roles: list[str] = []
    scopes: list[str] = []
    must_change_password: bool = False
    password_expires_at: str | None = None


class TokenRequest(Wire, frozen=True):
    """Body of `POST /v1/auth/token`; `grant` is ``password`` or ``refresh``."""

    grant: str
    device_id: str
    username: str | None = None
    password: str | None = None
    refresh: str | None = None


class TokenGrant(Wire, frozen=True):
    """Answer of `POST /v1/auth/token`; `expires_in` in seconds."""

    access: str
    officer: Officer
    refresh: str = ""
    expires_in: float = 900
    policy: Json = {}
    offline_ticket: str = ""


class PasswordChange(Wire, frozen=True):
    """Body of `POST /v1/auth/password`."""

    old: str
    new: str


class Problem(Wire, frozen=True):
    """RFC 9457 problem details with our `code`; `retry_after` in seconds."""

    code: str = ""
    message: str = ""
    detail: Any = None
    retry_after: float | None = None


# --- pull -----------------------------------------------------------------------------------------------------------


class Hello(Wire, frozen=True):
    """`GET /v1/hello`: which centre this is and where its log stands."""

    instance_id: str
    epoch: str
    head_lsn: int
    min_lsn: int = 0
    server_time: str = ""
    schema_ver: int = 1
    min_client: str = ""
    name: str = ""  # as officers call it; shown, never compared


class Item(Wire, frozen=True):
    """One record of a snapshot page."""

    kind: str
    id: str
    ver: int
    data: msgspec.Raw


class SnapshotPage(Wire, frozen=True):
    """`GET /v1/sync/snapshot?page=n` (pages count from 0), pinned at `lsn`.

    `items` stays raw: `sha256` is the lower-case hex SHA-256 of the bytes of the items array exactly as they stand in
    the body, brackets included. `cursor` (on the last page) is the opaque token to tail from.
    """

    lsn: int
    page: int
    pages: int
    items: msgspec.Raw
    sha256: str = ""
    epoch: str = ""
    snapshot: str = ""
    counts: dict[str, int] | None = None
    complete: bool = False
    cursor: str = ""


class Change(Wire, frozen=True):
    """One entry of the log. `op` is ``upsert``, ``delete`` or ``revoke``; `by_op` the operation that caused it."""

    lsn: int
    kind: str
    id: str
    ver: int
    op: str
    prev_lsn: int = 0
    data: msgspec.Raw = msgspec.Raw(b"null")
    by_op: str | None = None


class ChangesPage(Wire, frozen=True):
    """`GET /v1/sync/changes?since=cursor&limit=n[&wait=s]`; each change stays raw: one bad record is one bad record."""

    changes: list[msgspec.Raw]
    next: str
    has_more: bool = False
    head_lsn: int = 0
    epoch: str = ""
    server_time: str = ""


class Digest(Wire, frozen=True):
    """`GET /v1/sync/digest?kind=`: 256 hexadecimal digests over (id, ver) of the kind's records, as of `lsn`."""

    lsn: int
    kind: str
    buckets: list[str]


class StreamChange(Wire, frozen=True):
    """`event: change` of the stream. A hint; complete when `data` and `next` (cursor after it) are there."""

    lsn: int
    prev_lsn: int = 0
    kind: str = ""
    id: str = ""
    ver: int = 0
    op: str = ""
    data: msgspec.Raw = msgspec.Raw(b"null")
    by_op: str | None = None
    next: str = ""


class Heartbeat(Wire, frozen=True):
    """`event: hb` of the stream, each 10 s."""

    head_lsn: int
    server_time: str = ""


# --- push -----------------------------------------------------------------------------------------------------------


class Expect(Wire, frozen=True):
    """What the officer saw when deciding."""

    ver: int = 0
    state: str = ""


class Op(Wire, frozen=True):
    """One operation: an intent, immutable once written. Times RFC 3339; `est_server_err_ms` the ± of the estimate."""

    op_id: str
    device_id: str
    device_seq: int
    target: Target
    verb: str
    actor: str
    role: str
    wall_time: str
    expect: Expect = Expect()
    args: Json = {}
    est_server_time: str = ""
    est_server_err_ms: int = 0
    reason: str = ""


class OpsRequest(Wire, frozen=True):
    """Body of `POST /v1/ops`: at most 50 operations and 256 KiB."""

    batch_id: str
    ops: list[Op]


class OpResult(Wire, frozen=True):
    """What became of one operation.

    `status`: applied, duplicate, conflict, rejected, retry, dependency_missing, and (of `ops/status` only) unknown.
    `current` is the object's present data on a conflict; `by` and `at` say who was first, and when.
    """

    op_id: str
    status: str
    lsn: int = 0
    ver: int = 0
    code: str = ""
    message: str = ""
    current: Json | None = None
    by: str = ""
    at: str = ""


class OpsAnswer(Wire, frozen=True):
    """Answer of `POST /v1/ops` and `POST /v1/ops/status`."""

    results: list[OpResult]


class OpsStatusRequest(Wire, frozen=True):
    """Body of `POST /v1/ops/status`."""

    op_ids: list[str]


RECORDS: dict[str, type[Wire]] = {
    "work_order": WorkOrder,
    "incident": Incident,
    "camera": Camera,
    "alert": Alert,
    "department": Department,
    "module": Module,
    "grid_cell": GridCell,
    "officer": Officer,
    "calendar": Calendar,
    "vital": Vital,
}
"""Kinds the desk reads field by field. Every other kind is kept as it came."""
