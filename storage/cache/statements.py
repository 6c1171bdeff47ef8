"""SQL made of Core statements, for batches and lists."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ClauseElement, Connection, Select, bindparam, func, select
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect

_DIALECT = sqlite_dialect()


def sql_of(statement: ClauseElement) -> str:
    """Return a Core statement as SQL with ``?`` marks, for batches of plain tuples in column order.

    Core's own executemany costs more for each row than SQLite itself; the statements are still Core's.
    """
    return str(statement.compile(dialect=_DIALECT))


def plain_rows(connection: Connection, sql: str, parameters: tuple[Any, ...]) -> Sequence[Any]:
    """Return the driver's own tuples: for thousands of short rows, Core's cost more than reading them."""
    result = connection.exec_driver_sql(sql, parameters)
    rows = result.cursor.fetchall() if result.cursor is not None else ()
    result.close()
    return rows


def each_of(parameter: str) -> Select[Any]:
    """Return a subselect of the values of a JSON array, for ``x IN (…)``.

    Not a join: there SQLite, which cannot know how short the array is, prefers to scan the table.
    """
    return select(func.json_each(bindparam(parameter)).table_valued("value").c.value)


def json_list(values: Collection[str] | Collection[int]) -> str:
    """Return values for ``json_each(?)``: one parameter however many there are."""
    return json.dumps(list(values), ensure_ascii=False)
