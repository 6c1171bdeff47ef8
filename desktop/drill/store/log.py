"""The log of the centre: every change of every object, numbered without holes, readable from any point."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, Select, delete, insert, select, update

from desktop.drill.store.database import WRITES, snapshots_of
from desktop.drill.store.tables import head, log, objects

KEPT_ENTRIES = 100_000
"""Older entries are dropped; a desk that was away for longer takes a snapshot."""

_TRIM_EVERY = 1_000
_INSERT_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. `data` is the object's JSON text after the change ("null" when it is gone)."""

    lsn: int
    kind: str
    id: str
    ver: int
    op: str
    data: str
    by_op: str | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """The present form of an object."""

    kind: str
    id: str
    ver: int
    data: str


@dataclass(slots=True)
class Writer:
    """One transaction on the log. Its entries get their numbers at once and are seen by others after the commit."""

    connection: Connection
    lsn: int
    entries: list[Entry] = field(default_factory=list)

    def get(self, kind: str, id_: str) -> Stored | None:
        """Return the present form of an object, or None when there is none (any more)."""
        return _get(self.connection, kind, id_)

    def put(self, kind: str, id_: str, data: str, by_op: str | None = None) -> Entry:
        """Write the new form of an object."""
        return self._append(kind, id_, "upsert", data, by_op)

    def remove(self, kind: str, id_: str, by_op: str | None = None) -> Entry:
        """Leave a tombstone in place of an object."""
        return self._append(kind, id_, "delete", "null", by_op)

    def _append(self, kind: str, id_: str, op: str, data: str, by_op: str | None) -> Entry:
        key = (objects.c.kind == kind) & (objects.c.id == id_)
        before = self.connection.execute(select(objects.c.ver).where(key)).scalar_one_or_none()
        ver = (before or 0) + 1
        values = {"ver": ver, "deleted": op == "delete", "data": data}
        if before is None:
            self.connection.execute(insert(objects).values(kind=kind, id=id_, **values))
        else:
            self.connection.execute(update(objects).where(key).values(**values))
        self.lsn += 1
        entry = Entry(self.lsn, kind, id_, ver, op, data, by_op)
        self.entries.append(entry)
        return entry


class Log:
    """Reads and appends. Thread-safe: one writer at a time, readers see whole transactions only."""

    def __init__(self, engine: Engine) -> None:
        self._engine = snapshots_of(engine)
        self._writers = engine.execution_options(**WRITES)
        self._turn = threading.Lock()
        self._listeners: list[Callable[[Sequence[Entry]], None]] = []

    def listen(self, listener: Callable[[Sequence[Entry]], None]) -> None:
        """Call `listener` with the entries of each commit, in order, on the writer's thread; it must not block."""
        self._listeners.append(listener)

    def bounds(self) -> tuple[int, int]:
        """Return the newest number, and the lowest one that reading may start after."""
        with self._engine.begin() as connection:
            row = connection.execute(select(head.c.lsn, head.c.floor)).one()
        return row.lsn, row.floor

    @contextmanager
    def write(self) -> Iterator[Writer]:
        """Open a transaction; it commits at the end of the block and tells the listeners."""
        with self._turn:
            with self._writers.begin() as connection:
                start = connection.execute(select(head.c.lsn).with_for_update()).scalar_one()
                writer = Writer(connection, start)
                yield writer
                if writer.entries:
                    connection.execute(insert(log), [_row(entry) for entry in writer.entries])
                    connection.execute(update(head).values(lsn=writer.lsn))
                    if writer.lsn // _TRIM_EVERY != start // _TRIM_EVERY:
                        _trim(connection, writer.lsn)
            if writer.entries:
                for listener in self._listeners:
                    listener(tuple(writer.entries))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend a connection inside a reading transaction."""
        with self._engine.begin() as connection:
            yield connection

    def fill(self, items: Iterable[Stored]) -> int:
        """Put the first objects of an empty centre in place; they count as known from the first moment.

        Returns:
            How many there were.
        """
        count = 0
        batch: list[dict[str, object]] = []
        with self._turn, self._writers.begin() as connection:
            for item in items:
                count += 1
                batch.append({"kind": item.kind, "id": item.id, "ver": item.ver, "deleted": False, "data": item.data})
                if len(batch) == _INSERT_BATCH:
                    connection.execute(insert(objects), batch)
                    batch.clear()
            if batch:
                connection.execute(insert(objects), batch)
            connection.execute(insert(head).values(id=1, lsn=count, floor=count))
        return count

    def is_empty(self) -> bool:
        """Whether nobody has filled this log yet."""
        with self._engine.begin() as connection:
            return connection.execute(select(head.c.id)).first() is None

    def entries(self, after: int, limit: int) -> list[Entry]:
        """Return at most `limit` entries above `after`, in order."""
        query = select(log).where(log.c.lsn > after).order_by(log.c.lsn).limit(limit)
        with self._engine.begin() as connection:
            return [Entry(*row) for row in connection.execute(query)]

    def get(self, kind: str, id_: str) -> Stored | None:
        """Return the present form of one object."""
        with self._engine.begin() as connection:
            return _get(connection, kind, id_)

    def of_kind(self, kind: str) -> Iterator[Stored]:
        """Yield all living objects of one kind, by id."""
        query = _living().where(objects.c.kind == kind).order_by(objects.c.id)
        with self._engine.begin() as connection:
            for row in connection.execution_options(yield_per=1_000).execute(query):
                yield Stored(*row)

    def versions(self, kind: str) -> tuple[int, list[tuple[str, int]]]:
        """Return the newest number and, as of it, the (id, ver) of all living objects of one kind."""
        query = select(objects.c.id, objects.c.ver).where(objects.c.kind == kind, objects.c.deleted.is_(False))
        with self._engine.begin() as connection:
            lsn = connection.execute(select(head.c.lsn)).scalar_one()
            return lsn, [(row.id, row.ver) for row in connection.execute(query)]

    @contextmanager
    def pinned(self) -> Iterator[tuple[int, Iterator[Stored]]]:
        """Read everything as it stands at one number: that number, and all living objects by kind and id."""
        query = _living().order_by(objects.c.kind, objects.c.id)
        with self._engine.begin() as connection:
            lsn = connection.execute(select(head.c.lsn)).scalar_one()
            rows = connection.execution_options(yield_per=1_000).execute(query)
            yield lsn, (Stored(*row) for row in rows)


def _living() -> Select[Any]:
    return select(objects.c.kind, objects.c.id, objects.c.ver, objects.c.data).where(objects.c.deleted.is_(False))


def _get(connection: Connection, kind: str, id_: str) -> Stored | None:
    row = connection.execute(_living().where(objects.c.kind == kind, objects.c.id == id_)).first()
    return Stored(*row) if row is not None else None


def _row(entry: Entry) -> dict[str, object]:
    return {
        "lsn": entry.lsn,
        "kind": entry.kind,
        "id": entry.id,
        "ver": entry.ver,
        "op": entry.op,
        "data": entry.data,
        "by_op": entry.by_op,
    }


def _trim(connection: Connection, lsn: int) -> None:
    floor = lsn - KEPT_ENTRIES
    if floor > connection.execute(select(head.c.floor)).scalar_one():
        connection.execute(delete(log).where(log.c.lsn <= floor))
        connection.execute(update(head).values(floor=floor))
