"""Rain and what it does to the ground."""

from random import Random

import skia

from desktop.drill.cameras.draw.brush import Brush
from desktop.drill.cameras.draw.colour import Colour, packed, rgb
from desktop.drill.cameras.draw.lens import HEIGHT, WIDTH
from desktop.drill.cameras.draw.scene import LOOP_S

RAIN = rgb(0xB9C7D8)


class Rain:
    """Streaks in the picture plane and rings on the ground, the same in each loop."""

    def __init__(self, chance: Random, *, streaks: int = 70, rings: int = 16) -> None:
        # Each streak falls a whole number of times through the picture in one loop.
        self._streaks = [
            (chance.uniform(-40, WIDTH), chance.random(), chance.randint(13, 18), chance.uniform(20, 44))
            for _ in range(streaks)
        ]
        self._rings = [(chance.random(), chance.random(), chance.random()) for _ in range(rings)]

    def fall(self, brush: Brush, t: float, alpha: float = 0.17) -> None:
        """Draw the falling streaks."""
        paint = skia.Paint(AntiAlias=True, Color=packed(RAIN, alpha), StrokeWidth=1.6, StrokeCap=skia.Paint.kRound_Cap)
        for x, start, times, length in self._streaks:
            y = ((start + t / LOOP_S * times) % 1.0) * (HEIGHT + 120) - 60
            brush.canvas.drawLine(x + y * 0.06, y, x + (y + length) * 0.06, y + length, paint)

    def patter(
        self,
        brush: Brush,
        t: float,
        area: tuple[float, float, float, float],
        *,
        z: float = 0.01,
        colour: Colour = RAIN,
        alpha: float = 0.35,
    ) -> None:
        """Draw rings that widen and fade, in (x1, x2, y1, y2)."""
        x1, x2, y1, y2 = area
        for u, v, start in self._rings:
            age = (start + t * 1.0) % 1.0
            # Each next drop falls elsewhere; 20 places in one loop.
            turn = int(start + t * 1.0) % round(LOOP_S)
            x = x1 + (x2 - x1) * ((u + turn * 0.381966) % 1.0)
            y = y1 + (y2 - y1) * ((v + turn * 0.618034) % 1.0)
            brush.ripple((x, y, z), 0.08 + 0.34 * age, colour, alpha * (1 - age))
