"""SQL made of Core statements, for batches and lists."""

import json
from collections.abc import Collection, Sequence
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import ClauseElement, Connection, Select, bindparam, func, select
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect

_DIALECT = sqlite_dialect()
_AT_ONCE = 4_096
"""Rows fetched at once where there may be a million: to let go of so many tuples holds every thread up for long."""


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


def plain_numbers(connection: Connection, sql: str, parameters: tuple[Any, ...]) -> npt.NDArray[np.int64]:
    """Return the one integer of each row, of which there may be very many."""
    parts = [np.empty(0, np.int64)]
    result = connection.exec_driver_sql(sql, parameters)
    while result.cursor is not None and (rows := result.cursor.fetchmany(_AT_ONCE)):
        parts.append(np.fromiter(chain.from_iterable(rows), np.int64, len(rows)))
    result.close()
    return np.concatenate(parts)


def each_of(parameter: str) -> Select[Any]:
    """Return a subselect of the values of a JSON array, for ``x IN (…)``.

    Not a join: there SQLite, which cannot know how short the array is, prefers to scan the table.
    """
    return select(func.json_each(bindparam(parameter)).table_valued("value").c.value)


def json_list(values: Collection[str] | Collection[int]) -> str:
    """Return values for ``json_each(?)``: one parameter however many there are."""
    return json.dumps(list(values), ensure_ascii=False)
