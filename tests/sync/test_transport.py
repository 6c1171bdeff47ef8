"""The transport against real sockets that misbehave."""

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from desktop.central.transport import Transport
from desktop.errors import OpsError

HEAD = b"HTTP/1.1 200 OK\r\nX-Hall-Instance: hall-1\r\nContent-Type: application/json\r\n"


@contextmanager
def peer(serve: Callable[[socket.socket], None]) -> Iterator[str]:
    """A listener that hands each connection, its request read, to `serve`."""
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(10)

    def run() -> None:
        try:
            while True:
                connection, _ = listening.accept()
                with connection:
                    connection.settimeout(10)
                    connection.recv(65536)
                    serve(connection)
        except OSError:
            return  # the test is over

    thread = threading.Thread(target=run, name="peer")
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(10)


@contextmanager
def transport(url: str) -> Iterator[Transport]:
    made = Transport([url])
    try:
        yield made
    finally:
        made.close()


def test_that_a_closed_port_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with transport(f"http://127.0.0.1:{port}") as link, pytest.raises(OpsError, match=r"link\.unreachable"):
        link.exchange("GET", "/v1/hello")


def test_that_a_silent_centre_times_out_after_the_stall() -> None:
    gone = threading.Event()
    with peer(lambda _: gone.wait(10) and None) as url, transport(url) as link:
        started = time.monotonic()
        with pytest.raises(OpsError, match=r"link\.timeout"):
            link.exchange("GET", "/v1/hello", stall_s=0.2)
        gone.set()
    assert time.monotonic() - started < 2


def test_that_an_answer_that_drips_times_out_as_a_whole() -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\n")
        pause = threading.Event()
        for _ in range(100):
            connection.sendall(b" ")
            pause.wait(0.05)

    with peer(drip) as url, transport(url) as link, pytest.raises(OpsError, match=r"link\.timeout"):
        link.exchange("GET", "/v1/hello", stall_s=1, total_s=0.5)


@pytest.mark.parametrize("kept", [0, 1, 30, len(HEAD), len(HEAD) + 25])
def test_that_an_answer_cut_short_is_a_fault_of_the_road_wherever_it_ends(kept: int) -> None:
    whole = HEAD + b"Content-Length: 11\r\n\r\n" + b'{"a": true}'

    with (
        peer(lambda connection: connection.sendall(whole[:kept])) as url,
        transport(url) as link,
        pytest.raises(OpsError, match=r"link\.unreachable") as caught,
    ):
        link.exchange("POST", "/v1/ops", body=b"{}")
    assert caught.value.retryable


@pytest.mark.fault(68)
def test_that_a_small_packet_cannot_unfold_into_a_flood() -> None:
    bomb = gzip.compress(b" " * (20 * 1024 * 1024))
    answer = HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb) + bomb

    def serve(connection: socket.socket) -> None:
        connection.sendall(answer)

    with peer(serve) as url, transport(url) as link, pytest.raises(OpsError, match=r"link\.too_large"):
        link.exchange("GET", "/v1/sync/changes", cap_bytes=1024 * 1024)


def test_that_abort_frees_a_thread_that_waits_for_an_answer() -> None:
    reached, gone = threading.Event(), threading.Event()
    codes: list[str] = []

    def serve(_: socket.socket) -> None:
        reached.set()
        gone.wait(10)

    with peer(serve) as url, transport(url) as link:

        def ask() -> None:
            try:
                link.exchange("GET", "/v1/sync/changes", stall_s=30)
            except OpsError as fault:
                codes.append(fault.code)

        asking = threading.Thread(target=ask)
        asking.start()
        assert reached.wait(5)
        link.abort()
        asking.join(2)
        assert not asking.is_alive()
        gone.set()
        with pytest.raises(OpsError, match=r"link\.closed"):
            link.exchange("GET", "/v1/hello")
    assert codes
    assert codes[0].startswith("link.")


def test_that_a_stream_can_be_cut_while_another_thread_reads_it() -> None:
    gone = threading.Event()

    def serve(connection: socket.socket) -> None:
        connection.sendall(
            b"HTTP/1.1 200 OK\r\nX-Hall-Instance: hall-1\r\nContent-Type: text/event-stream\r\n\r\n: hello\n\n"
        )
        gone.wait(10)

    ends: list[str] = []
    with peer(serve) as url, transport(url) as link:
        first = threading.Event()
        opened = []

        def read() -> None:
            try:
                with link.stream("/v1/stream", token="t", last_event_id="7", stall_s=30) as stream:
                    opened.append(stream)
                    for _ in stream.chunks():
                        first.set()
                ends.append("end")
            except OpsError as fault:
                ends.append(fault.code)

        reading = threading.Thread(target=read)
        reading.start()
        assert first.wait(5)
        opened[0].cut()
        reading.join(2)
        assert not reading.is_alive()
        gone.set()
    assert ends
