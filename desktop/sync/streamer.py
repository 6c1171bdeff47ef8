"""Listens to the centre's event stream on a thread of its own and hands what it hears to the sync thread.

The stream is a hint. What it brings waits in a bounded intake; when that is full, or anything is unclear, everything in
it is dropped and a *gap* is noted: the sync thread then pulls, and nothing is lost.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from desktop.central.client import CentralClient
from desktop.central.schema import StreamChange
from desktop.central.stream import (
    ChangeSeen,
    EventParser,
    FocusSeen,
    HeartbeatSeen,
    RightsChanged,
    StreamFact,
    Unclear,
    read_event,
)
from desktop.central.transport import ByteStream
from desktop.errors import OpsError
from desktop.events import Event, HallFocus
from desktop.sync.backoff import Backoff
from desktop.sync.session import Session
from desktop.sync.timing import Timing
from storage.errors import StorageError

log = logging.getLogger(__name__)

_EVENTS_CAP = 2_000
_BYTES_CAP = 4 * 1024 * 1024
_NO_STREAM_HERE = frozenset({"link.refused", "link.not_the_centre", "auth.forbidden"})


@dataclass(frozen=True, slots=True)
class Heard:
    """What came in since the last look.

    Attributes:
        changes: In order of arrival.
        gap: Something went by that is not in `changes`.
        heartbeat: The newest, or None.
        rights_changed: Roles, scopes or policy are different now.
    """

    changes: list[StreamChange]
    gap: bool = False
    heartbeat: HeartbeatSeen | None = None
    rights_changed: bool = False


class Intake:
    """The bounded queue between the stream thread and the sync thread. Full: emptied, and a gap noted."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._changes: list[StreamChange] = []
        self._size_bytes = 0
        self._gap = False
        self._heartbeat: HeartbeatSeen | None = None
        self._rights_changed = False

    def offer(self, fact: StreamFact) -> None:
        """Take in one fact."""
        with self._lock:
            match fact:
                case HeartbeatSeen():
                    self._heartbeat = fact
                case RightsChanged():
                    self._rights_changed = True
                case Unclear():
                    self._drop()
                case ChangeSeen(change, size_bytes):
                    self._changes.append(change)
                    self._size_bytes += size_bytes
                    if len(self._changes) > _EVENTS_CAP or self._size_bytes > _BYTES_CAP:
                        self._drop()

    def take(self) -> Heard:
        """Return what came in, and begin anew."""
        with self._lock:
            heard = Heard(self._changes, self._gap, self._heartbeat, self._rights_changed)
            self._changes, self._size_bytes = [], 0
            self._gap, self._heartbeat, self._rights_changed = False, None, False
            return heard

    def _drop(self) -> None:
        self._changes, self._size_bytes, self._gap = [], 0, True


class Streamer:
    """Keeps one event stream open while the link is up.

    `run` is the body of the stream thread; everything else is for the sync thread, which also is the watchdog: a thread
    that waits for bytes cannot watch the clock.
    """

    def __init__(
        self,
        *,
        client: CentralClient,
        session: Session,
        wake: Callable[[], None],
        last_lsn: Callable[[], int],
        timing: Timing,
        backoff: Backoff,
        post: Callable[[Event], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.intake = Intake()
        self._client = client
        self._session = session
        self._wake = wake
        self._last_lsn = last_lsn
        self._timing = timing
        self._backoff = backoff
        self._post = post
        self._monotonic = monotonic
        self._wanted = threading.Event()
        self._nudge = threading.Event()
        self._stopping = False
        self._lock = threading.Lock()
        self._stream: ByteStream | None = None
        self._tried_at = 0.0
        self._byte_at = 0.0
        self._event_at = 0.0
        self.up = False
        self.blocked = False
        self._met_a_stranger = False

    # --- for the sync thread

    def resume(self) -> None:
        """The link is up: open the stream and keep it open. One that a proxy held back is left alone for its time."""
        if not self._wanted.is_set():
            self._backoff.reset()
            self._wanted.set()
            if not self.blocked:
                self._nudge.set()

    def hold(self) -> None:
        """The link is down: hang up and wait for `resume`."""
        self._wanted.clear()
        if self._met_a_stranger:  # it was the whole link that led elsewhere, and said nothing about streams
            self._met_a_stranger = self.blocked = False
        self._cut()

    def stop(self) -> None:
        """Let `run` return."""
        self._stopping = True
        self._wanted.set()
        self._nudge.set()
        self._cut()

    def silence_s(self) -> float:
        """Return for how long no byte has come, while the stream is up."""
        return self._monotonic() - self._byte_at if self.up else 0.0

    def watch(self) -> None:
        """Close a stream that is open but tells nothing; called about once a second."""
        now = self._monotonic()
        if self.up and now - self._event_at > self._timing.watchdog_s:
            log.info("event stream silent for %.0f s, closing it", now - self._event_at)
            self._cut()
        elif not self.up and not self.blocked and self._tried_at and now - self._tried_at > self._timing.first_event_s:
            log.info("no event within %.0f s: something on the way holds the stream back", now - self._tried_at)
            self.blocked = True
            self._cut()

    # --- the stream thread

    def run(self) -> None:
        """Open, read, and open again, until `stop`."""
        while True:
            self._wanted.wait()
            self._nudge.clear()
            if self._stopping:
                return
            pause_s = self._once()
            self._wake()
            self._nudge.wait(pause_s)

    def _once(self) -> float:
        """Hold one stream for as long as it lasts; return how long to wait before the next."""
        self._tried_at = self._monotonic()
        try:
            self._session.authorised(self._read)
        except (OpsError, StorageError) as fault:
            log.info("event stream: %s", fault)
            if fault.code in _NO_STREAM_HERE:
                self.blocked = True
                self._met_a_stranger = fault.code == "link.not_the_centre"
        except Exception:  # the main loop of a thread: a bug costs the stream, not the desk
            log.exception("bug in the event stream")
        finally:
            was_up, self.up = self.up, False
            self._tried_at = 0.0
        if self.blocked:
            return self._timing.stream_retry_s
        if was_up:
            self._backoff.reset()
        return self._backoff.next_s()

    def _read(self, token: str) -> None:
        parser = EventParser()
        with self._client.stream(token, self._last_lsn(), self._timing.watchdog_s) as stream:
            with self._lock:
                self._stream = stream
            try:
                for chunk in stream.chunks():
                    self._byte_at = self._monotonic()
                    self._take(parser, chunk)
                    if self._stopping or not self._wanted.is_set():
                        return
            finally:
                with self._lock:
                    self._stream = None

    def _take(self, parser: EventParser, chunk: bytes) -> None:
        try:
            events = list(parser.feed(chunk))
        except ValueError as error:
            self.intake.offer(Unclear())
            raise OpsError("link.too_large", retryable=True, detail=str(error)) from error
        if not events:
            return
        self._event_at = self._byte_at
        for event in events:
            fact = read_event(event)
            if isinstance(fact, FocusSeen):
                self._post(_focus(fact))
            elif fact is not None:
                self.intake.offer(fact)
        if not self.up:
            # What went by before this stream began is not in it.
            self.intake.offer(Unclear())
            self.up, self.blocked = True, False
        self._wake()

    def _cut(self) -> None:
        with self._lock:
            if self._stream is not None:
                self._stream.cut()


def _focus(seen: FocusSeen) -> HallFocus:
    event = seen.event
    return HallFocus(event.object.kind, event.object.id, tuple(event.screens), event.by, event.device_id, event.at)
