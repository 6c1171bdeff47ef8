"""Records as markers of the map."""

from dataclasses import replace
from datetime import datetime

from desktop.central.lenient import read_as
from desktop.central.schema import Alert, Camera, Incident, Place, WorkOrder
from desktop.domain.masking import mask_text
from desktop.domain.sla import Clock
from desktop.domain.workflow import OPEN_STATES
from desktop.presenters.labels import LEVEL_TONE, URGENCY_TONE
from desktop.presenters.orders.rows import clock_of, clock_words
from storage.records import Record
from widgets.map.rows import MapMarker

KINDS = ("work_order", "incident", "camera", "alert")
"""Kinds of the centre that stand on the map."""

_URGENCY = {"normal": 1, "urgent": 2, "critical": 3}
_LEVEL_URGENCY = {"red": 3, "orange": 2, "yellow": 1, "blue": 1}


def marker_id(kind: str, object_id: str) -> str:
    """Return the id of an object's marker; ids are unique within a kind only, markers over all."""
    return f"{kind}/{object_id}"


def object_of(marker: str) -> tuple[str, str]:
    """Return kind and id of the object behind a marker."""
    kind, _, object_id = marker.partition("/")
    return kind, object_id


def marker_of(record: Record, now: datetime) -> MapMarker | None:
    """Map a record to its marker; None when it has no business on the map (finished, retired, unknown kind)."""
    match record.kind:
        case "work_order":
            return _order(record, now)
        case "incident":
            return _incident(record)
        case "camera":
            return _camera(record)
        case "alert":
            return _alert(record)
        case _:
            return None


def _marker(
    record: Record,
    kind: str,
    place: Place,
    *,
    tone: str,
    label: str,
    detail: str,
    badge: str = "",
    urgency: int = 0,
    pulse: bool = False,
) -> MapMarker:
    """Stand a record at its place; without coordinates it has a marker that is not drawn."""
    lon, lat = place.point[:2] if place.point is not None and len(place.point) >= 2 else (None, None)
    return MapMarker(
        id=marker_id(record.kind, record.id),
        kind=kind,
        lon=lon,
        lat=lat,
        datum=place.datum,
        tone=tone,
        label=label,
        detail=detail,
        badge=badge,
        urgency=urgency,
        pulse=pulse,
    )


def _order(record: Record, now: datetime) -> MapMarker | None:
    order = read_as(WorkOrder, record.data)
    if order.state and order.state not in OPEN_STATES:
        return None
    slack = clock_of(order, now)
    clock = clock_words(slack)
    return _marker(
        record,
        "order",
        order.place,
        tone=URGENCY_TONE.get(order.urgency, "neutral"),
        label=mask_text(order.title) or order.number,
        detail=" · ".join(part for part in (mask_text(order.place.address), clock) if part),
        badge=clock if slack.clock is Clock.LATE else "",
        urgency=_URGENCY.get(order.urgency, 0),
    )


def _incident(record: Record) -> MapMarker | None:
    incident = read_as(Incident, record.data)
    if incident.state == "closed":
        return None
    return _marker(
        record,
        "incident",
        incident.place,
        tone=LEVEL_TONE.get(incident.level, "neutral"),
        label=mask_text(incident.title),
        detail=mask_text(incident.place.address),
        urgency=_LEVEL_URGENCY.get(incident.level, 1),
        pulse=incident.level == "red",
    )


def _camera(record: Record) -> MapMarker | None:
    camera = read_as(Camera, record.data)
    if camera.retired:
        return None
    marker = _marker(
        record,
        "camera",
        camera.place,
        tone="ok" if camera.health == "online" else "blind",
        label=" ".join(part for part in (camera.number, camera.name) if part),
        detail=camera.place.address,
    )
    return replace(marker, health=camera.health, bearing=camera.bearing, field_of_view=camera.field_of_view)


def _alert(record: Record) -> MapMarker | None:
    alert = read_as(Alert, record.data)
    if alert.state in {"closed", "recovered"} or alert.place.point is None:
        return None
    return _marker(
        record,
        "alert",
        alert.place,
        tone=LEVEL_TONE.get(alert.level, "neutral"),
        label=mask_text(alert.title),
        detail=mask_text(alert.text),
        urgency=_LEVEL_URGENCY.get(alert.level, 1),
    )
