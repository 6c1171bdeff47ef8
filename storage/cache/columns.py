"""From the JSON of an object to the columns that lists sort, filter and search by.

The centre's data is not ours to trust: a missing or odd value costs that column, never the row.
"""

import json
import math
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec

from storage.records import Json
from storage.words import Searched, dense_runs

FINISHED_STATES = frozenset({"closed", "replied", "archived", "refused", "voided", "merged"})
"""States of orders that need nobody any more. A state we do not know counts as open: better shown than missed."""

NEVER = 253_402_300_800_000
"""Milliseconds of the year 10000: orders without a time limit come after all others."""

URGENCY_RANKS = {"critical": 0, "extra_urgent": 0, "very_urgent": 0, "特急": 0, "urgent": 1, "high": 1, "紧急": 1}
"""0 is the most urgent; a value that is not here ranks as ordinary."""
_ORDINARY = 2

LARGEST_INTEGER = 2**63 - 1
"""Of SQLite; versions and log positions beyond it are nonsense."""

_DATUMS = frozenset({"", "WGS-84", "WGS84", "EPSG:4326", "CGCS2000"})  # CGCS2000 agrees to centimetres
_COLUMN_LIMIT = 200
_NUMBERS = (int, float)  # and no bool
_LONGEST_NUMBER = 10**18
_NEAR_SHARE = 0.25  # of the time an order has, as in the hall's rule for 临期


class Facts(NamedTuple):
    """What the columns hold of one object.

    Attributes:
        values: The table's own columns, in its order, after n, id, digest, lon and lat.
        searched: What goes into the index of words.
        digest: Of `searched`, 63 bits.
        point: lon, lat in degrees, or None.
    """

    values: tuple[str | int, ...]
    searched: Searched
    digest: int
    point: tuple[float, float] | None


class _Place(msgspec.Struct, gc=False):
    address: str | None = None
    neighbourhood: str | None = None
    grid_cell: str | None = None
    point: list[float] | None = None
    datum: str | None = None


class _Category(msgspec.Struct, gc=False):
    major: str | None = None
    minor: str | None = None
    fine: str | None = None


class _Caller(msgspec.Struct, gc=False):
    hash: str | None = None


class _Order(msgspec.Struct, gc=False):
    place: _Place | None = None
    category: _Category | None = None
    number: str | None = None
    title: str | None = None
    description: str | None = None
    state: str | None = None
    urgency: str | None = None
    source: str | None = None
    module: str | None = None
    lead_department: str | None = None
    owner: str | None = None
    caller: _Caller | None = None
    supervised: bool | None = None
    due: datetime | None = None
    opened_at: datetime | None = None
    updated_at: datetime | None = None
    closed_at: datetime | None = None


def order_facts(order: Json) -> Facts:
    """Read a work order."""
    try:
        read = msgspec.convert(order, _Order)
    except msgspec.ValidationError:
        read = msgspec.convert(_mended(order), _Order)
    place, category = read.place or _NOWHERE, read.category or _NO_CATEGORY
    number, state, urgency = _short(read.number), _short(read.state), _short(read.urgency)
    address, neighbourhood = place.address or "", _short(place.neighbourhood)
    due, opened = _milliseconds(read.due, NEVER), _milliseconds(read.opened_at, 0)
    searched = Searched(
        texts=(
            read.title or "",
            read.description or "",
            address,
            neighbourhood,
            _short(category.major),
            _short(category.minor),
            _short(category.fine),
        ),
        codes=(number,),
        names=(*dense_runs(address[:_COLUMN_LIMIT]), *dense_runs(neighbourhood)),
    )
    values = (
        number,
        state,
        int(state not in FINISHED_STATES),
        urgency,
        URGENCY_RANKS.get(urgency, _ORDINARY),
        _short(read.source),
        _short(read.module),
        _short(read.lead_department),
        int(bool(read.supervised)),
        due,
        due - int((due - opened) * _NEAR_SHARE) if 0 < opened < due < NEVER else due,
        opened,
        _milliseconds(read.updated_at, 0),
        _milliseconds(read.closed_at, 0),
        _short(place.grid_cell),
        neighbourhood,
        _short(read.owner),
        _short(read.caller.hash) if read.caller is not None else "",
    )
    return Facts(values, searched, _digest(searched), _believable(place.point, place.datum or ""))


def camera_facts(camera: Json) -> Facts:
    """Read a camera."""
    place = _object(camera.get("place"))
    name, address = _text(camera.get("name")), _text(place.get("address"))
    searched = Searched(
        texts=(_text(place.get("neighbourhood")), name, address),
        codes=(_text(camera.get("number")), _text(camera.get("code"))),
        names=(name, address),
    )
    working = camera.get("health") == "online" and not camera.get("retired")
    return Facts((name, int(working)), searched, _digest(searched), point_of(place))


def point_of(place: Json) -> tuple[float, float] | None:
    """Return lon and lat of a place in degrees, or None if it has no believable WGS-84 point."""
    return _believable(place.get("point"), _text(place.get("datum")))


def milliseconds(value: object, missing: int) -> int:
    """Return an RFC 3339 time as milliseconds since 1970 UTC, or `missing`; without an offset it counts as UTC."""
    return _milliseconds(_time(value), missing)


def read_object(kind: str, data: bytes) -> tuple[bytes, Facts | None] | None:
    """Return `data` as JSON that every reader of ours takes, with its facts; None if it is no JSON object.

    The bytes are nearly always `data` itself; NaN, infinities and lone surrogates, which some programs write and JSON
    has not, are replaced. The decoded object is not kept: thousands of them at once keep the garbage collector busy.
    """
    try:
        value: object = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        repaired = _repaired(data)
        if repaired is None:
            return None
        data, value = repaired
    return (data, facts_of(kind, value)) if isinstance(value, dict) else None


def facts_of(kind: str, value: Json) -> Facts | None:
    """Return what the columns hold of an object, or None if its kind has no columns."""
    read = _READERS.get(kind)
    return read(value) if read is not None else None


def _repaired(data: bytes) -> tuple[bytes, Json] | None:
    try:
        value = _finite(json.loads(data))
        if not isinstance(value, dict):
            return None
        clean = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        return clean, msgspec.json.decode(clean)
    except (ValueError, RecursionError, msgspec.DecodeError):
        return None


def _finite(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_finite(each) for each in value]
    return value


def _mended(order: Json) -> Json:
    """Return what `_Order` can be made of: odd values of another type as text, or left out."""
    mended: Json = {name: _long_text(order.get(name)) for name in _ORDER_TEXTS}
    place, category = _object(order.get("place")), _object(order.get("category"))
    point = point_of(place)
    mended["place"] = {
        "address": _long_text(place.get("address")),
        "neighbourhood": _text(place.get("neighbourhood")),
        "grid_cell": _text(place.get("grid_cell")),
        "point": list(point) if point else None,
    }
    mended["category"] = {name: _text(category.get(name)) for name in ("major", "minor", "fine")}
    mended["caller"] = {"hash": _text(_object(order.get("caller")).get("hash"))}
    mended["supervised"] = bool(order.get("supervised"))
    return mended | {name: _time(order.get(name)) for name in _TIMES}


def _believable(point: object, datum: str) -> tuple[float, float] | None:
    if not isinstance(point, list) or len(point) < 2 or datum not in _DATUMS:
        return None
    lon, lat = point[0], point[1]
    if type(lon) not in _NUMBERS or type(lat) not in _NUMBERS:
        return None
    if not (-180 <= lon <= 180 and -90 <= lat <= 90) or lon == lat == 0:  # (0, 0) is a forgotten point, not a place
        return None
    return float(lon), float(lat)


def _digest(searched: Searched) -> int:
    joined = "\x1e".join(["\x1f".join(part) for part in searched])
    return int.from_bytes(blake2b(joined.encode("utf-8", "replace"), digest_size=8).digest()) >> 1


def _time(value: object) -> datetime | None:
    if not isinstance(value, str) or not value:
        return None
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _milliseconds(time: datetime | None, missing: int) -> int:
    if time is None:
        return missing
    try:
        return int((time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp() * 1000)
    except OverflowError:
        return missing


def _short(text: str | None) -> str:
    return text[:_COLUMN_LIMIT] if text else ""


def _object(value: object) -> Json:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    if isinstance(value, str):
        return value[:_COLUMN_LIMIT]
    if type(value) is float or (type(value) is int and abs(value) < _LONGEST_NUMBER):
        return repr(value)
    return ""


def _long_text(value: object) -> str:
    return value if isinstance(value, str) else _text(value)


_NOWHERE, _NO_CATEGORY = _Place(), _Category()
_TIMES = ("due", "opened_at", "updated_at", "closed_at")
_ORDER_TEXTS = ("number", "title", "description", "state", "urgency", "source", "module", "lead_department", "owner")
_READERS = {"work_order": order_facts, "camera": camera_facts}
