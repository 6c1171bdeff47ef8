"""Which part of a picture a pane shows: a digital zoom, as pure geometry."""

from dataclasses import dataclass

LARGEST = 8.0
_STEP = 1.25
_SNAP = 1.01  # nearer to 1 than this is no zoom


@dataclass(frozen=True, slots=True)
class Lens:
    """A part of the picture, in shares of its width and height.

    Attributes:
        zoom: How many times it is enlarged, 1.0 to `LARGEST`.
        left: Of the part that is seen, 0.0 to 1 - 1 / zoom.
        top: See `left`.
    """

    zoom: float = 1.0
    left: float = 0.0
    top: float = 0.0

    @property
    def whole(self) -> bool:
        """Whether all of the picture is seen."""
        return self.zoom <= 1.0

    def stepped(self, steps: float, x: float, y: float) -> "Lens":
        """Zoom in by steps of the wheel (out: negative), so that what is at x, y of the pane stays there."""
        zoom = min(LARGEST, self.zoom * _STEP**steps)
        if zoom < _SNAP:
            return Lens()
        seen_x, seen_y = self.left + x / self.zoom, self.top + y / self.zoom
        return _placed(zoom, seen_x - x / zoom, seen_y - y / zoom)

    def moved(self, dx: float, dy: float) -> "Lens":
        """Move the picture by shares of the pane, as if it were held by the hand."""
        return _placed(self.zoom, self.left - dx / self.zoom, self.top - dy / self.zoom)


WHOLE = Lens()


def _placed(zoom: float, left: float, top: float) -> Lens:
    """A lens that does not look beyond the picture."""
    rest = 1.0 - 1.0 / zoom
    return Lens(zoom, min(max(left, 0.0), rest), min(max(top, 0.0), rest))
