"""Which cameras belong to the selected object: read on the reader thread."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from desktop.central.lenient import read_as
from desktop.central.schema import Camera, WorkOrder
from desktop.presenters.context import Context
from desktop.presenters.wall.nearest import sighted, sighting_words
from desktop.presenters.whereabouts import lon_lat
from desktop.selection import Selected
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


class SelectionLink(QObject):
    """Follows the selection.

    Signals:
        found(Linked | None): the cameras of what is selected; None for nothing, or nothing with a camera near.
    """

    found = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        context.selection.changed.connect(self._on_selection)

    @Slot(object)
    def _on_selection(self, selected: Selected) -> None:
        if selected.kind == "camera":
            self._context.reads.ask(self._on_linked, link_camera, self._context.cache, selected.id)
        elif selected.kind:
            self._context.reads.ask(self._on_linked, link_object, self._context.cache, selected.kind, selected.id)
        else:
            self._on_linked(None)

    @Slot(object)
    def _on_linked(self, linked: Linked | None) -> None:
        self.found.emit(linked if linked is not None and linked.cameras else None)


def link_object(cache: Cache, kind: str, object_id: str) -> Linked | None:
    """The working cameras most likely to see an object that has a place."""
    record = cache.get(kind, object_id)
    if record is None:
        return None
    place = read_as(WorkOrder, record.data).place  # every placed kind has its place under the same name
    point = lon_lat(place)
    if point is None:
        return None
    near = sighted(cache, *point, _NEAREST)
    words = place.address or place.neighbourhood
    if near:
        words = f"{words} · {sighting_words(near[0].sighting)}"
    nearest_m = min((seen.sighting.distance_m for seen in near), default=None)
    return Linked(words, tuple(seen.camera_id for seen in near), nearest_m)


def link_camera(cache: Cache, camera_id: str) -> Linked | None:
    """The camera itself large, its neighbours around it."""
    record = cache.get("camera", camera_id)
    if record is None:
        return None
    camera = read_as(Camera, record.data)
    others: list[str] = []
    point = lon_lat(camera.place)
    if point is not None:
        near = cache.near_cameras(*point, _NEAREST)
        others = [found.id for found, _ in near if found.id != camera_id]
    return Linked(camera.name, (camera_id, *others[: _NEAREST - 1]))
