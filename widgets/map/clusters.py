"""Points gathered into square cells, level by level, each level kept until the points change. Pure numpy.

All points are sorted once along a Morton curve over the finest cells. Four cells of a level are one cell of the next,
and lie side by side on the curve, so every coarser level is folded from the finer one with three ``reduceat`` calls.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from widgets.map.viewport import Bounds

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

HALF_WORLD_M: Final = 20_037_508.342_789_244
LEVELS: Final = 22
"""From the finest cells to cells that hold a continent."""
RANKS: Final = 64
"""Ranks run from 0 to 63."""
LOUD_RANKS: Final = (40, 32, 24)
"""From each of these upwards a rank is loud; `Cells.loud` counts the three bands."""
_MIX_MASK: Final = (1 << 21) - 1  # two million points in one cell
_MIX_OF_RANK: Final = np.select(
    [np.arange(RANKS) >= floor for floor in LOUD_RANKS],
    [np.full(RANKS, 1 << shift, dtype=np.int64) for shift in (42, 21, 0)],
    0,
)
_FEW_CELLS: Final = 4096
_LOOK_UP_LEVELS: Final = 4
"""Cells in view are looked for inside those of the level this much coarser, unless there are only a few."""
_REBUILD_SHARE: Final = 0.25
"""When more than this share of the points moved, sorting anew is cheaper than merging."""


@dataclass(frozen=True, slots=True)
class Cells:
    """All occupied cells of one level, as columns of equal length.

    Attributes:
        column: Cell number to the east, counted in cells of this level.
        row: Cell number to the north.
        count: Points inside.
        x: Sum of the points' x; divide by `count` for their middle.
        y: Sum of the points' y.
        mix: Three counts in one number, so that they fold together: see `loud`.
        best: ``rank << 32 | slot`` of the highest-ranking point inside.
        start: Index of the first point on the curve; a cell's points are neighbours there.
    """

    column: Ints
    row: Ints
    count: Ints
    x: Floats
    y: Floats
    mix: Ints
    best: Ints
    start: Ints

    def __len__(self) -> int:
        return len(self.count)

    def loud(self, index: int) -> tuple[int, int, int]:
        """Return how many points of a cell have the highest, the second and the third of the loud ranks."""
        mix = int(self.mix[index])
        return mix >> 42, (mix >> 21) & _MIX_MASK, mix & _MIX_MASK

    @property
    def slot(self) -> Ints:
        """Slot of the highest-ranking point of each cell."""
        return self.best & 0xFFFFFFFF

    @property
    def rank(self) -> Ints:
        """Rank of the highest-ranking point of each cell."""
        return self.best >> 32


class ClusterIndex:
    """Slots (small row numbers of the owner's columns) gathered by place.

    The owner keeps the columns ``x``, ``y`` (Web Mercator metres) and ``rank`` and says which slots changed.
    """

    def __init__(self, finest_m: float) -> None:
        """Make an empty index whose finest cells measure `finest_m` Web Mercator metres."""
        self.finest_m = finest_m
        self._keys: Ints = np.empty(0, dtype=np.int64)
        self._slots: Ints = np.empty(0, dtype=np.int64)
        self._levels: dict[int, Cells] = {}
        self._columns: tuple[Floats, Floats, Ints] = (np.empty(0), np.empty(0), np.empty(0, dtype=np.int64))

    def __len__(self) -> int:
        return len(self._slots)

    def update(self, x: Floats, y: Floats, rank: Ints, touched: Ints, alive: NDArray[np.bool_]) -> None:
        """Take in the owner's columns after the slots in `touched` were written or freed.

        Args:
            x: Column of all slots, Web Mercator metres.
            y: Column of all slots.
            rank: Column of all slots, 0 or more.
            touched: Slots that changed, each once.
            alive: Column of all slots: whether the slot holds a point.
        """
        self._columns = (x, y, rank)
        self._levels.clear()
        if len(touched) > _REBUILD_SHARE * len(self._slots):
            slots = np.flatnonzero(alive)
            keys = self._key(x[slots], y[slots])
            order = np.argsort(keys, kind="stable")
            self._keys, self._slots = keys[order], slots[order]
            return
        changed = np.zeros(len(alive), dtype=np.bool_)
        changed[touched] = True
        keep = ~changed[self._slots]
        keys, slots = self._keys[keep], self._slots[keep]
        fresh = touched[alive[touched]]
        fresh_keys = self._key(x[fresh], y[fresh])
        order = np.argsort(fresh_keys, kind="stable")
        at = np.searchsorted(keys, fresh_keys[order])
        self._keys = np.insert(keys, at, fresh_keys[order])
        self._slots = np.insert(slots, at, fresh[order])

    def level_for(self, cell_m: float) -> int:
        """Return the level whose cells are nearest to `cell_m` Web Mercator metres."""
        return int(np.clip(np.rint(np.log2(cell_m / self.finest_m)), 0, LEVELS - 1))

    def cell_m(self, level: int) -> float:
        """Return the size of a level's cells in Web Mercator metres."""
        return self.finest_m * 2.0**level

    def level(self, level: int) -> Cells:
        """Return the cells of a level, from the cache where it stands."""
        cells = self._levels.get(level)
        if cells is None:
            cells = self._finest() if level == 0 else self._fold(self.level(level - 1))
            self._levels[level] = cells
        return cells

    def warm(self) -> None:
        """Build every level now, outside of any frame."""
        self.level(LEVELS - 1)

    def visible(self, level: int, bounds: Bounds) -> tuple[Cells, Ints]:
        """Return a level's cells and the indices, ascending, of those that meet `bounds`."""
        cells, size = self.level(level), self.cell_m(level)
        near = self._near(cells, level, bounds)
        first_column, last_column = _number(bounds.left, size), _number(bounds.right, size)
        first_row, last_row = _number(bounds.bottom, size), _number(bounds.top, size)
        column, row = cells.column[near], cells.row[near]
        inside = (column >= first_column) & (column <= last_column) & (row >= first_row) & (row <= last_row)
        return cells, near[inside]

    def _near(self, cells: Cells, level: int, bounds: Bounds) -> Ints:
        """Return the indices, ascending, of all cells inside those of a much coarser level that meet `bounds`."""
        coarser = level + _LOOK_UP_LEVELS
        if len(cells) <= _FEW_CELLS or coarser >= LEVELS:
            return np.arange(len(cells))
        wide, met = self.visible(coarser, bounds)
        first = np.searchsorted(cells.start, wide.start[met])
        count = np.searchsorted(cells.start, wide.start[met] + wide.count[met]) - first
        before = np.cumsum(count) - count
        return np.repeat(first - before, count) + np.arange(int(count.sum()))

    def within_budget(self, cell_m: float, bounds: Bounds, budget: int) -> tuple[int, Cells, Ints]:
        """Return the finest level, from cells of `cell_m` upwards, that shows at most `budget` cells in `bounds`."""
        level = self.level_for(cell_m)
        cells, found = self.visible(level, bounds)
        while len(found) > budget and level < LEVELS - 1:
            level += 1
            cells, found = self.visible(level, bounds)
        return level, cells, found

    def members(self, cells: Cells, index: int) -> Ints:
        """Return the slots of the points inside one cell."""
        start = int(cells.start[index])
        return self._slots[start : start + int(cells.count[index])]

    def _key(self, x: Floats, y: Floats) -> Ints:
        column = np.floor((x + HALF_WORLD_M) / self.finest_m).astype(np.int64)
        row = np.floor((y + HALF_WORLD_M) / self.finest_m).astype(np.int64)
        return _spread(column) | (_spread(row) << 1)

    def _finest(self) -> Cells:
        x, y, rank = self._columns
        if not len(self._slots):
            nothing = np.empty(0, dtype=np.int64)
            return Cells(nothing, nothing, nothing, np.empty(0), np.empty(0), nothing, nothing, nothing)
        slots = self._slots
        start = _run_starts(self._keys)
        firsts = self._keys[start]
        return Cells(
            _gather(firsts),
            _gather(firsts >> 1),
            np.diff(start, append=len(self._slots)),
            np.add.reduceat(x[slots], start),
            np.add.reduceat(y[slots], start),
            np.add.reduceat(_MIX_OF_RANK[rank[slots]], start),
            np.maximum.reduceat((rank[slots] << 32) | slots, start),
            start,
        )

    @staticmethod
    def _fold(fine: Cells) -> Cells:
        if not len(fine):
            return fine
        column, row = fine.column >> 1, fine.row >> 1
        start = np.flatnonzero(np.r_[True, (column[1:] != column[:-1]) | (row[1:] != row[:-1])])
        return Cells(
            column[start],
            row[start],
            np.add.reduceat(fine.count, start),
            np.add.reduceat(fine.x, start),
            np.add.reduceat(fine.y, start),
            np.add.reduceat(fine.mix, start),
            np.maximum.reduceat(fine.best, start),
            fine.start[start],
        )


def _number(at_m: float, size_m: float) -> int:
    return int((at_m + HALF_WORLD_M) // size_m)


def _run_starts(keys: Ints) -> Ints:
    return np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])


def _spread(value: Ints) -> Ints:
    """Put a zero bit before each of the low 31 bits (Morton coding by magic masks)."""
    value = (value | (value << 16)) & 0x0000FFFF0000FFFF
    value = (value | (value << 8)) & 0x00FF00FF00FF00FF
    value = (value | (value << 4)) & 0x0F0F0F0F0F0F0F0F
    value = (value | (value << 2)) & 0x3333333333333333
    return (value | (value << 1)) & 0x5555555555555555


def _gather(value: Ints) -> Ints:
    """Undo `_spread` for every second bit, starting with the lowest."""
    value = value & 0x5555555555555555
    value = (value | (value >> 1)) & 0x3333333333333333
    value = (value | (value >> 2)) & 0x0F0F0F0F0F0F0F0F
    value = (value | (value >> 4)) & 0x00FF00FF00FF00FF
    value = (value | (value >> 8)) & 0x0000FFFF0000FFFF
    return (value | (value >> 16)) & 0x00000000FFFFFFFF
