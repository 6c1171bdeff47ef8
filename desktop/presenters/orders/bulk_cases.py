"""What can be done with several orders at once, and with which of them not and why. Read on the reader thread."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from desktop.central.lenient import read_as
from desktop.central.schema import Expect, Officer, WorkOrder
from desktop.domain.masking import mask_text
from desktop.domain.workflow import RULES, hindrance, judge
from storage.cache.cache import Cache
from storage.records import Record

_SINGLE = frozenset({"report", "merge", "unmerge", "call_note", "call_back", "attach"})
"""About one caller, one call, one file or one other order: there is no doing that to many at once."""

BULK_VERBS = tuple(verb for verb in RULES if verb not in _SINGLE)

Reason = tuple[str, str]
"""Why an action is closed: a code, and the state that the order is in."""


@dataclass(frozen=True, slots=True)
class Case:
    """One of the orders, as it was when it was looked at."""

    id: str
    label: str
    order: WorkOrder
    raw: Mapping[str, Any]
    seen: Expect


@dataclass(frozen=True, slots=True)
class Weighed:
    """What can be done with a selection.

    Attributes:
        cases: Those that are still there, in the order in which they were marked.
        asked: How many were asked for.
        open: By verb, the ids that it is open for.
        closed: By verb, how many it is closed for and why.
    """

    cases: tuple[Case, ...]
    asked: int
    open: dict[str, tuple[str, ...]]
    closed: dict[str, Counter[Reason]]


def weigh(cache: Cache, ids: Sequence[str], officer: Officer | None) -> Weighed:
    """Look at the orders and say what is open for whom."""
    cases = tuple(case_of(record) for record in cache.many("work_order", ids))
    openings: dict[str, tuple[str, ...]] = {}
    closed: dict[str, Counter[Reason]] = {}
    for verb in BULK_VERBS:
        codes = [closed_by(case, verb, officer) for case in cases]
        openings[verb] = tuple(case.id for case, code in zip(cases, codes, strict=True) if not code)
        closed[verb] = Counter((code, case.seen.state) for case, code in zip(cases, codes, strict=True) if code)
    return Weighed(cases, len(ids), openings, closed)


def case_of(record: Record) -> Case:
    """Read one order."""
    order = read_as(WorkOrder, record.data)
    label = " ".join(part for part in (order.number, mask_text(order.title)) if part) or record.id
    raw = msgspec.json.decode(record.data, type=dict[str, Any])
    return Case(record.id, label, order, raw, Expect(ver=record.ver, state=order.state))


def closed_by(case: Case, verb: str, officer: Officer | None) -> str:
    """Return the code of what closes `verb`, or "": the same table as the buttons of one order, two people included."""
    verdict = judge(case.order.state, verb, list(officer.roles) if officer is not None else [])
    return verdict.code or hindrance(case.raw, verb, officer.id if officer is not None else "")
