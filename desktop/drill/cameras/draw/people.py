"""People on foot and on e-bikes, built of rods and balls."""

from dataclasses import dataclass
from math import cos, pi, sin
from random import Random

from desktop.drill.cameras.draw.brush import Brush
from desktop.drill.cameras.draw.colour import Colour, rgb, scaled
from desktop.drill.cameras.draw.vehicles import HEADLIGHT, TAIL_LIGHT, TYRE, Pose

SKIN = rgb(0xD9A98A)
HAIR = (rgb(0x1C1A1C), rgb(0x2A2420), rgb(0x6E6A68))
TOPS = tuple(map(rgb, (0x8A3B45, 0x2F5D7C, 0xB98A3E, 0x5B6B57, 0xC9CCD2, 0x6A5380, 0xA8562F, 0x3C4654)))
TROUSERS = tuple(map(rgb, (0x232833, 0x2C3A55, 0x3A3430, 0x4A4F59)))
UMBRELLAS = tuple(map(rgb, (0x2E4A6B, 0x7B2F3A, 0x3F6B5A, 0xC79A3C, 0x41454F)))


@dataclass(frozen=True, slots=True)
class Look:
    """How a person looks.

    Attributes:
        top: Colour of the upper clothes.
        trousers: Colour of the trousers.
        hair: Colour of the hair.
        height: Relative to a grown-up of 1.7 m.
        umbrella: Its colour, if one is carried.
        bag: Colour of a bag on the back, if there is one.
        helmet: Colour of a helmet, if one is worn.
    """

    top: Colour
    trousers: Colour
    hair: Colour
    height: float = 1.0
    umbrella: Colour | None = None
    bag: Colour | None = None
    helmet: Colour | None = None


def any_look(chance: Random, *, rain: bool = False, child: bool = False) -> Look:
    """Return somebody."""
    return Look(
        chance.choice(TOPS),
        chance.choice(TROUSERS),
        chance.choice(HAIR[:2] if child else HAIR),
        chance.uniform(0.68, 0.78) if child else chance.uniform(0.94, 1.05),
        chance.choice(UMBRELLAS) if rain and chance.random() < 0.85 else None,
        chance.choice(TOPS) if child or chance.random() < 0.25 else None,
    )


def person(brush: Brush, pose: Pose, look: Look, stride: float = 0.0, *, arms: float | None = None) -> None:
    """Draw somebody who walks, or stands where ``stride`` stays 0.

    Args:
        brush: What to draw with.
        pose: Where, and which way they face.
        look: Who.
        stride: Phase of the step, in steps; whole and half numbers have the legs together.
        arms: How far the arms are raised, 0 (down) to 1 (over the head); None swings them with the step.
    """
    tall = look.height
    swing = sin(2 * pi * stride) * 0.28 * tall
    bob = 0.02 * abs(sin(2 * pi * stride))
    hip, neck, head = 0.82 * tall + bob, 1.38 * tall + bob, 1.57 * tall + bob
    brush.shadow(pose.place, 0.32, 0.22, 0.3)
    for side, step in ((1.0, swing), (-1.0, -swing)):
        foot = pose.point(step, 0.09 * side, 0.06)
        knee = pose.point(step * 0.55 + 0.05, 0.1 * side, 0.45 * tall)
        brush.rod(foot, knee, 0.14, look.trousers)
        brush.rod(knee, pose.point(0.0, 0.09 * side, hip), 0.17, look.trousers)
    if look.bag:
        brush.rod(pose.point(-0.2, 0.0, hip + 0.15), pose.point(-0.2, 0.0, neck - 0.1), 0.34, look.bag)
    brush.rod(pose.point(0.0, 0.0, hip + 0.08), pose.point(0.0, 0.0, neck - 0.12), 0.40, look.top)
    for side, step in ((1.0, -swing), (-1.0, swing)):
        shoulder = pose.point(0.0, 0.22 * side, neck - 0.08)
        if look.umbrella and side < 0:
            hand = pose.point(0.22, 0.12 * side, neck - 0.3)
        elif arms is None:
            hand = pose.point(step * 0.9, 0.27 * side, hip)
        else:
            angle = pi * arms
            hand = pose.point(0.1, (0.22 + 0.5 * tall * sin(angle)) * side, neck - 0.08 - 0.55 * tall * cos(angle))
        brush.rod(shoulder, hand, 0.11, scaled(look.top, 0.85))
    brush.ball(pose.point(0.02, 0.0, head), 0.13 * (0.6 + 0.4 * tall), SKIN)
    brush.ball(pose.point(-0.03, 0.0, head + 0.05), 0.13 * (0.6 + 0.4 * tall), look.hair)
    if look.helmet:
        brush.ball(pose.point(0.0, 0.0, head + 0.1), 0.15, look.helmet)
    if look.umbrella:
        _umbrella(brush, pose, look.umbrella, head)


def _umbrella(brush: Brush, pose: Pose, colour: Colour, head: float) -> None:
    top = pose.point(0.15, 0.0, head + 0.55)
    brush.rod(pose.point(0.2, -0.12, head - 0.4), top, 0.03, rgb(0x20242A))
    corners = 10
    rim = [
        pose.point(0.15 + 0.62 * cos(2 * pi * k / corners), 0.62 * sin(2 * pi * k / corners), head + 0.27)
        for k in range(corners)
    ]
    for k, corner in enumerate(rim):
        brush.face((corner, rim[(k + 1) % corners], top), scaled(colour, 0.86 if k % 2 else 1.0))


def ebike(brush: Brush, pose: Pose, paint: Colour, rider: Look | None = None, *, box: Colour | None = None) -> None:
    """Draw an e-bike, with its rider, and with a delivery box."""
    brush.shadow(pose.place, 0.4 + 0.5 * abs(sin(pose.heading)), 0.4 + 0.5 * abs(cos(pose.heading)), 0.3)
    for place in (-0.62, 0.62):
        rim = [
            pose.point(place + 0.25 * cos(2 * pi * k / 14), 0.0, 0.26 + 0.25 * sin(2 * pi * k / 14)) for k in range(14)
        ]
        brush.face(rim, TYRE)
        brush.rod(pose.point(place, 0.0, 0.04), pose.point(place, 0.0, 0.48), 0.08, TYRE)
    brush.rod(pose.point(-0.6, 0.0, 0.42), pose.point(-0.15, 0.0, 0.5), 0.26, paint)
    brush.rod(pose.point(-0.2, 0.0, 0.32), pose.point(0.35, 0.0, 0.34), 0.2, scaled(paint, 0.8))
    brush.rod(pose.point(0.62, 0.0, 0.4), pose.point(0.42, 0.0, 1.0), 0.14, paint)
    brush.rod(pose.point(0.42, 0.3, 1.02), pose.point(0.42, -0.3, 1.02), 0.05, TYRE)
    brush.rod(pose.point(-0.6, 0.0, 0.7), pose.point(-0.1, 0.0, 0.72), 0.16, rgb(0x1A1C20))
    if box:
        _delivery_box(brush, pose, box)
    if rider:
        _rider(brush, pose, rider)
    if brush.mood.lamps and rider:
        front = pose.point(0.6, 0.0, 0.85)
        if brush.lens.depth(front) < brush.lens.depth(pose.place):
            brush.ball(front, 0.07, HEADLIGHT, own_light=True)
            brush.glow(front, 0.6, HEADLIGHT, 0.4)
        else:
            brush.ball(pose.point(-0.8, 0.0, 0.6), 0.05, TAIL_LIGHT, own_light=True)


def _rider(brush: Brush, pose: Pose, rider: Look) -> None:
    hip, neck = pose.point(-0.25, 0.0, 0.85), pose.point(-0.08, 0.0, 1.38)
    for side in (1.0, -1.0):
        knee = pose.point(0.15, 0.14 * side, 0.78)
        brush.rod(hip, knee, 0.17, rider.trousers)
        brush.rod(knee, pose.point(0.12, 0.14 * side, 0.4), 0.14, rider.trousers)
    brush.rod(hip, neck, 0.38, rider.top)
    for side in (1.0, -1.0):
        brush.rod(
            pose.point(-0.08, 0.2 * side, 1.3), pose.point(0.38, 0.28 * side, 1.04), 0.11, scaled(rider.top, 0.85)
        )
    brush.ball(pose.point(-0.02, 0.0, 1.6), 0.14, SKIN)
    brush.ball(pose.point(-0.05, 0.0, 1.64), 0.15, rgb(0xC8CDD4))


def _delivery_box(brush: Brush, pose: Pose, colour: Colour) -> None:
    low = [pose.point(u, v, 0.8) for u, v in ((-0.95, 0.24), (-0.95, -0.24), (-0.5, -0.24), (-0.5, 0.24))]
    high = [(x, y, z + 0.45) for x, y, z in low]
    up, front, side = brush.mood.faces
    for k, shade in enumerate((front, side, front, side)):
        after = (k + 1) % 4
        brush.face((low[k], low[after], high[after], high[k]), colour, shade=shade, culled=True)
    brush.face(high, colour, shade=up, culled=True)
