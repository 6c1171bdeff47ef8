"""The desk's copy of the centre: what screens read and the pull writes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from storage.cache import cameras
from storage.cache.apply import apply_changes
from storage.cache.board.image import BoardImage
from storage.cache.board.sequence import OrderSequence
from storage.cache.order_shelves import OrderShelves
from storage.cache.overlay import BEGUN_HERE, Overlay, PendingSource, Target
from storage.cache.quarantine import set_aside
from storage.cache.snapshot import SnapshotBuilder
from storage.cache.state import read_state, write_cursor
from storage.cache.statements import each_of, json_list
from storage.cache.tables import SHELVES, Shelf, quarantine, tombstone
from storage.engine import Database
from storage.errors import StorageError
from storage.records import Applied, ChangeRecord, Cursor, ItemRecord, OrderGroup, OrderQuery, Project, Record, Versions


class Cache:
    """`cache.db`. Methods that write run on the storage worker; the others are short and safe on any thread.

    Every method raises `StorageError` (storage.busy, .io, .corrupt, .full) when the disk or the file gives out.
    """

    def __init__(self, database: Database, project: Project, source: PendingSource, image: BoardImage) -> None:
        self._database = database
        self._shelves = OrderShelves(database, image)
        self._overlay = Overlay(project, source, self._shelves)
        self._snapshots = SnapshotBuilder(database, self._overlay, self._shelves)

    # --- the pull --------------------------------------------------------------------------------------------------

    def cursor(self) -> Cursor | None:
        """Return how far the cache has followed the log, or None before the first snapshot."""
        with self._database.read() as connection:
            return read_state(connection).cursor

    def apply(self, changes: Sequence[ChangeRecord], cursor: Cursor) -> Applied:
        """Apply a stretch of the log and move the cursor, all in one transaction. Writes.

        Changes that are no newer than what is there are skipped, so replays and reordering do no harm. The cursor
        never goes back within an epoch.

        Raises:
            StorageError: storage.other_epoch if the cache follows another centre or epoch; nothing is changed.
        """
        with self._shelves.write() as connection:
            before = read_state(connection)
            past = before.cursor
            if past and (past.epoch, past.instance) != (cursor.epoch, cursor.instance):
                raise StorageError("storage.other_epoch", detail=f"at {past.epoch!r}, got {cursor.epoch!r}")
            if past is None or cursor.lsn >= past.lsn:
                write_cursor(connection, cursor)
            lsn, orders = max(cursor.lsn, before.lsn), self._shelves.of(before.live)
            applied = apply_changes(connection, before.live, changes, self._overlay, lsn)
        while orders.is_behind:
            with self._shelves.write() as connection:
                orders.index_some(connection)
        return applied

    def begin_snapshot(self, lsn: int, epoch: str, instance: str) -> None:
        """Start building beside the live tables; a snapshot of the same three under way is resumed. Writes."""
        self._snapshots.begin(lsn, epoch, instance)

    def add_snapshot_page(self, page: int, items: Sequence[ItemRecord]) -> None:
        """Add a page; one that is there already is left as it is. Writes.

        Raises:
            StorageError: storage.snapshot_missing.
        """
        self._snapshots.add_page(page, items)

    def snapshot_pages(self) -> set[int]:
        """Return the pages that the snapshot under way has."""
        return self._snapshots.pages()

    def snapshot_open_orders(self) -> int:
        """Return how many open orders the pages of the snapshot under way hold, whichever run stored them."""
        return self._snapshots.open_orders()

    def commit_snapshot(self, cursor: Cursor, counts: Mapping[str, int] | None = None) -> None:
        """Verify the counts by kind and swap the new tables in, in one transaction. Writes.

        Raises:
            StorageError: storage.snapshot_missing, .snapshot_incomplete, .snapshot_older; the old cache stays.
        """
        self._snapshots.commit(cursor, counts)

    def discard_snapshot(self) -> None:
        """Throw the unfinished snapshot away, if there is one. Writes."""
        self._snapshots.discard()

    def quarantine(self, kind: str, id: str, data: bytes, fault: str) -> None:  # noqa: A002 - the wire's word
        """Set a record aside that could not be read; the newest 1,000 are kept, 64 KiB of each. Writes."""
        with self._shelves.write() as connection:
            set_aside(connection, kind, id, data, fault)

    def quarantined(self) -> int:
        """Return how many records are set aside."""
        with self._database.read() as connection:
            return int(connection.execute(select(func.count()).select_from(quarantine)).scalar_one())

    def reproject(self, kind: str, id: str) -> bool:  # noqa: A002
        """Compute what is shown of an object anew from base and pending operations; True if it changed. Writes."""
        return bool(self.reproject_many({(kind, id)}))

    def reproject_many(self, targets: Iterable[Target]) -> set[Target]:
        """As `reproject` for many, in one transaction; return those that changed. Writes."""
        with self._shelves.write() as connection:
            state = read_state(connection)
            return self._overlay.reproject(connection, state.live, set(targets), state.lsn)

    def recover(self) -> None:
        """Read the board and bring projections into line with the outbox; once, at opening. Writes."""
        self._shelves.load()
        with self._shelves.write() as connection:
            state = read_state(connection)
            stale = self._overlay.stale(connection, state.live)
            self._overlay.reproject(connection, state.live, stale, state.lsn)

    def close(self) -> None:
        """Close the database; some 0.3 s for a million orders, whose board is left ready for the next start.

        Raises:
            StorageError: As everywhere; it is closed all the same.
        """
        self._shelves.close()

    def tend(self) -> bool:
        """Do a little of what can wait: words to be indexed, rows of an older snapshot. False if nothing is left.

        Writes, for some 20 ms; to be called while there is nothing else to do.
        """
        with self._database.read() as connection:
            orders = self._shelves.of(read_state(connection).live)
        if orders.waiting:
            with self._shelves.write() as connection:
                orders.index_some(connection)
            return True
        return self._snapshots.tidy_some()

    # --- objects ---------------------------------------------------------------------------------------------------

    def get(self, kind: str, id: str) -> Record | None:  # noqa: A002
        """Return one object."""
        found = self.many(kind, [id])
        return found[0] if found else None

    def many(self, kind: str, ids: Sequence[str]) -> list[Record]:
        """Return those of `ids` that exist, in the order asked."""
        with self._database.read() as connection:
            shelf = read_state(connection).live
            rows = connection.execute(_BY_ID[shelf.name], {"of_kind": kind, "keys": json_list(ids)})
            found = {row.id: _record(row) for row in rows}
        return [found[object_id] for object_id in ids if object_id in found]

    def all(self, kind: str, limit: int = 100_000) -> list[Record]:
        """Return objects of a kind, in order of arrival."""
        with self._database.read() as connection:
            record = read_state(connection).live.record
            rows = connection.execute(_columns(record.c).where(record.c.kind == kind).order_by(record.c.n).limit(limit))
            return [_record(row) for row in rows]

    def counts(self) -> dict[str, int]:
        """Return how many objects of each kind there are."""
        with self._database.read() as connection:
            record = read_state(connection).live.record
            rows = connection.execute(select(record.c.kind, func.count()).group_by(record.c.kind))
            return {kind: number for kind, number in rows}  # noqa: C416 - rows are no pairs to the type checker

    def versions(self, kind: str, after_lsn: int) -> Versions:
        """Return which versions of a kind there are, and what moved above `after_lsn`, all as of one moment.

        Of what the centre has: an object begun here, which waits to be sent, is not missing there.
        """
        with self._database.read() as connection:
            record = read_state(connection).live.record
            rows = connection.execute(select(record.c.id, record.c.ver, record.c.lsn).where(record.c.kind == kind))
            living: dict[str, int] = {}
            moved: set[str] = set()
            for object_id, ver, lsn in rows:
                if (ver, lsn) == BEGUN_HERE:
                    continue
                living[object_id] = ver
                if lsn > after_lsn:
                    moved.add(object_id)
            graves = select(tombstone.c.id).where(tombstone.c.kind == kind, tombstone.c.lsn > after_lsn)
            moved.update(connection.execute(graves).scalars())
        return Versions(living, frozenset(moved))

    # --- orders and cameras ----------------------------------------------------------------------------------------

    def order_ids(self, query: OrderQuery, limit: int, offset: int = 0) -> list[str]:
        """Return a page of ids. Without reading the objects, so 100,000 at once are fine (for the map)."""
        with self._database.read() as connection:
            orders = self._shelves.of(read_state(connection).live)
            numbers, _ = orders.find(connection, query, offset + limit)
            return orders.ids(numbers[offset : offset + limit])

    def order_sequence(self, query: OrderQuery, first: int | None = None) -> OrderSequence:
        """Return the ids of all orders that `query` finds, in its order: some 20 ms for a million.

        Words that very many orders hold take longer; with `first` the sequence is then not complete, but holds the
        first so many (or, for words that are rare among what else is asked for, fewer) within some 50 ms.
        """
        with self._database.read() as connection:
            return self._shelves.of(read_state(connection).live).sequence(connection, query, first)

    def orders(self, query: OrderQuery, limit: int, offset: int = 0) -> list[Record]:
        """Return a page of orders."""
        with self._database.read() as connection:
            shelf = read_state(connection).live
            numbers, _ = self._shelves.of(shelf).find(connection, query, offset + limit)
            return _fetch(connection, shelf, numbers[offset : offset + limit].tolist())

    def order_count(self, query: OrderQuery) -> int:
        """Return how many orders `query` finds."""
        with self._database.read() as connection:
            return self._shelves.of(read_state(connection).live).count(connection, query)

    def order_groups(self, query: OrderQuery, by: str) -> list[OrderGroup]:
        """Return how many orders `query` finds of each value of `by`: state or a facet, in order of the values."""
        with self._database.read() as connection:
            return self._shelves.of(read_state(connection).live).groups(connection, query, by)

    def order_count_upto(self, query: OrderQuery, cap: int) -> int:
        """Return how many orders `query` finds, `cap` at most: where "more than that" is all that anybody needs."""
        return min(cap, self.order_count(query))

    def order_totals(self, now: str, facets: Iterable[str] = ()) -> dict[str, int]:
        """Return counts over the open orders at the server time `now` (RFC 3339).

        Keys: ``open``, ``late`` (due is past), ``near`` (less than a quarter of the time left), ``supervised``, and
        ``state:<name>`` for each state that occurs; ``<facet>:<value>`` for each value of `facets` that does.
        """
        with self._database.read() as connection:
            return self._shelves.of(read_state(connection).live).totals(now, facets)

    def warm(self) -> None:
        """Sort the orders by what lists are mostly sorted by, so that the first click finds it done. Reads."""
        with self._database.read() as connection:
            self._shelves.of(read_state(connection).live).warm(connection)

    def search_cameras(self, text: str, limit: int = 50) -> list[Record]:
        """Return cameras whose name, number, code or address hold each word of `text`, by name.

        Names and addresses are found by the initials of their pinyin too.
        """
        with self._database.read() as connection:
            shelf = read_state(connection).live
            hits = cameras.matching_cameras(shelf, text)
            if hits is None:
                return []
            return _fetch(connection, shelf, list(connection.execute(hits.limit(limit)).scalars()))

    def near_cameras(self, lon: float, lat: float, n: int) -> list[tuple[Record, float]]:
        """Return the `n` nearest working cameras (online, not retired) with their distance in metres, nearest first."""
        with self._database.read() as connection:
            shelf = read_state(connection).live
            found = cameras.nearest(connection, shelf, lon, lat, n)
            records = _fetch(connection, shelf, [number for number, _ in found])
        return [(record, metres) for record, (_, metres) in zip(records, found, strict=True)]


def _columns(columns: Any) -> Select[Any]:
    shown = func.coalesce(columns.shown, columns.base).label("data")
    return select(columns.n, columns.kind, columns.id, columns.ver, shown, columns.pending)


def _by(shelf: Shelf, *, number: bool) -> Select[Any]:
    columns = shelf.record.c
    wanted = each_of("keys")
    if number:
        return _columns(columns).where(columns.n.in_(wanted))
    return _columns(columns).where(columns.kind == bindparam("of_kind"), columns.id.in_(wanted))


_BY_NUMBER = {name: _by(shelf, number=True) for name, shelf in SHELVES.items()}
_BY_ID = {name: _by(shelf, number=False) for name, shelf in SHELVES.items()}


def _fetch(connection: Connection, shelf: Shelf, numbers: Sequence[int]) -> list[Record]:
    rows = connection.execute(_BY_NUMBER[shelf.name], {"keys": json_list(numbers)})
    found = {row.n: _record(row) for row in rows}
    return [found[n] for n in numbers if n in found]


def _record(row: Any) -> Record:
    return Record(row.kind, row.id, row.ver, row.data, row.pending)
