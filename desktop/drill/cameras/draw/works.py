"""The construction site."""

from functools import partial
from math import cos, pi, sin

from desktop.drill.cameras.draw.brush import Brush, Shot
from desktop.drill.cameras.draw.colour import Colour, Mood, rgb, scaled
from desktop.drill.cameras.draw.lens import Lens, Point, steps
from desktop.drill.cameras.draw.people import HAIR, Look
from desktop.drill.cameras.draw.scene import LOOP_S, Scene, Track, blinks, share
from desktop.drill.cameras.draw.street import Facade, board, building, wall_board
from desktop.drill.cameras.draw.traffic import Way, standing, strolling
from desktop.drill.cameras.draw.vehicles import Pose, lorry

CRANE = rgb(0xD8A23A)
CONCRETE = rgb(0xA8A29A)
HELMET = rgb(0xF0C83C)


class Construction(Scene):
    """A building rises in the late afternoon: a tower crane swings, an excavator digs, lorries come and go."""

    slug = "construction"
    lens = Lens((-12.0, -33.0, 13.5), (3.0, 20.0, 8.0), 62.0)
    mood = Mood(
        sky_top=rgb(0x6E8FB4),
        sky_low=rgb(0xEBC9A4),
        light=(0.98, 0.88, 0.78),
        haze=rgb(0xD8BFA8),
        haze_m=430.0,
        faces=(1.0, 0.86, 0.66),
        lamps=False,
    )
    _mast: Point = (20.0, 44.0, 0.0)
    _mast_m = 24.0

    def __init__(self) -> None:
        super().__init__()
        tones = (rgb(0x3F6EA0), rgb(0xC86A3A), rgb(0x4A5A66), rgb(0x6A7A4A))
        self._crew = [Look(tones[number % 4], rgb(0x3A3E48), HAIR[0], helmet=HELMET) for number in range(7)]

    def backdrop(self, brush: Brush) -> None:
        """Draw the town, the ground, the shell of the building and the hoarding."""
        brush.sky()
        chance = self.chance
        for x, y, wide in ((80.0, 120.0, 300.0), (560.0, 70.0, 360.0), (900.0, 170.0, 320.0)):
            brush.polygon(
                [(x, y), (x + wide * 0.3, y - 12), (x + wide, y), (x + wide * 0.5, y + 12)], rgb(0xF6E2CC), 0.35, blur=8
            )
        for x in steps(-190, 240, 30):
            facade = Facade(rgb(0xA99A98), lit=0.03, glass=rgb(0x7F8896))
            building(brush, (x, 170, 0), (24, 20, chance.uniform(26, 70)), facade, chance)
        brush.expanse(-200, 200, -30, 200, rgb(0xA08C74))
        for number in range(26):
            x, y = chance.uniform(-40.0, 44.0), chance.uniform(-16.0, 36.0)
            brush.disc(
                (x, y, 0),
                chance.uniform(1, 3.4),
                chance.uniform(0.6, 1.6),
                rgb(0x94806A) if number % 2 else rgb(0xAA9880),
            )
        brush.strip(-60, 60, -11.5, -4.5, rgb(0x8A8078))
        self._shell(brush)
        self._hoarding(brush)
        self._heap(brush, -21.0, 14.0, 5.0, rgb(0x8E7658))
        self._heap(brush, -15.0, 19.0, 3.6, rgb(0x9E8664))
        for number in range(4):
            brush.box((-29.0 + 3.4 * number, 30.0, 0), (3.2, 5.0, 2.6), (rgb(0xE4E6E4), rgb(0x4C7FA6))[number % 2])
        for row in range(3):
            brush.box((31.0, 6.0 + row * 0.2, 0.5 * row), (7.0 - row, 1.6, 0.45), rgb(0xB98A58))

    def _shell(self, brush: Brush) -> None:
        x1, x2, y1, y2 = -8.0, 15.0, 34.0, 48.0
        for floor in range(5):
            z = 3.6 * floor
            high = floor < 4
            if high:
                brush.face([(x1, y2, z), (x2, y2, z), (x2, y2, z + 3.6), (x1, y2, z + 3.6)], rgb(0x6A625C))
                for x in (-8.0, -2.4, 3.2, 8.8, 14.4):
                    brush.box((x, y2 - 1, z), (0.6, 0.6, 3.6), scaled(CONCRETE, 0.8))
                for x in (-8.0, -2.4, 3.2, 8.8, 14.4):
                    brush.box((x, y1, z), (0.6, 0.6, 3.6), CONCRETE)
            brush.box((x1 - 0.4, y1 - 0.4, z - 0.35), (x2 - x1 + 0.8, y2 - y1, 0.4), scaled(CONCRETE, 1.1))
            if floor in {1, 2}:
                net = wall_board(x1 - 0.5, x1 + 12.5, y1 - 0.5, z - 0.2, z + 3.3)
                brush.face(net, rgb(0x3F8A62), alpha=0.78)
                side = [
                    (x1 - 0.5, y2, z - 0.2),
                    (x1 - 0.5, y1 - 0.5, z - 0.2),
                    (x1 - 0.5, y1 - 0.5, z + 3.3),
                    (x1 - 0.5, y2, z + 3.3),
                ]
                brush.face(side, rgb(0x3F8A62), shade=0.75, alpha=0.85)
        for number in range(14):
            x = x1 + 1.0 + number * 1.6
            brush.rod((x, y1 + 0.5, 14.4), (x, y1 + 0.5, 16.2), 0.07, rgb(0x8A5A3E))
        board(
            brush,
            wall_board(0.5, 14.5, y1 - 0.6, 11.0, 13.4),
            "安全生产 质量第一",
            back=rgb(0xC2423A),
            ink=rgb(0xF8EFE0),
            size=0.76,
        )

    @staticmethod
    def _hoarding(brush: Brush) -> None:
        for number in range(15):
            x = -44.0 + 6.0 * number
            if -2 <= x < 9:
                continue
            brush.box((x, 2.0, 0), (5.96, 0.2, 2.5), rgb(0x3F7F9A) if number % 2 else rgb(0x4A8CA8))
            brush.box((x, 1.95, 0), (5.96, 0.25, 0.4), rgb(0xD8DADA))
        board(
            brush,
            wall_board(-24.5, -9.5, 1.9, 0.75, 2.2),
            "文明施工 方便群众",
            back=rgb(0x3F7F9A),
            ink=rgb(0xF4F6F4),
            size=0.8,
        )
        for x in (-2.3, 10.0):
            brush.box((x - 0.4, 1.7, 0), (0.8, 0.8, 3.0), rgb(0xD8A23A))

    @staticmethod
    def _heap(brush: Brush, x: float, y: float, size: float, tone: Colour) -> None:
        peak = (x, y, size * 0.55)
        for left, right, shade in ((-1.0, 0.1, 0.8), (0.1, 1.0, 0.98)):
            brush.face(
                [(x + left * size, y - size * 0.5, 0), (x + right * size, y - size * 0.6, 0), peak], tone, shade=shade
            )

    def moving(self, brush: Brush, t: float) -> None:
        """Draw the crane, the excavator, the lorry and the crew."""
        self._weld(brush, t)
        shots = [
            Shot(self._mast, partial(self._tower_crane, t=t)),
            Shot((-14.0, 12.0, 0), partial(self._excavator, t=t)),
            *self._lorries(t),
        ]
        for number, look in enumerate(self._crew[:3]):
            way = Way((-50.0, 6.5 + 2.2 * number), (56.0, 7.5 + 2.2 * number), phase=number * 0.37)
            shots += strolling(way, look, t)
        places = (
            Pose(-5.0, 12.0, 3.0),
            Pose(2.5, 33.4, 4.8, 14.45),
            Pose(12.5, 33.4, 6.0, 14.45),
            Pose(26.0, 8.0, 1.2),
        )
        for number, (pose, look) in enumerate(zip(places, self._crew[3:], strict=True)):
            shots.append(standing(pose, look, arms=0.35 if blinks(t + number, 2.0) else 0.05))
        brush.far_to_near(shots)

    def _tower_crane(self, brush: Brush, t: float) -> None:
        x, y, _ = self._mast
        top = self._mast_m
        for dx in (-0.8, 0.8):
            brush.rod((x + dx, y, 0), (x + dx, y, top), 0.22, CRANE)
        for number in range(16):
            z = top * number / 16
            step = -0.8 if number % 2 else 0.8
            brush.rod((x - step, y, z), (x + step, y, z + top / 16), 0.12, scaled(CRANE, 0.8))
        swing = -2.35 + 0.75 * sin(2 * pi * share(t, LOOP_S))
        cx, cy = cos(swing), sin(swing)

        def jib(out: float, z: float) -> Point:
            return (x + cx * out, y + cy * out, z)

        brush.box((x - 1.0, y - 1.0, top - 2.2), (2.0, 2.0, 2.0), rgb(0xE8E2D4))
        for z in (top, top + 1.4):
            brush.rod(jib(-11, z), jib(30 if z == top else 27, z), 0.2, CRANE)
        for number in range(14):
            brush.rod(jib(2.0 * number, top), jib(2.0 * number + 1, top + 1.4), 0.1, scaled(CRANE, 0.85))
        peak = (x, y, top + 4.5)
        brush.rod((x, y, top), peak, 0.3, CRANE)
        brush.rod(peak, jib(22, top + 1.4), 0.08, rgb(0x5A5046))
        brush.rod(peak, jib(-10, top + 1.4), 0.08, rgb(0x5A5046))
        brush.rod(jib(-10.5, top - 1.4), jib(-8.0, top - 1.4), 2.4, rgb(0x8A8680))
        out = 19.0 + 5.0 * sin(2 * pi * share(t, LOOP_S, 0.2))
        hook = Track((0, 18.5), (4, 18.5), (9, 6), (13, 6), (18, 18.5), (LOOP_S, 18.5)).at(t)
        brush.rod(jib(out, top), jib(out, hook + 1.6), 0.07, rgb(0x4A4640))
        for dx in (-1.6, 1.6):
            end = jib(out, hook)
            brush.rod(jib(out, hook + 1.6), (end[0] + dx, end[1], end[2]), 0.05, rgb(0x4A4640))
        end = jib(out, hook)
        brush.rod((end[0] - 2.0, end[1], hook - 0.2), (end[0] + 2.0, end[1], hook - 0.2), 0.5, rgb(0x8A5A3E))
        if blinks(t, 2.0, 0.4):
            brush.ball(peak, 0.45, rgb(0xFF5A4C), own_light=True)

    @staticmethod
    def _excavator(brush: Brush, t: float) -> None:
        x, y = -14.0, 12.0
        brush.shadow((x, y, 0), 3.2, 2.2, 0.3)
        brush.box((x - 2.2, y - 1.6, 0), (4.4, 0.9, 1.0), rgb(0x33353A))
        brush.box((x - 2.2, y + 0.8, 0), (4.4, 0.9, 1.0), rgb(0x33353A))
        brush.box((x - 1.7, y - 1.3, 1.0), (3.6, 2.8, 1.3), CRANE)
        brush.box((x - 0.9, y - 1.4, 2.3), (1.5, 1.3, 1.4), rgb(0xE4B64A), top=rgb(0xC89A34))
        brush.face(wall_board(x - 0.75, x + 0.45, y - 1.42, 2.5, 3.5), rgb(0x3A4A56))
        work = sin(2 * pi * share(t, 5.0))
        elbow = (x - 3.4, y, 4.6 + 0.7 * work)
        bucket = (x - 5.8 - 0.6 * work, y, 1.2 + 1.0 * work)
        brush.rod((x - 1.2, y, 1.9), elbow, 0.6, CRANE)
        brush.rod(elbow, bucket, 0.45, scaled(CRANE, 0.9))
        brush.rod(bucket, (bucket[0] + 0.8, y, bucket[2] - 0.5), 0.8, rgb(0x4A4640))

    @staticmethod
    def _lorries(t: float) -> list[Shot]:
        shots = []
        for start, end, y, phase, load in (
            ((-62.0), 70.0, -6.2, 0.15, rgb(0x6E7C58)),
            (70.0, -62.0, -9.8, 0.6, rgb(0x7A6A58)),
        ):
            pose = Way((start, y), (end, y), 1, phase).pose(t)
            shots.append(Shot(pose.place, partial(lorry, pose=pose, cab=rgb(0xC2583A), load=load)))
        return shots

    @staticmethod
    def _weld(brush: Brush, t: float) -> None:
        """Draw welding light on the fifth floor: short and irregular, as it is."""
        tenth = int(t * 12.5)
        if share(t, 10.0) < 0.45 and (tenth * 7919) % 5 < 3:
            spot = (10.5, 36.0, 8.6)
            brush.ball(spot, 0.22, rgb(0xF4FAFF), own_light=True)
            brush.glow(spot, 2.6, rgb(0xBFE0FF), 0.8)
