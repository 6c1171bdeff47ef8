"""What the window wishes to see, until the service has seen to it. Only the newest wish of a pane counts."""

import threading
from dataclasses import dataclass, field

_SMALLEST, _LARGEST = 64, 4096


@dataclass(frozen=True, slots=True)
class Wish:
    """A camera in a pane; the size in device pixels. What is not visible need not be decoded."""

    camera_id: str
    profile: str
    width: int
    height: int
    visible: bool = True

    @staticmethod
    def of(camera_id: str, profile: str, width: int, height: int, *, visible: bool = True) -> "Wish":
        """Make a wish for a size that pictures can have."""
        width, height = (max(_SMALLEST, min(length, _LARGEST)) for length in (width, height))
        return Wish(camera_id, profile, width, height, visible)


@dataclass(slots=True)
class Wishes:
    """What was wished for since the last time.

    Attributes:
        panes: The newest wish of each pane.
        urged: Panes to be tried again now.
        replays: Seconds to be replayed in a pane; None ends its replay.
        paces: Whether a pane's replay is held.
        listen: The pane to be heard, "" for none; None if nothing was said of it.
    """

    panes: dict[str, Wish | None] = field(default_factory=dict)
    urged: set[str] = field(default_factory=set)
    replays: dict[str, float | None] = field(default_factory=dict)
    paces: dict[str, bool] = field(default_factory=dict)
    listen: str | None = None


class WishBook:
    """Written by any thread without waiting, emptied by the service's; as large as there are panes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wishes = Wishes()

    def write(self, pane: str, wish: Wish | None) -> None:
        """Wish for a camera in a pane, or for nothing."""
        with self._lock:
            self._wishes.panes.pop(pane, None)  # so that the newest wish comes last
            self._wishes.panes[pane] = wish

    def urge(self, pane: str) -> None:
        """Wish that a pane be tried again now."""
        with self._lock:
            self._wishes.urged.add(pane)

    def replay(self, pane: str, seconds: float | None) -> None:
        """Wish for a replay, or for its end."""
        with self._lock:
            self._wishes.replays[pane] = seconds
            self._wishes.paces.pop(pane, None)

    def pace(self, pane: str, *, paused: bool) -> None:
        """Wish that a replay be held, or go on."""
        with self._lock:
            self._wishes.paces[pane] = paused

    def listen(self, pane: str) -> None:
        """Wish to hear a pane, or ("") none."""
        with self._lock:
            self._wishes.listen = pane

    def take(self) -> Wishes:
        """Give all that was written since the last time."""
        with self._lock:
            wishes, self._wishes = self._wishes, Wishes()
            return wishes
