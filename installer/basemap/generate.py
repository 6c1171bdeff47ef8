"""Write the drill district's basemap. Run from the project's root: ``python -m installer.basemap.generate [FILE]``.

The same program text writes the same bytes: all chance comes from one seed. The file is GeoJSON (RFC 7946), each
feature with `layer` among its properties; the README beside it describes the layers for whoever brings another city.
"""

import itertools
import json
import random
import sys
from pathlib import Path
from typing import Any

from installer.basemap.fabric import Block, Fabric, fill
from installer.basemap.names import CELL_KINDS, LABELS, NEIGHBOURHOOD_SPLITS, NEIGHBOURHOODS, PARKS, SCHOOL_NAMES
from installer.basemap.plan import (
    BROOK_WIDTH_M,
    CANAL_WIDTH_M,
    EAST_WEST,
    NORTH_SOUTH,
    PROMENADE_M,
    RIVER_WIDTH_M,
    Point,
    bank,
    brook,
    canal,
    metro,
    to_lonlat,
    walk,
)

SEED = 20260501
BEYOND_M = 2600
"""How far streets go on outside the district, so that its edge is not the end of the world."""
DEFAULT_TARGET = Path(__file__).resolve().parents[2] / "resources" / "basemap" / "linjiang.geojson"
Feature = dict[str, Any]


def _feature(layer: str, shape: str, coordinates: Any, /, **properties: Any) -> Feature:
    return {
        "type": "Feature",
        "properties": {"layer": layer, **properties},
        "geometry": {"type": shape, "coordinates": coordinates},
    }


def _line(layer: str, points: list[Point], **properties: Any) -> Feature:
    return _feature(layer, "LineString", [to_lonlat(p) for p in points], **properties)


def _polygon(layer: str, ring: list[Point], **properties: Any) -> Feature:
    return _feature(layer, "Polygon", [[to_lonlat(p) for p in ring]], **properties)


def _point(layer: str, point: Point, **properties: Any) -> Feature:
    return _feature(layer, "Point", to_lonlat(point), **properties)


def _ribbon(points: list[Point], width_m: float, *, along_u: bool) -> list[Point]:
    half = width_m / 2
    one = [(u, v + half) if along_u else (u + half, v) for u, v in points]
    other = [(u, v - half) if along_u else (u - half, v) for u, v in points]
    return [*one, *reversed(other), one[0]]


SOUTH_BEYOND, NORTH_BEYOND, EAST_BEYOND = (-1830.0, -2210.0), (1790.0, 2150.0), (1900.0, 2260.0)
"""Streets outside the district, nearest first."""
SOUTH, NORTH = EAST_WEST[0].at, EAST_WEST[-1].at
EAST = NORTH_SOUTH[-1].at


def _water() -> list[Feature]:
    steps = range(-BEYOND_M, BEYOND_M + 1, 65)
    east_bank = [(bank(v), float(v)) for v in steps]
    west_bank = [(bank(v) - RIVER_WIDTH_M - 30.0 * (v / BEYOND_M) ** 2, float(v)) for v in reversed(steps)]
    canal_line = [(u, canal(u)) for u in (bank(canal(-1300)) - 20, *range(-1250, BEYOND_M, 45))]
    brook_line = [(brook(v), float(v)) for v in range(-170, BEYOND_M, 60)]
    return [
        _polygon("water", [*east_bank, *west_bank, east_bank[0]], name="黄浦江"),
        _polygon("water", _ribbon(canal_line, CANAL_WIDTH_M, along_u=True), name="三林浜"),
        _polygon("water", _ribbon(brook_line, BROOK_WIDTH_M, along_u=False), name="凌兆浜"),
    ]


def _roads() -> list[Feature]:
    features = []
    for street in EAST_WEST:
        start = (bank(street.at) + PROMENADE_M, street.at)
        features.append(_line("road", walk(start, (EAST, street.at)), name=street.name, **{"class": street.rank}))
        features.append(_line("backdrop", walk((EAST, street.at), (BEYOND_M, street.at)), **{"class": street.rank}))
    for street in NORTH_SOUTH:
        features.append(
            _line("road", walk((street.at, SOUTH), (street.at, NORTH)), name=street.name, **{"class": street.rank})
        )
        for start, end in ((-BEYOND_M, SOUTH), (NORTH, BEYOND_M)):
            points = walk((street.at, start), (street.at, end))
            features.append(_line("backdrop", points, **{"class": street.rank}))
    promenade = [(bank(v) + PROMENADE_M, float(v)) for v in range(int(SOUTH), int(NORTH) + 1, 60)]
    features.append(_line("road", promenade, name="滨江大道", **{"class": "secondary"}))
    for at in (*SOUTH_BEYOND, *NORTH_BEYOND):
        points = walk((bank(at) + PROMENADE_M, at), (BEYOND_M, at))
        features += [_line("backdrop", points, **{"class": "secondary"})]
    for at in EAST_BEYOND:
        features += [_line("backdrop", walk((at, -BEYOND_M), (at, BEYOND_M)), **{"class": "secondary"})]
    far_shore = [(bank(v) - RIVER_WIDTH_M - 75.0, float(v)) for v in range(-BEYOND_M, BEYOND_M + 1, 90)]
    features.append(_line("backdrop", far_shore, **{"class": "secondary"}))
    elevated = walk((NORTH_SOUTH[0].at, -BEYOND_M), (NORTH_SOUTH[0].at, BEYOND_M))
    features.append(_line("elevated", elevated, name="济阳路高架"))
    features.append(_line("rail", metro(), name="地铁 8 号线", kind="metro"))
    return features


def _column_edges() -> list[tuple[float, float] | None]:
    edges: list[tuple[float, float] | None] = [None]
    edges += [(a.at, b.at) for a, b in itertools.pairwise(NORTH_SOUTH)]
    return edges


def _cell_ring(column: int, row: int) -> list[Point]:
    """Outline of a cell on the centre lines of its streets; neighbours share the very same points."""
    south, north = EAST_WEST[row].at, EAST_WEST[row + 1].at
    edge = _column_edges()[column]
    levels = [south + (north - south) * i / 4 for i in range(5)]
    east = NORTH_SOUTH[column].at
    west = [(bank(v) if edge is None else edge[0], v) for v in levels]
    bottom = walk(west[0], (east, south))
    top = walk((east, north), west[-1])
    return [*bottom, *[(east, v) for v in levels[1:-1]], *top, *reversed(west[:-1])]


def _administration() -> list[Feature]:
    features: list[Feature] = []
    groups: list[list[tuple[int, int]]] = []
    for pair, split in enumerate(NEIGHBOURHOOD_SPLITS):
        column = 0
        for width in split:
            groups.append([(c, r) for r in (2 * pair, 2 * pair + 1) for c in range(column, column + width)])
            column += width
    for number, (name, cells) in enumerate(zip(NEIGHBOURHOODS, groups, strict=True), start=1):
        column, row = cells[-1]
        west = bank(EAST_WEST[row].at) if column == 0 else NORTH_SOUTH[column - 1].at
        middle = ((west + NORTH_SOUTH[column].at) / 2, EAST_WEST[row].at + 130.0)
        features.append(_point("neighbourhood", middle, id=f"jw-{number:02d}", name=name))
        for index, (column, row) in enumerate(cells, start=1):
            features.append(
                _polygon(
                    "grid_cell",
                    _cell_ring(column, row),
                    id=f"wg-{number:02d}{index:02d}",
                    name=f"{name.removesuffix('居委')}网格{index}",
                    neighbourhood=name,
                )
            )
    west = [(bank(v), float(v)) for v in range(int(SOUTH), int(NORTH) + 1, 60)]
    outline = [
        *walk((west[0][0], SOUTH), (EAST, SOUTH)),
        *walk((EAST, SOUTH), (EAST, NORTH))[1:],
        *walk((EAST, NORTH), (west[-1][0], NORTH))[1:],
        *list(reversed(west))[1:],
    ]
    features.append(_polygon("boundary", [*outline, outline[0]], name="临江街道"))
    return features


def _fabric() -> list[Feature]:
    rng = random.Random(SEED)
    fabric, outside = Fabric(), Fabric()
    shore = [(bank(v) + 8.0, float(v)) for v in range(int(SOUTH), int(NORTH) + 1, 60)]
    inland = [(bank(v) + PROMENADE_M - 16.0, float(v)) for v in range(int(NORTH), int(SOUTH) - 1, -60)]
    fabric.greens.append(("滨江绿地", [*shore, *inland, shore[0]]))
    for row, kinds in enumerate(CELL_KINDS):
        low, high = EAST_WEST[row], EAST_WEST[row + 1]
        v0, v1 = low.at + low.width / 2, high.at - high.width / 2
        for column, kind in enumerate(kinds.split()):
            fill(_land(column, v0, v1), kind, rng, fabric)
    for block in _surroundings():
        fill(block, rng.choice(("rows", "rows", "towers", "works")), rng, outside)
    greens, buildings = fabric.greens + outside.greens, fabric.buildings + outside.buildings
    features = [_polygon("green", ring, name=name) for name, ring in greens]
    lanes = [("road", _dry(lane)) for lane in fabric.lanes] + [("backdrop", _dry(lane)) for lane in outside.lanes]
    features += [_line(layer, lane, name="", **{"class": "lane"}) for layer, lane in lanes if len(lane) > 1]
    features += [_polygon("building", ring, kind=kind) for kind, ring in buildings]
    for name, centre in zip(SCHOOL_NAMES, fabric.schools, strict=False):
        features.append(_point("label", centre, text=name, rank=4))
    return features


def _land(column: int, v0: float, v1: float) -> Block:
    """Return the land of a column between two latitudes of the plan, without its streets."""
    street = NORTH_SOUTH[column]
    if column == 0:
        west = min(bank(v0), bank(v1), bank((v0 + v1) / 2)) + PROMENADE_M + 14.0
    else:
        west = NORTH_SOUTH[column - 1].at + NORTH_SOUTH[column - 1].width / 2
    return Block(west, v0, street.at - street.width / 2, v1)


def _surroundings() -> list[Block]:
    """Return the blocks next to the district: one row north and south of it, two columns east."""
    gap = 14.0
    blocks = []
    for v0, v1 in ((SOUTH_BEYOND[0], SOUTH), (NORTH, NORTH_BEYOND[0])):
        blocks += [_land(column, v0 + gap, v1 - gap) for column in range(len(NORTH_SOUTH))]
    levels = [SOUTH_BEYOND[0], *(street.at for street in EAST_WEST), NORTH_BEYOND[0]]
    columns = list(itertools.pairwise((EAST + 10.0, *EAST_BEYOND)))
    for v0, v1 in itertools.pairwise(levels):
        blocks += [Block(u0 + gap, v0 + 2 * gap, u1 - gap, v1 - 2 * gap) for u0, u1 in columns]
    return blocks


def _dry(lane: list[Point]) -> list[Point]:
    """The part of a lane that lies east of the riverside road."""
    return [p for p in walk(lane[0], lane[1], 60.0) if p[0] > bank(p[1]) + PROMENADE_M - 2.0]


def _labels() -> list[Feature]:
    features = [_point("label", point, text=text, rank=rank) for text, rank, point in LABELS]
    features += [_point("label", point, text=text, rank=3) for text, point in PARKS]
    return features


def build() -> str:
    """Return the whole basemap as GeoJSON text, one feature a line so that changes can be read."""
    features = [*_water(), *_fabric(), *_roads(), *_administration(), *_labels()]
    head = {
        "type": "FeatureCollection",
        "name": "临江街道",
        "version": "2026-05",
        "source": "测绘院",
        "datum": "WGS-84",
    }
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    return json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [\n' + lines + "\n]}\n"


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_TARGET
    target.write_text(build(), encoding="utf-8")
