"""What one camera path shows at each moment: its scene, or what is wrong with it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol
from zlib import crc32

from desktop.drill.cameras.clip import FRAME_RATE, Clip
from desktop.drill.cameras.motion import HOME, Motion, View
from desktop.drill.cameras.rtp import AccessUnit

Health = Literal["online", "offline", "frozen", "black"]


class Viewer(Protocol):
    """Whoever watches a mount."""

    def show(self, unit: AccessUnit, tick: int) -> None:
        """Send one picture."""

    def cut(self) -> None:
        """End at once: the camera is gone."""


class Lens(Protocol):
    """Whatever makes pictures through a moved lens."""

    def want(self, index: int, view: View, tick: int, *, key: bool) -> None:
        """Ask for picture `index` of the scene, as a key frame or not; it comes to `Mount.deliver`, or not at all."""

    def close(self) -> None:
        """Deliver nothing any more."""


@dataclass(frozen=True, slots=True)
class _Hold:
    """A picture that stands: its key frame, since when, and the health it stands for."""

    key: AccessUnit
    since: int
    health: Health


class Mount:
    """A clip played on the shared clock, from a phase of its own.

    A picture that stands (frozen, black) is a key frame followed by the still clip's pictures, which change nothing:
    every clip of a profile has the same parameter sets, so they continue any of its key frames. The same is true of
    the pictures through a moved lens, which take the clip's place until the lens is home again. With `seconds` it is a
    recording: it lasts so long from its first viewer on.

    Attributes:
        clip: The scene's clip.
        viewers: Who is watching; whoever is in it is shown every picture.
        slot_seed: Stable number of the path, for spreading mounts over time.
    """

    def __init__(
        self, path: str, clip: Clip, still: Clip, health: Callable[[], Health], seconds: float | None = None
    ) -> None:
        self.clip = clip
        self.viewers: set[Viewer] = set()
        self.slot_seed = crc32(path.encode())
        self._still = still
        self._health = health
        self._phase = self.slot_seed % len(clip.frames)
        self._hold: _Hold | None = None
        self._tick = 0
        self._length = None if seconds is None else max(1, round(seconds * FRAME_RATE))
        self._lens: Lens | None = None
        self._swing: Motion | None = None
        self._swung_at_s = 0.0
        self._through: list[AccessUnit] = []  # what the lens showed since its last key frame
        self._through_tick = 0
        self._ends_at: int | None = None

    @property
    def reachable(self) -> bool:
        """Whether the camera answers at all."""
        return self._health() != "offline"

    def join(self, viewer: Viewer, tick: int) -> tuple[int, list[AccessUnit]]:
        """Add a viewer at ``tick``.

        Returns:
            The tick of the last picture shown, and the pictures from the last key frame up to it: sent at once, they
            give the viewer a first picture without a wait.
        """
        if not self.viewers:
            self._tick = tick
            self._ends_at = None if self._length is None else tick + self._length
            self._through.clear()
            if self._lens is not None and self._is_home(tick):
                self._drop_lens()
            self._settle(tick, self._health())
        self.viewers.add(viewer)
        if self._through and self._hold is None:
            return self._through_tick, list(self._through)
        return self._tick, [self._unit(each) for each in range(self._key_tick(self._tick), self._tick + 1)]

    def advance(self, tick: int) -> None:
        """Show every picture since the last call up to ``tick``; after a long gap, those from the last key frame on."""
        health = self._health()
        if health == "offline" or (self._ends_at is not None and tick >= self._ends_at):
            self.cut()
            return
        for due in self._due(tick):
            self._settle(due, health)
            self._tick = due
            if self._lens is None or self._hold is not None:
                self._show(self._unit(due), due)
            elif self._is_home(due) and self.clip.frames[(due + self._phase) % len(self.clip.frames)].key:
                self._drop_lens()
                self._show(self._unit(due), due)
            elif due == tick:
                index = (due + self._phase) % len(self.clip.frames)
                self._lens.want(index, self._view(due), due, key=not self._through)

    def swing(self, motion: Motion, lens: Callable[[], Lens], tick: int) -> None:
        """Move the lens from now on; `lens` is called for one if the camera stood at home."""
        self._swing, self._swung_at_s = motion, tick / FRAME_RATE
        if self._lens is None and (motion.seconds or motion.end != HOME):
            self._lens = lens()

    def deliver(self, unit: AccessUnit, tick: int) -> None:
        """Show a picture of the lens, unless time has gone on without it."""
        if self._lens is None or self._hold is not None or not (unit.key or self._through):
            return
        if unit.key:
            self._through.clear()
        self._through.append(unit)
        self._through_tick = tick
        self._show(unit, tick)

    def cut(self) -> None:
        """Disconnect all viewers."""
        for viewer in tuple(self.viewers):
            viewer.cut()
        self.viewers.clear()

    def close(self) -> None:
        """End for good."""
        self.cut()
        self._drop_lens()

    def _show(self, unit: AccessUnit, tick: int) -> None:
        for viewer in tuple(self.viewers):
            viewer.show(unit, tick)

    def _view(self, tick: int) -> View:
        return self._swing.where(tick / FRAME_RATE - self._swung_at_s) if self._swing else HOME

    def _is_home(self, tick: int) -> bool:
        """Whether the lens stands at home, and is not only passing by."""
        return self._view(tick) == HOME == (self._swing.end if self._swing else HOME)

    def _drop_lens(self) -> None:
        if self._lens is not None:
            self._lens.close()
        self._lens, self._swing = None, None
        self._through.clear()

    def _due(self, tick: int) -> Iterator[int]:
        return iter(range(max(self._tick + 1, self._key_tick(tick)), tick + 1))

    def _settle(self, tick: int, health: Health) -> None:
        """Begin or end standing still: begun at any moment, ended only where the clip has a key frame."""
        index = (tick + self._phase) % len(self.clip.frames)
        if health == "online":
            if self._hold and (self.clip.frames[index].key or not self.viewers):
                self._hold = None
        elif self._hold is None or self._hold.health != health:
            key = self._still.frames[0] if health == "black" else self.clip.frames[self.clip.keys[index]]
            self._hold = _Hold(key, tick, health)
            self._through.clear()

    def _key_tick(self, tick: int) -> int:
        if self._hold:
            return tick - (tick - self._hold.since) % len(self._still.frames)
        index = (tick + self._phase) % len(self.clip.frames)
        return tick - (index - self.clip.keys[index])

    def _unit(self, tick: int) -> AccessUnit:
        if self._hold is None:
            return self.clip.frames[(tick + self._phase) % len(self.clip.frames)]
        position = (tick - self._hold.since) % len(self._still.frames)
        return self._still.frames[position] if position else self._hold.key
