"""Writing operations down: durable first, then on the screen, then on their way."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime

from desktop.central.schema import Expect, Json
from desktop.errors import OpsError
from desktop.events import Event
from desktop.sync.clock import ServerClock
from desktop.sync.landing import outbox_changed, post_touched
from desktop.sync.operations import Intent, Wish, new_op_id
from desktop.sync.puller import Puller
from desktop.sync.sender import Sender
from desktop.sync.session import Session
from storage.errors import StorageError
from storage.records import NewOp, OpRecord
from storage.store import Store
from storage.worker import StorageWorker

log = logging.getLogger(__name__)


class Recorder:
    """Takes what officers decide, from any thread, and what they decide about refused operations."""

    def __init__(
        self,
        *,
        session: Session,
        puller: Puller,
        sender: Sender,
        clock: ServerClock,
        store: Store,
        worker: StorageWorker,
        post: Callable[[Event], None],
    ) -> None:
        self._session = session
        self._puller = puller
        self._sender = sender
        self._clock = clock
        self._store = store
        self._worker = worker
        self._post = post

    def record(
        self,
        kind: str,
        target_id: str,
        verb: str,
        args: Json,
        expect: Expect | None = None,
        *,
        reason: str = "",
        op_id: str = "",
    ) -> Future[OpRecord]:
        """Write an operation down; it is durable when the future is done, and is sent as soon as that can be.

        Returns:
            A future that fails with ``auth.signed_out``, ``sync.changing_centre``, ``push.too_large`` or a
            `StorageError`.
        """
        wish = Wish(kind, target_id, verb, args, expect or Expect(), op_id or new_op_id(), reason)
        intents = self._intents([wish])
        if isinstance(intents, OpsError):
            refused: Future[OpRecord] = Future()
            refused.set_exception(intents)
            return refused
        return self._worker.submit_precious(self._write_down, intents[0])

    def record_many(self, wishes: Sequence[Wish]) -> Future[list[OpRecord]]:
        """As `record` for many: an operation for each, all of them durable in one transaction, or none.

        Returns:
            A future that fails as that of `record` does.
        """
        intents = self._intents(wishes)
        if isinstance(intents, OpsError):
            refused: Future[list[OpRecord]] = Future()
            refused.set_exception(intents)
            return refused
        return self._worker.submit_precious(self._write_down_many, intents)

    def resolve(self, op_id: str, how: str, reason: str) -> Future[OpRecord | None]:
        """Take a refused operation out of the officer's tray; its lane goes on.

        Args:
            op_id: The operation.
            how: ``redone``, ``noted`` or ``discarded``.
            reason: For the log.
        """
        return self._worker.submit(self._take_out, op_id, how, reason)

    # --- inside

    def _intents(self, wishes: Sequence[Wish]) -> list[Intent] | OpsError:
        """Note who wishes it and when; or why nothing can be written down now."""
        officer, cursor = self._session.officer, self._puller.cursor
        if officer is None:
            return OpsError("auth.signed_out")
        if cursor is not None and cursor.instance != self._store.duty.centre:
            return OpsError("sync.changing_centre")  # what is on the screen may not be meant for another centre
        wall, estimate = datetime.now().astimezone(), self._clock.estimate()
        return [wish.decided(officer, wall, estimate) for wish in wishes]

    def _write_down(self, intent: Intent) -> OpRecord:
        return self._write_down_many([intent])[0]

    def _write_down_many(self, intents: Sequence[Intent]) -> list[OpRecord]:
        """On the storage worker's precious lane: what is shown of it follows on the other, behind what is going on."""
        ops = self._store.duty.enqueue_many(
            [NewOp(each.freeze, each.kind, each.target_id, each.verb, each.op_id) for each in intents]
        )
        try:
            self._worker.submit(self._show, frozenset((op.kind, op.id) for op in ops))
        except StorageError as fault:  # they are saved, and that is what the officer is told; the picture follows
            self._not_shown(fault)
        self._sender.wake()
        return ops

    def _show(self, targets: frozenset[tuple[str, str]]) -> None:
        """On the storage worker."""
        try:
            self._store.cache.reproject_many(targets)
        except StorageError as fault:
            self._not_shown(fault)
        post_touched(self._post, targets)
        self._post(outbox_changed(self._store.duty.counts(), targets))

    def _not_shown(self, fault: StorageError) -> None:
        log.warning("saved, not shown yet: %s", fault)
        self._sender.mend()

    def _take_out(self, op_id: str, how: str, reason: str) -> OpRecord | None:
        """On the storage worker."""
        op = self._store.duty.resolve(op_id, how, reason)
        if op is not None:
            self._store.cache.reproject(op.kind, op.id)
            post_touched(self._post, [(op.kind, op.id)])
            self._post(outbox_changed(self._store.duty.counts(), frozenset([(op.kind, op.id)])))
            self._sender.wake()
        return op
