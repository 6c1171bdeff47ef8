"""The video hosts of one window: how many there are, which is next, and which no longer serves."""

import logging
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from desktop.video.host_link import HostLink
from desktop.video.protocol import Report

_log = logging.getLogger(__name__)

_WORTH_WAITING_S = 5.0


@dataclass(frozen=True, slots=True)
class FleetTuning:
    """Numbers of the fleet.

    Attributes:
        panes_per_host: Panes after which one more host is started.
        hosts: Most hosts at a time.
        silent_s: A host that said nothing for so long is replaced; heartbeats come each second.
        starved_s: Likewise, of a host whose pictures still come: it waits for its turn on a machine that is full.
        doubtful_s: Silence after which another is started, to be ready by then.
        spare_s: Time for which one more host than is needed is kept.
        ready_s: Time a new host has to load its libraries.
        quarantined: Players that would not end, after which a host is replaced.
        losses: Hosts that may be lost within `losses_s` before starting new ones is paused for `pause_s`.
        losses_s: See `losses`.
        pause_s: See `losses`.
        host_age_s: Age at which a host is replaced by a fresh one, beside it and without a gap.
        host_bytes: Memory of its own, without that shared with the window, at which it is replaced likewise.
        host_settled_s: Younger hosts are not replaced for their memory: the next would need as much.
        leave_s: Time a host that was replaced has to end.
    """

    panes_per_host: int = 24
    hosts: int = 2
    silent_s: float = 2.5
    starved_s: float = 10.0
    doubtful_s: float = 1.6
    spare_s: float = 30.0
    ready_s: float = 15.0
    quarantined: int = 4
    losses: int = 8
    losses_s: float = 300.0
    pause_s: float = 30.0
    host_age_s: float = 6 * 3600.0
    host_bytes: int = 800_000_000
    host_settled_s: float = 600.0
    leave_s: float = 5.0


class Fleet:
    """Starts, watches and ends hosts. Owned by one thread, which also lives as long as they do."""

    def __init__(
        self,
        heard: Callable[[HostLink, Report | None], None],
        tuning: FleetTuning,
        command: Sequence[str] | None,
    ) -> None:
        self._heard = heard
        self._tuning = tuning
        self._command = command
        self._links: list[HostLink] = []
        self._number = 0
        self._losses: deque[float] = deque(maxlen=tuning.losses)
        self._paused_until = 0.0

    @property
    def links(self) -> tuple[HostLink, ...]:
        """Hosts that run, ready or not."""
        return tuple(self._links)

    @property
    def paused(self) -> bool:
        """Whether too many hosts were lost lately for another to be started now."""
        return time.monotonic() < self._paused_until

    def provide(self, panes: int) -> bool:
        """Start hosts as the number of panes asks; one is always kept warm. Returns whether one was started."""
        wanted = self._wanted(panes)
        now = time.monotonic()
        serving = sum(not (link.retiring or self._is_doubtful(link, now)) for link in self._links)
        if serving >= wanted or self.paused:
            return False
        for _ in range(wanted - serving):
            self._number += 1
            try:
                self._links.append(HostLink(self._number, self._heard, self._command))
            except OSError as fault:
                _log.error("no video host can be started: %s", fault)
                self._paused_until = time.monotonic() + self._tuning.pause_s
                break
        return True

    def pick(self, load: Callable[[HostLink], int]) -> HostLink | None:
        """Give the ready host with the least load; None while there is none, or while one with more room starts."""
        now = time.monotonic()
        serving = [link for link in self._links if not link.retiring]
        ready = [link for link in serving if link.ready is not None]
        sound = [link for link in ready if not self._is_doubtful(link, now)]
        best = min(sound or ready, key=load, default=None)
        coming = any(link.ready is None and now - link.started_at < _WORTH_WAITING_S for link in serving)
        full = best is not None and load(best) >= self._tuning.panes_per_host
        return None if full and coming else best

    def retire_spare(self, panes: int, load: Callable[[HostLink], int], now: float) -> None:
        """Let a host go that plays nothing and is one too many: the silent one it was to replace has spoken again."""
        serving = [link for link in self._links if not link.retiring]
        if len(serving) > self._wanted(panes) and not any(self._is_doubtful(link, now) for link in serving):
            idle = [link for link in serving if not load(link) and now - link.started_at > self._tuning.spare_s]
            for link in idle[:1]:
                link.retiring = True

    def retire_old(self, now: float) -> None:
        """Choose a host that is too old or too large to be replaced; one at a time."""
        if self.paused or any(link.retiring for link in self._links):
            return
        for link in self._links:
            reason = self._too_old(link, now)
            if reason:
                _log.info("video host %d (process %d) is to be replaced: %s", link.number, link.pid, reason)
                link.retiring = True
                return

    def replaced(self, link: HostLink) -> bool:
        """Whether a retiring host's panes can be handed over now."""
        return link.retiring and any(other.ready is not None and not other.retiring for other in self._links)

    def dismiss(self, link: HostLink) -> None:
        """End a retiring host that plays nothing any more."""
        if not link.dismissed_at:
            link.dismissed_at = time.monotonic()
            link.leave()

    def _wanted(self, panes: int) -> int:
        return min(self._tuning.hosts, max(1, -(-panes // self._tuning.panes_per_host)))

    def _is_doubtful(self, link: HostLink, now: float) -> bool:
        return link.ready is not None and now - link.heard_at > self._tuning.doubtful_s

    def _too_old(self, link: HostLink, now: float) -> str:
        tuning, age_s = self._tuning, now - link.started_at
        if link.ready is None:
            return ""
        if age_s >= tuning.host_age_s:
            return f"{age_s:.0f} s old"
        own_bytes = link.beat.own_bytes if link.beat is not None else 0
        if own_bytes >= tuning.host_bytes and age_s >= tuning.host_settled_s:
            return f"{own_bytes / 1e6:.0f} MB"
        return ""

    def excuse(self, now: float) -> None:
        """Take it that all hosts were heard just now."""
        for link in self._links:
            link.heard_at = now

    def unfit(self, now: float, pictured: Callable[[HostLink], float]) -> list[HostLink]:
        """Hosts that hang: silent for too long, or full of players that do not end.

        Args:
            now: Seconds.
            pictured: Tells when the newest picture of a host came, 0.0 if none did.
        """
        tuning = self._tuning
        return [
            link
            for link in self._links
            if (link.dismissed_at and now - link.dismissed_at > tuning.leave_s)
            or self._hangs(link, now, pictured)
            or (link.beat is not None and link.beat.quarantined > tuning.quarantined)
        ]

    def _hangs(self, link: HostLink, now: float, pictured: Callable[[HostLink], float]) -> bool:
        tuning, silence_s = self._tuning, now - link.heard_at
        if link.ready is None:
            return silence_s > tuning.ready_s
        if silence_s <= tuning.silent_s:
            return False
        return silence_s > tuning.starved_s or now - pictured(link) > tuning.doubtful_s

    def lose(self, link: HostLink) -> bool:
        """Take a host that is gone or hangs out of service and kill it; False if nobody relied on it any more."""
        if link not in self._links:
            return False
        self._links.remove(link)
        link.end(0.0)
        if link.dismissed_at:
            return False
        now = time.monotonic()
        self._losses.append(now)
        if len(self._losses) == self._tuning.losses and now - self._losses[0] < self._tuning.losses_s:
            _log.error("%d video hosts were lost in %.0f s; pausing", len(self._losses), now - self._losses[0])
            self._paused_until = now + self._tuning.pause_s
            self._losses.clear()
        return True

    def end(self, deadline_s: float) -> int:
        """End all hosts together; returns how many had to be killed."""
        links: Iterable[HostLink] = self.links
        deadline = time.monotonic() + deadline_s
        self._links.clear()
        for link in links:
            link.leave()
        return sum(not link.end(deadline - time.monotonic()) for link in links)
