"""Attachments from the click to the centre and back: the real engine, a real centre, a line that fails in every way."""

import hashlib
import os
import re
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from desktop.central.transport import Transport
from desktop.errors import OpsError
from desktop.events import AttachmentChanged, LinkState
from storage.records import OrderQuery
from tests.drill.running import Drill, running_drill
from tests.sync.conftest import QUICK, Desk

pytestmark = pytest.mark.real

CHIEF, CLERK = "drill-chief", "drill-grid"


def pdf(size: int) -> bytes:
    return b"%PDF-1.7\n" + os.urandom(size - 9)


def name_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Line(httpx2.BaseTransport):
    """The road to the centre, with a tally of what was sent over it, and faults on demand."""

    def __init__(self) -> None:
        self._road = httpx2.HTTPTransport()
        self.parts: list[tuple[int, int]] = []
        self.answered: list[tuple[int, int]] = []
        self.down = False
        self.spoil: Callable[[httpx2.Request, int], httpx2.Response | bytes | None] = lambda _request, _count: None

    def connect(self, urls: Any) -> Transport:
        return Transport(urls, handler=self)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        if self.down:
            raise httpx2.ConnectError("the cable is pulled")
        part = re.fullmatch(r"bytes (\d+)-(\d+)/\d+", request.headers.get("Content-Range", ""))
        if part is not None:
            self.parts.append((int(part[1]), int(part[2]) + 1))
            spoilt = self.spoil(request, len(self.parts))
            if isinstance(spoilt, httpx2.Response):
                return spoilt
            if isinstance(spoilt, bytes):
                request = httpx2.Request(request.method, request.url, headers=request.headers, content=spoilt)
        response = self._road.handle_request(request)
        if part is not None and response.status_code in (201, 202):
            self.answered.append(self.parts[-1])
        return response

    def close(self) -> None:
        self._road.close()


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    few = ("--open-orders", "20", "--closed-orders", "20", "--speed", "0", "--no-cameras", "--faults")
    with running_drill(tmp_path_factory.mktemp("files"), *few) as running:
        yield running


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def seat(centre: Drill, tmp_path: Path, line: Line) -> Iterator[Callable[..., Any]]:
    @contextmanager
    def _open(name: str = "desk", username: str = CHIEF, road: Line | None = None) -> Iterator[Desk]:
        desk = Desk(tmp_path / name, [centre.url], QUICK, (road or line).connect)
        try:
            if desk.manager.officer is None:
                desk.manager.sign_in(username, centre.ready["password"]).result(10)
            desk.wait_for_link(LinkState.LIVE, LinkState.POLLING)
            yield desk
        finally:
            desk.close()

    yield _open
    httpx2.delete(f"{centre.url}/faults", trust_env=False)


def an_order(desk: Desk) -> str:
    return desk.store.cache.order_ids(OrderQuery(), 1)[0]


def attach(desk: Desk, content: bytes, name: str = "现场.pdf") -> str:
    """Attach a file to an order; return the file's hash."""
    desk.manager.attachments.attach("work_order", an_order(desk), content, name).result(10)
    return name_of(content)


def named_in(desk: Desk, order: str, content: bytes) -> list[dict[str, Any]]:
    """What the order, as it is shown, says of this file; the district's own orders may have others."""
    return [told for told in desk.order(order).get("attachments", []) if told["sha256"] == name_of(content)]


def uploaded(desk: Desk, sha256: str) -> None:
    def arrived() -> bool:
        standing = desk.manager.attachments.standing(sha256)
        return standing is not None and standing.state == "uploaded"

    desk.wait_until(arrived)


def centre_has(centre: Drill, desk: Desk, content: bytes) -> bool:
    token = desk.manager._session.token()
    answer = httpx2.get(
        f"{centre.url}/v1/files/{name_of(content)}", headers={"Authorization": f"Bearer {token}"}, trust_env=False
    )
    return answer.content == content


def spoil(centre: Drill, **rule: Any) -> None:
    body = {"rules": [{"path": "/v1/files", "turns": 1, **rule}]}
    httpx2.post(f"{centre.url}/faults", json=body, trust_env=False).raise_for_status()


def test_that_a_file_attached_offline_goes_when_the_link_is_back_and_others_can_look_at_it(
    seat: Callable[..., Any], line: Line
) -> None:
    content = pdf(700_000)
    with seat() as desk, seat("other", CLERK, Line()) as other:
        line.down = True
        order = an_order(desk)
        op = desk.manager.attachments.attach("work_order", order, content, r"..\现场:1.exe").result(10)
        assert desk.store.duty.get(op.op_id) is not None
        desk.wait_for_link(LinkState.OFFLINE)
        desk.wait_until(lambda: bool(named_in(desk, order, content)))
        (told,) = named_in(desk, order, content)
        assert (told["name"], told["size"]) == ("现场_1.exe.pdf", 700_000)
        assert desk.manager.attachments.fetch(name_of(content)).result(5) == content
        with pytest.raises(OpsError) as absent:
            other.manager.attachments.fetch(name_of(content)).result(10)
        assert absent.value.code == "attachment.not_there"
        line.down = False
        desk.manager.wake()
        uploaded(desk, name_of(content))
        desk.wait_until(desk.outbox_is_empty)
        other.wait_until(lambda: bool(named_in(other, order, content)))
        assert other.manager.attachments.fetch(name_of(content)).result(10) == content
        states = [event.state for event in desk.events if isinstance(event, AttachmentChanged)]
        assert states[0] == "waiting"
        assert states[-1] == "uploaded"
        assert desk.store.files.kept() == []


@pytest.mark.fault(24)
def test_that_after_a_lost_link_only_the_rest_is_sent(seat: Callable[..., Any], line: Line) -> None:
    content = pdf(3_000_000)

    def pull_the_cable(_: httpx2.Request, count: int) -> None:
        if count == 3:
            line.down = True
            raise httpx2.ConnectError("the cable is pulled")

    line.spoil = pull_the_cable
    with seat() as desk:
        sha256 = attach(desk, content)
        desk.wait_for_link(LinkState.OFFLINE)
        line.down = False
        desk.manager.wake()
        uploaded(desk, sha256)
    assert line.answered[0][0] == 0
    assert line.answered[-1][1] == len(content)
    assert all(earlier[1] == later[0] for earlier, later in zip(line.answered, line.answered[1:], strict=False))
    assert len(line.parts) == len(line.answered) + 1


VICTIM = """
    import sys, threading
    from pathlib import Path
    from desktop.events import AttachmentChanged
    from desktop.sync.manager import SyncManager
    from desktop.sync.overlay import project
    from storage.records import OrderQuery
    from storage.store import open_store
    from storage.worker import StorageWorker

    folder, url, password, source = sys.argv[1:]

    def post(event):
        if isinstance(event, AttachmentChanged):
            print(event.state, event.sent, flush=True)

    worker = StorageWorker()
    store = worker.call(open_store, Path(folder), bytes(range(32)), project)
    manager = SyncManager(store, worker, [url], post)
    manager.start()
    manager.sign_in("drill-chief", password).result(10)
    ids = threading.Event()
    while not store.cache.order_ids(OrderQuery(), 1):
        ids.wait(0.05)
    order = store.cache.order_ids(OrderQuery(), 1)[0]
    manager.attachments.attach("work_order", order, Path(source), "x.pdf").result(10)
    print("saved", flush=True)
    threading.Event().wait(60)
"""


@pytest.mark.real
@pytest.mark.fault(3, 4)
@pytest.mark.parametrize("moment", ["saved", "uploading 786432"])
def test_that_a_killed_desk_goes_on_where_the_centre_stands(
    centre: Drill, seat: Callable[..., Any], line: Line, tmp_path: Path, moment: str
) -> None:
    content = pdf(6_000_000)
    source = tmp_path / "source.pdf"
    source.write_bytes(content)
    if moment != "saved":
        spoil(centre, effect="latency", seconds=0.1, turns=50)  # so that there is something to be killed in
    command = [sys.executable, "-c", textwrap.dedent(VICTIM), str(tmp_path / "desk")]
    with subprocess.Popen(
        [*command, centre.url, centre.ready["password"], str(source)], stdout=subprocess.PIPE, text=True
    ) as victim:
        assert victim.stdout is not None
        assert any(said.strip() == moment for said in victim.stdout)
        victim.send_signal(signal.SIGKILL)
    httpx2.delete(f"{centre.url}/faults", trust_env=False)
    with seat() as desk:
        uploaded(desk, name_of(content))
        desk.wait_until(desk.outbox_is_empty)
        assert desk.store.duty.counts().unresolved == 0
        assert [each["sha256"] for each in desk.order(an_order(desk))["attachments"]].count(name_of(content)) == 1
    begun = int(moment.split()[1]) if " " in moment else 0
    assert line.answered[0][0] >= begun
    assert sum(end - start for start, end in line.answered) == len(content) - line.answered[0][0]


SPOILT: list[dict[str, Any]] = [
    {"effect": "status", "status": 500, "turns": 2},
    {"effect": "status", "status": 503, "retry_after_s": 0.1},
    {"effect": "status", "status": 429, "retry_after_s": 0.1},
    {"effect": "html"},
    {"effect": "truncate"},
    {"effect": "malformed"},
    {"effect": "drop"},
    {"effect": "drop_after_apply"},
    {"effect": "reject_tokens"},
]


@pytest.mark.fault(24, 28, 32, 40, 44)
def test_that_a_spoilt_answer_only_puts_it_off(centre: Drill, seat: Callable[..., Any]) -> None:
    with seat() as desk:
        for rule in SPOILT:
            spoil(centre, **rule)
            content = pdf(40_000)
            uploaded(desk, attach(desk, content))
            assert centre_has(centre, desk, content), rule
            left = httpx2.get(f"{centre.url}/faults", trust_env=False).json()["rules"][0]["turns"]
            assert left == 0, rule


@pytest.mark.fault(41)
def test_that_a_file_the_centre_stumbles_over_does_not_hold_up_the_next(seat: Callable[..., Any], line: Line) -> None:
    poison, healthy = pdf(5_000), pdf(6_000)

    def stumble(request: httpx2.Request, _: int) -> httpx2.Response | None:
        return httpx2.Response(500) if name_of(poison) in str(request.url) else None

    line.spoil = stumble
    with seat() as desk:
        attach(desk, poison)
        uploaded(desk, attach(desk, healthy))

        def waits_and_says_why() -> bool:
            standing = desk.manager.attachments.standing(name_of(poison))
            return standing is not None and (standing.state, standing.code) == ("waiting", "link.server_error")

        desk.wait_until(waits_and_says_why)  # the healthy one may have gone first
        line.spoil = lambda *_: None
        uploaded(desk, name_of(poison))


def test_that_bytes_that_changed_on_the_way_are_sent_again_and_believed_only_when_right(
    seat: Callable[..., Any], line: Line
) -> None:
    content = pdf(20_000)

    def flip_once(request: httpx2.Request, count: int) -> bytes | None:
        return request.content[:-1] + bytes([request.content[-1] ^ 1]) if count == 1 else None

    line.spoil = flip_once
    with seat() as desk, seat("other", CLERK, Line()) as other:
        sha256 = attach(desk, content)
        uploaded(desk, sha256)
        assert other.manager.attachments.fetch(sha256).result(10) == content
    assert line.parts == [(0, 20_000)] * 2


@pytest.mark.expected_log("desktop.sync.uploader", "does not take an attachment")
def test_that_a_file_that_never_arrives_right_is_refused_shown_and_kept(seat: Callable[..., Any], line: Line) -> None:
    line.spoil = lambda request, _: request.content[:-1] + bytes([request.content[-1] ^ 1])
    content = pdf(9_000)
    with seat() as desk:
        sha256 = attach(desk, content)
        desk.wait_until(lambda: desk.manager.attachments.standing(sha256).state == "refused")
        assert desk.manager.attachments.standing(sha256).code == "attachment.wrong_content"
        assert len(line.parts) == 3
    with seat() as desk:  # the next day it is still known as refused, and still there
        desk.wait_until(lambda: desk.manager.attachments.standing(sha256) is not None)
        assert desk.manager.attachments.standing(sha256).state == "refused"
        assert desk.manager.attachments.fetch(sha256).result(5) == content
        line.spoil = lambda *_: None
        desk.manager.attachments.retry(sha256)
        uploaded(desk, sha256)


@pytest.mark.expected_log("desktop.sync.uploader", "does not take an attachment")
def test_that_a_refusal_of_the_centre_is_final_until_somebody_asks_again(
    centre: Drill, seat: Callable[..., Any], line: Line
) -> None:
    instance = httpx2.get(f"{centre.url}/v1/hello", trust_env=False).headers["X-Hall-Instance"]
    refusals = {413: "attachment.too_large", 415: "attachment.type_refused", 405: "attachment.not_taken"}
    with seat() as desk:
        for status, code in refusals.items():
            refusal = {"status_code": status, "headers": {"X-Hall-Instance": instance}, "json": {"code": "no"}}
            line.spoil = lambda *_, refusal=refusal: httpx2.Response(**refusal)
            sha256 = attach(desk, pdf(3_000))
            desk.wait_until(lambda sha256=sha256: desk.manager.attachments.standing(sha256).state == "refused")
            assert desk.manager.attachments.standing(sha256).code == code
            line.spoil = lambda *_: None
            desk.manager.attachments.retry(sha256)
            uploaded(desk, sha256)


@pytest.mark.fault(69, 70)
def test_that_what_may_not_be_attached_is_refused_at_once_and_leaves_nothing(
    seat: Callable[..., Any], tmp_path: Path
) -> None:
    refused: list[tuple[bytes | Path, str]] = [
        (b"", "attachment.empty"),
        (b"MZ" + bytes(500), "attachment.type"),
        (b"\x89PNG\r\n\x1a\n" + bytes(30), "attachment.damaged"),
        (b"%PDF-" + bytes(20_971_520), "attachment.too_large"),
        (tmp_path / "gone.jpg", "attachment.not_readable"),
    ]
    with seat() as desk:
        for source, code in refused:
            with pytest.raises(OpsError) as fault:
                desk.manager.attachments.attach("work_order", an_order(desk), source, "x").result(5)
            assert fault.value.code == code
        assert desk.store.files.kept() == []
        assert desk.outbox_is_empty()
