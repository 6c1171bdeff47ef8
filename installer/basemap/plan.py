"""The street plan of the drill district 临江街道: a gently warped grid with a river bank on its west.

Everything is laid out in a plan frame of metres, ``u`` along the streets to the east and ``v`` along the streets to the
north. Because streets are lines of constant ``u`` or ``v``, whatever is placed between two of them leaves them free.
`to_lonlat` bends and turns that frame onto the ground, so that no street is quite straight and none points due north.
"""

import math
from dataclasses import dataclass

ORIGIN = (121.500, 31.150)
"""WGS-84 longitude and latitude of the plan's (0, 0)."""

METRES_PER_DEGREE = 111_319.49
TURN = math.radians(4.0)
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Street:
    """A street of constant `at` metres; `width` is kept free of buildings, in metres."""

    name: str
    rank: str
    at: float
    width: float


def _street(name: str, rank: str, at: float) -> Street:
    return Street(name, rank, at, {"trunk": 46.0, "secondary": 28.0}[rank])


NORTH_SOUTH = (
    _street("济阳路", "trunk", -930),
    _street("长清路", "secondary", -610),
    _street("灵岩南路", "secondary", -270),
    _street("东明路", "trunk", 90),
    _street("西营路", "secondary", 440),
    _street("上南路", "trunk", 800),
    _street("凌兆东路", "secondary", 1160),
    _street("杨高南路", "trunk", 1540),
)
"""Streets of constant `u`, from west to east; the first column of blocks lies between the bank and the first one."""

EAST_WEST = (
    _street("德州路", "secondary", -1450),
    _street("杨新路", "secondary", -1090),
    _street("杨思路", "trunk", -710),
    _street("海阳路", "secondary", -370),
    _street("金谊路", "secondary", -20),
    _street("浦三路", "trunk", 330),
    _street("永泰路", "secondary", 690),
    _street("三林路", "trunk", 1050),
    _street("环林路", "secondary", 1430),
)
"""Streets of constant `v`, from south to north."""

WEST_EDGE = -1560.0
RIVER_WIDTH_M = 540.0
PROMENADE_M = 74.0
"""Distance of the riverside road from the bank."""


def bank(v: float) -> float:
    """Return the `u` of the river's east bank: the outer side of a bend, furthest east a little north of the middle."""
    return WEST_EDGE + 290.0 * math.exp(-(((v - 180.0) / 980.0) ** 2)) + 14.0 * math.sin(v / 210.0)


def canal(u: float) -> float:
    """Return the `v` of the centre line of 三林浜, which winds from the river to the eastern edge."""
    return -205.0 + 46.0 * math.sin(u / 330.0 + 0.7) + 16.0 * math.sin(u / 120.0)


CANAL_WIDTH_M = 17.0


def brook(v: float) -> float:
    """Return the `u` of the centre line of 凌兆浜, a branch of the canal towards the north."""
    return 985.0 + 30.0 * math.sin(v / 250.0)


BROOK_WIDTH_M = 11.0


def metro() -> list[Point]:
    """Return the line of the metro in the plan frame: down the west side, then round a wide curve to the east."""
    turn_v, radius = -560.0, 340.0
    straight = [(-455.0 + 26.0 * math.sin(v / 420.0), v) for v in range(1900, int(turn_v), -120)]
    curve = [
        (
            -455.0 + radius - radius * math.cos(math.radians(a)),
            turn_v - radius * math.sin(math.radians(a)),
        )
        for a in range(0, 91, 10)
    ]
    tail = [(u, turn_v - radius + 20.0 * math.sin(u / 300.0)) for u in range(0, 2301, 150)]
    return straight + curve + tail


def to_metres(point: Point) -> Point:
    """Bend and turn a plan point onto the ground; metres east and north of `ORIGIN`."""
    u, v = point
    u, v = (
        u + 22.0 * math.sin(v / 640.0 + 0.6) + 9.0 * math.sin(v / 270.0),
        v + 20.0 * math.sin(u / 760.0 + 1.9) + 7.0 * math.sin(u / 310.0),
    )
    return u * math.cos(TURN) - v * math.sin(TURN), u * math.sin(TURN) + v * math.cos(TURN)


def to_lonlat(point: Point) -> list[float]:
    """Return a plan point as WGS-84 ``[lon, lat]``, rounded to six decimals (0.1 m)."""
    east, north = to_metres(point)
    lat = ORIGIN[1] + north / METRES_PER_DEGREE
    lon = ORIGIN[0] + east / (METRES_PER_DEGREE * math.cos(math.radians(ORIGIN[1])))
    return [round(lon, 6), round(lat, 6)]


def walk(start: Point, end: Point, step_m: float = 110.0) -> list[Point]:
    """Return points from `start` to `end` about `step_m` apart, both ends included."""
    pieces = max(1, round(math.dist(start, end) / step_m))
    return [
        (start[0] + (end[0] - start[0]) * i / pieces, start[1] + (end[1] - start[1]) * i / pieces)
        for i in range(pieces + 1)
    ]
