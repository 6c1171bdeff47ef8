"""What is drawn, bottom to top: basemap, names, markers. Each item paints in pixels of the view."""

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from widgets.map.clusters import HALF_WORLD_M, Floats, Ints
from widgets.map.glyphs import Glyph, GlyphBox
from widgets.map.labels import LabelLayout
from widgets.map.rows import MapMarker
from widgets.map.store import KindTable, MarkerStore
from widgets.map.tiles import TileCache
from widgets.map.viewport import Viewport

TILE_BUDGET_MS: Final = 5.0
"""Time for drawing new tiles in one frame; the rest of the 16 ms belongs to everything else."""
NAME_BUDGET_MS: Final = 3.0
"""Time for painting words not seen before."""
FAR_CAMERA_SCALE: Final = 3.4
"""Coarser than this (Web Mercator metres a pixel) a camera is a dot."""
BADGE_SCALE: Final = 1.7
"""Finer than this, clocks and ages are written beside markers."""
SELECTION_CLEAR_PX: Final = 40.0
"""Bubbles keep this far from the middle of the selected marker."""
_HIT_SLACK_PX: Final = 4.0
MEMBERS_LIMIT: Final = 500


class ViewItem(pg.GraphicsObject):
    """An item as large as the view, painting in its pixels."""

    def __init__(self) -> None:
        super().__init__()
        self.view = Viewport(0.0, 0.0, 0, 1, 1)

    def show_view(self, view: Viewport) -> None:
        """Take over what is in view, and repaint."""
        if (view.width, view.height) != (self.view.width, self.view.height):
            self.prepareGeometryChange()
        self.view = view
        self.update()

    def boundingRect(self) -> QRectF:
        """The whole view."""
        return QRectF(0, 0, self.view.width, self.view.height)


class BasemapItem(ViewItem):
    """The basemap's tiles."""

    def __init__(self) -> None:
        super().__init__()
        self.tiles: TileCache | None = None
        self.complete = True

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Copy tiles; draw those that are missing as far as the time of a frame allows."""
        del option, widget
        if self.tiles is not None:
            self.complete = self.tiles.paint(painter, self.view, TILE_BUDGET_MS)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something on the screen that can be pointed at: one marker, or a cluster.

    Attributes:
        px: Middle, pixels of the view.
        py: Middle.
        radius: Reach around the middle, pixels.
        kind: Whose table it comes from.
        level: Of the clusters, when painted.
        index: Of the cell in its level.
        slot: The marker, or the highest-ranking of the cluster.
        bubble: Whether it is a cluster.
    """

    px: float
    py: float
    radius: float
    kind: str
    level: int
    index: int
    slot: int
    bubble: bool


class NameItem(ViewItem):
    """The basemap's names, above the markers so that they can step aside for bubbles."""

    def __init__(self, markers: "MarkerItem") -> None:
        super().__init__()
        self._markers = markers
        self.labels: LabelLayout | None = None
        self.complete = True

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint names; those never seen before as far as the time of a frame allows."""
        del option, widget
        if self.labels is not None:
            self.complete = self.labels.paint(painter, self.view, NAME_BUDGET_MS, self._markers.occupied())


class MarkerItem(ViewItem):
    """Markers and clusters of all kinds that are switched on."""

    def __init__(self, store: MarkerStore) -> None:
        super().__init__()
        self._store = store
        self.glyphs: GlyphBox | None = None
        self.hidden_kinds: frozenset[str] = frozenset()
        self.left_out: frozenset[str] = frozenset()
        self.selected_at: tuple[float, float] | None = None
        self.drawn: list[Drawn] = []

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw what the clusters of the present scale show, and remember where it stands."""
        del option, widget
        self._store.refresh()
        self.drawn = []
        if self.glyphs is None:
            return
        for kind in self._store.drawn_kinds():
            if kind not in self.hidden_kinds:
                self._paint_kind(painter, self.glyphs, kind, self._store.tables[kind])

    def at(self, px: float, py: float) -> Drawn | None:
        """Return the topmost thing under a pixel, as last painted."""
        for drawn in reversed(self.drawn):
            if (
                abs(drawn.px - px) <= drawn.radius + _HIT_SLACK_PX
                and abs(drawn.py - py) <= drawn.radius + _HIT_SLACK_PX
            ):
                return drawn
        return None

    def occupied(self) -> Floats:
        """Return middles and radii of everything that names must not cover, as painted: shape (n, 3), pixels."""
        big = [(one.px, one.py, one.radius) for one in self.drawn if one.bubble or one.kind != "camera"]
        return np.array(big, dtype=np.float64).reshape(-1, 3)

    def members(self, drawn: Drawn) -> list[MapMarker]:
        """Return the markers behind something drawn, the highest-ranking first; at most `MEMBERS_LIMIT`."""
        table = self._store.tables[drawn.kind]
        if not drawn.bubble:
            return table.present([drawn.slot])
        slots = table.index.members(table.index.level(drawn.level), drawn.index)
        slots = slots[np.argsort(-table.rank[slots], kind="stable")][:MEMBERS_LIMIT]
        return table.present(slots.tolist())

    def next_single(self, after_px: float | None, *, back: bool) -> str | None:
        """Return the id of the next single marker to the right (or left) of a pixel column, round the edge of the view.

        Cameras are left out: they belong to what is selected, and there are too many.
        """
        shown = [one for one in self.drawn if not one.bubble and one.kind != "camera"]
        shown.sort(key=_across, reverse=back)
        further = [one for one in shown if after_px is None or (one.px < after_px if back else one.px > after_px)]
        found = (self.members(one) for one in (*further, *shown))
        return next((markers[0].id for markers in found if markers), None)

    def _paint_kind(self, painter: QPainter, glyphs: GlyphBox, kind: str, table: KindTable) -> None:
        view, scale = self.view, self.view.scale
        gathering = table.gathering
        cell_m = gathering.cell_px * scale
        level, cells, found = table.index.within_budget(cell_m, view.bounds.grown(24 * scale), gathering.budget)
        counts = cells.count[found]
        if gathering.bubble:
            size = table.index.cell_m(level)
            x = _settled(cells.column[found], cells.x[found] / counts, counts, size)
            y = _settled(cells.row[found], cells.y[found] / counts, counts, size)
        else:
            slots = cells.slot[found]
            x, y = table.x[slots], table.y[slots]
        px = view.width / 2 + (x - view.x) / scale
        py = view.height / 2 - (y - view.y) / scale
        order = np.argsort(cells.rank[found], kind="stable")  # the worst lie on top
        for at in order.tolist():
            index = int(found[at])
            count = int(counts[at])
            slot = int(cells.best[index] & 0xFFFFFFFF)
            bubble = count > 1 and gathering.bubble
            radius = 15.0 if bubble else 9.0
            drawn = Drawn(float(px[at]), float(py[at]), radius, kind, level, index, slot, bubble)
            if bubble:
                drawn = self._beside_selection(drawn)
                ring, number = glyphs.cluster(count, cells.loud(index))
                self._put(painter, ring, drawn)
                number.paint(painter, round(drawn.px), round(drawn.py))
                continue
            marker = table.marker(slot)
            if marker is not None and marker.id not in self.left_out:
                self._paint_marker(painter, glyphs, marker, drawn)

    def _paint_marker(self, painter: QPainter, glyphs: GlyphBox, marker: MapMarker, drawn: Drawn) -> None:
        far = marker.kind == "camera" and self.view.scale > FAR_CAMERA_SCALE
        glyph = glyphs.far_camera(marker) if far else glyphs.marker(marker)
        self._put(painter, glyph, drawn)
        note = marker.badge or marker.age
        if note and self.view.scale < BADGE_SCALE:
            beside = glyphs.badge(note, marker.tone) if marker.badge else glyphs.words(note, "note", "text.mid")
            offset = (17.0 if marker.urgency > 1 else 12.0) + beside.half_width
            beside.paint(painter, round(drawn.px + offset), round(drawn.py))

    def _beside_selection(self, drawn: Drawn) -> Drawn:
        """Move a bubble aside that would lie under the selected marker."""
        if self.selected_at is None:
            return drawn
        px, py = self.view.to_px(*self.selected_at)
        dx, dy = drawn.px - px, drawn.py - py
        away = math.hypot(dx, dy)
        if away >= SELECTION_CLEAR_PX:
            return drawn
        dx, dy = (dx / away, dy / away) if away > 1.0 else (-0.7, 0.7)
        return replace(drawn, px=px + dx * SELECTION_CLEAR_PX, py=py + dy * SELECTION_CLEAR_PX)

    def _put(self, painter: QPainter, glyph: Glyph, drawn: Drawn) -> None:
        glyph.paint(painter, round(drawn.px), round(drawn.py))
        self.drawn.append(drawn)


def _settled(cell: Ints, middle: Floats, count: Ints, size_m: float) -> Floats:
    """Place bubbles near the middle of their points, but apart from those of the neighbouring cells.

    A single point stays exactly where it is.
    """
    centre = (cell + 0.5) * size_m - HALF_WORLD_M
    held = centre + np.clip(middle - centre, -0.26 * size_m, 0.26 * size_m)
    return np.where(count > 1, held, middle)


def _across(drawn: Drawn) -> tuple[float, float]:
    return drawn.px, drawn.py
