"""Incidents and alerts, each at a place, with the orders and cameras that belong to it."""

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from desktop.domain.workflow import State
from desktop.drill.clock import stamp
from desktop.drill.district.geography import Geography, Spot
from desktop.drill.district.orders import Order, OrderMaker
from desktop.drill.district.phrases import Phrase

Data = dict[str, Any]

LEVELS = ("red", "orange", "yellow", "blue")

OPEN_INCIDENTS = 12
CLOSED_INCIDENTS = 40
OPEN_ALERTS = 16
PAST_ALERTS = 120
STANDING_ALERTS = 8

CAMERA_ALERTS: Mapping[str, tuple[str, str]] = {
    "offline": ("yellow", "摄像机离线"),
    "frozen": ("yellow", "摄像机画面静止"),
    "black": ("blue", "摄像机黑屏"),
}
_FILE = Path(__file__).with_name("happenings.json")


class IncidentText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of incident: how grave (weights of the four levels), where, and the topic of its orders."""

    type: str
    levels: list[float]
    topic: str
    orders: tuple[int, int]
    where: str
    titles: list[str]
    texts: list[str]


class AlertText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of alert; `code` begins the number of the device that raised it."""

    source: str
    code: str
    levels: list[float]
    where: str
    titles: list[str]
    texts: list[str]


class _Texts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    incidents: list[IncidentText]
    alerts: list[AlertText]


@cache
def _texts() -> _Texts:
    return msgspec.json.decode(_FILE.read_bytes(), type=_Texts)


class HappeningMaker:
    """Makes incidents and alerts."""

    def __init__(self, rng: random.Random, ground: Geography, maker: OrderMaker) -> None:
        self._rng = rng
        self._ground = ground
        self._maker = maker

    def outbreak(self, opened: datetime) -> tuple[Data, Order]:
        """Return a new incident and the first order about it; they do not know each other's ids yet."""
        kind = self._rng.choice(_texts().incidents)
        incident, spot = self._incident(opened, kind)
        order = self._maker.born(opened, self._maker.topic(kind.topic), spot)
        order["urgency"] = _urgency(incident)
        return incident | {"state": "open"}, order

    def _incident(self, opened: datetime, kind: IncidentText, *, first: bool = False) -> tuple[Data, Spot]:
        """Return an incident and where it is; `first` takes the first place its kind names."""
        rng = self._rng
        spot = self._spot(kind.where, first=first)
        context = {"place": spot.address}
        incident = {
            "title": Phrase(rng.choice(kind.titles)).say(rng, context),
            "type": kind.type,
            "level": rng.choices(LEVELS, kind.levels)[0],
            "state": rng.choice(("open", "handling", "handling")),
            "place": msgspec.to_builtins(spot.place()),
            "opened_at": stamp(opened),
            "updated_at": stamp(opened),
            "orders": [],
            "text": Phrase(rng.choice(kind.texts)).say(rng, context),
        }
        return incident, spot

    def alert(self, raised: datetime, *, kind: AlertText | None = None, first: bool = False) -> Data:
        """Return a new open alert."""
        rng = self._rng
        kind = kind or rng.choice(_texts().alerts)
        spot = self._spot(kind.where, first=first)
        device = f"{kind.code}-{rng.randrange(1, 100):02d} " if kind.code else ""
        return {
            "title": Phrase(rng.choice(kind.titles)).say(rng, {}),
            "level": rng.choices(LEVELS, kind.levels)[0],
            "state": "open",
            "source": f"{device}{kind.source}",
            "text": Phrase(rng.choice(kind.texts)).say(rng, {}),
            "place": msgspec.to_builtins(spot.place()),
            "raised_at": stamp(raised),
            "count": 1 if rng.random() < 0.7 else rng.randrange(2, 6),
        }

    def district_incidents(self, now: datetime) -> tuple[dict[str, Data], list[Order]]:
        """Return the incidents a district begins with, by id, and the open ones' orders (with their ids)."""
        rng = self._rng
        incidents: dict[str, Data] = {}
        orders: list[Order] = []
        kinds = _texts().incidents
        for serial in range(1, OPEN_INCIDENTS + 1):
            id_ = f"inc-{serial:04d}"
            kind = kinds[(serial - 1) % len(kinds)]
            opened = now - timedelta(minutes=rng.uniform(4, 150))
            incident, spot = self._incident(opened, kind, first=serial == 1)
            for _ in range(rng.randint(*kind.orders)):
                state = rng.choice((State.DISPATCHED, State.HANDLING, State.REGISTERED))
                order = self._maker.lived(
                    opened + (now - opened) * rng.uniform(0, 0.3), now, self._maker.topic(kind.topic), spot, state
                )
                order |= {"id": f"wo-{id_}-{len(incident['orders']) + 1}", "incident": id_}
                order["urgency"] = _urgency(incident)
                incident["orders"].append(order["id"])
                orders.append(order)
            incidents[id_] = incident
        for serial in range(OPEN_INCIDENTS + 1, OPEN_INCIDENTS + CLOSED_INCIDENTS + 1):
            opened = now - timedelta(days=rng.uniform(0.2, 60))
            incident, _ = self._incident(opened, rng.choice(kinds))
            closed = stamp(min(now, opened + timedelta(minutes=rng.uniform(30, 400))))
            incidents[f"inc-{serial:04d}"] = incident | {"state": "closed", "closed_at": closed, "updated_at": closed}
        return incidents, orders

    def district_alerts(self, now: datetime, cameras: Mapping[str, Data]) -> dict[str, Data]:
        """Return the alerts a district begins with, by id: failed cameras first, then devices, then past ones."""
        rng = self._rng
        alerts = [camera_alert(code, camera) for code, camera in cameras.items() if camera["health"] in CAMERA_ALERTS]
        kinds: Sequence[AlertText] = _texts().alerts
        for place in range(OPEN_ALERTS - len(alerts)):
            raised = now - timedelta(minutes=rng.uniform(1, 180))
            alerts.append(self.alert(raised, kind=kinds[place % len(kinds)], first=place == 0))
        for place in range(PAST_ALERTS):
            alert = self.alert(now - timedelta(hours=rng.uniform(1, 24 * 14)))
            standing = rng.choice(("acknowledged", "handled"))  # seen by somebody, and not over yet
            alerts.append(alert | {"state": standing if place < STANDING_ALERTS else "closed"})
        return {f"al-{serial:05d}": alert for serial, alert in enumerate(alerts, start=1)}

    def _spot(self, where: str, *, first: bool) -> Spot:
        kinds = where.split("|")
        kind = kinds[0] if first else self._rng.choice(kinds)
        label = kind.removeprefix("label:")
        if label != kind:
            spot = self._ground.spot_at("street", label, label, self._ground.labels[label])
            if spot is not None:
                return spot
        if kind == "district":
            return Spot("district", "", "临江街道", "", self._ground.centre, "", "")
        pool = self._ground.house_spots if kind == "house" else self._ground.street_spots
        return self._rng.choice(pool)


def _urgency(incident: Data) -> str:
    return "critical" if incident["level"] == "red" else "urgent"


def camera_alert(code: str, camera: Data) -> Data:
    """Return the alert about a camera that has failed."""
    level, words = CAMERA_ALERTS[camera["health"]]
    return {
        "title": f"{camera['number']} 号{words}",
        "level": level,
        "state": "open",
        "source": "视频质量诊断",
        "text": f"{camera['name']}：{words}",
        "place": camera["place"],
        "raised_at": camera["health_since"],
        "count": 1,
        "camera": code,
    }
