"""How each camera did while it was watched: counted here, handed out each minute to whoever keeps it.

Only what the camera is to blame for counts against it: a refused officer, a lost host or a centre that cannot be
reached says nothing of a camera, and neither does the time before its first picture.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from desktop.video.blame import is_elsewhere
from desktop.video.panes import Pane
from desktop.video.states import PaneState, Reading

KEPT_EVERY_S = 60.0
_LONGEST_LOOK_S = 2.0  # after a longer pause this process was suspended, and nobody knows what the camera did
_CHANGES_KEPT = 20
_LOST = frozenset({PaneState.STALLED, PaneState.OFFLINE})
_UNDER_WAY = frozenset({PaneState.CONNECTING, PaneState.BUFFERING})
_RANK = (PaneState.LIVE, PaneState.BLACK, PaneState.FROZEN, PaneState.STALLED)


@dataclass(frozen=True, slots=True)
class StateChange:
    """A camera came into a state, for a cause (a fault code) or none; the time is this machine's, UTC."""

    at: datetime
    state: str
    cause: str = ""


@dataclass(frozen=True, slots=True)
class CameraWatch:
    """How one camera did since the last word about it; to be added to what is kept. Times in seconds.

    Attributes:
        camera_id: The camera.
        at: Until when, UTC.
        live_s: With pictures that differ.
        frozen_s: With pictures that are always the same.
        black_s: With pictures on which nothing is to be seen.
        lost_s: Without pictures, by its own fault.
        reconnects: How often it came back after it was lost.
        changes: The newest changes of its state, oldest first.
    """

    camera_id: str
    at: datetime
    live_s: float = 0.0
    frozen_s: float = 0.0
    black_s: float = 0.0
    lost_s: float = 0.0
    reconnects: int = 0
    changes: tuple[StateChange, ...] = ()

    @property
    def watched_s(self) -> float:
        """All of them."""
        return self.live_s + self.frozen_s + self.black_s + self.lost_s


@dataclass(slots=True)
class _Camera:
    """One camera: what is not yet handed out, and where it stands."""

    watch: CameraWatch
    state: str = ""
    was_lost: bool = False
    seen: bool = False
    changes: list[StateChange] = field(default_factory=list)


class Histories:
    """All cameras that are watched. Pure; times are the caller's."""

    def __init__(self, now: float) -> None:
        self._cameras: dict[str, _Camera] = {}
        self._looked_at = now
        self._handed_out_at = now

    def look(self, panes: Iterable[Pane], now: float, at: datetime) -> None:
        """Count the time since the last look for every camera that somebody can see."""
        passed_s, self._looked_at = now - self._looked_at, now
        if passed_s > _LONGEST_LOOK_S:
            return
        best: dict[str, Reading] = {}
        for pane in panes:
            reading, known = pane.feed.reading, best.get(pane.wish.camera_id)
            if pane.wish.visible and (known is None or _rank(reading) < _rank(known)):
                best[pane.wish.camera_id] = reading
        for camera_id, reading in best.items():
            self._count(camera_id, reading, passed_s, at)

    def take(self, now: float, at: datetime, *, all_of_it: bool = False) -> Sequence[CameraWatch]:
        """Hand out what was counted, once a minute; `all_of_it` at the end."""
        if not all_of_it and now - self._handed_out_at < KEPT_EVERY_S:
            return ()
        self._handed_out_at = now
        watches = [
            replace(camera.watch, at=at, changes=tuple(camera.changes[-_CHANGES_KEPT:]))
            for camera in self._cameras.values()
            if camera.watch.watched_s or camera.changes
        ]
        for camera_id, camera in list(self._cameras.items()):
            if not camera.seen:
                del self._cameras[camera_id]
                continue
            camera.watch, camera.changes, camera.seen = CameraWatch(camera_id, at), [], False
        return watches

    def _count(self, camera_id: str, reading: Reading, passed_s: float, at: datetime) -> None:
        camera = self._cameras.setdefault(camera_id, _Camera(CameraWatch(camera_id, at)))
        camera.seen = True
        watch, state = camera.watch, reading.state
        if state in _UNDER_WAY:  # between two attempts it is as lost as it was before
            camera.watch = replace(watch, lost_s=watch.lost_s + passed_s) if camera.was_lost else watch
            return
        if is_elsewhere(reading.cause) or state not in (*_RANK, PaneState.OFFLINE):
            camera.was_lost = False
            return
        if state != camera.state:
            camera.state = state
            camera.changes.append(StateChange(at, state.value, reading.cause))
            del camera.changes[:-_CHANGES_KEPT]
        lost = state in _LOST
        came_back = camera.was_lost and not lost
        camera.was_lost = lost
        camera.watch = replace(
            watch,
            live_s=watch.live_s + passed_s * (state is PaneState.LIVE),
            frozen_s=watch.frozen_s + passed_s * (state is PaneState.FROZEN),
            black_s=watch.black_s + passed_s * (state is PaneState.BLACK),
            lost_s=watch.lost_s + passed_s * lost,
            reconnects=watch.reconnects + came_back,
        )


def now_utc() -> datetime:
    """The time at which changes are noted."""
    return datetime.now(UTC)


def _rank(reading: Reading) -> int:
    return _RANK.index(reading.state) if reading.state in _RANK else len(_RANK)
