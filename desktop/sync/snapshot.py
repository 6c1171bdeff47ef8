"""Loads a whole snapshot beside the live tables: page by page, verified, resumable, swapped in at the end."""

import logging
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future

import msgspec

from desktop.central.schema import SnapshotPage
from desktop.errors import OpsError
from desktop.events import Event
from desktop.sync.guard import RemovalGuard
from desktop.sync.landing import post_bad
from desktop.sync.pages import SnapshotPages, page_items
from desktop.sync.records import BadRecord
from storage.cache.cache import Cache
from storage.duty.duty import Duty
from storage.errors import StorageError
from storage.records import Cursor, ItemRecord, OrderQuery
from storage.worker import StorageWorker

log = logging.getLogger(__name__)

_UNDER_WAY = "sync.snapshot"
_WRITE_DEADLINE_S = 120.0


class _UnderWay(msgspec.Struct, frozen=True):
    """The snapshot that was begun, as kept in the store so that a restart can go on with it."""

    handle: str
    lsn: int
    epoch: str
    instance: str
    pages: int


class SnapshotLoader:
    """Fetches and stores snapshots; used by the sync thread alone.

    The next page is on its way while the last one is written. The old cache stays as it is until the swap.
    """

    def __init__(
        self,
        *,
        pages: SnapshotPages,
        cache: Cache,
        duty: Duty,
        worker: StorageWorker,
        guard: RemovalGuard,
        post: Callable[[Event], None],
    ) -> None:
        self._pages = pages
        self._cache = cache
        self._duty = duty
        self._worker = worker
        self._guard = guard
        self._post = post
        self._done_or_stopped = threading.Condition()
        self._stopping = False

    def stop(self) -> None:
        """Let `load` come back without waiting for the disk; from any thread. What is stored is taken up next time."""
        with self._done_or_stopped:
            self._stopping = True
            self._done_or_stopped.notify_all()

    def load(self, instance: str, epoch: str, as_of: str, progress: Callable[[float], None]) -> Cursor:
        """Load a snapshot of the centre `instance` in its history `epoch`, and return the cursor to tail from.

        Args:
            instance: The centre as its hello named it.
            epoch: Its history, likewise.
            as_of: The centre's time now.
            progress: Called with the share that is stored, 0 to 1.

        Raises:
            OpsError: ``pull.snapshot_damaged``, ``pull.held`` or a fault of the link; after the last, what was stored
                is taken up again next time.
            StorageError: The disk refuses.
        """
        under_way = self._resumable(instance, epoch)
        if under_way is not None:
            try:
                return self._fetch(under_way, None, as_of, progress)
            except OpsError as fault:
                if not fault.code.startswith("pull."):
                    raise
                log.info("snapshot %s is no longer kept (%s)", under_way.handle, fault.code)
        self._await(self._worker.submit(self._forget))
        first = self._pages.read(0, "")
        under_way = _UnderWay(first.snapshot, first.lsn, first.epoch or epoch, instance, first.pages)
        self._await(self._worker.submit(self._begin, under_way))
        return self._fetch(under_way, first, as_of, progress)

    def _fetch(
        self, under_way: _UnderWay, first: SnapshotPage | None, as_of: str, progress: Callable[[float], None]
    ) -> Cursor:
        stored = self._worker.call(self._cache.snapshot_pages)
        last = under_way.pages - 1
        # The last page is always read: it carries the cursor and the counts.
        wanted = [page for page in range(under_way.pages) if page not in stored or page == last]
        writing: Future[None] | None = None
        set_aside: list[BadRecord] = []
        page: SnapshotPage | None = None
        for number in wanted:
            page = first if first is not None and number == 0 else self._pages.read(number, under_way.handle)
            if page.lsn != under_way.lsn or page.pages != under_way.pages:
                self._await(self._worker.submit(self._forget))
                raise OpsError("pull.snapshot_damaged", retryable=True, detail="pages of different snapshots")
            items, bad = page_items(page)
            if writing is not None:
                self._await(writing)
            writing = self._worker.submit(self._store_page, number, items, bad)
            set_aside += bad
            progress(1 - (len(wanted) - wanted.index(number) - 1) / under_way.pages)
        if writing is not None:
            self._await(writing)
        if page is None:
            raise OpsError("pull.snapshot_damaged", retryable=True, detail="there was no last page")
        self._guard_drop(under_way.instance)
        # A centre that gives no token means its log position: the snapshot is pinned there, and is tailed from there.
        cursor = Cursor(page.cursor or str(under_way.lsn), under_way.lsn, under_way.epoch, under_way.instance, as_of)
        self._commit(cursor, page.counts, set_aside)
        post_bad(self._post, set_aside)
        return cursor

    def _guard_drop(self, instance: str) -> None:
        """Keep the cache if the snapshot has lost much of what is open; the next one is read from the beginning.

        What the officer chose another centre for is not lost: it is that centre's.
        """
        cursor = self._worker.call(self._cache.cursor)
        if cursor is None or cursor.instance != instance:
            return
        before = self._worker.call(self._cache.order_count, OrderQuery())
        try:
            self._guard.check_snapshot(before, self._worker.call(self._cache.snapshot_open_orders))
        except OpsError:
            self._await(self._worker.submit(self._forget))
            raise

    def _commit(self, cursor: Cursor, counts: dict[str, int] | None, set_aside: list[BadRecord]) -> None:
        expected = None
        if counts is not None:
            # What was set aside is accounted for: the centre counted it, the cache does not hold it.
            missing = Counter(record.kind for record in set_aside)
            expected = {kind: count - missing[kind] for kind, count in counts.items()}
        try:
            self._await(self._worker.submit(self._cache.commit_snapshot, cursor, expected))
        except StorageError as error:
            if error.code not in {"storage.snapshot_incomplete", "storage.snapshot_older"}:
                raise
            self._await(self._worker.submit(self._forget))
            raise OpsError("pull.snapshot_damaged", error.params, retryable=True, detail=error.code) from error
        self._worker.call(self._duty.set_setting, _UNDER_WAY, None)

    def _await(self, work: Future[None]) -> None:
        """Wait for the storage worker, which with an encrypted database of a million orders may take its time.

        Raises:
            OpsError: ``link.closed``, when the program ends first; the work goes on to its own end.
            StorageError: What the work raised, or ``storage.timeout``.
        """
        work.add_done_callback(self._notice)
        with self._done_or_stopped:
            if not self._done_or_stopped.wait_for(lambda: work.done() or self._stopping, _WRITE_DEADLINE_S):
                raise StorageError("storage.timeout", {"seconds": _WRITE_DEADLINE_S}, retryable=True)
        if not work.done():
            raise OpsError("link.closed")
        work.result()

    def _notice(self, _: Future[None]) -> None:
        with self._done_or_stopped:
            self._done_or_stopped.notify_all()

    def _resumable(self, instance: str, epoch: str) -> _UnderWay | None:
        text = self._worker.call(self._duty.setting, _UNDER_WAY)
        if not text:
            return None
        try:
            under_way = msgspec.json.decode(text, type=_UnderWay)
        except msgspec.DecodeError:
            return None
        if not under_way.handle or (under_way.instance, under_way.epoch) != (instance, epoch):
            return None
        return under_way if self._worker.call(self._cache.snapshot_pages) else None

    def _begin(self, under_way: _UnderWay) -> None:
        self._cache.begin_snapshot(under_way.lsn, under_way.epoch, under_way.instance)
        self._duty.set_setting(_UNDER_WAY, msgspec.json.encode(under_way).decode())

    def _store_page(self, number: int, items: list[ItemRecord], bad: list[BadRecord]) -> None:
        for record in bad:
            self._cache.quarantine(record.kind, record.id, record.data, record.fault)
        self._cache.add_snapshot_page(number, items)

    def _forget(self) -> None:
        self._cache.discard_snapshot()
        self._duty.set_setting(_UNDER_WAY, None)
