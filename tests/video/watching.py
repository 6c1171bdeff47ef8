"""A video service under test, and ways to wait for what it should do."""

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from desktop.central.schema import LiveAddress
from desktop.errors import OpsError
from desktop.events import Event
from desktop.video.panes import PaneStatus
from desktop.video.service import VideoService
from desktop.video.states import PaneState, Tuning

QUICK = Tuning(back_off_s=0.3, back_off_cap_s=0.6, slow_retry_s=1.0, give_up_s=3.0)


class Watched:
    """Runs a service with addresses from a dict, notes each event with the pane's status at that time."""

    def __init__(self, addresses: dict[str, LiveAddress], **settings: Any) -> None:
        self.addresses = addresses
        self.asked: list[tuple[str, str]] = []
        self.asked_at: list[float] = []
        self.seen: list[PaneStatus] = []
        self.events: list[Event] = []
        self._changed = threading.Condition()
        settings.setdefault("tuning", QUICK)
        self.service = VideoService(self._resolve, self._post, **settings)

    def _resolve(self, camera_id: str, profile: str) -> LiveAddress:
        self.asked.append((camera_id, profile))
        self.asked_at.append(time.monotonic())
        address = self.addresses.get(camera_id)
        if address is None:
            raise OpsError("central.not_found", retryable=True)
        return address

    def _post(self, event: Event) -> None:
        with self._changed:
            self.events.append(event)
            pane = getattr(event, "pane", None)
            if pane is not None:
                self.seen.append(self.service.status(pane))
            self._changed.notify_all()

    def until(self, predicate: Callable[[], bool], deadline_s: float = 20.0) -> float:
        """Wait until it holds; give the seconds that took."""
        began = time.monotonic()
        with self._changed:
            while not predicate():
                left = began + deadline_s - time.monotonic()
                assert left > 0, f"not in {deadline_s} s: {[(s.pane, s.state, s.cause_code) for s in self.seen[-12:]]}"
                self._changed.wait(min(left, 0.05))
        return time.monotonic() - began

    def until_state(self, pane: str, state: PaneState, deadline_s: float = 20.0) -> PaneStatus:
        """Wait until a pane is in a state."""
        self.until(lambda: self.service.status(pane).state is state, deadline_s)
        return self.service.status(pane)

    def until_pictures(self, pane: str, count: int, deadline_s: float = 20.0) -> None:
        """Wait for `count` more pictures in a pane."""
        stamps: set[int] = set()

        def enough() -> bool:
            stamps.add(self.service.picture_stamp(pane))
            return len(stamps) > count

        self.until(enough, deadline_s)

    def watch_without_a_gap(
        self, pane: str, until: Callable[[], bool], deadline_s: float = 30.0, state: PaneState = PaneState.LIVE
    ) -> float:
        """Watch a pane until something holds; it must stay in its state. Gives the longest gap, seconds."""
        stamp, gap_s, since = self.service.picture_stamp(pane), 0.0, time.monotonic()

        def seen() -> bool:
            nonlocal stamp, gap_s, since
            assert self.service.status(pane).state is state
            assert self.service.latest(pane) is not None
            now = time.monotonic()
            if (newest := self.service.picture_stamp(pane)) != stamp:
                stamp, since = newest, now
            gap_s = max(gap_s, now - since)
            return until()

        self.until(seen, deadline_s)
        return gap_s

    def pids(self) -> list[int]:
        """Processes of the hosts."""
        return [host.pid for host in self.service.statistics().hosts]

    def __enter__(self) -> Self:
        self.service.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        assert self.service.stop(5.0)
