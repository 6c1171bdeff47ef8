"""Brings attachments to the centre, beside the operations that name them and never in their way.

The centre says how much of a file it has; only the rest is sent, in parts, so a lost link costs at most one part. A
file that the centre stumbles over rests while the others go on; one that it refuses for good stays here, and is shown
as such.
"""

import hashlib
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from desktop.central.files import FilesClient
from desktop.errors import OpsError
from desktop.events import AttachmentChanged, Event, FaultRaised
from desktop.sync.backoff import Backoff
from desktop.sync.session import Session
from storage.duty.duty import Duty
from storage.errors import StorageError
from storage.files.shelf import FileNote, FileShelf
from storage.worker import StorageWorker

log = logging.getLogger(__name__)

State = Literal["waiting", "uploading", "uploaded", "refused"]

LARGEST_PART_BYTES = 1024 * 1024
SMALLEST_PART_BYTES = 32 * 1024
FIRST_PART_BYTES = 256 * 1024
"""A part that does not get through is halved, one that does is doubled."""

_FOR_GOOD = frozenset(
    {
        "attachment.too_large",
        "attachment.type_refused",
        "attachment.not_taken",
        "auth.forbidden",
        "attachment.unreadable",
    }
)
_ASK_AGAIN = frozenset({"attachment.gap", "attachment.superseded"})
_WRONG_CONTENT_LIMIT = 3
_REFUSED = "attachment.refused."


@dataclass(frozen=True, slots=True)
class Standing:
    """How a file of this desk stands: `sent` of `size` bytes are at the centre; `code` says why it was refused."""

    state: State
    sent: int
    size: int
    code: str = ""


class Uploader:
    """`run` is the body of the files thread; all else is for other threads."""

    def __init__(
        self,
        *,
        client: FilesClient,
        session: Session,
        shelf: FileShelf,
        duty: Duty,
        worker: StorageWorker,
        post: Callable[[Event], None],
        on_fault: Callable[[OpsError], None],
        backoff: Callable[[], Backoff],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._session = session
        self._shelf = shelf
        self._duty = duty
        self._worker = worker
        self._post = post
        self._on_fault = on_fault
        self._new_backoff = backoff
        self._backoff = backoff()
        self._monotonic = monotonic
        self._wake = threading.Event()
        self._online = False
        self._stopping = False
        self._part_bytes = FIRST_PART_BYTES
        self._not_before = 0.0
        self._resting: dict[str, tuple[float, Backoff]] = {}
        self._wrong: dict[str, int] = {}
        self._lock = threading.Lock()
        self._standing: dict[str, Standing] = {}

    # --- for other threads

    def set_online(self, online: bool) -> None:  # noqa: FBT001 - a state, not an option
        """The link came or went."""
        if online != self._online:
            self._online = online
            self._not_before = 0.0
            self._wake.set()

    def added(self, note: FileNote) -> None:
        """A file was taken in."""
        self._tell(note, Standing("waiting", 0, note.size))
        self._wake.set()

    def retry(self, sha256: str) -> None:
        """Offer a refused file once more: the centre's rules may have changed."""
        self._worker.submit(self._duty.set_setting, _REFUSED + sha256, None)
        self._wrong.pop(sha256, None)
        with self._lock:
            self._standing.pop(sha256, None)
        self._wake.set()

    def standing(self, sha256: str) -> Standing | None:
        """Return how a file of this desk stands; None for one that is not of this desk, or of an earlier run."""
        with self._lock:
            return self._standing.get(sha256)

    def stop(self) -> None:
        """Let `run` return after the part under way."""
        self._stopping = True
        self._wake.set()

    # --- the files thread

    def run(self) -> None:
        """Take up what the last run left, then send until `stop`."""
        self._guarded(self.recover)
        while not self._stopping:
            self._wake.clear()
            pause_s = self._guarded(self.step) if self._online else None
            if not self._stopping:
                self._wake.wait(pause_s)

    def recover(self) -> None:
        """Compare files and operations: a kill between the two leaves a file that nobody was told of."""
        for note in self._shelf.kept():
            if self._worker.call(self._duty.get, note.op_id) is None:
                log.info("a file was taken in when the last run ended, its operation was not: forgotten")
                self._shelf.release(note.sha256)
                continue
            code = self._worker.call(self._duty.setting, _REFUSED + note.sha256) or ""
            self._tell(note, Standing("refused" if code else "waiting", 0, note.size, code))
        if self._shelf.damaged:
            self._post(FaultRaised("attachment.unreadable"))

    def step(self) -> float | None:
        """Send one file as far as it goes; return how long to wait for the next, None for until something happens."""
        early_s = self._not_before - self._monotonic()
        if early_s > 0:
            return early_s
        now = self._monotonic()
        waiting = [note for note in self._shelf.kept() if not self._is_refused(note.sha256)]
        ready = [note for note in waiting if self._resting.get(note.sha256, (0.0, None))[0] <= now]
        if not ready:
            return max(0.05, min(self._resting[note.sha256][0] for note in waiting) - now) if waiting else None
        note = ready[0]
        try:
            self._send(note)
        except (OpsError, StorageError) as fault:
            return self._failed(note, fault)
        self._shelf.release(note.sha256)
        self._resting.pop(note.sha256, None)
        self._wrong.pop(note.sha256, None)
        self._backoff.reset()
        self._tell(note, Standing("uploaded", note.size, note.size))
        return 0.0

    def _send(self, note: FileNote) -> None:
        status = self._session.authorised(self._client.status, note.sha256, note.size)
        while not status.complete:
            if self._stopping or not self._online:
                raise OpsError("link.closed", retryable=True)
            self._tell(note, Standing("uploading", status.received, note.size))
            part = self._shelf.read(note.sha256, status.received, self._part_bytes)
            if not part:
                raise OpsError("attachment.wrong_content", detail="the centre has more than there is")
            before = status.received
            status = self._session.authorised(self._client.send, note.sha256, before, note.size, part)
            if not status.complete and status.received <= before:
                raise OpsError("link.malformed", {"what": "FileStatus"}, retryable=True)
            self._part_bytes = min(LARGEST_PART_BYTES, self._part_bytes * 2)

    def _failed(self, note: FileNote, fault: OpsError | StorageError) -> float:
        """Decide what a fault means for a file; return how long to wait."""
        if fault.code == "attachment.wrong_content":
            self._wrong[note.sha256] = self._wrong.get(note.sha256, 0) + 1
            if self._wrong[note.sha256] >= _WRONG_CONTENT_LIMIT or not self._is_sound(note):
                return self._refuse(note, fault)
        elif fault.code in _FOR_GOOD:
            return self._refuse(note, fault)
        self._part_bytes = max(SMALLEST_PART_BYTES, self._part_bytes // 2)
        self._tell(note, Standing("waiting", self._sent(note.sha256), note.size, fault.code))
        if fault.code.startswith("attachment.") or fault.code == "link.server_error":
            # About this file, or nobody knows: it rests, longer each time, and another has its turn.
            backoff = self._resting[note.sha256][1] if note.sha256 in self._resting else self._new_backoff()
            pause_s = 0.0 if fault.code in _ASK_AGAIN and not backoff.failures else backoff.next_s()
            if fault.code in _ASK_AGAIN and not backoff.failures:
                backoff.failures = 1
            self._resting[note.sha256] = self._monotonic() + pause_s, backoff
            return 0.0
        log.info("attachments wait: %s", fault)
        if isinstance(fault, OpsError) and fault.code != "link.closed":
            self._on_fault(fault)
        seconds = fault.params.get("seconds") if fault.code == "link.throttled" else None
        pause_s = self._backoff.next_s(float(seconds) if seconds is not None else None)
        self._not_before = self._monotonic() + pause_s
        return pause_s

    def _refuse(self, note: FileNote, fault: OpsError | StorageError) -> float:
        log.warning("the centre does not take an attachment: %s", fault)
        self._worker.call(self._duty.set_setting, _REFUSED + note.sha256, fault.code)
        self._resting.pop(note.sha256, None)
        self._tell(note, Standing("refused", 0, note.size, fault.code))
        return 0.0

    def _is_refused(self, sha256: str) -> bool:
        standing = self.standing(sha256)
        if standing is None:
            return bool(self._worker.call(self._duty.setting, _REFUSED + sha256))
        return standing.state == "refused"

    def _is_sound(self, note: FileNote) -> bool:
        """Whether what is here is still what was attached."""
        content = self._shelf.read(note.sha256)
        return content is not None and hashlib.sha256(content).hexdigest() == note.sha256

    def _sent(self, sha256: str) -> int:
        standing = self.standing(sha256)
        return standing.sent if standing is not None else 0

    def _tell(self, note: FileNote, standing: Standing) -> None:
        with self._lock:
            if self._standing.get(note.sha256) == standing:
                return
            self._standing[note.sha256] = standing
        self._post(
            AttachmentChanged(
                note.sha256, note.kind, note.id, standing.state, standing.sent, standing.size, standing.code
            )
        )

    def _guarded(self, work: Callable[[], float | None]) -> float | None:
        """Do `work`; nothing it meets ends the thread."""
        try:
            return work()
        except (OpsError, StorageError) as fault:
            log.warning("attachments: %s", fault)
        except Exception:  # the main loop of a thread: the files are on the disk and stay there
            log.exception("bug in the sending of attachments")
        return self._backoff.next_s()
