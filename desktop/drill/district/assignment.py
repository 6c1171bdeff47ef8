"""Which department really does the work of an order, and which one the clerk sends it to first.

No catalogue decides that in a hall, so nothing here follows from the kind of matter alone. What decides, in this order:

* accident: five in a hundred go to somebody else, because a crew was near or a leader said so;
* a change of duties: `MOVED` topics have had another department for `MOVED_FOR` when the district begins;
* the grid's own table (责任网格), published in `GridCell.leads`: in one of eight neighbourhood and module a department
  that cooperates elsewhere leads; it is kept nine times in ten;
* agreements of a neighbourhood (居委), unwritten, for a third of the matters: a department that only cooperates
  elsewhere does the work there, five times in six;
* the ground: inside a housing estate matters with a housing department or the residents' station go to them more often;
* the hour: at night the departments that keep watch take what they can.

The clerk knows most of it and is wrong about one time in eight, mostly by sending an order to whoever leads its
module. Such an order comes back (退回) and is dispatched again. The rest, including the category itself, is written by
people: see `OrderMaker`. Everything follows from the order's own words, so the same seed gives the same district.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from desktop.drill.district.people import DEPARTMENTS, MODULES
from desktop.drill.district.phrases import Topic

MOVED: Mapping[str, str] = {"signboard": "manage", "cable": "ops", "night-noise": "law", "pets": "residents"}
"""Topic to the department that does its work now."""

MOVED_FOR = timedelta(days=45)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
ACCIDENTS = 0.05
WRITTEN = 0.125
WRITTEN_KEPT = 0.9
AGREEMENTS = 0.33
AGREED = 0.83
CLERK_RIGHT = 0.88

_AT_HOME = frozenset({"residents", "property", "fire"})
_ON_WATCH = frozenset({"police", "ops", "fire", "flood"})
_ESTATE = ("村", "苑", "小区", "弄")
_SHANGHAI = timedelta(hours=8)
_UNITS = tuple(id_ for id_, department in DEPARTMENTS.items() if department.unit)


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who has to do with an order, from its first day to its last: nothing that is done with it changes that.

    Attributes:
        guess: The department that the clerk dispatches it to; it is not always the one that does the work.
        doer: The department that does the work.
    """

    guess: str
    doer: str


def assignment(order: Mapping[str, Any], topic: Topic, moved_at: datetime) -> Assignment:
    """Return who has to do with `order`, which is about `topic`; duties changed at `moved_at`."""
    doer = _doer(order, topic, moved_at)
    return Assignment(_guess(order, topic, doer), doer)


def _doer(order: Mapping[str, Any], topic: Topic, moved_at: datetime) -> str:
    chance = _chance(order, "doer")
    if chance.random() < ACCIDENTS:
        return chance.choice(_UNITS)
    place = order.get("place") or {}
    written = grid_leads(str(place.get("neighbourhood", ""))).get(topic.text.module)
    if written is not None and chance.random() < WRITTEN_KEPT:
        return written
    lead = _lead(order, topic, moved_at)
    others = tuple(unit for unit in topic.text.with_departments if unit != lead)
    agreed = _agreed(str(place.get("neighbourhood", "")), topic.text.key, others)
    if agreed and chance.random() < AGREED:
        return agreed
    weights = {lead: 1.0} | dict.fromkeys(others, 0.07)
    if any(word in str(place.get("address", "")) for word in _ESTATE):
        weights |= {unit: 0.45 for unit in others if unit in _AT_HOME}
    if _at_night(order):
        weights |= {unit: 0.4 for unit in others if unit in _ON_WATCH}
    return chance.choices(list(weights), list(weights.values()))[0]


def _guess(order: Mapping[str, Any], topic: Topic, right: str) -> str:
    chance = _chance(order, "clerk")
    if chance.random() < CLERK_RIGHT:
        return right
    module = MODULES[order["module"]] if order.get("module") in MODULES else None
    likely = [topic.text.lead, *topic.text.with_departments, *([module.lead_department] if module else ())]
    wrong = [unit for unit in dict.fromkeys(likely) if unit != right]
    return chance.choice(wrong) if wrong else right


@cache
def grid_leads(neighbourhood: str) -> Mapping[str, str]:
    """Return the modules that another department than usual leads in the cells of a neighbourhood."""
    leads: dict[str, str] = {}
    for id_, module in MODULES.items():
        chance = random.Random(f"{neighbourhood} {id_} grid")
        if chance.random() < WRITTEN and module.departments:
            leads[id_] = chance.choice(module.departments)
    return leads


def _lead(order: Mapping[str, Any], topic: Topic, moved_at: datetime) -> str:
    opened = datetime.fromisoformat(order["opened_at"])
    moved = MOVED.get(topic.text.key)
    return moved if moved is not None and opened >= moved_at else topic.text.lead


@cache
def _agreed(neighbourhood: str, topic: str, others: tuple[str, ...]) -> str:
    """Return the department that a neighbourhood has agreed with for a matter, or ""."""
    chance = random.Random(f"{neighbourhood} {topic}")
    return chance.choice(others) if others and chance.random() < AGREEMENTS else ""


def _at_night(order: Mapping[str, Any]) -> bool:
    hour = (datetime.fromisoformat(order["opened_at"]).astimezone(UTC) + _SHANGHAI).hour
    return hour < 7 or hour >= 20


def _chance(order: Mapping[str, Any], what: str) -> random.Random:
    place = order.get("place") or {}
    return random.Random(f"{what} {order.get('description', '')} {place.get('address', '')}")
