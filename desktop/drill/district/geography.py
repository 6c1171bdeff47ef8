"""The district's ground, read from the basemap: streets with house numbers, houses, grid cells, crossings."""

import math
import random
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import msgspec

from desktop.central.schema import GridCell, Place
from desktop.drill.district.assignment import grid_leads
from resources import resource

BASEMAP = "basemap/linjiang.geojson"

_METRES_PER_DEGREE = 111_320.0
_LONGITUDE_SCALE = math.cos(math.radians(31.15))
_METRES_PER_NUMBER = 9.0
"""House numbers rise by two (one side of the street) about every 18 m."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Cell:
    """A unit grid cell."""

    id: str
    name: str
    neighbourhood: str
    ring: tuple[Point, ...]
    box: tuple[float, float, float, float]

    def contains(self, point: Point) -> bool:
        """Whether `point` lies in the cell (even-odd rule)."""
        lon, lat = point
        west, south, east, north = self.box
        if not (west <= lon <= east and south <= lat <= north):
            return False
        inside = False
        for (lon1, lat1), (lon2, lat2) in pairwise(self.ring):
            if (lat1 > lat) != (lat2 > lat) and lon < (lon2 - lon1) * (lat - lat1) / (lat2 - lat1) + lon1:
                inside = not inside
        return inside


@dataclass(frozen=True, slots=True)
class Street:
    """A named street; `distances` are metres from its first point."""

    name: str
    rank: str
    points: tuple[Point, ...]
    distances: tuple[float, ...]
    first_number: int

    def at(self, metres: float) -> tuple[Point, float]:
        """Return the point `metres` along the street, and the direction of travel there in degrees from north."""
        metres = min(max(metres, 0.0), self.distances[-1] - 0.01)
        place = next(i for i, distance in enumerate(self.distances[1:]) if distance > metres)
        (lon1, lat1), (lon2, lat2) = self.points[place], self.points[place + 1]
        share = (metres - self.distances[place]) / (self.distances[place + 1] - self.distances[place])
        return (lon1 + (lon2 - lon1) * share, lat1 + (lat2 - lat1) * share), bearing((lon1, lat1), (lon2, lat2))

    def number_at(self, metres: float, side: int) -> int:
        """Return the house number there; `side` is 0 (even) or 1 (odd)."""
        return self.first_number + 2 * int(metres / (2 * _METRES_PER_NUMBER)) + side


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where two named streets meet."""

    first: str
    second: str
    point: Point
    bearing: float


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where something may happen. `kind`: street, house or crossing."""

    kind: str
    street: str
    address: str
    compound: str
    point: Point
    cell: str
    neighbourhood: str

    def place(self) -> Place:
        """Return the wire's form."""
        return Place(
            address=self.address,
            point=list(self.point),
            grid_cell=self.cell,
            neighbourhood=self.neighbourhood,
        )


def bearing(start: Point, end: Point) -> float:
    """Return the direction from one point to a near one, in degrees from north."""
    east = (end[0] - start[0]) * _LONGITUDE_SCALE
    return math.degrees(math.atan2(east, end[1] - start[1])) % 360


def metres_between(a: Point, b: Point) -> float:
    """Return the distance of two near points."""
    return math.hypot((a[0] - b[0]) * _LONGITUDE_SCALE, a[1] - b[1]) * _METRES_PER_DEGREE


def moved(point: Point, degrees: float, metres: float) -> Point:
    """Return the point `metres` away in a direction given in degrees from north."""
    angle = math.radians(degrees)
    step = metres / _METRES_PER_DEGREE
    return point[0] + math.sin(angle) * step / _LONGITUDE_SCALE, point[1] + math.cos(angle) * step


class Geography:
    """The district and its places. The same for every seed, like a real one."""

    def __init__(self, features: list[dict[str, Any]]) -> None:
        self.cells = tuple(_cell(feature) for feature in _layer(features, "grid_cell"))
        self.streets = tuple(
            _street(feature) for feature in _layer(features, "road") if feature["properties"].get("name")
        )
        self.labels: dict[str, Point] = {
            feature["properties"]["text"]: tuple(feature["geometry"]["coordinates"])
            for feature in _layer(features, "label")
        }
        boundary = _layer(features, "boundary")
        self.centre: Point = _centre(boundary[0]) if boundary else self.streets[0].points[0]
        self.crossings = tuple(_crossings(self.streets))
        rng = random.Random(3_1_0_1)
        houses = [_centre(feature) for feature in _layer(features, "building")]
        self.street_spots = tuple(self._street_spots(rng))
        self.house_spots = tuple(self._house_spots(houses, rng))

    def cell_at(self, point: Point) -> Cell | None:
        """Return the grid cell of a point, or None outside the district."""
        return next((cell for cell in self.cells if cell.contains(point)), None)

    def spot_at(self, kind: str, street: str, address: str, point: Point) -> Spot | None:
        """Return a place with its cell and neighbourhood filled in; None outside the district."""
        point = _to_wire(point)
        cell = self.cell_at(point)
        if cell is None:
            return None
        return Spot(kind, street, address, compound_of(cell.neighbourhood), point, cell.id, cell.neighbourhood)

    def _street_spots(self, rng: random.Random) -> list[Spot]:
        spots: list[Spot] = []
        for street in self.streets:
            metres = 10.0
            while metres < street.distances[-1]:
                point, direction = street.at(metres)
                side = rng.randrange(2)
                address = f"{street.name} {street.number_at(metres, side)} 号"
                aside = moved(point, direction + (90 if side else -90), rng.uniform(4, 14))
                if (spot := self.spot_at("street", street.name, address, aside)) is not None:
                    spots.append(spot)
                metres += rng.uniform(12, 45)
        for crossing in self.crossings:
            address = f"{crossing.first}／{crossing.second}"
            if (spot := self.spot_at("crossing", crossing.first, address, crossing.point)) is not None:
                spots += [spot] * 3  # more happens at crossings
        return spots

    def _house_spots(self, houses: list[Point], rng: random.Random) -> list[Spot]:
        spots: list[Spot] = []
        vertices = _vertices(self.streets)
        for house in houses:
            street, metres = _nearest(vertices, house)
            lane = street.number_at(round(metres / 150) * 150, 0)
            number = rng.randrange(1, 60)
            cell = self.cell_at(house)
            if cell is None:
                continue
            compound = compound_of(cell.neighbourhood)
            address = rng.choice(
                (f"{street.name} {lane} 弄 {number} 号", f"{compound} {number} 号楼", f"{compound} {number} 号")
            )
            spots.append(Spot("house", street.name, address, compound, house, cell.id, cell.neighbourhood))
        return spots


@cache
def geography() -> Geography:
    """Read the basemap (once a process)."""
    collection = msgspec.json.decode(resource(BASEMAP).read_bytes())
    return Geography(collection["features"])


def grid_cell(cell: Cell) -> GridCell:
    """Return the wire's form of a cell."""
    return GridCell(
        name=cell.name,
        neighbourhood=cell.neighbourhood,
        ring=[list(point) for point in cell.ring],
        leads=dict(grid_leads(cell.neighbourhood)),
    )


def compound_of(neighbourhood: str) -> str:
    """Return the housing estate that a 居委 looks after: 凌兆新村二居委 → 凌兆新村."""
    name = neighbourhood.removesuffix("居委").rstrip("一二三四五六七八九")
    return name if name.endswith(("新村", "苑", "小区")) else f"{name}小区"


def _layer(features: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    return [feature for feature in features if feature["properties"].get("layer") == name]


def _cell(feature: dict[str, Any]) -> Cell:
    properties = feature["properties"]
    ring: tuple[Point, ...] = tuple((lon, lat) for lon, lat in feature["geometry"]["coordinates"][0])
    lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
    box = (min(lons), min(lats), max(lons), max(lats))
    return Cell(properties["id"], properties["name"], properties.get("neighbourhood", ""), ring, box)


def _street(feature: dict[str, Any]) -> Street:
    points: tuple[Point, ...] = tuple((lon, lat) for lon, lat in feature["geometry"]["coordinates"])
    distances = [0.0]
    for a, b in pairwise(points):
        distances.append(distances[-1] + metres_between(a, b))
    name = feature["properties"]["name"]
    first_number = 2 * (20 + sum(name.encode()) % 800)
    return Street(name, feature["properties"].get("class", ""), points, tuple(distances), first_number)


def _centre(feature: dict[str, Any]) -> Point:
    ring = feature["geometry"]["coordinates"][0][:-1]
    return _to_wire((sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)))


def _to_wire(point: Point) -> Point:
    """Round to what is sent (0.1 m), so that a point and the cell it was found in always agree."""
    return round(point[0], 6), round(point[1], 6)


Vertex = tuple[Point, Street, float]
"""A corner of a street, and how far along it that is."""


def _nearest(vertices: Sequence[Vertex], point: Point) -> tuple[Street, float]:
    """Return the street with the nearest of `vertices`, which are in order of longitude, and how far along it that is.

    From the point's own longitude it looks both ways, until longitude alone is farther than what was found.
    """
    lon, lat = point
    middle = bisect_left(vertices, lon, key=_longitude)
    best, found = math.inf, vertices[0]
    for side in (range(middle, len(vertices)), range(middle - 1, -1, -1)):
        for place in side:
            (x, y), _, _ = vertices[place]
            across = (x - lon) ** 2 * 0.73
            if across >= best:
                break
            if (squared := across + (y - lat) ** 2) < best:
                best, found = squared, vertices[place]
    return found[1], found[2]


def _vertices(streets: Iterable[Street]) -> list[Vertex]:
    found = [
        (vertex, street, metres)
        for street in streets
        for vertex, metres in zip(street.points, street.distances, strict=True)
    ]
    return sorted(found, key=_longitude)


def _longitude(vertex: Vertex) -> float:
    return vertex[0][0]


def _crossings(streets: tuple[Street, ...]) -> list[Crossing]:
    found: list[Crossing] = []
    for index, one in enumerate(streets):
        for other in streets[index + 1 :]:
            point = _meeting(one, other)
            if point is not None:
                found.append(Crossing(one.name, other.name, point[0], point[1]))
    return found


def _meeting(one: Street, other: Street) -> tuple[Point, float] | None:
    for a, b in pairwise(one.points):
        for c, d in pairwise(other.points):
            if (point := _intersection(a, b, c, d)) is not None:
                return point, bearing(a, b)
    return None


def _intersection(a: Point, b: Point, c: Point, d: Point) -> Point | None:
    if max(a[0], b[0]) < min(c[0], d[0]) or max(c[0], d[0]) < min(a[0], b[0]):
        return None
    if max(a[1], b[1]) < min(c[1], d[1]) or max(c[1], d[1]) < min(a[1], b[1]):
        return None
    r, s = (b[0] - a[0], b[1] - a[1]), (d[0] - c[0], d[1] - c[1])
    cross = r[0] * s[1] - r[1] * s[0]
    if cross == 0:
        return None
    t = ((c[0] - a[0]) * s[1] - (c[1] - a[1]) * s[0]) / cross
    u = ((c[0] - a[0]) * r[1] - (c[1] - a[1]) * r[0]) / cross
    return (a[0] + t * r[0], a[1] + t * r[1]) if 0 <= t <= 1 and 0 <= u <= 1 else None
