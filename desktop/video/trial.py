"""Plays one address for some seconds just as a pane of the wall would, and tells what happened.

Nothing here is a second way of playing: it is a video service of its own with one pane, so what a trial finds is what
the wall will show, and the wall feels nothing of it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop.central.schema import LiveAddress
from desktop.errors import OpsError
from desktop.events import Event
from desktop.redaction import redact
from desktop.video.panes import PaneStatus
from desktop.video.resolver import Resolve
from desktop.video.states import PLAYING, PaneState, Params

if TYPE_CHECKING:
    from desktop.video.service import VideoService  # which makes trials itself

_PANE = "trial"
_SIZE = (640, 360)
_HOST_DEADLINE_S = 15.0
_LOOK_EVERY_S = 0.01
_COUNT_DEADLINE_S = 1.5
_STOP_DEADLINE_S = 4.0
_SECONDS = 5.0
_SHOWING = frozenset({PaneState.LIVE, PaneState.FROZEN, PaneState.BLACK})


MakeService = Callable[[Resolve, Callable[[Event], None]], "VideoService"]
"""A service that asks the first for addresses, and tells the second of events; not started."""


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
        url: What was opened, without credentials; "" if there was no address.
        protocol: As the centre names it, or "".
    """

    status: PaneStatus
    steps: tuple[Step, ...] = ()
    first_picture_ms: int | None = None
    pictures: int = 0
    fps: float = 0.0
    cause: str = ""
    params: Params = field(default_factory=dict)
    seconds: float = 0.0
    url: str = ""
    protocol: str = ""

    @property
    def played(self) -> bool:
        """Whether pictures came, and came to the end: of the trial, or of a recording."""
        return self.first_picture_ms is not None and (self.status.state in _SHOWING or self.cause == "video.ended")


def run_trial(make: MakeService, address: LiveAddress, seconds: float) -> Trial:
    """Play `address` until it failed, ended, or was watched for `seconds` after its first picture.

    It returns in bounded time whatever the source does: without a picture, after the time that a pane would wait.
    """

    def resolve(_camera_id: str, _profile: str) -> LiveAddress:
        return address

    return _Watcher(make, resolve, threading.Event()).run("trial", "main", seconds)


class Trials:
    """Trials of cameras beside the wall, one at a time; what a pane's menu offers."""

    def __init__(self, make: MakeService, resolve: Resolve) -> None:
        self._make = make
        self._resolve = resolve
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, camera_id: str, profile: str, seconds: float = _SECONDS) -> Future[Trial]:
        """Try a camera; the future fails with ``video.trial_busy`` while another trial is under way."""
        future: Future[Trial] = Future()
        with self._lock:
            if self._stopping.is_set() or (self._thread is not None and self._thread.is_alive()):
                future.set_exception(OpsError("video.trial_busy", retryable=True))
                return future
            work = (future, camera_id, profile, seconds)
            self._thread = threading.Thread(target=self._run, args=work, name="video-trial", daemon=True)
            self._thread.start()
        return future

    def stop(self, deadline_s: float) -> None:
        """End the trial that is under way; its future has what was found so far."""
        self._stopping.set()
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join(deadline_s)

    def _run(self, future: Future[Trial], camera_id: str, profile: str, seconds: float) -> None:
        try:
            trial = _Watcher(self._make, self._resolve, self._stopping).run(camera_id, profile, seconds)
        except Exception as error:  # noqa: BLE001 - the thread's main function: who waits must hear of a bug too
            future.set_exception(error)
        else:
            future.set_result(trial)


class _Watcher:
    """One service with one pane, looked at until there is something to say."""

    def __init__(self, make: MakeService, resolve: Resolve, stopping: threading.Event) -> None:
        self._source = resolve
        self._stopping = stopping
        self._changed = threading.Condition()
        self._service = make(self._resolve, self._post)
        self._began = self._first_at = self._last_at = 0.0
        self._steps: list[Step] = []
        self._shown: PaneStatus | None = None
        self._pictures = self._sequence = 0
        self._url = self._protocol = ""

    def run(self, camera_id: str, profile: str, seconds: float) -> Trial:
        self._service.start()
        try:
            self._await_host()
            self._began = time.monotonic()
            self._service.show(_PANE, camera_id, profile, *_SIZE)
            while not self._over(seconds):
                self._wait(_LOOK_EVERY_S)
                self._look()
            self._await_count()
            return self._tell()
        finally:
            self._service.stop(_STOP_DEADLINE_S)

    def _resolve(self, camera_id: str, profile: str) -> LiveAddress:
        address = self._source(camera_id, profile)
        self._url, self._protocol = redact(address.url), address.protocol
        return address

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
        while self._service.probe() is None and time.monotonic() < deadline and not self._stopping.is_set():
            self._wait(0.1)

    def _await_count(self) -> None:
        """Let the host say once more how much it received; it does so each second."""
        before = self._service.status(_PANE)
        deadline = time.monotonic() + _COUNT_DEADLINE_S
        while time.monotonic() < deadline and before.state in _SHOWING and not self._stopping.is_set():
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
        if self._stopping.is_set() or (self._first_at and time.monotonic() - self._first_at >= seconds):
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
            url=self._url,
            protocol=self._protocol,
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
