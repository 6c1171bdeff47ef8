"""Reads the pages of a snapshot, each verified before anybody looks at it."""

import logging

from desktop.central.client import CentralClient
from desktop.central.schema import SnapshotPage
from desktop.errors import OpsError
from desktop.sync.records import BadRecord, items_are_intact, read_items
from desktop.sync.session import Session
from storage.records import ItemRecord

log = logging.getLogger(__name__)

_ATTEMPTS = 3
_PAGES_CAP = 1_000_000


class SnapshotPages:
    """Fetches pages; used by the sync thread alone."""

    def __init__(self, client: CentralClient, session: Session) -> None:
        self._client = client
        self._session = session

    def read(self, number: int, handle: str) -> SnapshotPage:
        """Read one page, again if it was damaged on the way; page 0 of the handle "" begins a snapshot.

        Raises:
            OpsError: ``pull.snapshot_damaged``, what `CentralClient.snapshot` raises, or a fault of the session.
        """
        for _ in range(_ATTEMPTS):
            page = self._session.authorised(self._client.snapshot, number, handle)
            if not 0 < page.pages <= _PAGES_CAP:
                raise OpsError("pull.snapshot_damaged", retryable=True, detail=f"{page.pages} pages")
            if page.page == number and items_are_intact(bytes(page.items), page.sha256):
                return page
            log.warning("snapshot page %d is damaged, reading it again", number)
        raise OpsError("pull.snapshot_damaged", {"page": number}, retryable=True)


def page_items(page: SnapshotPage) -> tuple[list[ItemRecord], list[BadRecord]]:
    """Return the readable and the bad records of a page.

    Raises:
        OpsError: ``link.malformed``.
    """
    try:
        return read_items(bytes(page.items))
    except ValueError as error:
        raise OpsError("link.malformed", {"what": "SnapshotPage"}, retryable=True) from error
