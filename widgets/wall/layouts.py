"""The arrangements of the wall, as pure geometry in whole device pixels."""

from dataclasses import dataclass

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


_LARGE_LEFT = Layout(4, 4, ((0, 0, 3, 4), *((3, n, 1, 1) for n in range(4))))
_NINE = _even(3, 3)

_UPRIGHT: dict[Layout, Layout] = {
    _LARGE_LEFT: Layout(2, 4, ((0, 0, 2, 2), *((n % 2, 2 + n // 2, 1, 1) for n in range(4)))),
    _NINE: Layout(2, 6, ((0, 0, 2, 2), *((n % 2, 2 + n // 2, 1, 1) for n in range(8)))),
}
"""What an upright wall makes of an arrangement, so that the panes keep nearer to the pictures' 16:9."""

LAYOUTS: dict[str, Layout] = {
    "1": _even(1, 1),
    "4": _even(2, 2),
    "1+4": _LARGE_LEFT,
    "6": _around(3, ((0, 0, 2, 2),)),
    "8": _around(4, ((0, 0, 3, 3),)),
    "9": _NINE,
    "10": _around(4, ((0, 0, 2, 2), (2, 0, 2, 2))),
    "13": _around(4, ((1, 1, 2, 2),)),
    "16": _even(4, 4),
    "25": _even(5, 5),
    "36": _even(6, 6),
    "64": _even(8, 8),
}
"""Arrangements by name: the number of panes, or large + small."""


def boxes(name: str, width: int, height: int, gap: int) -> list[Box]:
    """Place a layout's cells in width × height device pixels with `gap` between them; they fill it to the last pixel.

    An upright wall puts a large pane on top and two columns below it for "1+4" and "9".

    Raises:
        KeyError: No layout has that name.
    """
    layout = LAYOUTS[name]
    if height > width:
        layout = _UPRIGHT.get(layout, layout)
    columns, rows = _edges(width, layout.columns, gap), _edges(height, layout.rows, gap)
    placed = []
    for column, row, across, down in layout.cells:
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
