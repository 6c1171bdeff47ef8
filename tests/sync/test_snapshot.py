"""Snapshots that are damaged, cut off or shrunken; real store, the network replaced."""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from desktop.central.client import CentralClient
from desktop.central.transport import Transport
from desktop.errors import OpsError
from desktop.events import Event, RecordsQuarantined
from desktop.sync.guard import CONFIRM_AFTER_S, RemovalGuard
from desktop.sync.overlay import project
from desktop.sync.pages import SnapshotPages
from desktop.sync.session import Session
from desktop.sync.snapshot import SnapshotLoader
from storage.records import Cursor, OrderQuery
from storage.store import open_store
from storage.worker import StorageWorker

HALL = {"X-Hall-Instance": "hall-1", "Content-Type": "application/json"}
GRANT = {"access": "a", "refresh": "r", "officer": {"id": "u1", "name": "张伟"}}


def order(number: int) -> bytes:
    return json.dumps(
        {"kind": "work_order", "id": f"w{number}", "ver": 1, "data": {"number": str(number), "state": "reported"}}
    ).encode()


class Library:
    """A centre with one snapshot, its pages given as raw items, and a loader for it."""

    def __init__(self, data_dir: Path) -> None:
        self.pages = [[order(number) for number in range(page * 10, page * 10 + 10)] for page in range(3)]
        self.counts: dict[str, int] | None = {"work_order": 30}
        self.lsn = 100
        self.now = 0.0
        self.asked: list[tuple[int, str]] = []
        self.spoil: Callable[[int, bytes], httpx2.Response | bytes] = lambda _, body: body
        self.events: list[Event] = []
        self.worker = StorageWorker()
        self.store = self.worker.call(open_store, data_dir, bytes(32), project)
        self.transport = Transport(["https://centre.invalid"], handler=httpx2.MockTransport(self._serve))
        self.guard = RemovalGuard(lambda: self.now)

    def load(self, instance: str = "hall-1") -> Cursor:
        client = CentralClient(self.transport)
        session = Session(client, self.store.duty, self.worker)
        session.sign_in("u", "p")
        loader = SnapshotLoader(
            pages=SnapshotPages(client, session),
            cache=self.store.cache,
            duty=self.store.duty,
            worker=self.worker,
            guard=self.guard,
            post=self.events.append,
        )
        return loader.load(instance, "epoch-1", "2026-11-22T12:00:00+08:00", lambda share: None)

    def orders(self) -> int:
        return self.store.cache.order_count(OrderQuery())

    def close(self) -> None:
        self.transport.close()
        self.worker.call(self.store.close)
        self.worker.close()

    def _serve(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/v1/auth/token":
            return httpx2.Response(200, headers=HALL, json=GRANT)
        number, handle = int(request.url.params["page"]), request.url.params.get("snapshot", "")
        self.asked.append((number, handle))
        items = b"[" + b",".join(self.pages[number]) + b"]"
        frame: dict[str, Any] = {
            "lsn": self.lsn,
            "page": number,
            "pages": len(self.pages),
            "sha256": hashlib.sha256(items).hexdigest(),
            "epoch": "epoch-1",
            "snapshot": f"snap-{self.lsn}",
        }
        if number == len(self.pages) - 1:
            frame |= {"counts": self.counts, "complete": True, "cursor": f"cursor-{self.lsn}"}
        body = json.dumps(frame).encode()[:-1] + b', "items": ' + items + b"}"
        spoiled = self.spoil(number, body)
        if isinstance(spoiled, httpx2.Response):
            return spoiled
        return httpx2.Response(200, headers=HALL, content=spoiled)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library(tmp_path)
    yield made
    made.close()


def test_that_a_snapshot_is_loaded_with_its_cursor(library: Library) -> None:
    cursor = library.load()

    assert cursor == Cursor("cursor-100", 100, "epoch-1", "hall-1", "2026-11-22T12:00:00+08:00")
    assert library.store.cache.cursor() == cursor
    assert library.orders() == 30
    assert library.asked == [(0, ""), (1, "snap-100"), (2, "snap-100")]


@pytest.mark.expected_log("desktop.sync.pages", "page 1 is damaged")
def test_that_a_page_damaged_on_the_way_is_read_again(library: Library) -> None:
    library.spoil = lambda number, body: (
        body.replace(b'"w13"', b'"w99"') if number == 1 and library.asked.count((1, "snap-100")) == 1 else body
    )

    library.load()

    assert library.orders() == 30
    assert library.asked.count((1, "snap-100")) == 2


@pytest.mark.expected_log("desktop.sync.pages", "page 1 is damaged")
def test_that_a_page_that_stays_damaged_never_reaches_the_cache(library: Library) -> None:
    library.spoil = lambda number, body: body.replace(b'"w13"', b'"w99"') if number == 1 else body

    with pytest.raises(OpsError, match=r"pull\.snapshot_damaged"):
        library.load()
    assert library.store.cache.cursor() is None


def test_that_a_snapshot_cut_off_goes_on_where_it_was(library: Library) -> None:
    library.spoil = lambda number, body: httpx2.Response(502) if number == 2 else body
    with pytest.raises(OpsError, match=r"link\.server_error"):
        library.load()
    library.asked.clear()
    library.spoil = lambda _, body: body

    library.load()

    assert library.orders() == 30
    assert library.asked in ([(2, "snap-100")], [(1, "snap-100"), (2, "snap-100")])


def test_that_a_snapshot_no_longer_kept_is_begun_anew(library: Library) -> None:
    library.spoil = lambda number, body: httpx2.Response(502) if number == 2 else body
    with pytest.raises(OpsError, match=r"link\.server_error"):
        library.load()
    library.lsn = 200
    gone = httpx2.Response(410, headers=HALL, json={"code": "snapshot_expired"})
    library.spoil = lambda _, body: gone if library.asked[-1][1] == "snap-100" else body

    assert library.load().lsn == 200
    assert library.orders() == 30


def test_that_a_snapshot_that_misses_records_leaves_the_old_cache(library: Library) -> None:
    library.load()
    library.lsn, library.counts = 200, {"work_order": 31}

    with pytest.raises(OpsError, match=r"pull\.snapshot_damaged"):
        library.load()

    cursor = library.store.cache.cursor()
    assert cursor is not None
    assert cursor.lsn == 100
    assert library.orders() == 30


def test_that_a_bad_record_of_a_snapshot_is_counted_and_set_aside(library: Library) -> None:
    library.pages[1][3] = b'{"kind": "work_order", "id": "w13", "ver": 1, "data": {"x": NaN}}'

    library.load()

    assert library.orders() == 29
    assert library.events == [RecordsQuarantined("work_order", ("w13",), "pull.record_quarantined")]


@pytest.mark.fault(42)
def test_that_an_empty_snapshot_is_held_until_it_comes_twice(library: Library) -> None:
    library.pages = [[order(number) for number in range(100)]]
    library.counts = {"work_order": 100}
    library.load()
    library.pages, library.counts, library.lsn = [[]], {}, 200

    with pytest.raises(OpsError, match=r"pull\.held") as caught:
        library.load()
    assert caught.value.params["count"] == 100
    assert library.orders() == 100

    library.now += CONFIRM_AFTER_S
    library.load()
    assert library.orders() == 0


@pytest.mark.fault(42)
def test_that_a_shrunken_snapshot_is_held_also_when_an_earlier_run_had_begun_it(library: Library) -> None:
    library.pages = [[order(number) for number in range(100)]]
    library.counts = {"work_order": 100}
    library.load()
    library.pages = [[order(number) for number in range(page * 5, page * 5 + 5)] for page in range(3)]
    library.counts, library.lsn = {"work_order": 15}, 200
    library.spoil = lambda number, body: httpx2.Response(502) if number == 2 else body
    with pytest.raises(OpsError, match=r"link\.server_error"):
        library.load()
    library.spoil = lambda _, body: body

    with pytest.raises(OpsError, match=r"pull\.held") as caught:
        library.load()

    assert caught.value.params["count"] == 85
    assert library.orders() == 100


def test_that_the_snapshot_of_another_centre_is_not_measured_by_the_one_before(library: Library) -> None:
    library.pages = [[order(number) for number in range(100)]]
    library.counts = {"work_order": 100}
    library.load()
    library.pages, library.counts, library.lsn = [[order(1)]], {"work_order": 1}, 200

    library.load("hall-2")

    assert library.orders() == 1


@pytest.mark.parametrize("pages", [0, -1, 10**9])
def test_that_a_nonsensical_number_of_pages_is_refused(library: Library, pages: int) -> None:
    library.spoil = lambda _, body: body.replace(b'"pages": 3', b'"pages": %d' % pages)

    with pytest.raises(OpsError, match=r"pull\.snapshot_damaged"):
        library.load()
