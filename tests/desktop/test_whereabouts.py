"""Points of records, brought to the one datum that distances are reckoned in."""

import math

import pytest

from desktop.central.schema import Place
from desktop.presenters.whereabouts import lon_lat, side_word


@pytest.mark.parametrize(
    "place",
    [
        Place(),
        Place(point=[121.5]),
        Place(point=[0.0, 0.0]),
        Place(point=[121.5, 200.0]),
        Place(point=[math.nan, 31.1]),
        Place(point=[121.5, 31.1], datum="somebody's own"),
    ],
)
def test_that_an_unbelievable_point_is_no_place(place: Place) -> None:
    assert lon_lat(place) is None


def test_that_a_shifted_datum_is_brought_back() -> None:
    there = lon_lat(Place(point=[121.5, 31.1], datum="GCJ-02"))
    assert there is not None
    metres = math.hypot((there[0] - 121.5) * math.cos(math.radians(31.1)), there[1] - 31.1) * 111_320
    assert 400 < metres < 600
    assert lon_lat(Place(point=[121.5, 31.1])) == (121.5, 31.1)


@pytest.mark.parametrize(
    ("degrees", "side"), [(0, "北"), (22, "北"), (23, "东北"), (180, "南"), (338, "北"), (359.9, "北")]
)
def test_that_a_direction_has_the_name_of_its_eighth(degrees: float, side: str) -> None:
    assert side_word(degrees) == side
