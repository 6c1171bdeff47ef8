"""Puts what was pulled into the cache and tells the desk: one job on the storage worker, then events."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from desktop.events import Changed, Event, OutboxChanged, RecordsQuarantined
from desktop.sync.records import BadRecord
from storage.cache.cache import Cache
from storage.duty.duty import Duty
from storage.errors import StorageError
from storage.records import Applied, ChangeRecord, Cursor, OutboxCounts
from storage.worker import StorageWorker

_WRITE_DEADLINE_S = 30.0
_QUARANTINED = "pull.record_quarantined"

Targets = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Landed:
    applied: Applied
    covered: Targets
    counts: OutboxCounts | None


class Landing:
    """The one place where the pull writes. Its methods are called on the sync thread."""

    def __init__(self, cache: Cache, duty: Duty, worker: StorageWorker, post: Callable[[Event], None]) -> None:
        self._cache = cache
        self._duty = duty
        self._worker = worker
        self._post = post

    def begin(self, changes: Sequence[ChangeRecord], bad: Sequence[BadRecord], cursor: Cursor) -> Callable[[], None]:
        """Begin to write a stretch of the log with its cursor; return what waits for the end and posts what changed.

        That raises a `StorageError` if nothing was written and the cursor stands where it stood.
        """
        writing = self._worker.submit(self._write, changes, bad, cursor)

        def finish() -> None:
            try:
                landed = writing.result(_WRITE_DEADLINE_S)
            except TimeoutError as error:
                raise StorageError("storage.timeout", {"seconds": _WRITE_DEADLINE_S}, retryable=True) from error
            self._tell(landed, bad)

        return finish

    def _tell(self, landed: _Landed, bad: Sequence[BadRecord]) -> None:
        for kind in landed.applied.upserted.keys() | landed.applied.removed.keys():
            self._post(
                Changed(
                    kind,
                    landed.applied.upserted.get(kind, frozenset()),
                    landed.applied.removed.get(kind, frozenset()),
                )
            )
        post_covered(self._post, landed.covered, landed.counts)
        post_bad(self._post, bad)
        for kind, ids in landed.applied.quarantined.items():
            self._post(RecordsQuarantined(kind, tuple(ids), _QUARANTINED))

    def covered(self, cursor_lsn: int) -> None:
        """Let go of acknowledged operations that the cache has caught up with, and post it."""
        covered, counts = self._worker.call(drop_covered, self._duty, self._cache, cursor_lsn)
        post_covered(self._post, covered, counts)

    def _write(self, changes: Sequence[ChangeRecord], bad: Sequence[BadRecord], cursor: Cursor) -> _Landed:
        for record in bad:
            self._cache.quarantine(record.kind, record.id, record.data, record.fault)
        applied = self._cache.apply(changes, cursor)
        covered, counts = drop_covered(self._duty, self._cache, cursor.lsn)
        return _Landed(applied, covered, counts)


def drop_covered(duty: Duty, cache: Cache, cursor_lsn: int) -> tuple[Targets, OutboxCounts | None]:
    """Drop covered operations from the overlay and project their targets anew; on the storage worker."""
    covered = frozenset(duty.drop_covered(cursor_lsn))
    cache.reproject_many(covered)
    return covered, duty.counts() if covered else None


def post_covered(post: Callable[[Event], None], covered: Targets, counts: OutboxCounts | None) -> None:
    """Tell the desk which objects lost an operation from their overlay."""
    if counts is None:
        return
    post_touched(post, covered)
    post(outbox_changed(counts, covered))


def post_touched(post: Callable[[Event], None], targets: Iterable[tuple[str, str]]) -> None:
    """Tell the desk to read `targets` again."""
    by_kind: dict[str, set[str]] = {}
    for kind, target_id in targets:
        by_kind.setdefault(kind, set()).add(target_id)
    for kind, ids in by_kind.items():
        post(Changed(kind, frozenset(ids)))


def post_bad(post: Callable[[Event], None], bad: Sequence[BadRecord]) -> None:
    """Tell the desk which records were set aside, by kind."""
    by_kind: dict[str, list[str]] = {}
    for record in bad:
        by_kind.setdefault(record.kind, []).append(record.id)
    for kind, ids in by_kind.items():
        post(RecordsQuarantined(kind, tuple(ids), _QUARANTINED))


def outbox_changed(counts: OutboxCounts, targets: Targets = frozenset()) -> OutboxChanged:
    """Return the event for these counts. Acknowledged operations no longer wait for anything the officer could do."""
    return OutboxChanged(counts.queued, counts.sending, counts.unresolved, targets)
