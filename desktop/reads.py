"""Reads for screens: asked on the GUI thread, done on the reader thread, answered on the GUI thread."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVarTuple

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.tasks import Done, Failed, Tasks

Args = TypeVarTuple("Args")


class Reads:
    """The reader threads and the way back from them. Answers come in the order of the questions.

    Questions that may take long, such as how often a common word occurs among a million orders, have a thread of their
    own: a detail that is opened meanwhile does not wait for them.
    """

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks
        self._reader = ThreadPoolExecutor(1, thread_name_prefix="reader")
        self._counter = ThreadPoolExecutor(1, thread_name_prefix="counter")
        self._closed = False

    def ask(self, done: Done | None, read: Callable[[*Args], Any], *args: *Args, failed: Failed | None = None) -> None:
        """Run ``read(*args)`` on the reader thread and call the bound method `done` with what it returns."""
        if not self._closed:
            self._tasks.follow(self._reader.submit(read, *args), done, failed)

    def ask_long(
        self, done: Done | None, read: Callable[[*Args], Any], *args: *Args, failed: Failed | None = None
    ) -> None:
        """As `ask`, for what nobody waits for at once."""
        if not self._closed:
            self._tasks.follow(self._counter.submit(read, *args), done, failed)

    def close(self) -> None:
        """Answer no more; a read under way ends by itself, reads are short."""
        self._closed = True
        for readers in (self._reader, self._counter):
            readers.shutdown(wait=True, cancel_futures=True)


class Refresh(QObject):
    """Runs one refresh at a time, at most each `interval_ms`, however often it is requested.

    The refresh calls `finished` when its answer is on the screen; requests that came meanwhile start one more.
    """

    def __init__(self, refresh: Callable[[], None], interval_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._refresh = refresh
        self._running = False
        self._wanted = False
        self._pause = QTimer(self, singleShot=True, interval=interval_ms)
        self._pause.timeout.connect(self._on_pause_over)

    def request(self) -> None:
        """Ask for a refresh; the first of a burst starts at once."""
        self._wanted = True
        if not self._running and not self._pause.isActive():
            self._start()

    def finished(self) -> None:
        """Say that the running refresh has its answer."""
        self._running = False
        self._pause.start()

    def _start(self) -> None:
        self._wanted = False
        self._running = True
        self._refresh()

    @Slot()
    def _on_pause_over(self) -> None:
        if self._wanted and not self._running:
            self._start()
