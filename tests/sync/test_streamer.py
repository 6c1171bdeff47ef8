import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import msgspec
import pytest

from desktop.central.client import CentralClient
from desktop.central.schema import StreamChange
from desktop.central.stream import ChangeSeen, HeartbeatSeen, RightsChanged, Unclear
from desktop.central.transport import Transport
from desktop.events import Event
from desktop.sync.backoff import Backoff
from desktop.sync.streamer import Intake, Streamer
from desktop.sync.timing import Timing
from tests.sync.test_transport import peer

HEAD = b"HTTP/1.1 200 OK\r\nX-Hall-Instance: hall-1\r\nContent-Type: text/event-stream\r\n\r\n"
BEAT = b'event: hb\ndata: {"head_lsn": 7}\n\n'


def change(lsn: int, size_bytes: int = 10) -> ChangeSeen:
    return ChangeSeen(StreamChange(lsn, lsn - 1, "camera", "c", lsn, "upsert", msgspec.Raw(b"{}")), size_bytes)


def test_that_the_intake_hands_out_in_order_and_begins_anew() -> None:
    intake = Intake()
    for fact in (change(1), HeartbeatSeen(1, "a"), change(2), HeartbeatSeen(2, "b"), RightsChanged()):
        intake.offer(fact)

    heard = intake.take()

    assert [seen.lsn for seen in heard.changes] == [1, 2]
    assert (heard.gap, heard.heartbeat, heard.rights_changed) == (False, HeartbeatSeen(2, "b"), True)
    assert intake.take().changes == []
    assert intake.take().heartbeat is None


@pytest.mark.fault(31)
@pytest.mark.parametrize("facts", [[change(n) for n in range(2_001)], [change(n, 1024 * 1024) for n in range(5)]])
def test_that_a_full_intake_is_emptied_and_notes_a_gap(facts: list[ChangeSeen]) -> None:
    intake = Intake()
    for fact in facts:
        intake.offer(fact)

    heard = intake.take()

    assert heard.gap
    assert len(heard.changes) < 100


def test_that_what_cannot_be_told_is_a_gap() -> None:
    intake = Intake()
    intake.offer(change(1))
    intake.offer(Unclear())
    intake.offer(change(5))

    heard = intake.take()

    assert heard.gap
    assert [seen.lsn for seen in heard.changes] == [5]


class OneToken:
    """Stands for a session that is signed in."""

    def authorised(self, call: Callable[[str], None]) -> None:
        call("token")


class Listening:
    """A streamer on its own thread against a peer that misbehaves."""

    def __init__(self, url: str, timing: Timing) -> None:
        self._news = threading.Condition()
        self.transport = Transport([url])
        self.posted: list[Event] = []
        self.streamer = Streamer(
            post=self.posted.append,
            client=CentralClient(self.transport),
            session=OneToken(),  # type: ignore[arg-type]
            wake=self._wake,
            last_lsn=lambda: 5,
            timing=timing,
            backoff=Backoff(uniform=lambda low, _: low),
        )
        self._thread = threading.Thread(target=self.streamer.run, name="stream-under-test")
        self._thread.start()
        self.streamer.resume()

    def _wake(self) -> None:
        with self._news:
            self._news.notify_all()

    def watch_until(self, happened: Callable[[], bool]) -> bool:
        """Be the sync thread: look at the clock every 50 ms."""
        with self._news:
            for _ in range(100):
                if happened():
                    return True
                self.streamer.watch()
                self._news.wait(0.05)
        return False

    def close(self) -> None:
        self.streamer.stop()
        self.transport.abort()
        self._thread.join(5)
        assert not self._thread.is_alive()
        self.transport.close()


@contextmanager
def listening(serve: Callable[[socket.socket], None], timing: Timing) -> Iterator[Listening]:
    with peer(serve) as url:
        made = Listening(url, timing)
        try:
            yield made
        finally:
            made.close()


def trickle(first: bytes, then: bytes, until: threading.Event) -> Callable[[socket.socket], None]:
    """Answer with `first`, then `then` every 20 ms until the event or the end of the connection."""

    def serve(connection: socket.socket) -> None:
        connection.sendall(HEAD + first)
        try:
            while not until.wait(0.02):
                connection.sendall(then)
        except OSError:
            return

    return serve


def test_that_a_stream_is_up_from_its_first_event_and_asks_for_a_pull() -> None:
    done = threading.Event()
    with listening(trickle(BEAT, b"", done), Timing()) as desk:
        assert desk.watch_until(lambda: desk.streamer.up)
        assert desk.streamer.intake.take().gap
        done.set()


def test_that_comments_alone_do_not_keep_a_stream_alive() -> None:
    done = threading.Event()
    with listening(trickle(BEAT, b": still here\n\n", done), Timing(watchdog_s=0.3)) as desk:
        assert desk.watch_until(lambda: desk.streamer.up)
        assert desk.watch_until(lambda: not desk.streamer.up)
        assert not desk.streamer.blocked
        done.set()


@pytest.mark.fault(27)
def test_that_a_stream_held_back_by_a_proxy_is_left_alone() -> None:
    done = threading.Event()
    with listening(trickle(b"", b": padding\n\n", done), Timing(first_event_s=0.3)) as desk:
        assert desk.watch_until(lambda: desk.streamer.blocked)
        assert not desk.streamer.up
        done.set()


def test_that_a_stream_that_ends_is_opened_again() -> None:
    opened: list[int] = []

    def serve(connection: socket.socket) -> None:
        opened.append(1)
        connection.sendall(HEAD + BEAT)

    with listening(serve, Timing()) as desk:
        assert desk.watch_until(lambda: len(opened) >= 3)


def test_that_silence_is_measured_while_the_stream_is_up() -> None:
    done = threading.Event()
    with listening(trickle(BEAT, b"", done), Timing()) as desk:
        assert desk.streamer.silence_s() == 0
        assert desk.watch_until(lambda: desk.streamer.silence_s() > 0.1)
        desk.streamer.hold()
        assert desk.watch_until(lambda: not desk.streamer.up)
        assert desk.streamer.silence_s() == 0
        done.set()
