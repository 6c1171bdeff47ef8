"""From the JSON of an object to the columns that lists sort, filter and search by.

The centre's data is not ours to trust: a missing or odd value costs that column, never the row.
"""

import json
import math
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec

from storage.records import Json
from storage.words import index_words

FINISHED_STATES = frozenset({"closed", "replied", "archived", "refused", "voided"})
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
        digest: Of the searched texts, 63 bits.
        words: Makes the words of the index; asked only when the digest changed.
        point: lon, lat in degrees, or None.
    """

    values: tuple[str | int, ...]
    digest: int
    words: Callable[[], str]
    point: tuple[float, float] | None


class _Words(NamedTuple):
    texts: tuple[str, ...]
    codes: tuple[str, ...]
    names: tuple[str, ...] = ()

    def digest(self) -> int:
        joined = "\x1f".join((*self.texts, "\x1e", *self.codes, "\x1e", *self.names))
        return int.from_bytes(blake2b(joined.encode("utf-8", "replace"), digest_size=8).digest()) >> 1

    def make(self) -> str:
        return index_words(self.texts, self.codes, self.names)


def order_facts(order: Json) -> Facts:
    """Read a work order."""
    place, category = _object(order.get("place")), _object(order.get("category"))
    state, urgency, number = _text(order.get("state")), _text(order.get("urgency")), _text(order.get("number"))
    due = milliseconds(order.get("due"), NEVER)
    opened = milliseconds(order.get("opened_at"), 0)
    words = _Words(
        texts=(
            _long_text(order.get("title")),
            _long_text(order.get("description")),
            _long_text(place.get("address")),
            _text(place.get("neighbourhood")),
            _text(category.get("major")),
            _text(category.get("minor")),
            _text(category.get("fine")),
        ),
        codes=(number,),
    )
    values = (
        number,
        state,
        int(state not in FINISHED_STATES),
        urgency,
        URGENCY_RANKS.get(urgency, _ORDINARY),
        _text(order.get("source")),
        _text(order.get("module")),
        _text(order.get("lead_department")),
        int(bool(order.get("supervised"))),
        due,
        due - int((due - opened) * _NEAR_SHARE) if 0 < opened < due < NEVER else due,
        opened,
        milliseconds(order.get("updated_at"), 0),
        milliseconds(order.get("closed_at"), 0),
    )
    return Facts(values, words.digest(), words.make, point_of(place))


def camera_facts(camera: Json) -> Facts:
    """Read a camera."""
    place = _object(camera.get("place"))
    name = _text(camera.get("name"))
    words = _Words(
        texts=(_text(place.get("neighbourhood")),),
        codes=(_text(camera.get("number")), _text(camera.get("code"))),
        names=(name, _text(place.get("address"))),
    )
    working = camera.get("health") == "online" and not camera.get("retired")
    return Facts((name, int(working)), words.digest(), words.make, point_of(place))


def point_of(place: Json) -> tuple[float, float] | None:
    """Return lon and lat of a place in degrees, or None if it has no believable WGS-84 point."""
    point = place.get("point")
    if not isinstance(point, list) or len(point) < 2 or _text(place.get("datum")) not in _DATUMS:
        return None
    lon, lat = point[0], point[1]
    if type(lon) not in _NUMBERS or type(lat) not in _NUMBERS:
        return None
    if not (-180 <= lon <= 180 and -90 <= lat <= 90) or lon == lat == 0:  # (0, 0) is a forgotten point, not a place
        return None
    return float(lon), float(lat)


def milliseconds(value: object, missing: int) -> int:
    """Return an RFC 3339 time as milliseconds since 1970 UTC, or `missing`; without an offset it counts as UTC."""
    if not isinstance(value, str) or not value:
        return missing
    try:
        time = datetime.fromisoformat(value)
        return int((time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp() * 1000)
    except (ValueError, OverflowError):
        return missing


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


_READERS = {"work_order": order_facts, "camera": camera_facts}
