"""A first arrangement for a wall that nobody arranged: working cameras that show different things in many places."""

import math
import re
from collections.abc import Mapping

from desktop.central.schema import Camera
from desktop.presenters.whereabouts import lon_lat

_DIRECTION = re.compile(r"[\s·（(]*[东南西北上下]{1,2}[向侧行]?[)）]?$")
_NUMBERS = re.compile(r"[\d\s]+号?")
_ALONE = {"路": "路", "街": "路", "道": "路", "弄": "路", "桥": "桥", "校": "校", "站": "站", "口": "口"}
"""Last characters that say enough alone: any school is like any other, and a lane like a street."""
_ALIKE = 3.0
"""How much nearer a camera seems that shows what another one on the wall shows already."""


def spread(cameras: Mapping[str, Camera], count: int) -> list[str]:
    """Choose cameras for a wall, the first ones best.

    Each next one is the camera farthest from those that are chosen, where a camera of a kind that is there already (two
    gates, two crossings, two views of one place) counts as nearer the more of the kind there are.

    Args:
        cameras: All cameras by id.
        count: How many are wanted at most.
    """
    usable = {i: camera for i, camera in cameras.items() if camera.health == "online" and not camera.retired}
    kinds = {i: kind_of(camera.name) for i, camera in usable.items()}
    places = {i: _place(camera) for i, camera in usable.items()}
    nearest = dict.fromkeys(usable, math.inf)
    used: dict[str, int] = {}
    chosen: list[str] = []
    while nearest and len(chosen) < count:
        best = max(nearest, key=lambda i: (nearest[i] / _ALIKE ** used.get(kinds[i], 0), -used.get(kinds[i], 0)))
        del nearest[best]
        chosen.append(best)
        used[kinds[best]] = used.get(kinds[best], 0) + 1
        for other, distance in nearest.items():
            nearest[other] = min(distance, math.dist(places[best], places[other]))
    return chosen


def kind_of(name: str) -> str:
    """Guess what a camera shows from how its name ends, apart from direction and numbers: 大门, 地铁站, a crossing."""
    base = _DIRECTION.sub("", name)
    if "／" in base or "/" in base:
        return "／"
    letters = _NUMBERS.sub("", base)
    return _ALONE.get(letters[-1:], letters[-2:])


def _place(camera: Camera) -> tuple[float, float]:
    lon, lat = lon_lat(camera.place) or (0.0, 0.0)
    return lon * math.cos(math.radians(lat)), lat
