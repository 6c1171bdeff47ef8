"""What may be brought to the wall: alerts, incidents and urgent orders, read from the cache. On the reader thread."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desktop.central.lenient import read_as
from desktop.central.schema import Alert, Camera, Incident, Place, WorkOrder
from desktop.domain.alarm_routing import ALERT, INCIDENT, ORDER, URGENCY_RANKS, Graded, Routing, level_rank, takes
from desktop.domain.masking import mask_text
from desktop.domain.sla import parse_time
from desktop.domain.workflow import OPEN_STATES
from desktop.presenters.labels import LEVEL_SHAPE, LEVEL_TONE, URGENCY_TONE
from desktop.presenters.wall.nearest import sighted
from desktop.presenters.whereabouts import lon_lat
from storage.cache.cache import Cache
from storage.records import OrderQuery, Record

KINDS = frozenset({ALERT, INCIDENT, ORDER})
_FRESH = timedelta(minutes=10)
"""What began longer ago than this when the desk first hears of it is nothing to interrupt anybody for."""
_ORDERS = 200
_CAMERAS = 4
_ALERT_WAITS = frozenset({"open", "recovered"})
_URGENCY_SHAPE = {"critical": "triangle", "urgent": "square"}


@dataclass(frozen=True, slots=True)
class Happening:
    """One object that may want the wall, in words ready to be shown.

    Attributes:
        id: Kind and id, ``alert/al-1``.
        key: What makes two the same thing.
        rank: 0 is gravest.
        title: Masked.
        place: Masked.
        note: What the source says should be done or known, masked.
        tone: Of marks.
        shape: Of marks.
        since: When it began.
        ver: Version of the record that was read.
        state: State in that record.
        cameras: Working ones that can see it, best first.
    """

    id: str
    key: str
    rank: int
    title: str
    place: str
    note: str
    tone: str
    shape: str
    since: datetime | None
    ver: int
    state: str
    cameras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the cache: for whom, when, and what is known already and needs no cameras looked up."""

    routing: Routing
    roles: tuple[str, ...]
    now: datetime
    known: frozenset[str]
    settled: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer: everything that waits for somebody, and of that what is new for this wall."""

    waiting: frozenset[str]
    fresh: tuple[Happening, ...]


def find_happenings(cache: Cache, question: Question) -> Found:
    """Look for what waits, and judge what is new."""
    waiting = set()
    fresh = []
    for happening, place, own in _candidates(cache):
        waiting.add(happening.id)
        if happening.id in question.known or happening.id in question.settled or not _fresh(happening, question.now):
            continue
        kind = happening.id.partition("/")[0]
        if takes(question.routing, question.roles, Graded(kind, happening.rank)):
            fresh.append(_with_cameras(cache, happening, place, own))
    return Found(frozenset(waiting), tuple(fresh))


_Candidate = tuple[Happening, Place, tuple[str, ...]]


def _candidates(cache: Cache) -> Iterator[_Candidate]:
    for record in cache.all(ALERT):
        alert = read_as(Alert, record.data)
        if alert.state in _ALERT_WAITS and not _about_a_blind_camera(cache, alert):
            yield _of_alert(record, alert)
    for record in cache.all(INCIDENT):
        incident = read_as(Incident, record.data)
        if incident.state != "closed":
            yield _of_incident(record, incident)
    urgent = OrderQuery(urgency=frozenset(URGENCY_RANKS), sort="opened", descending=True)
    for record in cache.orders(urgent, _ORDERS):
        order = read_as(WorkOrder, record.data)
        if order.state in OPEN_STATES:
            yield _of_order(record, order)


def _about_a_blind_camera(cache: Cache, alert: Alert) -> bool:
    """A camera that fails is a fault to be repaired, and there is nothing to be seen of it on a wall."""
    record = cache.get("camera", alert.camera) if alert.camera else None
    return record is not None and read_as(Camera, record.data).health != "online"


def _of_alert(record: Record, alert: Alert) -> _Candidate:
    where = alert.camera or alert.place.address or str(alert.place.point)
    key = f"{ORDER}/{alert.order}" if alert.order else f"{alert.source}@{where}"
    happening = _levelled(record, alert, key, alert.raised_at)
    return happening, alert.place, (alert.camera,) if alert.camera else ()


def _of_incident(record: Record, incident: Incident) -> _Candidate:
    happening = _levelled(record, incident, f"{INCIDENT}/{record.id}", incident.opened_at)
    return happening, incident.place, ()


def _levelled(record: Record, what: Alert | Incident, key: str, since: str) -> Happening:
    """What has a level of warning, as against an order's urgency."""
    return Happening(
        id=f"{record.kind}/{record.id}",
        key=key,
        rank=level_rank(what.level),
        title=mask_text(what.title),
        place=mask_text(what.place.address),
        note=mask_text(what.text),
        tone=LEVEL_TONE.get(what.level, "neutral"),
        shape=LEVEL_SHAPE.get(what.level, "circle"),
        since=parse_time(since),
        ver=record.ver,
        state=what.state,
    )


def _of_order(record: Record, order: WorkOrder) -> _Candidate:
    happening = Happening(
        id=f"{ORDER}/{record.id}",
        key=f"{INCIDENT}/{order.incident}" if order.incident else f"{ORDER}/{record.id}",
        rank=URGENCY_RANKS.get(order.urgency, len(URGENCY_RANKS)),
        title=mask_text(order.title),
        place=mask_text(order.place.address),
        note=mask_text(order.description),
        tone=URGENCY_TONE.get(order.urgency, "neutral"),
        shape=_URGENCY_SHAPE.get(order.urgency, "circle"),
        since=parse_time(order.opened_at),
        ver=record.ver,
        state=order.state,
    )
    return happening, order.place, tuple(order.cameras)


def _fresh(happening: Happening, now: datetime) -> bool:
    return happening.since is not None and now - happening.since <= _FRESH


def _with_cameras(cache: Cache, happening: Happening, place: Place, own: Collection[str]) -> Happening:
    """The event's own cameras as far as they work, then those near its place."""
    cameras = [record.id for record in cache.many("camera", list(own)) if _works(record)]
    point = lon_lat(place)
    if point is not None:
        cameras += [seen.camera_id for seen in sighted(cache, *point, _CAMERAS)]
    return replace(happening, cameras=tuple(dict.fromkeys(cameras))[:_CAMERAS])


def _works(record: Record) -> bool:
    camera = read_as(Camera, record.data)
    return camera.health == "online" and not camera.retired
