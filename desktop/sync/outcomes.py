"""Waiting for what the centre says about one operation, where an officer waits for just that."""

import threading
import time
from collections.abc import Callable

from desktop.events import Event, OutboxChanged
from storage.duty.duty import Duty
from storage.records import OpRecord
from storage.worker import StorageWorker

_WAITING = frozenset({"queued", "sending"})


class Outcomes:
    """Sees every event of the outbox go by; `wait` blocks its caller, so call it off the window's thread."""

    def __init__(self, duty: Duty, worker: StorageWorker, post: Callable[[Event], None]) -> None:
        self._duty = duty
        self._worker = worker
        self._post = post
        self._news = threading.Condition()
        self._count = 0
        self._watchers: list[tuple[str, Callable[[], None]]] = []

    def watch(self, kind: str, told: Callable[[], None]) -> None:
        """Call `told`, which must not block, whenever operations on objects of `kind` changed; before the start."""
        self._watchers.append((kind, told))

    def post(self, event: Event) -> None:
        """Pass an event on; never blocks for longer than a counter takes."""
        if isinstance(event, OutboxChanged) and event.targets:
            with self._news:
                self._count += 1
                self._news.notify_all()
            kinds = {kind for kind, _ in event.targets}
            for kind, told in self._watchers:
                if kind in kinds:
                    told()
        self._post(event)

    def wait(self, op_id: str, deadline_s: float) -> OpRecord | None:
        """Return the operation once it is settled, or None if it is not within `deadline_s`."""
        until = time.monotonic() + deadline_s
        while True:
            seen = self._count
            op = self._worker.call(self._duty.get, op_id)
            if op is not None and op.status not in _WAITING:
                return op
            with self._news:
                if not self._news.wait_for(lambda: self._count != seen, max(0.0, until - time.monotonic())):  # noqa: B023 - asked at once
                    return None
