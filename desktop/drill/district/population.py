"""Everything a new district begins with, in the order in which the centre stores it."""

import random
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec

from desktop.domain.workflow import State
from desktop.drill.clock import LOCAL, stamp
from desktop.drill.district.assignment import MOVED_FOR
from desktop.drill.district.calendars import CALENDARS
from desktop.drill.district.cameras import make_cameras
from desktop.drill.district.geography import geography, grid_cell
from desktop.drill.district.happenings import HappeningMaker
from desktop.drill.district.orders import Order, OrderMaker
from desktop.drill.district.people import DEPARTMENTS, MODULES, OFFICERS
from desktop.drill.district.phrases import catalogue
from desktop.drill.store.log import Stored
from desktop.drill.vitals import INSTRUMENTS

_CLOSED_WITHIN = timedelta(days=120)

_OPEN_STATES: Mapping[State, float] = {
    State.REPORTED: 5,
    State.ACCEPTED: 5,
    State.REGISTERED: 5,
    State.DISPATCHED: 18,
    State.HANDLING: 46,
    State.VERIFYING: 14,
    State.RETURNED: 3,
    State.SUSPENDED: 4,
}
_CLOSED_STATES: Mapping[State, float] = {
    State.CLOSED: 6,
    State.REPLIED: 14,
    State.ARCHIVED: 74,
    State.REFUSED: 2,
    State.VOIDED: 4,
}


def order_number(opened: datetime, serial: int) -> str:
    """Return the number an order is spoken of by."""
    return f"LJ{stamp(opened)[2:10].replace('-', '')}{serial % 100_000:05d}"


def populate(seed: int, now: datetime, open_orders: int, closed_orders: int) -> Iterator[Stored]:
    """Yield all objects of a new district; the same seed gives the same, with times relative to `now`.

    The orders of its incidents are among the open ones, even if those are to be fewer.
    """
    rng = random.Random(seed)
    now = now.astimezone(LOCAL)  # as every moment will be written
    ground = geography()
    for kind, table in (
        ("department", DEPARTMENTS),
        ("module", MODULES),
        ("officer", OFFICERS),
        ("calendar", CALENDARS),
    ):
        for id_, record in table.items():
            yield _stored(kind, id_, record)
    for cell in ground.cells:
        yield _stored("grid_cell", cell.id, grid_cell(cell))
    cameras = make_cameras(ground, rng, now)
    for id_, camera in cameras.items():
        yield _stored("camera", id_, camera)
    maker = OrderMaker(rng, ground, catalogue(), now - MOVED_FOR)
    happenings = HappeningMaker(rng, ground, maker)
    incidents, orders = happenings.district_incidents(now)
    orders += _open_orders(maker, rng, now, max(0, open_orders - len(orders)))
    orders += _closed_orders(maker, rng, now, closed_orders)
    orders.sort(key=_opened_at)
    for serial, order in enumerate(orders, start=1):
        order["number"] = order_number(datetime.fromisoformat(order["opened_at"]), serial)
        id_ = order.pop("id", None) or f"wo-{serial:06d}"
        yield _stored("work_order", id_, order)
    for id_, incident in incidents.items():
        yield _stored("incident", id_, incident)
    for id_, alert in happenings.district_alerts(now, cameras).items():
        yield _stored("alert", id_, alert)
    for id_, instrument in INSTRUMENTS.items():
        yield _stored("vital", id_, instrument.record)


def _open_orders(maker: OrderMaker, rng: random.Random, now: datetime, count: int) -> list[Order]:
    states = rng.choices(list(_OPEN_STATES), list(_OPEN_STATES.values()), k=count)
    orders: list[Order] = []
    for state in states:
        topic = maker.topic()
        orders.append(maker.open_order(now, topic, maker.spot(topic), state))
    return orders


def _closed_orders(maker: OrderMaker, rng: random.Random, now: datetime, count: int) -> list[Order]:
    states = rng.choices(list(_CLOSED_STATES), list(_CLOSED_STATES.values()), k=count)
    orders: list[Order] = []
    for state in states:
        topic = maker.topic()
        opened = now - _CLOSED_WITHIN * rng.uniform(0.002, 1.0)
        whole = timedelta(minutes=sum(topic.text.limits_min) * rng.uniform(0.15, 0.95))
        until = min(now, opened + whole)
        orders.append(maker.lived(opened, until, topic, maker.spot(topic), state))
    return orders


def _opened_at(order: Order) -> str:
    return str(order["opened_at"])


def _stored(kind: str, id_: str, record: Any) -> Stored:
    return Stored(kind, id_, 1, msgspec.json.encode(record).decode())
