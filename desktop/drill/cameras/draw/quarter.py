"""Scenes of the quarter's day and evening: the market street and the school gate."""

from functools import partial
from math import pi

from desktop.drill.cameras.draw.brush import Brush, Shot
from desktop.drill.cameras.draw.colour import Mood, rgb, scaled
from desktop.drill.cameras.draw.lens import Lens, steps
from desktop.drill.cameras.draw.people import Look, any_look, ebike, person
from desktop.drill.cameras.draw.scene import LOOP_S, Scene, Track, blinks, share
from desktop.drill.cameras.draw.street import (
    KERB,
    WARM,
    Facade,
    board,
    building,
    hedge,
    tree,
    wall_board,
    zebra,
)
from desktop.drill.cameras.draw.traffic import Way, driving, standing, strolling, walking
from desktop.drill.cameras.draw.vehicles import PAINTS, WHITE_PAINT, Lights, Pose, car

STALLS = ("水果", "生煎", "馄饨", "花店", "豆浆", "海鲜", "茶叶", "包子", "炒货", "卤味")
WARDEN = Look(rgb(0xD8E04A), rgb(0x2C3A55), rgb(0x2A2420))
AWNINGS = tuple(map(rgb, (0xB5443C, 0x2F6E78, 0xB98436, 0x5B7A4C, 0x8A4A6A)))


class Market(Scene):
    """A market lane in the evening under strings of lamps."""

    slug = "market"
    lens = Lens((-1.2, -9.0, 6.4), (0.3, 10.0, 1.1), 58.0)
    mood = Mood(sky_top=rgb(0x141A36), sky_low=rgb(0x4A3A52), light=(0.96, 0.82, 0.70), haze=rgb(0x3A2C3C), haze_m=85.0)
    _stall_m = 4.4

    def __init__(self) -> None:
        super().__init__()
        chance = self.chance
        self._walkers = []
        for number in range(8):
            x = chance.uniform(-2.7, 2.7)
            ends = ((x, -13.0), (x + chance.uniform(-0.6, 0.6), 58.0))
            way = Way(*(ends if number % 2 else ends[::-1]), phase=number * 0.29)
            self._walkers.append((way, any_look(chance)))
        self._buyers = [
            (Pose(side * 2.9, self._stall_m * place + chance.uniform(-2, 1), -side * pi / 2), any_look(chance))
            for side, place in ((-1, 1), (1, 2), (1, 3), (-1, 4), (1, 1))
        ]
        self._courier = any_look(chance)

    def backdrop(self, brush: Brush) -> None:
        """Draw the houses, the lane and the stalls."""
        brush.sky()
        chance = self.chance
        for x in steps(-60, 70, 18):
            building(brush, (x, 82, 0), (15, 14, chance.uniform(20, 40)), Facade(rgb(0x54506A), lit=0.36), chance)
        brush.expanse(-60, 60, -14, 90, rgb(0x54504E))
        for side in (-1, 1):
            for y in (54.0, 40.0, 26.0, 12.0, -2.0):
                x = 7.0 if side > 0 else -19.0
                facade = Facade(rgb(0x7A6660), floor_m=3.0, bay_m=2.4, lit=0.34)
                building(brush, (x, y, 0), (12, 13.6, chance.uniform(9, 14)), facade, chance)
        brush.expanse(-3.6, 3.6, -14, 82, rgb(0x6A625E))
        for y in steps(-13, 76, 2):
            brush.strip(-3.6, 3.6, y - 0.02, y + 0.02, rgb(0x5C5552))
        for place in range(11, -3, -1):
            for side in (-1, 1):
                self._stall(brush, side, place)

    def _stall(self, brush: Brush, side: int, place: int) -> None:
        chance = self.chance
        near, length = place * self._stall_m - 3, self._stall_m - 0.5
        inner, outer = (3.7, 5.9) if side > 0 else (-5.9, -3.7)
        brush.pool((side * 3.4, near + 2, 0), 2.6, 2.6, WARM, 0.16)
        front = 3.7 * side
        brush.box((front - (0.0 if side > 0 else 0.9), near, 0), (0.9, length, 0.8), rgb(0x8A6A4C), top=rgb(0xA88258))
        goods = (rgb(0xD86A3A), rgb(0xE0B040), rgb(0x7FA650), rgb(0xC84848), rgb(0xD8CDB4))
        for row in range(6):
            tone = goods[(row + place * 2 + side) % 5]
            for column in range(2):
                spot = (front + side * (0.22 + 0.42 * column), near + 0.35 + row * 0.64, 0.9)
                brush.ball(spot, 0.2, scaled(tone, chance.uniform(0.9, 1.1)))
        lit = (side * 4.2, near + 2, 2.1)
        brush.glow(lit, 1.6, WARM, 0.45)
        person(brush, Pose(side * 5.0, near + 2.4, side * pi / 2), any_look(chance), arms=0.2)
        brush.ball(lit, 0.1, rgb(0xFFF0C8), own_light=True)
        cloth = AWNINGS[(place * 3 + side) % len(AWNINGS)]
        parts = 8
        for stripe in range(parts):
            a, b = near + length * stripe / parts, near + length * (stripe + 1) / parts
            tone = cloth if stripe % 2 else rgb(0xE2D8C8)
            lip = 3.25 * side
            back = inner + 1.9 if side > 0 else outer - 1.9
            brush.face([(lip, a, 2.3), (lip, b, 2.3), (back, b, 2.95), (back, a, 2.95)], tone)
            brush.face([(lip, a, 2.05), (lip, b, 2.05), (lip, b, 2.3), (lip, a, 2.3)], tone, shade=0.8)
        words = STALLS[(place * 2 + (side > 0)) % len(STALLS)]
        x, high, low = 3.2 * side, 3.55, 2.85
        ends = (near + 3.2, near + 0.6) if side > 0 else (near + 0.6, near + 3.2)
        corners = ((x, ends[0], high), (x, ends[1], high), (x, ends[1], low), (x, ends[0], low))
        board(brush, corners, words, back=scaled(cloth, 0.7), ink=rgb(0xFFE9B8), size=0.8, shining=True)

    def moving(self, brush: Brush, t: float) -> None:
        """Draw the crowd, steam, and the lamps above."""
        shots = [shot for way, look in self._walkers for shot in strolling(way, look, t)]
        shots += [standing(pose, look) for pose, look in self._buyers]
        courier = partial(ebike, paint=rgb(0x3A6EA8), rider=self._courier, box=rgb(0xE8B63A))
        shots.append(driving(Way((0.6, -13.0), (0.2, 70.0), 1, 0.4), courier, t))
        shots.append(Shot((3.8, 6.5, 1), partial(self._steam, t=t)))
        brush.far_to_near(shots)

    @staticmethod
    def _steam(brush: Brush, t: float) -> None:
        for number in range(4):
            age = share(t, 4.0, number / 4)
            brush.glow(
                (4.2 + 0.2 * age, 6.5, 1.0 + 1.5 * age),
                0.35 + 0.5 * age,
                rgb(0xE8E0D8),
                0.28 * (1 - age) * min(1, 6 * age),
            )

    def front(self, brush: Brush) -> None:
        """Draw the strings of lamps over the lane."""
        for row in range(7, -1, -1):
            y = row * 6.5 - 1
            previous = (-3.6, y, 4.7)
            for number in range(1, 9):
                u = number / 8
                point = (-3.6 + 7.2 * u, y + 1.5 * u, 4.7 - 2.4 * u * (1 - u))
                brush.rod(previous, point, 0.03, rgb(0x2A2426))
                if number < 8:
                    bulb = (point[0], point[1], point[2] - 0.12)
                    brush.ball(bulb, 0.1, rgb(0xFFE7AE), own_light=True)
                    brush.glow(bulb, 0.7, WARM, 0.35)
                previous = point
        brush.vignette()


class School(Scene):
    """The gate of a primary school when lessons end; a warden stops the cars."""

    slug = "school"
    lens = Lens((-7.5, -15.5, 7.2), (1.0, 6.0, 1.0), 56.0)
    mood = Mood(
        sky_top=rgb(0x86A8C6),
        sky_low=rgb(0xD3DCDC),
        light=(0.90, 0.90, 0.86),
        haze=rgb(0xB4C2C6),
        haze_m=170.0,
        faces=(1.0, 0.88, 0.72),
        lamps=False,
    )
    _wall_y = 9.0

    def __init__(self) -> None:
        super().__init__()
        chance = self.chance
        self._groups = []
        for number in range(7):
            child, parent = any_look(chance, child=True), any_look(chance)
            self._groups.append((7.0 + number * 1.05, -1.2 + 0.55 * (number % 5), child, parent))
        self._waiting = [
            (Pose(-6.0 - 1.1 * number, 5.6 + 0.4 * (number % 2), -0.4), any_look(chance)) for number in range(6)
        ]
        self._yard = [any_look(chance, child=True) for _ in range(5)]

    def backdrop(self, brush: Brush) -> None:
        """Draw the school, its wall and gate, and the street before it."""
        brush.sky()
        chance = self.chance
        brush.expanse(-90, 90, 0, 90, rgb(0x8AA07C))
        brush.expanse(-34, 40, self._wall_y, 34, rgb(0xB66A56))
        for y in (14.0, 18.5, 23.0, 27.5):
            brush.strip(-30, 36, y - 0.06, y + 0.06, rgb(0xE9DDD2))
        facade = Facade(rgb(0xE0C9A0), floor_m=3.4, bay_m=2.6, lit=0.0, glass=rgb(0x6F8CA0))
        building(brush, (-32, 36, 0), (30, 12, 14), facade, chance)
        building(brush, (2, 36, 0), (40, 12, 17), facade, chance)
        board(
            brush,
            wall_board(8, 26, 35.9, 14.2, 16.4),
            "好好学习 天天向上",
            back=rgb(0xE0C9A0),
            ink=rgb(0xB8443C),
            size=0.8,
        )
        for x in (-40.0, -20.0, 22.0, 40.0):
            tree(brush, (x, 30, 0), 8.0, rgb(0x6F9A5E), chance)
        brush.expanse(-90, 90, 2.6, self._wall_y, rgb(0xB9B2A6))
        brush.expanse(-90, 90, -16, 2.4, rgb(0x6C7178))
        brush.strip(-90, 90, 2.35, 2.65, KERB)
        for x in steps(-60, 70, 8):
            if not -6 < x < 8:
                brush.strip(x, x + 4, -5.6, -5.44, rgb(0xE8E4D8))
        zebra(brush, -4.4, 5.6, -13.5, 2.2, along_x=False)
        with brush.panel(((-15.5, -0.4, 0), (-9.5, -0.4, 0), (-9.5, -4.8, 0), (-15.5, -4.8, 0)), 60, 44) as panel:
            panel.text("慢", 30, 38, 40, rgb(0xE9C24A), own_light=False)
        self._wall(brush)

    def _wall(self, brush: Brush) -> None:
        y = self._wall_y
        for x, wide in ((-34.0, 28.0), (7.0, 32.0)):
            brush.box((x, y, 0), (wide, 0.4, 0.9), rgb(0xC9B79C))
            for number in range(int(wide / 0.5)):
                brush.rod(
                    (x + 0.25 + number * 0.5, y + 0.2, 0.9),
                    (x + 0.25 + number * 0.5, y + 0.2, 2.2),
                    0.05,
                    rgb(0x5F6A70),
                )
        for x in (-6.4, 6.2):
            brush.box((x, y - 0.3, 0), (1.2, 1.0, 4.2), rgb(0xB5584A))
        brush.box((-6.6, y - 0.4, 4.2), (14.2, 1.2, 0.9), rgb(0xD8C6A8), top=rgb(0xE4D6BC))
        board(
            brush,
            wall_board(-3.8, 4.8, y - 0.45, 4.25, 5.05),
            "临江街道实验小学",
            back=rgb(0xD8C6A8),
            ink=rgb(0xA83A34),
            size=0.85,
        )
        brush.box((7.8, y - 0.1, 0), (2.6, 2.4, 2.9), rgb(0xE6E0D4))
        brush.face(wall_board(8.2, 10.0, y - 0.12, 1.0, 2.1), rgb(0x7C98AA))
        for x in (-20.0, -12.0, 14.0, 24.0):
            hedge(brush, (x, 8.0, 0), (5.5, 0.8, 0.6), rgb(0x6A8F58))

    def moving(self, brush: Brush, t: float) -> None:
        """Draw the sliding gate, families, the warden, and the cars that wait for them."""
        shots = [Shot((-3.0, self._wall_y + 0.3, 0), partial(self._gate, t=t))]
        for number, look in enumerate(self._yard):
            way = Way((-30.0, 13 + 2.4 * number), (38.0, 14 + 2.2 * number), phase=number * 0.21)
            shots += strolling(way, look, t, pace_m_s=2.6)
        for start, offset, child, parent in self._groups:
            shots += self._family(start, offset, child, parent, t)
        stops = 6.5 < t < 16.5
        arms = 0.5 if stops else 0.1
        warden = Pose(-5.0, -1.4 if stops else 2.0, pi / 2)
        shots.append(Shot(warden.place, partial(self._guide, pose=warden, arms=arms, stops=stops)))
        shots += [standing(pose, look) for pose, look in self._waiting]
        shots += self._cars(t)
        brush.far_to_near(shots)

    @staticmethod
    def _family(start: float, offset: float, child: Look, parent: Look, t: float) -> list[Shot]:
        """A child comes out of the gate with somebody, and crosses the street with them."""
        gone = (t - start + 5.0) / 9.5
        if not 0 <= gone < 1:
            return []
        x = 0.6 + offset
        way, beside = Way((x, 22.0), (x, -18.0)), Way((x + 0.6, 22.0), (x + 0.6, -18.0))
        return [walking(way, child, gone), walking(beside, parent, gone)]

    @staticmethod
    def _guide(brush: Brush, pose: Pose, arms: float, *, stops: bool) -> None:
        person(brush, pose, WARDEN, arms=arms)
        if stops:
            hand = pose.point(0.1, -0.75, 1.3)
            brush.rod(hand, (hand[0], hand[1], hand[2] + 0.7), 0.05, rgb(0x6A5A48))
            brush.ball((hand[0], hand[1], hand[2] + 0.85), 0.24, rgb(0xD0433F))
            brush.ball((hand[0], hand[1] - 0.02, hand[2] + 0.85), 0.13, rgb(0xF4F0EC))

    def _gate(self, brush: Brush, t: float) -> None:
        """Draw the folding gate, which slides open to the left."""
        left, right, y = -5.2, 6.2, self._wall_y + 0.3
        width = (right - left) * (1 - 0.8 * Track((0.5, 0), (2.5, 1), (17.0, 1), (19.5, 0)).at(t))
        parts = 12
        for number in range(parts + 1):
            x = left + width * number / parts
            brush.rod((x, y, 0), (x, y, 1.3), 0.07, rgb(0xD4DADE))
            if number < parts:
                after = left + width * (number + 1) / parts
                brush.rod((x, y, 0.2), (after, y, 1.2), 0.05, rgb(0xB4BCC2))
                brush.rod((x, y, 1.2), (after, y, 0.2), 0.05, rgb(0xB4BCC2))
        end = left + width
        if blinks(t, 1.0) and (0.5 < t < 2.5 or 17 < t < 19.5):
            brush.ball((end, y, 1.45), 0.12, rgb(0xFFB03A), own_light=True)

    @staticmethod
    def _cars(t: float) -> list[Shot]:
        shots = []
        for number, (stop, go) in enumerate(((-9.5, 16.8), (-15.5, 17.4))):
            track = Track(
                (0.8 + number, -70),
                (6.0 + number * 0.8, stop - 2),
                (7.4 + number, stop),
                (go, stop),
                (LOOP_S, 34 - 8 * number),
            )
            if t > 0.8 + number:
                pose = Pose(track.at(t), -2.6, -pi / 2)
                lights = Lights(head=False, brake=track.speed(t) < 0.8 and t < go)
                shots.append(
                    Shot(pose.place, partial(car, pose=pose, paint=(WHITE_PAINT, PAINTS[5])[number], lights=lights))
                )
        track = Track((0.2, 60), (5.5, 13.5), (7.0, 11.5), (17.0, 11.5), (19.9, -46))
        pose = Pose(track.at(t), -8.6, pi / 2)
        lights = Lights(head=False, brake=6.5 < t < 17)
        shots.append(Shot(pose.place, partial(car, pose=pose, paint=PAINTS[3], lights=lights, tall=True)))
        return shots
