"""The map itself: basemap, markers, selection, in one view that is moved by mouse, keyboard, or the selection."""

import time
from collections import deque
from collections.abc import Iterable
from typing import Final

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from widgets.map.basemap import Basemap
from widgets.map.glyphs import GlyphBox
from widgets.map.navigation import MapViewBox
from widgets.map.projection import from_mercator, to_mercator
from widgets.map.rows import MapFocus, MapMarker
from widgets.map.selection import Selection, find_selection
from widgets.map.stack import MapStack
from widgets.map.store import MarkerStore
from widgets.map.viewport import Bounds, Viewport
from widgets.theme import Theme, current_theme, theme_holder

SELECTION_STEP: Final = 3
"""An unlocked map comes at least this near to a selection: 1.7 Web Mercator metres a pixel."""
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
        self._fitted_incidents: frozenset[str] = frozenset()
        self._selected_id: str | None = None
        self._focus = MapFocus()
        self._centring = False
        self._optional: frozenset[str] = frozenset()
        self._stack = MapStack(self.scene(), self.store)
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
        return self._stack.selection

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
        fresh = {m.id for m in upserts if m.pulse and self.store.get(m.id) is None} if len(self.store) else set()
        self.store.apply(upserts, removals)
        self._stack.attention.take(self.store, upserts, fresh)
        if self._stack.attention.pulsing():
            self._pulse_timer.start()
        self._refresh_selection()
        self._fit_to_incidents()
        if len(self.store.anomalies) != anomalies:
            self.anomalies_changed.emit(len(self.store.anomalies))
        self._describe()

    def show_layers(self, hidden_kinds: frozenset[str], basemap_layers: frozenset[str]) -> None:
        """Hide kinds of markers, and show optional layers of the basemap."""
        self._stack.hide_kinds(hidden_kinds)
        if basemap_layers != self._optional:
            self._optional = basemap_layers
            self._dress()
        self.viewport().update()

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
        whole = self.basemap.bounds or self.store.bounds() or WORLD
        self._look(self._box.destination.fitted(whole), animated=animated)

    def centre_on(self, lon: float, lat: float, *, animated: bool = True) -> None:
        """Bring a WGS-84 point into the middle, at the present scale."""
        x, y = to_mercator(lon, lat)
        view = self._box.destination
        self._look(Viewport(float(x), float(y), view.step, view.width, view.height), animated=animated)

    def select(self, marker_id: str | None, focus: MapFocus | None = None) -> bool:
        """Select a marker and bring it into the middle; None ends the selection and leaves the map where it is.

        An unlocked map also comes near enough to see single cameras; a locked one keeps the officer's scale. A marker
        that is not there yet is centred when it comes; one that is selected already stays where the officer moved it.

        Returns:
            Whether the marker has a place on the map.
        """
        self._centring = self._centring or marker_id != self._selected_id
        self._selected_id, self._focus = marker_id, focus or MapFocus()
        self._refresh_selection()
        self._describe()
        return self.selection is not None

    def camera_at(self, at: QPointF) -> MapMarker | None:
        """The one camera whose marker is drawn under a point of the map."""
        found = self._stack.markers_at(at.x(), at.y())
        return found[0] if len(found) == 1 and found[0].kind == "camera" else None

    def complete(self) -> None:
        """Draw all that is still missing, now; for pictures taken of the window."""
        for _ in range(400):
            self.viewport().repaint()
            if self._stack.complete:
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

    def showEvent(self, ev: QShowEvent) -> None:
        """Follow the pixel ratio of the screen the window came up on."""
        super().showEvent(ev)
        if self._glyphs.ratio != self.devicePixelRatioF():
            self._dress()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a frame when the keyboard brought the focus here."""
        super().focusInEvent(event)
        self._stack.callout.frame(event.reason())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame away."""
        super().focusOutEvent(event)
        self._stack.callout.frame(None)

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
        }.get(ev.key())
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

    def _fit_to_incidents(self) -> None:
        """Refit only when the set of incidents became another, and only while the officer lets the map move."""
        incidents = self.store.ids("incident")
        if incidents == self._fitted_incidents:
            return
        self._fitted_incidents = incidents
        if self._locked or self._selected_id is not None:
            return
        box = self.store.bounds(("incident",))
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
        self._glyphs = self._stack.dress(self._theme, self.basemap, self._optional, self.devicePixelRatioF())
        self.setBackgroundBrush(self._theme.color("map.ground"))
        self.viewport().update()

    def _refresh_selection(self) -> None:
        selection = find_selection(self.store, self._selected_id, self._focus)
        self._stack.show_selection(selection)
        if selection is not None and self._centring:
            self._centring = False
            view = self._box.destination
            step = view.step if self._locked else min(view.step, float(SELECTION_STEP))
            self._look(Viewport(selection.x, selection.y, step, view.width, view.height), animated=True)
        self.viewport().update()

    def _hover(self, at: QPointF | None) -> None:
        found = self._stack.point_at(at)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor)

    def _activate_next(self, *, back: bool) -> None:
        chosen = self.selection
        from_px = None if chosen is None else self._box.viewport.to_px(chosen.x, chosen.y)[0]
        marker_id = self._stack.markers.next_single(from_px, back=back)
        if marker_id is not None:
            self.marker_activated.emit(marker_id)

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
        self._stack.show_view(viewport)
        self.view_changed.emit(viewport)

    def _on_gesture(self) -> None:
        self._set_locked(locked=True)

    def _on_clicked(self, at: QPointF, double: object) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        arrow = self._stack.attention.arrow_at(at.x(), at.y())
        members = self._stack.markers_at(at.x(), at.y())
        if arrow is not None:
            self.marker_activated.emit(arrow)
        elif len(members) == 1:
            self.marker_activated.emit(members[0].id)
        elif members:
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
        tiles = self._stack.ground.tiles
        if tiles is None or not self.isVisible():
            return
        if not self._stack.complete:
            self.viewport().update()
        elif tiles.prefetch(self._box.viewport):
            self._fill_timer.start()

    def _on_pulse(self) -> None:
        self._stack.attention.update()
        if not self._stack.attention.pulsing():
            self._pulse_timer.stop()

    def _on_theme_changed(self, theme: Theme) -> None:
        self._theme = theme
        self._dress()
