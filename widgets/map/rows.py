"""What the map shows, ready to paint: markers, layers, the officer's selection. Presenters make them; the map draws."""

from dataclasses import dataclass, field
from typing import Final

KIND_SHAPES: Final = {
    "incident": "triangle",
    "order": "square",
    "alert": "diamond",
    "camera": "camera",
    "responder": "disc",
}
"""Shape says kind; an unknown kind of a newer centre is a plain dot."""

TONE_RANK: Final = {"blind": 0, "ok": 1, "neutral": 1, "blue": 2, "yellow": 3, "orange": 4, "red": 5}
"""How bad a tone is; a cluster wears its worst."""


@dataclass(frozen=True, slots=True)
class MapMarker:
    """One object on the map.

    Attributes:
        id: Opaque and unique over all kinds.
        kind: ``order``, ``incident``, ``camera``, ``alert``, ``responder``, or any other word.
        lon: Degrees in `datum`; None or an impossible value makes the marker an anomaly, counted and never drawn.
        lat: Degrees in `datum`.
        datum: As the contract spells it; ``WGS-84`` unless the record says otherwise.
        shape: A name of `glyphs.SHAPES`; empty for the kind's own.
        tone: Tone name of the theme: red, orange, yellow, blue, ok, blind, neutral.
        label: Title line of callout and tooltip.
        detail: Second line of the callout.
        badge: Short clock text drawn beside the marker when close, for example ``超期 12m``.
        glyph: At most one character drawn inside a disc, for example ``执``.
        urgency: 0 none, 1 normal, 2 urgent, 3 critical; the ring around the marker.
        health: Of cameras: ``online``, ``offline``, ``frozen``, ``black`` or another word, read as not usable.
        bearing: Degrees clockwise from north, where the camera looks.
        field_of_view: Degrees of the camera's view.
        reach_m: How far the camera sees, in metres on the ground.
        pulse: Attract the eye when first shown: three pulses, then rest.
        age: Age of the position in words, for moving objects (``2 min 前``); drawn beside the marker.
        fade: 0 fresh to 1 old; fades the marker.
    """

    id: str
    kind: str
    lon: float | None
    lat: float | None
    datum: str = "WGS-84"
    shape: str = ""
    tone: str = "neutral"
    label: str = ""
    detail: str = ""
    badge: str = ""
    glyph: str = ""
    urgency: int = 0
    health: str = "online"
    bearing: float | None = None
    field_of_view: float | None = None
    reach_m: float = 90.0
    pulse: bool = False
    age: str = ""
    fade: float = 0.0

    @property
    def rank(self) -> int:
        """Who wins where only one can be drawn: tone first, then urgency; 0 to 63."""
        return TONE_RANK.get(self.tone, 1) * 8 + max(0, min(self.urgency, 7))

    @property
    def usable_camera(self) -> bool:
        """Whether this is a camera that shows a live picture."""
        return self.kind == "camera" and self.health == "online"


@dataclass(frozen=True, slots=True)
class MapLayer:
    """A switch above the map: `kinds` of markers, or `basemap` layers, that come and go together."""

    key: str
    title: str
    kinds: frozenset[str] = field(default_factory=frozenset)
    basemap: frozenset[str] = field(default_factory=frozenset)
    shown: bool = True


@dataclass(frozen=True, slots=True)
class MapFocus:
    """What stands around the selected marker.

    Attributes:
        title: First line of the callout; the marker's label when empty.
        detail: Second line; the marker's detail when empty.
        cameras: Ids of the lit cameras; empty lets the map light the nearest usable ones.
        radius_m: Ground metres of the dashed circle; 0 lets it reach just beyond the farthest lit camera.
    """

    title: str = ""
    detail: str = ""
    cameras: tuple[str, ...] = ()
    radius_m: float = 0.0
