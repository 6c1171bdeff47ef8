"""One client's RTSP connection: requests in, answers and interleaved packets out (RFC 2326)."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from typing import Protocol

from desktop.drill.cameras.auth import Gate
from desktop.drill.cameras.message import MessageReader, ProtocolFaultError, Request, response
from desktop.drill.cameras.mount import Mount
from desktop.drill.cameras.pacer import Pacer
from desktop.drill.cameras.sdp import TRACK, describe
from desktop.drill.cameras.session import Session
from desktop.drill.cameras.sink import Sink, TcpSink, UdpSink
from desktop.drill.cameras.transport import first_possible

SESSION_TIMEOUT_S = 60
STALL_TIMEOUT_S = 30
_METHODS = ("OPTIONS", "DESCRIBE", "SETUP", "PLAY", "PAUSE", "TEARDOWN", "GET_PARAMETER")
_SERVER = "Watchfloor drill cameras"

log = logging.getLogger(__name__)


class Host(Protocol):
    """What a connection needs of its server."""

    pacer: Pacer
    gate: Gate
    media: asyncio.DatagramTransport
    control: asyncio.DatagramTransport
    connections: set["Connection"]

    def mount_at(self, path: str) -> Mount | None:
        """Return what is mounted there."""


class Connection(asyncio.Protocol):
    """The server's side of one TCP connection, with at most one session."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._reader = MessageReader()
        self._transport: asyncio.Transport | None = None
        self._session: Session | None = None
        self._admitted: set[str] = set()
        self._heard_s = time.monotonic()
        self._handlers: dict[str, Callable[[Request], None]] = {
            "OPTIONS": self._options,
            "DESCRIBE": self._describe,
            "SETUP": self._setup,
            "PLAY": self._play,
            "PAUSE": self._pause,
            "TEARDOWN": self._teardown,
            "GET_PARAMETER": self._get_parameter,
        }

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - a TCP server gives nothing else
        self._transport = transport
        self._host.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the reason changes nothing
        """End the session with its connection."""
        self._end_session()
        self._host.connections.discard(self)
        self._transport = None

    def pause_writing(self) -> None:
        """Take no requests from a client that does not read its answers."""
        if self._transport:
            self._transport.pause_reading()

    def resume_writing(self) -> None:
        """Go on."""
        if self._transport:
            self._transport.resume_reading()

    def data_received(self, data: bytes) -> None:
        """Answer the requests that ``data`` completes; anything that is no RTSP ends the connection."""
        self._heard_s = time.monotonic()
        try:
            for request in self._reader.feed(data):
                self._handle(request)
                if self._transport is None or self._transport.is_closing():
                    return
        except ProtocolFaultError as fault:
            log.info("connection ended: %s", fault)
            self._write(response(400, ""))
            self.close()

    def heard_over_udp(self, address: tuple[str, int]) -> bool:
        """Note a receiver report; return whether it came from this connection's viewer."""
        sink = self._session.sink if self._session else None
        if isinstance(sink, UdpSink) and address == sink.control_address:
            self._heard_s = time.monotonic()
            return True
        return False

    def end_if_dead(self, now_s: float) -> None:
        """End a connection that is silent (a UDP viewer without reports, a half request) or takes nothing any more."""
        session = self._session
        if session and session.playing and isinstance(session.sink, TcpSink):
            # The connection itself is the sign of life; it is dead when nothing can be sent.
            dead = session.stalled_since_s is not None and now_s - session.stalled_since_s > STALL_TIMEOUT_S
        else:
            dead = now_s - self._heard_s > SESSION_TIMEOUT_S
        if dead:
            self.abort()

    def close(self) -> None:
        """Close after what is already written has gone out."""
        if self._transport:
            self._transport.close()

    def abort(self) -> None:
        """Close at once."""
        if self._transport:
            self._transport.abort()

    def _handle(self, request: Request) -> None:
        handler = self._handlers.get(request.method)
        if not request.sequence:
            self._answer(request, 400)
        elif handler is None:
            self._answer(request, 501)
        elif "require" in request.headers:
            self._answer(request, 551, [("Unsupported", request.headers["require"])])
        else:
            handler(request)

    def _options(self, request: Request) -> None:
        self._answer(request, 200, [("Public", ", ".join(_METHODS))])

    def _describe(self, request: Request) -> None:
        path = request.path
        mount = self._admitted_mount(request, path)
        if mount:
            headers = [("Content-Base", request.url.rstrip("/") + "/"), ("Content-Type", "application/sdp")]
            self._answer(request, 200, headers, describe(mount.clip, path))

    def _setup(self, request: Request) -> None:
        mount = self._admitted_mount(request, request.path.removesuffix(TRACK).rstrip("/"))
        if mount is None:
            return
        if self._session and request.session_id not in ("", self._session.ident):
            self._answer(request, 454)
        elif self._session and self._session.playing:
            self._answer(request, 455)
        elif self._session and self._session.mount is not mount:
            self._answer(request, 459)
        else:
            self._set_up(request, mount)

    def _set_up(self, request: Request, mount: Mount) -> None:
        wish = first_possible(request.headers.get("transport", ""))
        if wish is None or self._transport is None:
            self._answer(request, 461)
            return
        low, high = wish.pair
        sink: Sink
        if wish.over_tcp:
            sink = TcpSink(self._transport, low, high)
            agreed = f"RTP/AVP/TCP;unicast;interleaved={low}-{high}"
        else:
            # Only ever to where the request came from: this server must not be made to flood a third party.
            peer = self._transport.get_extra_info("peername")[0]
            sink = UdpSink(self._host.media, self._host.control, peer, wish.pair)
            ours = "-".join(str(each.get_extra_info("sockname")[1]) for each in (self._host.media, self._host.control))
            agreed = f"RTP/AVP;unicast;client_port={low}-{high};server_port={ours}"
        self._end_session()
        self._session = Session(mount, sink, self.abort)
        headers = [self._session_header(self._session), ("Transport", f"{agreed};ssrc={self._session.source:08X}")]
        self._answer(request, 200, headers)

    def _play(self, request: Request) -> None:
        session = self._session_of(request)
        if session is None:
            return
        if not session.mount.reachable:
            self._answer(request, 404)
            return
        headers = [self._session_header(session), ("Range", "npt=now-")]
        if session.playing:
            self._answer(request, 200, headers)
            return
        burst = session.play(self._host.pacer.tick_of(session.mount))
        track = request.url.removesuffix(TRACK).rstrip("/") + "/" + TRACK
        headers.append(("RTP-Info", f"url={track};seq={burst.first_sequence};rtptime={burst.first_time}"))
        self._answer(request, 200, headers)
        session.send_burst(burst)
        self._host.pacer.watch(session.mount)

    def _pause(self, request: Request) -> None:
        session = self._session_of(request)
        if session:
            session.pause()
            self._answer(request, 200, [self._session_header(session)])

    def _teardown(self, request: Request) -> None:
        session = self._session_of(request)
        if session:
            self._end_session()
            self._answer(request, 200, [("Session", session.ident)])

    def _get_parameter(self, request: Request) -> None:
        """Answer a keep-alive; there are no parameters."""
        if not request.session_id:
            self._answer(request, 200)
        elif session := self._session_of(request):
            self._answer(request, 200, [self._session_header(session)])

    def _admitted_mount(self, request: Request, path: str) -> Mount | None:
        """Return the mount, or answer why not; who was let in stays so for this connection, however short the grant."""
        if path not in self._admitted:
            if not self._host.gate.admits(request, path):
                self._answer(request, 401, self._host.gate.challenges())
                return None
            self._admitted.add(path)
        mount = self._host.mount_at(path)
        if mount is None or not mount.reachable:
            self._answer(request, 404)
            return None
        return mount

    def _session_of(self, request: Request) -> Session | None:
        if self._session and request.session_id == self._session.ident:
            return self._session
        self._answer(request, 454)
        return None

    def _end_session(self) -> None:
        if self._session:
            self._session.pause()
            if isinstance(self._session.sink, UdpSink):
                self._session.sink.close()
            self._session = None

    @staticmethod
    def _session_header(session: Session) -> tuple[str, str]:
        return ("Session", f"{session.ident};timeout={SESSION_TIMEOUT_S}")

    def _answer(
        self, request: Request, status: int, headers: Iterable[tuple[str, str]] = (), body: bytes = b""
    ) -> None:
        self._write(response(status, request.sequence, [("Server", _SERVER), *headers], body))

    def _write(self, data: bytes) -> None:
        if self._transport and not self._transport.is_closing():
            self._transport.write(data)
