"""Which of the centre's addresses is in use: a breaker for each, and when it is time for another."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

FAILURES = 3
FAILING_S = 6.0
"""A link is given up after so many failures in a row, or after failing for so long."""


@dataclass(slots=True)
class _Breaker:
    failures: int = 0
    failing_since: float = 0.0
    refused: bool = False

    def is_open(self, now: float) -> bool:
        if self.refused or self.failures >= FAILURES:
            return True
        return self.failures > 0 and now - self.failing_since >= FAILING_S


class Links:
    """Counts for all threads; the change itself is asked for by the sync thread alone, between two connections.

    Link 0 is the primary. While every link fails they take turns.
    """

    def __init__(self, count: int, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._breakers = [_Breaker() for _ in range(count)]
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._current = 0

    @property
    def current(self) -> int:
        """The link in use."""
        return self._current

    def worked(self, link: int) -> None:
        """An exchange over `link` went through."""
        with self._lock:
            self._breakers[link] = _Breaker()

    def failed(self, link: int) -> None:
        """The road of `link` did not hold."""
        with self._lock:
            breaker = self._breakers[link]
            if not breaker.failures:
                breaker.failing_since = self._monotonic()
            breaker.failures += 1

    def refuse(self, link: int) -> None:
        """What answers over `link` is not what it should be: give it up at once."""
        with self._lock:
            self._breakers[link].refused = True

    def has_another(self) -> bool:
        """Whether any link is left whose answers were not refused."""
        with self._lock:
            return not all(breaker.refused for breaker in self._breakers)

    def change_over(self) -> bool:
        """Take the next link if the present one is given up; return whether that happened."""
        with self._lock:
            if len(self._breakers) == 1 or not self._breakers[self._current].is_open(self._monotonic()):
                return False
            self._use((self._current + 1) % len(self._breakers))
            return True

    def go_home(self) -> None:
        """Take the primary again."""
        with self._lock:
            self._use(0)

    def patience_s(self) -> float:
        """Return the longest pause that does not put off a change: 0 if one is due, infinity if none can be."""
        with self._lock:
            breaker, now = self._breakers[self._current], self._monotonic()
            if len(self._breakers) == 1 or not (breaker.failures or breaker.refused):
                return float("inf")
            return 0.0 if breaker.is_open(now) else breaker.failing_since + FAILING_S - now

    def _use(self, link: int) -> None:
        self._current = link
        self._breakers[link] = _Breaker()
