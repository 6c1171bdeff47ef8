import pytest

from desktop.domain.sight import Mount, sighting

LON, LAT = 121.5, 31.15
EAST_M = 1 / (111_320.0 * 0.85578)  # degrees of longitude for a metre at this latitude
NORTH_M = 1 / 111_320.0


def hangs(east_m: float, north_m: float, **known: float | bool) -> Mount:
    return Mount(LON + east_m * EAST_M, LAT + north_m * NORTH_M, **known)  # type: ignore[arg-type] # of its fields


@pytest.mark.parametrize(
    ("camera", "from_deg", "looks"),
    [
        (hangs(0, 80, bearing_deg=180, field_deg=60, height_m=4), 0, True),
        (hangs(0, 80, bearing_deg=0, field_deg=60, height_m=4), 0, False),
        (hangs(80, 0, bearing_deg=270, field_deg=60, height_m=4), 90, True),
        (hangs(-80, 0, bearing_deg=59, field_deg=60, height_m=4), 270, False),
        (hangs(-80, 0, bearing_deg=61, field_deg=60, height_m=4), 270, True),
        (hangs(0, -80, bearing_deg=355, field_deg=20, height_m=4), 180, True),
        (hangs(0, -80), 180, None),
        (hangs(0, -80, bearing_deg=180, turns=True), 180, None),
    ],
)
def test_that_a_camera_is_asked_whether_it_looks_that_way(camera: Mount, from_deg: float, looks: bool | None) -> None:
    seen = sighting(camera, LON, LAT)
    assert seen.looks is looks
    assert seen.distance_m == pytest.approx(80, rel=0.01)
    assert seen.from_deg == pytest.approx(from_deg, abs=0.5)


def test_that_a_higher_camera_reaches_farther() -> None:
    low, high = (hangs(0, 150, bearing_deg=180, field_deg=60, height_m=height) for height in (3.0, 6.0))
    assert (sighting(low, LON, LAT).looks, sighting(high, LON, LAT).looks) == (False, True)


def test_that_at_the_foot_of_the_mast_the_direction_says_nothing() -> None:
    assert sighting(hangs(0, 5, bearing_deg=180, height_m=4), LON, LAT).looks is None


def test_that_a_camera_that_looks_here_comes_before_a_nearer_one_that_looks_away() -> None:
    away = hangs(0, 40, bearing_deg=0, height_m=4)
    here = hangs(0, 100, bearing_deg=180, height_m=4)
    unknown = hangs(0, 50)
    far = hangs(0, 500)
    ordered = sorted((far, away, here, unknown), key=lambda mount: sighting(mount, LON, LAT).cost_m)
    assert ordered == [unknown, here, away, far]
