"""Names of the ground, found by typing: streets, neighbourhoods, parks; of the basemap, with pinyin initials."""

from dataclasses import dataclass

import numpy as np

from storage.words import normalise, pinyin_initials
from widgets.map.basemap import Basemap, Shape
from widgets.map.projection import from_mercator

_NAMED_LAYERS = ("road", "water", "green")


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A name and where it is, degrees WGS-84; of a street its middle."""

    name: str
    layer: str
    lon: float
    lat: float
    initials: str


class Places:
    """The names of one basemap; empty until it is read."""

    def __init__(self) -> None:
        self._places: tuple[NamedPlace, ...] = ()

    def take(self, places: tuple[NamedPlace, ...]) -> None:
        """Take the names of a basemap."""
        self._places = places

    def find(self, text: str, limit: int) -> list[NamedPlace]:
        """Return the places whose name holds what was typed, or whose initials begin with it; shorter names first."""
        wanted = normalise(text.strip())
        if not wanted:
            return []
        found = [
            place for place in self._places if wanted in normalise(place.name) or place.initials.startswith(wanted)
        ]
        return sorted(found, key=_length)[:limit]


def read_places(basemap: Basemap) -> tuple[NamedPlace, ...]:
    """Return the names of a basemap, each once; takes some milliseconds, so off the window's thread."""
    found: dict[str, NamedPlace] = {}
    for place in basemap.names:
        found.setdefault(place.text, _place(place.text, place.layer, place.x, place.y))
    for layer in _NAMED_LAYERS:
        for shape in basemap.shapes.get(layer, ()):
            if shape.name and shape.name not in found:
                found[shape.name] = _place(shape.name, layer, *_middle(shape))
    return tuple(found.values())


def _middle(shape: Shape) -> tuple[float, float]:
    longest = max(shape.parts, key=len)
    if shape.closed:
        x, y = np.asarray(longest).mean(axis=0)
    else:
        x, y = longest[len(longest) // 2]
    return float(x), float(y)


def _place(name: str, layer: str, x: float, y: float) -> NamedPlace:
    lon, lat = from_mercator(x, y)
    return NamedPlace(name, layer, float(lon), float(lat), pinyin_initials(name))


def _length(place: NamedPlace) -> tuple[int, str]:
    return len(place.name), place.name
