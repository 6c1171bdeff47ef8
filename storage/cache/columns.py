"""From the JSON of an object to the columns that lists sort, filter and search by.

The centre's data is not ours to trust: a missing or odd value costs that column, never the row.
"""

import json
import math
from collections.abc import Callable
from typing import Annotated, Any, NamedTuple
from zlib import adler32, crc32

import msgspec

from storage.records import Json
from storage.words import Searched

FINISHED_STATES = frozenset({"closed", "replied", "archived", "refused", "voided", "merged"})
"""States of orders that need nobody any more. A state we do not know counts as open: better shown than missed."""

NEVER = 253_402_300_800_000
"""Milliseconds of the year 10000: orders without a time limit come after all others."""

URGENCY_RANKS = {"critical": 0, "extra_urgent": 0, "very_urgent": 0, "特急": 0, "urgent": 1, "high": 1, "紧急": 1}
"""0 is the most urgent; a value that is not here ranks as ordinary."""
ORDINARY = 2

LARGEST_INTEGER = 2**63 - 1
"""Of SQLite; versions and log positions beyond it are nonsense."""

_DATUMS = frozenset({"", "WGS-84", "WGS84", "EPSG:4326", "CGCS2000"})  # CGCS2000 agrees to centimetres
_COLUMN_LIMIT = 200
_NUMBERS = (int, float)  # and no bool
_LONGEST_NUMBER = 10**18


_Short = Annotated[str, msgspec.Meta(max_length=_COLUMN_LIMIT)] | None


class _Place(msgspec.Struct, gc=False):
    address: str | None = None
    neighbourhood: _Short = None
    grid_cell: _Short = None
    point: tuple[float, ...] | None = None
    datum: str | None = None


class _Category(msgspec.Struct, gc=False):
    major: _Short = None
    minor: _Short = None
    fine: _Short = None


class _Caller(msgspec.Struct, gc=False):
    hash: _Short = None


class OrderFacts(msgspec.Struct, gc=False):
    """What a work order is listed and found by, as the centre wrote it.

    Thousands live at once while a log comes in; the garbage collector need not look at them, for they hold no cycles.
    """

    place: _Place | None = None
    category: _Category | None = None
    number: _Short = None
    title: str | None = None
    description: str | None = None
    state: _Short = None
    urgency: _Short = None
    source: _Short = None
    module: _Short = None
    lead_department: _Short = None
    owner: _Short = None
    caller: _Caller | None = None
    supervised: bool | None = None
    due: str | None = None
    opened_at: str | None = None
    updated_at: str | None = None
    closed_at: str | None = None

    def texts(self) -> tuple[str, ...]:
        """Return what is searched of it; the number comes last."""
        place, category = self.place or _NOWHERE, self.category or _NO_CATEGORY
        return (
            self.title or "",
            self.description or "",
            place.address or "",
            place.neighbourhood or "",
            category.major or "",
            category.minor or "",
            category.fine or "",
            self.number or "",
        )

    def searched(self) -> Searched:
        """Return what goes into the index of words."""
        *texts, number = self.texts()
        _, _, address, neighbourhood, *_ = texts
        return Searched(tuple(texts), (number,), places=(address[:_COLUMN_LIMIT], neighbourhood))

    def point(self) -> tuple[float, float] | None:
        """Return lon and lat in degrees, or None."""
        place = self.place
        return _believable(place.point, place.datum or "") if place is not None else None


class CameraFacts(NamedTuple):
    """What a camera is listed and found by; texts as the centre wrote them. `working`: online, and not retired."""

    name: str
    working: bool
    searched: Searched
    digest: int
    point: tuple[float, float] | None


Facts = OrderFacts | CameraFacts


def order_facts(order: Json) -> OrderFacts:
    """Read a work order."""
    try:
        return msgspec.convert(order, OrderFacts)
    except msgspec.ValidationError:
        return msgspec.convert(_mended(order), OrderFacts)


def camera_facts(camera: Json) -> CameraFacts:
    """Read a camera."""
    place = _object(camera.get("place"))
    name, address = _text(camera.get("name")), _text(place.get("address"))
    texts = (_text(place.get("neighbourhood")), name, address)
    codes = (_text(camera.get("number")), _text(camera.get("code")))
    working = camera.get("health") == "online" and not camera.get("retired")
    searched = Searched(texts, codes, (name, address))
    return CameraFacts(name, working, searched, digest_of(texts + codes), point_of(place))


def point_of(place: Json) -> tuple[float, float] | None:
    """Return lon and lat of a place in degrees, or None if it has no believable WGS-84 point."""
    return _believable(place.get("point"), _text(place.get("datum")))


def read_object(kind: str, data: bytes) -> tuple[bytes, Facts | None] | None:
    """Return `data` as JSON that every reader of ours takes, with its facts; None if it is no JSON object.

    The bytes are nearly always `data` itself; NaN, infinities and lone surrogates, which some programs write and JSON
    has not, are replaced. The decoded object is not kept: thousands of them at once keep the garbage collector busy.
    """
    try:
        value: object = _decode(data)
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
    mended: Json = {name: _text(order.get(name)) for name in _ORDER_TEXTS}
    mended |= {name: _long_text(order.get(name)) for name in ("title", "description")}
    place, category = _object(order.get("place")), _object(order.get("category"))
    point = point_of(place)
    mended["place"] = {
        "address": _long_text(place.get("address")),
        "neighbourhood": _text(place.get("neighbourhood")),
        "grid_cell": _text(place.get("grid_cell")),
        "point": point or None,
    }
    mended["category"] = {name: _text(category.get(name)) for name in ("major", "minor", "fine")}
    mended["caller"] = {"hash": _text(_object(order.get("caller")).get("hash"))}
    mended["supervised"] = bool(order.get("supervised"))
    return mended | {name: value for name in _TIMES if isinstance(value := order.get(name), str)}


def _believable(point: object, datum: str) -> tuple[float, float] | None:
    if not isinstance(point, list | tuple) or len(point) < 2 or datum not in _DATUMS:
        return None
    lon, lat = point[0], point[1]
    if type(lon) not in _NUMBERS or type(lat) not in _NUMBERS:
        return None
    if not (-180 <= lon <= 180 and -90 <= lat <= 90) or lon == lat == 0:  # (0, 0) is a forgotten point, not a place
        return None
    return float(lon), float(lat)


def digest_of(texts: tuple[str, ...]) -> int:
    """Return 63 bits that change with the texts."""
    joined = "\x1f".join(texts).encode("utf-8", "replace")
    return crc32(joined) << 31 | adler32(joined) >> 1  # not against forgery: to see that a text has changed


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


_decode = msgspec.json.Decoder().decode
_NOWHERE, _NO_CATEGORY = _Place(), _Category()
_TIMES = ("due", "opened_at", "updated_at", "closed_at")
_ORDER_TEXTS = ("number", "state", "urgency", "source", "module", "lead_department", "owner")
_READERS: dict[str, Callable[[Json], Facts]] = {"work_order": order_facts, "camera": camera_facts}
