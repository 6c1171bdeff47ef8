"""The one clock of all cameras: 25 pictures a second, with the mounts spread over the 40 ms between two pictures."""

import asyncio
from math import floor

from desktop.drill.cameras.clip import FRAME_RATE
from desktop.drill.cameras.mount import Mount

SLOTS = 8
"""Mounts of one slot share a timer: eight small bursts in 40 ms instead of one large one, and no timer per viewer."""


class Pacer:
    """Advances every mount that somebody watches."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._epoch_s = loop.time()
        self._slots: list[set[Mount]] = [set() for _ in range(SLOTS)]
        self._timers: dict[int, asyncio.TimerHandle] = {}

    def tick_of(self, mount: Mount) -> int:
        """Return the number of the picture that is due now."""
        return self._tick(mount.slot_seed % SLOTS)

    def watch(self, mount: Mount) -> None:
        """Advance ``mount`` from its next picture on, until it has no viewers left."""
        slot = mount.slot_seed % SLOTS
        self._slots[slot].add(mount)
        if slot not in self._timers:
            self._schedule(slot)

    def close(self) -> None:
        """Stop all timers."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()

    def _tick(self, slot: int) -> int:
        # The millisecond forgives a timer that fires a little early.
        return floor((self._loop.time() - self._epoch_s + 0.001) * FRAME_RATE - slot / SLOTS)

    def _schedule(self, slot: int) -> None:
        due_s = self._epoch_s + (self._tick(slot) + 1 + slot / SLOTS) / FRAME_RATE
        self._timers[slot] = self._loop.call_at(due_s, self._fire, slot)

    def _fire(self, slot: int) -> None:
        del self._timers[slot]
        mounts = self._slots[slot]
        tick = self._tick(slot)
        for mount in tuple(mounts):
            if mount.viewers:
                mount.advance(tick)
            else:
                mounts.discard(mount)
        if mounts:
            self._schedule(slot)
