"""Scenes of public transport: the metro entrance and the bus stop."""

from functools import partial

from desktop.drill.cameras.draw.brush import Brush, Shot
from desktop.drill.cameras.draw.colour import Mood, rgb, scaled
from desktop.drill.cameras.draw.lens import WIDTH, Lens, steps
from desktop.drill.cameras.draw.people import Look, any_look, ebike
from desktop.drill.cameras.draw.scene import Scene, Track, blinks
from desktop.drill.cameras.draw.street import (
    IRON,
    KERB,
    MARKING,
    WARM,
    Facade,
    board,
    building,
    dashes,
    lamp,
    tree,
    wall_board,
)
from desktop.drill.cameras.draw.traffic import Way, driving, standing, strolling, walking
from desktop.drill.cameras.draw.vehicles import PAINTS, Lights, Pose, bus, car
from desktop.drill.cameras.draw.weather import Rain

PAVING = rgb(0x6B6E74)


class Metro(Scene):
    """A glass-roofed metro entrance at dusk; people come and go, shared bikes stand in a row."""

    slug = "metro"
    lens = Lens((-5.5, -11.5, 5.8), (2.2, 9.0, 1.3), 58.0)
    mood = Mood(
        sky_top=rgb(0x22305C), sky_low=rgb(0xB77F86), light=(0.82, 0.78, 0.90), haze=rgb(0x5B5578), haze_m=150.0
    )

    def __init__(self) -> None:
        super().__init__()
        chance = self.chance
        self._walkers = []
        for number in range(9):
            x = 2.7 + 0.62 * (number % 5)
            far_end = (chance.uniform(-16, 12), -16.0)
            door, out = (x, 13.4), number % 2
            way = Way(door, far_end, phase=number / 9) if out else Way(far_end, door, phase=number / 9)
            self._walkers.append((way, any_look(chance)))
        for number in range(3):
            y = 16.4 + 0.6 * number
            ends = ((-34.0, y), (40.0, y))
            way = Way(*(ends if number % 2 else ends[::-1]), phase=number / 3 + 0.05)
            self._walkers.append((way, any_look(chance)))
        self._traffic = [
            (Way((-60, 21.4), (70, 21.4), 2, 0.1), partial(bus, paint=rgb(0x5A86B0), number="1037")),
            (Way((-60, 21.4), (70, 21.4), 2, 0.6), partial(car, paint=PAINTS[0])),
            (Way((70, 25.6), (-60, 25.6), 2, 0.3), partial(car, paint=PAINTS[5], tall=True)),
            (Way((70, 25.6), (-60, 25.6), 2, 0.75), partial(car, paint=PAINTS[2])),
        ]

    def backdrop(self, brush: Brush) -> None:
        """Draw the square, the town behind and the entrance."""
        brush.sky()
        chance = self.chance
        for x in steps(-150, 170, 27):
            block = (21, 20, chance.uniform(24, 60))
            building(brush, (x, 84 + chance.uniform(0, 24), 0), block, Facade(rgb(0x6B6284), lit=0.36), chance)
        brush.expanse(-170, 170, -16, 120, rgb(0x565A66))
        for x, wide, tall in ((-64.0, 30.0, 17.0), (-30.0, 26.0, 22.0), (0.0, 34.0, 15.0), (38.0, 40.0, 24.0)):
            building(brush, (x, 36, 0), (wide, 22, tall), Facade(rgb(0x7A6F80), lit=0.4), chance)
        brush.expanse(-150, 150, 19.2, 27.8, rgb(0x454852))
        dashes_y = 23.5
        for x in steps(-80, 90, 8):
            brush.strip(x, x + 4, dashes_y, dashes_y + 0.16, MARKING)
        brush.strip(-150, 150, 18.9, 19.2, KERB)
        for x in steps(-30, 34, 3):
            for y in steps(-15, 18, 3):
                if (x + y) % 2:
                    brush.strip(x, x + 2.94, y, y + 2.94, PAVING)
        brush.strip(-40, 40, 15.2, 15.6, rgb(0xC8A24A))
        for x in (-26.0, -14.0, 14.0, 26.0):
            tree(brush, (x, 17.8, 0), 5.4, rgb(0x587050), chance)
        lamp(brush, (-10.5, 15.8, 0), 6.5, 1.6)
        self._bikes(brush)
        self._entrance(brush)

    @staticmethod
    def _bikes(brush: Brush) -> None:
        tones = (rgb(0x5BA7D6), rgb(0xE2B43C), rgb(0x5BA7D6), rgb(0x59B08A))
        for number in range(9):
            pose = Pose(-12.6 + 0.85 * number, 10.4, 0.35)
            ebike(brush, pose, tones[number % 4])

    def _entrance(self, brush: Brush) -> None:
        x1, x2, y1, y2, top = 1.6, 7.4, 9.0, 15.6, 3.9
        brush.strip(x1, x2, y1 - 2.5, y1, rgb(0xC8A24A))
        brush.strip(x1, x2, y1 - 2.2, y1, PAVING)
        brush.face([(x1, y2, 0), (x2, y2, 0), (x2, y2, top), (x1, y2, top)], rgb(0xF2E2B6), own_light=True)
        for step in range(9):
            y = y1 + 1.2 + 0.5 * step
            tone = scaled(rgb(0xC9B78E), 1.0 - 0.07 * step)
            brush.strip(x1, x2, y, y + 0.26, tone)
            brush.strip(x1, x2, y + 0.26, y + 0.5, scaled(tone, 0.72))
        brush.face([(x2, y1, 0), (x2, y2, 0), (x2, y2, top), (x2, y1, top)], rgb(0x9CC3CF), alpha=0.45)
        brush.pool((4.5, 8.2, 0), 6.0, 4.0, WARM, 0.30)

    def moving(self, brush: Brush, t: float) -> None:
        """Draw the street behind, then the people."""
        shots = [driving(way, body, t) for way, body in self._traffic]
        for way, look in self._walkers:
            shots += [Shot(shot.at, partial(self._on_stairs, shot=shot)) for shot in strolling(way, look, t)]
        shots.append(Shot((4.5, 9.2, 0), self._canopy))
        brush.far_to_near(shots)

    @staticmethod
    def _on_stairs(brush: Brush, shot: Shot) -> None:
        """Draw somebody; who is on the stairs sinks below the edge of the floor."""
        x, y, _ = shot.at
        below = 0.75 * (y - 10.2) if 1.6 < x < 7.4 and y < 15.0 else 0.0
        if below <= 0:
            shot.draw(brush)
            return
        edge = brush.lens.spot((x, 10.2, 0.0))[1]
        with brush.within(((0.0, 0.0), (WIDTH, 0.0), (WIDTH, edge), (0.0, edge))):
            brush.canvas.translate(0.0, below * brush.lens.pixels(shot.at))
            shot.draw(brush)

    @staticmethod
    def _canopy(brush: Brush) -> None:
        """Draw the near part of the entrance: glass, roof and sign, over the people inside."""
        x1, x2, y1, y2, top = 1.6, 7.4, 9.0, 15.6, 3.9
        brush.face([(x1, y2, 0), (x1, y1, 0), (x1, y1, top), (x1, y2, top)], rgb(0xA9CBD6), alpha=0.22)
        for x in (x1, x2):
            for y in (y1, y2):
                brush.rod((x, y, 0), (x, y, top), 0.16, rgb(0xB9C0C8))
        brush.box((x1 - 0.5, y1 - 0.7, top), (x2 - x1 + 1.0, y2 - y1 + 1.4, 0.35), rgb(0xC6CCD2), top=rgb(0x9AA5B4))
        sign = wall_board(x1 + 0.3, x2 - 0.3, y1 - 0.75, top - 0.75, top + 0.05)
        board(brush, sign, "东明路地铁站  3号口", back=rgb(0x1C3D6E), ink=rgb(0xF1F4F8), size=0.58, shining=True)
        brush.rod((0.1, 8.2, 0), (0.1, 8.2, 4.6), 0.2, rgb(0x8F98A4))
        brush.box((-0.55, 8.1, 3.3), (1.3, 0.2, 1.3), rgb(0xB2323A))
        board(
            brush,
            wall_board(-0.55, 0.75, 8.05, 3.3, 4.6),
            "M",
            back=rgb(0xC23A40),
            ink=rgb(0xFFFFFF),
            size=0.8,
            shining=True,
        )
        brush.glow((0.1, 8.0, 3.95), 1.9, rgb(0xE05A5A), 0.25)


class BusStop(Scene):
    """A bus stop in evening rain: a bus comes, waits with open doors, and goes."""

    slug = "bus-stop"
    lens = Lens((-5.0, -11.0, 5.6), (3.4, 9.0, 1.2), 60.0)
    mood = Mood(
        sky_top=rgb(0x1B2740), sky_low=rgb(0x4C5B74), light=(0.80, 0.86, 0.96), haze=rgb(0x34425A), haze_m=110.0
    )

    def __init__(self) -> None:
        super().__init__()
        chance = self.chance
        self._rain = Rain(chance, streaks=56, rings=12)
        self._waiting = [
            (Pose(7.6 + 0.35 * (number % 2), 5.2 + 1.25 * number, 1.4 + chance.uniform(-0.3, 0.3)), any_look(chance))
            for number in range(6)
        ]
        self._walkers = [
            (Way((10.4, -14), (10.4, 60), phase=0.15), any_look(chance, rain=True)),
            (Way((11.2, 60), (11.2, -14), phase=0.55), any_look(chance, rain=True)),
            (Way((10.8, 60), (10.8, -14), phase=0.95), any_look(chance, rain=True)),
        ]
        self._traffic = [
            (Way((-0.2, -24), (-0.2, 130), 2, phase), partial(car, paint=paint, tall=tall))
            for phase, paint, tall in ((0.12, PAINTS[0], False), (0.55, PAINTS[3], True), (0.8, PAINTS[5], False))
        ] + [
            (Way((-4.0, 130), (-4.0, -24), 2, phase), partial(car, paint=paint))
            for phase, paint in ((0.0, PAINTS[1]), (0.3, PAINTS[2]), (0.72, PAINTS[6]))
        ]

    def backdrop(self, brush: Brush) -> None:
        """Draw the street, the houses and the shelter's far side."""
        brush.sky()
        chance = self.chance
        for x in steps(-90, 120, 22):
            block = (18, 20, chance.uniform(20, 46))
            building(brush, (x, 120, 0), block, Facade(rgb(0x4A566E), lit=0.34), chance)
        brush.expanse(-90, 90, -16, 140, rgb(0x444B56))
        for y, deep, tall in ((86.0, 26.0, 18.0), (54.0, 26.0, 24.0), (24.0, 24.0, 16.0)):
            building(brush, (14.5, y, 0), (20, deep, tall), Facade(rgb(0x5A6070), lit=0.36), chance)
            building(brush, (-34, y, 0), (22, deep, tall + 4), Facade(rgb(0x525C70), lit=0.3), chance)
        brush.expanse(-8, 5.8, -16, 140, rgb(0x383F4A))
        dashes(brush, -2.1, -14, 120)
        dashes(brush, 1.7, -14, 120)
        for x in (-7.8, 5.8):
            brush.strip(x - 0.1, x + 0.12, -16, 140, rgb(0x8A929B))
        for y in (2.5, 16.0):
            brush.strip(2.2, 5.4, y, y + 0.18, rgb(0xD0AE4C))
        with brush.panel(((2.6, 12.6, 0), (5.2, 12.6, 0), (5.2, 8.2, 0), (2.6, 8.2, 0)), 26, 44) as panel:
            panel.text("公交", 13, 40, 12, rgb(0xD0AE4C), own_light=False)
        for y in (70.0, 48.0, 30.0):
            tree(brush, (12.4, y, 0), 6.0, rgb(0x466354), chance)
            tree(brush, (-10.2, y - 6, 0), 6.0, rgb(0x466354), chance)
        for y in (64.0, 40.0, 20.0):
            lamp(brush, (-8.8, y, 0), 7.5, 2.2, wet=True)
        self._shelter(brush)

    @staticmethod
    def _shelter(brush: Brush) -> None:
        for number, y in enumerate((4.6, 8.4, 12.2)):
            corners = ((9.3, y + 3.3, 2.35), (9.3, y, 2.35), (9.3, y, 0.5), (9.3, y + 3.3, 0.5))
            words = ("临江 · 好生活", "978 · 1037", "慢行一步")[number]
            back = (rgb(0x2E6E8E), rgb(0xE4E2D8), rgb(0xB5623E))[number]
            board(
                brush,
                corners,
                words,
                back=back,
                ink=rgb(0x20242A) if number == 1 else rgb(0xF4F4EE),
                size=0.26,
                shining=True,
            )
            brush.pool((8.4, y + 1.6, 0), 2.6, 2.6, rgb(0xDCE8F0), 0.20)
        brush.box((8.5, 5.0, 0.42), (0.45, 10.0, 0.1), rgb(0x8C7A5C))
        for y in (4.4, 15.8):
            brush.rod((9.4, y, 0), (9.4, y, 2.75), 0.14, IRON)

    def moving(self, brush: Brush, t: float) -> None:
        """Draw rain, waiting people and the bus."""
        self._rain.patter(brush, t, (-7.5, 5.5, -8.0, 26.0))
        y = Track((0, -34), (5.0, 6.2), (6.5, 9.6), (12.5, 9.6), (15, 17), (19.9, 190)).at(t)
        stands = 6.4 <= t < 12.6
        lights = Lights(brake=5.0 < t < 12.4, blink=1 if stands and blinks(t, 1.0) else 0)
        pose = Pose(4.0, y)
        shots = [Shot(pose.place, partial(bus, pose=pose, paint=rgb(0x3F8272), lights=lights, number="978"))]
        for number, (place, look) in enumerate(self._waiting):
            shots += self._passenger(number, place, look, t)
        shots += [shot for way, look in self._walkers for shot in strolling(way, look, t)]
        shots += [driving(way, body, t) for way, body in self._traffic]
        shots.append(Shot((7.0, 4.0, 0), self._roof))
        brush.far_to_near(shots)
        self._rain.fall(brush, t)

    @staticmethod
    def _passenger(number: int, place: Pose, look: Look, t: float) -> list[Shot]:
        """Three get in and are followed by others who come to wait; three stay."""
        if number >= 3:
            return [standing(place, look)]
        door = (5.4, 8.0 + 2.6 * number)
        boarding = (t - 7.5 - number) / 2.5
        coming = (t - 13.5 - number * 1.6) / 3.0
        if boarding < 0 or coming > 1:
            return [standing(place, look)]
        if boarding <= 1:
            return [walking(Way((place.x, place.y), door), look, boarding)]
        if coming >= 0:
            return [walking(Way((13.5, place.y), (place.x, place.y)), look, coming)]
        return []

    @staticmethod
    def _roof(brush: Brush) -> None:
        brush.box((6.7, 4.2, 2.75), (3.0, 11.8, 0.16), rgb(0x6F7A88), top=rgb(0x55606E))
        sign = ((6.68, 9.6, 3.2), (6.68, 4.3, 3.2), (6.68, 4.3, 2.7), (6.68, 9.6, 2.7))
        board(brush, sign, "上南路灵岩南路", back=rgb(0x24506E), ink=rgb(0xF1F4F8), size=0.7, shining=True)
