"""Compares the cache with the centre's digests from time to time, and mends the buckets that differ.

Following the log keeps the cache right as long as everybody plays by the rules. This finds out when somebody did not:
an entry that was never published, a backup with another past, a row that this machine lost.
"""

import logging
import time
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from desktop.central.client import CentralClient
from desktop.central.schema import RECORDS
from desktop.errors import OpsError
from desktop.sync.digest import BUCKETS, bucket_of, differing
from desktop.sync.pages import SnapshotPages, page_items
from desktop.sync.puller import Puller
from desktop.sync.session import Session
from storage.cache.cache import Cache
from storage.records import ChangeRecord, ItemRecord, Versions

log = logging.getLogger(__name__)

_MENDED_AT_MOST = 64
"""More differing buckets than this are no accident of a few records: then everything is loaded anew."""


@dataclass(slots=True)
class _Found:
    """What a snapshot holds of some buckets of a kind, as of `lsn`."""

    lsn: int
    items: dict[str, ItemRecord] = field(default_factory=dict)
    unreadable: bool = False  # a record of the kind, perhaps of these buckets, could not be read


class Checker:
    """One round over all kinds after a snapshot and every `interval_s` seconds; used by the sync thread alone.

    A round is taken kind by kind, so that the pull is never held up for longer than one of them takes.
    """

    def __init__(
        self,
        *,
        client: CentralClient,
        session: Session,
        cache: Cache,
        puller: Puller,
        pages: SnapshotPages,
        interval_s: float,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._session = session
        self._cache = cache
        self._puller = puller
        self._pages = pages
        self._interval_s = interval_s
        self._monotonic = monotonic
        self._kinds: deque[str] = deque()
        self._next_at = monotonic() + self._interval_s
        self._left_alone: dict[tuple[str, int], str] = {}
        self._reloaded = False

    @property
    def under_way(self) -> bool:
        """Whether there are kinds to be looked at now."""
        return bool(self._kinds)

    def begin(self) -> None:
        """Look at all kinds, starting now."""
        self._kinds = deque(sorted(self._cache.counts().keys() | RECORDS.keys()))
        self._next_at = self._monotonic() + self._interval_s

    def step(self) -> bool:
        """Look at the next kind if it is time; True when only a new snapshot can put the cache right.

        A centre that cannot answer is not asked again in this round, and is no fault of the link.

        Raises:
            OpsError: What `Puller.catch_up` raises.
        """
        if not self._kinds and self._monotonic() >= self._next_at:
            self.begin()
        if not self._kinds:
            return False
        kind = self._kinds.popleft()
        wrong = self._compare(kind)
        if not wrong:
            return False
        log.warning("%d buckets of %s differ from the centre's", len(wrong), kind)
        unreadable = False
        if len(wrong) <= _MENDED_AT_MOST:
            unreadable = self._mend(kind, wrong)
            wrong = self._compare(kind)
        if not wrong:
            return False
        # Each difference is taken up once: what stays for good must not keep the desk busy for good.
        self._left_alone |= {(kind, bucket): digest for bucket, digest in wrong.items()}
        if unreadable or self._reloaded:
            log.warning("%d buckets of %s stay different", len(wrong), kind)
            return False
        self._reloaded = True
        return True

    def _compare(self, kind: str) -> dict[int, str]:
        """Return the buckets of a kind that differ, less those known to stay so."""
        try:
            said = self._session.authorised(self._client.digest, kind)
        except OpsError as fault:
            log.info("no digests of %s: %s", kind, fault)
            return {}
        self._puller.catch_up()
        if len(said.buckets) != BUCKETS or self._puller.position < said.lsn:
            return {}
        wrong = differing(self._cache.versions(kind, said.lsn), said.buckets)
        return {bucket: digest for bucket, digest in wrong.items() if self._left_alone.get((kind, bucket)) != digest}

    def _mend(self, kind: str, wrong: Collection[int]) -> bool:
        """Bring the buckets `wrong` to what the centre holds; True if something of it could not be read."""
        try:
            found = self._fetch(kind, wrong)
        except OpsError as fault:
            log.info("buckets of %s could not be fetched: %s", kind, fault)
            return True
        self._puller.catch_up()
        ours = self._cache.versions(kind, found.lsn)
        self._puller.mend(_corrections(kind, wrong, ours, found))
        return found.unreadable

    def _fetch(self, kind: str, buckets: Collection[int]) -> _Found:
        """Read some buckets of a kind out of a snapshot; the contract has no smaller way to get them."""
        page = self._pages.read(0, "")
        found = _Found(page.lsn)
        count = 0
        while True:
            items, bad = page_items(page)
            found.unreadable |= any(record.kind in {kind, ""} for record in bad)
            for item in items:
                if item.kind == kind:
                    count += 1
                    if bucket_of(item.id) in buckets:
                        found.items[item.id] = item
            if page.page + 1 >= page.pages:
                break
            page = self._pages.read(page.page + 1, page.snapshot)
            if page.lsn != found.lsn:
                raise OpsError("pull.snapshot_damaged", retryable=True, detail="pages of different snapshots")
        if page.counts is not None and page.counts.get(kind, 0) != count and not found.unreadable:
            raise OpsError("pull.snapshot_damaged", retryable=True, detail=f"{count} of {kind}")
        return found


def _corrections(kind: str, buckets: Collection[int], ours: Versions, found: _Found) -> list[ChangeRecord]:
    """Return, as entries of the log, what takes `ours` to `found`; the version rule has the last word on each."""
    news = [
        ChangeRecord(found.lsn, kind, item.id, item.ver, "upsert", item.data)
        for item in found.items.values()
        if ours.living.get(item.id) != item.ver and item.id not in ours.moved
    ]
    if found.unreadable:
        return news  # who knows whose record that was: nothing is taken away on such evidence
    gone = [
        ChangeRecord(found.lsn, kind, record_id, ver, "delete")
        for record_id, ver in ours.living.items()
        if record_id not in found.items and record_id not in ours.moved and bucket_of(record_id) in buckets
    ]
    return news + gone
