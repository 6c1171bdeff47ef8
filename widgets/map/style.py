"""How a basemap is drawn at each scale: which layers, how wide, which token. Numbers only; colours are the theme's."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class LinePass:
    """Lines of one layer and class.

    Attributes:
        layer: Layer of the basemap.
        kinds: Road classes drawn in this pass; empty for all that no other pass of the layer names.
        token: Colour token.
        ground_m: True width in metres; the line grows with the map between `least_px` and `most_px`.
        least_px: Never thinner, device-independent pixels.
        most_px: Never wider.
        until: Coarsest scale (Web Mercator metres a pixel) at which the pass is drawn.
        dash: Dash pattern in line widths; empty for a plain line.
        opacity: 0 to 1.
    """

    layer: str
    kinds: frozenset[str]
    token: str
    ground_m: float
    least_px: float
    most_px: float
    until: float = 1e9
    dash: tuple[float, ...] = ()
    opacity: float = 1.0

    def width_px(self, scale: float) -> float:
        """Return the width in pixels at a scale in Web Mercator metres a pixel."""
        return max(self.least_px, min(self.most_px, self.ground_m / scale))


@dataclass(frozen=True, slots=True)
class AreaPass:
    """Areas of one layer. `edge` is a second token for the outline, drawn below `edge_until` metres a pixel."""

    layer: str
    token: str
    until: float = 1e9
    edge: str = ""
    edge_until: float = 1e9
    edge_px: float = 1.0


def _road(layer: str, kind: str, width: tuple[float, float, float], until: float = 1e9) -> LinePass:
    opacity = 0.55 if layer == "backdrop" else 1.0
    names = frozenset({kind} if kind != "trunk" else {"trunk", "motorway"})
    return LinePass(layer, names, f"map.road.{kind}", *width, until=until, opacity=opacity)


_TRUNK, _PRIMARY, _SECONDARY, _LANE = (24.0, 2.2, 30.0), (19.0, 1.8, 24.0), (15.0, 1.4, 20.0), (7.5, 0.8, 11.0)

PASSES: Final[tuple[LinePass | AreaPass, ...]] = (
    AreaPass("green", "map.green"),
    AreaPass("water", "map.water", edge="map.water.edge", edge_px=1.4),
    AreaPass("building", "map.building", until=11.0, edge="map.building.edge", edge_until=0.9),
    _road("backdrop", "secondary", _SECONDARY, until=24.0),
    _road("backdrop", "primary", _PRIMARY),
    _road("backdrop", "trunk", _TRUNK),
    LinePass("road", frozenset(), "map.road.lane", *_LANE, until=6.5),
    _road("road", "lane", _LANE, until=6.5),
    _road("road", "secondary", _SECONDARY, until=24.0),
    _road("road", "primary", _PRIMARY),
    _road("road", "trunk", _TRUNK),
    LinePass("elevated", frozenset(), "map.ground", 15.0, 1.0, 20.0, until=9.0),
    LinePass("elevated", frozenset(), "map.road.trunk", 11.0, 0.8, 15.0, until=9.0),
    LinePass("rail", frozenset(), "map.rail", 3.0, 1.2, 2.0, until=40.0, dash=(5.0, 4.0)),
    LinePass("grid_cell", frozenset(), "map.grid", 1.0, 1.0, 1.4, until=20.0, dash=(4.0, 3.0)),
    LinePass("boundary", frozenset(), "map.boundary", 1.0, 1.2, 1.6, dash=(8.0, 3.0, 1.5, 3.0)),
)
"""From the ground up. A layer no pass names is drawn last, as hair lines."""

OTHER_LAYERS: Final = LinePass("", frozenset(), "map.boundary", 1.0, 1.0, 1.0, opacity=0.6)
OPTIONAL_LAYERS: Final = frozenset({"grid_cell"})
"""Layers with a switch of their own; drawn only while it is on."""
POINT_LAYERS: Final = frozenset({"label", "neighbourhood"})

NAME_UNTIL: Final = {1: 30.0, 2: 5.2, 3: 2.6, 4: 1.6}
"""Coarsest scale at which a place name of a rank is shown; farther ranks follow the last."""
NAME_FROM: Final = {1: 0.8}
"""Finest scale at which names of a rank are still of use; ranks that are not listed stay to the end."""
STREET_NAME_UNTIL: Final = {"trunk": 5.2, "primary": 4.0, "secondary": 3.2, "lane": 1.2}
