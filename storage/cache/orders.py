"""Queries over work orders: filters, words, a box, an order, a page."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, CompoundSelect, Connection, Select, func, literal_column, select, union_all

from storage.cache.columns import FINISHED_STATES, NEVER, milliseconds
from storage.cache.tables import Shelf
from storage.records import OrderQuery
from storage.words import match_expression

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
}


class _Plan(NamedTuple):
    """Conditions on the columns, and whether they are few enough hits to fetch them all first."""

    conditions: list[ColumnElement[bool]]
    rare: bool


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
    plan = _plan(connection, shelf, query)
    halves = (_half(shelf, plan, half) for half in _halves(query))
    return sum(
        int(connection.execute(select(func.count()).select_from(half.subquery())).scalar_one()) for half in halves
    )


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
    # "+ 0" keeps SQLite from walking the index on `open` where fetching the few hits is cheaper.
    is_half = (columns.open + 0 if plan.rare else columns.open) == half
    return select(columns.n, columns.id).where(is_half, *plan.conditions)


def _plan(connection: Connection, shelf: Shelf, query: OrderQuery) -> _Plan:
    columns = shelf.work_order.c
    conditions = _plain_conditions(shelf, query)
    tallied = query.states is not None or query.supervised
    rare = tallied and sum(_tally(connection, shelf, query)) < COMMON_HITS
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
    return _Plan(conditions, rare)


def _plain_conditions(shelf: Shelf, query: OrderQuery) -> list[ColumnElement[bool]]:
    columns = shelf.work_order.c
    chosen = {
        "state": query.states,
        "urgency": query.urgency,
        "source": query.source,
        "module": query.module,
        "lead_department": query.lead_department,
    }
    conditions: list[ColumnElement[bool]] = []
    conditions += [columns[name].in_(sorted(wanted)) for name, wanted in chosen.items() if wanted is not None]
    if query.due_before:
        conditions.append(columns.due < milliseconds(query.due_before, NEVER))
    if query.clock:
        conditions += _clock_conditions(shelf, query.clock, query.now)
    if query.supervised:
        conditions.append(columns.supervised == literal_column("1"))  # not a parameter: this has an index of its own
    return conditions


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
