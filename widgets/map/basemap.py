"""Reads a basemap from GeoJSON (RFC 7946) into arrays ready to draw. Pure: no Qt, no screen.

Any city's file will do. Each feature's ``layer`` property says what it is; features of unknown layers are drawn thinly
rather than dropped, broken ones are left out and listed. Coordinates come out as Web Mercator metres on WGS-84,
whatever datum the file declares in its ``datum`` member.
"""

import itertools
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from widgets.map.projection import Floats, known_datum, plausible, to_mercator, to_wgs84
from widgets.map.viewport import Bounds

MAX_FILE_BYTES: Final = 256 * 1024 * 1024
MAX_PROBLEMS: Final = 200
"""So many are kept in words; beyond that they are only counted."""


class BasemapError(Exception):
    """Nothing can be drawn from this file.

    Attributes:
        code: ``basemap.unreadable`` (missing, no permission, too large) or ``basemap.not_geojson``.
        params: ``name`` of the file.
        detail: For the log.
    """

    def __init__(self, code: str, name: str, detail: str) -> None:
        super().__init__(f"{code}: {name}: {detail}")
        self.code = code
        self.params: Mapping[str, str] = {"name": name}
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Shape:
    """A line or an area. `parts` are arrays of shape (n, 2).

    Rings of areas are closed; outer ones run counter-clockwise and holes clockwise, whatever the file does, so that
    areas drawn together by the non-zero rule are the union of all, less the holes of each.
    """

    layer: str
    kind: str
    name: str
    id: str
    closed: bool
    parts: tuple[Floats, ...]

    @property
    def bounds(self) -> Bounds:
        """The rectangle around all parts, metres."""
        points = np.concatenate(self.parts)
        left, bottom = points.min(axis=0)
        right, top = points.max(axis=0)
        return Bounds(float(left), float(bottom), float(right), float(top))


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A word at a point, metres; rank 1 is seen from farthest."""

    layer: str
    text: str
    rank: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Problem:
    """Why part of a file is not drawn: number of the feature (from 0; -1 for the file) and what is wrong, in code."""

    feature: int
    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Basemap:
    """A basemap in memory. `shapes` holds features of each layer in the order of the file."""

    name: str = ""
    version: str = ""
    source: str = ""
    datum: str = "WGS-84"
    shapes: Mapping[str, tuple[Shape, ...]] = field(default_factory=dict)
    names: tuple[PlaceName, ...] = ()
    bounds: Bounds | None = None
    problems: tuple[Problem, ...] = ()
    problem_count: int = 0

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.shapes and not self.names


def read_basemap(path: Path) -> Basemap:
    """Read a basemap file; call it off the window's thread, a large city takes seconds.

    Raises:
        BasemapError: The file cannot be read, or is not GeoJSON at all.
    """
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise BasemapError("basemap.unreadable", path.name, f"{size} bytes, the limit is {MAX_FILE_BYTES}")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BasemapError("basemap.unreadable", path.name, str(error)) from error
    except UnicodeDecodeError as error:
        raise BasemapError("basemap.not_geojson", path.name, str(error)) from error
    return parse_basemap(text, path.name)


def parse_basemap(text: str, name: str = "") -> Basemap:
    """Read a basemap from GeoJSON text.

    Raises:
        BasemapError: The text is not GeoJSON; anything less is a problem listed in the answer.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BasemapError("basemap.not_geojson", name, str(error)) from error
    if not isinstance(document, dict) or not isinstance(document.get("type"), str):
        raise BasemapError("basemap.not_geojson", name, "no GeoJSON object")
    return _Reader(document, name).basemap()


@dataclass(slots=True)
class _Draft:
    """A shape whose points still wait in the reader's one list."""

    layer: str
    kind: str
    name: str
    id: str
    closed: bool
    spans: list[tuple[int, int, bool]]
    """Start, end, and whether the part is a hole."""


class _Reader:
    """Collects all points of a file first, so that projecting them is one array operation."""

    def __init__(self, document: dict[str, Any], name: str) -> None:
        self._document = document
        self._name = name
        self._points: list[tuple[float, float]] = []
        self._drafts: list[_Draft] = []
        self._places: list[tuple[str, str, int, int]] = []
        self._problems: list[Problem] = []
        self._problem_count = 0

    def basemap(self) -> Basemap:
        for number, feature in enumerate(self._features()):
            self._read_feature(number, feature)
        datum = _text(self._document.get("datum")) or "WGS-84"
        if not known_datum(datum):
            self._problem(-1, "unknown_datum", datum)
        lonlat = np.array(self._points, dtype=np.float64).reshape(-1, 2)
        lon, lat = to_wgs84(lonlat[:, 0], lonlat[:, 1], datum if known_datum(datum) else "WGS-84")
        metres = np.column_stack(to_mercator(lon, lat))
        shapes: dict[str, list[Shape]] = {}
        for draft in self._drafts:
            parts = (metres[start:end] for start, end, _ in draft.spans)
            if draft.closed:
                parts = (_wound(part, hole=span[2]) for part, span in zip(parts, draft.spans, strict=True))
            shape = Shape(draft.layer, draft.kind, draft.name, draft.id, draft.closed, tuple(parts))
            shapes.setdefault(draft.layer, []).append(shape)
        return Basemap(
            name=_text(self._document.get("name")) or self._name,
            version=_text(self._document.get("version")),
            source=_text(self._document.get("source")),
            datum=datum,
            shapes={layer: tuple(found) for layer, found in shapes.items()},
            names=tuple(
                PlaceName(layer, text, rank, float(metres[at, 0]), float(metres[at, 1]))
                for layer, text, rank, at in self._places
            ),
            bounds=self._extent(shapes, metres),
            problems=tuple(self._problems),
            problem_count=self._problem_count,
        )

    @staticmethod
    def _extent(shapes: Mapping[str, list[Shape]], metres: Floats) -> Bounds | None:
        """The administrative boundary is what "show all" means; without one, everything there is."""
        outline = [part for shape in shapes.get("boundary", ()) for part in shape.parts]
        points = np.concatenate(outline) if outline else metres
        if not len(points):
            return None
        (left, bottom), (right, top) = points.min(axis=0), points.max(axis=0)
        return Bounds(float(left), float(bottom), float(right), float(top))

    def _features(self) -> Iterator[Any]:
        kind = self._document["type"]
        if kind == "FeatureCollection":
            features = self._document.get("features")
            if isinstance(features, list):
                yield from features
            else:
                self._problem(-1, "no_features")
        elif kind == "Feature":
            yield self._document
        else:
            yield {"type": "Feature", "properties": {}, "geometry": self._document}

    def _read_feature(self, number: int, feature: Any) -> None:
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        if not isinstance(geometry, dict):
            self._problem(number, "no_geometry")
            return
        given = feature.get("properties")
        properties: dict[str, Any] = given if isinstance(given, dict) else {}
        layer = _text(properties.get("layer")) or "other"
        self._read_geometry(number, geometry, layer, properties)

    def _read_geometry(self, number: int, geometry: dict[str, Any], layer: str, properties: dict[str, Any]) -> None:
        kind, coordinates = geometry.get("type"), geometry.get("coordinates")
        if kind == "GeometryCollection":
            self._read_collection(number, geometry, layer, properties)
        elif not isinstance(coordinates, list) or not coordinates:
            self._problem(number, "empty_geometry")
        elif kind in ("Point", "MultiPoint"):
            for point in [coordinates] if kind == "Point" else coordinates:
                self._read_place(number, point, layer, properties)
        elif kind in ("LineString", "MultiLineString"):
            lines = [coordinates] if kind == "LineString" else coordinates
            self._read_shape(number, lines, layer, properties)
        elif kind in ("Polygon", "MultiPolygon"):
            polygons = [coordinates] if kind == "Polygon" else [one for one in coordinates if isinstance(one, list)]
            rings = [ring for polygon in polygons for ring in polygon]
            outer = set(itertools.accumulate((len(polygon) for polygon in polygons), initial=0))
            self._read_shape(number, rings, layer, properties, outer=outer)
        else:
            self._problem(number, "unknown_geometry", str(kind)[:40])

    def _read_collection(self, number: int, geometry: dict[str, Any], layer: str, properties: dict[str, Any]) -> None:
        """Read the parts of a collection; one level only, as the standard discourages nesting."""
        parts = geometry.get("geometries")
        for part in parts if isinstance(parts, list) else ():
            if isinstance(part, dict) and part.get("type") != "GeometryCollection":
                self._read_geometry(number, part, layer, properties)

    def _read_place(self, number: int, point: Any, layer: str, properties: dict[str, Any]) -> None:
        place = _position(point)
        text = _text(properties.get("text")) or _text(properties.get("name"))
        if place is None:
            self._problem(number, "bad_coordinates")
        elif text:
            rank = properties.get("rank")
            usable = isinstance(rank, int | float) and math.isfinite(rank)
            default = 2 if layer == "neighbourhood" else 3
            self._places.append((layer, text, int(rank) if usable else default, len(self._points)))
            self._points.append(place)

    def _read_shape(
        self,
        number: int,
        parts: list[Any],
        layer: str,
        properties: dict[str, Any],
        *,
        outer: set[int] | None = None,
    ) -> None:
        """Keep a line (`outer` is None) or an area; `outer` numbers the parts that are no holes."""
        closed = outer is not None
        spans = []
        for index, part in enumerate(parts):
            found = [_position(point) for point in part] if isinstance(part, list) else [None]
            points = [point for point in found if point is not None]
            if len(points) < len(found):
                self._problem(number, "bad_coordinates", f"{len(found) - len(points)} points")
            if len(points) < (3 if closed else 2):
                self._problem(number, "too_few_points")
                continue
            if closed and points[0] != points[-1]:
                points.append(points[0])
            hole = outer is not None and index not in outer
            spans.append((len(self._points), len(self._points) + len(points), hole))
            self._points.extend(points)
        if spans:
            kind = _text(properties.get("class")) or _text(properties.get("kind"))
            name, own_id = _text(properties.get("name")), _text(properties.get("id"))
            self._drafts.append(_Draft(layer, kind, name, own_id, closed, spans))

    def _problem(self, feature: int, code: str, detail: str = "") -> None:
        self._problem_count += 1
        if len(self._problems) < MAX_PROBLEMS:
            self._problems.append(Problem(feature, code, detail))


def _position(point: Any) -> tuple[float, float] | None:
    if not isinstance(point, list) or len(point) < 2:
        return None
    lon, lat = itertools.islice(point, 2)
    if isinstance(lon, bool) or isinstance(lat, bool):
        return None
    if not isinstance(lon, int | float) or not isinstance(lat, int | float):
        return None
    try:
        lon, lat = float(lon), float(lat)
    except OverflowError:
        return None
    return (lon, lat) if bool(plausible(lon, lat)) else None


def _wound(ring: Floats, *, hole: bool) -> Floats:
    x, y = ring[:, 0] - ring[0, 0], ring[:, 1] - ring[0, 1]
    counter_clockwise = float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) > 0
    return ring[::-1] if counter_clockwise == hole else ring


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
