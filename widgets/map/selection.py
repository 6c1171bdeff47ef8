"""The selected marker and what stands around it: circle, nearest cameras, words. Pure."""

import math
from dataclasses import dataclass
from typing import Final

from widgets.map.projection import from_mercator, mercator_stretch
from widgets.map.rows import MapFocus, MapMarker
from widgets.map.store import MarkerStore

NEAREST_CAMERAS: Final = 4
CAMERA_SEARCH_M: Final = 800.0
"""Cameras farther away on the ground are not called near."""
LEAST_CIRCLE_M: Final = 60.0


@dataclass(frozen=True, slots=True)
class LitCamera:
    """A camera that sees the selection: its marker, its place and its reach in Web Mercator metres."""

    marker: MapMarker
    x: float
    y: float
    reach: float


@dataclass(frozen=True, slots=True)
class Selection:
    """The selected marker and its surroundings; places and `radius` in Web Mercator metres."""

    marker: MapMarker
    x: float
    y: float
    radius: float
    cameras: tuple[LitCamera, ...]
    title: str
    detail: str

    @property
    def ids(self) -> frozenset[str]:
        """Ids of all markers that the selection draws itself."""
        return frozenset((self.marker.id, *(camera.marker.id for camera in self.cameras)))


def find_selection(store: MarkerStore, marker_id: str | None, focus: MapFocus) -> Selection | None:
    """Return the selection as it stands now; None when the marker is not there or has no place."""
    if marker_id is None:
        return None
    marker, place = store.get(marker_id), store.place(marker_id)
    if marker is None or place is None:
        return None
    x, y = place
    stretch = mercator_stretch(float(from_mercator(x, y)[1]))
    cameras = () if marker.kind == "camera" else tuple(_lit_cameras(store, focus, place, stretch))
    radius = focus.radius_m * stretch
    if radius <= 0 and cameras:
        farthest = max(math.hypot(camera.x - x, camera.y - y) for camera in cameras)
        radius = max(farthest * 1.12, LEAST_CIRCLE_M * stretch)
    return Selection(marker, x, y, radius, cameras, focus.title or marker.label, focus.detail or marker.detail)


def _lit_cameras(store: MarkerStore, focus: MapFocus, around: tuple[float, float], stretch: float) -> list[LitCamera]:
    table = store.tables.get("camera")
    if table is None:
        return []
    if focus.cameras:
        found = [one for camera_id in focus.cameras if (one := store.get(camera_id)) is not None]
    else:
        near = table.nearest(*around, 8 * NEAREST_CAMERAS, CAMERA_SEARCH_M * stretch)
        found = [one for one in near if one.usable_camera][:NEAREST_CAMERAS]
    places = ((one, store.place(one.id)) for one in found)
    return [LitCamera(one, *place, one.reach_m * stretch) for one, place in places if place is not None]
