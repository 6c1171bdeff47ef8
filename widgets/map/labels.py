"""Which names stand where: places by rank, streets along their lines, none on another. Laid out once for each step."""

import math
import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from widgets.map.basemap import Basemap, PlaceName, Shape
from widgets.map.clusters import Ints
from widgets.map.glyphs import GlyphBox
from widgets.map.projection import Floats
from widgets.map.style import NAME_FROM, NAME_UNTIL, STREET_NAME_UNTIL
from widgets.map.viewport import Viewport, metres_per_px

NAME_COLOUR: Final = "map.label"
MAX_NAMES: Final = 3000
"""So many are considered for one step, the most important first."""
_STREET_PITCH_PX: Final = 460.0
_KEPT_STEPS: Final = 12
_CELL_PX: Final = 128.0
_DROPS: Final = (0.0, 27.0, -27.0)
"""Pixels by which a great name may step down or up to make room for a marker."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    x: float
    y: float
    text: str
    role: str
    angle: float
    spacing: float


class _Laid:
    """The names of one step, their places (Web Mercator metres) and sizes (pixels) as columns."""

    def __init__(self, names: list[_Wanted], sizes: list[tuple[float, float]]) -> None:
        self.names = names
        self._x = np.array([name.x for name in names])
        self._y = np.array([name.y for name in names])
        self._great = np.array([name.role == "title" for name in names], dtype=np.bool_)
        self._half = np.array(sizes, dtype=np.float64).reshape(-1, 2) / 2

    def to_px(self, view: Viewport) -> tuple[Floats, Floats]:
        """Return the pixels of all names."""
        return view.width / 2 + (self._x - view.x) / view.scale, view.height / 2 - (self._y - view.y) / view.scale

    def drops(self, seen: Ints, px: Floats, py: Floats, occupied: Floats) -> Floats:
        """Return how far down each of the names `seen` is painted so that it covers no marker; NaN: not at all."""
        drop = np.full(len(seen), np.nan)
        for down in _DROPS:
            open_ = np.isnan(drop) & (self._great[seen] | (down == 0.0))
            chosen = seen[open_]
            reach = occupied[:, 2] - 4.0
            covers = (np.abs(px[chosen, None] - occupied[:, 0]) < self._half[chosen, :1] + reach) & (
                np.abs(py[chosen, None] + down - occupied[:, 1]) < self._half[chosen, 1:] + reach
            )
            drop[np.flatnonzero(open_)[~covers.any(axis=1)]] = down
        return drop


class LabelLayout:
    """Names of one basemap in the glyphs of one theme. A layout knows sizes only; words are painted when seen."""

    def __init__(self, basemap: Basemap, glyphs: GlyphBox) -> None:
        self._glyphs = glyphs
        self._names = sorted(basemap.names, key=_rank)[:MAX_NAMES]
        self._streets = [s for s in basemap.shapes.get("road", ()) if s.name and s.kind in STREET_NAME_UNTIL]
        for role in ("title", "note"):
            glyphs.words("路", role, NAME_COLOUR)  # opening a CJK font takes longer than a frame; not while moving
        self._steps: OrderedDict[int, _Laid] = OrderedDict()

    def paint(self, painter: QPainter, view: Viewport, budget_ms: float, occupied: Floats) -> bool:
        """Paint the names in view; while the scale moves, those of the nearest step.

        Args:
            painter: In pixels of the view.
            view: What is in view.
            budget_ms: For words not painted before.
            occupied: Circles (x, y, radius) that belong to markers: great names step aside, others stay away.

        Returns:
            Whether all could be painted; words seen for the first time take time, and wait for a next frame when the
            budget is spent.
        """
        complete = True
        until = time.perf_counter() + budget_ms / 1000.0
        laid = self._laid(round(view.step))
        px, py = laid.to_px(view)
        seen = np.flatnonzero((px > -100) & (px < view.width + 100) & (py > -100) & (py < view.height + 100))
        drop = laid.drops(seen, px, py, occupied)
        for index, down in zip(seen.tolist(), drop.tolist(), strict=True):
            if math.isnan(down):
                continue
            name = laid.names[index]
            how = {"angle": name.angle, "spacing": name.spacing}
            if time.perf_counter() > until and not self._glyphs.has_words(name.text, name.role, NAME_COLOUR, **how):
                complete = False
                continue
            glyph = self._glyphs.words(name.text, name.role, NAME_COLOUR, **how)
            glyph.paint(painter, round(px[index]), round(py[index] + down))
        return complete

    def _laid(self, step: int) -> "_Laid":
        laid = self._steps.get(step)
        if laid is None:
            laid = self._steps[step] = self._lay_out(step)
            if len(self._steps) > _KEPT_STEPS:
                self._steps.popitem(last=False)
        return laid

    def _lay_out(self, step: int) -> "_Laid":
        scale = metres_per_px(step)
        taken: dict[tuple[int, int], list[QRectF]] = {}
        laid: list[_Wanted] = []
        sizes: list[tuple[float, float]] = []
        for wanted in self._wanted(scale):
            width, height = self._glyphs.words_size(
                wanted.text, wanted.role, angle=wanted.angle, spacing=wanted.spacing
            )
            box = QRectF(wanted.x / scale - width / 2, -wanted.y / scale - height / 2, width, height)
            cells = list(_cells(box))
            if any(box.intersects(other) for cell in cells for other in taken.get(cell, ())):
                continue
            for cell in cells:
                taken.setdefault(cell, []).append(box)
            laid.append(wanted)
            sizes.append((width, height))
        return _Laid(laid, sizes)

    def _wanted(self, scale: float) -> Iterator[_Wanted]:
        """Yield names in the order in which they may claim their place."""
        for name in self._names:
            if name.rank <= 1 and _shown(name, scale):
                yield _Wanted(name.x, name.y, name.text, "title", 0.0, 3.0)
        for street in self._streets:
            if scale <= STREET_NAME_UNTIL[street.kind]:
                yield from _along(street, scale)
        for name in self._names:
            if name.rank > 1 and _shown(name, scale):
                yield _Wanted(name.x, name.y, name.text, "note", 0.0, 1.0 if name.rank == 2 else 0.0)


def _rank(name: PlaceName) -> int:
    return name.rank


def _shown(name: PlaceName, scale: float) -> bool:
    rank = max(1, name.rank)
    return NAME_FROM.get(rank, 0.0) <= scale <= NAME_UNTIL.get(rank, min(NAME_UNTIL.values()))


def _along(street: Shape, scale: float) -> Iterator[_Wanted]:
    """Yield a street's name at even distances along its line, never nearer to an end than half of one."""
    for line in street.parts:
        legs = np.hypot(*np.diff(line, axis=0).T)
        way = np.r_[0.0, np.cumsum(legs)]
        length_px = way[-1] / scale
        if length_px < 14.0 * len(street.name) + 40:
            continue
        repeats = max(1, int(length_px // _STREET_PITCH_PX))
        for number in range(repeats):
            at = way[-1] * (number + 0.5) / repeats
            leg = min(int(np.searchsorted(way, at, side="right")) - 1, len(legs) - 1)
            share = (at - way[leg]) / legs[leg] if legs[leg] else 0.0
            x, y = line[leg] + (line[leg + 1] - line[leg]) * share
            dx, dy = line[leg + 1] - line[leg]
            angle = math.degrees(math.atan2(-dy, dx))  # pixels grow downwards
            if angle > 90:
                angle -= 180
            elif angle <= -90:
                angle += 180
            yield _Wanted(float(x), float(y), street.name, "note", angle, 1.0)


def _cells(box: QRectF) -> Iterator[tuple[int, int]]:
    for column in range(math.floor(box.left() / _CELL_PX), math.floor(box.right() / _CELL_PX) + 1):
        for row in range(math.floor(box.top() / _CELL_PX), math.floor(box.bottom() / _CELL_PX) + 1):
            yield column, row
