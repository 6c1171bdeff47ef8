"""Scenes of moving traffic: the crossroads and the underpass."""

from functools import partial

from desktop.drill.cameras.draw.brush import Brush, Shot
from desktop.drill.cameras.draw.colour import Colour, Mood, rgb, scaled
from desktop.drill.cameras.draw.lens import Lens, Point, steps
from desktop.drill.cameras.draw.people import any_look
from desktop.drill.cameras.draw.scene import LOOP_S, Scene, Track, blinks, breathing, share
from desktop.drill.cameras.draw.street import (
    KERB,
    MARKING,
    WARM,
    Facade,
    Signal,
    board,
    building,
    dashes,
    lamp,
    signal_light,
    tree,
    wall_board,
    zebra,
)
from desktop.drill.cameras.draw.traffic import Way, walking
from desktop.drill.cameras.draw.vehicles import PAINTS, TAXI, WHITE_PAINT, Lights, Pose, bus, car, taxi_sign
from desktop.drill.cameras.draw.weather import Rain

ASPHALT = rgb(0x3A3F47)
CENTRE_LINE = rgb(0xC9A94E)


class Crossroads(Scene):
    """A wide crossing at night, seen from a mast; both directions take turns of ten seconds."""

    slug = "crossroads"
    lens = Lens((3.0, -25.0, 11.0), (0.3, 9.0, 0.6), 62.0)
    mood = Mood(
        sky_top=rgb(0x0B1226), sky_low=rgb(0x2C3A62), light=(0.80, 0.84, 0.98), haze=rgb(0x1C2644), haze_m=190.0
    )

    def __init__(self) -> None:
        super().__init__()
        self._paints = [self.chance.choice(PAINTS) for _ in range(20)]
        looks = [any_look(self.chance) for _ in range(8)]
        self._crossing = [
            (start, -1 if number % 2 else 1, 9.2 + 3.0 * (number % 3) / 3, looks[number])
            for number, start in enumerate((0.4, 0.9, 1.3, 1.9, 2.3, 2.6, 3.1, 3.4))
        ]

    def backdrop(self, brush: Brush) -> None:
        """Draw the streets and the town."""
        brush.sky()
        self._town(brush)
        brush.expanse(-260, 260, -7.5, 7.5, ASPHALT)
        brush.expanse(-10, 10, -30, 300, ASPHALT)
        self._markings(brush)
        for x, y in (
            (-15.5, 11.5),
            (15.5, 11.5),
            (-32.0, 10.5),
            (33.0, 10.5),
            (-14.0, 32.0),
            (14.0, 34.0),
            (-14.0, 58.0),
            (14.0, 60.0),
        ):
            tree(brush, (x, y, 0), 5.6, rgb(0x3A5A44), self.chance)
        for y in (110.0, 74.0, 44.0, 18.0):
            lamp(brush, (-11.5, y, 0), 8.5, 2.4)
            lamp(brush, (11.5, y, 0), 8.5, -2.4)

    def _town(self, brush: Brush) -> None:
        chance = self.chance
        for x in steps(-260, 260, 27):
            block = (20, 20, chance.uniform(26, 74))
            building(brush, (x, 190 + chance.uniform(0, 40), 0), block, Facade(rgb(0x33405F), lit=0.34), chance)
        brush.expanse(-260, 260, -30, 300, rgb(0x2D343E))
        walls = (rgb(0x46536B), rgb(0x4F4F60), rgb(0x3F5064))
        for x, y, wide, deep, tall in (
            (-70, 92, 50, 40, 30),
            (24, 96, 42, 40, 52),
            (-66, 46, 46, 38, 24),
            (21, 52, 50, 36, 30),
            (-64, 17, 42, 22, 15),
            (21, 17, 52, 26, 20),
        ):
            building(brush, (x, y, 0), (wide, deep, tall), Facade(chance.choice(walls), lit=0.3), chance)

    @staticmethod
    def _markings(brush: Brush) -> None:
        for y in (-7.7, 7.5):
            for x1, x2 in ((-220.0, -10.0), (10.0, 220.0)):
                brush.strip(x1, x2, y, y + 0.2, KERB)
        for x in (-5.0, 5.0):
            dashes(brush, x, 14.5, 200)
            dashes(brush, x, -26, -14)
        for line in (-0.25, 0.25):
            for y1, y2 in ((14.5, 220.0), (-26.0, -14.0)):
                brush.strip(line - 0.07, line + 0.07, y1, y2, CENTRE_LINE)
            for x1, x2 in ((-200, -16.5), (16.5, 200)):
                brush.strip(x1, x2, line - 0.07, line + 0.07, CENTRE_LINE)
        zebra(brush, -9.6, 9.6, 8.6, 12.4)
        zebra(brush, -9.6, 9.6, -12.4, -8.6)
        zebra(brush, -15, -11.2, -7, 7, along_x=False)
        zebra(brush, 11.2, 15, -7, 7, along_x=False)
        brush.strip(0.4, 9.6, -13.9, -13.4, MARKING)
        brush.strip(-9.6, -0.4, 13.4, 13.9, MARKING)

    def moving(self, brush: Brush, t: float) -> None:
        """Draw the turns of both directions."""
        along: Signal = "green" if 0.5 <= t < 8.6 else "yellow" if t < 9.6 and t >= 8.6 else "red"
        shots = [Shot((11, 13, 0), partial(signal_light, foot=(11.0, 13.0, 0), height=6.0, reach=-5.2, state=along))]
        shots += [shot for lane in range(2) for place in range(3) for shot in self._away(lane, place, t)]
        shots += [shot for lane in range(2) for place in range(3) for shot in self._towards(lane, place, t)]
        shots += [shot for lane in range(2) for place in range(3) for shot in self._across(lane, place, t)]
        for start, way, y, look in self._crossing:
            # They cross in front of the cars that wait, while the other direction drives.
            gone = (t - 10.2 - 0.5 * start) / 8.0
            if 0 <= gone <= 1:
                shots.append(walking(Way((-11.0 * way, y), (11.0 * way, y)), look, gone))
        brush.far_to_near(shots)

    def _away(self, lane: int, place: int, t: float) -> list[Shot]:
        """Cars that wait before the viewer's line, then drive off; their successors arrive while it is red."""
        stop = -16.5 - 7.2 * place
        go = 0.8 + place * 0.9 + lane * 0.4
        if t < 12.5 + place:
            track = Track((0, stop), (go, stop), (go + 2.5, stop + 12), (go + 8.5, stop + 110))
        else:
            track = Track((12.5 + place, -60), (16.5 + place, stop - 1.5), (18.0 + place * 0.8, stop), (LOOP_S, stop))
        return self._car((2.7, 7.3)[lane], track, 0.0, self._paints[lane * 3 + place], t)

    def _towards(self, lane: int, place: int, t: float) -> list[Shot]:
        stop = 16.5 + 7.2 * place
        go = 0.9 + place * 0.8 + lane * 0.5
        if t < 12 + place:
            track = Track((0, stop), (go, stop), (go + 2.5, stop - 12), (go + 7, stop - 75))
        else:
            track = Track((12 + place, 120), (17 + place * 0.6, stop + 2), (18.6 + place * 0.4, stop), (LOOP_S, stop))
        return self._car((-2.7, -7.3)[lane], track, 3.14159, self._paints[6 + lane * 3 + place], t)

    def _car(self, x: float, track: Track, heading: float, paint: Colour, t: float) -> list[Shot]:
        y = track.at(t)
        pose = Pose(x, y, heading)
        lights = Lights(brake=abs(track.speed(t)) < 1.0)
        return [Shot(pose.place, partial(car, pose=pose, paint=paint, lights=lights))]

    def _across(self, lane: int, place: int, t: float) -> list[Shot]:
        """Traffic from the sides, a bus and a taxi among it."""
        since = t - 10.4 - place * 1.3 - lane * 0.7
        if not 0 <= since <= 7:
            return []
        way = -1 if lane else 1
        x = way * Track((0, -75), (2, -36), (6.5, 75)).at(since)
        pose = Pose(x, (-3.6, 3.6)[lane], -1.5708 * way)
        if lane == 1 and place == 0:
            return [Shot(pose.place, partial(bus, pose=pose, paint=rgb(0x4C7FA6), number="978"))]
        if place == 1:
            return [
                Shot(pose.place, partial(car, pose=pose, paint=TAXI)),
                Shot((pose.x, pose.y - 0.1, 0), partial(taxi_sign, pose=pose)),
            ]
        return [Shot(pose.place, partial(car, pose=pose, paint=self._paints[12 + lane * 3 + place], tall=place == 2))]


class Underpass(Scene):
    """An underpass in a night of rain: water stands below the bridge and swells and falls."""

    slug = "underpass"
    lens = Lens((4.2, -17.0, 6.8), (-0.6, 14.0, 1.0), 58.0)
    mood = Mood(sky_top=rgb(0x0D1524), sky_low=rgb(0x24324A), light=(0.78, 0.86, 0.98), haze=rgb(0x16202F), haze_m=95.0)
    _portal_y = 26.0
    _end_y = 74.0

    def __init__(self) -> None:
        super().__init__()
        self._rain = Rain(self.chance, streaks=60, rings=14)

    def backdrop(self, brush: Brush) -> None:
        """Draw the cutting, the bridge over it and the inside of the tunnel."""
        brush.sky()
        for x in steps(-90, 90, 18):
            block = (15, 18, self.chance.uniform(14, 34))
            building(brush, (x, 88, 4), block, Facade(rgb(0x36445A), lit=0.26), self.chance)
        self._tunnel(brush)
        brush.expanse(-7.6, 7.6, -24, self._portal_y, rgb(0x363C45))
        for y in (-22.0, -14.5, -7.0, 0.5, 8.0):
            brush.strip(-0.1, 0.1, y, y + 3.5, MARKING)
        for side in (-1, 1):
            self._cutting(brush, side)
            brush.strip(side * 7.2 - 0.07, side * 7.2 + 0.07, -24, 24, MARKING)
        self._bridge(brush)
        for x, reach in ((-10.5, 2.6), (10.5, -2.6)):
            lamp(brush, (x, 3.0, 3.4), 5.0, reach, wet=False)
            brush.streak((x + reach, 1.5, 0), 7.0, 1.3, WARM, 0.20)

    def _tunnel(self, brush: Brush) -> None:
        near, far, roof = self._portal_y, self._end_y, 4.6
        brush.expanse(-7.6, 7.6, near, far, rgb(0x2B3038))
        wall = rgb(0x6B6450)
        for side in (-1, 1):
            x = 7.6 * side
            for y in steps(int(near), int(far), 4):
                corners = ((x, y, 0), (x, y + 4, 0), (x, y + 4, roof), (x, y, roof))
                brush.face(corners, scaled(wall, 1.0 if y // 4 % 2 else 0.94), shade=0.62)
        brush.face(
            ((-7.6, near, roof), (7.6, near, roof), (7.6, far, roof), (-7.6, far, roof)), rgb(0x3B3A38), shade=0.6
        )
        brush.face(((-7.6, far, 0), (7.6, far, 0), (7.6, far, roof), (-7.6, far, roof)), rgb(0x1A2230))
        for y in steps(int(near) + 3, int(far), 6):
            for x in (-4.0, 4.0):
                brush.rod((x, y, roof - 0.1), (x, y + 2.0, roof - 0.1), 0.22, rgb(0xFFE3A6), own_light=True)
                brush.glow((x, y + 1, roof - 0.2), 2.0, WARM, 0.30)

    @staticmethod
    def _cutting(brush: Brush, side: int) -> None:
        """Draw a retaining wall that rises towards the bridge, with a verge above and a railing on its edge."""
        x = 7.6 * side
        pieces = [(y, 1.2 + (y + 24) * 0.088, 1.2 + (y + 29) * 0.088) for y in steps(-24, 26, 5)]
        for number, (y, low, high) in enumerate(pieces):
            tone = rgb(0x7A7F80) if number % 2 else rgb(0x72777A)
            brush.face(((x, y, 0), (x, y + 5, 0), (x, y + 5, high), (x, y, low)), tone, shade=0.62)
            verge = ((x, y, low), (x, y + 5, high), (x + 26 * side, y + 5, high), (x + 26 * side, y, low))
            brush.face(verge, rgb(0x34473B), shade=0.9)
        for y, low, high in reversed(pieces):
            brush.rod((x, y, low + 0.9), (x, y + 5, high + 0.9), 0.07, rgb(0xA9B4BC))
            brush.rod((x, y, low), (x, y, low + 0.9), 0.06, rgb(0xA9B4BC))
            brush.rod((x - 0.02 * side, y + 1, low * 0.55), (x - 0.02 * side, y + 4, low * 0.55), 0.12, rgb(0xC9A94E))

    def _bridge(self, brush: Brush) -> None:
        y = self._portal_y
        brush.box((-34, y, 4.6), (68, 10, 2.3), rgb(0x6E7684), top=rgb(0x50565F))
        brush.box((-34, y - 0.25, 6.9), (68, 0.3, 0.9), rgb(0x8A93A0))
        for number in range(-14, 15):
            stripe = rgb(0xE0B93C) if number % 2 else rgb(0x22262C)
            x = number * 0.54
            corners = ((x, y - 0.3, 4.6), (x + 0.54, y - 0.3, 4.6), (x + 0.54, y - 0.3, 5.0), (x, y - 0.3, 5.0))
            brush.face(corners, stripe)
        disc: Point = (5.9, y - 0.4, 5.75)
        brush.ball(disc, 0.62, rgb(0xC8423E))
        brush.ball(disc, 0.48, rgb(0xE6E9EC))
        board(brush, wall_board(5.5, 6.3, y - 0.45, 5.4, 6.1), "4.5m", back=rgb(0xE6E9EC), ink=rgb(0x20242A), size=0.5)
        gauge_x, gauge_y = 7.5, 19.0
        for step in range(8):
            tone = rgb(0xD0433F) if step % 2 else rgb(0xE8EBEE)
            low, high = 0.32 * step, 0.32 * (step + 1)
            strip = (
                (gauge_x, gauge_y, low),
                (gauge_x, gauge_y + 1, low),
                (gauge_x, gauge_y + 1, high),
                (gauge_x, gauge_y, high),
            )
            brush.face(strip, tone)

    def moving(self, brush: Brush, t: float) -> None:
        """Draw water, warning lights, and two cars that try it."""
        level = breathing(t, LOOP_S)
        shore = 9.0 - 3.2 * level
        self._water(brush, t, shore)
        self._rain.patter(brush, t, (-7.0, 7.0, -10.0, 26.0))
        self._warning(brush, t)
        shots = [*self._entering(t, shore), *self._leaving(t)]
        brush.far_to_near(shots)
        self._rain.fall(brush, t)

    def _water(self, brush: Brush, t: float, shore: float) -> None:
        edge = [
            (-7.6 + 1.52 * k, shore + 1.2 * ((k * 0.618) % 1.0) - (1.4 if 3 < k < 7 else 0.0), 0.02) for k in range(11)
        ]
        outline = [*edge, (7.6, self._end_y, 0.02), (-7.6, self._end_y, 0.02)]
        brush.face(outline, rgb(0x2A4762), alpha=0.86)
        for x in (-4.0, 4.0):
            brush.streak((x, self._portal_y + 1, 0), 13.0, 1.5, WARM, 0.34)
        for number in range(9):
            drift = share(t, LOOP_S / 2, number * 0.37)
            y = shore + 2 + (self._portal_y - shore) * drift
            x = -6.0 + 12 * ((number * 0.618) % 1.0)
            glint = 0.30 * (1 - abs(2 * drift - 1))
            brush.face(
                ((x, y, 0.03), (x + 1.8, y, 0.03), (x + 1.5, y + 0.12, 0.03), (x + 0.3, y + 0.12, 0.03)),
                rgb(0x9FC0DE),
                alpha=glint,
            )

    def _warning(self, brush: Brush, t: float) -> None:
        words = "积水 27cm" if blinks(t, 4.0) else "禁止通行"
        board(
            brush,
            wall_board(-3.6, 3.6, self._portal_y - 0.4, 5.15, 6.65),
            words,
            back=rgb(0x0C0E11),
            ink=rgb(0xFF5B45),
            size=0.74,
            shining=True,
        )
        for number, x in enumerate((-4.3, 4.3)):
            if blinks(t + number * 0.5, 1.0):
                spot = (x, self._portal_y - 0.5, 5.9)
                brush.ball(spot, 0.24, rgb(0xFFC14A), own_light=True)
                brush.glow(spot, 2.6, rgb(0xFFA534), 0.5)
                brush.streak((x, self._portal_y - 3, 0), 8.0, 1.0, rgb(0xFFA534), 0.25)

    @staticmethod
    def _entering(t: float, shore: float) -> list[Shot]:
        """A car that stops before the water, then dares."""
        track = Track((0.5, -28), (4.5, -1.0), (6.0, 0.6), (9.5, 0.6), (12, 6), (19, 58))
        if not 0.5 <= t <= 18.5:
            return []
        pose = Pose(3.7, track.at(t))
        waits = track.speed(t) < 0.6
        lights = Lights(brake=waits, blink=2 if waits and blinks(t, 1.0) else 0)
        shots = [Shot(pose.place, partial(car, pose=pose, paint=WHITE_PAINT, lights=lights))]
        return shots + _wake(pose, shore, t)

    @staticmethod
    def _leaving(t: float) -> list[Shot]:
        since = (t + 8.0) % LOOP_S
        pose = Pose(-3.7, Track((0, 70), (9, 14), (13, -6), (15.5, -30)).at(since), 3.14159)
        if since > 15:
            return []
        paint = rgb(0x35506E)
        return [Shot(pose.place, partial(car, pose=pose, paint=paint, tall=True)), *_wake(pose, 8.0, t)]


def _wake(pose: Pose, shore: float, t: float) -> list[Shot]:
    """Rings and spray around a car that drives in water."""
    if pose.y < shore - 1:
        return []
    return [Shot((pose.x, pose.y + 0.5, 0), partial(_rings, pose=pose, t=t))]


def _rings(brush: Brush, pose: Pose, t: float) -> None:
    for number in range(3):
        age = share(t, 1.25, number / 3)
        brush.ripple((pose.x, pose.y, 0.04), 1.4 + 2.2 * age, rgb(0xB8D2E8), 0.4 * (1 - age), 0.12)
