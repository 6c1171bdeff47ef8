"""Feeds the map: markers of everything that has a place, and the focus on what is selected."""

from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Slot

from desktop.events import Changed
from desktop.presenters.context import Context
from desktop.presenters.map.markers import KINDS, marker_id, marker_of, object_of
from desktop.presenters.wall.links import Linked
from desktop.selection import Selected
from storage.cache.cache import Cache
from storage.records import OrderQuery, Record
from widgets.cameradrag import carry_camera
from widgets.map.markerdrag import MarkerDrag
from widgets.map.panel import MapPanel
from widgets.map.rows import MapFocus, MapMarker

_CLOCK_MS = 60_000
_CHUNK = 2_000
"""Markers taken in one turn of the event loop: about 10 ms."""
_GATHER_MS = 100


class MapPresenter(QObject):
    """Keeps the markers in step with the cache: changes are gathered for a tenth of a second, then read by id."""

    def __init__(self, panel: MapPanel, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._view = panel.view
        self._context = context
        self._shown: set[str] = set()
        self._arriving: list[MapMarker] = []
        self._touched: dict[str, set[str]] = {}
        self._gather = QTimer(self, singleShot=True, interval=_GATHER_MS)
        self._gather.timeout.connect(self._read_touched)
        self._clock = QTimer(self, interval=_CLOCK_MS)
        self._clock.timeout.connect(self.reload)
        self._clock.start()
        panel.view.marker_activated.connect(self._on_marker)
        panel.view.cluster_activated.connect(self._on_pile)
        self._drag = MarkerDrag(panel.view)
        self._drag.carried.connect(self._on_carried)
        panel.view.deselection_requested.connect(context.selection.clear)
        context.selection.changed.connect(self._on_selection)

    @Slot()
    def reload(self) -> None:
        """Read every marker again."""
        self._context.reads.ask(self._on_all, _read_all, self._context.cache, self._context.now())

    @Slot(object)
    def on_changed(self, event: Changed) -> None:
        """Take news of one kind."""
        if event.kind not in KINDS:
            return
        if event.removed:
            self._apply([], {marker_id(event.kind, object_id) for object_id in event.removed})
        if event.upserted:
            self._touched.setdefault(event.kind, set()).update(event.upserted)
            if not self._gather.isActive():
                self._gather.start()

    @Slot()
    def _read_touched(self) -> None:
        touched, self._touched = self._touched, {}
        for kind, ids in touched.items():
            self._context.reads.ask(self._on_records, self._context.cache.many, kind, tuple(ids))

    @Slot(object)
    def _on_records(self, records: list[Record]) -> None:
        now = self._context.now()
        markers = [(record, marker_of(record, now)) for record in records]
        self._apply(
            [marker for _, marker in markers if marker is not None],
            {marker_id(record.kind, record.id) for record, marker in markers if marker is None},
        )

    def _apply(self, upserts: list[MapMarker], removals: set[str]) -> None:
        self._view.apply(upserts, removals)
        self._shown.update(marker.id for marker in upserts)
        self._shown -= removals

    @Slot(object)
    def _on_all(self, markers: list[MapMarker]) -> None:
        present = {marker.id for marker in markers}
        self._view.apply((), self._shown - present)
        self._shown &= present
        self._arriving = markers
        self._take_chunk()

    @Slot()
    def _take_chunk(self) -> None:
        chunk, self._arriving = self._arriving[:_CHUNK], self._arriving[_CHUNK:]
        self._apply(chunk, set())
        if self._arriving:
            QTimer.singleShot(0, self, self._take_chunk)

    @Slot(object)
    def _on_marker(self, marker: str) -> None:
        self._context.selection.select(*object_of(marker))

    @Slot(object)
    def _on_carried(self, marker: MapMarker) -> None:
        """Let a camera be carried to a pane of the wall."""
        carry_camera(self._view, object_of(marker.id)[1], marker.label)

    @Slot(object)
    def _on_pile(self, markers: tuple[str, ...]) -> None:
        """Go through a pile that no zoom takes apart: the worst first, the next with each further click."""
        selected = self._context.selection.selected
        present = marker_id(selected.kind, selected.id)
        following = markers.index(present) + 1 if present in markers else 0
        self._on_marker(markers[following % len(markers)])

    @Slot(object)
    def _on_selection(self, selected: Selected) -> None:
        if selected.kind in KINDS:
            self._view.select(marker_id(selected.kind, selected.id))
        else:
            self._view.select(None)

    @Slot(object)
    def on_linked(self, linked: Linked | None) -> None:
        """Light the cameras that stand on the wall for what is selected, and say how near they are."""
        selected = self._context.selection.selected
        marker = self._view.store.get(marker_id(selected.kind, selected.id))
        if linked is None or linked.nearest_m is None or marker is None:
            return
        words = self.tr("{count} 路可视 · 最近 {metres} m").format(
            count=len(linked.cameras), metres=round(linked.nearest_m)
        )
        detail = " · ".join(part for part in (words, marker.badge) if part)
        cameras = tuple(marker_id("camera", camera) for camera in linked.cameras)
        self._view.select(marker.id, MapFocus(detail=detail, cameras=cameras))


def _read_all(cache: Cache, now: datetime) -> list[MapMarker]:
    records = cache.orders(OrderQuery(), limit=100_000)
    for kind in KINDS:
        if kind != "work_order":
            records += cache.all(kind)
    return [marker for record in records if (marker := marker_of(record, now)) is not None]
