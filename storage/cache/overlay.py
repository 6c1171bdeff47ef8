"""Base ⊕ pending: what the officer sees of objects that have operations on their way."""

from collections.abc import Collection
from typing import Protocol

import msgspec
from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert

from storage.cache.board.orders import Orders
from storage.cache.columns import facts_of
from storage.cache.order_shelves import OrderShelves
from storage.cache.shelf_writer import Row, ShelfWriter
from storage.cache.statements import plain_rows, sql_of
from storage.cache.tables import Shelf, seen_op
from storage.records import Json, OpRecord, Project

Target = tuple[str, str]
"""Kind and id."""

BEGINS = "report"
"""The verb with which a desk begins an object; operations on anything else that is not here show nothing."""

BEGUN_HERE = (0, 0)
"""Version and log position of an object that this desk has begun and the centre does not have yet: neither. Its row is
there to be shown, and is no row of the centre."""


_SEEN = sql_of(select(seen_op.c.op_id))


class PendingSource(Protocol):
    """Where the operations are: `Duty`. Read while the cache writes; the two files never share a transaction."""

    def pending_of(self, targets: Collection[Target], covered_lsn: int) -> dict[Target, list[OpRecord]]:
        """Return the operations on each target, in order, without those whose effect is at or below `covered_lsn`."""
        ...

    def pending_targets(self) -> set[Target]:
        """Return every target with an operation in the outbox."""
        ...

    def unsettled(self, op_ids: Collection[str]) -> set[str]:
        """Return those of `op_ids` that are this desk's and still in the outbox."""
        ...


class Overlay:
    """Applies pending operations to rows about to be written or written before."""

    def __init__(self, project: Project, source: PendingSource, shelves: OrderShelves) -> None:
        self._project = project
        self._source = source
        self._shelves = shelves

    def orders(self, shelf: Shelf) -> Orders:
        """Return the orders of a shelf, which are written along with it."""
        return self._shelves.of(shelf)

    def note_seen(self, connection: Connection, op_ids: Collection[str]) -> set[str]:
        """Note which of `op_ids` are ours: their effect is in the rows now, so they must not be applied once more.

        The stream is often faster than the answer to the request itself.
        """
        before = {op_id for (op_id,) in plain_rows(connection, _SEEN, ())}
        if not op_ids and not before:
            return set()
        ours = self._source.unsettled(before.union(op_ids))
        new = ours - before
        if new:
            connection.execute(insert(seen_op).on_conflict_do_nothing(), [{"op_id": op_id} for op_id in new])
        if before - ours:
            connection.execute(delete(seen_op).where(seen_op.c.op_id.in_(before - ours)))
        return new

    def cover(self, connection: Connection, rows: Collection[Row], lsn: int) -> None:
        """Fill in what is shown of `rows`, as of a cursor at `lsn`."""
        pending = self._pending(connection, [(row.kind, row.id) for row in rows], lsn)
        if pending:
            for row in rows:
                ops = pending.get((row.kind, row.id))
                if ops:
                    self._cover(row, ops)

    def waited_for(self, connection: Connection, targets: Collection[Target], lsn: int) -> set[Target]:
        """Return those of `targets` that have operations to be shown, as of a cursor at `lsn`."""
        return {target for target, ops in self._pending(connection, targets, lsn).items() if ops}

    def reproject(self, connection: Connection, shelf: Shelf, targets: Collection[Target], lsn: int) -> set[Target]:
        """Compute what is shown of `targets` anew; return those where it changed."""
        pending = self._pending(connection, targets, lsn)
        record, writer = shelf.record, ShelfWriter(connection, shelf, self.orders(shelf))
        changed = set()
        for target in targets:
            kind, object_id = target
            stored = connection.execute(select(record).where(record.c.kind == kind, record.c.id == object_id)).first()
            begins = [op.verb for op in pending.get(target, [])][:1] == [BEGINS]
            if stored is None:
                if begins:
                    self._begin(writer, target, pending[target])
                    changed.add(target)
                continue
            if (stored.ver, stored.lsn) == BEGUN_HERE and not begins:
                # Begun on this desk, and the centre did not take it: what else was done to it is done to nothing.
                writer.remove(kind, [stored.n])
                changed.add(target)
                continue
            row = Row(stored.n, False, kind, object_id, stored.ver, stored.lsn, stored.base, None)  # noqa: FBT003 - is_new
            self._cover(row, pending.get(target, []))
            if (row.shown, row.pending) != (stored.shown, stored.pending):
                writer.show(row)
                changed.add(target)
        return changed

    def _begin(self, writer: ShelfWriter, target: Target, ops: list[OpRecord]) -> None:
        """Show an object that this desk has begun and the centre does not have yet: there is nothing below."""
        row = Row(writer.new_number(), True, *target, *BEGUN_HERE, b"{}", None)  # noqa: FBT003 - is_new
        self._cover(row, ops)
        writer.put([row])

    def stale(self, connection: Connection, shelf: Shelf) -> set[Target]:
        """Return every target whose projection may not be what the outbox says: all that have or had operations."""
        record = shelf.record
        shown = connection.execute(select(record.c.kind, record.c.id).where(record.c.pending > 0))
        return {(kind, object_id) for kind, object_id in shown} | self._source.pending_targets()

    def _pending(self, connection: Connection, targets: Collection[Target], lsn: int) -> dict[Target, list[OpRecord]]:
        pending = self._source.pending_of(targets, lsn)
        if not pending:
            return {}
        seen = {op_id for (op_id,) in plain_rows(connection, _SEEN, ())}
        return {target: [op for op in ops if op.op_id not in seen] for target, ops in pending.items()}

    def _cover(self, row: Row, ops: list[OpRecord]) -> None:
        value: Json = msgspec.json.decode(row.base)
        row.pending = len(ops)
        if ops:
            value = self._project(row.kind, value, [msgspec.json.decode(op.payload) for op in ops])
            row.shown = msgspec.json.encode(value)
        row.facts = facts_of(row.kind, value)
