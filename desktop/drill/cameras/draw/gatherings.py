"""Scenes of people at leisure: the riverside promenade and the square."""

from functools import partial
from math import cos, pi, sin
from random import Random

from desktop.drill.cameras.draw.brush import Brush, Shot
from desktop.drill.cameras.draw.colour import Colour, Mood, mix, rgb, scaled
from desktop.drill.cameras.draw.lens import Lens, steps
from desktop.drill.cameras.draw.people import Look, any_look, ebike, person
from desktop.drill.cameras.draw.scene import LOOP_S, Scene, blinks, breathing, share
from desktop.drill.cameras.draw.street import WARM, Facade, building, hedge, lamp, railing, tree
from desktop.drill.cameras.draw.traffic import Way, driving, standing, strolling
from desktop.drill.cameras.draw.vehicles import Pose


class Riverside(Scene):
    """The promenade at nightfall: joggers, a river with barges, towers on the far bank."""

    slug = "riverside"
    lens = Lens((-7.5, -9.5, 5.4), (7.0, 30.0, 2.2), 60.0)
    mood = Mood(
        sky_top=rgb(0x1C2A5A), sky_low=rgb(0xE0937A), light=(0.80, 0.74, 0.86), haze=rgb(0x80607E), haze_m=420.0
    )
    _bank_y = 9.0
    _water_z = -3.0

    def __init__(self) -> None:
        super().__init__()
        chance = self.chance
        self._people = []
        for number, (y, pace_m_s) in enumerate(((2.4, 3.2), (4.8, 2.8), (6.5, 1.5), (7.1, 1.5))):
            ends = ((-34.0, y), (46.0, y))
            way = Way(*(ends if number % 2 else ends[::-1]), phase=number * 0.173)
            self._people.append((way, any_look(chance), pace_m_s))
        self._sitters = [(Pose(x, 7.9, pi * 0.05), any_look(chance)) for x in (-2.6, 12.2)]
        self._lights: list[tuple[float, float, Colour]] = []

    def backdrop(self, brush: Brush) -> None:
        """Draw the evening sky, the far bank with its reflections, and the promenade."""
        brush.sky()
        for x, y, wide in ((120.0, 150.0, 360.0), (640.0, 110.0, 420.0), (960.0, 176.0, 340.0)):
            brush.polygon(
                [(x, y), (x + wide * 0.3, y - 8), (x + wide, y + 2), (x + wide * 0.6, y + 8)],
                rgb(0xF0B49A),
                0.22,
                blur=6,
            )
        self._far_bank(brush)
        brush.expanse(-90, 90, -12, self._bank_y, rgb(0x86807C))
        for x in steps(-40, 60, 2):
            brush.strip(x - 0.02, x + 0.02, -12, 7.9, rgb(0x77716F))
        brush.strip(-90, 90, 0.4, 5.6, rgb(0x8C5A52))
        for y in (0.4, 3.0, 5.6):
            brush.strip(-90, 90, y - 0.05, y + 0.05, rgb(0xD8CFC8))
        hedge(brush, (-40, -4.4, 0), (90, 1.2, 0.6), rgb(0x5A7054))
        for x in (-22.0, -9.0, 5.0, 19.0, 33.0):
            lamp(brush, (x, 7.6, 0), 4.2, -0.7)
        for x in (-3.4, 11.4):
            brush.box((x, 8.0, 0.4), (2.2, 0.5, 0.1), rgb(0x9A7A5A))
            brush.box((x + 0.2, 8.1, 0), (0.15, 0.3, 0.4), rgb(0x4A4A50))
            brush.box((x + 1.9, 8.1, 0), (0.15, 0.3, 0.4), rgb(0x4A4A50))

    def _far_bank(self, brush: Brush) -> None:
        chance, z = self.chance, self._water_z
        brush.expanse(-500, 700, self._bank_y, 420, rgb(0x4E4A72), z=z)
        brush.expanse(-700, 900, 420, 600, rgb(0x584E6C), z=z + 0.5)
        x = -420.0
        while x < 760:
            wide, tall = chance.uniform(22, 40), chance.uniform(26, 80)
            if chance.random() < 0.22:
                tall *= 1.7
            building(
                brush,
                (x, 440 + chance.uniform(0, 50), z),
                (wide, 24, tall),
                Facade(rgb(0x4A4468), bay_m=4, floor_m=5, lit=0.42),
                chance,
            )
            if chance.random() < 0.6:
                self._lights.append((x + wide / 2, tall, chance.choice((WARM, rgb(0xF0A0B4), rgb(0x9CC0F0)))))
            x += wide + chance.uniform(1, 9)
        self._tower(brush, 150.0)
        for light_x, tall, colour in self._lights:
            x, y = brush.lens.spot((light_x, 420.0, z))
            brush.beam(
                [(x - 5, y), (x + 5, y), (x + 9, y + 18 + tall * 0.5), (x - 9, y + 18 + tall * 0.5)],
                colour,
                0.10,
                blur=5,
            )

    def _tower(self, brush: Brush, x: float) -> None:
        """Draw a slender tower that stands out of the row."""
        for low, high, half_low, half_high in ((0, 70, 13, 12), (70, 110, 10, 8), (110, 140, 6, 3)):
            z = self._water_z
            shape = [
                (x - half_low, 436, z + low),
                (x + half_low, 436, z + low),
                (x + half_high, 436, z + high),
                (x - half_high, 436, z + high),
            ]
            brush.face(shape, rgb(0x5E567E))
            brush.face(
                [(px * 0 + x + (px - x) * 0.12, py - 1, pz) for px, py, pz in shape],
                rgb(0xF2C89A),
                own_light=True,
                alpha=0.5,
            )
        brush.rod((x, 436, self._water_z + 140), (x, 436, self._water_z + 168), 1.2, rgb(0x8A82A0))

    def moving(self, brush: Brush, t: float) -> None:
        """Draw ripples, ships, beacons, and the people in front."""
        self._ripples(brush, t)
        self._ship(brush, -420.0 + 950.0 * share(t, LOOP_S, 0.35), 250.0, rgb(0x34405E), rgb(0xB88A6A))
        self._ship(brush, 700.0 - 1150.0 * share(t, LOOP_S, 0.7), 150.0, rgb(0x4A3A4E), rgb(0x7C8CA0))
        if blinks(t, 2.0, 0.45):
            brush.glow((150.0, 435, 166.0), 7.0, rgb(0xFF6A5A), 0.8)
        self._balustrade(brush)
        shots = [shot for way, look, pace in self._people for shot in strolling(way, look, t, pace_m_s=pace)]
        shots += [standing(pose, look) for pose, look in self._sitters]
        rider = Way((-34.0, 1.4), (46.0, 1.4), 1, 0.6)
        shots.append(driving(rider, partial(ebike, paint=rgb(0xD8DADC), rider=self._people[0][1]), t))
        brush.far_to_near(shots)

    def _ripples(self, brush: Brush, t: float) -> None:
        chance = Random(7)
        for _ in range(34):
            y = chance.uniform(14, 260)
            x = chance.uniform(-60, 200) * (0.3 + y / 180)
            sway = sin(2 * pi * (share(t, LOOP_S / 4) + chance.random()))
            half = (1.5 + y / 40) * (0.7 + 0.3 * sway)
            spots = (
                (x - half, y),
                (x + half, y),
                (x + half * 0.6, y + 0.5 + y / 160),
                (x - half * 0.6, y + 0.5 + y / 160),
            )
            brush.ground(spots, rgb(0xE8A890), z=self._water_z + 0.05, alpha=0.20 + 0.12 * sway)

    def _ship(self, brush: Brush, x: float, y: float, hull: Colour, load: Colour) -> None:
        z = self._water_z
        brush.face([(x, y, z), (x + 44, y, z), (x + 48, y, z + 4), (x - 2, y, z + 4)], hull)
        brush.box((x + 9, y, z + 4), (28, 6, 3.2), load)
        brush.box((x, y, z + 4), (7, 6, 8), rgb(0xD8CFD0))
        for dx in (1.5, 4.0):
            brush.ball((x + dx, y - 0.5, z + 9), 0.7, rgb(0xFFE9B0), own_light=True)
        brush.beam(
            [*brush.lens.outline([(x, y - 1, z), (x + 44, y - 1, z), (x + 40, y - 26, z), (x + 4, y - 26, z)])],
            rgb(0xF0C8A0),
            0.05,
            blur=6,
        )

    def _balustrade(self, brush: Brush) -> None:
        for x in steps(-36, 56, 8):
            railing(brush, (x, self._bank_y, 0), (x + 8, self._bank_y, 0), 4, rgb(0xB9B4BC))


class Square(Scene):
    """The culture square after supper: aunties dance, children run, others look on."""

    slug = "square"
    lens = Lens((-3.5, -12.5, 6.6), (0.8, 7.0, 1.2), 56.0)
    mood = Mood(
        sky_top=rgb(0x16244C), sky_low=rgb(0x5E6C98), light=(0.84, 0.82, 0.94), haze=rgb(0x3A4672), haze_m=130.0
    )
    _step_s = 2.0

    def __init__(self) -> None:
        super().__init__()
        chance = self.chance
        tops = (rgb(0xC8475A), rgb(0xD87A4A), rgb(0xB8457E), rgb(0x5C7FC0), rgb(0xC8475A))
        self._dancers = [
            (
                -4.2 + 2.1 * column + (1.0 if row % 2 else 0.0),
                3.6 + 2.1 * row,
                Look(chance.choice(tops), rgb(0x2A2C38), rgb(0x26211F)),
            )
            for row in range(4)
            for column in range(5)
        ]
        self._walkers = [
            (Way((-26.0, y), (28.0, y), phase=phase), any_look(chance, child=child))
            for y, laps, phase, child in (
                (-2.4, 1, 0.1, False),
                (-3.0, 1, 0.11, True),
                (14.6, 1, 0.5, False),
                (15.4, 1, 0.85, False),
            )
        ]
        self._audience = [
            (Pose(8.8 + 0.9 * (number % 3), 4.4 + 1.4 * number, pi / 2), any_look(chance)) for number in range(4)
        ]
        self._kids = [any_look(chance, child=True) for _ in range(3)]

    def backdrop(self, brush: Brush) -> None:
        """Draw the paved circle, the trees and the houses around."""
        brush.sky()
        chance = self.chance
        for x in steps(-110, 120, 24):
            block = (19, 16, chance.uniform(22, 48))
            building(brush, (x, 74, 0), block, Facade(rgb(0x5A5F86), floor_m=3.0, lit=0.42), chance)
        brush.expanse(-110, 110, -16, 110, rgb(0x49604F))
        brush.expanse(-24, 26, -16, 19, rgb(0x7A7884))
        for radius, tone in (
            (12.6, rgb(0x8F8A92)),
            (11.6, rgb(0x767480)),
            (8.6, rgb(0x8A848C)),
            (8.0, rgb(0x6E6C78)),
            (2.4, rgb(0xA08E84)),
        ):
            brush.disc((0.6, 6.4, 0.0), radius, radius, tone)
        for number in range(12):
            angle = 2 * pi * number / 12
            points = [
                (0.6 + r * cos(angle + d), 6.4 + r * sin(angle + d))
                for r, d in ((2.6, -0.05), (7.8, -0.03), (7.8, 0.03), (2.6, 0.05))
            ]
            brush.ground(points, rgb(0x86808A))
        for x, y in (
            (-22.0, 26.0),
            (-14.0, 24.0),
            (-6.0, 26.0),
            (4.0, 25.0),
            (12.0, 26.0),
            (21.0, 24.0),
            (-19.0, 14.0),
            (19.0, 15.0),
        ):
            tree(brush, (x, y, 0), 6.4, rgb(0x507254), chance)
        for x in (-24.0, -12.0, 0.0, 12.0):
            hedge(brush, (x, 19.5, 0), (11.2, 1.0, 0.7), rgb(0x4C6C50))
        for x, y, reach in ((-11.5, 13.5, 0.8), (12.5, 13.5, -0.8), (-13.0, 1.0, 0.8), (14.0, 1.0, -0.8)):
            lamp(brush, (x, y, 0), 4.6, reach)
        brush.pool((0.6, 6.4, 0), 10.0, 8.0, rgb(0xFFE2B4), 0.16)

    def moving(self, brush: Brush, t: float) -> None:
        """Draw the dance and those around it."""
        shots = [self._dancer(x, y, look, t) for x, y, look in self._dancers]
        shots += [shot for way, look in self._walkers for shot in strolling(way, look, t)]
        shots += [standing(pose, look) for pose, look in self._audience]
        for number, look in enumerate(self._kids):
            shots.append(self._running(number, look, t))
        shots.append(Shot((-0.6, 13.4, 0), partial(self._speaker, t=t)))
        brush.far_to_near(shots)

    def _dancer(self, x: float, y: float, look: Look, t: float) -> Shot:
        # The figures flow into one another: from side to side, then forwards and back, with a turn between.
        sway, figure = sin(2 * pi * share(t, self._step_s)), 2 * pi * share(t, LOOP_S)
        side, ahead = 0.35 * sway * cos(figure), 0.32 * sway * sin(figure)
        arms = 0.3 + 0.3 * breathing(t, LOOP_S / 2) + 0.28 * sway
        turn = pi * 0.94 + 0.5 * sin(figure)
        pose = Pose(x + side, y + ahead, turn)
        stride = 0.5 * share(t, self._step_s)
        return Shot(pose.place, partial(person, pose=pose, look=look, stride=stride * 2, arms=arms))

    @staticmethod
    def _running(number: int, look: Look, t: float) -> Shot:
        angle = 2 * pi * (share(t, 10.0) + number * 0.09)
        pose = Pose(-9.5 + 2.2 * cos(angle), 0.8 + 2.0 * sin(angle), angle)
        return Shot(pose.place, partial(person, pose=pose, look=look, stride=share(t, 0.5)))

    @staticmethod
    def _speaker(brush: Brush, t: float) -> None:
        brush.box((-1.0, 13.4, 0), (0.8, 0.6, 1.5), rgb(0x24262E))
        tones = (rgb(0xF05A8C), rgb(0x5AB4F0), rgb(0xF0C85A), rgb(0x7AD0A0))
        tone = mix(tones[int(t) % 4], tones[(int(t) + 1) % 4], t % 1.0)
        for z in (0.45, 1.05):
            brush.ball((-0.6, 13.35, z), 0.24, scaled(tone, 0.9), own_light=True)
            brush.ball((-0.6, 13.33, z), 0.13, rgb(0x1A1C22))
        brush.glow((-0.6, 13.3, 0.8), 1.6, tone, 0.35)
