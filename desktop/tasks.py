"""Work off the GUI thread, its result back on it."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

_log = logging.getLogger(__name__)

Done = Callable[[Any], None]
Failed = Callable[[BaseException], None]


class Tasks(QObject):
    """Brings results of futures to the GUI thread.

    `follow(future, done, failed)` calls the bound method `done` with the result, or `failed` with the exception, in the
    event loop of this object's thread. After `close` nothing is delivered any more.
    """

    _finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._results: deque[tuple[Future[Any], Done | None, Failed | None]] = deque()
        self._closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def follow(self, future: "Future[Any]", done: Done | None = None, failed: Failed | None = None) -> None:
        """Deliver the outcome of `future`; without `failed`, a failure is logged as a warning."""

        def _collect(finished: "Future[Any]") -> None:
            with self._lock:
                if self._closed:
                    return
                self._results.append((finished, done, failed))
            self._finished.emit()

        future.add_done_callback(_collect)

    def close(self) -> None:
        """Deliver nothing from now on."""
        with self._lock:
            self._closed = True
            self._results.clear()

    @Slot()
    def _deliver(self) -> None:
        with self._lock:
            if not self._results:
                return
            future, done, failed = self._results.popleft()
        try:
            result = future.result(timeout=0)
        except CancelledError:
            return
        except Exception as fault:  # noqa: BLE001 - the crossing hands every failure on, whatever it is
            if failed is None:
                _log.warning("background task failed: %s", fault)
            else:
                failed(fault)
            return
        if done is not None:
            done(result)
