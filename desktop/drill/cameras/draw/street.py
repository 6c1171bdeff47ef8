"""What stands in streets: buildings, trees, lamps, signals, signs, markings."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from desktop.drill.cameras.draw.brush import Brush
from desktop.drill.cameras.draw.colour import Colour, mix, rgb, scaled
from desktop.drill.cameras.draw.lens import Point

WARM = rgb(0xFFD08A)
DARK_GLASS = rgb(0x1A2230)
WINDOW_WARM = rgb(0xD9A85C)
WINDOW_COOL = rgb(0xA9C2D6)
MARKING = rgb(0xC9CBC2)
KERB = rgb(0x6A6F76)
IRON = rgb(0x3A414B)

Signal = Literal["red", "yellow", "green"]
_SIGNAL_COLOURS: dict[Signal, Colour] = {"red": rgb(0xF0524F), "yellow": rgb(0xF2B83A), "green": rgb(0x4FD08A)}


@dataclass(frozen=True, slots=True)
class Facade:
    """How a building's walls look.

    Attributes:
        wall: Colour of the wall.
        floor_m: Height of a floor.
        bay_m: Width of a bay with one window.
        lit: Share of the windows that are lit.
        glass: Colour of the others.
    """

    wall: Colour
    floor_m: float = 3.2
    bay_m: float = 3.0
    lit: float = 0.25
    glass: Colour = DARK_GLASS


def building(brush: Brush, corner: Point, size: Point, facade: Facade, chance: Random) -> None:
    """Draw an upright block with windows on the walls that show."""
    brush.box(corner, size, facade.wall, top=scaled(facade.wall, 0.8))
    x1, y1, z1 = corner
    x2, y2, z2 = x1 + size[0], y1 + size[1], z1 + size[2]
    ex, ey, _ = brush.lens.eye
    _, front, side = brush.mood.faces
    walls = []
    if ey < y1:
        walls.append((((x1, y1, z2), (x2, y1, z2), (x2, y1, z1), (x1, y1, z1)), size[0], front))
    if ex < x1:
        walls.append((((x1, y2, z2), (x1, y1, z2), (x1, y1, z1), (x1, y2, z1)), size[1], side))
    if ex > x2:
        walls.append((((x2, y1, z2), (x2, y2, z2), (x2, y2, z1), (x2, y1, z1)), size[1], side))
    for corners, width, shade in walls:
        _windows(brush, corners, (width, size[2]), facade, chance, shade=shade)


def _windows(
    brush: Brush, corners: Sequence[Point], size: tuple[float, float], facade: Facade, chance: Random, *, shade: float
) -> None:
    if any(brush.lens.depth(corner) < 1.0 for corner in corners):
        return
    width, height = size
    floors, bays = int(height / facade.floor_m), max(1, int(width / facade.bay_m))
    bay = width / bays
    with brush.panel(corners, width, height) as panel:
        for floor in range(floors):
            y = 0.9 + floor * facade.floor_m
            for number in range(bays):
                x = number * bay + bay * 0.24
                lit = chance.random() < facade.lit
                colour = chance.choice((WINDOW_WARM, WINDOW_WARM, WINDOW_COOL)) if lit else facade.glass
                colour = scaled(colour, chance.uniform(0.55, 1.0)) if lit else colour
                panel.rect(x, y, bay * 0.52, facade.floor_m * 0.5, colour, own_light=lit, shade=shade)


def tree(brush: Brush, foot: Point, height: float, leaves: Colour, chance: Random) -> None:
    """Draw a broad-leaved tree."""
    x, y, z = foot
    crown = height * 0.32
    brush.shadow(foot, crown, crown * 0.8, 0.22)
    brush.rod(foot, (x, y, z + height * 0.6), 0.22, rgb(0x4A3B30))
    lumps = [(chance.uniform(-1, 1), chance.uniform(-1, 1), chance.uniform(-0.6, 0.9)) for _ in range(9)]
    for dx, dy, dz in sorted(lumps, key=lambda lump: lump[2]):
        centre = (x + dx * crown * 0.75, y + dy * crown * 0.5, z + height * 0.68 + dz * crown * 0.7)
        brush.ball(centre, crown * chance.uniform(0.42, 0.6), scaled(leaves, 0.72 + 0.22 * (dz + 0.6)))


def hedge(brush: Brush, corner: Point, size: Point, leaves: Colour) -> None:
    """Draw a clipped hedge."""
    brush.box(corner, size, leaves, top=scaled(leaves, 1.25))


def lamp(brush: Brush, foot: Point, height: float, reach: float, colour: Colour = WARM, *, wet: bool = False) -> None:
    """Draw a street lamp and its light; its arm reaches ``reach`` metres to the right (negative: left)."""
    x, y, z = foot
    head = (x + reach, y, z + height)
    if brush.mood.lamps:
        brush.pool((head[0], head[1], z), 6.5, 5.0, colour, 0.17)
        if wet:
            brush.streak((head[0], head[1] - 1.0, z), 7.0, 0.9, colour, 0.22)
    brush.rod(foot, (x, y, z + height), 0.14, IRON)
    brush.rod((x, y, z + height), head, 0.1, IRON)
    brush.rod((head[0] - 0.35, y, z + height), (head[0] + 0.35, y, z + height), 0.16, IRON)
    if brush.mood.lamps:
        shine = (head[0], y, z + height - 0.12)
        brush.rod(
            (shine[0] - 0.25, y, shine[2]),
            (shine[0] + 0.25, y, shine[2]),
            0.12,
            mix(colour, (1, 1, 1), 0.5),
            own_light=True,
        )
        brush.glow(shine, 1.9, colour, 0.5)


def dashes(
    brush: Brush, x: float, y1: float, y2: float, *, length: float = 3.0, gap: float = 4.5, width: float = 0.16
) -> None:
    """Paint a broken line along y."""
    y = y1
    while y < y2:
        brush.strip(x - width / 2, x + width / 2, y, min(y2, y + length), MARKING)
        y += length + gap


def zebra(brush: Brush, x1: float, x2: float, y1: float, y2: float, *, along_x: bool = True) -> None:
    """Paint a crossing whose bars lie side by side along x (or along y)."""
    place, end = (x1, x2) if along_x else (y1, y2)
    while place < end - 0.4:
        if along_x:
            brush.strip(place, place + 0.5, y1, y2, MARKING)
        else:
            brush.strip(x1, x2, place, place + 0.5, MARKING)
        place += 1.1


def signal_light(brush: Brush, foot: Point, height: float, reach: float, state: Signal) -> None:
    """Draw traffic lights at the end of an arm, facing the viewer."""
    x, y, z = foot
    head = (x + reach, y, z + height)
    brush.rod(foot, (x, y, z + height + 0.3), 0.16, IRON)
    brush.rod((x, y, z + height), head, 0.12, IRON)
    brush.box((head[0] - 0.75, y - 0.15, z + height - 0.3), (1.5, 0.2, 0.6), rgb(0x14181D))
    for number, (name, colour) in enumerate(_SIGNAL_COLOURS.items()):
        spot = (head[0] - 0.48 + 0.48 * number, y - 0.2, z + height)
        on = name == state
        brush.ball(spot, 0.19, colour if on else scaled(colour, 0.16), own_light=on)
        if on:
            brush.glow(spot, 1.3, colour, 0.55)


def board(
    brush: Brush, corners: Sequence[Point], words: str, *, back: Colour, ink: Colour, size: float, shining: bool = False
) -> None:
    """Draw a sign: ``corners`` from its top left clockwise; ``size`` is the letters' share of its height."""
    across = sum((a - b) ** 2 for a, b in zip(corners[0], corners[1], strict=True)) ** 0.5
    down = sum((a - b) ** 2 for a, b in zip(corners[1], corners[2], strict=True)) ** 0.5
    with brush.panel(corners, across * 100, down * 100) as panel:
        panel.rect(0, 0, across * 100, down * 100, back, own_light=shining)
        letters = down * 100 * size
        panel.text(words, across * 50, down * 50 + letters * 0.37, letters, ink, own_light=shining, room=across * 92)


def wall_board(x1: float, x2: float, y: float, low: float, high: float) -> tuple[Point, Point, Point, Point]:
    """Return the corners of a sign that faces the viewer."""
    return ((x1, y, high), (x2, y, high), (x2, y, low), (x1, y, low))


def railing(brush: Brush, first: Point, second: Point, posts: int, colour: Colour, *, height: float = 1.1) -> None:
    """Draw posts and two rails from one foot to another."""
    for level in (height, height * 0.55):
        brush.rod((first[0], first[1], first[2] + level), (second[0], second[1], second[2] + level), 0.06, colour)
    for number in range(posts + 1):
        x, y, z = (a + (b - a) * number / posts for a, b in zip(first, second, strict=True))
        brush.rod((x, y, z), (x, y, z + height), 0.05, colour)
