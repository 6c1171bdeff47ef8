"""Snapshots: everything as it stood at one moment, cut into pages that never change."""

import hashlib
import secrets
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO

import msgspec

from desktop.central.schema import Item, SnapshotPage
from desktop.drill.audience import visible
from desktop.drill.cursor import Cursors
from desktop.drill.store.log import Log, Stored

ITEMS_PER_PAGE = 1_000
KEPT = 4
"""So many snapshots are kept for desks that are still fetching; the oldest goes first."""

IDLE_LIFE_S = 600.0


@dataclass(slots=True)
class _Spool:
    """One snapshot on disk: the items array of each page, one after the other."""

    lsn: int
    audience: str
    file: IO[bytes]
    pages: list[tuple[int, int, str]] = field(default_factory=list)  # offset, size, SHA-256
    counts: dict[str, int] = field(default_factory=dict)
    used_at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Snapshots:
    """Makes snapshots and serves their pages."""

    def __init__(self, log: Log, cursors: Cursors) -> None:
        self._log = log
        self._cursors = cursors
        self._spools: dict[str, _Spool] = {}
        self._lock = threading.Lock()

    def begin(self, audience: str) -> bytes:
        """Make a snapshot of the present moment and return its page 0."""
        spool = _Spool(0, audience, tempfile.TemporaryFile())  # noqa: SIM115 - lives as long as the snapshot
        with self._log.pinned() as (lsn, stored):
            spool.lsn = lsn
            for page in _pages(stored):
                _write_page(spool, page)
        if not spool.pages:
            _write_page(spool, [])
        name = secrets.token_urlsafe(12)
        with self._lock:
            self._spools[name] = spool
            self._forget_old()
        return self.page(name, 0, audience) or b""

    def page(self, name: str, number: int, audience: str) -> bytes | None:
        """Return one page as it goes on the wire, or None when there is no such snapshot (any more) or page."""
        with self._lock:
            spool = self._spools.get(name)
        if spool is None or spool.audience != audience or not 0 <= number < len(spool.pages):
            return None
        offset, size, digest = spool.pages[number]
        with spool.lock:
            spool.used_at = time.monotonic()
            try:
                spool.file.seek(offset)
                items = spool.file.read(size)
            except ValueError:  # closed meanwhile, to make room for another
                return None
        last = number == len(spool.pages) - 1
        return msgspec.json.encode(
            SnapshotPage(
                lsn=spool.lsn,
                page=number,
                pages=len(spool.pages),
                items=msgspec.Raw(items),
                sha256=digest,
                epoch=self._cursors.epoch,
                snapshot=name,
                counts=spool.counts if last else None,
                complete=last,
                cursor=self._cursors.write(spool.lsn, audience) if last else "",
            )
        )

    def close(self) -> None:
        """Drop all snapshots."""
        with self._lock:
            for spool in self._spools.values():
                spool.file.close()
            self._spools.clear()

    def _forget_old(self) -> None:
        newest_first = sorted(self._spools, key=self._last_use, reverse=True)
        horizon = time.monotonic() - IDLE_LIFE_S
        for place, name in enumerate(newest_first):
            if place >= KEPT or self._last_use(name) < horizon:
                spool = self._spools.pop(name)
                with spool.lock, suppress(OSError):
                    spool.file.close()

    def _last_use(self, name: str) -> float:
        used_at = self._spools[name].used_at
        return used_at if used_at else float("inf")  # not served yet: the newest of all


def _pages(stored: Iterator[Stored]) -> Iterator[list[Stored]]:
    page: list[Stored] = []
    for item in stored:
        page.append(item)
        if len(page) == ITEMS_PER_PAGE:
            yield page
            page = []
    if page:
        yield page


def _write_page(spool: _Spool, page: list[Stored]) -> None:
    items = b",".join(
        msgspec.json.encode(
            Item(item.kind, item.id, item.ver, msgspec.Raw(visible(item.kind, item.data, spool.audience).encode()))
        )
        for item in page
    )
    body = b"[" + items + b"]"
    offset = spool.pages[-1][0] + spool.pages[-1][1] if spool.pages else 0
    spool.file.write(body)
    spool.pages.append((offset, len(body), hashlib.sha256(body).hexdigest()))
    for item in page:
        spool.counts[item.kind] = spool.counts.get(item.kind, 0) + 1
