"""One measured number beside what it is held against."""

import math
import statistics
from dataclasses import dataclass
from enum import Enum
from itertools import combinations


class Bar(Enum):
    """Which side of its limit a number has to be on."""

    AT_MOST = "≤"
    AT_LEAST = "≥"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """A number, its unit, and its bar.

    Attributes:
        name: What was measured, in words: a row of the table.
        value: The number, in `unit`.
        unit: ``"ms"``, ``"changes/s"``, ``"% of a core"``, …
        bar: Whether `limit` is a floor or a ceiling; None for a number that is only reported.
        limit: What the design asks for, in `unit`.
        peer: The same thing done the barest way, in the same run on the same machine, in `unit`.
        note: How it was measured, where the name does not say it.
    """

    name: str
    value: float
    unit: str
    bar: Bar | None = None
    limit: float | None = None
    peer: float | None = None
    note: str = ""

    @property
    def ok(self) -> bool | None:
        """Whether the bar is met; None where there is none."""
        if self.bar is None or self.limit is None:
            return None
        return self.value <= self.limit if self.bar is Bar.AT_MOST else self.value >= self.limit


def percentile(values: list[float], share: float) -> float:
    """The smallest of `values` that a `share` of them (0 to 1) does not exceed: the nearest-rank percentile."""
    if not values:
        raise ValueError("nothing was measured")
    return sorted(values)[max(1, math.ceil(share * len(values))) - 1]


def slope(at: list[float], values: list[float]) -> float:
    """What `values` grow by in one unit of `at`: the median over all pairs (Sen, 1968), which no burst moves."""
    pairs = combinations(zip(at, values, strict=True), 2)
    slopes = [(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in pairs if x2 > x1]
    return statistics.median(slopes) if slopes else 0.0
