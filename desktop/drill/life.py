"""The district lives."""

from desktop.drill.clock import Clock
from desktop.drill.store.log import Log


class Life:
    """Placeholder until the next commit."""

    def __init__(self, log: Log, clock: Clock, *, seed: int, speed: float) -> None:
        self._speed = speed

    def start(self) -> None:
        """Begin."""

    def close(self) -> None:
        """End."""
