"""What stands between the streets: lanes, estates in rows, towers, schools, works, parks; all in the plan frame."""

import itertools
import math
import random
from dataclasses import dataclass, field

from installer.basemap.plan import BROOK_WIDTH_M, CANAL_WIDTH_M, PROMENADE_M, Point, bank, brook, canal, walk

LANE_WIDTH_M = 11.0
VERGE_M = 9.0
"""Pavement and hedge between a street's edge and the first wall."""


@dataclass(frozen=True, slots=True)
class Block:
    """An upright rectangle of the plan frame, in metres."""

    u0: float
    v0: float
    u1: float
    v1: float

    @property
    def width(self) -> float:
        """Extent along `u`, in metres."""
        return self.u1 - self.u0

    @property
    def height(self) -> float:
        """Extent along `v`, in metres."""
        return self.v1 - self.v0

    @property
    def centre(self) -> Point:
        """The middle of the block."""
        return (self.u0 + self.u1) / 2, (self.v0 + self.v1) / 2

    def inset(self, by: float) -> "Block":
        """Return the block with `by` metres taken from each side."""
        return Block(self.u0 + by, self.v0 + by, self.u1 - by, self.v1 - by)

    def ring(self) -> list[Point]:
        """Return the closed outline, counter-clockwise."""
        return [(self.u0, self.v0), (self.u1, self.v0), (self.u1, self.v1), (self.u0, self.v1), (self.u0, self.v0)]


@dataclass(slots=True)
class Fabric:
    """Everything built so far, as outlines and lines of the plan frame."""

    buildings: list[tuple[str, list[Point]]] = field(default_factory=list)
    greens: list[tuple[str, list[Point]]] = field(default_factory=list)
    lanes: list[list[Point]] = field(default_factory=list)
    schools: list[Point] = field(default_factory=list)

    def build(self, kind: str, ring: list[Point]) -> None:
        """Add a building unless it would stand in water or on the promenade."""
        walls = [point for a, b in itertools.pairwise(ring) for point in walk(a, b, 12.0)]
        if not any(_wet(point, 11.0) for point in walls):
            self.buildings.append((kind, ring))

    def plant(self, name: str, ring: list[Point]) -> None:
        """Add a green unless it reaches into water."""
        if not any(_wet(point, 6.0) for point in ring):
            self.greens.append((name, ring))


def _wet(point: Point, margin_m: float) -> bool:
    u, v = point
    return (
        u < bank(v) + PROMENADE_M + 14.0 + margin_m
        or abs(v - canal(u)) < CANAL_WIDTH_M / 2 + margin_m
        or (v > -205.0 and abs(u - brook(v)) < BROOK_WIDTH_M / 2 + margin_m)
    )


def fill(cell: Block, kind: str, rng: random.Random, fabric: Fabric) -> None:
    """Fill the land between four streets with lanes and buildings of one `kind` (see `KINDS`)."""
    if kind == "park":
        fabric.plant("公园", cell.inset(4.0).ring())
        return
    for number, part in enumerate(_split(cell, rng, fabric)):
        land = part.inset(VERGE_M)
        if land.width < 30 or land.height < 30:
            continue
        usual = "rows" if kind == "school" and number else kind
        KINDS[usual if rng.random() < 0.82 else rng.choice(COMMON)](land, rng, fabric)


def _split(cell: Block, rng: random.Random, fabric: Fabric) -> list[Block]:
    """Cut a block by lanes until no part is longer than about 200 m."""
    longest = max(cell.width, cell.height)
    if longest < 205:
        return [cell]
    share = rng.uniform(0.42, 0.58)
    half = LANE_WIDTH_M / 2
    if cell.width >= cell.height:
        at = cell.u0 + cell.width * share
        fabric.lanes.append([(at, cell.v0), (at, cell.v1)])
        parts = (Block(cell.u0, cell.v0, at - half, cell.v1), Block(at + half, cell.v0, cell.u1, cell.v1))
    else:
        at = cell.v0 + cell.height * share
        fabric.lanes.append([(cell.u0, at), (cell.u1, at)])
        parts = (Block(cell.u0, cell.v0, cell.u1, at - half), Block(cell.u0, at + half, cell.u1, cell.v1))
    return [piece for part in parts for piece in _split(part, rng, fabric)]


def _rows(land: Block, rng: random.Random, fabric: Fabric) -> None:
    """Six-storey slabs facing south, in rows; the common housing estate (新村)."""
    depth, pitch = rng.uniform(10.5, 12.5), rng.uniform(25.0, 31.0)
    rows = max(1, int((land.height - depth) // pitch) + 1)
    pitch = (land.height - depth) / max(1, rows - 1) if rows > 1 else 0.0
    slabs = max(1, round(land.width / rng.uniform(52.0, 74.0)))
    length = (land.width - 12.0 * (slabs - 1)) / slabs
    garden = (rng.randrange(rows), rng.randrange(slabs)) if rows > 3 and slabs > 1 and rng.random() < 0.7 else None
    for row in range(rows):
        shift = rng.uniform(-2.0, 2.0)
        for slab in range(slabs):
            u = land.u0 + slab * (length + 12.0)
            v = land.v0 + row * pitch
            if garden == (row, slab):
                fabric.plant("绿地", Block(u, v - 4.0, u + length, v + depth + 5.0).ring())
                continue
            if rng.random() < 0.05:
                continue
            fabric.build("residential", _slab(u + shift, v, length * rng.uniform(0.86, 1.0), depth, rng))


def _slab(u: float, v: float, length: float, depth: float, rng: random.Random) -> list[Point]:
    """A slab, sometimes stepped in the middle as two staircases set off against one another."""
    if length > 40 and rng.random() < 0.35:
        mid, step = u + length * rng.uniform(0.4, 0.6), 4.0
        return [
            (u, v), (mid, v), (mid, v + step), (u + length, v + step), (u + length, v + depth + step),
            (mid, v + depth + step), (mid, v + depth), (u, v + depth), (u, v),
        ]  # fmt: skip
    return Block(u, v, u + length, v + depth).ring()


def _towers(land: Block, rng: random.Random, fabric: Fabric) -> None:
    """Point blocks of 18 storeys and more, staggered around a garden."""
    columns, rows = max(1, int(land.width // 54)), max(1, int(land.height // 50))
    if columns > 1 and rows > 1:
        fabric.plant("绿地", land.inset(min(land.width, land.height) * 0.36).ring())
    for row in range(rows):
        for column in range(columns):
            u = land.u0 + (column + 0.5) * land.width / columns + (9.0 if row % 2 else -9.0)
            v = land.v0 + (row + 0.5) * land.height / rows
            if math.dist((u, v), land.centre) < 24.0 and columns > 1:
                continue
            a, b = rng.uniform(11.0, 14.0), rng.uniform(8.0, 10.0)
            notch = 3.5
            fabric.build("residential", [
                (u - a, v - b), (u - notch, v - b), (u - notch, v - b - 4), (u + notch, v - b - 4), (u + notch, v - b),
                (u + a, v - b), (u + a, v + b), (u - a, v + b), (u - a, v - b),
            ])  # fmt: skip


def _works(land: Block, rng: random.Random, fabric: Fabric) -> None:
    """Sheds of a works or a logistics yard."""
    v = land.v0
    while v < land.v1 - 24:
        depth = min(rng.uniform(26.0, 46.0), land.v1 - v)
        u = land.u0
        while u < land.u1 - 24:
            length = min(rng.uniform(36.0, 86.0), land.u1 - u)
            if rng.random() < 0.86:
                fabric.build("industrial", Block(u, v, u + length, v + depth).ring())
            u += length + rng.uniform(9.0, 16.0)
        v += depth + rng.uniform(12.0, 18.0)


def _school(land: Block, rng: random.Random, fabric: Fabric) -> None:
    """A teaching building like a comb, a hall, and a sports field."""
    split = land.u0 + land.width * rng.uniform(0.5, 0.58)
    a, b = Block(land.u0, land.v0, split - 8, land.v1), Block(split, land.v0 + 6, land.u1, land.v1 - 6)
    teeth = max(2, int(a.height // 34))
    spine = min(13.0, a.width / 4)
    ring: list[Point] = [(a.u0, a.v0), (a.u1, a.v0)]
    for tooth in range(teeth):
        base = a.v0 + tooth * (a.height - 12) / max(1, teeth - 1)
        if tooth:
            ring += [(a.u0 + spine, base), (a.u1, base)]
        ring += [(a.u1, base + 12), (a.u0 + spine, base + 12)]
    ring[-1] = (a.u0, a.v0 + a.height)
    fabric.build("school", [*ring, ring[0]])
    fabric.plant("运动场", _stadium(b))
    fabric.schools.append(land.centre)


def _stadium(land: Block) -> list[Point]:
    """A running track: a rectangle with half circles at its northern and southern ends."""
    radius = min(land.width, land.height) / 2
    cu, cv = land.centre
    reach = max(0.0, min(land.height, land.width * 1.9) / 2 - radius)
    top = [
        (cu + radius * math.cos(math.radians(a)), cv + reach + radius * math.sin(math.radians(a)))
        for a in range(0, 181, 30)
    ]
    low = [
        (cu + radius * math.cos(math.radians(a)), cv - reach + radius * math.sin(math.radians(a)))
        for a in range(180, 361, 30)
    ]
    return [*top, *low, top[0]]


def _shops(land: Block, rng: random.Random, fabric: Fabric) -> None:
    """A podium with courts and an office slab: the commercial corner."""
    inner = land.inset(min(land.width, land.height) * 0.3)
    u, v = land.u0, land.v0
    court = rng.uniform(0.35, 0.65)
    cut = land.u0 + land.width * court
    fabric.build("commercial", Block(u, v, cut - 5, inner.v0).ring())
    fabric.build("commercial", Block(cut + 5, v, land.u1, inner.v0 + 6).ring())
    fabric.build("commercial", [
        (u, inner.v1), (inner.u0, inner.v1), (inner.u0, inner.v0 + 14), (u, inner.v0 + 14), (u, inner.v1),
    ])  # fmt: skip
    fabric.build("commercial", Block(u, inner.v1 + 10, inner.u1, land.v1).ring())
    fabric.build("commercial", Block(inner.u1 + 10, inner.v0 + 18, land.u1, land.v1).ring())


KINDS = {"rows": _rows, "towers": _towers, "works": _works, "school": _school, "shops": _shops}
"""What a block can be, and how it is filled."""
COMMON = ("rows", "rows", "towers", "shops", "works")
"""What breaks the monotony of a block of one kind."""
