"""Cameras by word and by distance."""

import math
from typing import Any

from sqlalchemy import Connection, Select, literal_column, select

from storage.cache.tables import Shelf
from storage.words import match_expression

_EARTH_RADIUS_M = 6_371_008.8
_SPARE = 4  # candidates more than asked for: the flat distance that sorts them is not quite the round one


def matching_cameras(shelf: Shelf, words: str) -> Select[Any] | None:
    """Return the statement that finds numbers of cameras by words, by name; None if there is no word."""
    expression = match_expression(words)
    if expression is None:
        return None
    text = shelf.camera_text
    hits = select(text.c.rowid).where(literal_column(text.name).op("MATCH")(expression))
    camera = shelf.camera.c
    return select(camera.n).where(camera.n.in_(hits)).order_by(camera.name, camera.n)


def nearest(connection: Connection, shelf: Shelf, lon: float, lat: float, count: int) -> list[tuple[int, float]]:
    """Return numbers of the nearest working cameras with their distance in metres."""
    camera = shelf.camera.c
    shrink = math.cos(math.radians(lat)) ** 2
    flat = (camera.lon - lon) * (camera.lon - lon) * shrink + (camera.lat - lat) * (camera.lat - lat)
    rows = connection.execute(
        select(camera.n, camera.lon, camera.lat)
        .where(camera.working == 1, camera.lon.is_not(None))
        .order_by(flat, camera.n)
        .limit(count + _SPARE)
    )
    found = [(distance_m(lon, lat, row.lon, row.lat), row.n) for row in rows]
    return [(n, metres) for metres, n in sorted(found)[:count]]


def distance_m(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Return the great-circle distance in metres (haversine, mean earth radius)."""
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    half_lat, half_lon = (phi_b - phi_a) / 2, math.radians(lon_b - lon_a) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(phi_a) * math.cos(phi_b) * math.sin(half_lon) ** 2
    return 2 * _EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(chord)))
