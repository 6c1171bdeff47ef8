"""The wire types of the central API, version 1, as msgspec structs.

Source: `resources/contract/central.openapi.yaml`; a test holds the two together. Decoding ignores unknown fields and
leaves enumerations as plain strings, so that a newer centre never breaks an older desk. `data` of a record stays the
raw JSON bytes it arrived in: unknown fields survive the cache and come back untouched.
"""

from __future__ import annotations

from typing import Any

import msgspec

Json = dict[str, Any]


class Wire(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base of all wire types: immutable, defaults left out when written."""


# --- identity -------------------------------------------------------------------------------------------------------


class Officer(Wire, frozen=True):
    """Who is signed in, and what for."""

    id: str
    name: str
    staff_no: str = ""
    department: str = ""
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


class Target(Wire, frozen=True):
    """The object an operation is about."""

    kind: str
    id: str


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


# --- media ----------------------------------------------------------------------------------------------------------


class LiveRequest(Wire, frozen=True):
    """Body of `POST /v1/cameras/{id}/live`."""

    profile: str = "sub"
    accept: list[str] = msgspec.field(default_factory=lambda: ["rtsp", "http-ts", "hls"])
    purpose: str | None = None


class LiveAddress(Wire, frozen=True):
    """A short-lived address of a live stream; credentials are never inside the URL."""

    url: str
    protocol: str = "rtsp"
    username: str | None = None
    password: str | None = None
    expires_at: str | None = None


# --- records: `data` of each kind that the desk reads field by field ------------------------------------------------


class Category(Wire, frozen=True):
    """大类 / 小类 / 细类, as words of the city."""

    major: str = ""
    minor: str = ""
    fine: str = ""


class Place(Wire, frozen=True):
    """Where: `point` is ``[lon, lat]`` in `datum` (WGS-84 unless said otherwise)."""

    address: str = ""
    point: list[float] | None = None
    datum: str = "WGS-84"
    grid_cell: str = ""
    neighbourhood: str = ""


class Caller(Wire, frozen=True):
    """Who reported it; the centre sends it masked to seats that may not see it."""

    name: str = ""
    phone: str = ""
    hash: str = ""


class Limit(Wire, frozen=True):
    """A time limit of one stage; `due` is an absolute server time, computed by the centre.

    `start`, `minutes` and `calendar` (an id; empty: around the clock) say how, before pauses and extensions.
    """

    stage: str
    due: str = ""
    rule: str = ""
    start: str = ""
    minutes: int = 0
    calendar: str = ""


class HistoryLine(Wire, frozen=True):
    """One line of an order's history. `actor` is "系统" for automatic changes; `officer` is the id of a person."""

    at: str
    verb: str
    actor: str = ""
    officer: str = ""
    department: str = ""
    state: str = ""
    text: str = ""
    op_id: str = ""


class Supervision(Wire, frozen=True):
    """督办: who ordered it and when the answer is due."""

    by: str = ""
    due: str = ""
    text: str = ""


class Request(Wire, frozen=True):
    """More time, or a return as “no need”, that waits for two people: one reviews, another approves."""

    until: str = ""
    reason: str = ""
    asked_by: str = ""
    asked_at: str = ""
    reviewer: str = ""
    reviewed_by: str = ""


class Extension(Wire, frozen=True):
    """More time that was granted: until when, and what the limit was before."""

    until: str = ""
    reason: str = ""
    before: str = ""
    by: str = ""
    at: str = ""


class Merge(Wire, frozen=True):
    """Into which order this one was merged, and the state it had."""

    into: str = ""
    state: str = ""
    by: str = ""
    at: str = ""


class WorkOrder(Wire, frozen=True):
    """`data` of kind ``work_order``. States and verbs: `desktop.domain.workflow`."""

    number: str = ""
    title: str = ""
    description: str = ""
    source: str = ""
    module: str = ""
    category: Category = Category()
    urgency: str = "normal"
    severity: str = ""
    place: Place = Place()
    caller: Caller = Caller()
    lead_department: str = ""
    departments: list[str] = []
    state: str = ""
    limits: list[Limit] = []
    due: str = ""
    opened_at: str = ""
    updated_at: str = ""
    closed_at: str = ""
    owner: str = ""
    supervised: Supervision | None = None
    suspended_until: str = ""
    extension: Request | None = None
    extensions: list[Extension] = []
    return_review: Request | None = None
    level: str = ""
    satisfaction: str = ""
    merged: Merge | None = None
    incident: str = ""
    cameras: list[str] = []
    duplicates: list[str] = []
    attachments: list[str] = []
    history: list[HistoryLine] = []


class Incident(Wire, frozen=True):
    """`data` of kind ``incident``. `level`: red, orange, yellow, blue; `state`: open, handling, closed."""

    title: str = ""
    type: str = ""
    level: str = "blue"
    state: str = "open"
    place: Place = Place()
    opened_at: str = ""
    updated_at: str = ""
    closed_at: str = ""
    orders: list[str] = []
    text: str = ""


class Camera(Wire, frozen=True):
    """`data` of kind ``camera``. `health`: online, offline, frozen, black; `bearing` in degrees from north."""

    code: str = ""
    number: str = ""
    name: str = ""
    place: Place = Place()
    health: str = "online"
    health_since: str = ""
    bearing: float | None = None
    field_of_view: float | None = None
    height_m: float | None = None
    ptz: bool = False
    profiles: list[str] = msgspec.field(default_factory=lambda: ["sub", "main"])
    retired: bool = False


class Alert(Wire, frozen=True):
    """`data` of kind ``alert``. `level` as for incidents; `state`: open, acknowledged, handled, recovered, closed."""

    title: str = ""
    level: str = "blue"
    state: str = "open"
    source: str = ""
    text: str = ""
    place: Place = Place()
    raised_at: str = ""
    count: int = 1
    order: str = ""
    camera: str = ""
    history: list[HistoryLine] = []


class Department(Wire, frozen=True):
    """`data` of kind ``department``."""

    name: str = ""
    short: str = ""
    unit: bool = True


class Module(Wire, frozen=True):
    """`data` of kind ``module``: a field of work and who leads it."""

    name: str = ""
    lead_department: str = ""
    departments: list[str] = []


class GridCell(Wire, frozen=True):
    """`data` of kind ``grid_cell``: `ring` is a closed list of ``[lon, lat]``."""

    name: str = ""
    neighbourhood: str = ""
    ring: list[list[float]] = []


class Calendar(Wire, frozen=True):
    """`data` of kind ``calendar``: when people work. Days are dates, `hours` pairs of times of the day."""

    name: str = ""
    utc_offset_minutes: int = 0
    weekdays: list[int] = msgspec.field(default_factory=lambda: [1, 2, 3, 4, 5])
    hours: list[list[str]] = []
    holidays: list[str] = []
    workdays: list[str] = []


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
}
"""Kinds the desk reads field by field. Every other kind is kept as it came."""
