"""All scenes, in the order of `desktop.drill.cameras.scenes`."""

from desktop.drill.cameras.draw.roads import Crossroads
from desktop.drill.cameras.draw.scene import Scene

SCENES: tuple[type[Scene], ...] = (Crossroads,)
