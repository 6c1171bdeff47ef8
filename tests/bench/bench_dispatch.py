"""Dispatch help on the drill's closed orders, held out by time: how often the department that did the work is named.

The district decides by a process of its own (`desktop.drill.district.assignment`), with accidents, agreements and a
change of duties; the desk learns from what was closed before the split and is asked about what was opened after it. The
module's rule is asked the same. No order is asked about that the desk has seen, and none is learnt from its future.
WATCHFLOOR_BENCH_CASES asks for fewer orders.
"""

import os
import time
from datetime import UTC, datetime, timedelta

import msgspec

from desktop.central.schema import WorkOrder
from desktop.domain.dispatch import CaseBook, Rules, rank_by_rules
from desktop.domain.sla import parse_time
from desktop.drill.district.people import DEPARTMENTS, MODULES
from desktop.drill.district.population import populate
from desktop.presenters.orders.cases import case_of, matter_of
from tests.bench.measurement import Bar, Measurement, percentile

COUNT = int(os.environ.get("WATCHFLOOR_BENCH_CASES", "20000"))
NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
SPLIT = NOW - timedelta(days=30)
_SHOWN = 3
_UNITS = tuple(id_ for id_, department in DEPARTMENTS.items() if department.unit)
_OVER = frozenset({"closed", "replied", "archived"})


def measure() -> list[Measurement]:
    """Learn from the past, ask about the rest."""
    orders, cells = _district()
    book = CaseBook()
    past = [(id_, order) for id_, order in orders if order.closed_at and _time(order.closed_at) < SPLIT]
    asked = [order for _, order in orders if _time(order.opened_at) >= SPLIT]
    began = time.perf_counter()
    for id_, order in past:
        book.learn(case_of(id_, order))
    learnt_s = time.perf_counter() - began
    named, by_rule, times_ms = [0, 0], [0, 0], []
    for order in asked:
        rules = _rules(order, cells)
        began = time.perf_counter()
        suggested = [suggestion.unit for suggestion in book.advise(matter_of(order), rules).suggestions]
        times_ms.append((time.perf_counter() - began) * 1000)
        for ranked, hits in ((suggested, named), (rank_by_rules(rules), by_rule)):
            hits[0] += ranked[0] == order.lead_department
            hits[1] += order.lead_department in ranked[:_SHOWN]
    shares = [hits / len(asked) for hits in (named[1], named[0], by_rule[1], by_rule[0])]
    note = f"{len(asked):,} orders after the split, {len(past):,} before it"
    return [
        Measurement(
            name="true department among the first three",
            value=100 * shares[0],
            unit="%",
            bar=Bar.AT_LEAST,
            limit=100 * shares[2],
            note=f"limit: the module's rule; {note}",
        ),
        Measurement(
            name="true department first",
            value=100 * shares[1],
            unit="%",
            bar=Bar.AT_LEAST,
            limit=100 * shares[3],
            note="limit: the module's rule",
        ),
        Measurement(name="a suggestion, p99", value=percentile(times_ms, 0.99), unit="ms", bar=Bar.AT_MOST, limit=20.0),
        Measurement(name="learning a past order", value=learnt_s / max(1, len(past)) * 1000, unit="ms"),
    ]


def _district() -> tuple[list[tuple[str, WorkOrder]], dict[str, dict[str, str]]]:
    orders: list[tuple[str, WorkOrder]] = []
    cells: dict[str, dict[str, str]] = {}
    for stored in populate(1, NOW, 60, COUNT):
        if stored.kind == "work_order":
            order = msgspec.json.decode(stored.data, type=WorkOrder)
            if order.state in _OVER:
                orders.append((stored.id, order))
        elif stored.kind == "grid_cell":
            cells[stored.id] = msgspec.json.decode(stored.data).get("leads") or {}
    return orders, cells


def _rules(order: WorkOrder, cells: dict[str, dict[str, str]]) -> Rules:
    module = MODULES[order.module]
    here = cells.get(order.place.grid_cell, {}).get(order.module, "")
    return Rules(_UNITS, module.lead_department, tuple(module.departments), here)


def _time(text: str) -> datetime:
    return parse_time(text) or NOW
