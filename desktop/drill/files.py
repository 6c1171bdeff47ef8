"""Files on the centre's disk by their content: parts as they arrive, whole ones once their hash was right."""

import hashlib
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool

from desktop.central.schema import FileStatus
from desktop.domain.attachments import SNIFF_BYTES, sniff
from desktop.drill.sessions import POLICY

SHA256 = re.compile(r"[0-9a-f]{64}")
MAX_FILE_BYTES = int(str(POLICY["file_max_bytes"]))
MAX_PARTS = 256
"""Files that somebody began and did not end; the oldest goes first."""
_READ_BYTES = 256 * 1024


class FileRefused(Exception):  # noqa: N818 - named for what happened
    """The file, or this part of it, was not taken; `code` says why."""

    def __init__(self, code: str, detail: object = None) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Part:
    """What a request brings: bytes from `start` to before `end` of a file of `size`. Nothing when both are equal."""

    start: int
    end: int
    size: int


class FileShelf:
    """Takes and gives files. Belongs to the server's loop; hashing is done on its threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts = folder / "parts"
        self._parts.mkdir(parents=True, exist_ok=True)
        self._turns: dict[str, int] = {}

    def path_of(self, sha256: str) -> Path | None:
        """Return where a whole file is, or None when it has not arrived."""
        path = self._folder / sha256[:2] / sha256
        return path if path.is_file() else None

    def media_type(self, path: Path) -> str:
        """Return what the content of a whole file says it is."""
        with path.open("rb") as file:
            return sniff(file.read(SNIFF_BYTES))

    def status(self, sha256: str, size: int) -> FileStatus:
        """Return how much of a file stands."""
        whole = self.path_of(sha256)
        if whole is not None:
            stands = whole.stat().st_size
            return FileStatus(sha256, stands, stands, complete=True, media_type=self.media_type(whole))
        part = self._part(sha256)
        return FileStatus(sha256, size, part.stat().st_size if part.exists() else 0)

    async def take(self, sha256: str, part: Part, body: AsyncIterator[bytes]) -> FileStatus:
        """Write a part down as it arrives; what came before a connection broke stays.

        Bytes that stand already are skipped. Who comes later with the same file takes over from a request that hangs.

        Raises:
            FileRefused: ``too_large``, ``range_gap`` (received), ``superseded``, ``hash_mismatch``, ``type_refused``.
        """
        if part.size > MAX_FILE_BYTES:
            raise FileRefused("too_large", {"max_bytes": MAX_FILE_BYTES})
        status = self.status(sha256, part.size)
        if status.complete or part.start == part.end:
            return status
        if part.start > status.received:
            raise FileRefused("range_gap", {"received": status.received})
        turn = self._turns[sha256] = self._turns.get(sha256, 0) + 1
        self._make_room()
        path = self._part(sha256)
        with path.open("ab") as file:
            position = part.start
            async for chunk in body:
                if self._turns.get(sha256) != turn:
                    raise FileRefused("superseded")
                fresh = chunk[max(0, file.tell() - position) : max(0, part.end - position)]
                position += len(chunk)
                file.write(fresh)
                file.flush()  # so that it counts from now on, whatever becomes of the connection
        received = path.stat().st_size
        if received < part.size:
            return FileStatus(sha256, part.size, received)
        self._turns.pop(sha256, None)
        return await run_in_threadpool(self._finish, sha256, part.size)

    def _finish(self, sha256: str, size: int) -> FileStatus:
        path = self._part(sha256)
        digest = hashlib.sha256()
        with path.open("rb") as file:
            media_type = sniff(file.read(SNIFF_BYTES))
            file.seek(0)
            while chunk := file.read(_READ_BYTES):
                digest.update(chunk)
        if path.stat().st_size != size or digest.hexdigest() != sha256:
            path.unlink()
            raise FileRefused("hash_mismatch")
        if not media_type:
            path.unlink()
            raise FileRefused("type_refused")
        whole = self._folder / sha256[:2] / sha256
        whole.parent.mkdir(exist_ok=True)
        path.replace(whole)
        return FileStatus(sha256, size, size, complete=True, media_type=media_type)

    def _part(self, sha256: str) -> Path:
        return self._parts / sha256

    def _make_room(self) -> None:
        begun = sorted(self._parts.iterdir(), key=lambda path: path.stat().st_mtime)
        for path in begun[: len(begun) - MAX_PARTS + 1]:
            path.unlink()
