"""The threads that write: callers hand them functions and get futures."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any, TypeVar, TypeVarTuple

from storage.errors import StorageError

log = logging.getLogger(__name__)

_IDLE_S = 0.05
"""So long nothing came before what can wait is done."""

Args = TypeVarTuple("Args")
Result = TypeVar("Result")


class StorageWorker:
    """Two named threads with bounded queues, each first in first out.

    One does the work of both databases; the other what must be on the disk before the officer is told that it is saved,
    so that no click waits behind a thousand changes of the centre. The precious file has one writing connection, which
    they share.

    When a queue is full the work is refused (``storage.queue_full``) and nothing is dropped silently. Safe to use from
    any thread.
    """

    def __init__(self, name: str = "storage", cap: int = 10_000) -> None:
        self._precious = _Lane(f"{name}-precious", cap)
        self._main = _Lane(name, cap)

    def submit(self, fn: Callable[[*Args], Result], *args: *Args) -> Future[Result]:
        """Run ``fn(*args)`` on the worker.

        Raises:
            StorageError: ``storage.queue_full`` or ``storage.closed``.
        """
        return self._main.submit(fn, *args)

    def submit_precious(self, fn: Callable[[*Args], Result], *args: *Args) -> Future[Result]:
        """Run ``fn(*args)`` beside whatever else is going on: something short, on the precious file alone.

        Raises:
            StorageError: As `submit`.
        """
        return self._precious.submit(fn, *args)

    def call(self, fn: Callable[[*Args], Result], *args: *Args, timeout_s: float = 30) -> Result:
        """Run ``fn(*args)`` on the worker and wait for the result; on the worker itself, run it at once.

        Raises:
            StorageError: As `submit`, or ``storage.timeout``; the work was then taken back unless it had begun.
        """
        if self._main.is_current():
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

    def when_idle(self, task: Callable[[], bool]) -> None:
        """Call `task` again and again while there is nothing else to do, until it says False; then after the next work.

        It should take some 20 ms, for work that comes meanwhile waits for it.
        """
        self._main.idle_task = task
        self._main.submit(_nothing)  # so that it is noticed

    def close(self, deadline_s: float = 5) -> bool:
        """Refuse new work, finish what waits, end the threads. Return whether all that happened in time.

        What has not begun when the deadline is over is cancelled.
        """
        until = time.monotonic() + deadline_s
        ended = [lane.close(until) for lane in (self._precious, self._main)]  # both, also when the first is late
        return all(ended)


class _Lane:
    """One thread and its queue."""

    def __init__(self, name: str, cap: int) -> None:
        self.idle_task: Callable[[], bool] | None = None
        self._cap = cap
        self._jobs: queue.Queue[_Job | None] = queue.Queue()
        self._lock = threading.Lock()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def is_current(self) -> bool:
        return threading.current_thread() is self._thread

    def submit(self, fn: Callable[[*Args], Result], *args: *Args) -> Future[Result]:
        future: Future[Result] = Future()
        with self._lock:  # so that no job can slip in behind the end mark
            if self._closing:
                raise StorageError("storage.closed")
            if self._jobs.qsize() >= self._cap:
                raise StorageError("storage.queue_full", {"cap": self._cap}, retryable=True)
            self._jobs.put((future, fn, args))
        return future

    def close(self, until: float) -> bool:
        with self._lock:
            if not self._closing:
                self._closing = True
                self._jobs.put(None)
        self._thread.join(max(0.0, until - time.monotonic()))
        if not self._thread.is_alive():
            return True
        self._cancel_waiting()
        log.warning("storage worker %s is still busy at its deadline", self._thread.name)
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
        while (job := self._next()) is not None:
            future, fn, args = job
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(fn(*args))
            except BaseException as error:  # noqa: BLE001 - the thread's main loop: whoever waits gets it
                future.set_exception(error)
            del job, future, fn, args  # or the last job's arguments live until the next one comes

    def _next(self) -> "_Job | None":
        is_more = self.idle_task is not None
        while is_more:
            try:
                return self._jobs.get(timeout=_IDLE_S)
            except queue.Empty:
                is_more = self._tend()
        return self._jobs.get()

    def _tend(self) -> bool:
        try:
            return self.idle_task is not None and self.idle_task()
        except StorageError as fault:  # it can wait, so it waits for a better moment
            log.warning("left for later: %s", fault)
            return False


def _nothing() -> None:
    """Do nothing."""


_Job = tuple[Future[Any], Callable[..., Any], tuple[Any, ...]]
