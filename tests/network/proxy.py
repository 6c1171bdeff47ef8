"""A line that can be spoilt: a TCP proxy on loopback between a desk and its centre, with troubles to choose from.

It works on bytes and sockets, so what a desk meets is what a cable, a router or a hotel's gateway would do to it.
"""

import asyncio
import contextlib
import re
import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

_PIECE = 65_536
_RST = struct.pack("ii", 1, 0)  # linger for 0 s: close sends a reset
_CHUNK = re.compile(rb"([0-9a-fA-F]+)\r\n")
_EVENT_END = re.compile(rb"\r?\n\r?\n")
PORTAL = b"<html><body>Welcome to the airport</body></html>"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What the line does. Sizes in bytes, times in seconds.

    Attributes:
        refuse: New connections are reset at once.
        silent: Nothing is passed on in either direction, and nothing is closed: half open.
        latency_s: Each piece arrives so much later.
        slice_bytes: Pieces of so many bytes at most.
        cut_after: An answer ends, in good order, after so many bytes of a connection.
        reset_after: Likewise, by a reset.
        cut_paths: Requests these two are about, by the beginning of the path; others pass.
        portal: Every request is answered with a page of HTML.
        redirect: Every request is sent elsewhere, to this address.
        hold_stream: The event stream is kept back, as a buffering proxy does.
        events: What becomes of a stretch of whole events of the stream.
    """

    refuse: bool = False
    silent: bool = False
    latency_s: float = 0.0
    slice_bytes: int = _PIECE
    cut_after: int | None = None
    reset_after: int | None = None
    cut_paths: tuple[bytes, ...] = (b"/",)
    portal: bool = False
    redirect: str = ""
    hold_stream: bool = False
    events: Callable[[list[bytes]], list[bytes]] | None = None


NONE = Trouble()


class Line:
    """A proxy to the centre at `port`; its own address is `url`. `trouble` may be changed at any time."""

    def __init__(self, port: int) -> None:
        self.trouble = NONE
        self.connections = 0
        self.requests: list[bytes] = []  # request lines
        self._centre_port = port
        self._open: set[asyncio.StreamWriter] = set()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._work, name="chaos-line")
        self._thread.start()
        assert self._ready.wait(5)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def spoil(self, **trouble: Any) -> None:
        """Begin this trouble, and nothing else."""
        self.trouble = replace(NONE, **trouble)

    def mend(self) -> None:
        """End all trouble."""
        self.trouble = NONE

    def reset_all(self) -> None:
        """Reset every connection there is."""
        asyncio.run_coroutine_threadsafe(self._reset_all(), self._loop).result(5)

    def asked(self, path: bytes) -> int:
        """How many requests there were for paths that begin so."""
        return sum(line.split()[1].startswith(path) for line in list(self.requests))

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join(5)

    # --- the proxy's own thread

    def _work(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._closing = asyncio.Event()
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self._port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._closing.wait()
        server.close()
        await self._reset_all()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _reset_all(self) -> None:
        for writer in list(self._open):
            _reset(writer)

    async def _connected(self, desk_in: asyncio.StreamReader, desk_out: asyncio.StreamWriter) -> None:
        self.connections += 1
        if self.trouble.refuse:
            _reset(desk_out)
            return
        if self.trouble.portal or self.trouble.redirect:
            await self._answer_ourselves(desk_in, desk_out)
            return
        with contextlib.suppress(OSError):
            centre_in, centre_out = await asyncio.open_connection("127.0.0.1", self._centre_port)
            pair = {desk_out, centre_out}
            self._open |= pair
            exchange = _Exchange()
            try:
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(self._pump(desk_in, centre_out, exchange, down=False))
                    tasks.create_task(self._pump(centre_in, desk_out, exchange, down=True))
            except* (OSError, _CutError):
                pass
            finally:
                self._open -= pair
                for writer in pair:
                    writer.close()

    async def _pump(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, exchange: "_Exchange", *, down: bool
    ) -> None:
        while piece := await source.read(_PIECE):
            trouble = self.trouble
            if trouble.silent:
                continue  # swallowed; whoever waits, waits
            if not down:
                self._note_request(piece, exchange)
            await asyncio.sleep(trouble.latency_s)
            if down:
                piece = self._spoilt(piece, exchange)
            for start in range(0, len(piece), trouble.slice_bytes):
                target.write(piece[start : start + trouble.slice_bytes])
                await target.drain()
                if trouble.slice_bytes < _PIECE:
                    await asyncio.sleep(0)
            if exchange.ends:
                if exchange.by_reset:
                    _reset(target)
                raise _CutError
        raise _CutError  # one side has hung up: so does the other

    def _note_request(self, piece: bytes, exchange: "_Exchange") -> None:
        head, found, _ = piece.partition(b" HTTP/1.1\r\n")
        if found and head.startswith((b"GET ", b"POST ", b"PUT ")):
            self.requests.append(head)
            exchange.path, exchange.answered = head.split(b" ", 1)[1], 0
            exchange.is_stream = False

    def _spoilt(self, piece: bytes, exchange: "_Exchange") -> bytes:
        """Return what is left of a piece of an answer."""
        trouble = self.trouble
        if b"text/event-stream" in piece:
            exchange.is_stream = True
        if exchange.is_stream and trouble.hold_stream:
            return b""
        if exchange.is_stream and trouble.events is not None:
            return _with_events(piece, trouble.events, exchange)
        for limit, by_reset in ((trouble.cut_after, False), (trouble.reset_after, True)):
            if limit is not None and exchange.path.startswith(trouble.cut_paths):
                left = limit - exchange.answered
                exchange.answered += len(piece)
                if left < len(piece):
                    exchange.ends, exchange.by_reset = True, by_reset
                    return piece[: max(0, left)]
        return piece

    async def _answer_ourselves(self, desk_in: asyncio.StreamReader, desk_out: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = await desk_in.readuntil(b"\r\n\r\n")
            self.requests.append(head.partition(b" HTTP/1.1")[0])
            if self.trouble.redirect:
                answer = f"HTTP/1.1 302 Found\r\nLocation: {self.trouble.redirect}\r\nContent-Length: 0\r\n".encode()
            else:
                answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n" % len(PORTAL)
            desk_out.write(answer + b"Connection: close\r\n\r\n" + (b"" if self.trouble.redirect else PORTAL))
            await desk_out.drain()
        desk_out.close()


class _CutError(Exception):
    """The connection has come to its end."""


class _Exchange:
    """What is known of the request under way on a connection."""

    def __init__(self) -> None:
        self.path = b""
        self.answered = 0
        self.is_stream = False
        self.ends = False
        self.by_reset = False
        self.raw = b""  # of a stream: what is not a whole chunk yet
        self.text = b""  # what is not a whole event yet


def _with_events(piece: bytes, change: Callable[[list[bytes]], list[bytes]], exchange: _Exchange) -> bytes:
    """Let `change` have its way with the whole events of a chunked stream; the chunks are made anew."""
    head, found, body = piece.partition(b"\r\n\r\n") if piece.startswith(b"HTTP/") else (b"", b"", piece)
    exchange.raw += body
    while (match := _CHUNK.match(exchange.raw)) and len(exchange.raw) >= match.end() + int(match[1], 16) + 2:
        exchange.text += exchange.raw[match.end() : match.end() + int(match[1], 16)]
        exchange.raw = exchange.raw[match.end() + int(match[1], 16) + 2 :]
    *events, exchange.text = _EVENT_END.split(exchange.text)
    out = b"".join(event + b"\n\n" for event in change(events))
    return head + found + (b"%x\r\n%s\r\n" % (len(out), out) if out else b"")


def _reset(writer: asyncio.StreamWriter) -> None:
    sock = writer.get_extra_info("socket")
    if sock is not None:
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RST)
    writer.transport.abort()
