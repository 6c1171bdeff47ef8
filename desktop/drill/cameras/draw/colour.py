"""Colours as (red, green, blue) from 0 to 1, and what light and air do to them."""

from dataclasses import dataclass

Colour = tuple[float, float, float]

BLACK: Colour = (0.0, 0.0, 0.0)
WHITE: Colour = (1.0, 1.0, 1.0)


def rgb(value: int) -> Colour:
    """Return the colour of ``0xRRGGBB``."""
    return ((value >> 16 & 255) / 255, (value >> 8 & 255) / 255, (value & 255) / 255)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """Return ``first`` with a share (0 to 1) of ``second``."""
    keep = 1.0 - share
    return (
        first[0] * keep + second[0] * share,
        first[1] * keep + second[1] * share,
        first[2] * keep + second[2] * share,
    )


def scaled(colour: Colour, factor: float) -> Colour:
    """Return the colour darker (below 1) or brighter."""
    return (min(1.0, colour[0] * factor), min(1.0, colour[1] * factor), min(1.0, colour[2] * factor))


def tinted(colour: Colour, light: Colour) -> Colour:
    """Return the colour as it looks in a coloured light."""
    return (colour[0] * light[0], colour[1] * light[1], colour[2] * light[2])


def packed(colour: Colour, alpha: float = 1.0) -> int:
    """Return 0xAARRGGBB, clamped."""
    red, green, blue, opacity = (max(0, min(255, round(255 * part))) for part in (*colour, alpha))
    return opacity << 24 | red << 16 | green << 8 | blue


@dataclass(frozen=True, slots=True)
class Mood:
    """The light and the air of a scene.

    Attributes:
        sky_top: Colour at the top of the picture.
        sky_low: Colour at the horizon.
        light: What falls on matt things.
        haze: Colour that distance goes over into.
        haze_m: Distance, in metres, at which two thirds of a thing's colour have gone.
        faces: How bright faces are that look up, towards the viewer, and sideways.
        lamps: Whether vehicles and street lamps are lit.
    """

    sky_top: Colour
    sky_low: Colour
    light: Colour
    haze: Colour
    haze_m: float
    faces: tuple[float, float, float] = (1.0, 0.8, 0.62)
    lamps: bool = True
