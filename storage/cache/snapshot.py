"""A snapshot is built on the shelf that is not live, and swapped in by one update."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from storage.cache.board.layout import FORMAT
from storage.cache.board.orders import KIND as ORDER
from storage.cache.board.orders import Orders
from storage.cache.building import empty_some, is_empty, merge_words
from storage.cache.columns import LARGEST_INTEGER, read_object
from storage.cache.order_shelves import OrderShelves
from storage.cache.overlay import Overlay
from storage.cache.quarantine import set_aside
from storage.cache.shelf_writer import Row as ShelfRow
from storage.cache.shelf_writer import ShelfWriter
from storage.cache.state import make_live, read_state, write_cursor
from storage.cache.tables import Shelf, other, snapshot, snapshot_page, tombstone
from storage.engine import Database
from storage.errors import StorageError
from storage.records import Cursor, ItemRecord, OrderQuery


class SnapshotBuilder:
    """Begins, fills, commits or discards the one snapshot under way; no step of it is a long transaction."""

    def __init__(self, database: Database, overlay: Overlay, shelves: OrderShelves) -> None:
        self._database = database
        self._overlay = overlay
        self._shelves = shelves

    def begin(self, lsn: int, epoch: str, instance: str) -> None:
        """Start, or go on with the one of the same three that is under way; another one is discarded."""
        with self._shelves.write() as connection:
            found = connection.execute(select(snapshot)).first()
            if found is not None and (found.lsn, found.epoch, found.instance) == (lsn, epoch, instance):
                return
            _forget(connection)
        while self.tidy_some():
            pass
        with self._shelves.write() as connection:
            merge_words(connection, other(read_state(connection).live), at_once=False)
            connection.execute(insert(snapshot).values(one=1, lsn=lsn, epoch=epoch, instance=instance, aside="{}"))

    def add_page(self, page: int, items: Sequence[ItemRecord]) -> None:
        """Add a page; one that is there already is left as it is.

        Raises:
            StorageError: storage.snapshot_missing.
        """
        with self._shelves.write() as connection:
            found = _under_way(connection)
            if connection.execute(select(snapshot_page).where(snapshot_page.c.page == page)).first() is not None:
                return
            shelf = other(read_state(connection).live)
            orders = self._shelves.of(shelf)
            aside = _add_items(connection, shelf, orders, items, found.lsn)
            if aside:
                total = Counter(json.loads(found.aside)) + aside
                connection.execute(update(snapshot).values(aside=json.dumps(total)))
            connection.execute(insert(snapshot_page).values(page=page))
        while orders.is_behind:
            with self._shelves.write() as connection:
                orders.index_some(connection)

    def pages(self) -> set[int]:
        """Return the pages there are; none if no snapshot is under way."""
        with self._database.read() as connection:
            return set(connection.execute(select(snapshot_page.c.page)).scalars())

    def open_orders(self) -> int:
        """Return how many open orders the pages there are hold."""
        with self._database.read() as connection:
            return self._shelves.of(other(read_state(connection).live)).count(connection, OrderQuery())

    def commit(self, cursor: Cursor, counts: Mapping[str, int] | None) -> None:
        """Verify and swap. The old rows are cleared afterwards, in a transaction of their own.

        Raises:
            StorageError: storage.snapshot_missing, .snapshot_incomplete, .snapshot_older; the old cache stays live.
        """
        with self._shelves.write() as connection:
            found = _under_way(connection)
            before = read_state(connection)
            _refuse_older(before.cursor, cursor)
            shelf = other(before.live)
            _verify(connection, shelf, self._shelves.of(shelf), counts or {}, json.loads(found.aside))
            merge_words(connection, shelf, at_once=True)
            self._overlay.reproject(connection, shelf, self._overlay.stale(connection, shelf), cursor.lsn)
            connection.execute(delete(tombstone))
            make_live(connection, shelf, FORMAT)
            write_cursor(connection, cursor)
            _forget(connection)

    def discard(self) -> None:
        """Throw away what is under way, if anything; its rows go in `tidy_some`."""
        with self._shelves.write() as connection:
            _forget(connection)

    def tidy_some(self) -> bool:
        """Remove some of what an older snapshot or a discarded one left; False if nothing was left to remove."""
        with self._database.read() as connection:
            if connection.execute(select(snapshot)).first() is not None:
                return False
            spare = other(read_state(connection).live)
            if is_empty(connection, spare):
                return False
        self._shelves.of(spare).clear()
        with self._shelves.write() as connection:
            return empty_some(connection, spare)


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


def _add_items(
    connection: Connection, shelf: Shelf, orders: Orders, items: Sequence[ItemRecord], lsn: int
) -> Counter[str]:
    writer = ShelfWriter(connection, shelf, orders)
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


def _verify(
    connection: Connection, shelf: Shelf, orders: Orders, counts: Mapping[str, int], aside: Mapping[str, int]
) -> None:
    record = shelf.record
    for kind, expected in counts.items():
        if kind == ORDER:
            found = orders.count_all()
        else:
            rows = select(func.count()).select_from(record).where(record.c.kind == kind)
            found = int(connection.execute(rows).scalar_one())
        here = found + aside.get(kind, 0)
        if here != expected:
            raise StorageError("storage.snapshot_incomplete", {"kind": kind, "expected": expected, "found": here})
