"""The map itself: basemap, markers, selection, in one view that is moved by mouse, keyboard, or the selection."""

import math
import time
from collections import deque
from collections.abc import Iterable
from typing import Final

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from widgets.map.basemap import Basemap
from widgets.map.focus import AttentionItem, Caller, CalloutItem, CircleItem, LitCamera, Selection
from widgets.map.glyphs import GlyphBox
from widgets.map.items import BasemapItem, MarkerItem, NameItem
from widgets.map.labels import LabelLayout
from widgets.map.navigation import MapViewBox
from widgets.map.projection import from_mercator, mercator_stretch, to_mercator
from widgets.map.rows import MapFocus, MapMarker
from widgets.map.store import MarkerStore
from widgets.map.tiles import BasemapArtist, TileCache
from widgets.map.viewport import Bounds, Viewport
from widgets.theme import Theme, current_theme, theme_holder

SELECTION_STEP: Final = 3
"""An unlocked map comes at least this near to a selection: 1.7 Web Mercator metres a pixel."""
NEAREST_CAMERAS: Final = 4
CAMERA_SEARCH_M: Final = 800.0
LEAST_CIRCLE_M: Final = 60.0
LEAST_FIT_M: Final = 1600.0
"""An automatic fit never shows less ground than this."""
KEY_PAN_PX: Final = 80.0
PULSE_FRAME_MS: Final = 40
WORLD: Final = Bounds(-2.0e7, -1.5e7, 2.0e7, 1.5e7)


class MapView(pg.GraphicsView):
    """Shows a basemap and markers. It moves by hand or by `select` and `fit`; it never selects by itself.

    Signals:
        marker_activated(str): The officer chose a marker; the id. Whoever leads the selection answers with `select`.
        cluster_activated(tuple[str, ...]): A cluster that cannot be taken apart by zooming; the ids, worst first.
        point_picked(tuple[float, float]): A click on open ground; WGS-84 longitude and latitude.
        deselection_requested(): The officer pressed Escape.
        lock_changed(bool): The map does (not) fit itself any longer.
        view_changed(Viewport): Another part of the world is in view.
        anomalies_changed(int): So many markers have no place that can be drawn.

    Attributes:
        frame_times_ms: Painting time of the latest frames, for the bench.
    """

    marker_activated = Signal(object)
    cluster_activated = Signal(object)
    point_picked = Signal(object)
    deselection_requested = Signal()
    lock_changed = Signal(object)
    view_changed = Signal(object)
    anomalies_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, useOpenGL=False, background=None)
        self.setViewportUpdateMode(pg.GraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.frame_times_ms: deque[float] = deque(maxlen=2000)
        self.store = MarkerStore()
        self.basemap = Basemap()
        self._locked = False
        self._placed = False
        self._fitted_incidents: frozenset[str] = frozenset()
        self._selected_id: str | None = None
        self._focus = MapFocus()
        self._optional: frozenset[str] = frozenset()
        self._ground_item, self._circle_item = BasemapItem(), CircleItem()
        self._marker_item, self._callout_item = MarkerItem(self.store), CalloutItem()
        self._attention_item, self._name_item = AttentionItem(), NameItem(self._marker_item)
        self._items = (
            self._ground_item, self._circle_item, self._marker_item, self._name_item, self._attention_item,
            self._callout_item,
        )  # fmt: skip
        for height, item in enumerate(self._items, start=1):
            item.setZValue(height)
            item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
            self.scene().addItem(item)
        self._box = MapViewBox()
        self.setCentralItem(self._box)
        self._box.viewport_changed.connect(self._on_viewport_changed)
        self._box.gesture_made.connect(self._on_gesture)
        self._box.clicked.connect(self._on_clicked)
        self._fill_timer = QTimer(self)
        self._fill_timer.setSingleShot(True)
        self._fill_timer.setInterval(0)
        self._fill_timer.timeout.connect(self._on_fill)
        self._pulse_timer = QTimer(self)
        self._pulse_timer.setInterval(PULSE_FRAME_MS)
        self._pulse_timer.timeout.connect(self._on_pulse)
        theme_holder().theme_changed.connect(self._on_theme_changed)
        self._theme = current_theme()
        self._dress()
        self.setAccessibleName(self.tr("地图"))
        self._describe()

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def viewport_shown(self) -> Viewport:
        """What is in view now."""
        return self._box.viewport

    @property
    def glyphs(self) -> GlyphBox:
        """The pictures of the theme in use."""
        return self._glyphs

    @property
    def selection(self) -> Selection | None:
        """The selection as it is drawn; None without one, or when the selected marker has no place."""
        return self._circle_item.selection

    def set_basemap(self, basemap: Basemap) -> None:
        """Show another basemap and, unless the officer has moved the map by hand, all of it."""
        self.basemap = basemap
        self._dress()
        if not self._locked:
            self.fit()

    def apply(self, upserts: Iterable[MapMarker], removals: Iterable[str] = ()) -> None:
        """Write and take away markers; the cost grows with the changes, not with what is on the map."""
        anomalies = len(self.store.anomalies)
        upserts = list(upserts)
        fresh = [m for m in upserts if m.pulse and self.store.get(m.id) is None] if self._placed else []
        self.store.apply(upserts, removals)
        self._refresh_attention(upserts, fresh)
        self._refresh_selection()
        self._fit_to_incidents()
        self._marker_item.update()
        if len(self.store.anomalies) != anomalies:
            self.anomalies_changed.emit(len(self.store.anomalies))
        self._describe()

    def show_layers(self, hidden_kinds: frozenset[str], basemap_layers: frozenset[str]) -> None:
        """Hide kinds of markers, and show optional layers of the basemap."""
        self._marker_item.hidden_kinds = hidden_kinds
        self._callout_item.cameras_shown = "camera" not in hidden_kinds
        if basemap_layers != self._optional:
            self._optional = basemap_layers
            self._dress()
        self._marker_item.update()

    # --- moving -----------------------------------------------------------------------------------------------------

    @property
    def locked(self) -> bool:
        """Whether the officer has moved the map by hand; it then never moves by itself, until `resume`."""
        return self._locked

    def resume(self) -> None:
        """End the lock, and show what there is to see."""
        self._set_locked(locked=False)
        self.fit()

    def fit(self, *, animated: bool = False) -> None:
        """Show the whole basemap, or all markers where there is none."""
        self._look(self._box.destination.fitted(self._whole()), animated=animated)

    def centre_on(self, lon: float, lat: float, *, animated: bool = True) -> None:
        """Bring a WGS-84 point into the middle, at the present scale."""
        x, y = to_mercator(lon, lat)
        view = self._box.destination
        self._look(Viewport(float(x), float(y), view.step, view.width, view.height), animated=animated)

    def select(self, marker_id: str | None, focus: MapFocus | None = None) -> bool:
        """Select a marker and bring it into the middle; None ends the selection and leaves the map where it is.

        An unlocked map also comes near enough to see single cameras; a locked one keeps the officer's scale.

        Returns:
            Whether the marker has a place on the map.
        """
        changed = marker_id != self._selected_id
        self._selected_id, self._focus = marker_id, focus or MapFocus()
        self._refresh_selection()
        self._describe()
        chosen = self.selection
        if chosen is None:
            return False
        if changed:
            view = self._box.destination
            step = view.step if self._locked else min(view.step, float(SELECTION_STEP))
            self._look(Viewport(chosen.x, chosen.y, step, view.width, view.height), animated=True)
        return True

    def complete(self) -> None:
        """Draw all that is still missing, now; for pictures taken of the window."""
        for _ in range(400):
            self.viewport().repaint()
            if self._ground_item.complete and self._name_item.complete:
                return

    # --- Qt ---------------------------------------------------------------------------------------------------------

    def close(self) -> bool:
        """Close as any widget does; the base class would take the scene apart under the painters."""
        return QWidget.close(self)

    def paintEvent(self, ev: QPaintEvent) -> None:
        """Paint a frame and note how long it took."""
        began = time.perf_counter()
        super().paintEvent(ev)
        self.frame_times_ms.append((time.perf_counter() - began) * 1000)
        self._fill_timer.start()

    def resizeEvent(self, ev: QResizeEvent | None) -> None:
        """Keep the middle where it is; an unlocked map without a selection fits itself anew."""
        super().resizeEvent(ev)
        if not hasattr(self, "_box"):
            return  # the base class resizes while it is being built
        size = self.viewport().size()
        self._box.look(self._box.destination.resized(size.width(), size.height()))
        if not self._locked and self._selected_id is None:
            self.fit()
            self._placed = True

    def showEvent(self, ev: QShowEvent) -> None:
        """Follow the pixel ratio of the screen the window came up on."""
        super().showEvent(ev)
        if self._glyphs.ratio != self.devicePixelRatioF():
            self._dress()

    def viewportEvent(self, event: QEvent) -> bool:
        """Zoom by a touchpad's pinch; all else is the base class's."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._box.pinch(1.0 + event.value(), event.position())
            return True
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        return super().viewportEvent(event)

    def mousePressEvent(self, ev: QMouseEvent) -> None:
        """Keep every press: it is the map's, whether something lies under it or not."""
        super().mousePressEvent(ev)
        ev.accept()

    def mouseReleaseEvent(self, ev: QMouseEvent) -> None:
        """Keep every release too."""
        super().mouseReleaseEvent(ev)
        ev.accept()

    def mouseMoveEvent(self, ev: QMouseEvent) -> None:
        """Name what is under the pointer."""
        super().mouseMoveEvent(ev)
        if ev.buttons() == Qt.MouseButton.NoButton:
            self._hover(ev.position())

    def keyPressEvent(self, ev: QKeyEvent) -> None:
        """Arrows pan, plus and minus zoom, 0 fits, N and Shift+N go from marker to marker, Escape deselects."""
        pan = {
            Qt.Key.Key_Left: (KEY_PAN_PX, 0.0),
            Qt.Key.Key_Right: (-KEY_PAN_PX, 0.0),
            Qt.Key.Key_Up: (0.0, KEY_PAN_PX),
            Qt.Key.Key_Down: (0.0, -KEY_PAN_PX),
        }.get(Qt.Key(ev.key()))
        if pan is not None:
            self._look(self._box.destination.panned(*pan), animated=True)
            self._on_gesture()
        elif ev.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._box.zoom(-2)
            self._on_gesture()
        elif ev.key() in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self._box.zoom(2)
            self._on_gesture()
        elif ev.key() in (Qt.Key.Key_0, Qt.Key.Key_Home):
            self.resume()
        elif ev.key() == Qt.Key.Key_N:
            self._activate_next(back=bool(ev.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif ev.key() == Qt.Key.Key_Escape and self._selected_id is not None:
            self.deselection_requested.emit()
        else:
            super().keyPressEvent(ev)
            return
        ev.accept()

    # --- inside -----------------------------------------------------------------------------------------------------

    def _look(self, goal: Viewport, *, animated: bool) -> None:
        self._box.fly(goal, self._theme.motion_ms("slow_ms") if animated and self.isVisible() else 0)

    def _whole(self) -> Bounds:
        if self.basemap.bounds is not None:
            return self.basemap.bounds
        found = [box for table in self.store.tables.values() if (box := table.bounds()) is not None]
        if not found:
            return WORLD
        return Bounds(
            min(b.left for b in found), min(b.bottom for b in found),
            max(b.right for b in found), max(b.top for b in found),
        )  # fmt: skip

    def _fit_to_incidents(self) -> None:
        """Refit only when the set of incidents became another, and only while the officer lets the map move."""
        incidents = self.store.ids("incident")
        if incidents == self._fitted_incidents:
            return
        self._fitted_incidents = incidents
        if self._locked or self._selected_id is not None:
            return
        table = self.store.tables.get("incident")
        box = table.bounds() if table is not None else None
        if box is None:
            self.fit(animated=True)
            return
        spare = max(0.0, LEAST_FIT_M - max(box.width, box.height)) / 2
        self._look(self._box.destination.fitted(box.grown(spare), margin_px=72), animated=True)

    def _set_locked(self, *, locked: bool) -> None:
        if locked != self._locked:
            self._locked = locked
            self.lock_changed.emit(locked)

    def _dress(self) -> None:
        """Make everything that depends on theme, basemap, or the screen's pixel ratio."""
        theme = self._theme
        self._glyphs = GlyphBox(theme, self.devicePixelRatioF())
        artist = BasemapArtist(self.basemap, theme)
        ground = theme.color("map.ground")
        self.setBackgroundBrush(ground)
        self._ground_item.tiles = TileCache(artist, ground, self._optional, self._glyphs.ratio)
        self._name_item.labels = LabelLayout(self.basemap, self._glyphs)
        self._marker_item.glyphs = self._callout_item.glyphs = self._glyphs
        self._circle_item.theme = self._attention_item.theme = theme
        self.viewport().update()

    def _refresh_selection(self) -> None:
        selection = self._find_selection()
        self._circle_item.selection = self._callout_item.selection = selection
        lit = () if selection is None else (selection.marker.id, *(c.marker.id for c in selection.cameras))
        self._marker_item.left_out = frozenset(lit)
        self._marker_item.selected_at = None if selection is None else (selection.x, selection.y)
        for item in self._items:
            item.update()

    def _find_selection(self) -> Selection | None:
        if self._selected_id is None:
            return None
        marker, place = self.store.get(self._selected_id), self.store.place(self._selected_id)
        if marker is None or place is None:
            return None
        x, y = place
        stretch = mercator_stretch(float(from_mercator(x, y)[1]))
        cameras = self._lit_cameras(marker, x, y, stretch)
        away = max((math.hypot(c.x - x, c.y - y) for c in cameras), default=0.0)
        radius = self._focus.radius_m * stretch
        if radius <= 0 and cameras:
            radius = max(away * 1.12, LEAST_CIRCLE_M * stretch)
        return Selection(
            marker, x, y, radius, cameras, self._focus.title or marker.label, self._focus.detail or marker.detail
        )

    def _lit_cameras(self, marker: MapMarker, x: float, y: float, stretch: float) -> tuple[LitCamera, ...]:
        table = self.store.tables.get("camera")
        if table is None or marker.kind == "camera":
            return ()
        if self._focus.cameras:
            found = [self.store.get(one) for one in self._focus.cameras]
        else:
            near = table.nearest(x, y, 8 * NEAREST_CAMERAS, CAMERA_SEARCH_M * stretch)
            found = [one for one in near if one.usable_camera][:NEAREST_CAMERAS]
        return tuple(
            LitCamera(one, *place, one.reach_m * stretch)
            for one in found
            if one is not None and (place := self.store.place(one.id)) is not None
        )

    def _refresh_attention(self, upserts: list[MapMarker], fresh: list[MapMarker]) -> None:
        item = self._attention_item
        for marker_id in [one for one in item.callers if self.store.place(one) is None]:
            del item.callers[marker_id]
        new = {marker.id for marker in fresh}
        for marker in upserts:
            if not marker.pulse:
                if marker.id in item.callers:
                    del item.callers[marker.id]
                continue
            place = self.store.place(marker.id)
            if place is None:
                continue
            known = item.callers.get(marker.id)
            since = time.monotonic() if marker.id in new else known.since if known is not None else -math.inf
            item.callers[marker.id] = Caller(marker, *place, since)
        item.update()
        if item.pulsing() and not self._pulse_timer.isActive():
            self._pulse_timer.start()

    def _hover(self, at: QPointF | None) -> None:
        drawn = None if at is None else self._marker_item.at(at.x(), at.y())
        named = drawn is not None and not drawn.bubble
        self._callout_item.hovered = (
            (self._marker_item.members(drawn)[0], drawn.px, drawn.py) if drawn is not None and named else None
        )
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if drawn is not None else Qt.CursorShape.ArrowCursor
        )
        self._callout_item.update()

    def _activate_next(self, *, back: bool) -> None:
        """Go to the next single marker in view, from left to right."""
        shown = sorted((d for d in self._marker_item.drawn if not d.bubble and d.kind != "camera"), key=_reading_order)
        ids = [self._marker_item.members(drawn)[0].id for drawn in shown]
        if not ids:
            return
        start = self._callout_item.selection
        px = self._box.viewport.to_px(start.x, start.y)[0] if start is not None else -math.inf
        after = [marker_id for marker_id, drawn in zip(ids, shown, strict=True) if drawn.px > px]
        before = [marker_id for marker_id, drawn in zip(ids, shown, strict=True) if drawn.px < px]
        ordered = [*reversed(before), *reversed(ids)] if back else [*after, *ids]
        self.marker_activated.emit(ordered[0])

    def _describe(self) -> None:
        parts = [
            self.tr("事件 {n}").format(n=self.store.count(("incident",))),
            self.tr("工单 {n}").format(n=self.store.count(("order",))),
            self.tr("摄像机 {n}").format(n=self.store.count(("camera",))),
        ]
        if self.store.anomalies:
            parts.append(self.tr("坐标异常 {n}").format(n=len(self.store.anomalies)))
        chosen = self.selection
        if chosen is not None:
            parts.append(self.tr("已选 {title}").format(title=chosen.title))
        self.setAccessibleDescription(", ".join(parts))

    # --- slots ------------------------------------------------------------------------------------------------------

    def _on_viewport_changed(self, viewport: Viewport) -> None:
        for item in self._items:
            item.show_view(viewport)
        self._callout_item.hovered = None
        self.view_changed.emit(viewport)

    def _on_gesture(self) -> None:
        self._set_locked(locked=True)

    def _on_clicked(self, at: QPointF, double: object) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        arrow = self._attention_item.arrow_at(at.x(), at.y())
        drawn = self._marker_item.at(at.x(), at.y())
        if arrow is not None:
            self.marker_activated.emit(arrow)
        elif drawn is not None:
            members = self._marker_item.members(drawn)
            if len(members) == 1:
                self.marker_activated.emit(members[0].id)
            else:
                self._open_cluster(members, at)
        elif double:
            self._box.zoom(-4, at)
            self._on_gesture()
        else:
            lon, lat = from_mercator(*self._box.viewport.to_world(at.x(), at.y()))
            self.point_picked.emit((float(lon), float(lat)))

    def _open_cluster(self, members: list[MapMarker], at: QPointF) -> None:
        """Come nearer until the cluster falls apart; where it cannot, hand over its members."""
        places = [place for one in members if (place := self.store.place(one.id)) is not None]
        xs, ys = [x for x, _ in places], [y for _, y in places]
        box = Bounds(min(xs), min(ys), max(xs), max(ys))
        view = self._box.destination
        goal = view.fitted(box, margin_px=90)
        if goal.step >= view.step:
            goal = view.zoomed(view.step - 4, at.x(), at.y())
        if max(box.width, box.height) < 2.0 or goal.step == view.step:
            self.cluster_activated.emit(tuple(one.id for one in members))
            return
        self._look(goal, animated=True)
        self._on_gesture()

    def _on_fill(self) -> None:
        tiles = self._ground_item.tiles
        if tiles is None or not self.isVisible():
            return
        if not (self._ground_item.complete and self._name_item.complete):
            self.viewport().update()
        elif tiles.prefetch(self._box.viewport):
            self._fill_timer.start()

    def _on_pulse(self) -> None:
        self._attention_item.update()
        if not self._attention_item.pulsing():
            self._pulse_timer.stop()

    def _on_theme_changed(self, theme: Theme) -> None:
        self._theme = theme
        self._dress()


def _reading_order(drawn: object) -> tuple[float, float]:
    return drawn.px, drawn.py
