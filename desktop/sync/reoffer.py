"""Offers the centre again what it had acknowledged and may have lost."""

import logging
from collections.abc import Callable

from desktop.events import Event
from desktop.sync.landing import Targets, outbox_changed, post_touched
from desktop.sync.sender import Sender
from storage.store import Store
from storage.worker import StorageWorker

log = logging.getLogger(__name__)

_EPOCH = "offered-epoch"


class Reoffer:
    """Puts operations back into the outbox; used by the sync thread alone. The centre knows them by their ids."""

    def __init__(self, store: Store, worker: StorageWorker, post: Callable[[Event], None], sender: Sender) -> None:
        self._duty = store.duty
        self._cache = store.cache
        self._worker = worker
        self._post = post
        self._sender = sender

    def above(self, head_lsn: int) -> None:
        """A centre whose log ends at `head_lsn` gets what was acknowledged beyond that."""
        self._worker.call(self._offer, head_lsn)
        self._sender.wake()

    def to_epoch(self, instance: str, epoch: str) -> None:
        """A centre that began a new history gets what was acknowledged in the last days; once for each history."""
        self._worker.call(self._offer_to_epoch, instance, epoch)
        self._sender.wake()

    def _offer_to_epoch(self, instance: str, epoch: str) -> None:
        name = f"{_EPOCH} {instance}"
        known = self._duty.setting(name)
        if known == epoch:
            return
        if known is not None or self._duty.setting(_EPOCH) not in {None, epoch}:
            self._offer(-1)
        # Written last: if this run ends in between, the next one offers again, and the centre finds duplicates.
        self._duty.set_setting(name, epoch)

    def _offer(self, above_lsn: int) -> None:
        """On the storage worker."""
        targets: Targets = frozenset(self._duty.offer_again(above_lsn))
        if not targets:
            return
        log.warning("operations on %d objects are offered again", len(targets))
        for kind, target_id in targets:
            self._cache.reproject(kind, target_id)
        post_touched(self._post, targets)
        self._post(outbox_changed(self._duty.counts(), targets))
