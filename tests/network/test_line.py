"""What a line can do to a desk, and what the desk makes of it: real sockets from the engine to the drill centre."""

import contextlib
import dataclasses
import itertools
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.events import LinkState
from desktop.sync.timing import Timing
from storage.records import OrderQuery
from tests.network.conftest import Desks
from tests.network.proxy import Line
from tests.sync.conftest import QUICK, Colleague, Desk, Drill

pytestmark = pytest.mark.real

EVERYTHING = OrderQuery(open_only=False)
OPS, CHANGES = b"/v1/ops", b"/v1/sync/changes"
ALERT = dataclasses.replace(QUICK, probe_after_s=1.5, watchdog_s=6.0, first_event_s=1.0)
"""The waits of the real engine, but it is sooner suspicious: this drill's heartbeats come each second."""

_orders = itertools.count()


def an_order(desk: Desk) -> str:
    """An order that no other test has touched."""
    return desk.store.cache.order_ids(EVERYTHING, 100)[next(_orders)]


def delivered_once(desk: Desk, drill: Drill, order: str, op_id: str) -> None:
    desk.wait_until(desk.outbox_is_empty)
    assert drill.history(order).count(op_id) == 1


def notes(desk: Desk, order: str) -> list[str]:
    return [line["text"] for line in desk.order(order)["history"] if line.get("text", "").startswith("note")]


def write_notes(colleague: Colleague, order: str, first: int, last: int) -> list[str]:
    """Let a colleague write on an order; return the texts."""
    texts = [f"note {number}" for number in range(first, last + 1)]
    assert [colleague.act(order, "note", text=text) for text in texts] == ["applied"] * len(texts)
    return texts


def wait_for_notes(desk: Desk, order: str, texts: list[str], deadline_s: float = 20.0) -> None:
    desk.wait_until(lambda: notes(desk, order) == texts, deadline_s)


@pytest.mark.fault(24)
def test_that_an_operation_whose_answer_is_lost_by_a_reset_is_sent_again_and_done_once(
    desks: Desks, drill: Drill, line: Line
) -> None:
    with desks() as desk:
        line.spoil(reset_after=0, cut_paths=(OPS,))
        order = an_order(desk)
        op = desk.record(order, "note", text="note")
        desk.wait_until(lambda: line.asked(OPS) >= 2)
        assert drill.history(order).count(op.op_id) == 1  # it was done the first time
        assert desk.store.duty.counts().acked == 0
        line.mend()
        delivered_once(desk, drill, order, op.op_id)


@pytest.mark.fault(44)
@pytest.mark.parametrize("by", ["cut_after", "reset_after"])
def test_that_an_answer_to_operations_cut_off_at_any_byte_settles_nothing(
    desks: Desks, drill: Drill, line: Line, by: str
) -> None:
    with desks() as desk:
        line.spoil(**{by: 0}, cut_paths=(OPS,))
        order = an_order(desk)
        op = desk.record(order, "note", text="note")
        for byte in (1, 16, 90, 150, 200, 240):  # in the status line, in the headers, in the body
            before = line.asked(OPS)
            line.spoil(**{by: byte}, cut_paths=(OPS,))
            desk.wait_until(lambda before=before: line.asked(OPS) >= before + 2)
            assert desk.store.duty.counts().acked == 0
            desk.manager.wake()
        line.mend()
        delivered_once(desk, drill, order, op.op_id)


@pytest.mark.fault(44)
def test_that_changes_cut_off_at_any_byte_move_neither_rows_nor_cursor(
    desks: Desks, line: Line, colleague: Colleague
) -> None:
    with desks() as desk:
        line.spoil(cut_after=0, cut_paths=(CHANGES,), events=_only_heartbeats)
        order, cursor = an_order(desk), desk.store.cache.cursor()
        texts = write_notes(colleague, order, 1, 4)
        for byte in (10, 120, 400, 2_000):
            before = line.asked(CHANGES)
            line.spoil(cut_after=byte, cut_paths=(CHANGES,), events=_only_heartbeats)
            desk.wait_until(lambda before=before: line.asked(CHANGES) >= before + 2)
            assert notes(desk, order) == []
            now = desk.store.cache.cursor()
            assert cursor is not None
            assert now is not None
            assert now.lsn == cursor.lsn
        line.mend()
        wait_for_notes(desk, order, texts)


@pytest.mark.fault(26)
def test_that_a_half_open_line_is_noticed_and_left(
    desks: Desks, drill: Drill, line: Line, colleague: Colleague
) -> None:
    with desks(ALERT) as desk:
        line.spoil(silent=True)
        assert desk.wait_for_link(LinkState.OFFLINE, deadline_s=8) < 6
        order = an_order(desk)
        op = desk.record(order, "note", text="note 1")
        assert desk.store.duty.counts().queued == 1
        line.mend()
        desk.wait_for_link(LinkState.LIVE)
        delivered_once(desk, drill, order, op.op_id)
        write_notes(colleague, order, 2, 2)
        wait_for_notes(desk, order, ["note 1", "note 2"])


@pytest.mark.fault(27)
def test_that_a_proxy_that_keeps_the_stream_back_leads_to_long_polls(
    desks: Desks, line: Line, colleague: Colleague
) -> None:
    line.spoil(hold_stream=True)
    with desks(ALERT, live=False) as desk:
        desk.wait_until(lambda: any(b"wait=" in request for request in list(line.requests)))
        assert desk.manager.status.link is LinkState.POLLING
        order = an_order(desk)
        wait_for_notes(desk, order, write_notes(colleague, order, 1, 3), deadline_s=3)


@pytest.mark.fault(28)
def test_that_a_captive_portal_is_no_centre_and_costs_nothing(desks: Desks, drill: Drill, line: Line) -> None:
    with desks() as desk:
        line.spoil(portal=True)
        line.reset_all()
        desk.wait_for(lambda: desk.manager.status.fault == "link.not_the_centre")
        order = an_order(desk)
        op = desk.record(order, "note", text="note")
        assert desk.manager.officer is not None
        line.mend()
        desk.wait_for_link(LinkState.LIVE)
        delivered_once(desk, drill, order, op.op_id)


@pytest.mark.fault(28)
def test_that_a_redirect_is_not_followed_and_the_token_stays_here(desks: Desks, line: Line) -> None:
    with socket.create_server(("127.0.0.1", 0)) as elsewhere, desks() as desk:
        line.spoil(redirect=f"http://127.0.0.1:{elsewhere.getsockname()[1]}/")
        line.reset_all()
        desk.wait_for(lambda: desk.manager.status.fault == "link.not_the_centre")
        before = len(line.requests)
        desk.wait_until(lambda: len(line.requests) >= before + 3)
        elsewhere.setblocking(False)
        with pytest.raises(BlockingIOError):
            elsewhere.accept()


@pytest.mark.fault(29)
def test_that_events_a_hundred_times_over_change_nothing(desks: Desks, line: Line, colleague: Colleague) -> None:
    with desks() as desk:
        line.spoil(events=_hundredfold)
        order = an_order(desk)
        wait_for_notes(desk, order, write_notes(colleague, order, 1, 5))


@pytest.mark.fault(30)
@pytest.mark.parametrize("how", ["late", "lost", "back to front"])
def test_that_events_out_of_order_or_missing_lead_to_the_centres_own_order(
    desks: Desks, line: Line, colleague: Colleague, how: str
) -> None:
    with desks() as desk:
        line.spoil(events=_Disorder(how))
        order = an_order(desk)
        wait_for_notes(desk, order, write_notes(colleague, order, 1, 8))


@pytest.mark.fault(31)
def test_that_ten_thousand_events_at_once_overflow_into_a_pull(desks: Desks, line: Line, colleague: Colleague) -> None:
    with desks() as desk:
        line.spoil(events=_ten_thousandfold)
        order = an_order(desk)
        texts = write_notes(colleague, order, 1, 1)
        wait_for_notes(desk, order, texts)
        line.mend()
        wait_for_notes(desk, order, texts + write_notes(colleague, order, 2, 2))
        assert desk.manager.status.link is LinkState.LIVE


@pytest.mark.fault(25)
def test_that_a_line_that_comes_and_goes_delivers_everything_once_and_is_not_hammered(
    desks: Desks, drill: Drill, line: Line
) -> None:
    pause = threading.Event()
    with desks(Timing()) as desk:
        ops = []
        before = line.connections
        for _ in range(12):
            line.spoil(refuse=True)
            line.reset_all()
            order = an_order(desk)
            ops.append((order, desk.record(order, "note", text="note")))
            pause.wait(0.15)
            line.mend()
            pause.wait(0.15)
        assert line.connections - before < 40  # in four seconds, three threads together
        desk.manager.wake()
        desk.wait_until(desk.outbox_is_empty, 40)
        assert [drill.history(order).count(op.op_id) for order, op in ops] == [1] * 12


@pytest.mark.parametrize("trouble", [{"latency_s": 0.15}, {"slice_bytes": 3}], ids=["slow", "in slices of three bytes"])
def test_that_a_poor_line_is_still_a_line(
    desks: Desks, drill: Drill, line: Line, colleague: Colleague, trouble: dict[str, float]
) -> None:
    line.spoil(**trouble)
    with desks() as desk:
        order = an_order(desk)
        op = desk.record(order, "note", text="note 1")
        delivered_once(desk, drill, order, op.op_id)
        write_notes(colleague, order, 2, 3)
        wait_for_notes(desk, order, ["note 1", "note 2", "note 3"])
        estimate = desk.manager.server_time()
        assert estimate is not None
        assert abs(estimate.moment.timestamp() - time.time()) * 1000 <= estimate.error_ms + 50


@pytest.mark.fault(50)
@pytest.mark.expected_log("desktop.sync.roads", "changed over to the backup link")
def test_that_an_address_that_swallows_connections_is_given_up_for_the_other(
    home: Path, line: Line, tmp_path: Path
) -> None:
    shutil.copytree(home, tmp_path / "desk")
    with _swallowing() as address:
        desk = Desk(tmp_path / "desk", [address, line.url])
        try:
            assert desk.wait_for_link(LinkState.LIVE, deadline_s=20) < 12
            assert desk.manager.status.road == "backup"
        finally:
            desk.close()


@contextmanager
def _swallowing() -> Iterator[str]:
    """An address whose queue of connections is full: nothing is refused, nothing is accepted."""
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(3):
            caller = stack.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(server.getsockname())
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


# --- what becomes of events


def _only_heartbeats(events: list[bytes]) -> list[bytes]:
    return [event for event in events if b"event: hb" in event]


def _hundredfold(events: list[bytes]) -> list[bytes]:
    return events * 100


def _ten_thousandfold(events: list[bytes]) -> list[bytes]:
    return [event for event in events for _ in range(10_000 if b"event: change" in event else 1)]


class _Disorder:
    """Changes come late, by turns not at all, or in fours back to front; heartbeats pass."""

    def __init__(self, how: str) -> None:
        self._how = how
        self._kept: list[bytes] = []
        self._seen = 0

    def __call__(self, events: list[bytes]) -> list[bytes]:
        out = []
        for event in events:
            if b"event: change" not in event:
                out.append(event)
                continue
            self._seen += 1
            if self._how == "lost":
                out += [event] * (self._seen % 2)
            elif self._how == "late":
                out += self._kept
                self._kept = [event]
            else:
                self._kept.insert(0, event)
                if len(self._kept) == 4:
                    out += self._kept
                    self._kept = []
        return out
