"""The one thread that writes: callers hand it functions and get futures."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any, TypeVar, TypeVarTuple

from storage.errors import StorageError

log = logging.getLogger(__name__)

Args = TypeVarTuple("Args")
Result = TypeVar("Result")


class StorageWorker:
    """A named thread with a bounded queue, first in first out.

    When the queue is full the work is refused (``storage.queue_full``) and nothing is dropped silently. Safe to use
    from any thread.
    """

    def __init__(self, name: str = "storage", cap: int = 10_000) -> None:
        self._cap = cap
        self._jobs: queue.Queue[_Job | None] = queue.Queue()
        self._lock = threading.Lock()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def submit(self, fn: Callable[[*Args], Result], *args: *Args) -> Future[Result]:
        """Run ``fn(*args)`` on the worker.

        Raises:
            StorageError: ``storage.queue_full`` or ``storage.closed``.
        """
        future: Future[Result] = Future()
        with self._lock:  # so that no job can slip in behind the end mark
            if self._closing:
                raise StorageError("storage.closed")
            if self._jobs.qsize() >= self._cap:
                raise StorageError("storage.queue_full", {"cap": self._cap}, retryable=True)
            self._jobs.put((future, fn, args))
        return future

    def call(self, fn: Callable[[*Args], Result], *args: *Args, timeout_s: float = 30) -> Result:
        """Run ``fn(*args)`` on the worker and wait for the result; on the worker itself, run it at once.

        Raises:
            StorageError: As `submit`, or ``storage.timeout``; the work was then taken back unless it had begun.
        """
        if threading.current_thread() is self._thread:
            return fn(*args)
        future = self.submit(fn, *args)
        try:
            return future.result(timeout_s)
        except TimeoutError:
            if future.done():  # the work itself raised it
                raise
            future.cancel()
            raise StorageError("storage.timeout", {"seconds": timeout_s}, retryable=True) from None
        except CancelledError:
            raise StorageError("storage.closed") from None

    def close(self, deadline_s: float = 5) -> bool:
        """Refuse new work, finish what waits, end the thread. Return whether all that happened in time.

        What has not begun when the deadline is over is cancelled.
        """
        until = time.monotonic() + deadline_s
        with self._lock:
            if not self._closing:
                self._closing = True
                self._jobs.put(None)
        self._thread.join(max(0.0, until - time.monotonic()))
        if not self._thread.is_alive():
            return True
        self._cancel_waiting()
        log.warning("storage worker %s is still busy after %.1f s", self._thread.name, deadline_s)
        return False

    def _cancel_waiting(self) -> None:
        while True:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is not None:
                job[0].cancel()
        self._jobs.put(None)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            future, fn, args = job
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(fn(*args))
            except BaseException as error:  # noqa: BLE001 - the thread's main loop: whoever waits gets it
                future.set_exception(error)
            del job, future, fn, args  # or the last job's arguments live until the next one comes


_Job = tuple[Future[Any], Callable[..., Any], tuple[Any, ...]]
