"""Everything that is read around one order before it can be shown; all of it on the reader thread."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.central.lenient import read_as
from desktop.central.schema import Camera, Incident, WorkOrder
from desktop.domain.dispatch import NO_ADVICE, Advice, CaseBook
from desktop.domain.sight import Sighting, sighting
from desktop.presenters.directory import Directory
from desktop.presenters.orders.cases import advise
from desktop.presenters.orders.twins import Near, calls_of, orders_near
from desktop.presenters.whereabouts import lon_lat, mount_of
from storage.cache.cache import Cache
from storage.duty.duty import Duty
from storage.records import OpRecord, Record

NEAR_M = 500
_NEAR_CAP = 99
_CAMERAS_JUDGED = 24
_CAMERAS_SHOWN = 3
_DUPLICATES_CAP = 20


@dataclass(frozen=True, slots=True)
class Watching:
    """A working camera near the order, and how it stands to it."""

    id: str
    camera: Camera
    seen: Sighting


@dataclass(frozen=True, slots=True)
class Subject:
    """What was read of one order.

    Attributes:
        record: The order, projected.
        unsettled: Operations of this desk on it that the cache does not cover yet, refused ones included.
        cameras_near: Working cameras within `NEAR_M` metres of it.
        watching: The cameras likeliest to see it, best first.
        near_m: That distance.
        orders_near: Other orders near it, finished ones too.
        calls: Other orders of the same caller, wherever they are.
        advice: Who should do the work, as far as can be judged.
        alike: The past orders that advice names, by id.
        incident: The incident it belongs to, with its id.
        duplicates: Orders that were merged into it, by id.
    """

    record: Record
    unsettled: Sequence[OpRecord] = ()
    cameras_near: int = 0
    watching: Sequence[Watching] = ()
    near_m: int = NEAR_M
    orders_near: Sequence[Near] = ()
    calls: Sequence[Near] = ()
    advice: Advice = NO_ADVICE
    alike: Sequence[tuple[str, WorkOrder]] = ()
    incident: tuple[str, Incident] | None = None
    duplicates: Sequence[tuple[str, WorkOrder]] = ()


def read_subject(cache: Cache, duty: Duty, book: CaseBook, directory: Directory, order_id: str) -> Subject | None:
    """Read an order with its surroundings; None when it is gone."""
    record = cache.get("work_order", order_id)
    if record is None:
        return None
    order = read_as(WorkOrder, record.data)
    refused = [op for op in duty.tray() if (op.kind, op.id) == ("work_order", order_id)]
    point = lon_lat(order.place)
    near, watching = _cameras(cache, point) if point is not None else (0, [])
    advice = advise(book, order, directory)
    return Subject(
        record=record,
        unsettled=[*duty.pending("work_order", order_id), *refused],
        cameras_near=near,
        watching=watching,
        orders_near=orders_near(cache, *point, skip=order_id) if point is not None else (),
        calls=calls_of(cache, order.caller.hash, skip=order_id),
        advice=advice,
        alike=_orders(cache, advice.alike),
        incident=_incident(cache, order.incident),
        duplicates=_orders(cache, order.duplicates[:_DUPLICATES_CAP]),
    )


def _cameras(cache: Cache, point: tuple[float, float]) -> tuple[int, list[Watching]]:
    found = cache.near_cameras(*point, _NEAR_CAP)
    watching = []
    for record, _ in found[:_CAMERAS_JUDGED]:
        camera = read_as(Camera, record.data)
        mount = mount_of(camera)
        if mount is not None:
            watching.append(Watching(record.id, camera, sighting(mount, *point)))
    watching.sort(key=_cost)
    return sum(metres <= NEAR_M for _, metres in found), watching[:_CAMERAS_SHOWN]


def _cost(watching: Watching) -> float:
    return watching.seen.cost_m


def _orders(cache: Cache, ids: Sequence[str]) -> list[tuple[str, WorkOrder]]:
    if not ids:
        return []
    return [(record.id, read_as(WorkOrder, record.data)) for record in cache.many("work_order", list(ids))]


def _incident(cache: Cache, incident_id: str) -> tuple[str, Incident] | None:
    record = cache.get("incident", incident_id) if incident_id else None
    return (record.id, read_as(Incident, record.data)) if record is not None else None
