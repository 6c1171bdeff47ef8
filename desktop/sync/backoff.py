"""How long to wait before asking again: pure arithmetic over an injected source of chance.

Two kinds of waiting, and they must not be confused (AWS architecture notes on exponential back-off):
after a fault of ours or of the road, *full* jitter spreads a hall of seats over the whole span; after the centre
named a time itself (`Retry-After`), full jitter could collapse to almost nothing, so the wait is at least that time.
"""

import random
from collections.abc import Callable

FLOOR_S = 0.1
CAP_S = 30.0
BASE_S = 0.5


class Backoff:
    """Counts failures in a row and says how long to wait after each.

    Not thread-safe: each loop owns its own.

    Args:
        cap_s: Longest wait after a fault, in seconds.
        uniform: ``uniform(a, b)`` of a random source; tests give a fixed one.
    """

    def __init__(self, cap_s: float = CAP_S, uniform: Callable[[float, float], float] = random.uniform) -> None:
        self._cap_s = cap_s
        self._uniform = uniform
        self.failures = 0

    def next_s(self, retry_after_s: float | None = None) -> float:
        """Count one more failure and return the seconds to wait.

        Args:
            retry_after_s: What the centre asked for, or None; obeyed even above the cap.
        """
        self.failures += 1
        if retry_after_s is not None:
            return retry_after_s + self._uniform(0.0, max(FLOOR_S, retry_after_s / 2))
        # The exponent is bounded so that a week of failures does not overflow a float.
        ceiling = min(self._cap_s, BASE_S * 2.0 ** min(self.failures, 16))
        return max(FLOOR_S, self._uniform(0.0, ceiling))

    def reset(self) -> None:
        """Forget the failures: the last call went through."""
        self.failures = 0
