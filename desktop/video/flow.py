"""How much comes in: bits a second over the last seconds, of each player of a host and of all of them. Pure."""

from collections import deque
from collections.abc import Mapping, Sequence

from desktop.video.protocol import PlayerReading

_OVER_S = 4.0
"""Longer than the key-frame interval of most cameras: a rate that jumps with each key frame says nothing."""
_MEGABIT_BYTES = 125_000


class Flow:
    """Fed with the counters of each heartbeat. A player that began anew counts from nothing."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], int] = {}
        self._steps: deque[tuple[float, Mapping[str, int]]] = deque()

    def note(self, players: Sequence[PlayerReading], now: float) -> None:
        """Take what the players had received by `now`, seconds of any steady clock."""
        gained: dict[str, int] = {}
        known: dict[tuple[str, int], int] = {}
        for player in players:
            key = (player.slot, player.attempt)
            known[key] = player.received_bytes
            gained[player.slot] = gained.get(player.slot, 0) + max(0, player.received_bytes - self._known.get(key, 0))
        self._known = known
        self._steps.append((now, gained))
        while len(self._steps) > 2 and self._steps[1][0] <= now - _OVER_S:
            self._steps.popleft()

    @property
    def mbit_s(self) -> float:
        """Of all players, megabits a second; 0.0 before that is known."""
        return self._rate(sum(sum(gained.values()) for gained in self._counted()))

    def mbit_s_of(self, slot: str) -> float:
        """Of the player in a slot."""
        return self._rate(sum(gained.get(slot, 0) for gained in self._counted()))

    def _counted(self) -> list[Mapping[str, int]]:
        """The steps whose time is known: the oldest one only says when counting began."""
        return [gained for _, gained in list(self._steps)[1:]]

    def _rate(self, received_bytes: int) -> float:
        passed_s = self._steps[-1][0] - self._steps[0][0] if self._steps else 0.0
        return received_bytes / _MEGABIT_BYTES / passed_s if passed_s > 0 else 0.0
