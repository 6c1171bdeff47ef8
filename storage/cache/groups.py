"""How many orders of a question there are of each state, place, module or unit: the heads of a grouped list."""

from collections import Counter
from dataclasses import replace

from sqlalchemy import Connection, func, select

from storage.cache.orders import found_orders
from storage.cache.tables import FACETS, Shelf
from storage.records import OrderGroup, OrderQuery

_ALL_OPEN = OrderQuery(sort="")


def order_groups(connection: Connection, shelf: Shelf, query: OrderQuery, by: str) -> list[OrderGroup]:
    """Return the groups in order of their values.

    Raises:
        ValueError: If `by` is neither ``state`` nor a facet.
    """
    if by not in (*FACETS, "state"):
        raise ValueError(f"orders are not grouped by {by!r}")
    plain = replace(query, sort="", descending=False, now="")
    counts: Counter[str] = Counter()
    if plain == _ALL_OPEN:
        tally, facet = shelf.order_tally.c, shelf.order_facet.c
        kept = (
            select(tally.state, tally.number).where(tally.open == 1)
            if by == "state"
            else select(facet.value, facet.number).where(facet.facet == by, facet.open == 1)
        )
        for value, number in connection.execute(kept):
            counts[value] += number
    else:
        for found in found_orders(connection, shelf, query):
            values = found.add_columns(shelf.work_order.c[by]).subquery().c[by]
            for value, number in connection.execute(select(values, func.count()).group_by(values)):
                counts[value] += number
    return [OrderGroup(value, number) for value, number in sorted(counts.items()) if number > 0]
