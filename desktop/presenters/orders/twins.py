"""Orders near an order: what was here before, and which of the open ones may be about the same."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher

from PySide6.QtCore import QCoreApplication

from desktop.central.lenient import read_as
from desktop.central.schema import WorkOrder
from desktop.domain.masking import mask_name, mask_text
from desktop.domain.sla import parse_time
from desktop.domain.workflow import OPEN_STATES
from desktop.presenters.directory import Directory
from desktop.presenters.labels import source_word, state_word
from desktop.presenters.times import clock_time, span
from storage.cache.cache import Cache
from storage.records import OrderQuery, Record
from widgets.detail.order import Choice, Compared

translate = QCoreApplication.translate

NEAR_M = 300.0
SAME_PLACE_M = 40.0
_READ_CAP = 200
_CALLS_CAP = 20
_SHOWN = 6
_WITHIN = timedelta(days=7)
_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)
_METRES_PER_DEGREE = 111_195.0
_ENOUGH = 0.9
"""Points from which an order counts as perhaps the same: a like title alone, or a place and a module."""


@dataclass(frozen=True, slots=True)
class Near:
    """An order near another one, and how far from it in metres."""

    id: str
    order: WorkOrder
    metres: float


def orders_near(cache: Cache, lon: float, lat: float, *, skip: str = "") -> list[Near]:
    """Return open and finished orders within `NEAR_M` of a point, nearest first, without the one with id `skip`."""
    high = NEAR_M / _METRES_PER_DEGREE
    wide = high / max(0.1, math.cos(math.radians(lat)))
    query = OrderQuery(
        open_only=False, bbox=(lon - wide, lat - high, lon + wide, lat + high), sort="opened", descending=True
    )
    found = [_near(record, lon, lat) for record in cache.orders(query, _READ_CAP) if record.id != skip]
    return sorted((near for near in found if near.metres <= NEAR_M), key=_metres)


def calls_of(cache: Cache, caller: str, *, skip: str = "") -> list[Near]:
    """Return what the caller with this hash reported before, newest first, wherever it was; nothing for ""."""
    if not caller:
        return []
    query = OrderQuery(caller=caller, open_only=False, sort="opened", descending=True)
    records = cache.orders(query, _CALLS_CAP)
    return [Near(record.id, read_as(WorkOrder, record.data), math.inf) for record in records if record.id != skip]


def _near(record: Record, lon: float, lat: float) -> Near:
    order = read_as(WorkOrder, record.data)
    point = order.place.point or [lon, lat]
    east = (point[0] - lon) * math.cos(math.radians(lat))
    return Near(record.id, order, math.hypot(east, point[1] - lat) * _METRES_PER_DEGREE)


def _metres(near: Near) -> float:
    return near.metres


def likeness(one: WorkOrder, near: Near) -> float:
    """Return how much speaks for the same matter: 0 nothing, about 1 likely, up to 3."""
    other = near.order
    points = 0.5 * max(0.0, 1 - near.metres / NEAR_M)
    points += 0.5 * (bool(one.module) and one.module == other.module)
    points += SequenceMatcher(None, one.title, other.title, autojunk=False).ratio()
    points += bool(one.caller.hash) and one.caller.hash == other.caller.hash
    return points


def twins(one: WorkOrder, near: Sequence[Near], directory: Directory, now: datetime) -> tuple[Choice, ...]:
    """Return the open orders that may be about the same as `one`, the likeliest first, each to be compared with it."""
    opened = parse_time(one.opened_at) or now
    scored = [
        (likeness(one, candidate), candidate)
        for candidate in near
        if candidate.order.state in OPEN_STATES
        and abs((parse_time(candidate.order.opened_at) or opened) - opened) <= _WITHIN
    ]
    likely = sorted((pair for pair in scored if pair[0] >= _ENOUGH), key=_score, reverse=True)
    return tuple(_choice(one, candidate, directory, now) for _, candidate in likely[:_SHOWN])


def _score(pair: tuple[float, Near]) -> float:
    return pair[0]


def _choice(one: WorkOrder, near: Near, directory: Directory, now: datetime) -> Choice:
    other = near.order
    mine, theirs = parse_time(one.opened_at) or now, parse_time(other.opened_at)
    apart = span(theirs - mine) if theirs is not None else ""
    hint = translate("Twins", "{metres} m · 相隔 {apart}").format(metres=round(near.metres), apart=apart)
    same_caller = bool(one.caller.hash) and one.caller.hash == other.caller.hash
    lines = (
        Compared(translate("Twins", "标题"), mask_text(one.title), mask_text(other.title)),
        Compared(translate("Twins", "地点"), mask_text(one.place.address), mask_text(other.place.address)),
        Compared(translate("Twins", "时间"), clock_time(mine, now), clock_time(theirs, now)),
        Compared(translate("Twins", "来源"), source_word(one.source), source_word(other.source)),
        Compared(
            translate("Twins", "诉求人"),
            mask_name(one.caller.name),
            translate("Twins", "同一人") if same_caller else mask_name(other.caller.name),
        ),
        Compared(translate("Twins", "环节"), state_word(one.state), state_word(other.state)),
        Compared(translate("Twins", "承办"), _unit(one, directory), _unit(other, directory)),
    )
    return Choice(
        near.id,
        mask_text(other.title) or other.number,
        hint=hint,
        search=other.number,
        compared=tuple(line for line in lines if line.mine or line.theirs),
    )


def _unit(order: WorkOrder, directory: Directory) -> str:
    return directory.department(order.lead_department) if order.lead_department else ""


def earlier_here(one: WorkOrder, near: Sequence[Near], calls: Sequence[Near]) -> list[tuple[Near, str]]:
    """Return what was here before `one` and what the same person reported elsewhere, newest first, and why each."""
    same_place, same_caller = translate("Twins", "同地点"), translate("Twins", "同一诉求人")
    found: dict[str, tuple[Near, str]] = {}
    for other in near:
        if other.metres <= SAME_PLACE_M:
            found[other.id] = (other, same_place)
    for other in (*near, *calls):
        if one.caller.hash and other.order.caller.hash == one.caller.hash:
            found[other.id] = (other, same_caller)
    return sorted(found.values(), key=_first_opened, reverse=True)[:_SHOWN]


def _first_opened(entry: tuple[Near, str]) -> datetime:
    return _opened(entry[0])


def _opened(near: Near) -> datetime:
    return parse_time(near.order.opened_at) or _LONG_AGO
