"""How many orders there are with each value of each facet, kept as they are written: the queue's groups."""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, literal, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.cache.statements import each_of, json_list, plain_rows, sql_of
from storage.cache.tables import FACETS
from storage.cache.tally import COLUMNS_BEFORE

Key = tuple[str, str, int]
"""Facet, value, and whether the orders are open."""


class Facets:
    """The counts of one shelf."""

    def __init__(self, orders: Table, counts: Table) -> None:
        names = [column.name for column in orders.columns][COLUMNS_BEFORE:]
        self._open = names.index("open")
        self._places = [(facet, names.index(facet)) for facet in FACETS]
        read = [orders.c.open, *(orders.c[facet] for facet in FACETS)]
        self._of = sql_of(select(*read).where(orders.c.n.in_(each_of("numbers"))))
        put = upsert(counts)
        self._add = sql_of(
            put.on_conflict_do_update(
                index_elements=["facet", "value", "open"], set_={"number": counts.c.number + put.excluded.number}
            )
        )
        self._clear = delete(counts)
        self._count = [
            insert(counts).from_select(
                ["facet", "value", "open", "number"],
                select(literal(facet), orders.c[facet], orders.c.open, func.count()).group_by(
                    orders.c[facet], orders.c.open
                ),
            )
            for facet in FACETS
        ]

    def of(self, connection: Connection, numbers: Collection[int]) -> Counter[Key]:
        """Count the rows with these numbers."""
        found: Counter[Key] = Counter()
        if numbers:
            rows = plain_rows(connection, self._of, (json_list(numbers),))
            for place, facet in enumerate(FACETS, start=1):
                found.update((facet, row[place], row[0]) for row in rows)
        return found

    def of_values(self, values: Iterable[tuple[str | int, ...]]) -> Counter[Key]:
        """Count rows about to be written, by their values as in `Facts`."""
        rows = list(values)
        found: Counter[Any] = Counter()
        for facet, place in self._places:
            found.update((facet, row[place], row[self._open]) for row in rows)
        return found

    def change(self, connection: Connection, added: Counter[Key], gone: Counter[Key]) -> None:
        """Note what came and what went."""
        added.subtract(gone)
        changes = [(*key, number) for key, number in added.items() if number]
        if changes:
            connection.exec_driver_sql(self._add, changes)

    def count_all(self, connection: Connection) -> None:
        """Count everything anew."""
        connection.execute(self._clear)
        for count in self._count:
            connection.execute(count)
