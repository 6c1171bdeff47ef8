"""Queries over work orders: filters, words, a box, an order, a page."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    and_,
    func,
    literal_column,
    or_,
    select,
    union_all,
)

from storage.cache.columns import FINISHED_STATES, NEVER, milliseconds
from storage.cache.tables import FACETS, SORTED_FACETS, Shelf
from storage.records import OrderQuery
from storage.words import match_expression

WITH_A_UNIT = ("dispatched", "handling")
"""States in which a department has the order."""

COMMON_HITS = 20_000
"""With fewer hits (of words, of a box, of states) they are fetched and sorted. With more, the orders are walked as an
index sorts them, and each is looked up among the hits: a page is full long before all of them are met."""

_ALL_OPEN = OrderQuery(sort="")

_SORTS = {
    "due": ("due", "near"),
    "urgency": ("urgency_rank", "due"),
    "opened": ("opened", "due"),
    "updated": ("updated", "due"),
    "number": ("number", "due"),
    **{facet: (facet, "due") for facet in SORTED_FACETS},
}


class _Plan(NamedTuple):
    """How orders are found.

    Attributes:
        conditions: On the columns.
        rare: Whether the hits are few enough to fetch them all first.
        facet: Whose index of open orders is walked: one of `SORTED_FACETS`, or "".
    """

    conditions: list[ColumnElement[bool]]
    rare: bool
    facet: str = ""


def order_page(
    connection: Connection, shelf: Shelf, query: OrderQuery, limit: int, offset: int
) -> list[tuple[int, str]]:
    """Return number and id of a page of orders."""
    columns = shelf.work_order.c
    try:
        keys = (*_SORTS[query.sort], "n")
    except KeyError:
        raise ValueError(f"no such order of orders: {query.sort!r}") from None
    plan = _plan(connection, shelf, query)
    halves = [_half(shelf, plan, half).add_columns(*(columns[key] for key in keys[:-1])) for half in _halves(query)]
    # A list of all is the merge of two sorted halves; each comes sorted out of an index that begins with `open`.
    page: Select[Any] | CompoundSelect[Any] = halves[0] if len(halves) == 1 else union_all(*halves)
    for key in keys:
        named = halves[0].selected_columns[key]
        page = page.order_by(named.desc() if query.descending else named)
    return [(row.n, row.id) for row in connection.execute(page.limit(limit).offset(offset))]


def order_count(connection: Connection, shelf: Shelf, query: OrderQuery) -> int:
    """Return how many orders there are; at once if only states, openness and supervision are asked for."""
    if replace(query, states=None, open_only=True, supervised=False, sort="", descending=False, now="") == _ALL_OPEN:
        return sum(_tally(connection, shelf, query))
    if (counted := _counted(connection, shelf, query)) is not None:
        return counted
    halves = found_orders(connection, shelf, query)
    return sum(
        int(connection.execute(select(func.count()).select_from(half.subquery())).scalar_one()) for half in halves
    )


def order_count_upto(connection: Connection, shelf: Shelf, query: OrderQuery, cap: int) -> int:
    """Return how many orders there are, counting no further than `cap`."""
    left = cap
    for half in found_orders(connection, shelf, query):
        some = half.limit(left).subquery()
        left -= int(connection.execute(select(func.count()).select_from(some)).scalar_one())
    return cap - left


def found_orders(connection: Connection, shelf: Shelf, query: OrderQuery) -> list[Select[Any]]:
    """Return the statements that find all orders of `query`, in no order: number and id, of each half one."""
    plan = _plan(connection, shelf, replace(query, sort=""))
    return [_half(shelf, plan, half) for half in _halves(query)]


def _counted(connection: Connection, shelf: Shelf, query: OrderQuery) -> int | None:
    """Return the count if it is kept: of open orders with values of one facet; else None."""
    asked = [facet for facet in FACETS if getattr(query, facet) is not None]
    rest = dict.fromkeys(asked) | {"sort": "", "descending": False, "now": ""}
    if len(asked) != 1 or replace(query, **rest) != _ALL_OPEN:  # type: ignore[arg-type] # all are what they were made as
        return None
    return facet_count(connection, shelf, asked[0], getattr(query, asked[0]))


def order_totals(connection: Connection, shelf: Shelf, now: str) -> dict[str, int]:
    """Return counts over the open orders: open, late, near, supervised, and ``state:…`` of each state."""
    tally = shelf.order_tally.c
    by_state = select(tally.state, func.sum(tally.number)).where(tally.open == 1, tally.number > 0)
    states = {f"state:{state}": int(number) for state, number in connection.execute(by_state.group_by(tally.state))}

    def count(clock: str) -> int:
        conditions = _clock_conditions(shelf, clock, now)
        return int(
            connection.execute(select(func.count()).where(shelf.work_order.c.open == 1, *conditions)).scalar_one()
        )

    return {
        "open": sum(states.values()),
        "late": count("late"),
        "near": count("near"),
        "supervised": sum(_tally(connection, shelf, OrderQuery(supervised=True))),
        **states,
    }


def _tally(connection: Connection, shelf: Shelf, query: OrderQuery) -> Iterable[int]:
    """Return the counts of those that `query` lets through, as far as it asks for what is tallied."""
    tally = shelf.order_tally.c
    numbers = select(tally.number)
    if query.open_only:
        numbers = numbers.where(tally.open == 1)
    if query.supervised:
        numbers = numbers.where(tally.supervised == 1)
    if query.states is not None:
        numbers = numbers.where(tally.state.in_(sorted(query.states)))
    return connection.execute(numbers).scalars()


def _halves(query: OrderQuery) -> Sequence[int]:
    if query.open_only:
        return (1,)
    if query.states is not None:  # a walk through the half where they cannot be finds nothing, slowly
        return sorted({int(state not in FINISHED_STATES) for state in query.states}, reverse=True) or (1,)
    return (1, 0)


def _half(shelf: Shelf, plan: _Plan, half: int) -> Select[Any]:
    columns = shelf.work_order.c
    if plan.facet and half == 1:
        # Named, because the planner does not know how many orders there are of a value.
        index = f"INDEXED BY ix_{shelf.work_order.name}_{plan.facet}"
        is_open = columns.open == literal_column("1")  # not a parameter: the index is of open orders alone
        return (
            select(columns.n, columns.id).with_hint(shelf.work_order, index, "sqlite").where(is_open, *plan.conditions)
        )
    # "+ 0" keeps SQLite from walking the index on `open` where fetching the few hits is cheaper.
    is_half = (columns.open + 0 if plan.rare else columns.open) == half
    return select(columns.n, columns.id).where(is_half, *plan.conditions)


def _plan(connection: Connection, shelf: Shelf, query: OrderQuery) -> _Plan:
    columns = shelf.work_order.c
    conditions = _plain_conditions(shelf, query)
    tallied = query.states is not None or query.supervised
    rare = bool(query.caller) or (tallied and sum(_tally(connection, shelf, query)) < COMMON_HITS)
    expression = match_expression(query.text)
    if expression is not None:
        hits = _matching(shelf, expression)
        rare |= (few := _is_rare(connection, hits))
        # "+ 0" again: the hits are read once into a set, and each order met on the way is looked up in it.
        conditions.append((columns.n if few else columns.n + 0).in_(hits))
    if query.bbox is not None:
        west, south, east, north = query.bbox
        hits = _boxes(shelf, query.bbox)
        if _is_rare(connection, hits):
            rare = True
            conditions.append(columns.n.in_(hits))
        # The R*Tree holds 32-bit floats, a metre off at these longitudes; these columns are exact.
        conditions += [columns.lon.between(west, east), columns.lat.between(south, north)]
    facet = "" if rare else _facet(connection, shelf, query)
    return _Plan(conditions, rare, facet)


def _facet(connection: Connection, shelf: Shelf, query: OrderQuery) -> str:
    """Return the facet whose index leads to the hits soonest: one with few of them, or one that is sorted already."""
    for facet in FACETS:
        wanted = getattr(query, facet)
        if wanted is not None and (
            (len(wanted) == 1 and query.sort == "due") or facet_count(connection, shelf, facet, wanted) < COMMON_HITS
        ):
            return facet
    return query.sort if query.sort in SORTED_FACETS else ""


def facet_count(connection: Connection, shelf: Shelf, facet: str, values: Iterable[str]) -> int:
    """Return how many open orders have one of the values, at once."""
    counts = shelf.order_facet.c
    found = select(func.coalesce(func.sum(counts.number), 0)).where(
        counts.facet == facet, counts.value.in_(sorted(values)), counts.open == 1
    )
    return int(connection.execute(found).scalar_one())


def _plain_conditions(shelf: Shelf, query: OrderQuery) -> list[ColumnElement[bool]]:
    columns = shelf.work_order.c
    chosen = {
        "state": query.states,
        "urgency": query.urgency,
        "source": query.source,
        "module": query.module,
        "lead_department": query.lead_department,
        "grid_cell": query.grid_cell,
        "neighbourhood": query.neighbourhood,
    }
    conditions: list[ColumnElement[bool]] = []
    conditions += [columns[name].in_(sorted(wanted)) for name, wanted in chosen.items() if wanted is not None]
    if query.due_before:
        conditions.append(columns.due < milliseconds(query.due_before, NEVER))
    if query.clock:
        conditions += _clock_conditions(shelf, query.clock, query.now)
    if query.caller:
        conditions += [columns.caller == query.caller, columns.caller != literal_column("''")]
    if query.stuck is not None:
        conditions.append(_is_stuck(shelf, query.stuck, query.now))
    if query.mine is not None:
        conditions.append(_is_mine(shelf, *query.mine))
    if query.supervised:
        conditions.append(columns.supervised == literal_column("1"))  # not a parameter: this has an index of its own
    return conditions


def _is_mine(shelf: Shelf, officer: str, department: str) -> ColumnElement[bool]:
    """Taken by the officer, or led by the officer's department."""
    columns = shelf.work_order.c
    taken = and_(columns.owner != "", columns.owner == officer)
    return or_(taken, columns.lead_department == department) if department else taken


def _is_stuck(shelf: Shelf, idle: tuple[tuple[str, str], ...], now: str) -> ColumnElement[bool]:
    """With a department, and late or not touched since the time given for it."""
    columns = shelf.work_order.c
    untouched = [
        and_(columns.lead_department == department, columns.updated < milliseconds(since, 0))
        for department, since in idle
    ]
    return and_(columns.state.in_(WITH_A_UNIT), or_(columns.due < milliseconds(now, 0), *untouched))


def _clock_conditions(shelf: Shelf, clock: str, now: str) -> list[ColumnElement[bool]]:
    columns = shelf.work_order.c
    at = milliseconds(now, 0)
    if clock == "late":
        return [columns.due < at]
    if clock == "near":
        return [columns.due >= at, columns.due < NEVER, columns.near <= at]
    raise ValueError(f"no such state of the clock: {clock!r}")


def _matching(shelf: Shelf, expression: str) -> Select[Any]:
    words = shelf.order_text
    return select(words.c.rowid).where(literal_column(words.name).op("MATCH")(expression))


def _boxes(shelf: Shelf, bbox: tuple[float, float, float, float]) -> Select[Any]:
    west, south, east, north = bbox
    box = shelf.order_box.c
    return select(box.n).where(box.west <= east, box.east >= west, box.south <= north, box.north >= south)


def _is_rare(connection: Connection, hits: Select[Any]) -> bool:
    some = hits.limit(COMMON_HITS).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one()) < COMMON_HITS
