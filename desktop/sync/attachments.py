"""Attachments as the program sees them: taken in, brought to the centre, fetched from it."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from desktop.central.files import FilesClient
from desktop.errors import OpsError
from desktop.events import Event, LinkState, SyncChanged
from desktop.sync.attaching import Attaching, Record, SizeLimit, Wish
from desktop.sync.backoff import Backoff
from desktop.sync.fetching import Fetching
from desktop.sync.session import Session
from desktop.sync.uploader import Standing, Uploader
from storage.files.shelf import FileNote
from storage.records import OpRecord
from storage.store import Store
from storage.worker import StorageWorker

_CONNECTED = frozenset({LinkState.LIVE, LinkState.POLLING})


class Attachments:
    """The one object of it; every method returns at once.

    Usage::

        attachments.attach("work_order", order_id, Path("/photo.jpg"), "photo.jpg").result()   # saved, on the disk
        attachments.standing(sha256)                     # Standing("uploading", 524_288, 812_345)
        attachments.fetch(sha256).add_done_callback(…)   # the bytes, whoever attached them
    """

    def __init__(
        self,
        *,
        client: FilesClient,
        session: Session,
        store: Store,
        worker: StorageWorker,
        post: Callable[[Event], None],
        record: Record,
        limit: SizeLimit,
        on_fault: Callable[[OpsError], None],
        backoff: Callable[[], Backoff],
        monotonic: Callable[[], float],
    ) -> None:
        self._attaching = Attaching(store.files, record, limit)
        self._fetching = Fetching(client, session, store.files)
        self._uploader = Uploader(
            client=client,
            session=session,
            shelf=store.files,
            duty=store.duty,
            worker=worker,
            post=post,
            on_fault=on_fault,
            backoff=backoff,
            monotonic=monotonic,
        )
        self.thread = threading.Thread(target=self._uploader.run, name="sync-files", daemon=True)

    def attach(self, kind: str, target_id: str, source: Path | bytes, name: str) -> "Future[OpRecord]":
        """Attach a file to an object; when the future is done, file and operation survive a power cut.

        The type is told by the content, and the name is made safe. Works offline; the file follows when it can.

        Returns:
            A future that fails with the codes of `Attaching.submit`.
        """
        told: Future[OpRecord] = Future()
        told.set_running_or_notify_cancel()

        def done(taken: "Future[tuple[FileNote, OpRecord]]") -> None:
            fault = OpsError("link.closed") if taken.cancelled() else taken.exception()
            if fault is not None:
                told.set_exception(fault)
                return
            note, op = taken.result()
            self._uploader.added(note)
            told.set_result(op)

        self._attaching.submit(Wish(kind, target_id, source, name)).add_done_callback(done)
        return told

    def fetch(self, sha256: str) -> "Future[bytes]":
        """Return the content of an attachment, from the disk or the centre; the codes of `Fetching.fetch`."""
        return self._fetching.fetch(sha256)

    def standing(self, sha256: str) -> Standing | None:
        """Return how an attachment of this desk stands with the centre; None for those of others."""
        return self._uploader.standing(sha256)

    def retry(self, sha256: str) -> None:
        """Offer a refused attachment once more."""
        self._uploader.retry(sha256)

    def see(self, event: Event) -> None:
        """Learn from the engine's events whether the link is up."""
        if isinstance(event, SyncChanged):
            self._uploader.set_online(event.status.link in _CONNECTED)

    def stop(self) -> None:
        """Begin nothing new; the thread ends after the part under way."""
        self._attaching.close()
        self._fetching.close()
        self._uploader.stop()
