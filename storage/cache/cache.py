"""The desk's copy of the centre: what screens read and the pull writes."""

from collections.abc import Mapping, Sequence

from storage.records import Applied, ChangeRecord, Cursor, ItemRecord, OrderQuery, Record


class Cache:
    """`cache.db`. Writers (marked *worker*) run on the storage worker; readers are safe on any thread, and short."""

    def cursor(self) -> Cursor | None:
        """Return how far the cache has followed the log, or None before the first snapshot."""
        raise NotImplementedError

    def apply(self, changes: Sequence[ChangeRecord], cursor: Cursor) -> Applied:
        """Apply a stretch of the log and move the cursor, in one transaction. *worker*"""
        raise NotImplementedError

    def begin_snapshot(self, lsn: int, epoch: str, instance: str) -> None:
        """Start building beside the live tables; a snapshot of the same three under way is resumed. *worker*"""
        raise NotImplementedError

    def add_snapshot_page(self, page: int, items: Sequence[ItemRecord]) -> None:
        """Add a page; one that is there already is left as it is. *worker*"""
        raise NotImplementedError

    def snapshot_pages(self) -> set[int]:
        """Return the pages that the snapshot under way has."""
        raise NotImplementedError

    def commit_snapshot(self, cursor: Cursor, counts: Mapping[str, int] | None = None) -> None:
        """Verify the counts by kind and swap the new tables in, in one transaction. *worker*"""
        raise NotImplementedError

    def discard_snapshot(self) -> None:
        """Throw the unfinished snapshot away. *worker*"""
        raise NotImplementedError

    def quarantine(self, kind: str, id: str, data: bytes, fault: str) -> None:  # noqa: A002 - the wire's word
        """Set a record aside that could not be read; the newest 1,000 are kept. *worker*"""
        raise NotImplementedError

    def get(self, kind: str, id: str) -> Record | None:  # noqa: A002
        """Return one object."""
        raise NotImplementedError

    def many(self, kind: str, ids: Sequence[str]) -> list[Record]:
        """Return those of `ids` that exist, in the order asked."""
        raise NotImplementedError

    def all(self, kind: str, limit: int = 100_000) -> list[Record]:
        """Return objects of a kind in order of arrival."""
        raise NotImplementedError

    def order_ids(self, query: OrderQuery, limit: int, offset: int = 0) -> list[str]:
        """Return a page of ids."""
        raise NotImplementedError

    def orders(self, query: OrderQuery, limit: int, offset: int = 0) -> list[Record]:
        """Return a page of orders."""
        raise NotImplementedError

    def order_count(self, query: OrderQuery) -> int:
        """Return how many orders `query` finds."""
        raise NotImplementedError

    def order_totals(self, now: str) -> dict[str, int]:
        """Return open, late, near, supervised, and ``state:<name>`` for each state among the open orders."""
        raise NotImplementedError

    def search_cameras(self, text: str, limit: int = 50) -> list[Record]:
        """Return cameras whose name, number, code, address or pinyin initials hold each word of `text`."""
        raise NotImplementedError

    def near_cameras(self, lon: float, lat: float, n: int) -> list[tuple[Record, float]]:
        """Return the `n` nearest working cameras with their distance in metres, nearest first."""
        raise NotImplementedError

    def reproject(self, kind: str, id: str) -> bool:  # noqa: A002
        """Compute what is shown of an object anew from base and pending operations; True if it changed. *worker*"""
        raise NotImplementedError
