"""How long the wall takes, kept for the vitals panel and the benchmark."""

from collections import deque

_KEPT = 3000  # two minutes at 25 Hz


class TickTimes:
    """The last two minutes of ticks, milliseconds."""

    def __init__(self) -> None:
        self._work: deque[float] = deque(maxlen=_KEPT)
        self._interval: deque[float] = deque(maxlen=_KEPT)
        self._began = 0.0

    def begin(self, now_s: float) -> None:
        """A tick begins."""
        if self._began:
            self._interval.append((now_s - self._began) * 1000)
        self._began = now_s
        self._work.append(0.0)

    def add(self, seconds: float) -> None:
        """Looking or painting took so long."""
        if self._work:
            self._work[-1] += seconds * 1000

    def clear(self) -> None:
        """Forget all ticks."""
        self._work.clear()
        self._interval.clear()
        self._began = 0.0

    def pause(self) -> None:
        """The wall is not seen; the time until the next tick says nothing."""
        self._began = 0.0

    def work_ms(self, share: float) -> float:
        """Give the time of looking and painting that `share` of the ticks (0.99 for p99) stayed within."""
        return _quantile(self._work, share)

    def interval_ms(self, share: float) -> float:
        """Give the time between two ticks that `share` of them stayed within."""
        return _quantile(self._interval, share)


def _quantile(values: "deque[float]", share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0
