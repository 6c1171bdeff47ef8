"""What the centre adds to an order that a desk reports: its number, its limits, and where exactly it is."""

import hashlib
from datetime import datetime
from typing import Any

from desktop.drill.clock import stamp
from desktop.drill.district.geography import geography
from desktop.drill.district.limits import running_due
from desktop.drill.district.orders import working_limits_of
from desktop.drill.district.people import MODULES
from desktop.drill.district.phrases import catalogue
from desktop.drill.district.population import order_number


def taken_in(order: dict[str, Any], moment: datetime, serial: int) -> dict[str, Any]:
    """Return a reported order as the centre keeps it; `serial` gives it a number of its own."""
    module = order["module"] if order["module"] in MODULES else "livelihood"
    topic = next(topic for topic in catalogue() if topic.text.module == module)
    known = {
        "number": order_number(moment, serial),
        "module": module,
        "opened_at": stamp(moment),
        "limits": working_limits_of(topic, moment),
        "departments": MODULES[module].departments,
    }
    order = {**order, **known, "place": _located(order.get("place") or {})}
    caller = order.get("caller")
    if caller and caller.get("phone"):
        digest = hashlib.blake2b(str(caller["phone"]).encode(), digest_size=8).hexdigest()
        order["caller"] = {**caller, "hash": digest}
    return {**order, "due": running_due(order)}


def _located(place: dict[str, Any]) -> dict[str, Any]:
    """Return a place with its cell and neighbourhood, where the point lies in the district."""
    point = place.get("point")
    if not isinstance(point, list) or len(point) < 2:
        return place
    cell = geography().cell_at((float(point[0]), float(point[1])))
    return place if cell is None else {**place, "grid_cell": cell.id, "neighbourhood": cell.neighbourhood}
