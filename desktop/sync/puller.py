"""Follows the centre's log: greets it, rebuilds from a snapshot where that is needed, applies what is new."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from desktop.central.client import CentralClient
from desktop.central.lenient import read_as
from desktop.central.schema import ChangesPage, Hello, StreamChange, WorkOrder
from desktop.domain.workflow import OPEN_STATES
from desktop.errors import OpsError
from desktop.events import Event, LinkState, Reloaded
from desktop.sync.clock import ServerClock
from desktop.sync.guard import RemovalGuard
from desktop.sync.landing import Landing
from desktop.sync.records import BadRecord, read_changes, read_stream_change
from desktop.sync.session import Session
from desktop.sync.snapshot import SnapshotLoader
from desktop.sync.status import StatusBoard
from storage.cache.cache import Cache
from storage.records import ChangeRecord, Cursor, OrderQuery
from storage.worker import StorageWorker

log = logging.getLogger(__name__)

_ORDER = "work_order"
_LIMIT = 1_000
_SMALLEST_LIMIT = 10
_IDLE_PAGES_CAP = 1_000
_SAME_PAGE_CAP = 3


@dataclass(frozen=True, slots=True)
class _Landing:
    """A page that is being written: where the cursor stands afterwards, and what waits for that."""

    cursor: Cursor
    head_lsn: int
    finish: Callable[[], None]


class Puller:
    """Keeps the cache on the centre's log; used by the sync thread alone. The outbox is none of its business."""

    def __init__(
        self,
        *,
        client: CentralClient,
        session: Session,
        cache: Cache,
        worker: StorageWorker,
        landing: Landing,
        loader: SnapshotLoader,
        clock: ServerClock,
        board: StatusBoard,
        guard: RemovalGuard,
        post: Callable[[Event], None],
    ) -> None:
        self._client = client
        self._session = session
        self._cache = cache
        self._worker = worker
        self._landing = landing
        self._loader = loader
        self._clock = clock
        self._board = board
        self._guard = guard
        self._post = post
        self._cursor: Cursor | None = None
        self._limit = _LIMIT
        self._seen_head = 0

    @property
    def cursor(self) -> Cursor | None:
        """Where the cache stands, or None before the first snapshot."""
        return self._cursor

    @property
    def position(self) -> int:
        """Up to which entry of the log the cache is complete, entries that are not for this officer included."""
        return max(self._cursor.lsn, self._seen_head) if self._cursor is not None else 0

    def restore(self) -> None:
        """Take up the cursor of the last run."""
        self._cursor = self._worker.call(self._cache.cursor)
        self._show()

    def greet(self) -> Hello:
        """Ask the centre for its hello; takes the time while at it. Also the probe of a silent link."""
        sent = self._clock.reading()
        hello = self._client.hello()
        received = self._clock.reading()
        self._clock.sample(hello.server_time, sent, received)
        self._board.change(round_trip_ms=(received - sent) * 1000, head_lsn=hello.head_lsn)
        return hello

    def needs_rebuild(self, hello: Hello) -> bool:
        """Whether the cache has to be built anew: there is none, or it is of another centre or another history."""
        return self._cursor is None or self.is_of_another_history(hello)

    def is_of_another_history(self, hello: Hello) -> bool:
        """Whether there is a cache, and it is of another centre or another epoch."""
        cursor = self._cursor
        return cursor is not None and (cursor.instance, cursor.epoch) != (hello.instance_id, hello.epoch)

    def rebuild(self, hello: Hello) -> None:
        """Load a snapshot beside the cache and swap it in."""
        self._board.change(link=LinkState.SNAPSHOT, fault="", params={}, progress=0.0)
        try:
            self._cursor = self._loader.load(
                hello.instance_id, hello.epoch, hello.server_time, lambda share: self._board.change(progress=share)
            )
        finally:
            self._board.change(progress=None)
        self._seen_head = 0  # of another history, perhaps
        self._show()
        self._post(Reloaded())
        self._landing.covered(self._cursor.lsn)

    def wants(self, head_lsn: int) -> bool:
        """Whether the log has moved past what the last pull saw.

        Compared with the head that the last answer named, not with the cursor alone: entries outside the officer's
        scopes move the head and never arrive.
        """
        return self._cursor is None or head_lsn > self.position

    def catch_up(self, wait_s: float = 0) -> int:
        """Pull until there is nothing more, and return how many entries of the log went by.

        Args:
            wait_s: How long the centre may hold back the first answer while there is nothing new.

        Raises:
            OpsError: A fault of the link, ``pull.cursor_expired``, ``pull.epoch_changed`` or ``pull.held``.
        """
        since, entries, idle = self._token(), 0, 0
        page = self._fetch(since, wait_s)
        while True:
            entries += len(page.changes)
            # A page may be empty with more behind it, where a centre filters its log; as a rule its cursor has moved.
            idle = 0 if page.changes else idle + 1
            if page.has_more and idle > (_IDLE_PAGES_CAP if page.next != since else _SAME_PAGE_CAP):
                raise OpsError("link.malformed", {"what": "ChangesPage"}, retryable=True, detail="more of nothing")
            landing = self._begin_to_land(page)
            try:
                following = self._fetch(page.next, 0) if page.has_more else None  # while the disk is busy with this one
            finally:
                self._finish(landing)
            if following is None:
                self._cover_unseen()
                return entries
            since, page = page.next, following

    def follow(self, changes: Sequence[StreamChange]) -> bool:
        """Apply events of the stream if they continue the log without a gap; False means a pull has to tell.

        Raises:
            OpsError: ``pull.held``.
        """
        if self._cursor is None:
            return False
        position = self._cursor.lsn
        records: list[ChangeRecord] = []
        token = self._cursor.token
        for change in changes:
            if change.lsn <= position:
                continue  # seen already, by a pull or as a replay
            record = read_stream_change(change)
            if record is None or change.prev_lsn != position:
                return False
            records.append(record)
            position, token = change.lsn, change.next
        if records:
            self._guard_removals(records)
            now = self._clock.estimate()
            as_of = now.wire() if now is not None else self._cursor.as_of
            self._land(records, [], replace(self._cursor, token=token, lsn=position, as_of=as_of))
        return True

    def mend(self, records: Sequence[ChangeRecord]) -> None:
        """Apply corrections that are not in the log; the cursor stays where it is.

        Raises:
            OpsError: ``pull.held``.
        """
        if records and self._cursor is not None:
            self._guard_removals(records)
            self._land(records, [], self._cursor)

    def heard(self, head_lsn: int, server_time: str) -> None:
        """Take a heartbeat's word: if nothing is new, the cache is complete up to now."""
        if self._cursor is not None and not self.wants(head_lsn) and server_time:
            self._cursor = replace(self._cursor, as_of=server_time)
            self._cover_unseen()
        self._board.change(head_lsn=head_lsn)
        self._show()

    def _token(self) -> str:
        if self._cursor is None:
            raise OpsError("pull.cursor_expired")
        return self._cursor.token

    def _fetch(self, since: str, wait_s: float) -> ChangesPage:
        sent = self._clock.reading()
        try:
            page = self._session.authorised(self._client.changes, since, self._limit, wait_s)
        except OpsError as fault:
            if fault.code == "link.too_large" and self._limit > _SMALLEST_LIMIT:
                self._limit //= 2
            raise
        if self._cursor is not None and page.epoch and page.epoch != self._cursor.epoch:
            raise OpsError("pull.epoch_changed")
        if not wait_s:
            received = self._clock.reading()
            self._clock.sample(page.server_time, sent, received)
            self._board.change(round_trip_ms=(received - sent) * 1000)
        return page

    def _begin_to_land(self, page: ChangesPage) -> "_Landing":
        before = self._cursor
        if before is None:
            raise OpsError("pull.cursor_expired")
        records, bad = read_changes(page.changes)
        # The position a bad record claims is not believed: too high a one would make us deaf to what follows.
        lsn = max([before.lsn, *(record.lsn for record in records)])
        self._guard_removals(records)
        as_of = before.as_of if page.has_more else page.server_time or before.as_of
        cursor = replace(before, token=page.next, lsn=lsn, as_of=as_of)
        return _Landing(cursor, max(page.head_lsn, lsn), self._begin(records, bad, cursor))

    def _finish(self, landing: "_Landing") -> None:
        """Wait for the disk; only then is the cursor where it says."""
        landing.finish()
        self._cursor, self._seen_head = landing.cursor, landing.head_lsn
        self._board.change(head_lsn=self._seen_head)
        self._show()

    def _cover_unseen(self) -> None:
        """Let go of acknowledged operations whose effect is outside the officer's scopes: it will never arrive."""
        if self._cursor is not None and self.position > self._cursor.lsn:
            self._landing.covered(self.position)

    def _guard_removals(self, records: Sequence[ChangeRecord]) -> None:
        removed = [record.id for record in records if record.kind == _ORDER and record.op == "delete"]
        if removed:
            ids, open_orders = self._worker.call(open_among, self._cache, removed)
            self._guard.check(ids, open_orders)

    def _land(self, records: Sequence[ChangeRecord], bad: Sequence[BadRecord], cursor: Cursor) -> None:
        self._begin(records, bad, cursor)()
        self._cursor = cursor
        self._show()

    def _begin(self, records: Sequence[ChangeRecord], bad: Sequence[BadRecord], cursor: Cursor) -> Callable[[], None]:
        """Begin to write; return what waits for the end of it."""
        if records or bad or cursor.token != (self._cursor.token if self._cursor else ""):
            return self._landing.begin(records, bad, cursor)
        return _nothing

    def _show(self) -> None:
        if self._cursor is not None:
            self._board.change(cursor_lsn=self._cursor.lsn, as_of=self._cursor.as_of)


def _nothing() -> None:
    """There was nothing to be written."""


def open_among(cache: Cache, ids: Sequence[str]) -> tuple[list[str], int]:
    """Return those of `ids` that are open orders on this desk, and how many there are in all; on the worker."""
    states = ((record.id, read_as(WorkOrder, record.data).state) for record in cache.many(_ORDER, ids))
    return [order_id for order_id, state in states if state in OPEN_STATES], cache.order_count(OrderQuery())
