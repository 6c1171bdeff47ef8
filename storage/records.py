"""What crosses the door of this package: frozen records, with the centre's JSON as the bytes it came in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

Project = Callable[[str, Json, list[Json]], Json]
"""The overlay: ``(kind, base, pending operations in order) -> what the officer sees``. Pure."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far the cache has followed the centre's log.

    Attributes:
        token: Opaque; handed back to the centre.
        lsn: Log position that `token` stands for.
        epoch: The centre's history; another epoch means another past.
        instance: Which centre.
        as_of: RFC 3339 server time up to which the cache is known complete.
    """

    token: str
    lsn: int
    epoch: str
    instance: str
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """One entry of the log. `op` is upsert, delete or revoke; `data` raw JSON (``b"null"`` for a removal)."""

    lsn: int
    kind: str
    id: str
    ver: int
    op: str
    data: bytes = b"null"
    by_op: str | None = None


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """One record of a snapshot page; `data` raw JSON."""

    kind: str
    id: str
    ver: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Applied:
    """What one call of `Cache.apply` changed, by kind.

    Attributes:
        upserted: Ids whose row is new or different.
        removed: Ids whose row is gone.
        skipped: Changes that were no newer than what the cache had.
        quarantined: Ids whose data was no JSON object; set aside, their old row stays.
    """

    upserted: dict[str, frozenset[str]] = field(default_factory=dict)
    removed: dict[str, frozenset[str]] = field(default_factory=dict)
    skipped: int = 0
    quarantined: dict[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """A cached object. `data` is the projected JSON: the centre's row with `pending` operations of this desk on it."""

    kind: str
    id: str
    ver: int
    data: bytes
    pending: int = 0


@dataclass(frozen=True, slots=True)
class Versions:
    """Which versions the cache holds of one kind.

    Attributes:
        living: Id and version of each object there is.
        moved: Ids of those that came, changed or went above the log position asked about.
    """

    living: dict[str, int]
    moved: frozenset[str]


@dataclass(frozen=True, slots=True)
class OrderQuery:
    """A filter and an order over work orders. None lets everything through.

    Attributes:
        states: Raw state names.
        open_only: Only orders that are not finished (see `storage.cache.columns.FINISHED_STATES`).
        urgency: Raw urgency names.
        source: Raw source names.
        module: Module ids.
        lead_department: Department ids.
        grid_cell: Ids of grid cells; "" where there is none.
        neighbourhood: Names of 居委; "" where there is none.
        mine: An officer's id and department: orders that one of the two answers for.
        text: Words of the officer; each must occur. Never query syntax.
        due_before: RFC 3339; orders due strictly before it.
        bbox: west, south, east, north in degrees (WGS-84), edges included.
        sort: due, urgency (most urgent first), opened, updated, number, state, or one of
            `storage.cache.board.layout.CODED`. Ties go by due time, then by arrival.
        clock: ``"late"`` (due before `now`), ``"near"`` (not late, and less than a quarter of the time from opened to
            due is left at `now`), or "" for all. Same rule as `Cache.order_totals`.
        now: RFC 3339; the centre's present time, for `clock`.
        supervised: Only orders under supervision.
        caller: Only orders of the caller with this hash.
        stuck: Only orders that lie with a department and are late at `now`, or were not touched since the RFC 3339 time
            given for their department; pairs of both.
        descending: Turn the whole order round. An order without a due time counts as due last of all.
    """

    states: frozenset[str] | None = None
    open_only: bool = True
    urgency: frozenset[str] | None = None
    source: frozenset[str] | None = None
    module: frozenset[str] | None = None
    lead_department: frozenset[str] | None = None
    grid_cell: frozenset[str] | None = None
    neighbourhood: frozenset[str] | None = None
    mine: tuple[str, str] | None = None
    text: str = ""
    due_before: str = ""
    bbox: tuple[float, float, float, float] | None = None
    sort: str = "due"
    descending: bool = False
    clock: str = ""
    now: str = ""
    supervised: bool = False
    caller: str = ""
    stuck: tuple[tuple[str, str], ...] | None = None


@dataclass(frozen=True, slots=True)
class OrderGroup:
    """How many orders of a question have one value of what it is grouped by."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class OpRecord:
    """One operation of this desk.

    Attributes:
        op_id: UUIDv7, known to the centre; the same for every attempt.
        device_seq: Gap-free number of this device.
        kind: Kind of the target; with `id` it names the lane.
        id: Id of the target.
        verb: What is to be done.
        payload: The wire's JSON, immutable.
        status: queued, sending, acked, conflict, rejected or discarded.
        attempts: How often sending failed.
        ack_lsn: Log position of its effect, once acked.
        ack_ver: Version of the target after it.
        code: Why it was refused.
        outcome: The centre's answer as raw JSON, ``b""`` before.
        created_at: RFC 3339, this machine's clock.
        centre: The instance of the centre it is for; it is sent to no other.
    """

    op_id: str
    device_seq: int
    kind: str
    id: str
    verb: str
    payload: bytes
    status: str = "queued"
    attempts: int = 0
    ack_lsn: int = 0
    ack_ver: int = 0
    code: str = ""
    outcome: bytes = b""
    created_at: str = ""
    centre: str = ""


@dataclass(frozen=True, slots=True)
class NewOp:
    """An operation to be written down; ``make(device_id, device_seq)`` gives its payload. Otherwise as `OpRecord`."""

    make: Callable[[str, int], bytes]
    kind: str
    id: str
    verb: str
    op_id: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the centre said about an operation; the fields as in `OpRecord`."""

    op_id: str
    status: str
    lsn: int = 0
    ver: int = 0
    code: str = ""
    outcome: bytes = b""


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """How many operations stand where; `unresolved` are conflicts and rejections waiting for the officer.

    `elsewhere` are those for other centres than the one in service, whatever their state.
    """

    queued: int = 0
    sending: int = 0
    acked: int = 0
    unresolved: int = 0
    elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class Notice:
    """Something `open_store` found and dealt with: a code as in `StorageError`, and its parameters."""

    code: str
    params: dict[str, str | int | float] = field(default_factory=dict)
