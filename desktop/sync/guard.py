"""Holds back a pull that would take away many open orders at once, until the centre has said it twice.

A broken export or an empty table at the centre must not empty the desks of a hall. Revocations are not counted: they
are about what an officer may see, and are obeyed at once.
"""

import time
from collections import deque
from collections.abc import Callable, Collection

from desktop.errors import OpsError

_LEAST = 50
_SHARE = 0.05
_WINDOW_S = 60.0
CONFIRM_AFTER_S = 10.0
"""How long to wait before the second fetch: long enough for a restart at the centre, short enough for a shift."""


class RemovalGuard:
    """Counts removals of open orders over the last minute; used by the sync thread alone."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._recent: deque[tuple[float, int]] = deque()
        self._suspects: frozenset[str] = frozenset()
        self._suspected_drop = 0
        self._asked_at = 0.0

    def check(self, ids: Collection[str], open_orders: int) -> None:
        """Let the removal of the open orders `ids` pass, out of `open_orders` on the desk.

        Raises:
            OpsError: ``pull.held`` (count), until a later fetch brings the same removals again.
        """
        now = self._monotonic()
        while self._recent and self._recent[0][0] < now - _WINDOW_S:
            self._recent.popleft()
        count = len(ids) + sum(removed for _, removed in self._recent)
        if _too_many(count, open_orders):
            brought_again = bool(self._suspects) and self._suspects.issubset(ids)
            like_before = brought_again and not _too_many(len(ids) - len(self._suspects), open_orders)
            if not like_before:
                self._suspects, self._asked_at = frozenset(ids), now
            if not like_before or now - self._asked_at < CONFIRM_AFTER_S:
                raise OpsError("pull.held", {"count": count}, retryable=True)
            self._suspects = frozenset()
        if ids:
            self._recent.append((now, len(ids)))

    def check_snapshot(self, open_before: int, open_after: int) -> None:
        """Let a whole new snapshot replace the cache.

        Raises:
            OpsError: ``pull.held`` (count), until a later snapshot shows about the same.
        """
        drop = open_before - open_after
        if not _too_many(drop, open_before):
            return
        now = self._monotonic()
        like_before = self._suspected_drop > 0 and not _too_many(abs(drop - self._suspected_drop), open_before)
        if like_before and now - self._asked_at >= CONFIRM_AFTER_S:
            self._suspected_drop = 0
            return
        if not like_before:
            self._suspected_drop, self._asked_at = drop, now
        raise OpsError("pull.held", {"count": drop}, retryable=True)


def _too_many(count: int, open_orders: int) -> bool:
    return count > max(_LEAST, _SHARE * open_orders)
