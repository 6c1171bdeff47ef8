"""RFC 3339 times as milliseconds since 1970, UTC.

An order has up to four of them. Read one by one they take as long as all the rest of its row, so those of many orders
are read at once, on an array of their characters; what is not written in one of the usual ways is read by itself.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_USUAL = {
    len(pattern): pattern
    for pattern in (
        "0000-00-00T00:00:00Z",
        "0000-00-00T00:00:00.000Z",
        "0000-00-00T00:00:00+00:00",
        "0000-00-00T00:00:00.000+00:00",
    )
}
"""0 is any digit, + either sign."""

_Numbers = npt.NDArray[np.int64]


def milliseconds(value: object, missing: int) -> int:
    """Return a time as milliseconds, or `missing` if that is none; without an offset it counts as UTC."""
    if not isinstance(value, str) or not value:
        return missing
    try:
        time = datetime.fromisoformat(value)
        return ((time if time.tzinfo else time.replace(tzinfo=UTC)) - _EPOCH) // _MILLISECOND
    except (ValueError, OverflowError):
        return missing


def milliseconds_of(texts: Sequence[str], missing: int) -> _Numbers:
    """Return `milliseconds` of each text."""
    found = np.full(len(texts), missing, np.int64)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    unread = lengths > 0
    for length, pattern in _USUAL.items():
        places = np.flatnonzero(lengths == length)
        if len(places):
            values, is_usual = _at_once([texts[place] for place in places.tolist()], pattern)
            places = places[is_usual]
            found[places] = values[is_usual]
            unread[places] = False
    for place in np.flatnonzero(unread).tolist():
        found[place] = milliseconds(texts[place], missing)
    return found


def _at_once(texts: list[str], pattern: str) -> tuple[_Numbers, npt.NDArray[np.bool_]]:
    """Return the milliseconds of texts as long as `pattern`, and which of them are written like it."""
    joined = np.frombuffer("".join(texts).encode("ascii", "replace"), np.uint8)
    characters = np.ascontiguousarray(joined.reshape(len(texts), len(pattern)).T)
    digits = characters - np.uint8(ord("0"))  # what is below "0" comes out above 9
    meant = np.frombuffer(pattern.encode(), np.uint8)
    is_sign, is_digit = meant == ord("+"), meant == ord("0")
    is_usual = (digits[is_digit] <= 9).all(axis=0)
    is_usual &= (characters[~(is_digit | is_sign)] == meant[~(is_digit | is_sign), None]).all(axis=0)
    is_usual &= np.isin(characters[is_sign], (ord("+"), ord("-"))).all(axis=0)
    year, month, day = _number(digits, 0, 4), _number(digits, 5, 7), _number(digits, 8, 10)
    hour, minute, second = (_number(digits, place, place + 2) for place in (11, 14, 17))
    is_usual &= (year >= 1) & (month >= 1) & (month <= 12) & (hour <= 23) & (minute <= 59) & (second <= 59)
    months = np.where(is_usual, (year - 1970) * 12 + month - 1, 0).astype("M8[M]")
    days = months.astype("M8[D]").astype(np.int64)
    is_usual &= (day >= 1) & (day <= (months + 1).astype("M8[D]").astype(np.int64) - days)
    value = (((days + day - 1) * 24 + hour) * 60 + minute) * 60 + second
    if pattern.endswith("+00:00"):
        sign = len(pattern) - 6
        hours, minutes = _number(digits, sign + 1, sign + 3), _number(digits, sign + 4, sign + 6)
        is_usual &= (hours <= 23) & (minutes <= 59)
        offset = (hours * 60 + minutes) * 60
        value -= np.where(characters[sign] == ord("-"), -offset, offset)
    value *= 1_000
    if "." in pattern:
        value += _number(digits, 20, 23)
    return value, is_usual


def _number(digits: npt.NDArray[np.uint8], first: int, end: int) -> _Numbers:
    value: _Numbers = digits[first].astype(np.int64)
    for place in range(first + 1, end):
        value *= 10
        value += digits[place]
    return value
