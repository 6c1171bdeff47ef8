"""What one camera path shows at each moment: its scene, or what is wrong with it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol
from zlib import crc32

from desktop.drill.cameras.clip import Clip
from desktop.drill.cameras.rtp import AccessUnit

Health = Literal["online", "offline", "frozen", "black"]


class Viewer(Protocol):
    """Whoever watches a mount."""

    def show(self, unit: AccessUnit, tick: int) -> None:
        """Send one picture."""

    def cut(self) -> None:
        """End at once: the camera is gone."""


@dataclass(frozen=True, slots=True)
class _Hold:
    """A picture that stands: its key frame, since when, and the health it stands for."""

    key: AccessUnit
    since: int
    health: Health


class Mount:
    """A clip played on the shared clock, from a phase of its own.

    A picture that stands (frozen, black) is a key frame followed by the still clip's pictures, which change nothing:
    every clip of a profile has the same parameter sets, so they continue any of its key frames.

    Attributes:
        clip: The scene's clip.
        viewers: Who is watching; whoever is in it is shown every picture.
        slot_seed: Stable number of the path, for spreading mounts over time.
    """

    def __init__(self, path: str, clip: Clip, still: Clip, health: Callable[[], Health]) -> None:
        self.clip = clip
        self.viewers: set[Viewer] = set()
        self.slot_seed = crc32(path.encode())
        self._still = still
        self._health = health
        self._phase = self.slot_seed % len(clip.frames)
        self._hold: _Hold | None = None
        self._tick = 0

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
            self._settle(tick, self._health())
        self.viewers.add(viewer)
        return self._tick, [self._unit(each) for each in range(self._key_tick(self._tick), self._tick + 1)]

    def advance(self, tick: int) -> None:
        """Show every picture since the last call up to ``tick``; after a long gap, those from the last key frame on."""
        health = self._health()
        if health == "offline":
            self.cut()
            return
        for due in self._due(tick):
            self._settle(due, health)
            unit = self._unit(due)
            self._tick = due
            for viewer in tuple(self.viewers):
                viewer.show(unit, due)

    def cut(self) -> None:
        """Disconnect all viewers."""
        for viewer in tuple(self.viewers):
            viewer.cut()
        self.viewers.clear()

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
