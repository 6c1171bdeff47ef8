"""The arrangements of the wall, as pure geometry in whole device pixels."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

PANES_CAP = 64
SIDE_CAP = 16
"""Columns or rows of a custom grid."""

Cell = tuple[int, int, int, int]
"""Column, row, columns, rows in the arrangement's grid."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A grid and the cells in it, in the order of the panes' numbers."""

    columns: int
    rows: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in device pixels."""

    x: int
    y: int
    width: int
    height: int


def _even(columns: int, rows: int) -> Layout:
    return Layout(columns, rows, tuple((n % columns, n // columns, 1, 1) for n in range(columns * rows)))


def _around(side: int, large: tuple[Cell, ...]) -> Layout:
    """Large cells first, then every free square, row by row."""
    taken = {(c + x, r + y) for c, r, width, height in large for x in range(width) for y in range(height)}
    small = tuple((n % side, n // side, 1, 1) for n in range(side * side) if (n % side, n // side) not in taken)
    return Layout(side, side, large + small)


def _stacked(columns: int, above: int, small: int, below: int = 0) -> Layout:
    """Large cells as wide as the wall on top, small ones in `columns`, and large ones again at the bottom."""
    rows = small // columns
    top: tuple[Cell, ...] = tuple((0, n * columns, columns, columns) for n in range(above))
    start = above * columns
    middle = tuple((n % columns, start + n // columns, 1, 1) for n in range(small))
    end = start + rows
    bottom: tuple[Cell, ...] = tuple((0, end + n * columns, columns, columns) for n in range(below))
    return Layout(columns, end + below * columns, top + middle + bottom)


LAYOUTS: dict[str, Layout] = {
    "1": _even(1, 1),
    "4": _even(2, 2),
    "1+4": Layout(4, 4, ((0, 0, 3, 4), *((3, n, 1, 1) for n in range(4)))),
    "6": _around(3, ((0, 0, 2, 2),)),
    "8": _around(4, ((0, 0, 3, 3),)),
    "9": _even(3, 3),
    "10": _around(4, ((0, 0, 2, 2), (2, 0, 2, 2))),
    "13": _around(4, ((1, 1, 2, 2),)),
    "16": _even(4, 4),
    "25": _even(5, 5),
    "36": _even(6, 6),
    "64": _even(8, 8),
}
"""Arrangements by name: the number of panes, or large + small."""

_UPRIGHT: dict[str, Layout] = {
    "4": _even(1, 4),
    "1+4": _stacked(2, 1, 4),
    "6": _stacked(2, 1, 4, 1),
    "8": _stacked(2, 1, 6, 1),
    "9": _stacked(2, 1, 8),
    "10": _stacked(2, 2, 8),
    "13": _stacked(3, 1, 12),
    "16": _even(2, 8),
    "36": _even(4, 9),
    "64": _even(4, 16),
}
"""What an upright wall makes of an arrangement, so that the panes keep nearer to the pictures' 16:9."""

_CUSTOM = re.compile(r"([1-9]\d?)x([1-9]\d?)((?:;\d+\.\d+\.\d+\.\d+)*)")


def layout(name: str) -> Layout:
    """Give the arrangement of a name: one of `LAYOUTS`, or a custom grid as `custom` names it.

    Raises:
        KeyError: No layout has that name.
    """
    return LAYOUTS[name] if name in LAYOUTS else _custom(name)


def is_layout(name: str) -> bool:
    """Whether a name, perhaps from a file, is that of a layout."""
    try:
        layout(name)
    except KeyError:
        return False
    return True


def custom(columns: int, rows: int, merged: Iterable[Cell] = ()) -> str:
    """Name a grid of columns × rows in which some cells are merged into larger panes; by its short name if it has one.

    Raises:
        KeyError: It is no layout: too many panes or none, or large panes that overlap or reach beyond the grid.
    """
    name = ";".join((f"{columns}x{rows}", *(".".join(map(str, cell)) for cell in sorted(merged, key=_place))))
    made = _custom(name)
    return next((known for known, kept in LAYOUTS.items() if kept == made), name)


def grid_of(name: str) -> tuple[int, int, tuple[Cell, ...]]:
    """Give columns, rows and the large panes of a layout, to be edited further."""
    found = layout(name)
    return found.columns, found.rows, tuple(cell for cell in found.cells if cell[2] * cell[3] > 1)


@lru_cache(maxsize=128)
def _custom(name: str) -> Layout:
    read = _CUSTOM.fullmatch(name)
    if read is None:
        raise KeyError(name)
    columns, rows = int(read[1]), int(read[2])
    large: list[Cell] = []
    for part in filter(None, read[3].split(";")):
        column, row, across, down = map(int, part.split("."))
        large.append((column, row, across, down))
    taken = [(c + x, r + y) for c, r, across, down in large for x in range(across) for y in range(down)]
    inside = all(c + across <= columns and r + down <= rows and across * down > 1 for c, r, across, down in large)
    squares = [(n % columns, n // columns) for n in range(columns * rows)]
    small: list[Cell] = [(*square, 1, 1) for square in squares if square not in set(taken)]
    cells = (*sorted(large, key=_largest), *small)
    if max(columns, rows) > SIDE_CAP or not inside or len(set(taken)) != len(taken) or len(cells) > PANES_CAP:
        raise KeyError(name)
    return Layout(columns, rows, cells)


def _place(cell: Cell) -> tuple[int, int]:
    return cell[1], cell[0]


def _largest(cell: Cell) -> tuple[int, int, int]:
    return -cell[2] * cell[3], cell[1], cell[0]


def boxes(name: str, width: int, height: int, gap: int) -> list[Box]:
    """Place a layout's cells in width × height device pixels with `gap` between them; they fill it to the last pixel.

    An upright wall has columns of its own for most of `LAYOUTS`, large panes on top.

    Raises:
        KeyError: No layout has that name.
    """
    chosen = layout(name)
    if height > width:
        chosen = _UPRIGHT.get(name, chosen)
    columns, rows = _edges(width, chosen.columns, gap), _edges(height, chosen.rows, gap)
    placed = []
    for column, row, across, down in chosen.cells:
        left, top = columns[column], rows[row]
        right, bottom = columns[column + across] - gap, rows[row + down] - gap
        placed.append(Box(left, top, max(1, right - left), max(1, bottom - top)))
    return placed


def neighbour(placed: list[Box], place: int, dx: int, dy: int) -> int:
    """Give the place next to `place` in a direction (one of dx, dy is ±1), or `place` itself at the edge."""
    here = placed[place]
    x, y = here.x + here.width / 2, here.y + here.height / 2
    best, best_cost = place, float("inf")
    for index, box in enumerate(placed):
        along = (box.x + box.width / 2 - x) * dx + (box.y + box.height / 2 - y) * dy
        aside = abs((box.x + box.width / 2 - x) * dy) + abs((box.y + box.height / 2 - y) * dx)
        beyond = box.x >= here.x + here.width if dx > 0 else box.x + box.width <= here.x if dx < 0 else True
        beyond &= box.y >= here.y + here.height if dy > 0 else box.y + box.height <= here.y if dy < 0 else True
        if beyond and along > 0 and along + 2 * aside < best_cost:
            best, best_cost = index, along + 2 * aside
    return best


def _edges(length: int, parts: int, gap: int) -> list[int]:
    return [round(n * (length + gap) / parts) for n in range(parts + 1)]
