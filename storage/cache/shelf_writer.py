"""Writing rows of one shelf in batches: the object, and what it is found by."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, TableClause, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.cache.board.orders import KIND as ORDER
from storage.cache.board.orders import Orders
from storage.cache.columns import CameraFacts, Facts, OrderFacts
from storage.cache.statements import each_of, json_list, plain_rows, sql_of
from storage.cache.tables import SHELVES, Shelf
from storage.words import Searched, index_words

CAMERA = "camera"


class Row(msgspec.Struct, gc=False):
    """An object to be written.

    Attributes:
        n: Its number in the shelf; given by `ShelfWriter.new_number` where `is_new`.
        base: The centre's JSON.
        facts: The columns of what is shown; None for kinds without.
        shown: What is shown as JSON, or None where that is `base`.
    """

    n: int
    is_new: bool
    kind: str
    id: str
    ver: int
    lsn: int
    base: bytes
    facts: Facts | None
    shown: bytes | None = None
    pending: int = 0


@dataclass(frozen=True, slots=True)
class Stored:
    """What a shelf holds of an object."""

    n: int
    ver: int
    lsn: int


class ShelfWriter:
    """Writes to one shelf inside the caller's transaction, and to `orders`, which are that shelf's."""

    def __init__(self, connection: Connection, shelf: Shelf, orders: Orders) -> None:
        self._connection = connection
        self._shelf = shelf
        self._orders = orders
        self._sql = _SQL[shelf.name]
        self._last: int | None = None

    def new_number(self) -> int:
        """Return the number of the next new row."""
        if self._last is None:
            highest = self._connection.execute(select(func.max(self._shelf.record.c.n))).scalar()
            self._last = int(highest or 0)
        self._last += 1
        return self._last

    def stored(self, kind: str, ids: Collection[str]) -> dict[str, Stored]:
        """Return those of `ids` that the shelf holds."""
        rows = plain_rows(self._connection, self._sql.stored, (kind, json_list(ids)))
        return {object_id: Stored(n, ver, lsn) for object_id, n, ver, lsn in rows}

    def put(self, rows: Sequence[Row]) -> None:
        """Write rows, new and known ones."""
        new = [(r.n, r.kind, r.id, r.ver, r.lsn, r.pending, r.base, r.shown) for r in rows if r.is_new]
        known = [(r.ver, r.lsn, r.pending, r.base, r.shown, r.n) for r in rows if not r.is_new]
        self._many(self._sql.insert, new)
        self._many(self._sql.update, known)
        self._put_sides(rows)

    def show(self, row: Row) -> None:
        """Write what is shown of a known row; its base stays."""
        self._connection.exec_driver_sql(self._sql.show, (row.pending, row.shown, row.n))
        self._put_sides([row])

    def remove(self, kind: str, numbers: Collection[int]) -> None:
        """Remove rows of a kind and everything that is searched of them."""
        keys = [(n,) for n in numbers]
        if not keys:
            return
        self._many(self._sql.delete, keys)
        if kind == ORDER:
            self._orders.remove(self._connection, list(numbers))
        elif kind == CAMERA:
            self._sql.cameras.remove(self._connection, keys)

    def _put_sides(self, rows: Sequence[Row]) -> None:
        self._orders.put([(row.n, row.id, row.facts) for row in rows if isinstance(row.facts, OrderFacts)])
        cameras = [(row, row.facts) for row in rows if isinstance(row.facts, CameraFacts)]
        if cameras:
            self._sql.cameras.put(self._connection, cameras)

    def _many(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        if rows:
            self._connection.exec_driver_sql(sql, rows)


class _Cameras:
    """The columns and words of the cameras in one shelf."""

    def __init__(self, columns: Table, words: TableClause) -> None:
        number = columns.c.n
        self._old = sql_of(select(number, columns.c.digest).where(number.in_(each_of("ns"))))
        put = upsert(columns)  # not OR REPLACE, which would write every index anew and not only what changed
        changing = {column.name: put.excluded[column.name] for column in columns.c if column is not number}
        self._put_columns = sql_of(put.on_conflict_do_update(index_elements=[number], set_=changing))
        self._put_words = sql_of(insert(words).prefix_with("OR REPLACE"))
        self._deletes = [
            sql_of(delete(columns).where(number == bindparam("n"))),
            sql_of(delete(words).where(words.c.rowid == bindparam("n"))),
        ]

    def put(self, connection: Connection, rows: Sequence[tuple[Row, CameraFacts]]) -> None:
        known = [row.n for row, _ in rows if not row.is_new]
        old: dict[int, int] = dict(self._read_old(connection, known))
        columns: list[tuple[Any, ...]] = []
        to_index: list[tuple[int, Searched]] = []
        for row, camera in rows:
            point = camera.point or (None, None)
            columns.append((row.n, row.id, camera.digest, *point, camera.name, int(camera.working)))
            if camera.digest != old.get(row.n):
                to_index.append((row.n, camera.searched))
        texts = index_words([searched for _, searched in to_index])
        words = [(n, text) for (n, _), text in zip(to_index, texts, strict=True)]
        for sql, batch in ((self._put_columns, columns), (self._put_words, words)):
            if batch:
                connection.exec_driver_sql(sql, batch)

    def remove(self, connection: Connection, keys: list[tuple[int]]) -> None:
        for sql in self._deletes:
            connection.exec_driver_sql(sql, keys)

    def _read_old(self, connection: Connection, numbers: list[int]) -> Iterable[Any]:
        return plain_rows(connection, self._old, (json_list(numbers),)) if numbers else ()


class _Statements:
    """The SQL of one shelf, made once."""

    def __init__(self, shelf: Shelf) -> None:
        record = shelf.record
        self.stored = sql_of(
            select(record.c.id, record.c.n, record.c.ver, record.c.lsn).where(
                record.c.kind == bindparam("of_kind"), record.c.id.in_(each_of("ids"))
            )
        )
        number = record.c.n == bindparam("of_n")
        changing = ("ver", "lsn", "pending", "base", "shown")
        self.insert = sql_of(insert(record))
        self.update = sql_of(update(record).where(number).values({c: bindparam(f"new_{c}") for c in changing}))
        self.show = sql_of(
            update(record).where(number).values({c: bindparam(f"new_{c}") for c in ("pending", "shown")})
        )
        self.delete = sql_of(delete(record).where(number))
        self.cameras = _Cameras(shelf.camera, shelf.camera_text)


_SQL = {name: _Statements(shelf) for name, shelf in SHELVES.items()}
