"""Fetches attachments of others for looking at them: verified by their hash, checked before anybody decodes them."""

import hashlib
import threading
from concurrent.futures import Future, ThreadPoolExecutor

from desktop.central.files import FilesClient
from desktop.central.transport import MIB
from desktop.domain.attachments import check
from desktop.errors import OpsError
from desktop.sync.session import Session
from storage.files.shelf import FileNote, FileShelf

WORKERS = 2
WAITING_CAP = 64
STRETCH_BYTES = MIB
FETCH_CAP_BYTES = 64 * MIB
_ATTEMPTS = 3


class Fetching:
    """Answers from the disk, else from the centre; who asks for the same file twice gets the same future."""

    def __init__(self, client: FilesClient, session: Session, shelf: FileShelf) -> None:
        self._client = client
        self._session = session
        self._shelf = shelf
        self._executor = ThreadPoolExecutor(WORKERS, "fetch-files")
        self._lock = threading.Lock()
        self._under_way: dict[str, Future[bytes]] = {}

    def fetch(self, sha256: str) -> "Future[bytes]":
        """Return the content of an attachment.

        Returns:
            A future that fails with ``attachment.not_there``, ``.wrong_content``, ``.type``, ``.damaged``, ``.pixels``,
            ``.too_large``, ``.busy``, or a fault of link, session or disk.
        """
        with self._lock:
            known = self._under_way.get(sha256)
            if known is not None:
                return known
            if len(self._under_way) >= WAITING_CAP:
                full: Future[bytes] = Future()
                full.set_exception(OpsError("attachment.busy", retryable=True))
                return full
            fetched = self._executor.submit(self._fetch, sha256)
            self._under_way[sha256] = fetched
        fetched.add_done_callback(lambda _: self._done(sha256))
        return fetched

    def close(self) -> None:
        """Begin nothing new."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _done(self, sha256: str) -> None:
        with self._lock:
            self._under_way.pop(sha256, None)

    def _fetch(self, sha256: str) -> bytes:
        content = self._shelf.read(sha256)
        if content is None:
            content = self._download(sha256)
            media_type = check(content)
            self._shelf.cache(FileNote(sha256, len(content), media_type=media_type), content)
        return content

    def _download(self, sha256: str) -> bytes:
        """Fetch stretch by stretch; a lost link costs the one under way."""
        parts, received, size, failures = [], 0, 1, 0
        while received < size:
            try:
                part, size = self._session.authorised(self._client.fetch, sha256, received, STRETCH_BYTES)
            except OpsError as fault:
                failures += 1
                if not fault.retryable or failures >= _ATTEMPTS:
                    raise
                continue
            if size > FETCH_CAP_BYTES:
                raise OpsError("attachment.too_large", {"mib": FETCH_CAP_BYTES // MIB})
            parts.append(part)
            received += len(part)
        content = b"".join(parts)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise OpsError("attachment.wrong_content", retryable=True)
        return content
