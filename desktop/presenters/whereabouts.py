"""Where things are, in the one datum that distances and maps are reckoned in; and the sides of the compass in words."""

from PySide6.QtCore import QCoreApplication

from desktop.central.schema import Camera, Place
from desktop.domain.sight import Mount
from widgets.map.projection import known_datum, plausible, to_wgs84

translate = QCoreApplication.translate


def lon_lat(place: Place) -> tuple[float, float] | None:
    """Return longitude and latitude in degrees of WGS-84; None without a believable point in a datum that is known."""
    point = place.point
    if point is None or len(point) < 2 or not known_datum(place.datum) or not plausible(point[0], point[1]):
        return None
    lon, lat = to_wgs84(point[0], point[1], place.datum)
    return float(lon), float(lat)


def mount_of(camera: Camera) -> Mount | None:
    """Return how a camera hangs; None where nobody knows where."""
    point = lon_lat(camera.place)
    if point is None:
        return None
    return Mount(*point, camera.bearing, camera.field_of_view, camera.height_m, turns=camera.ptz)


def side_word(degrees: float) -> str:
    """Name the eighth of the compass that a direction (clockwise from north) falls into."""
    sides = (
        translate("Compass", "北"),
        translate("Compass", "东北"),
        translate("Compass", "东"),
        translate("Compass", "东南"),
        translate("Compass", "南"),
        translate("Compass", "西南"),
        translate("Compass", "西"),
        translate("Compass", "西北"),
    )
    return sides[round(degrees / (360 / len(sides))) % len(sides)]
