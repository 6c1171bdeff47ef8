"""Delivers the outbox: in order per object, the same bytes and ids until the centre has answered for each.

One operation that cannot be delivered holds up its own object and nothing else. A batch that is refused is halved until
the culprit stands alone and goes to the officer's tray. A batch that the centre stumbles over (500) twice, while it is
well otherwise, is halved likewise; there the culprit stays queued, rests, and is from then on tried by itself.
"""

import logging
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

from desktop.central.client import CentralClient
from desktop.central.schema import OpResult
from desktop.errors import OpsError
from desktop.events import Event, FaultRaised
from desktop.sync.backoff import Backoff
from desktop.sync.landing import drop_covered, outbox_changed, post_touched
from desktop.sync.lanes import Lane, RestingLanes
from desktop.sync.session import Session
from storage.duty.duty import Duty
from storage.errors import StorageError
from storage.records import Answer, OpRecord
from storage.store import Store
from storage.worker import StorageWorker

log = logging.getLogger(__name__)

_BATCH_OPS = 50
_BATCH_BYTES = 250 * 1024
"""256 KiB by contract, less the envelope."""
_STATUS = {"applied": "acked", "duplicate": "acked", "conflict": "conflict", "rejected": "rejected"}
_STUMBLES = 2
"""So many answers of 500 in a row are no passing trouble."""
_CULPRITS = 3
"""So many culprits, one after the other and nothing delivered in between, are none: then it is the centre."""
_HALVING_S = 0.2
"""Pause between the steps of the search, each of which costs the centre a failure."""


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What one exchange meant for a batch: final results, and lanes that shall rest before they are tried again."""

    settled: tuple[OpResult, ...] = ()
    resting: frozenset[str] = frozenset()  # op ids


class Sender:
    """Sends operations while the link is up. `run` is the body of the sender thread, the rest is for other threads."""

    def __init__(
        self,
        *,
        client: CentralClient,
        session: Session,
        store: Store,
        worker: StorageWorker,
        post: Callable[[Event], None],
        on_fault: Callable[[OpsError], None],
        backoff: Backoff,
        lane_backoff: Callable[[], Backoff],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._session = session
        self._duty: Duty = store.duty
        self._cache = store.cache
        self._worker = worker
        self._post = post
        self._on_fault = on_fault
        self._backoff = backoff
        self._monotonic = monotonic
        self._wake = threading.Event()
        self._online = False
        self._stopping = False
        self._limit = _BATCH_OPS
        self._broken_off = False
        self._not_before = 0.0
        self._resting = RestingLanes(lane_backoff, monotonic)
        self._stumbles = 0
        self._suspects = 0  # among so many at the head of the queue is one that the centre stumbles over
        self._culprits = 0

    # --- for other threads

    def resume(self) -> None:
        """The link is up and the officer signed in."""
        if not self._online:
            self._not_before = 0.0
            self._online = True
            self._wake.set()

    def hold(self) -> None:
        """The link is down; what is queued stays queued."""
        self._online = False

    def wake(self) -> None:
        """There is a new operation."""
        self._wake.set()

    def mend(self) -> None:
        """The disk refused in the middle of something: bring outbox and overlay into line before the next batch."""
        self._broken_off = True
        self._wake.set()

    def stop(self) -> None:
        """Let `run` return after the exchange under way."""
        self._stopping = True
        self._wake.set()

    # --- the sender thread

    def run(self) -> None:
        """Send until `stop`."""
        while not self._stopping:
            self._wake.clear()
            pause_s: float | None = None
            if self._online:
                pause_s = self.attempt()
            if not self._stopping:
                self._wake.wait(pause_s)

    def attempt(self) -> float | None:
        """As `step`, and nothing it meets ends the thread."""
        try:
            return self.step()
        except StorageError as fault:
            log.warning("outbox: %s", fault)
        except Exception:  # the main loop of a thread: the operations are in the store and stay there
            log.exception("bug in the sender")
        self._broken_off = True
        return self._pause(None)

    def step(self) -> float | None:
        """Send one batch; return how long to wait before the next, None for until something happens."""
        early_s = self._not_before - self._monotonic()
        if early_s > 0:
            return early_s
        batch, pause_s = self._choose()
        if not batch:
            return pause_s
        ids = [op.op_id for op in batch]
        try:
            results = self._session.authorised(self._client.send_ops, str(uuid.uuid4()), [op.payload for op in batch])
        except OpsError as fault:
            return self._failed(batch, fault)
        verdict = _read_results(ids, results)
        self._worker.call(self._write, batch, verdict)
        self._delivered(batch, verdict)
        return 0.0

    def _delivered(self, batch: Sequence[OpRecord], verdict: _Verdict) -> None:
        """The centre answered for a batch: it goes on, the larger for it."""
        for op in batch:
            lane = (op.kind, op.id)
            if op.op_id in verdict.resting:
                self._resting.rest(lane)
            else:
                self._resting.well(lane)
        self._backoff.reset()
        self._stumbles = self._culprits = 0
        self._suspects = max(0, self._suspects - len(batch))
        self._limit = max(1, self._suspects // 2) if self._suspects else min(_BATCH_OPS, self._limit * 2)

    def _choose(self) -> tuple[list[OpRecord], float | None]:
        """Pick the next batch and mark it as under way; without one, say when the next lane has rested."""
        asleep = self._resting.asleep()
        batch = self._worker.call(self._begin, asleep, self._resting.apart())
        if not batch and not asleep:
            self._resting.forget()
        return batch, 0.0 if batch else self._resting.next_wake_s()

    def _begin(self, asleep: frozenset[Lane], apart: frozenset[Lane]) -> list[OpRecord]:
        """On the storage worker: choose and mark in one go, so that nothing slips between."""
        if self._broken_off:
            self._bring_into_line()
            self._broken_off = False
        batch: list[OpRecord] = []
        if apart - asleep:  # whoever is tried by himself has waited long enough
            free = self._duty.next_batch(len(apart) + _BATCH_OPS, _BATCH_BYTES, asleep)
            batch = [op for op in free if (op.kind, op.id) in apart][:1]
        batch = batch or self._duty.next_batch(self._limit, _BATCH_BYTES, asleep | apart)
        if batch:
            self._duty.mark_sending([op.op_id for op in batch])
            self._post(outbox_changed(self._duty.counts()))
        return batch

    def _bring_into_line(self) -> None:
        """The last step left its batch under way: the answer came, or not, but was not all written down."""
        self._duty.recover()
        cursor = self._cache.cursor()
        if cursor is not None:
            drop_covered(self._duty, self._cache, cursor.lsn)
        self._cache.recover()

    def _write(self, batch: Sequence[OpRecord], verdict: _Verdict) -> None:
        """On the storage worker: write what the centre said, and show it."""
        settled = {result.op_id for result in verdict.settled}
        self._duty.settle_many([_answer(result) for result in verdict.settled])
        if len(settled) < len(batch):
            self._duty.requeue([op.op_id for op in batch if op.op_id not in settled], attempt=True)
        touched = {(op.kind, op.id) for op in batch if op.op_id in settled}
        self._cache.reproject_many(touched)
        cursor = self._cache.cursor()
        if cursor is not None:  # the row may have come in before its acknowledgement
            touched |= drop_covered(self._duty, self._cache, cursor.lsn)[0]
        post_touched(self._post, touched)
        self._post(outbox_changed(self._duty.counts(), frozenset(touched)))

    def _failed(self, batch: list[OpRecord], fault: OpsError) -> float:
        """Put a batch back, or its only operation into the tray; return how long to wait."""
        ids = [op.op_id for op in batch]
        about_content = fault.code in {"push.too_large", "push.refused"}
        if about_content and len(batch) == 1:
            return self._park(batch, fault)
        self._worker.call(self._put_back, ids)
        if about_content:
            self._limit = max(1, len(batch) // 2)
            return 0.0
        log.info("%d operations stay queued: %s", len(batch), fault)
        if fault.code == "link.server_error" and fault.params.get("status") == 500:
            return self._stumbled(batch, fault)
        self._stumbles = 0
        self._on_fault(fault)
        retry_after = fault.params.get("seconds") if fault.code == "link.throttled" else None
        return self._pause(float(retry_after) if retry_after is not None else None)

    def _stumbled(self, batch: list[OpRecord], fault: OpsError) -> float:
        """The centre answered 500, and what was sent is queued again; return how long to wait.

        Perhaps the centre is in trouble, and has to be left in peace. Perhaps one of the batch is what it stumbles
        over: then it is well when asked for something else, and the others must not wait for that one.
        """
        lane = (batch[0].kind, batch[0].id)
        if len(batch) == 1 and lane in self._resting.apart():
            self._resting.rest(lane)
            return 0.0
        self._stumbles += 1
        searching = self._suspects > 0 or self._stumbles >= _STUMBLES
        if not searching or self._culprits >= _CULPRITS or not self._is_well():
            self._on_fault(fault)
            return self._pause(None)
        if len(batch) > 1:
            self._suspects = len(batch)
            self._limit = len(batch) // 2
            self._not_before = self._monotonic() + _HALVING_S
            return _HALVING_S
        self._culprits += 1
        self._suspects, self._limit = 0, _BATCH_OPS
        self._resting.rest(lane, apart=True)
        log.warning("the centre stumbles over operation %s; it is tried by itself from now on", batch[0].op_id)
        self._post(FaultRaised("push.stumbling", {"op": batch[0].op_id}))
        return 0.0

    def _is_well(self) -> bool:
        """Whether the centre answers when it is asked for something else."""
        try:
            self._client.hello()
        except OpsError:
            return False
        return True

    def _park(self, batch: list[OpRecord], fault: OpsError) -> float:
        """Settle the only operation of a batch that the centre refuses to look at; return how long to wait.

        Sending again cannot tell what became of it. If an earlier attempt got through and only its answer was lost,
        it was done, and must not be shown to the officer as refused: the centre is asked.
        """
        op = batch[0]
        result = None
        if op.attempts:
            try:
                result = self._fate(op)
            except OpsError as unanswered:
                self._worker.call(self._put_back, [op.op_id])
                self._on_fault(unanswered)
                return self._pause(None)
        if result is None:
            log.warning("operation %s parked: %s", op.op_id, fault.code)
            result = OpResult(op.op_id, "rejected", code=fault.code, message=fault.detail)
        self._worker.call(self._write, batch, _Verdict(settled=(result,)))
        return 0.0

    def _fate(self, op: OpRecord) -> OpResult | None:
        """Return what the centre has stored about an operation, None if it knows nothing of it.

        Raises:
            OpsError: It could not be asked.
        """
        try:
            known = self._session.authorised(self._client.ops_status, [op.op_id])
        except OpsError as fault:
            if fault.code == "link.refused":  # a centre that does not offer the question
                return None
            raise
        return next((result for result in known if result.op_id == op.op_id and result.status in _STATUS), None)

    def _pause(self, retry_after_s: float | None) -> float:
        """Send nothing for a while, whatever is recorded meanwhile; return for how long."""
        pause_s = self._backoff.next_s(retry_after_s)
        self._not_before = self._monotonic() + pause_s
        return pause_s

    def _put_back(self, ids: list[str]) -> None:
        self._duty.requeue(ids, attempt=True)
        self._post(outbox_changed(self._duty.counts()))


def _answer(result: OpResult) -> Answer:
    outcome = msgspec.json.encode(result)
    return Answer(result.op_id, _STATUS[result.status], result.lsn, result.ver, result.code, outcome)


def _read_results(ids: Sequence[str], results: Sequence[OpResult]) -> _Verdict:
    """Match results to operations by id.

    An operation without a result, or with a status this desk does not know, is ambiguous: it is sent again under the
    same id, and the centre recognises it.
    """
    by_id = {result.op_id: result for result in results if result.status in _STATUS}
    stray = {result.op_id for result in results}.difference(ids)
    if stray:
        log.warning("the centre answered for %d operations it was not asked about", len(stray))
    settled = tuple(by_id[op_id] for op_id in ids if op_id in by_id)
    return _Verdict(settled, frozenset(ids) - {result.op_id for result in settled})
