"""Perspective: the world is in metres, x to the right, y away from the viewer, z up."""

from collections.abc import Iterator, Sequence
from math import ceil, hypot, radians, tan

Point = tuple[float, float, float]
Spot = tuple[float, float]

WIDTH = 1280
HEIGHT = 720
_NEAR_M = 0.4


class Lens:
    """A camera that stands at ``eye`` and looks at ``target``.

    Attributes:
        eye: Where it stands.
        horizon: Screen y of the horizon, in pixels.
    """

    def __init__(self, eye: Point, target: Point, view_deg: float) -> None:
        self.eye = eye
        dx, dy, dz = (target[i] - eye[i] for i in range(3))
        flat = hypot(dx, dy)
        far = hypot(flat, dz)
        self._right = (dy / flat, -dx / flat, 0.0)
        self._ahead = (dx / far, dy / far, dz / far)
        ax, ay, az = self._ahead
        rx, ry, _ = self._right
        self._up = (ry * az, -rx * az, rx * ay - ry * ax)
        self.focal = WIDTH / 2 / tan(radians(view_deg) / 2)
        self.horizon = HEIGHT / 2 + self.focal * dz / flat

    def depth(self, point: Point) -> float:
        """Return how far before the lens a point lies, in metres."""
        ex, ey, ez = self.eye
        ax, ay, az = self._ahead
        return (point[0] - ex) * ax + (point[1] - ey) * ay + (point[2] - ez) * az

    def spot(self, point: Point) -> Spot:
        """Return the pixel of a point that lies before the lens."""
        return self._screen(self._seen(point))

    def pixels(self, point: Point) -> float:
        """Return how many pixels a metre has at a point; 0 behind the lens."""
        depth = self.depth(point)
        return self.focal / depth if depth > _NEAR_M else 0.0

    def outline(self, points: Sequence[Point]) -> list[Spot]:
        """Return the screen polygon of a flat face, cut off at the lens; empty if it is wholly behind."""
        seen = [self._seen(point) for point in points]
        if all(each[2] >= _NEAR_M for each in seen):
            return [self._screen(each) for each in seen]
        kept: list[Spot] = []
        for first, second in zip(seen, (*seen[1:], seen[0]), strict=True):
            if first[2] >= _NEAR_M:
                kept.append(self._screen(first))
            if (first[2] >= _NEAR_M) != (second[2] >= _NEAR_M):
                share = (_NEAR_M - first[2]) / (second[2] - first[2])
                cut = tuple(a + (b - a) * share for a, b in zip(first, second, strict=True))
                kept.append(self._screen((cut[0], cut[1], _NEAR_M)))
        return kept

    def _seen(self, point: Point) -> Point:
        x, y, z = point[0] - self.eye[0], point[1] - self.eye[1], point[2] - self.eye[2]
        rx, ry, _ = self._right
        ux, uy, uz = self._up
        ax, ay, az = self._ahead
        return (x * rx + y * ry, x * ux + y * uy + z * uz, x * ax + y * ay + z * az)

    def _screen(self, seen: Point) -> Spot:
        scale = self.focal / seen[2]
        return (WIDTH / 2 + seen[0] * scale, HEIGHT / 2 - seen[1] * scale)


def steps(start: float, stop: float, step: float = 1.0) -> Iterator[float]:
    """Yield places in metres, as `range` does numbers."""
    count = max(0, ceil((stop - start) / step))
    return (start + step * number for number in range(count))


def facing(outline: Sequence[Spot]) -> bool:
    """Return whether a face whose corners run counter-clockwise from outside shows its outside."""
    area = 0.0
    for (x1, y1), (x2, y2) in zip(outline, (*outline[1:], outline[0]), strict=True):
        area += x1 * y2 - x2 * y1
    return area < 0.0
