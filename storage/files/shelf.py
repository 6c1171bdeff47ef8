"""The attachments of this desk: those that must still reach the centre, and a bounded cache of those that have.

What is *kept* was attached here and is precious: it stays until the centre has it. What is *cached* can be fetched
again, and the oldest goes when room is needed. There is no table of them: a file says itself what it is, in its sealed
note, so nothing can disagree with the disk after a kill.
"""

import hmac
import json
import logging
import os
import shutil
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

from storage.errors import StorageError
from storage.faults import fault_of_os
from storage.files import vault

log = logging.getLogger(__name__)

FOLDER = "files"
CACHE_CAP_BYTES = 256 * 1024 * 1024
LEAST_FREE_BYTES = 200 * 1024 * 1024
"""With less than this left on the disk nothing new is attached or cached."""


@dataclass(frozen=True, slots=True)
class FileNote:
    """What a file is.

    Attributes:
        sha256: Of its content, in hexadecimal.
        size: Bytes.
        name: Safe to show and to save under.
        media_type: Told by its content.
        op_id: The operation that attached it here, "" for one that was fetched.
        kind: Kind of the object it was attached to.
        id: Id of that object.
        added_at: RFC 3339, this machine's clock.
    """

    sha256: str
    size: int
    name: str = ""
    media_type: str = ""
    op_id: str = ""
    kind: str = ""
    id: str = ""
    added_at: str = ""


class FileShelf:
    """Thread-safe; every call may wait for the disk, so none belongs on the GUI thread or the storage worker.

    Attributes:
        damaged: How many kept files were found unreadable and set aside.
    """

    def __init__(self, data_dir: Path, key: bytes, cap_bytes: int = CACHE_CAP_BYTES) -> None:
        """Use ``files/`` in `data_dir`; nothing is read before the first call."""
        self._kept = data_dir / FOLDER / "kept"
        self._cached = data_dir / FOLDER / "cached"
        self._key = vault.derive(key, b"files")
        self._names = vault.derive(key, b"file names")
        self._cap_bytes = cap_bytes
        self._lock = threading.RLock()
        self._ready = False
        self.damaged = 0

    def keep(self, note: FileNote, content: bytes) -> None:
        """Write down what is attached here; on the disk when this returns.

        Raises:
            StorageError: attachment.no_room, storage.full, .io, .readonly; then nothing was written.
        """
        with self._lock:
            self._prepare()
            self._ask_for_room(len(content))
            path = self._path(self._kept, note.sha256)
            if not path.exists():
                vault.write(path, self._key, json.dumps(asdict(note)).encode(), content)

    def kept(self) -> list[FileNote]:
        """Return what the centre does not have yet, oldest first. A file that cannot be read is set aside."""
        with self._lock:
            self._prepare()
            notes = [note for path in self._kept.glob("*.wff") if (note := self._note(path)) is not None]
            return sorted(notes, key=lambda note: (note.added_at, note.sha256))

    def release(self, sha256: str) -> None:
        """The centre has it: from now on it is cached like any other."""
        with self._lock:
            self._prepare()
            try:
                source = self._path(self._kept, sha256)
                if source.exists():
                    os.utime(source)
                    source.replace(self._path(self._cached, sha256))
            except OSError as error:
                raise fault_of_os(error, self._kept) from error
            self._evict()

    def cache(self, note: FileNote, content: bytes) -> bool:
        """Keep what was fetched, as long as there is room; return whether it was kept. Never a reason to fail."""
        with self._lock:
            try:
                self._prepare()
                self._ask_for_room(len(content))
                vault.write(
                    self._path(self._cached, note.sha256), self._key, json.dumps(asdict(note)).encode(), content
                )
                self._evict()
            except StorageError as fault:
                log.info("an attachment is not cached: %s", fault)
                return False
            return True

    def read(self, sha256: str, start: int = 0, size: int | None = None) -> bytes | None:
        """Return a file, or a stretch of it; None if it is not here. A cached one that is damaged is forgotten.

        Raises:
            StorageError: attachment.unreadable for a kept one, storage.io.
        """
        with self._lock:
            self._prepare()
            for folder in (self._kept, self._cached):
                path = self._path(folder, sha256)
                if not path.exists():
                    continue
                try:
                    content = vault.read(path, self._key, start, size)
                except StorageError as fault:
                    if folder == self._kept or fault.code != "attachment.unreadable":
                        raise
                    log.warning("a cached attachment is damaged and forgotten: %s", fault)
                    path.unlink(missing_ok=True)
                    continue
                if folder == self._cached:
                    os.utime(path)  # the longest unread goes first
                return content
            return None

    def drop(self, sha256: str) -> None:
        """Forget a file; one that is not there is fine."""
        with self._lock:
            self._prepare()
            for folder in (self._kept, self._cached):
                self._path(folder, sha256).unlink(missing_ok=True)

    def _prepare(self) -> None:
        """Make the folders, and sweep what a kill left half written."""
        if self._ready:
            return
        try:
            for folder in (self._kept, self._cached):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                for half in folder.glob("*.new"):
                    half.unlink()
        except OSError as error:
            raise fault_of_os(error, self._kept) from error
        self._ready = True

    def _path(self, folder: Path, sha256: str) -> Path:
        # Not the hash itself: a folder must not tell which known file somebody has.
        name = hmac.new(self._names, sha256.encode(), "sha256").hexdigest()[:40]
        return folder / f"{name}.wff"

    def _note(self, path: Path) -> FileNote | None:
        try:
            return FileNote(**json.loads(vault.note_of(path, self._key)))
        except (StorageError, ValueError, TypeError) as fault:
            log.warning("an attachment cannot be read and is set aside: %s", fault)
            self.damaged += 1
            path.rename(path.with_suffix(".damaged"))
            return None

    def _ask_for_room(self, size: int) -> None:
        if shutil.disk_usage(self._kept).free - size < LEAST_FREE_BYTES:
            raise StorageError("attachment.no_room", {"mib": LEAST_FREE_BYTES // (1024 * 1024)}, retryable=True)

    def _evict(self) -> None:
        files = sorted((path.stat().st_mtime_ns, path.stat().st_size, path) for path in self._cached.glob("*.wff"))
        total = sum(size for _, size, _ in files)
        for _, size, path in files:
            if total <= self._cap_bytes:
                return
            path.unlink(missing_ok=True)
            total -= size
