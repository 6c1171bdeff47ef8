"""Which cameras belong to a selected object: read on the reader thread."""

from dataclasses import dataclass

from desktop.central.lenient import read_as
from desktop.central.schema import Camera, WorkOrder
from storage.cache.cache import Cache

_NEAREST = 4


@dataclass(frozen=True, slots=True)
class Linked:
    """The cameras brought up for a selected object, nearest first.

    Attributes:
        words: Where the object is, or the camera's name.
        cameras: Ids.
        nearest_m: Distance of the nearest, metres; None for a camera that was selected itself.
    """

    words: str
    cameras: tuple[str, ...]
    nearest_m: float | None = None


def link_object(cache: Cache, kind: str, object_id: str) -> Linked | None:
    """The nearest working cameras of an object that has a place."""
    record = cache.get(kind, object_id)
    if record is None:
        return None
    place = read_as(WorkOrder, record.data).place  # every placed kind has its place under the same name
    if place.point is None or len(place.point) < 2:
        return None
    near = cache.near_cameras(place.point[0], place.point[1], _NEAREST)
    nearest_m = near[0][1] if near else None
    return Linked(place.address or place.neighbourhood, tuple(camera.id for camera, _ in near), nearest_m)


def link_camera(cache: Cache, camera_id: str) -> Linked | None:
    """The camera itself large, its neighbours around it."""
    record = cache.get("camera", camera_id)
    if record is None:
        return None
    camera = read_as(Camera, record.data)
    others: list[str] = []
    if camera.place.point is not None and len(camera.place.point) >= 2:
        near = cache.near_cameras(camera.place.point[0], camera.place.point[1], _NEAREST)
        others = [found.id for found, _ in near if found.id != camera_id]
    return Linked(camera.name, (camera_id, *others[: _NEAREST - 1]))
