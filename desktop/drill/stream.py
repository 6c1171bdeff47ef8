"""Tells open streams and waiting polls about new log entries; each listener has a short queue of its own."""

import asyncio
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from desktop.drill.store.log import Entry

QUEUE_CAP = 500
"""A listener that is so far behind is told to pull instead."""
ANNOUNCED_CAP = 50
"""Announcements are for the moment; a listener that does not take them loses the oldest."""


class Listener:
    """One reader of the hub; lives on the server's loop."""

    def __init__(self) -> None:
        self._queue: deque[Entry] = deque()
        self._news = asyncio.Event()
        self._overflowed = False
        self._announced: deque[bytes] = deque(maxlen=ANNOUNCED_CAP)
        self.closed = False

    async def take(self, timeout_s: float) -> tuple[list[Entry], bool]:
        """Wait up to `timeout_s` for news.

        Returns:
            The new entries, in order, and whether some before them were dropped because nobody took them.
        """
        if not self._news.is_set():
            try:
                await asyncio.wait_for(self._news.wait(), timeout_s)
            except TimeoutError:
                return [], False
        overflowed, self._overflowed = self._overflowed, False
        taken = list(self._queue)
        self._queue.clear()
        if not self.closed:
            self._news.clear()
        return taken, overflowed

    def announced(self) -> list[bytes]:
        """Return the announcements since the last call; of too many the oldest are gone."""
        told = list(self._announced)
        self._announced.clear()
        return told

    def announce(self, event: bytes) -> None:
        """Add an announcement and wake the reader, whose `take` then may return nothing else."""
        self._announced.append(event)
        self._news.set()

    def offer(self, entries: Sequence[Entry]) -> None:
        """Add news; when the queue is full, all of it is dropped and the reader will hear of that."""
        if len(self._queue) + len(entries) > QUEUE_CAP:
            self.overflow()
        else:
            self._queue.extend(entries)
            self._news.set()

    def overflow(self) -> None:
        """Drop all news; the reader will hear of that."""
        self._queue.clear()
        self._overflowed = True
        self._news.set()

    def close(self) -> None:
        """Wake the reader for the last time."""
        self.closed = True
        self._news.set()


class Hub:
    """Fans new entries out. `publish` may be called from any thread, all else belongs to the server's loop."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    def start(self) -> None:
        """Bind to the running loop."""
        self._loop = asyncio.get_running_loop()

    def publish(self, entries: Sequence[Entry]) -> None:
        """Hand a commit's entries to every listener."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._offer, entries)

    def announce(self, event: bytes) -> None:
        """Tell every listener something that is in no log."""
        for listener in self._listeners:
            listener.announce(event)

    def resync(self) -> None:
        """Tell every listener that its place in the log means nothing any more. May be called from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._overflow)

    def close(self) -> None:
        """Wake all listeners so that their requests can end."""
        self._closed = True
        for listener in self._listeners:
            listener.close()

    @contextmanager
    def listener(self) -> Iterator[Listener]:
        """Listen for the length of a request."""
        listener = Listener()
        if self._closed:
            listener.close()
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    def _overflow(self) -> None:
        for listener in self._listeners:
            listener.overflow()

    def _offer(self, entries: Sequence[Entry]) -> None:
        for listener in self._listeners:
            listener.offer(entries)
