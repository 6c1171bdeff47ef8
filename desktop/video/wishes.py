"""What the window wishes to see, until the service has seen to it. Only the newest wish of a pane counts."""

import threading
from dataclasses import dataclass

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


class WishBook:
    """Written by any thread without waiting, emptied by the service's; as large as there are panes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wishes: dict[str, Wish | None] = {}
        self._urged: set[str] = set()

    def write(self, pane: str, wish: Wish | None) -> None:
        """Wish for a camera in a pane, or for nothing."""
        with self._lock:
            self._wishes.pop(pane, None)  # so that the newest wish comes last
            self._wishes[pane] = wish

    def urge(self, pane: str) -> None:
        """Wish that a pane be tried again now."""
        with self._lock:
            self._urged.add(pane)

    def take(self) -> tuple[dict[str, Wish | None], set[str]]:
        """Give all that was written since the last time."""
        with self._lock:
            wishes, self._wishes = self._wishes, {}
            urged, self._urged = self._urged, set()
            return wishes, urged
