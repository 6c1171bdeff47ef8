"""Taking a file in: checked, named, written down encrypted, and only then named by an operation."""

import hashlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from desktop.central.schema import Json
from desktop.central.transport import MIB
from desktop.domain.attachments import check, safe_name
from desktop.errors import OpsError
from desktop.sync.operations import new_op_id
from storage.files.shelf import FileNote, FileShelf
from storage.records import OpRecord
from storage.undoing import undone_by

WAITING_CAP = 32
"""Files that may wait to be taken in at once; more are refused, for they are held in memory."""
_WRITE_S = 30.0


class Record(Protocol):
    """`SyncManager.record`."""

    def __call__(self, kind: str, target_id: str, verb: str, args: Json, *, op_id: str) -> Future[OpRecord]:
        """Write an operation down under an id that is known before."""


SizeLimit = Callable[[], int]
"""The largest file that the centre takes, in bytes."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the officer wants attached, and to what."""

    kind: str
    id: str
    source: Path | bytes
    name: str


class Attaching:
    """Takes files in, one after the other, on a thread of its own."""

    def __init__(self, shelf: FileShelf, record: Record, limit: SizeLimit) -> None:
        self._shelf = shelf
        self._record = record
        self._limit = limit
        self._executor = ThreadPoolExecutor(1, "attach")
        self._waiting = 0

    def submit(self, wish: Wish) -> "Future[tuple[FileNote, OpRecord]]":
        """Take a file in; when the future is done it survives a power cut, and so does the operation that names it.

        Returns:
            A future that fails with ``attachment.empty``, ``.type``, ``.damaged``, ``.pixels``, ``.too_large`` (mib),
            ``.not_readable``, ``.busy``, ``.no_room``, another `StorageError`, or what recording an operation raises.
        """
        if self._waiting >= WAITING_CAP:
            full: Future[tuple[FileNote, OpRecord]] = Future()
            full.set_exception(OpsError("attachment.busy", retryable=True))
            return full
        self._waiting += 1
        taken = self._executor.submit(self._take_in, wish)
        taken.add_done_callback(self._done)
        return taken

    def close(self) -> None:
        """Begin nothing new; what is being taken in is finished."""
        self._executor.shutdown(cancel_futures=True)

    def _done(self, _: "Future[tuple[FileNote, OpRecord]]") -> None:
        self._waiting -= 1

    def _take_in(self, wish: Wish) -> tuple[FileNote, OpRecord]:
        content = self._content(wish.source)
        media_type = check(content)
        note = FileNote(
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            name=safe_name(wish.name, media_type),
            media_type=media_type,
            op_id=new_op_id(),
            kind=wish.kind,
            id=wish.id,
            added_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        )
        self._shelf.keep(note, content)
        args: Json = {"sha256": note.sha256, "name": note.name, "media_type": media_type, "size": note.size}
        with undone_by(partial(self._shelf.drop, note.sha256)):
            saved = self._record(wish.kind, wish.id, "attach", args, op_id=note.op_id)
        try:
            op = saved.result(_WRITE_S)
        finally:
            # Nobody was told that it is saved; but what may still be written, or was, keeps its file. A kill in this
            # place leaves one too many; see `Exchange.recover`.
            if saved.cancel() or (saved.done() and saved.exception() is not None):
                self._shelf.drop(note.sha256)
        return note, op

    def _content(self, source: Path | bytes) -> bytes:
        limit = self._limit()
        try:
            size = source.stat().st_size if isinstance(source, Path) else len(source)
            if size > limit:
                raise OpsError("attachment.too_large", {"mib": limit // MIB})
            return source.read_bytes() if isinstance(source, Path) else source
        except OSError as error:
            raise OpsError("attachment.not_readable", detail=str(error)) from error
