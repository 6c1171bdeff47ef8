import itertools
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer.basemap.generate import build
from resources import resource_path
from widgets.map.basemap import MAX_PROBLEMS, BasemapError, parse_basemap, read_basemap
from widgets.map.projection import distance_m, from_mercator, gcj02_from_wgs84

SQUARE = [[121.50, 31.15], [121.51, 31.15], [121.51, 31.16], [121.50, 31.16], [121.50, 31.15]]
HOLE = [[121.502, 31.152], [121.508, 31.152], [121.508, 31.158], [121.502, 31.158], [121.502, 31.152]]


def _feature(kind: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def _collection(*features: Any, **members: Any) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features, **members})


def _turning(ring: np.ndarray) -> float:
    x, y = ring[:, 0] - ring[0, 0], ring[:, 1] - ring[0, 1]
    return float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))


def test_that_the_shipped_basemap_has_no_problem_and_every_layer() -> None:
    basemap = read_basemap(resource_path("basemap/linjiang.geojson"))
    assert basemap.problems == ()
    assert set(basemap.shapes) == {
        "water", "green", "building", "road", "backdrop", "elevated", "rail", "grid_cell", "boundary",
    }  # fmt: skip
    assert 1500 <= len(basemap.shapes["building"]) <= 3000
    assert len(basemap.shapes["grid_cell"]) == 64
    assert len([name for name in basemap.names if name.layer == "neighbourhood"]) == 20
    assert (basemap.source, basemap.version, basemap.datum) == ("测绘院", "2026-05", "WGS-84")


def test_that_the_generator_writes_the_shipped_bytes() -> None:
    path = resource_path("basemap/linjiang.geojson")
    assert path.read_text(encoding="utf-8") == build()
    assert path.stat().st_size < 2_000_000


def test_that_grid_cells_tile_the_district_without_gap_or_overlap() -> None:
    basemap = read_basemap(resource_path("basemap/linjiang.geojson"))
    cells = sum(abs(_turning(shape.parts[0])) for shape in basemap.shapes["grid_cell"])
    district = abs(_turning(basemap.shapes["boundary"][0].parts[0]))
    assert math.isclose(cells, district, rel_tol=2e-3)
    assert len({shape.id for shape in basemap.shapes["grid_cell"]}) == 64


def test_that_no_building_stands_on_a_named_road() -> None:
    basemap = read_basemap(resource_path("basemap/linjiang.geojson"))
    corners = np.concatenate([part for shape in basemap.shapes["building"] for part in shape.parts])
    for road in (shape for shape in basemap.shapes["road"] if shape.name):
        line = road.parts[0]
        for start, end in itertools.pairwise(line):
            way = end - start
            share = np.clip(((corners - start) @ way) / (way @ way), 0.0, 1.0)
            away = np.hypot(*(corners - (start + share[:, None] * way)).T)
            assert away.min() > 9.0, road.name


def test_that_unknown_layers_are_kept_rather_than_dropped() -> None:
    basemap = parse_basemap(
        _collection(_feature("LineString", SQUARE[:2], layer="tramway", name="T1"), _feature("Polygon", [SQUARE]))
    )
    assert set(basemap.shapes) == {"tramway", "other"}
    assert basemap.problems == ()


def test_that_multipolygons_keep_all_parts_and_wind_holes_the_other_way() -> None:
    far = [[lon + 0.1, lat] for lon, lat in SQUARE]
    text = _collection(_feature("MultiPolygon", [[SQUARE[::-1], HOLE], [far]], layer="water"))
    parts = parse_basemap(text).shapes["water"][0].parts
    assert [_turning(part) > 0 for part in parts] == [True, False, True]


def test_that_an_open_ring_is_closed() -> None:
    part = parse_basemap(_collection(_feature("Polygon", [SQUARE[:-1]], layer="green"))).shapes["green"][0].parts[0]
    assert np.array_equal(part[0], part[-1])
    assert len(part) == 5


@pytest.mark.parametrize(
    ("feature", "code"),
    [
        (None, "no_geometry"),
        ("feature", "no_geometry"),
        ({"type": "Feature", "geometry": None, "properties": None}, "no_geometry"),
        (_feature("Polygon", []), "empty_geometry"),
        (_feature("Polygon", None), "empty_geometry"),
        (_feature("Polygon", [[]]), "too_few_points"),
        (_feature("Polygon", [SQUARE[:2]]), "too_few_points"),
        (_feature("LineString", [SQUARE[0]]), "too_few_points"),
        (_feature("LineString", ["a", "b"]), "bad_coordinates"),
        (_feature("Point", ["121", "31"], text="x"), "bad_coordinates"),
        (_feature("Point", [True, False], text="x"), "bad_coordinates"),
        (_feature("Point", [0, 0], text="x"), "bad_coordinates"),
        (_feature("Circle", [1, 2]), "unknown_geometry"),
    ],
)
def test_that_a_broken_feature_is_listed_and_the_rest_is_drawn(feature: Any, code: str) -> None:
    basemap = parse_basemap(_collection(feature, _feature("Polygon", [SQUARE], layer="green")))
    assert code in [problem.code for problem in basemap.problems]
    assert basemap.problems[0].feature == 0
    assert len(basemap.shapes["green"]) == 1


def test_that_bad_points_are_left_out_of_a_good_line() -> None:
    text = _collection(
        _feature("LineString", [SQUARE[0], [None, 3], [121.5, 1e400], [31.1, 121.5], SQUARE[1]], layer="road")
    )
    basemap = parse_basemap(text)
    assert len(basemap.shapes["road"][0].parts[0]) == 2
    assert [(p.code, p.detail) for p in basemap.problems] == [("bad_coordinates", "3 points")]


def test_that_problems_are_counted_beyond_those_kept_in_words() -> None:
    basemap = parse_basemap(_collection(*[None] * (MAX_PROBLEMS + 50)))
    assert (len(basemap.problems), basemap.problem_count) == (MAX_PROBLEMS, MAX_PROBLEMS + 50)


def test_that_a_file_in_gcj02_is_brought_to_wgs84() -> None:
    lon, lat = gcj02_from_wgs84(121.5, 31.15)
    text = _collection(_feature("Point", [float(lon), float(lat)], text="x", layer="label"), datum="GCJ-02")
    name = parse_basemap(text).names[0]
    assert float(distance_m(121.5, 31.15, *from_mercator(name.x, name.y))) < 0.01


def test_that_an_unknown_datum_is_drawn_as_it_is_and_listed() -> None:
    basemap = parse_basemap(_collection(_feature("Polygon", [SQUARE]), datum="Mars"))
    assert [(p.feature, p.code) for p in basemap.problems] == [(-1, "unknown_datum")]
    assert "other" in basemap.shapes


@pytest.mark.parametrize("text", ["", "{", "[1, 2]", "{}", "<html>", '{"type": 3}', "[" * 100_000])
def test_that_what_is_not_geojson_is_refused(text: str) -> None:
    with pytest.raises(BasemapError) as caught:
        parse_basemap(text, "x.geojson")
    assert caught.value.code == "basemap.not_geojson"
    assert caught.value.params == {"name": "x.geojson"}


def test_that_a_missing_file_and_wrong_bytes_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(BasemapError) as missing:
        read_basemap(tmp_path / "none.geojson")
    assert missing.value.code == "basemap.unreadable"
    wrong = tmp_path / "wrong.geojson"
    wrong.write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(BasemapError) as caught:
        read_basemap(wrong)
    assert caught.value.code == "basemap.not_geojson"


def test_that_a_file_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "bom.geojson"
    path.write_text("\ufeff" + _collection(_feature("Polygon", [SQUARE], layer="water")), encoding="utf-8")
    assert "water" in read_basemap(path).shapes


def test_that_a_bare_geometry_and_a_geometry_collection_are_drawn() -> None:
    assert "other" in parse_basemap(json.dumps({"type": "Polygon", "coordinates": [SQUARE]})).shapes
    parts = [{"type": "Polygon", "coordinates": [SQUARE]}, {"type": "Point", "coordinates": SQUARE[0]}]
    feature = {
        "type": "Feature",
        "properties": {"layer": "green", "name": "公园"},
        "geometry": {"type": "GeometryCollection", "geometries": parts},
    }
    basemap = parse_basemap(_collection(feature))
    assert len(basemap.shapes["green"]) == 1
    assert basemap.names[0].text == "公园"


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "geometry", "geometries", "properties", "coordinates", "layer", "rank", "text"]),
            inner,
            max_size=4,
        )
        | st.sampled_from(
            ["Feature", "Point", "Polygon", "MultiPolygon", "MultiPoint", "LineString", "GeometryCollection"]
        )
    ),
    max_leaves=20,
)


@given(st.lists(JSON, max_size=4), JSON)
def test_that_no_json_makes_the_reader_fall_over(features: list[Any], datum: Any) -> None:
    parse_basemap(json.dumps({"type": "FeatureCollection", "features": features, "datum": datum}))


@given(JSON)
def test_that_no_geometry_makes_the_reader_fall_over(coordinates: Any) -> None:
    for kind in ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"):
        parse_basemap(_collection(_feature(kind, coordinates, text="x", rank=coordinates)))
