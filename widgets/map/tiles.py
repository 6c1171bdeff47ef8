"""The basemap as square pictures of fixed scale, drawn when first needed and kept: panning is copying.

`BasemapArtist` knows how to draw any rectangle of the map; `TileCache` decides when, within a time budget for each
frame, and lends the nearest coarser or finer pictures until the right ones are there.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from widgets.map.basemap import Basemap, Shape
from widgets.map.style import OPTIONAL_LAYERS, OTHER_LAYERS, PASSES, POINT_LAYERS, AreaPass, LinePass
from widgets.map.viewport import Viewport, metres_per_px
from widgets.theme import Theme

TILE_PX: Final = 256
"""Side of a tile in device-independent pixels."""
_BIN_M: Final = 600.0
"""Shapes are joined into one path per square of this size, so that a tile draws few paths."""
_LEND_STEPS: Final = 8
"""Finer tiles than this many steps would be too many to copy."""
_OVERDRAW_PX: Final = 20.0
"""Shapes whose middle lies outside a tile still reach into it with half their line width."""


@dataclass(frozen=True, slots=True)
class _Batch:
    box: QRectF
    path: QPainterPath


class BasemapArtist:
    """Draws rectangles of one basemap in one theme."""

    def __init__(self, basemap: Basemap, theme: Theme) -> None:
        self._theme = theme
        named = {one.layer for one in PASSES} | POINT_LAYERS
        self._passes: list[tuple[LinePass | AreaPass, list[_Batch]]] = []
        for one in PASSES:
            shapes = basemap.shapes.get(one.layer, ())
            self._passes.append((one, _batches(shape for shape in shapes if _belongs(shape, one))))
        others = (shape for layer, found in basemap.shapes.items() if layer not in named for shape in found)
        self._passes.append((OTHER_LAYERS, _batches(others)))

    def paint(self, painter: QPainter, area: QRectF, scale: float, optional: frozenset[str]) -> None:
        """Paint what lies in `area` (Web Mercator metres, y upwards) with a painter already in those units.

        Args:
            painter: Its transform takes metres to pixels.
            area: What to draw.
            scale: Metres a pixel, for widths and detail.
            optional: Those of `OPTIONAL_LAYERS` that are switched on.
        """
        reach = area.adjusted(*(sign * _OVERDRAW_PX * scale for sign in (-1, -1, 1, 1)))
        for one, batches in self._passes:
            if scale > one.until or (one.layer in OPTIONAL_LAYERS and one.layer not in optional):
                continue
            pen, brush = self._tools(one, scale)
            painter.setPen(pen)
            painter.setBrush(brush)
            for batch in batches:
                if batch.box.intersects(reach):
                    painter.drawPath(batch.path)

    def _tools(self, one: LinePass | AreaPass, scale: float) -> tuple[QPen, QColor | Qt.BrushStyle]:
        if isinstance(one, AreaPass):
            if not one.edge or scale > one.edge_until:
                return QPen(Qt.PenStyle.NoPen), self._theme.color(one.token)
            return QPen(self._theme.color(one.edge), one.edge_px * scale), self._theme.color(one.token)
        color = QColor(self._theme.color(one.token))
        color.setAlphaF(color.alphaF() * one.opacity)
        pen = QPen(color, one.width_px(scale) * scale)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap if one.dash else Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if one.dash:
            pen.setDashPattern(list(one.dash))
        return pen, Qt.BrushStyle.NoBrush


def _belongs(shape: Shape, one: LinePass | AreaPass) -> bool:
    if isinstance(one, AreaPass):
        return shape.closed
    if one.kinds:
        return shape.kind in one.kinds
    claimed = {
        kind for other in PASSES if isinstance(other, LinePass) and other.layer == one.layer for kind in other.kinds
    }
    return shape.kind not in claimed


def _batches(shapes: Iterable[Shape]) -> list[_Batch]:
    bins: dict[tuple[int, int], list[np.ndarray]] = {}
    for shape in shapes:
        x, y = shape.bounds.centre
        bins.setdefault((math.floor(x / _BIN_M), math.floor(y / _BIN_M)), []).extend(shape.parts)
    return [_batch(parts) for parts in bins.values()]


def _batch(parts: list[np.ndarray]) -> _Batch:
    points = np.concatenate(parts)
    joined = np.ones(len(points), dtype=np.int32)
    joined[np.cumsum([len(part) for part in parts]) - 1] = 0
    path = pg.arrayToQPath(points[:, 0], points[:, 1], connect=joined)
    path.setFillRule(Qt.FillRule.WindingFill)  # overlapping areas join; the reader winds holes the other way
    return _Batch(path.boundingRect(), path)


_Key = tuple[int, int, int]


class TileCache:
    """Tiles of one artist. A key is (step, column, row), counted from the corner of the Web Mercator square."""

    def __init__(self, artist: BasemapArtist, ground: QColor, optional: frozenset[str], ratio: float) -> None:
        """Start empty; `ratio` is device pixels for each device-independent pixel."""
        self._artist = artist
        self._ground = ground
        self._optional = optional
        self._ratio = ratio
        self._tiles: OrderedDict[_Key, QPixmap] = OrderedDict()

    def paint(self, painter: QPainter, view: Viewport, budget_ms: float) -> bool:
        """Paint the view; return whether every tile of its own step was there or could be drawn within the budget.

        At least one missing tile is drawn each time, so repeated calls always come to an end.
        """
        step = round(view.step)
        keys = self._keys(view, step, margin=0)
        spent_until = time.perf_counter() + budget_ms / 1000.0
        complete = True
        lent = False
        missing = [key for key in keys if key not in self._tiles]
        for number, key in enumerate(missing):
            if number and time.perf_counter() > spent_until:
                complete = False
                break
            self._draw(key)
        for key in keys:
            if key not in self._tiles and not lent:
                self._lend(painter, view, step)
                lent = True
        for key in keys:
            tile = self._tiles.get(key)
            if tile is not None:
                self._tiles.move_to_end(key)
                self._place(painter, view, key, tile)
        self._trim(len(keys))
        return complete

    def prefetch(self, view: Viewport) -> bool:
        """Draw one missing tile around the view, for the next movement; return whether more are missing."""
        missing = [key for key in self._keys(view, round(view.step), margin=1) if key not in self._tiles]
        if missing:
            self._draw(missing[0])
        return len(missing) > 1

    def _keys(self, view: Viewport, step: int, margin: int) -> list[_Key]:
        size = TILE_PX * metres_per_px(step)
        box = view.bounds
        columns = range(math.floor(box.left / size) - margin, math.floor(box.right / size) + 1 + margin)
        rows = range(math.floor(box.bottom / size) - margin, math.floor(box.top / size) + 1 + margin)
        middle_column, middle_row = (columns.start + columns.stop - 1) / 2, (rows.start + rows.stop - 1) / 2
        keys = [(step, column, row) for column in columns for row in rows]
        return sorted(keys, key=lambda key: abs(key[1] - middle_column) + abs(key[2] - middle_row))

    def _draw(self, key: _Key) -> None:
        step, column, row = key
        scale = metres_per_px(step)
        size = TILE_PX * scale
        tile = QPixmap(round(TILE_PX * self._ratio), round(TILE_PX * self._ratio))
        tile.setDevicePixelRatio(self._ratio)
        tile.fill(self._ground)
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(1 / scale, -1 / scale)
        painter.translate(-column * size, -(row + 1) * size)
        self._artist.paint(painter, QRectF(column * size, row * size, size, size), scale, self._optional)
        painter.end()
        self._tiles[key] = tile

    def _place(self, painter: QPainter, view: Viewport, key: _Key, tile: QPixmap) -> None:
        step, column, row = key
        scale = metres_per_px(step)
        if view.step == step:
            # Whole device pixels, one rounding for all tiles: no seams, no blur.
            left = column * TILE_PX - self._snap(view.x / scale - view.width / 2)
            top = self._snap(view.y / scale + view.height / 2) - (row + 1) * TILE_PX
            painter.drawPixmap(QRectF(left, top, TILE_PX, TILE_PX), tile, QRectF(tile.rect()))
            return
        size = TILE_PX * scale
        left, top = view.to_px(column * size, (row + 1) * size)
        right, bottom = view.to_px((column + 1) * size, row * size)
        painter.drawPixmap(QRectF(left, top, right - left + 0.5, bottom - top + 0.5), tile, QRectF(tile.rect()))

    def _snap(self, px: float) -> float:
        return round(px * self._ratio) / self._ratio

    def _lend(self, painter: QPainter, view: Viewport, step: int) -> None:
        """Fill gaps with what other steps have: coarse first, so that finer pictures lie above."""
        kept = {key[0] for key in self._tiles}
        coarser = min((one for one in kept if one > step), default=None)
        finer = max((one for one in kept if step - _LEND_STEPS <= one < step), default=None)
        box = view.bounds
        for near in (coarser, finer):
            if near is None:
                continue
            size = TILE_PX * metres_per_px(near)
            for key, tile in self._tiles.items():
                if key[0] != near:
                    continue
                left, bottom = key[1] * size, key[2] * size
                if left < box.right and left + size > box.left and bottom < box.top and bottom + size > box.bottom:
                    self._place(painter, view, key, tile)

    def _trim(self, shown: int) -> None:
        while len(self._tiles) > max(160, 3 * shown):
            self._tiles.popitem(last=False)
