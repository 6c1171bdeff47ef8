"""What a tour can go through here: the saved views of this seat, and its cameras by neighbourhood. In words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.central.schema import Camera
from desktop.domain.tour_plan import GROUP, VIEW, Source
from widgets.wall.tourform import TourSource

translate = QCoreApplication.translate

ALL, MOVABLE = "all", "ptz"
"""Groups that are no neighbourhood."""
_BETWEEN = "/"
Sources = Mapping[tuple[str, str], Source]


@dataclass(frozen=True, slots=True)
class SavedView:
    """A saved view of the wall as tours see it."""

    id: str
    name: str
    layout: str
    cameras: tuple[str, ...]


def works(camera: Camera | None) -> bool:
    """Whether a camera has a picture, as far as the centre knows."""
    return camera is not None and camera.health == "online" and not camera.retired


def sources(cameras: Mapping[str, Camera], views: Iterable[SavedView]) -> Sources:
    """Give all there is to go through, by kind and key, in the order of the form: views, neighbourhoods, the rest.

    Cameras are not grouped by module: the contract's cameras belong to places, not to modules.
    """
    found = {(VIEW, view.id): Source(view.name, view.cameras, view.layout) for view in views}
    groups: dict[str, list[str]] = {}
    movable: list[str] = []
    in_use = sorted((camera.number, camera_id) for camera_id, camera in cameras.items() if not camera.retired)
    for _, camera_id in in_use:
        camera = cameras[camera_id]
        groups.setdefault(camera.place.neighbourhood, []).append(camera_id)
        if camera.ptz:
            movable.append(camera_id)
    for name in sorted(groups):
        words = name or translate("Tours", "未划入居委")
        found[GROUP, f"place{_BETWEEN}{name}"] = Source(words, tuple(groups[name]))
    if movable:
        found[GROUP, MOVABLE] = Source(translate("Tours", "带云台的摄像机"), tuple(movable))
    found[GROUP, ALL] = Source(translate("Tours", "全部摄像机"), tuple(camera_id for _, camera_id in in_use))
    return found


def source_rows(found: Sources, cameras: Mapping[str, Camera]) -> tuple[TourSource, ...]:
    """Put sources into words for the form."""
    return tuple(_row(key, source, cameras) for key, source in found.items())


def form_key(kind: str, key: str) -> str:
    """The form's name for a source."""
    return f"{kind}{_BETWEEN}{key}"


def plan_key(form: str) -> tuple[str, str]:
    """Kind and key of a source by the form's name for it."""
    kind, _, key = form.partition(_BETWEEN)
    return kind, key


def _row(key: tuple[str, str], source: Source, cameras: Mapping[str, Camera]) -> TourSource:
    there = [camera for camera in source.cameras if camera]
    blind = sum(not works(cameras.get(camera)) for camera in there)
    if key[0] == VIEW:
        detail = translate("Tours", "视图 · {count} 路").format(count=len(there))
    else:
        detail = translate("Tours", "{count} 路").format(count=len(there))
    if blind:
        detail += " · " + translate("Tours", "{count} 路不可看").format(count=blind)
    return TourSource(form_key(*key), source.name, detail)
