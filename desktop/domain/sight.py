"""Which cameras are likely to see a point: distance, the way they look, how wide, and from how high. Pure.

Nobody knows what a camera sees until somebody looks; houses and trees are not in the data. So nothing is left out
here: cameras that look the other way only come later. Angles are degrees clockwise from north.
"""

import math
from dataclasses import dataclass

_M_PER_DEGREE = 111_320.0
_AT_ITS_FOOT_M = 12.0
"""Nearer than this, the direction says nothing: the point may well be below the picture, or the mast stands in it."""
_REACH_M, _REACH_PER_HEIGHT = 60.0, 25.0
"""How far people and cars can be told apart, from the ground and for each metre of height: a rule of thumb."""
_UNKNOWN, _AWAY = 1.6, 3.0
"""By how much a camera counts as farther away whose direction is not known, or that looks elsewhere."""
_FIELD_DEG = 70.0


@dataclass(frozen=True, slots=True)
class Mount:
    """How a camera hangs; None for what is not known. A PTZ camera looks wherever it was turned to last."""

    lon: float
    lat: float
    bearing_deg: float | None = None
    field_deg: float | None = None
    height_m: float | None = None
    turns: bool = False


@dataclass(frozen=True, slots=True)
class Sighting:
    """How a camera stands to a point.

    Attributes:
        distance_m: Between them.
        from_deg: Direction in which the camera lies, seen from the point.
        looks: Whether it looks that way; None where nobody can say.
    """

    distance_m: float
    from_deg: float
    looks: bool | None

    @property
    def cost_m(self) -> float:
        """The distance, made longer for what speaks against the camera: the smaller, the better."""
        return self.distance_m * (1.0 if self.looks else _UNKNOWN if self.looks is None else _AWAY)


def sighting(camera: Mount, lon: float, lat: float) -> Sighting:
    """Judge a camera for a point."""
    east = (camera.lon - lon) * _M_PER_DEGREE * math.cos(math.radians(lat))
    north = (camera.lat - lat) * _M_PER_DEGREE
    distance_m = math.hypot(east, north)
    from_deg = math.degrees(math.atan2(east, north)) % 360.0
    return Sighting(distance_m, from_deg, _looks(camera, distance_m, (from_deg + 180.0) % 360.0))


def _looks(camera: Mount, distance_m: float, towards_deg: float) -> bool | None:
    if camera.bearing_deg is None or camera.turns or distance_m < _AT_ITS_FOOT_M:
        return None
    if distance_m > _REACH_M + _REACH_PER_HEIGHT * (camera.height_m or 0.0):
        return False
    off = abs((towards_deg - camera.bearing_deg + 180.0) % 360.0 - 180.0)
    return off <= (camera.field_deg or _FIELD_DEG) / 2
