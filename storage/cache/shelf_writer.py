"""Writing rows of one shelf in batches: the object, its columns, its words and its box."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, TableClause, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.cache.columns import Facts
from storage.cache.facets import Facets
from storage.cache.statements import each_of, json_list, plain_rows, sql_of
from storage.cache.tables import SHELVES, Shelf
from storage.cache.tally import Tally
from storage.words import Searched, index_words


@dataclass(slots=True)
class Row:
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
    """Writes to one shelf inside the caller's transaction.

    To a `stripped` one (see `storage.cache.building`) it writes no boxes and keeps no tally.
    """

    def __init__(self, connection: Connection, shelf: Shelf, *, stripped: bool = False) -> None:
        self._stripped = stripped
        self._connection = connection
        self._shelf = shelf
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
        for kind, side in self._sql.sides.items():
            mine = [row for row in rows if row.kind == kind]
            if mine:
                side.put(self._connection, mine, stripped=self._stripped)

    def show(self, row: Row) -> None:
        """Write what is shown of a known row; its base stays."""
        self._connection.exec_driver_sql(self._sql.show, (row.pending, row.shown, row.n))
        side = self._sql.sides.get(row.kind)
        if side is not None:
            side.put(self._connection, [row])

    def remove(self, kind: str, numbers: Collection[int]) -> None:
        """Remove rows of a kind and everything that is searched of them."""
        keys = [(n,) for n in numbers]
        self._many(self._sql.delete, keys)
        side = self._sql.sides.get(kind)
        if side is not None:
            side.remove(self._connection, keys)

    def _many(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        if rows:
            self._connection.exec_driver_sql(sql, rows)


class _Side:
    """The columns, words, boxes and tally of one kind in one shelf."""

    def __init__(
        self,
        columns: Table,
        words: TableClause,
        box: TableClause | None = None,
        tallies: tuple[Tally | Facets, ...] = (),
    ) -> None:
        self._tallies = tallies
        number = columns.c.n
        self._old = sql_of(
            select(number, columns.c.digest, columns.c.lon, columns.c.lat).where(number.in_(each_of("ns")))
        )
        put = upsert(columns)  # not OR REPLACE, which would write every index anew and not only what changed
        changing = {column.name: put.excluded[column.name] for column in columns.c if column is not number}
        self._put_columns = sql_of(put.on_conflict_do_update(index_elements=[number], set_=changing))
        self._put_words = sql_of(insert(words).prefix_with("OR REPLACE"))
        self._put_box = sql_of(insert(box).prefix_with("OR REPLACE")) if box is not None else ""
        self._deletes = [sql_of(delete(columns).where(number == bindparam("n")))]
        self._deletes.append(sql_of(delete(words).where(words.c.rowid == bindparam("n"))))
        if box is not None:
            self._delete_box = sql_of(delete(box).where(box.c.n == bindparam("n")))
            self._deletes.append(self._delete_box)

    def put(self, connection: Connection, rows: Sequence[Row], *, stripped: bool = False) -> None:
        known = [row.n for row in rows if not row.is_new]
        old = {n: (digest, lon, lat) for n, digest, lon, lat in self._read_old(connection, known)}
        nothing = (None, None, None)
        columns: list[tuple[Any, ...]] = []
        to_index: list[tuple[int, Searched]] = []
        placed: list[tuple[int, float, float, float, float]] = []
        gone: list[tuple[int]] = []
        for row in rows:
            facts = row.facts
            if facts is None:
                continue
            lon, lat = facts.point or (None, None)
            columns.append((row.n, row.id, facts.digest, lon, lat, *facts.values))
            digest, old_lon, old_lat = old.get(row.n, nothing)
            if facts.digest != digest:
                to_index.append((row.n, facts.searched))
            if self._put_box and not stripped and (lon, lat) != (old_lon, old_lat):
                if lon is None or lat is None:
                    gone.append((row.n,))
                else:
                    placed.append((row.n, lon, lon, lat, lat))
        for tally in () if stripped else self._tallies:
            added = tally.of_values(row.facts.values for row in rows if row.facts is not None)
            tally.change(connection, added, tally.of(connection, known))
        texts = index_words([searched for _, searched in to_index])
        words = [(n, text) for (n, _), text in zip(to_index, texts, strict=True)]
        for sql, batch in (
            (self._put_columns, columns),
            (self._put_words, words),
            (self._put_box, placed),
            (self._put_box and self._delete_box, gone),
        ):
            if batch:
                connection.exec_driver_sql(sql, batch)

    def remove(self, connection: Connection, keys: list[tuple[int]]) -> None:
        if keys:
            for tally in self._tallies:
                tally.change(connection, Counter(), tally.of(connection, [n for (n,) in keys]))
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
        self.sides = {
            "work_order": _Side(
                shelf.work_order,
                shelf.order_text,
                shelf.order_box,
                (Tally(shelf.work_order, shelf.order_tally), Facets(shelf.work_order, shelf.order_facet)),
            ),
            "camera": _Side(shelf.camera, shelf.camera_text),
        }


_SQL = {name: _Statements(shelf) for name, shelf in SHELVES.items()}
