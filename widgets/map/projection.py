"""Where things are: WGS-84 to Web Mercator and back, the datums of Chinese maps, distances. Pure; scalars or arrays.

Stored points stay in their own datum; they are brought to WGS-84 once, at the door of the map, by the datum they carry.
Web Mercator (EPSG:3857) is used for drawing only: its metres are ground metres divided by ``cos(lat)``.
"""

import itertools
import math
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
EARTH_RADIUS_M: Final = 6_378_137.0
"""Equatorial radius of WGS-84, which Web Mercator treats as a sphere."""
MEAN_RADIUS_M: Final = 6_371_008.8
"""IUGG mean radius, for distances."""
MAX_LATITUDE: Final = 85.051128779806604
"""Where the square of Web Mercator ends, in degrees."""

SAME_AS_WGS84: Final = frozenset({"", "WGS-84", "WGS84", "EPSG:4326", "CGCS2000", "CGCS-2000", "EPSG:4490"})
"""Datums drawn unshifted; CGCS2000, the national one, differs from WGS-84 by centimetres."""
GCJ02: Final = frozenset({"GCJ-02", "GCJ02"})
BD09: Final = frozenset({"BD-09", "BD09"})

_KRASOVSKY_A: Final = 6_378_245.0
_KRASOVSKY_E2: Final = 0.006_693_421_622_965_943
_BD_TURN: Final = math.pi * 3000.0 / 180.0

# Mainland China, coarse (some tens of kilometres at the land borders): GCJ-02 shifts inside it and nowhere else.
# Hong Kong, Macau and Taiwan publish in WGS-84; a plain rectangle would also cover foreign land.
_SHIFTED_AREA: Final = np.array(
    [
        (73.5, 39.4), (74.9, 37.2), (78.1, 35.4), (78.8, 31.3), (81.0, 30.2), (86.0, 27.9), (89.0, 27.3), (92.0, 27.0),
        (97.3, 28.2), (98.7, 25.8), (97.5, 24.0), (99.5, 22.0), (101.7, 21.1), (103.5, 22.6), (106.7, 22.0),
        (108.0, 21.5), (108.3, 17.9), (110.6, 17.9), (112.5, 21.3), (113.51, 22.05), (113.535, 22.22), (113.9, 22.45),
        (114.0, 22.505), (114.25, 22.56), (114.6, 22.3), (117.2, 23.0), (118.6, 24.4), (120.2, 26.0), (122.9, 29.7),
        (122.6, 31.6), (121.0, 34.0), (123.2, 37.2), (122.2, 38.8), (124.3, 39.9), (128.0, 41.9), (131.0, 42.5),
        (131.3, 44.9), (133.5, 45.0), (135.1, 48.4), (130.9, 47.7), (127.6, 50.2), (125.6, 53.1), (121.0, 53.4),
        (119.8, 51.5), (116.7, 49.9), (115.6, 47.8), (119.9, 46.7), (111.9, 43.8), (105.0, 41.6), (96.4, 42.8),
        (90.9, 45.2), (87.8, 49.2), (85.5, 48.3), (82.6, 45.4), (80.2, 42.2), (76.8, 40.5), (73.5, 39.4),
    ],
    dtype=np.float64,
)  # fmt: skip


def to_mercator(lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
    """Return Web Mercator metres of WGS-84 degrees; latitudes beyond the square are held at its edge."""
    lat = np.radians(np.clip(np.asarray(lat, dtype=np.float64), -MAX_LATITUDE, MAX_LATITUDE))
    return EARTH_RADIUS_M * np.radians(np.asarray(lon, dtype=np.float64)), EARTH_RADIUS_M * np.arcsinh(np.tan(lat))


def from_mercator(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    """Return WGS-84 degrees of Web Mercator metres."""
    lat = np.degrees(np.arctan(np.sinh(np.asarray(y, dtype=np.float64) / EARTH_RADIUS_M)))
    return np.degrees(np.asarray(x, dtype=np.float64) / EARTH_RADIUS_M), lat


def mercator_stretch(lat: float) -> float:
    """Return how many Web Mercator metres one ground metre takes at a latitude in degrees."""
    return 1.0 / math.cos(math.radians(lat))


def plausible(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.bool_]:
    """Tell which points can be a place at all: finite, on the globe, and not the (0, 0) of an empty form."""
    lon, lat = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        on_globe = (np.abs(lon) <= 180.0) & (np.abs(lat) <= MAX_LATITUDE)
        empty = (np.abs(lon) < 1e-6) & (np.abs(lat) < 1e-6)
    return on_globe & ~empty


def known_datum(datum: str) -> bool:
    """Tell whether `to_wgs84` knows the datum; names are compared without regard to case."""
    return datum.upper() in SAME_AS_WGS84 | GCJ02 | BD09


def to_wgs84(lon: ArrayLike, lat: ArrayLike, datum: str) -> tuple[Floats, Floats]:
    """Bring points of a datum to WGS-84 degrees.

    Raises:
        ValueError: Nobody here knows the datum; the point must not be drawn somewhere near by guess.
    """
    name = datum.upper()
    lon, lat = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    if name in SAME_AS_WGS84:
        return lon, lat
    if name in GCJ02:
        return wgs84_from_gcj02(lon, lat)
    if name in BD09:
        return wgs84_from_gcj02(*_gcj02_from_bd09(lon, lat))
    raise ValueError(f"unknown datum {datum!r}")


def gcj02_from_wgs84(lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
    """Shift WGS-84 degrees to GCJ-02, the datum of Chinese street maps; outside the mainland nothing moves."""
    lon, lat = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    shift_lon, shift_lat = _gcj02_shift(lon, lat)
    inside = in_shifted_area(lon, lat)
    return np.where(inside, lon + shift_lon, lon), np.where(inside, lat + shift_lat, lat)


def wgs84_from_gcj02(lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
    """Undo `gcj02_from_wgs84` by fixed-point steps; the error left is far below a millimetre."""
    lon, lat = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    true_lon, true_lat = lon, lat
    for _ in range(6):  # each step shrinks the error about a thousandfold
        shift_lon, shift_lat = _gcj02_shift(true_lon, true_lat)
        true_lon, true_lat = lon - shift_lon, lat - shift_lat
    inside = in_shifted_area(true_lon, true_lat)
    return np.where(inside, true_lon, lon), np.where(inside, true_lat, lat)


def in_shifted_area(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.bool_]:
    """Tell which points lie where GCJ-02 is in force (even-odd rule over a coarse outline)."""
    lon, lat = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    inside = np.zeros(np.broadcast(lon, lat).shape, dtype=np.bool_)
    for (lon_a, lat_a), (lon_b, lat_b) in itertools.pairwise(_SHIFTED_AREA):
        if lat_a == lat_b:
            continue
        crosses = (lat_a > lat) != (lat_b > lat)
        inside ^= crosses & (lon < (lon_b - lon_a) * (lat - lat_a) / (lat_b - lat_a) + lon_a)
    return inside


def distance_m(lon_a: ArrayLike, lat_a: ArrayLike, lon_b: ArrayLike, lat_b: ArrayLike) -> Floats:
    """Return great-circle metres between WGS-84 points (haversine; within 0.5 % of the ellipsoid)."""
    lon_a, lat_a, lon_b, lat_b = (np.radians(np.asarray(v, dtype=np.float64)) for v in (lon_a, lat_a, lon_b, lat_b))
    half = np.sin((lat_b - lat_a) / 2) ** 2 + np.cos(lat_a) * np.cos(lat_b) * np.sin((lon_b - lon_a) / 2) ** 2
    return 2 * MEAN_RADIUS_M * np.arcsin(np.sqrt(np.minimum(half, 1.0)))


def _gcj02_shift(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return the offset in degrees; the published polynomial of GCJ-02 around (105° E, 35° N)."""
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    waves = (20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + waves
    north = north + (20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north = north + (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + waves
    east = east + (20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east = east + (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    phi = np.radians(lat)
    flat = 1.0 - _KRASOVSKY_E2 * np.sin(phi) ** 2
    north = np.degrees(north * flat * np.sqrt(flat) / (_KRASOVSKY_A * (1.0 - _KRASOVSKY_E2)))
    east = np.degrees(east * np.sqrt(flat) / (_KRASOVSKY_A * np.cos(phi)))
    return east, north


def _gcj02_from_bd09(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Undo Baidu's additional turn and offset (good to about a metre, as published)."""
    x, y = lon - 0.0065, lat - 0.006
    radius = np.hypot(x, y) - 0.000_02 * np.sin(y * _BD_TURN)
    angle = np.arctan2(y, x) - 0.000_003 * np.cos(x * _BD_TURN)
    return radius * np.cos(angle), radius * np.sin(angle)
