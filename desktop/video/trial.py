"""Plays one address for some seconds just as a pane of the wall would, and tells what happened.

Nothing here is a second way of playing: it is the video service with one pane, so what a trial finds is what the wall
will show.
"""

import threading
import time
from dataclasses import dataclass, field

from desktop.central.schema import LiveAddress
from desktop.events import Event
from desktop.video.panes import PaneStatus
from desktop.video.service import VideoService
from desktop.video.states import PLAYING, PaneState, Params, Tuning

_PANE = "trial"
_SIZE = (640, 360)
_HOST_DEADLINE_S = 15.0
_LOOK_EVERY_S = 0.01
_COUNT_DEADLINE_S = 1.5
_STOP_DEADLINE_S = 4.0
_SHOWING = frozenset({PaneState.LIVE, PaneState.FROZEN, PaneState.BLACK})


@dataclass(frozen=True, slots=True)
class Step:
    """The pane came into a state.

    Attributes:
        state: See `PaneState`.
        at_ms: Since the source was asked for.
        cause: Fault code, or "".
    """

    state: PaneState
    at_ms: int
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a trial found.

    Attributes:
        status: The pane as it was last playing, or as it failed.
        steps: The states passed through, in order.
        first_picture_ms: From asking for the source to its first whole picture; None if none came.
        pictures: Pictures shown.
        fps: Pictures a second from the first to the last one.
        cause: Fault code of what ended or spoils the playing, or "".
        params: Placeholders of its words.
        seconds: How long it all took.
    """

    status: PaneStatus
    steps: tuple[Step, ...] = ()
    first_picture_ms: int | None = None
    pictures: int = 0
    fps: float = 0.0
    cause: str = ""
    params: Params = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def played(self) -> bool:
        """Whether pictures came, and came to the end: of the trial, or of a recording."""
        return self.first_picture_ms is not None and (self.status.state in _SHOWING or self.cause == "video.ended")


def run_trial(address: LiveAddress, seconds: float, *, engine: str = "auto", tuning: Tuning | None = None) -> Trial:
    """Play `address` until it failed, ended, or was watched for `seconds` after its first picture.

    It returns in bounded time whatever the source does: without a picture, after the time that a pane would wait.
    """
    return _Watcher(address, engine, tuning).run(seconds)


class _Watcher:
    """One service with one pane, looked at until there is something to say."""

    def __init__(self, address: LiveAddress, engine: str, tuning: Tuning | None) -> None:
        self._address = address
        self._changed = threading.Condition()
        self._service = VideoService(self._resolve, self._post, engine=engine, tuning=tuning)
        self._began = self._first_at = self._last_at = 0.0
        self._steps: list[Step] = []
        self._shown: PaneStatus | None = None
        self._pictures = self._sequence = 0

    def run(self, seconds: float) -> Trial:
        self._service.start()
        try:
            self._await_host()
            self._began = time.monotonic()
            self._service.show(_PANE, "trial", "main", *_SIZE)
            while not self._over(seconds):
                self._wait(_LOOK_EVERY_S)
                self._look()
            self._await_count()
            return self._tell()
        finally:
            self._service.stop(_STOP_DEADLINE_S)

    def _resolve(self, _camera_id: str, _profile: str) -> LiveAddress:
        return self._address

    def _post(self, _event: Event) -> None:
        """Note the pane's state at once: some are passed through faster than they could be looked for."""
        with self._changed:
            status = self._service.status(_PANE)
            last = self._steps[-1] if self._steps else None
            if self._began and status.camera_id and (last is None or last.state is not status.state):
                at_ms = round((time.monotonic() - self._began) * 1000)
                self._steps.append(Step(status.state, at_ms, status.cause_code))
            self._changed.notify_all()

    def _wait(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait(seconds)

    def _await_host(self) -> None:
        """Let the host load its libraries first: on the wall it is warm, and its start is not the source's time."""
        deadline = time.monotonic() + _HOST_DEADLINE_S
        while self._service.probe() is None and time.monotonic() < deadline:
            self._wait(0.1)

    def _await_count(self) -> None:
        """Let the host say once more how much it received; it does so each second."""
        before = self._service.status(_PANE)
        deadline = time.monotonic() + _COUNT_DEADLINE_S
        while time.monotonic() < deadline and before.state in _SHOWING:
            if self._service.status(_PANE).received_bytes != before.received_bytes:
                return
            self._wait(0.1)

    def _look(self) -> None:
        written_ns = self._service.picture_stamp(_PANE)
        if written_ns and not self._first_at:
            self._first_at = written_ns / 1e9
        picture = self._service.latest(_PANE)
        if picture is not None and picture.sequence != self._sequence:
            # A new player counts from 1 again.
            self._pictures += picture.sequence - (self._sequence if picture.sequence > self._sequence else 0)
            self._sequence, self._last_at = picture.sequence, picture.written_ns / 1e9
        status = self._service.status(_PANE)
        if status.state in _SHOWING:
            self._shown = status

    def _over(self, seconds: float) -> bool:
        if self._first_at and time.monotonic() - self._first_at >= seconds:
            return True
        states = [step.state for step in self._steps]
        failed = bool(states) and states[-1] not in PLAYING
        return failed and not self._first_at  # after a picture, the product's own retries are part of the trial

    def _tell(self) -> Trial:
        status = self._service.status(_PANE)
        seen_s = self._last_at - self._first_at
        last = self._steps[-1] if self._steps else None
        return Trial(
            status=self._described(status),
            steps=tuple(self._steps),
            first_picture_ms=round((self._first_at - self._began) * 1000) if self._first_at else None,
            pictures=self._pictures,
            fps=(self._pictures - 1) / seen_s if seen_s > 0 else 0.0,
            cause=status.cause_code or self._latest_cause(),
            params=status.params,
            seconds=time.monotonic() - self._began if last is not None else 0.0,
        )

    def _latest_cause(self) -> str:
        """Why it is not showing at the end, when the pane is being tried again just now."""
        if self._service.status(_PANE).state in _SHOWING:
            return ""
        return next((step.cause for step in reversed(self._steps) if step.cause), "")

    def _described(self, status: PaneStatus) -> PaneStatus:
        """The state of the end with the stream as it was while it played."""
        shown = self._shown
        if shown is None or status.state in _SHOWING:
            return status
        return PaneStatus(
            pane=status.pane,
            state=status.state,
            cause_code=status.cause_code,
            params=status.params,
            width=shown.width,
            height=shown.height,
            codec=shown.codec,
            engine=shown.engine,
            transport=shown.transport,
            received_bytes=max(status.received_bytes, shown.received_bytes),
            damaged=max(status.damaged, shown.damaged),
        )
