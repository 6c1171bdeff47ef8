"""Scenes around the houses: the gate, the charging shed, the car park."""

from functools import partial
from math import pi

from desktop.drill.cameras.draw.brush import Brush, Shot
from desktop.drill.cameras.draw.colour import Colour, Mood, rgb, scaled
from desktop.drill.cameras.draw.lens import Lens, steps
from desktop.drill.cameras.draw.people import TOPS, any_look, ebike
from desktop.drill.cameras.draw.scene import Scene, Track, blinks
from desktop.drill.cameras.draw.street import (
    KERB,
    MARKING,
    WARM,
    Facade,
    board,
    building,
    hedge,
    lamp,
    tree,
    wall_board,
    zebra,
)
from desktop.drill.cameras.draw.traffic import Way, driving, standing, strolling, walking
from desktop.drill.cameras.draw.vehicles import NAVY, PAINTS, WHITE_PAINT, Lights, Pose, car

GREEN_LAMP = rgb(0x58E08C)
RED_LAMP = rgb(0xFF5A4C)


class Gate(Scene):
    """The gate of a housing estate in the evening: a barrier lets cars in and out."""

    slug = "gate"
    lens = Lens((-5.5, -14.0, 6.2), (1.6, 9.0, 2.0), 56.0)
    mood = Mood(
        sky_top=rgb(0x152040), sky_low=rgb(0x6A6A92), light=(0.90, 0.87, 0.96), haze=rgb(0x363E60), haze_m=150.0
    )
    _barrier_y = 9.5

    def __init__(self) -> None:
        super().__init__()
        chance = self.chance
        self._walkers = [
            (Way((8.4, -16.0), (8.4, 48.0), phase=0.1), any_look(chance)),
            (Way((9.1, 48.0), (9.1, -16.0), phase=0.45), any_look(chance)),
            (Way((8.0, 48.0), (8.0, -16.0), phase=0.7), any_look(chance)),
            (Way((-30.0, -1.5), (30.0, -1.5), phase=0.3), any_look(chance)),
            (Way((30.0, -2.4), (-30.0, -2.4), phase=0.62), any_look(chance)),
        ]
        self._guard = any_look(chance)
        self._riders = [
            (Way((-40.0, -4.6), (40.0, -4.6), 1, 0.2), rgb(0x3E7FB8), any_look(chance), None),
            (Way((40.0, -6.0), (-40.0, -6.0), 1, 0.75), rgb(0xD8DADC), any_look(chance), rgb(0xE8B63A)),
        ]

    def backdrop(self, brush: Brush) -> None:
        """Draw the towers, the drive and the gate house."""
        brush.sky()
        chance = self.chance
        brush.expanse(-120, 120, -16, 140, rgb(0x3F4C4A))
        for x, y, tall in (
            (-52.0, 96.0, 54.0),
            (-18.0, 110.0, 62.0),
            (22.0, 104.0, 58.0),
            (56.0, 92.0, 50.0),
            (-40.0, 58.0, 36.0),
            (26.0, 60.0, 40.0),
        ):
            building(brush, (x, y, 0), (20, 16, tall), Facade(rgb(0x82788A), floor_m=3.0, bay_m=2.5, lit=0.38), chance)
        brush.expanse(-120, 120, -16, 1.0, rgb(0x50555F))
        brush.expanse(-4.6, 6.6, 1.0, 60, rgb(0x4B505A))
        brush.expanse(7.2, 9.8, 1.0, 60, rgb(0x6C6C70))
        zebra(brush, -4.2, 6.4, -2.8, 0.4)
        for x in steps(-40, 40, 8):
            brush.strip(x, x + 4, -8.1, -7.94, rgb(0xC9A94E))
        brush.strip(-120, -4.6, 0.8, 1.05, KERB)
        brush.strip(6.6, 120, 0.8, 1.05, KERB)
        for y in steps(14, 56, 6):
            brush.strip(0.9, 1.1, y, y + 3, MARKING)
        for x in (-7.5, 12.5):
            for y in (44.0, 34.0, 24.0, 16.0):
                tree(brush, (x, y, 0), 5.6, rgb(0x4C6B4A), chance)
        for side, x in ((-1.0, -26.0), (1.0, 10.2)):
            hedge(brush, (x, 11.0, 0), (20.0 if side < 0 else 24.0, 1.0, 1.1), rgb(0x456148))
        for y in (40.0, 22.0):
            lamp(brush, (-5.6, y, 0), 5.0, 1.0)
        self._gate_house(brush)

    @staticmethod
    def _gate_house(brush: Brush) -> None:
        stone = rgb(0xA39484)
        brush.box((-9.6, 9.6, 0), (3.4, 1.2, 3.2), stone)
        brush.box((10.0, 9.6, 0), (5.6, 1.2, 3.2), stone)
        board(
            brush,
            wall_board(10.3, 15.3, 9.5, 1.5, 2.8),
            "临江苑",
            back=scaled(stone, 0.9),
            ink=rgb(0xE8C878),
            size=0.72,
        )
        brush.pool((12.8, 8.6, 0), 4.0, 2.0, WARM, 0.25)
        brush.box((-6.0, 9.2, 0), (1.6, 2.4, 3.0), rgb(0x7C8894))
        brush.face(
            [(-5.8, 9.15, 1.0), (-4.6, 9.15, 1.0), (-4.6, 9.15, 2.3), (-5.8, 9.15, 2.3)], rgb(0xFFE2A0), own_light=True
        )
        brush.face(
            [(-4.38, 9.4, 1.0), (-4.38, 11.3, 1.0), (-4.38, 11.3, 2.3), (-4.38, 9.4, 2.3)],
            rgb(0xFFE2A0),
            own_light=True,
        )
        brush.pool((-4.0, 8.4, 0), 4.0, 3.0, WARM, 0.25)

    def moving(self, brush: Brush, t: float) -> None:
        """Draw a car that leaves, a car that comes home, people, and the barrier."""
        inward, outward = (
            Track((1, -40), (4, 1.6), (5.6, 4.2), (7.4, 4.2), (11, 26), (13.5, 62)),
            Track((10, 62), (13, 20), (14.6, 14.6), (16, 14.6), (18, 2.0), (19.8, -40)),
        )
        shots = [Shot((1.0, self._barrier_y, 0), partial(self._barriers, t=t))]
        if 1 < t < 13.5:
            pose = Pose(3.9, inward.at(t))
            lights = Lights(brake=4.0 < t < 7.2)
            shots.append(Shot(pose.place, partial(car, pose=pose, paint=WHITE_PAINT, lights=lights)))
        if 10 < t < 19.8:
            pose = Pose(-1.8, outward.at(t), pi)
            shots.append(Shot(pose.place, partial(car, pose=pose, paint=NAVY, tall=True)))
        shots += [shot for way, look in self._walkers for shot in strolling(way, look, t)]
        shots.append(standing(Pose(-3.9, 8.0, -2.2), self._guard))
        for way, paint, rider, load in self._riders:
            shots.append(driving(way, partial(ebike, paint=paint, rider=rider, box=load), t))
        brush.far_to_near(shots)

    def _barriers(self, brush: Brush, t: float) -> None:
        y = self._barrier_y
        lift_in = Track((6.6, 0), (7.6, 1), (9.4, 1), (10.6, 0)).at(t)
        lift_out = Track((14.8, 0), (15.8, 1), (17.4, 1), (18.6, 0)).at(t)
        brush.box((0.75, y - 0.3, 0), (0.5, 0.6, 1.15), rgb(0xD8D4CC))
        for lift, way in ((lift_in, 1.0), (lift_out, -1.0)):
            self._arm(brush, lift, way)
            colour = GREEN_LAMP if lift > 0.5 else RED_LAMP
            spot = (1.0 + 0.35 * way, y - 0.3, 1.3)
            brush.ball(spot, 0.12, colour, own_light=True)
            brush.glow(spot, 0.9, colour, 0.5)
        words = "欢迎回家" if lift_in > 0.3 else "临江苑"
        board(
            brush,
            wall_board(0.3, 1.9, y - 0.4, 1.55, 2.15),
            words,
            back=rgb(0x14181C),
            ink=rgb(0x6CE0A0),
            size=0.6,
            shining=True,
        )

    def _arm(self, brush: Brush, lift: float, way: float) -> None:
        far_x, far_z = 1.0 + way * 5.0 * (1 - lift) + way * 0.4 * lift, 1.0 + 4.6 * lift
        for number in range(6):
            a, b = number / 6, (number + 1) / 6
            tone = rgb(0xE24B45) if number % 2 else rgb(0xF0F0EC)
            start = (1.0 + (far_x - 1.0) * a, self._barrier_y, 1.0 + (far_z - 1.0) * a)
            end = (1.0 + (far_x - 1.0) * b, self._barrier_y, 1.0 + (far_z - 1.0) * b)
            brush.rod(start, end, 0.11, tone)


class ChargingShed(Scene):
    """A charging shed for e-bikes at night; the sockets' lamps tell who charges."""

    slug = "charging-shed"
    lens = Lens((-6.6, -6.6, 4.6), (1.4, 5.6, 0.7), 64.0)
    mood = Mood(sky_top=rgb(0x0D1830), sky_low=rgb(0x233656), light=(0.78, 0.86, 0.92), haze=rgb(0x1C2B44), haze_m=60.0)
    _bays = 11

    def __init__(self) -> None:
        super().__init__()
        chance = self.chance
        paints = (*TOPS[:3], rgb(0xD8DADC), rgb(0x3A3E46), rgb(0x6FA08C))
        self._bikes = [chance.choice(paints) if number not in {4, 8} else None for number in range(self._bays)]
        self._late = any_look(chance)
        self._passer = any_look(chance)

    def backdrop(self, brush: Brush) -> None:
        """Draw the shed and what is behind it."""
        brush.sky()
        chance = self.chance
        brush.expanse(-60, 60, -10, 60, rgb(0x46505A))
        for x, tall in ((-46.0, 30.0), (-22.0, 24.0), (6.0, 34.0), (34.0, 28.0)):
            building(brush, (x, 34, 0), (22, 14, tall), Facade(rgb(0x546078), floor_m=3.0, lit=0.3), chance)
        for x in (-13.0, -9.0, 15.0, 20.0):
            tree(brush, (x, 13.5, 0), 5.0, rgb(0x3F5E4C), chance)
        brush.expanse(-8.0, 13.0, 2.6, 8.4, rgb(0x6A7078))
        brush.strip(-8, 13, 2.5, 2.65, rgb(0xD0AE4C))
        for number in range(self._bays + 1):
            x = -6.6 + 1.55 * number
            brush.strip(x - 0.04, x + 0.04, 3.4, 6.9, rgb(0xE6E6E0))
        brush.box((-8.0, 8.2, 0), (21.0, 0.25, 2.9), rgb(0x9AA6AE))
        for number in range(self._bays):
            x = -5.83 + 1.55 * number
            brush.box((x - 0.22, 8.0, 1.1), (0.44, 0.18, 0.6), rgb(0xD9DEE2))
        for x, tone in ((9.6, rgb(0xC2382F)), (10.1, rgb(0xC2382F))):
            brush.rod((x, 7.9, 0.15), (x, 7.9, 0.55), 0.24, tone)
        for x in (-4.5, 2.0, 8.5):
            brush.pool((x, 5.2, 0.0), 5.0, 3.6, rgb(0xDDEBF2), 0.22)

    def moving(self, brush: Brush, t: float) -> None:
        """Draw the bikes, their lamps, and somebody who comes to charge."""
        shots = []
        for number, paint in enumerate(self._bikes):
            x = -5.83 + 1.55 * number
            shots.append(Shot((x, 8.0, 1.4), partial(self._socket, x=x, number=number, t=t)))
            if paint is not None:
                pose = Pose(x, 5.6, 0.12 * ((number * 5) % 3 - 1))
                shots.append(Shot(pose.place, partial(ebike, pose=pose, paint=paint)))
        shots += self._arrival(t)
        passer = Way((-26.0, 0.4), (26.0, 0.4), phase=0.35)
        shots += strolling(passer, self._passer, t)
        shots.append(Shot((2.0, 2.0, 0), self._roof))
        brush.far_to_near(shots)

    def _socket(self, brush: Brush, x: float, number: int, t: float) -> None:
        charging = self._bikes[number] is not None or (number == 4 and 8.0 < t < 15.5)
        if not charging:
            colour = rgb(0x5C6A74)
        elif number % 4 == 3:
            colour = GREEN_LAMP
        else:
            colour = rgb(0x58C8F0) if blinks(t + number * 0.25, 2.0, 0.6) else rgb(0x1E4656)
        brush.ball((x, 7.95, 1.5), 0.08, colour, own_light=True)
        if charging:
            brush.glow((x, 7.95, 1.5), 0.6, colour, 0.45)
            brush.rod((x + 0.1, 7.9, 1.2), (x + 0.12, 6.3, 0.55), 0.035, rgb(0x15181C))

    def _arrival(self, t: float) -> list[Shot]:
        """The fifth bay: a rider pushes a bike in, plugs it in, and later fetches it."""
        x = -5.83 + 1.55 * 4
        y = Track((2.0, -9.0), (6.5, 5.6), (16.5, 5.6), (19.5, -9.0)).at(t)
        if not 2.0 < t < 19.5:
            return []
        rides = t < 6.4 or t > 16.6
        pose = Pose(x, y, 0.0 if t < 16.6 else pi)
        bike = Shot(pose.place, partial(ebike, pose=pose, paint=rgb(0xC86A3C), rider=self._late if rides else None))
        if rides:
            return [bike]
        if t < 9:
            return [bike, standing(Pose(x + 0.55, 6.4, 0.0), self._late, arms=0.45)]
        if t < 12.2:
            return [bike, walking(Way((x + 0.6, 6.0), (15.5, -4.0)), self._late, (t - 9) / 3.2)]
        if t > 13:
            return [bike, walking(Way((15.5, -4.0), (x + 0.6, 5.4)), self._late, (t - 13) / 3.6)]
        return [bike]

    @staticmethod
    def _roof(brush: Brush) -> None:
        for x in (-7.6, -0.6, 6.2, 12.6):
            brush.rod((x, 3.0, 0), (x, 3.0, 3.1), 0.13, rgb(0x8C98A2))
        for x in (-4.5, 2.0, 8.5):
            brush.rod((x - 1.0, 3.6, 3.0), (x + 1.0, 3.6, 3.0), 0.1, rgb(0xF4FAFF), own_light=True)
            brush.glow((x, 3.6, 3.0), 1.3, rgb(0xDDEBF2), 0.3)
        brush.face(
            [(-8.2, 6.4, 3.35), (13.2, 6.4, 3.35), (13.2, 8.6, 3.5), (-8.2, 8.6, 3.5)], rgb(0x5E7C8C), alpha=0.95
        )
        brush.rod((-8.2, 3.0, 3.15), (13.2, 3.0, 3.15), 0.12, rgb(0x8C98A2))
        title, warning = wall_board(-4.4, 3.2, 2.9, 3.2, 3.85), wall_board(4.6, 7.8, 2.9, 3.2, 3.85)
        board(brush, title, "电动自行车集中充电点", back=rgb(0x1F6A55), ink=rgb(0xF2F5F2), size=0.68, shining=True)
        board(brush, warning, "严禁飞线", back=rgb(0xA83A36), ink=rgb(0xF7F0EE), size=0.68, shining=True)


class CarPark(Scene):
    """A car park on a grey day, seen from a roof: one car leaves, another backs into its place."""

    slug = "car-park"
    lens = Lens((-7.0, -21.0, 15.5), (0.6, 4.0, 0.0), 54.0)
    mood = Mood(
        sky_top=rgb(0xA9B6C2),
        sky_low=rgb(0xC9D0D4),
        light=(0.80, 0.84, 0.88),
        haze=rgb(0xA3AEB8),
        haze_m=160.0,
        faces=(1.0, 0.82, 0.7),
        lamps=False,
    )
    _rows = ((12.5, pi), (-1.2, 0.0), (-7.4, pi))
    _free = (1, 6)

    def __init__(self) -> None:
        super().__init__()
        self._walker = any_look(self.chance)
        self._child = any_look(self.chance, child=True)

    def backdrop(self, brush: Brush) -> None:
        """Draw the ground, its markings, trees, and the cars that stay."""
        chance = self.chance
        brush.sky()
        brush.expanse(-90, 90, -22, 90, rgb(0x8A9A86))
        for x, wide, tall in ((-60.0, 34.0, 12.0), (-20.0, 30.0, 16.0), (16.0, 40.0, 13.0)):
            building(brush, (x, 46, 0), (wide, 14, tall), Facade(rgb(0xB9B4AC), lit=0.05, glass=rgb(0x6B7B8A)), chance)
        brush.expanse(-24, 24, -20, 16.2, rgb(0x717A84))
        for y, _ in self._rows:
            for number in range(15):
                x = -19.6 + 2.8 * number
                brush.strip(x - 0.06, x + 0.06, y - 2.7, y + 2.7, rgb(0xE4E8EA))
        for x in (-13.0, 6.0):
            self._arrow(brush, x, 5.6)
        for number in range(14):
            hedge(brush, (-22.0 + 3.2 * number, 16.4, 0), (3.1, 1.0, 0.9), rgb(0x5E7B57))
        for x in (-20.0, -8.0, 6.0, 18.0):
            tree(brush, (x, 19.5, 0), 6.0, rgb(0x6B8A5E), chance)
        brush.far_to_near([*self._parked(), *self._chargers()])

    def _parked(self) -> list[Shot]:
        parked = []
        chance = self.chance
        for row, (y, heading) in enumerate(self._rows):
            for number in range(14):
                if (row == 0 and number in self._free) or (chance.random() < 0.24 and row):
                    continue
                pose = Pose(-18.2 + 2.8 * number, y + chance.uniform(-0.3, 0.3), heading)
                paint, tall = chance.choice(PAINTS), chance.random() < 0.35
                parked.append(Shot(pose.place, partial(car, pose=pose, paint=paint, tall=tall)))
        return parked

    def _chargers(self) -> list[Shot]:
        places = [6.4 + 2.8 * number for number in range(3)]
        return [Shot((x, 15.6, 0), partial(self._charger, x=x)) for x in places]

    @staticmethod
    def _charger(brush: Brush, x: float) -> None:
        brush.box((x - 0.25, 15.5, 0), (0.5, 0.3, 1.5), rgb(0xE9EDEF))
        brush.ball((x, 15.4, 1.2), 0.1, GREEN_LAMP, own_light=True)

    @staticmethod
    def _arrow(brush: Brush, x: float, y: float) -> None:
        brush.strip(x, x + 2.6, y - 0.12, y + 0.12, rgb(0xE4E8EA))
        brush.ground(((x + 2.6, y - 0.5), (x + 3.8, y), (x + 2.6, y + 0.5)), rgb(0xE4E8EA))

    def moving(self, brush: Brush, t: float) -> None:
        """Draw the two cars, and people who walk to theirs."""
        shots = []
        slot = -18.2 + 2.8 * self._free[1]
        # The one that leaves stands at its place again when the loop ends, for by then the other has parked there.
        if t < 9.0:
            x = Track((0, slot), (3.2, slot), (5.0, slot + 3.4), (9.0, 42)).at(t)
            y = Track((0, 12.5), (1, 12.5), (3.2, 7.6), (5.0, 5.6)).at(t)
            heading = Track((2.0, pi), (4.6, 1.5 * pi)).at(t)
            shots.append(self._guest(Pose(x, y, heading), brake=0.2 < t < 1.0))
        if t > 9.5:
            x = Track((9.5, -46), (13.4, slot + 3.4), (14.4, slot + 3.4), (16.6, slot + 0.1), (17.4, slot)).at(t)
            y = Track((9.5, 5.6), (14.4, 5.6), (16.4, 7.8), (18.8, 12.5)).at(t)
            turn = Track((14.4, 1.5 * pi), (17.0, pi)).at(t)
            shots.append(self._guest(Pose(x, y, turn), brake=13.0 < t < 14.4 or 18.0 < t < 19.8))
        shots += strolling(Way((-30.0, 4.4), (30.0, 4.4), phase=0.2), self._walker, t)
        shots += strolling(Way((-30.0, 3.6), (30.0, 3.6), phase=0.2), self._child, t)
        brush.far_to_near(shots)

    @staticmethod
    def _guest(pose: Pose, *, brake: bool) -> Shot:
        paint: Colour = rgb(0xB5483E)
        return Shot(pose.place, partial(car, pose=pose, paint=paint, lights=Lights(head=False, brake=brake)))
