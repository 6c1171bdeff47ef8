"""A camera server on a thread of its own, a raw RTSP client, and streams read by FFmpeg's client."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import TypeVar
from zlib import crc32

import av

from desktop.drill.cameras.auth import PasswordFor, Scheme
from desktop.drill.cameras.mount import Health
from desktop.drill.cameras.scenes import Profile
from desktop.drill.cameras.server import CameraServer

DEADLINE_S = 15.0
T = TypeVar("T")


@dataclass
class Running:
    """A server, and the means to reach into its loop."""

    server: CameraServer
    loop: asyncio.AbstractEventLoop
    port: int
    health: dict[str, Health] = field(default_factory=dict)

    def mount(self, path: str, scene: int = 1, profile: Profile = "sub", health: Health = "online") -> str:
        """Mount a scene; return its URL."""
        self.health[path] = health
        self.call(lambda: self.server.mount(path, scene, profile, lambda: self.health[path]))
        return f"rtsp://127.0.0.1:{self.port}/{path}"

    def call(self, function: Callable[[], T]) -> T:
        """Run ``function`` on the server's loop."""

        async def run() -> T:
            return function()

        return asyncio.run_coroutine_threadsafe(run(), self.loop).result(DEADLINE_S)

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait until ``condition`` holds on the server's loop."""

        end_s = time.monotonic() + DEADLINE_S
        while not self.call(condition):
            assert time.monotonic() < end_s, "it never came true"


@contextmanager
def serving(
    password_for: PasswordFor | None = None, schemes: Sequence[Scheme] = ("digest", "basic"), *, port: int = 0
) -> Iterator[Running]:
    """Serve, on a free port unless one is given."""
    loop = asyncio.new_event_loop()
    server = CameraServer(password_for, schemes=schemes)
    thread = threading.Thread(target=loop.run_forever, name="cameras-under-test")
    thread.start()
    try:
        port = asyncio.run_coroutine_threadsafe(server.start("127.0.0.1", port), loop).result(DEADLINE_S)
        yield Running(server, loop, port)
        asyncio.run_coroutine_threadsafe(server.close(), loop).result(DEADLINE_S)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(DEADLINE_S)
        loop.close()


class RawClient:
    """Speaks RTSP by hand."""

    def __init__(self, port: int, *, receive_bytes: int = 0) -> None:
        self.socket = socket.socket()
        if receive_bytes:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
        self.socket.settimeout(DEADLINE_S)
        self.socket.connect(("127.0.0.1", port))
        self._sequence = count(1)
        self._buffer = b""

    def __enter__(self) -> "RawClient":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def ask(self, method: str, url: str, *headers: str) -> tuple[int, dict[str, str], bytes]:
        """Send a request; return status, headers and body of the answer, skipping interleaved packets."""
        lines = [f"{method} {url} RTSP/1.0", f"CSeq: {next(self._sequence)}", *headers]
        self.socket.sendall("\r\n".join((*lines, "", "")).encode())
        while self._take(1) == b"$":
            size = int.from_bytes(self._take(4)[2:])
            self._drop(4 + size)
        while b"\r\n\r\n" not in self._buffer:
            self._more()
        head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        first, *rest = head.decode().split("\r\n")
        found = dict(line.split(": ", 1) for line in rest)
        body = self._take(int(found.get("Content-Length", 0)))
        self._drop(len(body))
        return int(first.split()[1]), found, body

    def packet(self) -> tuple[int, bytes]:
        """Return the next interleaved packet with its channel."""
        head = self._take(4)
        assert head[:1] == b"$", head
        size = int.from_bytes(head[2:])
        self._drop(4)
        body = self._take(size)
        self._drop(size)
        return head[1], body

    def closed_by_server(self) -> bool:
        """Read on until the server ends the connection."""
        try:
            while self.socket.recv(65536):
                pass
        except ConnectionError:
            pass
        return True

    def _take(self, size: int) -> bytes:
        while len(self._buffer) < size:
            self._more()
        return self._buffer[:size]

    def _drop(self, size: int) -> None:
        self._buffer = self._buffer[size:]

    def _more(self) -> None:
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError("the server has hung up")
        self._buffer += data


def set_up(client: RawClient, url: str, transport: str = "RTP/AVP/TCP;unicast;interleaved=0-1") -> str:
    """SETUP and PLAY; return the session id."""
    status, headers, _ = client.ask("SETUP", f"{url}/trackID=0", f"Transport: {transport}")
    assert status == 200
    session = headers["Session"].partition(";")[0]
    assert client.ask("PLAY", url, f"Session: {session}")[0] == 200
    return session


@contextmanager
def opened(url: str, transport: str = "tcp") -> Iterator["av.container.InputContainer"]:
    """Open a stream with FFmpeg's own client."""
    options = {"rtsp_transport": transport, "analyzeduration": "500000"}
    container = av.open(url, options=options, timeout=DEADLINE_S)
    try:
        yield container
    finally:
        container.close()


def packets(container: "av.container.InputContainer", seconds: float) -> list[tuple[float, "av.Packet"]]:
    """Read for a while; return each packet with the moment it came."""
    end_s = time.monotonic() + seconds
    read = []
    for packet in container.demux(video=0):
        now_s = time.monotonic()
        read.append((now_s, packet))
        if now_s > end_s:
            break
    return read


def path_with_phase(phase: int, length: int) -> str:
    """Return a path whose mount starts about ``phase`` pictures into a clip of ``length``."""
    return next(path for path in map("seam/{}".format, count()) if crc32(path.encode()) % length == phase)
