"""A snapshot is built on the shelf that is not live, and swapped in by one update."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from storage.cache.building import complete_shelf, empty_shelf, strip_shelf
from storage.cache.columns import LARGEST_INTEGER, read_object
from storage.cache.overlay import Overlay
from storage.cache.quarantine import set_aside
from storage.cache.shelf_writer import Row as ShelfRow
from storage.cache.shelf_writer import ShelfWriter
from storage.cache.state import make_live, read_state, write_cursor
from storage.cache.tables import Shelf, other, snapshot, snapshot_page, tombstone
from storage.engine import Database
from storage.errors import StorageError
from storage.records import Cursor, ItemRecord


class SnapshotBuilder:
    """Begins, fills, commits or discards the one snapshot under way. Each method is one transaction."""

    def __init__(self, database: Database, overlay: Overlay) -> None:
        self._database = database
        self._overlay = overlay

    def begin(self, lsn: int, epoch: str, instance: str) -> None:
        """Start, or go on with the one of the same three that is under way; another one is discarded."""
        with self._database.write() as connection:
            found = connection.execute(select(snapshot)).first()
            if found is not None and (found.lsn, found.epoch, found.instance) == (lsn, epoch, instance):
                return
            _forget(connection)
            spare = other(read_state(connection).live)
            empty_shelf(connection, spare)
            strip_shelf(connection, spare)
            connection.execute(insert(snapshot).values(one=1, lsn=lsn, epoch=epoch, instance=instance, aside="{}"))

    def add_page(self, page: int, items: Sequence[ItemRecord]) -> None:
        """Add a page; one that is there already is left as it is.

        Raises:
            StorageError: storage.snapshot_missing.
        """
        with self._database.write() as connection:
            found = _under_way(connection)
            if connection.execute(select(snapshot_page).where(snapshot_page.c.page == page)).first() is not None:
                return
            aside = _add_items(connection, other(read_state(connection).live), items, found.lsn)
            if aside:
                total = Counter(json.loads(found.aside)) + aside
                connection.execute(update(snapshot).values(aside=json.dumps(total)))
            connection.execute(insert(snapshot_page).values(page=page))

    def pages(self) -> set[int]:
        """Return the pages there are; none if no snapshot is under way."""
        with self._database.read() as connection:
            return set(connection.execute(select(snapshot_page.c.page)).scalars())

    def open_orders(self) -> int:
        """Return how many open orders the pages there are hold."""
        with self._database.read() as connection:
            orders = other(read_state(connection).live).work_order
            return int(connection.execute(select(func.count()).where(orders.c.open == 1)).scalar_one())

    def commit(self, cursor: Cursor, counts: Mapping[str, int] | None) -> None:
        """Verify and swap. The old rows are cleared afterwards, in a transaction of their own.

        Raises:
            StorageError: storage.snapshot_missing, .snapshot_incomplete, .snapshot_older; the old cache stays live.
        """
        with self._database.write() as connection:
            found = _under_way(connection)
            before = read_state(connection)
            _refuse_older(before.cursor, cursor)
            shelf = other(before.live)
            _verify(connection, shelf, counts or {}, json.loads(found.aside))
            complete_shelf(connection, shelf)
            self._overlay.reproject(connection, shelf, self._overlay.stale(connection, shelf), cursor.lsn)
            connection.execute(delete(tombstone))
            make_live(connection, shelf)
            write_cursor(connection, cursor)
            _forget(connection)
        with self._database.write() as connection:
            empty_shelf(connection, before.live)
            connection.exec_driver_sql("PRAGMA analysis_limit = 400")
            connection.exec_driver_sql("ANALYZE")  # the planner knows rare states from common ones

    def discard(self) -> None:
        """Throw away what is under way, if anything."""
        with self._database.write() as connection:
            if connection.execute(select(snapshot)).first() is not None:
                _forget(connection)
                empty_shelf(connection, other(read_state(connection).live))

    def tidy(self) -> None:
        """Clear what a crash between swap and clearing left behind."""
        with self._database.write() as connection:
            if connection.execute(select(snapshot)).first() is None:
                spare = other(read_state(connection).live)
                if connection.execute(select(spare.record.c.n).limit(1)).first() is not None:
                    empty_shelf(connection, spare)


def _under_way(connection: Connection) -> Row[tuple[int, int, str, str, str]]:
    found = connection.execute(select(snapshot)).first()
    if found is None:
        raise StorageError("storage.snapshot_missing")
    return found


def _forget(connection: Connection) -> None:
    connection.execute(delete(snapshot))
    connection.execute(delete(snapshot_page))


def _refuse_older(before: Cursor | None, after: Cursor) -> None:
    if before is None or (before.epoch, before.instance) != (after.epoch, after.instance):
        return
    if after.lsn < before.lsn:
        raise StorageError("storage.snapshot_older", {"cursor": before.lsn, "snapshot": after.lsn})


def _add_items(connection: Connection, shelf: Shelf, items: Sequence[ItemRecord], lsn: int) -> Counter[str]:
    writer = ShelfWriter(connection, shelf, stripped=True)
    ids: dict[str, set[str]] = defaultdict(set)
    for item in items:
        ids[item.kind].add(item.id)
    stored = {kind: writer.stored(kind, mine) for kind, mine in ids.items()}
    rows: dict[tuple[str, str], ShelfRow] = {}
    aside: Counter[str] = Counter()
    for item in items:
        data = read_object(item.kind, item.data) if 0 <= item.ver <= LARGEST_INTEGER else None
        if data is None:
            set_aside(connection, item.kind, item.id, item.data, "record.no_object")
            aside[item.kind] += 1
            continue
        target = (item.kind, item.id)
        before = rows.get(target) or stored[item.kind].get(item.id)
        if before is None or item.ver > before.ver:  # a centre that pages carelessly may send an object twice
            is_new = item.id not in stored[item.kind]
            number = before.n if before else writer.new_number()
            rows[target] = ShelfRow(number, is_new, *target, item.ver, lsn, *data)
    writer.put(list(rows.values()))
    return aside


def _verify(connection: Connection, shelf: Shelf, counts: Mapping[str, int], aside: Mapping[str, int]) -> None:
    record = shelf.record
    rows = connection.execute(select(record.c.kind, func.count()).group_by(record.c.kind))
    found = {kind: count for kind, count in rows}  # noqa: C416 - rows are not pairs to the type checker
    for kind, expected in counts.items():
        here = found.get(kind, 0) + aside.get(kind, 0)
        if here != expected:
            raise StorageError("storage.snapshot_incomplete", {"kind": kind, "expected": expected, "found": here})
