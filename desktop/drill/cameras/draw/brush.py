"""Drawing in the world: faces, rods, balls, glows and panels, seen through a lens in a mood."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from math import cos, exp, pi, sin
from typing import NamedTuple

import skia

from desktop.drill.cameras.draw.colour import Colour, Mood, mix, packed, scaled, tinted
from desktop.drill.cameras.draw.lens import HEIGHT, WIDTH, Lens, Point, Spot, facing

FONT = "Noto Sans CJK SC"


class Shot(NamedTuple):
    """Something to draw in the order of distance."""

    at: Point
    draw: Callable[["Brush"], None]


@cache
def _font(size: float, *, bold: bool) -> skia.Font:
    style = skia.FontStyle.Bold() if bold else skia.FontStyle.Normal()
    font = skia.Font(skia.Typeface(FONT, style), size)
    font.setEdging(skia.Font.Edging.kAntiAlias)
    return font


@cache
def _blur(sigma: float) -> skia.MaskFilter:
    return skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, sigma)


class Brush:
    """Draws on one canvas.

    Attributes:
        canvas: What is drawn on, in pixels of the main picture.
        lens: How the world is seen.
        mood: Light and air.
    """

    def __init__(self, canvas: skia.Canvas, lens: Lens, mood: Mood) -> None:
        self.canvas = canvas
        self.lens = lens
        self.mood = mood

    # -- colour -------------------------------------------------------------------------------------------------

    def lit(self, colour: Colour, depth_m: float, *, shade: float = 1.0) -> Colour:
        """Return a matt colour as it is seen from ``depth_m`` away."""
        seen = scaled(tinted(colour, self.mood.light), shade)
        return self.hazed(seen, depth_m)

    def hazed(self, colour: Colour, depth_m: float) -> Colour:
        """Return a colour as the air changes it."""
        return mix(colour, self.mood.haze, 1.0 - exp(-max(0.0, depth_m) / self.mood.haze_m))

    # -- the picture plane ----------------------------------------------------------------------------------------

    def polygon(self, spots: Sequence[Spot], colour: Colour, alpha: float = 1.0, *, blur: float = 0.0) -> None:
        """Fill a polygon of pixels."""
        if len(spots) < 3:
            return
        paint = skia.Paint(AntiAlias=True, Color=packed(colour, alpha))
        if blur:
            paint.setMaskFilter(_blur(blur))
        self.canvas.drawPath(_path(spots), paint)

    def sky(self, *, stars: Sequence[Spot] = ()) -> None:
        """Fill the picture from its top down to the horizon and beyond."""
        top, low = packed(self.mood.sky_top), packed(self.mood.sky_low)
        shader = skia.GradientShader.MakeLinear([(0, 0), (0, max(40.0, self.lens.horizon))], [top, low])
        self.canvas.drawRect(skia.Rect.MakeWH(WIDTH, HEIGHT), skia.Paint(Shader=shader, Dither=False))
        for x, y in stars:
            self.canvas.drawCircle(x, y, 1.1, skia.Paint(AntiAlias=True, Color=packed((0.8, 0.85, 1.0), 0.5)))

    def vignette(self, strength: float = 0.45) -> None:
        """Darken the corners, as lenses do."""
        shader = skia.GradientShader.MakeRadial(
            (WIDTH / 2, HEIGHT / 2), 800, [0, 0, packed((0, 0, 0), strength)], [0.0, 0.62, 1.0]
        )
        self.canvas.drawRect(skia.Rect.MakeWH(WIDTH, HEIGHT), skia.Paint(Shader=shader))

    # -- the world ------------------------------------------------------------------------------------------------

    def face(
        self,
        points: Sequence[Point],
        colour: Colour,
        *,
        shade: float = 1.0,
        alpha: float = 1.0,
        own_light: bool = False,
        culled: bool = False,
        blur: float = 0.0,
    ) -> None:
        """Fill a flat polygon.

        Args:
            points: Its corners; counter-clockwise from outside where ``culled``.
            colour: Its own colour.
            shade: Brightness by its direction.
            alpha: Opacity.
            own_light: Whether it shines, so that the scene's light does not matter.
            culled: Whether to leave it out if it faces away.
            blur: Softness of its edge in pixels.
        """
        outline = self.lens.outline(points)
        if len(outline) < 3 or (culled and not facing(outline)):
            return
        depth = sum(self.lens.depth(point) for point in points) / len(points)
        seen = self.hazed(colour, depth * 0.5) if own_light else self.lit(colour, depth, shade=shade)
        self.polygon(outline, seen, alpha, blur=blur)

    def ground(self, corners: Sequence[Spot], colour: Colour, *, z: float = 0.0, alpha: float = 1.0) -> None:
        """Fill a polygon that lies on the ground, given as (x, y)."""
        self.face([(x, y, z) for x, y in corners], colour, alpha=alpha)

    def strip(self, x1: float, x2: float, y1: float, y2: float, colour: Colour, *, z: float = 0.0) -> None:
        """Fill a rectangle on the ground."""
        self.ground(((x1, y1), (x2, y1), (x2, y2), (x1, y2)), colour, z=z)

    def expanse(self, x1: float, x2: float, y1: float, y2: float, colour: Colour, *, z: float = 0.0) -> None:
        """Fill a large rectangle on the ground in slices that each take the haze of their own distance."""
        near = y1
        while near < y2:
            far = min(y2, near + max(1.5, (near - self.lens.eye[1]) * 0.16))
            # Slices overlap, or their antialiased borders would show as lines.
            self.strip(x1, x2, near, min(y2, far + 0.3 * (far - near)), colour, z=z)
            near = far

    def box(self, corner: Point, size: Point, colour: Colour, *, top: Colour | None = None, alpha: float = 1.0) -> None:
        """Draw the visible faces of an upright box from its lowest corner (least x, y, z) and its size."""
        x1, y1, z1 = corner
        x2, y2, z2 = x1 + size[0], y1 + size[1], z1 + size[2]
        up, front, side = self.mood.faces
        ex, ey, ez = self.lens.eye
        if ex < x1:
            self.face(((x1, y2, z1), (x1, y1, z1), (x1, y1, z2), (x1, y2, z2)), colour, shade=side, alpha=alpha)
        if ex > x2:
            self.face(((x2, y1, z1), (x2, y2, z1), (x2, y2, z2), (x2, y1, z2)), colour, shade=side, alpha=alpha)
        if ey < y1:
            self.face(((x1, y1, z1), (x2, y1, z1), (x2, y1, z2), (x1, y1, z2)), colour, shade=front, alpha=alpha)
        if ey > y2:
            self.face(((x2, y2, z1), (x1, y2, z1), (x1, y2, z2), (x2, y2, z2)), colour, shade=front, alpha=alpha)
        if ez > z2:
            roof = ((x1, y1, z2), (x2, y1, z2), (x2, y2, z2), (x1, y2, z2))
            self.face(roof, top or colour, shade=up, alpha=alpha)

    def rod(
        self,
        first: Point,
        second: Point,
        width_m: float,
        colour: Colour,
        *,
        own_light: bool = False,
        alpha: float = 1.0,
    ) -> None:
        """Draw a round-ended rod."""
        ends = self.lens.outline((first, second, second))
        middle = tuple((a + b) / 2 for a, b in zip(first, second, strict=True))
        scale = self.lens.pixels((middle[0], middle[1], middle[2]))
        if len(ends) < 2 or not scale:
            return
        depth = self.lens.focal / scale
        seen = self.hazed(colour, depth * 0.5) if own_light else self.lit(colour, depth)
        paint = skia.Paint(
            AntiAlias=True,
            Color=packed(seen, alpha),
            StrokeWidth=max(0.7, width_m * scale),
            StrokeCap=skia.Paint.kRound_Cap,
            Style=skia.Paint.kStroke_Style,
        )
        self.canvas.drawLine(ends[0][0], ends[0][1], ends[1][0], ends[1][1], paint)

    def ball(
        self, centre: Point, radius_m: float, colour: Colour, *, own_light: bool = False, alpha: float = 1.0
    ) -> None:
        """Draw a ball."""
        scale = self.lens.pixels(centre)
        if scale:
            depth = self.lens.focal / scale
            seen = self.hazed(colour, depth * 0.5) if own_light else self.lit(colour, depth)
            x, y = self.lens.spot(centre)
            self.canvas.drawCircle(
                x, y, max(0.6, radius_m * scale), skia.Paint(AntiAlias=True, Color=packed(seen, alpha))
            )

    def disc(self, centre: Point, radius_x: float, radius_y: float, colour: Colour, alpha: float = 1.0) -> None:
        """Draw an ellipse on the ground."""
        self.face(_ring(centre, radius_x, radius_y), colour, alpha=alpha)

    def shadow(self, centre: Point, radius_x: float, radius_y: float, alpha: float = 0.35) -> None:
        """Darken the ground below something."""
        self.polygon(self.lens.outline(_ring(centre, radius_x, radius_y)), (0.0, 0.0, 0.02), alpha)

    def ripple(self, centre: Point, radius_m: float, colour: Colour, alpha: float, width_m: float = 0.05) -> None:
        """Draw a ring on water."""
        outline = self.lens.outline(_ring(centre, radius_m, radius_m))
        if len(outline) < 3:
            return
        paint = skia.Paint(
            AntiAlias=True,
            Color=packed(colour, alpha),
            Style=skia.Paint.kStroke_Style,
            StrokeWidth=max(0.8, width_m * self.lens.pixels(centre)),
        )
        self.canvas.drawPath(_path(outline), paint)

    # -- light ----------------------------------------------------------------------------------------------------

    def glow(self, centre: Point, radius_m: float, colour: Colour, strength: float = 0.6) -> None:
        """Add a soft round light around a point."""
        scale = self.lens.pixels(centre)
        if scale:
            x, y = self.lens.spot(centre)
            self._halo(x, y, radius_m * scale, colour, strength)

    def pool(self, centre: Point, radius_x: float, radius_y: float, colour: Colour, strength: float = 0.3) -> None:
        """Add a soft ellipse of light on the ground."""
        scale = self.lens.pixels(centre)
        outline = self.lens.outline(_ring(centre, radius_x, radius_y))
        if not scale or len(outline) < 3:
            return
        left, right = min(x for x, _ in outline), max(x for x, _ in outline)
        top, bottom = min(y for _, y in outline), max(y for _, y in outline)
        if right - left < 1 or bottom - top < 0.5:
            return
        self.canvas.save()
        self.canvas.translate((left + right) / 2, (top + bottom) / 2)
        self.canvas.scale(1.0, (bottom - top) / (right - left))
        self._halo(0.0, 0.0, (right - left) / 2, colour, strength)
        self.canvas.restore()

    def streak(self, light: Point, length_m: float, width_m: float, colour: Colour, strength: float = 0.4) -> None:
        """Add a light's reflection on wet ground: a soft streak from its foot towards the viewer."""
        foot = (light[0], light[1], 0.0)
        scale = self.lens.pixels(foot)
        if not scale:
            return
        x, y = self.lens.spot(foot)
        width, length = width_m * scale, length_m * scale
        colours = [packed(colour, strength), packed(colour, strength * 0.35), packed(colour, 0.0)]
        shader = skia.GradientShader.MakeLinear([(0, y), (0, y + length)], colours, [0.0, 0.5, 1.0])
        paint = skia.Paint(Shader=shader, AntiAlias=True, BlendMode=skia.BlendMode.kPlus, MaskFilter=_blur(width / 3))
        self.canvas.drawRect(skia.Rect.MakeXYWH(x - width / 2, y, width, length), paint)

    def beam(self, spots: Sequence[Spot], colour: Colour, strength: float, *, blur: float = 8.0) -> None:
        """Add a soft polygon of light in the picture plane."""
        if len(spots) < 3:
            return
        paint = skia.Paint(
            AntiAlias=True,
            Color=packed(colour, strength),
            BlendMode=skia.BlendMode.kPlus,
            MaskFilter=_blur(blur),
        )
        self.canvas.drawPath(_path(spots), paint)

    def _halo(self, x: float, y: float, radius: float, colour: Colour, strength: float) -> None:
        if radius < 0.5:
            return
        colours = [packed(colour, strength), packed(colour, strength * 0.3), packed(colour, 0.0)]
        shader = skia.GradientShader.MakeRadial((x, y), radius, colours, [0.0, 0.35, 1.0])
        self.canvas.drawCircle(x, y, radius, skia.Paint(Shader=shader, BlendMode=skia.BlendMode.kPlus))

    # -- panels ---------------------------------------------------------------------------------------------------

    @contextmanager
    def panel(self, corners: Sequence[Point], width: float, height: float) -> Iterator["Panel"]:
        """Draw on a wall: ``corners`` run from its top left clockwise, ``width`` and ``height`` are its own units."""
        spots = [skia.Point(*self.lens.spot(corner)) for corner in corners]
        flat = [skia.Point(0, 0), skia.Point(width, 0), skia.Point(width, height), skia.Point(0, height)]
        matrix = skia.Matrix()
        matrix.setPolyToPoly(flat, spots)
        self.canvas.save()
        self.canvas.concat(matrix)
        depth = sum(self.lens.depth(corner) for corner in corners) / 4
        yield Panel(self, depth)
        self.canvas.restore()

    @contextmanager
    def within(self, spots: Sequence[Spot]) -> Iterator[None]:
        """Draw only inside a polygon of pixels."""
        self.canvas.save()
        self.canvas.clipPath(_path(spots), doAntiAlias=True)
        yield
        self.canvas.restore()

    def far_to_near(self, shots: Sequence[Shot]) -> None:
        """Draw things in the order in which they cover one another."""
        for shot in sorted(shots, key=self._distance, reverse=True):
            shot.draw(self)

    def _distance(self, shot: Shot) -> float:
        return self.lens.depth(shot.at)


class Panel:
    """A flat drawing on a wall, in units of the panel."""

    def __init__(self, brush: Brush, depth_m: float) -> None:
        self._brush = brush
        self._depth = depth_m

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        colour: Colour,
        *,
        own_light: bool = False,
        shade: float = 1.0,
        alpha: float = 1.0,
        radius: float = 0.0,
    ) -> None:
        """Fill a rectangle, with round corners if ``radius``."""
        paint = skia.Paint(AntiAlias=True, Color=packed(self._seen(colour, shade, own_light=own_light), alpha))
        rect = skia.Rect.MakeXYWH(x, y, width, height)
        if radius:
            self._brush.canvas.drawRoundRect(rect, radius, radius, paint)
        else:
            self._brush.canvas.drawRect(rect, paint)

    def circle(self, x: float, y: float, radius: float, colour: Colour, *, own_light: bool = False) -> None:
        """Fill a circle."""
        seen = self._seen(colour, 1.0, own_light=own_light)
        self._brush.canvas.drawCircle(x, y, radius, skia.Paint(AntiAlias=True, Color=packed(seen)))

    def text(
        self,
        words: str,
        x: float,
        y: float,
        size: float,
        colour: Colour,
        *,
        bold: bool = True,
        own_light: bool = True,
        room: float = 0.0,
    ) -> None:
        """Write centred on ``x`` with the base line at ``y``; narrower where it would not fit in ``room``."""
        font = _font(64.0, bold=bold)
        scale = size / 64.0
        width = font.measureText(words) * scale
        squeeze = min(1.0, room / width) if room and width else 1.0
        seen = self._seen(colour, 1.0, own_light=own_light)
        self._brush.canvas.save()
        self._brush.canvas.translate(x - width * squeeze / 2, y)
        self._brush.canvas.scale(scale * squeeze, scale)
        self._brush.canvas.drawString(words, 0, 0, font, skia.Paint(AntiAlias=True, Color=packed(seen)))
        self._brush.canvas.restore()

    def _seen(self, colour: Colour, shade: float, *, own_light: bool) -> Colour:
        if own_light:
            return self._brush.hazed(colour, self._depth * 0.5)
        return self._brush.lit(colour, self._depth, shade=shade)


def _path(spots: Sequence[Spot]) -> skia.Path:
    return skia.Path.Polygon([skia.Point(x, y) for x, y in spots], isClosed=True)


def _ring(centre: Point, radius_x: float, radius_y: float) -> list[Point]:
    corners = 28 if radius_x < 3.0 else 72
    return [
        (centre[0] + radius_x * cos(2 * pi * k / corners), centre[1] + radius_y * sin(2 * pi * k / corners), centre[2])
        for k in range(corners)
    ]
