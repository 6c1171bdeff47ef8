"""How many orders there are of each state, kept as they are written: counting a million takes seconds."""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.cache.statements import each_of, json_list, sql_of

TALLIED = ("state", "open", "supervised")
COLUMNS_BEFORE = 5  # n, id, digest, lon and lat stand before the values of `Facts`

Key = tuple[Any, ...]
"""Values of `TALLIED`."""


class Tally:
    """The counts of one shelf."""

    def __init__(self, orders: Table, counts: Table) -> None:
        names = [column.name for column in orders.columns][COLUMNS_BEFORE:]
        self._places = [names.index(name) for name in TALLIED]
        tallied = [orders.c[name] for name in TALLIED]
        self._of = sql_of(select(*tallied, func.count()).where(orders.c.n.in_(each_of("numbers"))).group_by(*tallied))
        put = upsert(counts)
        self._add = sql_of(
            put.on_conflict_do_update(
                index_elements=list(TALLIED), set_={"number": counts.c.number + put.excluded.number}
            )
        )
        self._clear = delete(counts)
        every = select(*tallied, func.count()).group_by(*tallied)
        self._count = insert(counts).from_select([*TALLIED, "number"], every)

    def of(self, connection: Connection, numbers: Collection[int]) -> Counter[Key]:
        """Count the rows with these numbers."""
        if not numbers:
            return Counter()
        rows = connection.exec_driver_sql(self._of, (json_list(numbers),))
        return Counter({tuple(key): count for *key, count in rows})

    def of_values(self, values: Iterable[tuple[str | int, ...]]) -> Counter[Key]:
        """Count rows about to be written, by their values as in `Facts`."""
        return Counter(tuple([each[place] for place in self._places]) for each in values)

    def change(self, connection: Connection, added: Counter[Key], gone: Counter[Key]) -> None:
        """Note what came and what went."""
        added.subtract(gone)
        changes = [(*key, number) for key, number in added.items() if number]
        if changes:
            connection.exec_driver_sql(self._add, changes)

    def count_all(self, connection: Connection) -> None:
        """Count everything anew."""
        connection.execute(self._clear)
        connection.execute(self._count)
