"""云台: what a hand on keys and buttons asks of a camera, and what is sent when. Pure; seconds of any steady clock.

The camera stops by itself when no command comes for a second (the contract's dead man's stop). So a desk repeats its
command while a key is held, sends at most one at a time, and sends a stop as soon as nothing is held any more.
"""

from dataclasses import dataclass
from enum import StrEnum

SPEEDS = (0.08, 0.2, 0.4, 0.7, 1.0)
"""Steps of the speed, as shares of the camera's own; the first is for a long lens."""
USUAL_SPEED = 2
_REPEAT_S = 0.4


class Push(StrEnum):
    """What can be held."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Motion:
    """A command: speeds from -1 to 1 to the right, upwards, inwards. All zero is a stop."""

    pan: float = 0.0
    tilt: float = 0.0
    zoom: float = 0.0

    @property
    def still(self) -> bool:
        """Whether nothing is to move."""
        return not (self.pan or self.tilt or self.zoom)


STOP = Motion()
_AXES = {
    Push.LEFT: Motion(pan=-1),
    Push.RIGHT: Motion(pan=1),
    Push.UP: Motion(tilt=1),
    Push.DOWN: Motion(tilt=-1),
    Push.IN: Motion(zoom=1),
    Push.OUT: Motion(zoom=-1),
}


class Hand:
    """What is held now and what the camera was told last."""

    def __init__(self) -> None:
        self._held: dict[Push, None] = {}
        self._speed = USUAL_SPEED
        self._told = STOP
        self._told_at = float("-inf")
        self._waiting = False

    @property
    def speed(self) -> int:
        """Step of the speed, an index of `SPEEDS`."""
        return self._speed

    @property
    def wish(self) -> Motion:
        """What should move now; opposite pushes cancel out."""
        factor = SPEEDS[self._speed]
        axes = [_AXES[push] for push in self._held]
        return Motion(*(factor * sum(getattr(axis, name) for axis in axes) for name in ("pan", "tilt", "zoom")))

    @property
    def moving(self) -> bool:
        """Whether the last command that was sent was no stop."""
        return not self._told.still

    def hold(self, push: Push) -> None:
        """A key or button went down."""
        self._held[push] = None

    def release(self, push: Push) -> None:
        """It came up."""
        self._held.pop(push, None)

    def let_go(self) -> None:
        """Nothing is held any more: keys came up unseen, the focus or the link is gone."""
        self._held.clear()

    def set_speed(self, step: int) -> None:
        """Take another speed; what is held goes on with it."""
        self._speed = min(len(SPEEDS) - 1, max(0, step))

    def next_command(self, now: float) -> Motion | None:
        """What to send now; None while an answer is awaited or nothing is to be said. Asked at each change and beat."""
        wish = self.wish
        due = wish != self._told or (not wish.still and now - self._told_at >= _REPEAT_S)
        if self._waiting or not due:
            return None
        self._told, self._told_at, self._waiting = wish, now, True
        return wish

    def answered(self) -> None:
        """The centre has answered, or will not."""
        self._waiting = False

    def forget(self) -> None:
        """Begin anew, but for the speed: another camera, or no right to move this one any more."""
        self._held.clear()
        self._told, self._told_at, self._waiting = STOP, float("-inf"), False
