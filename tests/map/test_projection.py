import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.map.projection import (
    distance_m,
    from_mercator,
    gcj02_from_wgs84,
    in_shifted_area,
    known_datum,
    plausible,
    to_mercator,
    to_wgs84,
    wgs84_from_gcj02,
)

LON = st.floats(-180, 180)
LAT = st.floats(-85, 85)
# Well inside the mainland, so that the coarse outline does not matter.
INLAND_LON = st.floats(103, 116)
INLAND_LAT = st.floats(26, 38)


@given(LON, LAT)
def test_that_mercator_comes_back_for_any_point(lon: float, lat: float) -> None:
    back_lon, back_lat = from_mercator(*to_mercator(lon, lat))
    assert math.isclose(float(back_lon), lon, abs_tol=1e-9)
    assert math.isclose(float(back_lat), lat, abs_tol=1e-9)


def test_that_mercator_agrees_with_epsg_3857_at_known_points() -> None:
    x, y = to_mercator([0.0, 180.0, 121.5], [0.0, 85.051128779806604, 31.15])
    assert np.allclose(x, [0.0, 20037508.342789244, 13525318.130643], atol=1e-2)
    assert np.allclose(y[:2], [0.0, 20037508.342789244], atol=1e-2)
    assert abs(y[2] - 6378137.0 * math.log(math.tan(math.pi / 4 + math.radians(31.15) / 2))) < 1e-6


@given(INLAND_LON, INLAND_LAT)
def test_that_gcj02_comes_back_within_a_millimetre(lon: float, lat: float) -> None:
    back_lon, back_lat = wgs84_from_gcj02(*gcj02_from_wgs84(lon, lat))
    assert float(distance_m(lon, lat, back_lon, back_lat)) < 1e-3


@given(INLAND_LON, INLAND_LAT)
def test_that_gcj02_shifts_by_hundreds_of_metres_inland(lon: float, lat: float) -> None:
    assert 20 < float(distance_m(lon, lat, *gcj02_from_wgs84(lon, lat))) < 1200


def test_that_gcj02_agrees_with_the_published_shift_at_tiananmen() -> None:
    lon, lat = gcj02_from_wgs84(116.391349, 39.907375)
    assert float(distance_m(lon, lat, 116.397595, 39.908776)) < 5


@pytest.mark.parametrize(
    ("name", "lon", "lat"),
    [
        ("Hong Kong", 114.17, 22.28),
        ("Macau", 113.545, 22.19),
        ("Taipei", 121.56, 25.03),
        ("Seoul", 126.98, 37.57),
        ("Hanoi", 105.85, 21.03),
        ("Ulaanbaatar", 106.92, 47.92),
        ("Delhi", 77.21, 28.61),
        ("Vladivostok", 131.9, 43.1),
    ],
)
def test_that_nothing_is_shifted_outside_the_mainland(name: str, lon: float, lat: float) -> None:
    shifted = gcj02_from_wgs84(lon, lat)
    assert (float(shifted[0]), float(shifted[1])) == (lon, lat), name
    back = wgs84_from_gcj02(lon, lat)
    assert (float(back[0]), float(back[1])) == (lon, lat), name


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(121.5, 31.15), (116.4, 39.9), (114.06, 22.54), (87.6, 43.8), (91.1, 29.65), (126.6, 45.8), (110.3, 20.0)],
)
def test_that_mainland_cities_lie_in_the_shifted_area(lon: float, lat: float) -> None:
    assert bool(in_shifted_area(lon, lat))


def test_that_baidu_points_land_where_amap_points_do() -> None:
    # The same place in both datums, as published with the conversion: (121.506, 31.245) GCJ-02 near Lujiazui.
    gcj_lon, gcj_lat = 121.506, 31.245
    z = math.hypot(gcj_lon, gcj_lat) + 0.00002 * math.sin(gcj_lat * math.pi * 3000 / 180)
    theta = math.atan2(gcj_lat, gcj_lon) + 0.000003 * math.cos(gcj_lon * math.pi * 3000 / 180)
    baidu = (z * math.cos(theta) + 0.0065, z * math.sin(theta) + 0.006)
    assert float(distance_m(*to_wgs84(*baidu, "BD-09"), *to_wgs84(gcj_lon, gcj_lat, "GCJ-02"))) < 2


def test_that_an_unknown_datum_is_refused() -> None:
    assert not known_datum("Beijing-54")
    with pytest.raises(ValueError, match="Beijing-54"):
        to_wgs84(121.5, 31.15, "Beijing-54")


def test_that_the_national_datum_is_drawn_unshifted() -> None:
    lon, lat = to_wgs84(121.5, 31.15, "cgcs2000")
    assert (float(lon), float(lat)) == (121.5, 31.15)


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(math.nan, 31.0), (121.0, math.inf), (121.5, 200.0), (31.15, 121.5), (0.0, 0.0), (181.0, 10.0), (10.0, 89.9)],
)
def test_that_impossible_places_are_not_plausible(lon: float, lat: float) -> None:
    assert not bool(plausible(lon, lat))


def test_that_the_equator_and_greenwich_alone_are_plausible() -> None:
    assert plausible([0.0, 12.0], [51.5, 0.0]).all()


@given(LON, LAT, LON, LAT)
def test_that_distance_is_symmetric_and_never_beyond_half_the_globe(
    lon_a: float, lat_a: float, lon_b: float, lat_b: float
) -> None:
    there, back = distance_m(lon_a, lat_a, lon_b, lat_b), distance_m(lon_b, lat_b, lon_a, lat_a)
    assert math.isclose(float(there), float(back), abs_tol=1e-6)
    assert 0 <= float(there) <= math.pi * 6_371_008.8 + 1


def test_that_a_degree_of_latitude_is_111_kilometres() -> None:
    assert abs(float(distance_m(121.5, 31.0, 121.5, 32.0)) - 111_195) < 10
