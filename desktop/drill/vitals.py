"""What the district's instruments read: water levels, wind, crowds, load. A drill's readings are computed, not stored.

A reading is a pure function of the instrument and the moment, so that every desk sees the same history, however far
back it looks and however coarsely.
"""

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from desktop.central.schema import Place, Reading, ReadingsPage, Vital
from desktop.drill.clock import stamp

EVERY_S = 60
"""An instrument reads once a minute."""
MAX_POINTS = 2_000
KEPT_DAYS = 30
_SAMPLES_PER_POINT = 32
"""A stretch longer than so many readings is judged by an even choice of them."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """One instrument: its record, and how its value goes round the day."""

    record: Vital
    base: float
    swing: float
    noise: float
    peak_hour: float

    def value(self, moment: datetime) -> float:
        """Return the reading of the minute that `moment` is in."""
        minute = int(moment.timestamp()) // EVERY_S
        day = 2 * math.pi * (minute / 1440 - (self.peak_hour - 8) / 24)
        return round(self.base + self.swing * math.cos(day) + self.noise * _chance(self.record.name, minute), 2)


def _instrument(  # noqa: PLR0917 - a row of the table below
    name: str, unit: str, point: list[float], base: float, swing: float, noise: float, peak: float, high: float
) -> Instrument:
    record = Vital(name=name, unit=unit, place=Place(address=name.partition(" ")[0], point=point), high=high)
    return Instrument(record, base, swing, noise, peak)


INSTRUMENTS: dict[str, Instrument] = {
    "vt-water-07": _instrument("浦三路下立交 积水", "cm", [121.490287, 31.152872], 4, 3, 2, 15, 25),
    "vt-water-02": _instrument("川杨河 水位", "m", [121.4992, 31.1523], 2.6, 0.4, 0.1, 4, 3.6),
    "vt-wind-01": _instrument("滨江 风速", "m/s", [121.4838, 31.1501], 4.5, 2.2, 1.5, 14, 17.2),
    "vt-rain-01": _instrument("上南路 雨量", "mm/h", [121.4951, 31.1556], 0.6, 0.5, 0.5, 17, 20),
    "vt-crowd-01": _instrument("三林文化广场 人流", "人", [121.5031, 31.1472], 320, 260, 60, 19, 1200),
    "vt-load-01": _instrument("临江变电站 负荷", "MW", [121.4975, 31.1497], 21, 7, 1.2, 14, 38),
    "vt-air-01": _instrument("临江街道 PM2.5", "μg/m³", [121.4990, 31.1510], 38, 14, 6, 9, 115),
    "vt-traffic-01": _instrument("灵岩南路 车流", "辆/min", [121.4937, 31.1533], 46, 30, 8, 18, 120),
}


class ReadingsRefused(Exception):  # noqa: N818 - named for what happened
    """No readings: ``vital_unknown``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def readings(vital_id: str, since: datetime, until: datetime, points: int, now: datetime) -> ReadingsPage:
    """Return the history of an instrument in at most `points` even stretches, never later than `now`.

    Raises:
        ReadingsRefused: ``vital_unknown``.
    """
    instrument = INSTRUMENTS.get(vital_id)
    if instrument is None:
        raise ReadingsRefused("vital_unknown")
    until = min(until, now)
    since = max(since, now - timedelta(days=KEPT_DAYS))
    if since >= until:
        return ReadingsPage(vital_id, [], instrument.record.unit)
    minutes = max(1, math.ceil((until - since).total_seconds() / EVERY_S))
    stretches = min(points, minutes)
    bounds = [minutes * number // stretches for number in range(stretches + 1)]
    return ReadingsPage(
        vital_id,
        [_stretch(instrument, since, first, last) for first, last in pairwise(bounds) if first < last],
        instrument.record.unit,
    )


def _stretch(instrument: Instrument, since: datetime, first: int, last: int) -> Reading:
    step = max(1, (last - first) // _SAMPLES_PER_POINT)
    values = [instrument.value(since + timedelta(seconds=EVERY_S * minute)) for minute in range(first, last, step)]
    return Reading(
        at=stamp(since + timedelta(seconds=EVERY_S * first)),
        value=round(sum(values) / len(values), 2),
        low=min(values),
        high=max(values),
        count=last - first,
    )


def _chance(name: str, minute: int) -> float:
    """Return a number from -1 to 1 that is the same for everybody who asks."""
    digest = hashlib.blake2b(f"{name} {minute}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "big") / 0x7FFFFFFF - 1
