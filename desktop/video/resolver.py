"""Asks the centre for live addresses on threads of its own: one slow answer must not hold up the other panes."""

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from desktop.central.schema import LiveAddress
from desktop.errors import OpsError
from desktop.video.address import checked_source
from desktop.video.engines.base import Source

_log = logging.getLogger(__name__)

_THREADS = 4
_CAP = 1024

Resolve = Callable[[str, str], LiveAddress]
"""Camera id and profile to an address; may block, may raise OpsError."""
CentreTime = Callable[[], datetime]
"""The centre's time: the ends of its addresses are told in it, and this machine's clock may be another."""


def local_time() -> datetime:
    """This machine's time, where nobody knows the centre's."""
    return datetime.now(UTC)


def life_of(address: LiveAddress, now: datetime) -> float | None:
    """Seconds that an address has left; None if it has no end, or one that cannot be true."""
    try:
        end = datetime.fromisoformat(address.expires_at or "")
        left_s = (end - now).total_seconds()
    except (ValueError, TypeError):  # no time, or one without an offset
        return None
    return left_s if left_s > 0 else None


@dataclass(frozen=True, slots=True)
class Request:
    """One question; `slot` and `attempt` come back with the answer."""

    slot: str
    attempt: int
    camera_id: str
    profile: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """The answer: a source, or the fault why there is none.

    Attributes:
        slot: Of the question.
        attempt: Of the question.
        source: What to open.
        fault: Why there is nothing to open.
        life_s: How long from now the address can be opened, and with some servers watched; None if it does not end.
    """

    slot: str
    attempt: int
    source: Source | None
    fault: OpsError | None = None
    life_s: float | None = None


class Resolver:
    """A few threads that call `resolve` and hand the answers to `answer`."""

    def __init__(
        self, resolve: Resolve, answer: Callable[[Resolved], None], centre_time: CentreTime = local_time
    ) -> None:
        self._resolve = resolve
        self._centre_time = centre_time
        self._answer = answer
        self._requests: queue.Queue[Request | None] = queue.Queue(_CAP)
        self._threads = [
            threading.Thread(target=self._work, name=f"video-resolve-{n}", daemon=True) for n in range(_THREADS)
        ]

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def ask(self, request: Request) -> None:
        """Queue a question; with too many waiting it is answered with ``video.busy``."""
        try:
            self._requests.put_nowait(request)
        except queue.Full:
            self._answer(Resolved(request.slot, request.attempt, None, OpsError("video.busy", retryable=True)))

    def stop(self, deadline_s: float) -> None:
        """Drop what waits and end the threads; one that waits for the centre is left to its own deadline."""
        deadline = time.monotonic() + deadline_s
        while True:
            try:
                self._requests.get_nowait()
            except queue.Empty:
                break
        for _ in self._threads:
            self._requests.put(None)
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                _log.warning("%s still waits for the centre", thread.name)

    def _work(self) -> None:
        while (request := self._requests.get()) is not None:
            source: Source | None = None
            life_s: float | None = None
            fault: OpsError | None = None
            try:
                address = self._resolve(request.camera_id, request.profile)
                source, life_s = checked_source(address), life_of(address, self._centre_time())
            except OpsError as known:
                fault = known
            except Exception as error:  # noqa: BLE001
                # The thread's main loop: a bug in the caller's function must not leave its pane waiting for ever.
                _log.exception("asking for the address of camera %s failed", request.camera_id)
                fault = OpsError("video.failed", {"kind": type(error).__name__}, retryable=True)
            self._answer(Resolved(request.slot, request.attempt, source, fault, life_s))
