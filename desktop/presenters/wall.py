"""The wall: which camera stands in which pane, and how each pane is doing."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop.central.lenient import read_as
from desktop.central.schema import Camera, WorkOrder
from desktop.events import Changed
from desktop.presenters.context import Context
from desktop.presenters.pane_views import pane_view
from desktop.selection import Selected
from desktop.video.service import VideoService
from desktop.video.streams import Choice, Need, Policy, choose
from storage.cache.cache import Cache
from storage.records import Record
from widgets.wall.panel import WallPanel
from widgets.wall.panes import CameraDrop, PaneSize, PaneSwap, PaneView

_CAPTIONS_MS = 500
_NEAREST = 4
_MAIN_WIDTH = 1920
_CORES = os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the video service was last told of a pane."""

    camera_id: str
    profile: str
    width: int
    height: int
    visible: bool


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


class WallPresenter(QObject):
    """Fills the panes: the seat's own cameras, and before them the nearest working ones of what is selected.

    Panes behind the linked ones go on with what they showed; leaving the selection brings back exactly what was there.

    Signals:
        linked(Linked | None): the cameras on the wall for the selected object.
    """

    linked = Signal(object)

    def __init__(self, panel: WallPanel, video: VideoService, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._panel = panel
        self._wall = panel.wall
        self._video = video
        self._context = context
        self._cameras: dict[str, Camera] = {}
        self._rest: list[str] = []
        self._linked: Linked | None = None
        self._by_hand: dict[int, str] = {}
        self._sizes: dict[str, PaneSize] = {}
        self._shown: dict[str, _Wish] = {}
        self._choices: dict[str, Choice] = {}
        self._policy = Policy()
        self._captions = QTimer(self, interval=_CAPTIONS_MS)
        self._captions.timeout.connect(self._on_time)
        self._captions.start()
        self._wall.sizes_changed.connect(self._on_sizes)
        self._wall.camera_dropped.connect(self._on_drop)
        self._wall.action_requested.connect(self._on_action)
        self._wall.swap_requested.connect(self._on_swap)
        self._wall.clear_requested.connect(self._on_clear)
        self._wall.zoomed.connect(self._on_zoomed)
        panel.layout_chosen.connect(self._on_layout)
        context.selection.changed.connect(self._on_selection)

    def reload(self) -> None:
        """Read all cameras again."""
        self._context.reads.ask(self._on_cameras, self._context.cache.all, "camera")

    @Slot(object)
    def on_changed(self, event: Changed) -> None:
        """Take news of cameras."""
        if event.kind == "camera":
            self.reload()

    @Slot(str)
    def on_pane_changed(self, pane: str) -> None:
        """Take news of one pane."""
        self._show_caption(pane)

    @Slot(object)
    def _on_cameras(self, records: list[Record]) -> None:
        self._cameras = {record.id: read_as(Camera, record.data) for record in records}
        if not self._rest and self._cameras:
            # Working cameras first, spread over the district rather than one street after the other.
            usable = [i for i, camera in self._cameras.items() if camera.health == "online" and not camera.retired]
            self._rest = usable[:: max(1, len(usable) // 64)][:64]
        self._place()

    @Slot(object)
    def _on_sizes(self, sizes: tuple[PaneSize, ...]) -> None:
        self._sizes = {size.pane: size for size in sizes}
        self._place()

    @Slot(str)
    def _on_layout(self, name: str) -> None:
        self._wall.set_layout(name)
        self._panel.show_layout(name)

    @Slot(object)
    def _on_drop(self, drop: CameraDrop) -> None:
        self._put(self._wall.pane_names().index(drop.pane), drop.camera_id)
        self._place()

    @Slot(object)
    def _on_swap(self, swap: PaneSwap) -> None:
        names = self._wall.pane_names()
        one, other = names.index(swap.pane), names.index(swap.other)
        first, second = self._camera_in(one), self._camera_in(other)
        self._put(one, second)
        self._put(other, first)
        self._place()

    @Slot(object)
    def _on_clear(self, view: PaneView) -> None:
        self._put(self._wall.pane_names().index(view.pane), "")
        self._place()

    @Slot(str)
    def _on_zoomed(self, _pane: str) -> None:
        self._wish()

    def _put(self, index: int, camera_id: str) -> None:
        """Put a camera into the pane at `index`; for as long as the link lasts if the pane is one of the linked."""
        if self._linked is not None and index < len(self._linked.cameras):
            self._by_hand[index] = camera_id
            return
        self._rest += [""] * (index + 1 - len(self._rest))
        self._rest[index] = camera_id

    @Slot(object)
    def _on_action(self, view: PaneView) -> None:
        self._video.retry(view.pane)

    @Slot(object)
    def _on_selection(self, selected: Selected) -> None:
        if selected.kind == "camera":
            self._context.reads.ask(self._on_linked, _link_camera, self._context.cache, selected.id)
        elif selected.kind:
            self._context.reads.ask(self._on_linked, _link, self._context.cache, selected.kind, selected.id)
        else:
            self._on_linked(None)

    @Slot(object)
    def _on_linked(self, linked: Linked | None) -> None:
        if linked is not None and not linked.cameras:
            linked = None
        self._linked = linked
        self._by_hand.clear()
        self._panel.show_link(linked.words if linked is not None else "")
        self.linked.emit(linked)
        self._place()

    def _camera_in(self, index: int) -> str:
        """The camera of the pane at `index`: linked ones first, then the seat's own in their usual panes."""
        linked = self._linked.cameras if self._linked is not None else ()
        if index < len(linked):
            return self._by_hand.get(index, linked[index])
        return self._rest[index] if index < len(self._rest) else ""

    def _place(self) -> None:
        """Tell the video service what each pane wants; panes that want the same as before are left alone."""
        self._wish()
        self._show_captions()

    def _wish(self) -> None:
        """Choose each pane's stream, and tell the video service where that is news."""
        needs = list(self._needs())
        load = sum(host.cpu_share for host in self._video.statistics().hosts) / _CORES
        self._choices = choose(self._choices, needs, load, time.monotonic(), self._policy)
        wishes = {
            need.pane: _Wish(
                need.camera_id,
                self._choices[need.pane].profile,
                *_decoded_size(need),
                visible=self._sizes[need.pane].visible,
            )
            for need in needs
        }
        for pane in self._shown.keys() - wishes.keys():
            self._video.clear(pane)
        for pane, wish in wishes.items():
            if self._shown.get(pane) != wish:
                self._video.show(pane, wish.camera_id, wish.profile, wish.width, wish.height, visible=wish.visible)
        self._shown = wishes

    def _needs(self) -> Iterator[Need]:
        linked = len(self._linked.cameras) if self._linked is not None else 0
        for index, pane in enumerate(self._wall.pane_names()):
            camera, size = self._camera_in(index), self._sizes.get(pane)
            if camera and size is not None:
                zoom = self._wall.zoom(pane)
                yield Need(pane, camera, size.width, size.height, zoom, index < linked)

    @Slot()
    def _on_time(self) -> None:
        self._wish()
        self._show_captions()

    def _show_captions(self) -> None:
        for pane in self._wall.pane_names():
            self._show_caption(pane)

    def _show_caption(self, pane: str) -> None:
        names = self._wall.pane_names()
        if pane not in names:
            return
        camera_id = self._camera_in(names.index(pane))
        status = self._video.status(pane)
        self._wall.apply(
            [pane_view(status, camera_id, self._cameras.get(camera_id), time.monotonic(), self._choices.get(pane))]
        )


def _decoded_size(need: Need) -> tuple[int, int]:
    """The size to decode at: that of the pane, doubled as long as a zoom needs it and a main stream can have it."""
    factor = 1
    while factor < need.zoom and need.width * factor < _MAIN_WIDTH:
        factor *= 2
    return need.width * factor, need.height * factor


def _link(cache: Cache, kind: str, object_id: str) -> Linked | None:
    record = cache.get(kind, object_id)
    if record is None:
        return None
    place = read_as(WorkOrder, record.data).place  # every placed kind has its place under the same name
    if place.point is None or len(place.point) < 2:
        return None
    near = cache.near_cameras(place.point[0], place.point[1], _NEAREST)
    nearest_m = near[0][1] if near else None
    return Linked(place.address or place.neighbourhood, tuple(camera.id for camera, _ in near), nearest_m)


def _link_camera(cache: Cache, camera_id: str) -> Linked | None:
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
