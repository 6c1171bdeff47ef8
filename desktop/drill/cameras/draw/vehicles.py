"""Cars, buses and lorries, built of a few flat faces each."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, pi, sin

from desktop.drill.cameras.draw.brush import Brush
from desktop.drill.cameras.draw.colour import Colour, mix, rgb, scaled
from desktop.drill.cameras.draw.lens import Point, Spot

WHITE_PAINT = rgb(0xD5D9DE)
SILVER = rgb(0x98A2AE)
GRAPHITE = rgb(0x4A525E)
NAVY = rgb(0x35506E)
TEAL = rgb(0x2F6E78)
WINE = rgb(0x7E3036)
SAND = rgb(0xB79A6B)
PAINTS = (WHITE_PAINT, GRAPHITE, SILVER, NAVY, WHITE_PAINT, WINE, GRAPHITE, TEAL, SILVER, SAND)
TAXI = rgb(0x3E8E7E)

GLASS = rgb(0x1B2735)
TYRE = rgb(0x14161A)
HEADLIGHT = rgb(0xFFF3D0)
TAIL_LIGHT = rgb(0xE8413A)
BRAKE_LIGHT = rgb(0xFF5A4C)
INDICATOR = rgb(0xFFA53A)


@dataclass(frozen=True, slots=True)
class Pose:
    """Where something stands and which way it faces (radians; 0 is away from the viewer, growing to the left)."""

    x: float
    y: float
    heading: float = 0.0
    z: float = 0.0

    def point(self, ahead: float, left: float, up: float) -> Point:
        """Return the world point of a place given from the thing's own view, in metres."""
        c, s = cos(self.heading), sin(self.heading)
        return (self.x - s * ahead - c * left, self.y + c * ahead - s * left, self.z + up)

    @property
    def place(self) -> Point:
        """Its foot."""
        return (self.x, self.y, self.z)


def heading_towards(start: Spot, end: Spot) -> float:
    """Return the heading of a thing that moves from ``start`` to ``end``."""
    return atan2(-(end[0] - start[0]), end[1] - start[1])


@dataclass(frozen=True, slots=True)
class Lights:
    """What shines on a vehicle.

    Attributes:
        head: Headlights and tail lights.
        brake: Brake lights.
        blink: Indicators: -1 left, 1 right, 2 both, 0 none; given only in the half second in which they are lit.
    """

    head: bool = True
    brake: bool = False
    blink: int = 0


def car(brush: Brush, pose: Pose, paint: Colour, lights: Lights | None = None, *, tall: bool = False) -> None:
    """Draw a saloon car, or a taller one; a taxi is a car in `TAXI` with `taxi_sign`."""
    lights = lights or Lights(head=brush.mood.lamps)
    half, width, deck, roof = 2.2, 0.88, (1.0 if tall else 0.9), (1.72 if tall else 1.44)
    rear, front = (-2.0, 1.0) if tall else (-1.85, 1.0)
    _beams(brush, pose, half, lights)
    _ground_shadow(brush, pose, half, width)
    lower = _ring(pose, -half, half, width, 0.25), _ring(pose, -half + 0.06, half - 0.12, width - 0.03, deck)
    _hull(brush, lower, paint, paint)
    _wheels(brush, pose, (-1.35, 1.4), width, 0.33)
    cabin = _ring(pose, rear, front, width - 0.06, deck), _ring(pose, rear + 0.45, front - 0.75, width - 0.2, roof)
    _hull(brush, cabin, GLASS, scaled(paint, 1.05))
    _lamps(brush, pose, lights, half=half, width=width, up=0.66)


def taxi_sign(brush: Brush, pose: Pose) -> None:
    """Draw the lit sign on a taxi's roof."""
    brush.ball(pose.point(-0.4, 0.0, 1.54), 0.13, rgb(0x8CF0B4), own_light=True)


def bus(brush: Brush, pose: Pose, paint: Colour, lights: Lights | None = None, *, number: str = "") -> None:
    """Draw a city bus with lit windows and a route number."""
    lights = lights or Lights(head=brush.mood.lamps)
    half, width, roof = 5.6, 1.25, 3.1
    inside = rgb(0xF3E6BE) if brush.mood.lamps else rgb(0x56687A)
    _beams(brush, pose, half, lights)
    _ground_shadow(brush, pose, half, width)
    _hull(brush, (_ring(pose, -half, half, width, 0.35), _ring(pose, -half, half, width, roof)), paint, paint)
    for side in (1.0, -1.0):
        _band(brush, pose, side * width, along=(-half, half), heights=(0.35, 0.75), colour=scaled(paint, 0.6))
        for number_of in range(7):
            start = -half + 0.35 + number_of * 1.5
            pane = (start, start + 1.3)
            _band(
                brush, pose, side * width, along=pane, heights=(1.35, 2.45), colour=inside, own_light=brush.mood.lamps
            )
    for end, turn in ((half, 1.0), (-half, -1.0)):
        glass = [pose.point(end, turn * left, up) for left, up in ((-1.1, 1.2), (1.1, 1.2), (1.1, 2.5), (-1.1, 2.5))]
        brush.face(glass, mix(GLASS, inside, 0.45), own_light=brush.mood.lamps, culled=True)
        sign = [
            pose.point(end * 1.002, turn * left, up) for left, up in ((-0.9, 2.9), (0.9, 2.9), (0.9, 2.6), (-0.9, 2.6))
        ]
        if number and brush.lens.depth(pose.place) > 6 and _shows(brush, sign):
            with brush.panel(sign, 18, 3) as panel:
                panel.rect(0, 0, 18, 3, rgb(0x101418))
                panel.text(number, 9, 2.6, 2.8, rgb(0xFFB04A))
    _wheels(brush, pose, (-3.6, 3.4), width, 0.48)
    _lamps(brush, pose, lights, half=half, width=width, up=0.75)


def lorry(brush: Brush, pose: Pose, cab: Colour, load: Colour, lights: Lights | None = None) -> None:
    """Draw a tipper lorry."""
    lights = lights or Lights(head=brush.mood.lamps)
    half, width = 4.0, 1.2
    _beams(brush, pose, half, lights)
    _ground_shadow(brush, pose, half, width)
    parts = (
        (-half, 1.7, width, 0.6, 1.1, scaled(load, 0.5), scaled(load, 0.5)),
        (-half, 1.6, width, 1.1, 2.5, load, scaled(load, 0.75)),
        (2.0, half, width, 0.5, 2.7, cab, cab),
    )
    # The part that is farther away comes first.
    ahead_is_far = brush.lens.depth(pose.point(half, 0, 0)) > brush.lens.depth(pose.point(-half, 0, 0))
    for start, end, wide, low, high, colour, top in sorted(parts, key=lambda part: part[0], reverse=ahead_is_far):
        _hull(brush, (_ring(pose, start, end, wide, low), _ring(pose, start, end, wide, high)), colour, top)
    glass = [pose.point(half * 1.001, left, up) for left, up in ((-1.0, 1.6), (1.0, 1.6), (1.0, 2.4), (-1.0, 2.4))]
    brush.face(glass, GLASS, culled=True)
    for side in (1.0, -1.0):
        _band(brush, pose, side * width, along=(2.5, 3.7), heights=(1.6, 2.4), colour=GLASS)
    _wheels(brush, pose, (-2.9, -1.6, 3.0), width, 0.5)
    _lamps(brush, pose, lights, half=half, width=width, up=0.8)


def _ground_shadow(brush: Brush, pose: Pose, half: float, width: float) -> None:
    soft = max(1.0, 0.16 * brush.lens.pixels(pose.place))
    outline = brush.lens.outline(_ring(pose, -half - 0.15, half + 0.15, width + 0.2, 0.0))
    brush.polygon(outline, (0.0, 0.0, 0.02), 0.5, blur=soft)


def _ring(pose: Pose, rear: float, front: float, half_width: float, up: float) -> list[Point]:
    """Return four corners, counter-clockwise from above."""
    return [
        pose.point(rear, half_width, up),
        pose.point(rear, -half_width, up),
        pose.point(front, -half_width, up),
        pose.point(front, half_width, up),
    ]


def _hull(brush: Brush, rings: tuple[list[Point], list[Point]], sides: Colour, top: Colour) -> None:
    low, high = rings
    up, front, side = brush.mood.faces
    for k, shade in enumerate((front, side, front, side)):
        after = (k + 1) % 4
        brush.face((low[k], low[after], high[after], high[k]), sides, shade=shade, culled=True)
    brush.face(high, top, shade=up, culled=True)


def _band(
    brush: Brush,
    pose: Pose,
    left: float,
    *,
    along: tuple[float, float],
    heights: tuple[float, float],
    colour: Colour,
    own_light: bool = False,
) -> None:
    """Draw a rectangle on a vehicle's side, seen only from that side."""
    rear, front = along if left < 0 else along[::-1]
    low, high = heights
    corners = [pose.point(u, left * 1.005, z) for u, z in ((rear, low), (front, low), (front, high), (rear, high))]
    brush.face(corners, colour, shade=brush.mood.faces[2], own_light=own_light, culled=True)


def _wheels(brush: Brush, pose: Pose, places: Sequence[float], half_width: float, radius: float) -> None:
    for side in (1.0, -1.0):
        for place in places:
            rim = [
                pose.point(
                    place - side * radius * cos(2 * pi * k / 12),
                    side * (half_width + 0.01),
                    radius + radius * sin(2 * pi * k / 12),
                )
                for k in range(12)
            ]
            brush.face(rim, TYRE, culled=True)


def _lamps(brush: Brush, pose: Pose, lights: Lights, *, half: float, width: float, up: float) -> None:
    eye = brush.lens.eye
    ahead = (eye[0] - pose.x) * -sin(pose.heading) + (eye[1] - pose.y) * cos(pose.heading)
    end, colour = (half, HEADLIGHT) if ahead > 0 else (-half, TAIL_LIGHT)
    if ahead <= 0 and lights.brake:
        colour = BRAKE_LIGHT
    for side in (1.0, -1.0):
        spot = pose.point(end * 1.005, side * (width - 0.24), up)
        shining = lights.head or (ahead <= 0 and lights.brake)
        brush.ball(spot, 0.13 if ahead > 0 else 0.11, colour if shining else scaled(colour, 0.45), own_light=shining)
        if shining:
            strength = 0.5 if ahead > 0 else (0.55 if lights.brake else 0.25)
            brush.glow(spot, 1.0 if ahead > 0 else 0.7, colour, strength)
        if lights.blink in {2, -side}:
            corner = pose.point(end * 1.005, side * (width - 0.05), up)
            brush.ball(corner, 0.1, INDICATOR, own_light=True)
            brush.glow(corner, 0.8, INDICATOR, 0.5)


def _beams(brush: Brush, pose: Pose, half: float, lights: Lights) -> None:
    """Lay the headlights' light on the ground ahead."""
    if not lights.head:
        return
    spread = [pose.point(half + u, v, 0.01) for u, v in ((0.0, 0.7), (7.0, 1.9), (7.0, -1.9), (0.0, -0.7))]
    brush.beam(brush.lens.outline(spread), HEADLIGHT, 0.10, blur=max(2.0, 0.4 * brush.lens.pixels(pose.place)))


def _shows(brush: Brush, corners: Sequence[Point]) -> bool:
    outline = brush.lens.outline(corners)
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(outline, (*outline[1:], outline[0]), strict=True))
    return len(outline) == len(corners) and area > 0
