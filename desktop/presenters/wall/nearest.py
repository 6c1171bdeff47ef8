"""The cameras that probably see a place, best first, in words: distance, direction, whether they look there (V22)."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.central.lenient import read_as
from desktop.central.schema import Camera
from desktop.domain.sight import Sighting, sighting
from desktop.presenters.whereabouts import mount_of, side_word
from storage.cache.cache import Cache

translate = QCoreApplication.translate

_LOOKED_AT = 4
"""So many times the wanted number are taken from the index, which knows distances only, and judged."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A working camera near a place."""

    camera_id: str
    name: str
    sighting: Sighting


def sighted(cache: Cache, lon: float, lat: float, n: int) -> list[Seen]:
    """Return the `n` working cameras most likely to see a point, best first. On the reader thread.

    Health comes from the records: cameras that are offline, frozen, black or retired are not among them.
    """
    found = []
    for record, _ in cache.near_cameras(lon, lat, n * _LOOKED_AT):
        camera = read_as(Camera, record.data)
        mount = mount_of(camera)
        if mount is not None:
            found.append(Seen(record.id, camera.name or record.id, sighting(mount, lon, lat)))
    return sorted(found, key=_cost)[:n]


def sighting_words(seen: Sighting) -> str:
    """120 m · 东北方 · 朝向此处."""
    side = side_word(seen.from_deg)
    parts = [f"{seen.distance_m:.0f} m", translate("Nearest", "{side}侧").format(side=side)]
    if seen.looks is not None:
        parts.append(translate("Nearest", "朝向此处") if seen.looks else translate("Nearest", "未朝向此处"))
    return " · ".join(parts)


def _cost(seen: Seen) -> float:
    return seen.sighting.cost_m
