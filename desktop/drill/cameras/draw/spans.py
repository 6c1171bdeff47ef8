"""Scenes above the ground: the elevated road and the bridge over the river."""

from collections.abc import Callable
from functools import partial

from desktop.drill.cameras.draw.brush import Brush, Shot
from desktop.drill.cameras.draw.colour import Colour, Mood, mix, rgb, scaled
from desktop.drill.cameras.draw.lens import WIDTH, Lens, Point, steps
from desktop.drill.cameras.draw.scene import LOOP_S, Scene, blinks, breathing, share
from desktop.drill.cameras.draw.street import (
    IRON,
    MARKING,
    WARM,
    Facade,
    board,
    building,
    wall_board,
)
from desktop.drill.cameras.draw.traffic import Way, driving
from desktop.drill.cameras.draw.vehicles import PAINTS, Pose, bus, car, heading_towards, lorry

DECK = rgb(0x424850)


class Elevated(Scene):
    """An elevated ring road that bends away between towers, at night."""

    slug = "elevated"
    lens = Lens((1.0, -14.0, 9.0), (4.0, 30.0, 0.5), 56.0)
    mood = Mood(
        sky_top=rgb(0x10122B), sky_low=rgb(0x4A3A5E), light=(0.74, 0.70, 0.86), haze=rgb(0x2A2546), haze_m=210.0
    )
    _lanes = (-9.2, -5.7, -2.2, 2.2, 5.7, 9.2)

    def __init__(self) -> None:
        super().__init__()
        chance = self.chance
        self._cars = []
        for lane, x in enumerate(self._lanes):
            laps = (2, 2, 1, 1, 2, 2)[lane] + (1 if lane in {2, 3} else 0)
            for number in range(5):
                phase = (number + chance.uniform(-0.22, 0.22)) / 5
                self._cars.append((x, laps, phase, chance.choice(PAINTS), chance.random() < 0.3))

    @staticmethod
    def _bend(y: float) -> float:
        """Return how far the road has bent to the right at ``y``."""
        return 0.0016 * max(0.0, y + 10.0) ** 2

    def backdrop(self, brush: Brush) -> None:
        """Draw the town below and the road with its walls and lamps."""
        brush.sky()
        self._town(brush)
        edges = [-20.0 + 5.0 * k for k in range(46)]
        for near, far in zip(reversed(edges[:-1]), reversed(edges[1:]), strict=True):
            self._piece(brush, near, far)
        for y in steps(190, 0, -24):
            self._lamp(brush, float(y))
        self._gantry(brush, 46.0)

    def _town(self, brush: Brush) -> None:
        chance = self.chance
        brush.expanse(-300, 300, -14, 330, rgb(0x272A3A), z=-12)
        tones = (rgb(0x3D4468), rgb(0x4B4568), rgb(0x37466A))
        for row, y in enumerate((250, 190, 130, 84, 46)):
            for x in steps(-210 + row * 24, 250 - row * 10, 30 - row):
                if -26 < x - self._bend(y) + 8 < 40:
                    continue
                tall = chance.uniform(18, 44) * (1.0 + 0.25 * (4 - row))
                place = (x + chance.uniform(-3, 3), y + chance.uniform(-6, 6), -12)
                building(brush, place, (17, 16, tall), Facade(chance.choice(tones), lit=0.36), chance)

    def _piece(self, brush: Brush, near: float, far: float) -> None:
        a, b = self._bend(near), self._bend(far)

        def across(left: float, right: float, z: float = 0.0) -> list[Point]:
            return [(a + left, near, z), (a + right, near, z), (b + right, far, z), (b + left, far, z)]

        brush.face(across(-12.4, 12.4), DECK)
        for x in (-12.0, -0.9, 0.9, 12.0):
            brush.face(across(x - 0.08, x + 0.08, 0.01), MARKING)
        for x in (-7.45, -3.95, 3.95, 7.45):
            middle = (near + far) / 2
            c = self._bend(middle)
            dash = [
                (a + x - 0.08, near, 0.01),
                (a + x + 0.08, near, 0.01),
                (c + x + 0.08, middle, 0.01),
                (c + x - 0.08, middle, 0.01),
            ]
            brush.face(dash, MARKING)
        brush.face([(a, near, 0.0), (b, far, 0.0), (b, far, 0.9), (a, near, 0.9)], rgb(0x7C858F), shade=0.7)
        for x in (-12.4, 12.4):
            wall = [(a + x, near, 0.0), (b + x, far, 0.0), (b + x, far, 1.1), (a + x, near, 1.1)]
            brush.face(wall, rgb(0x868D98), shade=0.72)
            if 50 < near < 150:
                glass = [(a + x, near, 1.1), (b + x, far, 1.1), (b + x, far, 3.4), (a + x, near, 3.4)]
                brush.face(glass, rgb(0x6FA5B8), alpha=0.32)

    def _lamp(self, brush: Brush, y: float) -> None:
        x = self._bend(y)
        brush.rod((x, y, 0.9), (x, y, 10.0), 0.16, IRON)
        for reach in (-2.6, 2.6):
            head = (x + reach, y, 10.3)
            brush.rod((x, y, 10.0), head, 0.1, IRON)
            brush.rod((head[0] - 0.4, y, 10.25), (head[0] + 0.4, y, 10.25), 0.14, rgb(0xFFF0CF), own_light=True)
            brush.glow(head, 1.9, WARM, 0.42)
            brush.pool((x + reach * 2, y, 0.0), 6.5, 8.0, WARM, 0.10)

    def _gantry(self, brush: Brush, y: float) -> None:
        x = self._bend(y)
        for side in (-13.0, 0.0, 13.0):
            brush.rod((x + side, y, 0.0), (x + side, y, 8.0), 0.3, rgb(0x5C6672))
        brush.rod((x - 13, y, 7.7), (x + 13, y, 7.7), 0.35, rgb(0x5C6672))
        sign = wall_board(x + 2.0, x + 7.0, y - 0.3, 5.6, 8.2)
        board(brush, sign, "东明路 ↗", back=rgb(0x1E6B4B), ink=rgb(0xE9EFEA), size=0.46, shining=True)

    def moving(self, brush: Brush, t: float) -> None:
        """Draw both streams of traffic and the message sign."""
        shots = []
        for x, laps, phase, paint, tall in self._cars:
            gone = share(t, LOOP_S / laps, phase)
            y = -26.0 + 216.0 * (gone if x > 0 else 1.0 - gone)
            step = 1.0 if x > 0 else -1.0
            here, there = (self._bend(y) + x, y), (self._bend(y + step) + x, y + step)
            pose = Pose(*here, heading_towards(here, there))
            shots.append(Shot(pose.place, partial(car, pose=pose, paint=paint, tall=tall)))
        shots.append(Shot((self._bend(46), 45.6, 0), partial(self._message, t=t)))
        brush.far_to_near(shots)

    def _message(self, brush: Brush, t: float) -> None:
        words = "畅通 80" if share(t, LOOP_S) < 0.5 else "谨慎驾驶"
        x = self._bend(46.0)
        sign = wall_board(x + 7.6, x + 12.4, 45.7, 5.7, 8.1)
        board(brush, sign, words, back=rgb(0x0C0E11), ink=rgb(0xFFB547), size=0.5, shining=True)


class Bridge(Scene):
    """A cable-stayed bridge at dusk, with the river and the towns on both banks."""

    slug = "bridge"
    lens = Lens((-3.5, -22.0, 9.5), (2.0, 40.0, 6.5), 58.0)
    mood = Mood(
        sky_top=rgb(0x263A66), sky_low=rgb(0xD58F72), light=(0.92, 0.80, 0.82), haze=rgb(0x8E7286), haze_m=420.0
    )
    _pylon_y = 62.0
    _water_z = -26.0

    def __init__(self) -> None:
        super().__init__()
        chance = self.chance
        self._ways = []
        for x, laps in ((-8.6, 2), (-5.0, 2), (5.0, 2), (8.6, 1)):
            for number in range(4):
                start, end = ((x, -34.0), (x, 200.0)) if x > 0 else ((x, 200.0), (x, -34.0))
                phase = (number + chance.uniform(-0.2, 0.2)) / 4
                if x > 8 and number == 2:
                    body = partial(bus, paint=rgb(0x5C8F8A), number="隧道三线")
                elif x > 8 and number == 0:
                    body = partial(lorry, cab=rgb(0x7E3036), load=rgb(0x8A8F86))
                else:
                    body = partial(car, paint=chance.choice(PAINTS), tall=chance.random() < 0.3)
                self._ways.append((Way(start, end, laps, phase), body))

    def backdrop(self, brush: Brush) -> None:
        """Draw sky, banks, river, deck, pylon and cables."""
        brush.sky()
        for x, y, wide in ((210.0, 96.0, 330.0), (520.0, 130.0, 260.0), (960.0, 84.0, 420.0), (80.0, 150.0, 300.0)):
            cloud = [
                (x, y),
                (x + wide * 0.2, y - 9),
                (x + wide * 0.7, y - 6),
                (x + wide, y + 3),
                (x + wide * 0.5, y + 9),
            ]
            brush.polygon(cloud, rgb(0xE7B49A), 0.20, blur=7)
        chance = self.chance
        z = self._water_z
        brush.expanse(-700, 700, -20, 620, rgb(0x55607F), z=z)
        for y in (560.0, 480.0):
            for x in steps(-640, 640, 34):
                tall = chance.uniform(30, 90) * (1.5 if abs(x) > 140 else 0.9)
                building(brush, (x, y, z), (26, 24, tall), Facade(rgb(0x5E5878), lit=0.34), chance)
        for _ in range(46):
            x, y = chance.uniform(-380, 380), chance.uniform(120, 470)
            brush.strip(x, x + chance.uniform(14, 40), y, y + 1.6, rgb(0xD9A48E), z=z + 0.1)
        self._cables(brush, far=True)
        self._deck(brush)
        self._pylon(brush)
        self._cables(brush, far=False)

    def _deck(self, brush: Brush) -> None:
        brush.expanse(-13, 13, -30, 330, rgb(0x4B4E57))
        for x in (-11.0, 11.0, -0.4, 0.4):
            brush.strip(x - 0.09, x + 0.09, -30, 260, MARKING)
        for x in (-6.8, 6.8):
            for y in steps(-28, 220, 9):
                brush.strip(x - 0.09, x + 0.09, y, y + 4, MARKING)
        for x in (-13.0, 0.0, 13.0):
            colour = rgb(0x9AA0AA) if x else rgb(0x7C848E)
            for y in steps(-30, 300, 6):
                brush.face([(x, y, 0), (x, y + 6, 0), (x, y + 6, 0.9), (x, y, 0.9)], colour, shade=0.72)
        for y in steps(220, 0, -34):
            for x in (-12.6, 12.6):
                brush.rod((x, y, 0), (x, y, 8.5), 0.14, rgb(0x5A6170))
                reach = x * 0.82
                brush.rod((x, y, 8.5), (reach, y, 8.8), 0.1, rgb(0x5A6170))
                brush.ball((reach, y, 8.7), 0.2, rgb(0xFFE9BE), own_light=True)
                brush.glow((reach, y, 8.7), 1.5, WARM, 0.35)

    def _pylon(self, brush: Brush) -> None:
        y, tone = self._pylon_y, rgb(0xB9B4BC)
        for side in (-1, 1):
            foot, knee, top = (15.0 * side, y), (13.6 * side, y), (1.6 * side, y)
            for low, high, z1, z2 in ((foot, knee, self._water_z, 4.0), (knee, top, 4.0, 44.0)):
                front = [(low[0] - 1.2, y, z1), (low[0] + 1.2, y, z1), (high[0] + 0.9, y, z2), (high[0] - 0.9, y, z2)]
                brush.face(front, tone, shade=0.9)
                edge = 1.2 if side < 0 else -1.2
                inner = [
                    (low[0] + edge, y, z1),
                    (low[0] + edge, y + 3, z1),
                    (high[0] + edge * 0.7, y + 3, z2),
                    (high[0] + edge * 0.7, y, z2),
                ]
                brush.face(inner, tone, shade=0.6)
        brush.box((-2.4, y, 44.0), (4.8, 3.0, 12.0), tone)
        brush.box((-13.8, y, 7.6), (27.6, 2.0, 1.8), tone)

    def _cables(self, brush: Brush, *, far: bool) -> None:
        y = self._pylon_y
        for number in range(1, 12):
            reach = number * 8.6
            foot = y + reach if far else y - reach
            if foot < -16:
                continue
            for side in (-1, 1):
                top = (0.8 * side, y + 1.5, 44.0 + number)
                brush.rod(top, (13.0 * side, foot, 0.8), 0.14, rgb(0xD9D2D0), alpha=0.75)

    def moving(self, brush: Brush, t: float) -> None:
        """Draw a barge below, the traffic, and the pylon's lights."""
        self._ships(brush, t)
        brush.far_to_near([driving(way, body, t) for way, body in self._ways])
        tone = mix(rgb(0x7FA8E8), rgb(0xE8A87F), breathing(t, LOOP_S))
        for side in (-1, 1):
            for number in range(5):
                height = 8.0 + 8.0 * number
                x = side * (13.6 - 12.0 * (height - 4.0) / 40.0)
                brush.glow((x, self._pylon_y - 0.5, height), 3.2, tone, 0.32)
        if blinks(t, 2.0, 0.4):
            beacon = (0.0, self._pylon_y, 57.0)
            brush.ball(beacon, 0.4, rgb(0xFF5A4C), own_light=True)
            brush.glow(beacon, 3.0, rgb(0xFF5A4C), 0.6)

    def _ships(self, brush: Brush, t: float) -> None:
        """Draw a ship on each side, each going in or coming out behind the deck."""
        gone = share(t, LOOP_S)
        self._beside(brush, -1.0, partial(self._ship, x=-260.0 + 300.0 * gone, y=300.0, load=rgb(0xA8765A)))
        self._beside(brush, 1.0, partial(self._ship, x=250.0 - 320.0 * gone, y=230.0, load=rgb(0x6E7C8C)))

    @staticmethod
    def _beside(brush: Brush, side: float, draw: Callable[[Brush], None]) -> None:
        """Draw only what is left (-1) or right (1) of the deck."""
        (near_x, near_y), (far_x, far_y) = (brush.lens.spot((13.0 * side, y, 0.0)) for y in (-12.0, 330.0))
        edge = 0.0 if side < 0 else float(WIDTH)
        corners = ((edge, 0.0), (far_x, 0.0), (far_x, far_y), (near_x, near_y), (edge, near_y))
        with brush.within(corners):
            draw(brush)

    def _ship(self, brush: Brush, x: float, y: float, load: Colour) -> None:
        z = self._water_z
        brush.face([(x, y, z), (x + 46, y, z), (x + 50, y, z + 5), (x - 3, y, z + 5)], rgb(0x3E4A5E))
        brush.box((x + 8, y, z + 5), (30, 6, 4), load)
        brush.box((x, y, z + 5), (6, 6, 9), scaled(rgb(0xD8D4D0), 0.9))
        brush.ball((x + 3, y - 1, z + 16), 0.9, rgb(0xFFF2C8), own_light=True)
