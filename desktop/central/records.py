"""The records of the central API: `data` of each kind that the desk reads field by field.

Source: `resources/contract/central.openapi.yaml`; see `desktop.central.schema`, which names them all.
"""

# ruff: noqa: RUF012 - a struct of msgspec gives each instance its own copy of an empty default

from __future__ import annotations

import msgspec

from desktop.central.wire import Wire


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


class Attachment(Wire, frozen=True):
    """A file that belongs to an order. The record names it; `GET /v1/files/{sha256}` has it once it has arrived."""

    sha256: str
    name: str = ""
    media_type: str = ""
    size: int = 0
    by: str = ""
    at: str = ""
    op_id: str = ""


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
    attachments: list[Attachment] = []
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


class Lease(Wire, frozen=True):
    """Who may move a camera now, until `idle_s` seconds after the last command. `id` is of the claiming operation."""

    id: str
    officer: str = ""
    by: str = ""
    at: str = ""
    idle_s: float = 60


class Preset(Wire, frozen=True):
    """A view of a camera that is kept by name (预置位); see `PtzState` for the numbers."""

    id: str
    name: str = ""
    pan: float = 0
    tilt: float = 0
    zoom: float = 1


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
    lease: Lease | None = None
    presets: list[Preset] = []
    history: list[HistoryLine] = []


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
    """`data` of kind ``department``; an order may lie with it untouched for `idle_minutes` (0: no limit)."""

    name: str = ""
    short: str = ""
    unit: bool = True
    idle_minutes: int = 0


class Module(Wire, frozen=True):
    """`data` of kind ``module``: a field of work and who leads it."""

    name: str = ""
    lead_department: str = ""
    departments: list[str] = []


class GridCell(Wire, frozen=True):
    """`data` of kind ``grid_cell``: `ring` is a closed list of ``[lon, lat]``, `leads` department by module."""

    name: str = ""
    neighbourhood: str = ""
    ring: list[list[float]] = []
    leads: dict[str, str] = {}


class Vital(Wire, frozen=True):
    """`data` of kind ``vital``: an instrument. `low` and `high` are the bounds beyond which it is an alert."""

    name: str = ""
    unit: str = ""
    place: Place = Place()
    low: float | None = None
    high: float | None = None


class Calendar(Wire, frozen=True):
    """`data` of kind ``calendar``: when people work. Days are dates, `hours` pairs of times of the day."""

    name: str = ""
    utc_offset_minutes: int = 0
    weekdays: list[int] = msgspec.field(default_factory=lambda: [1, 2, 3, 4, 5])
    hours: list[list[str]] = []
    holidays: list[str] = []
    workdays: list[str] = []
