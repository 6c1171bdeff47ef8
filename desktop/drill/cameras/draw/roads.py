"""Scenes of moving traffic."""

from functools import partial

from desktop.drill.cameras.draw.brush import Brush, Shot
from desktop.drill.cameras.draw.colour import Mood, rgb
from desktop.drill.cameras.draw.lens import Lens
from desktop.drill.cameras.draw.scene import Scene, Track
from desktop.drill.cameras.draw.street import (
    KERB,
    MARKING,
    Facade,
    Signal,
    building,
    dashes,
    lamp,
    signal_light,
    tree,
    zebra,
)
from desktop.drill.cameras.draw.vehicles import PAINTS, Lights, Pose, car

ASPHALT = rgb(0x3A3F47)


class Crossroads(Scene):
    """A wide crossing at night, seen from a mast; both directions take turns."""

    slug = "crossroads"
    lens = Lens((3.0, -26.0, 12.5), (0.5, 6.0, 0.0), 62.0)
    mood = Mood(
        sky_top=rgb(0x0B1226), sky_low=rgb(0x263255), light=(0.62, 0.68, 0.86), haze=rgb(0x1A2340), haze_m=170.0
    )

    def __init__(self) -> None:
        super().__init__()
        self._across = [
            # start x, lane y, direction, paint, delay
            (-3.0, 1, 0.2),
            (-5.0, 1, 1.6),
            (3.0, -1, 0.6),
            (5.2, -1, 2.2),
            (3.0, -1, 3.4),
            (-3.0, 1, 3.8),
        ]
        self._paints = [self.chance.choice(PAINTS) for _ in range(20)]

    def backdrop(self, brush: Brush) -> None:
        """Draw the streets and the town."""
        brush.sky(stars=[(self.chance.uniform(0, 1280), self.chance.uniform(0, 120)) for _ in range(24)])
        chance = self.chance
        for x in range(-190, 190, 26):
            height = chance.uniform(22, 60)
            building(
                brush, (x, 150 + chance.uniform(0, 30), 0), (20, 20, height), Facade(rgb(0x2A3550), lit=0.3), chance
            )
        brush.expanse(-220, 220, -30, 240, rgb(0x2B313A))
        for x, y, wide, deep, tall in (
            (-62, 60, 34, 40, 34),
            (-58, 16, 36, 30, 22),
            (20, 62, 40, 44, 42),
            (16, 17, 44, 34, 18),
            (-24, 118, 6, 1, 4),
        ):
            wall = chance.choice((rgb(0x3E4A60), rgb(0x4A4A58), rgb(0x38465A)))
            building(brush, (x, y, 0), (wide, deep, tall), Facade(wall, lit=0.32), chance)
        brush.expanse(-220, 220, -7.5, 7.5, ASPHALT)
        brush.expanse(-10, 10, -30, 240, ASPHALT)
        for y in (-7.7, 7.5):
            for x1, x2 in ((-220, -10), (10, 220)):
                brush.strip(x1, x2, y, y + 0.2, KERB)
        for x in (-5, 5):
            dashes(brush, x, 14.5, 200)
            dashes(brush, x, -26, -14)
        for x in (-0.25, 0.25):
            brush.strip(x - 0.07, x + 0.07, 14.5, 220, rgb(0xC9A94E))
            brush.strip(x - 0.07, x + 0.07, -26, -14, rgb(0xC9A94E))
        for y in (-0.2, 0.2):
            for x1, x2 in ((-200, -16.5), (16.5, 200)):
                brush.strip(x1, x2, y - 0.07, y + 0.07, rgb(0xC9A94E))
        zebra(brush, -9.6, 9.6, 8.6, 12.4)
        zebra(brush, -9.6, 9.6, -12.4, -8.6)
        zebra(brush, -15, -11.2, -7, 7, along_x=False)
        zebra(brush, 11.2, 15, -7, 7, along_x=False)
        brush.strip(0.4, 9.6, -13.9, -13.4, MARKING)
        brush.strip(-9.6, -0.4, 13.4, 13.9, MARKING)
        for x in (-14, -34, 14, 36):
            tree(brush, (x, 11.0 if abs(x) > 20 else 15.0, 0), 5.5, rgb(0x35533F), chance)
        for y in (18, 44, 74, 110):
            lamp(brush, (-11.5, y, 0), 8.5, 2.4)
            lamp(brush, (11.5, y, 0), 8.5, -2.4)

    def moving(self, brush: Brush, t: float) -> None:
        """Draw ten seconds of each direction's green."""
        away: Signal = "green" if 1 <= t < 9 else "yellow" if 9 <= t < 10.2 else "red"
        shots = [Shot((9.8, 13.0, 0), partial(signal_light, foot=(11.0, 13.0, 0), height=6.0, reach=-5.0, state=away))]
        go = 1.2
        for lane, x in enumerate((2.6, 7.4)):
            for place in range(3):
                start = -16.0 - 7.0 * place - lane * 1.5
                track = Track(
                    (0, start), (go + place * 0.8, start), (go + place * 0.8 + 3, start + 14), (10 + place, 130.0)
                )
                y = track.at(t)
                if t < 11 + place:
                    paint = self._paints[lane * 3 + place]
                    moving = track.speed(t) > 0.5
                    shots.append(
                        Shot((x, y, 0), partial(car, pose=Pose(x, y), paint=paint, lights=Lights(brake=not moving)))
                    )
        brush.far_to_near(shots)
