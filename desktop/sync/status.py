"""The engine's one reading, posted when it changes and no more than ten times a second."""

import dataclasses
import threading
import time
from collections.abc import Callable
from typing import TypedDict, Unpack

from desktop.events import LinkState, SyncChanged, SyncStatus

_INTERVAL_S = 0.1


class Reading(TypedDict, total=False):
    """Fields of `SyncStatus` that a caller wants changed."""

    link: LinkState
    fault: str
    params: dict[str, str | int | float]
    round_trip_ms: float | None
    as_of: str
    cursor_lsn: int
    head_lsn: int
    progress: float | None
    road: str
    lag: int


class StatusBoard:
    """Holds the newest `SyncStatus`; thread-safe.

    A change of state or fault is posted at once; numbers wait until a tenth of a second has gone by since the last
    post, and go out with `flush`.
    """

    def __init__(self, post: Callable[[SyncChanged], None], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._post = post
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._status = SyncStatus(LinkState.STARTING)
        self._posted: SyncStatus | None = None
        self._posted_at = float("-inf")

    @property
    def status(self) -> SyncStatus:
        """The newest reading, posted or not."""
        return self._status

    def change(self, **reading: Unpack[Reading]) -> None:
        """Change some fields."""
        with self._lock:
            self._status = dataclasses.replace(self._status, **reading)
            last = self._posted
            urgent = last is None or _gist(last) != _gist(self._status)
            if urgent or self._due_in_s() == 0:
                self._send()

    def flush(self) -> float | None:
        """Post what waits if its time has come; return the seconds until it has, or None when nothing waits."""
        with self._lock:
            due_in_s = self._due_in_s()
            if due_in_s == 0:
                self._send()
                return None
            return due_in_s

    def _due_in_s(self) -> float | None:
        if self._status == self._posted:
            return None
        return max(0.0, self._posted_at + _INTERVAL_S - self._monotonic())

    def _send(self) -> None:
        if self._status != self._posted:
            self._posted, self._posted_at = self._status, self._monotonic()
            self._post(SyncChanged(self._status))


def _gist(status: SyncStatus) -> tuple[LinkState, str, str, bool]:
    """Return what the officer must not learn late."""
    return status.link, status.fault, status.road, status.lag > 0
