"""The RTSP server of the drill's cameras (RTSP 1.0, RFC 2326; H.264 over RTP, RFC 6184)."""

import asyncio
import logging
import socket
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from desktop.drill.cameras.auth import Gate, PasswordFor, Scheme
from desktop.drill.cameras.clip import load_clip
from desktop.drill.cameras.connection import Connection
from desktop.drill.cameras.motion import Motion
from desktop.drill.cameras.mount import Health, Lens, Mount
from desktop.drill.cameras.pacer import Pacer
from desktop.drill.cameras.scenes import STILL, Profile, scenes
from desktop.drill.cameras.viewfinder import Viewfinder
from desktop.errors import OpsError

MAX_CONNECTIONS = 512
_SWEEP_INTERVAL_S = 5.0
_SEND_BUFFER_BYTES = 128 * 1024
"""Of a viewer's socket. The system's megabytes would hold minutes of a calm picture: the viewer would see the past."""
_PAIR_ATTEMPTS = 20
_LENS_WORKERS = 2
"""Threads that make pictures through moved lenses. With more lenses than they can serve, each shows fewer pictures."""

log = logging.getLogger(__name__)


class _ReportListener(asyncio.DatagramProtocol):
    """Takes receiver reports as signs of life."""

    def __init__(self, connections: set[Connection]) -> None:
        self._connections = connections

    def datagram_received(self, data: bytes, addr: Sequence[Any]) -> None:  # noqa: ARG002 - that it came is all
        """Tell the connection whose viewer this is."""
        host, port, *_ = addr  # IPv6 has two numbers more
        for connection in self._connections:
            if connection.heard_over_udp((host, port)):
                return

    def error_received(self, exc: Exception) -> None:
        """A viewer's port is closed; its connection or its silence will end the session."""
        log.debug("datagram not delivered: %s", exc)


class CameraServer:
    """Serves mounted scenes to any number of viewers, on the running event loop.

    Attributes:
        pacer: The clock of all mounts; set by `start`.
        gate: Who may see what.
        media: The UDP socket that RTP is sent from; set by `start`.
        control: The UDP socket of RTCP; set by `start`.
        connections: All open ones.
    """

    pacer: Pacer
    media: asyncio.DatagramTransport
    control: asyncio.DatagramTransport

    def __init__(self, password_for: PasswordFor | None, *, schemes: Sequence[Scheme] = ("digest", "basic")) -> None:
        self.gate = Gate(password_for, schemes)
        self.connections: set[Connection] = set()
        self._mounts: dict[str, Mount] = {}
        self._drawn: dict[str, tuple[str, Profile]] = {}
        self._opticians = ThreadPoolExecutor(_LENS_WORKERS, "camera-lens")  # threads only once there is a moved lens
        self._server: asyncio.Server | None = None
        self._sweep: asyncio.TimerHandle | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen on ``host``; return the real port (``port`` may be 0).

        Raises:
            OpsError: ``cameras.port_taken`` with ``port``.
        """
        loop = asyncio.get_running_loop()
        self.pacer = Pacer(loop)
        try:
            self._server = await loop.create_server(self._connect, host, port, backlog=MAX_CONNECTIONS)
            self.media, self.control = await self._udp_pair(host)
        except OSError as error:
            await self.close()
            raise OpsError("cameras.port_taken", {"port": port}, detail=str(error)) from error
        for listener in self._server.sockets:
            # Accepted connections inherit it.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)
        self._sweep = loop.call_later(_SWEEP_INTERVAL_S, self._end_dead_connections)
        return int(self._server.sockets[0].getsockname()[1])

    def mount(
        self, path: str, scene: int, profile: Profile, health: Callable[[], Health], seconds: float | None = None
    ) -> None:
        """Show a scene at ``path``, in place of what was there.

        Args:
            path: Without a slash at either end.
            scene: Index into `scenes`.
            profile: Which of the scene's two clips.
            seconds: Of a recording: how long it lasts from its first viewer on.
            health: Asked for every picture; a change shows at once, a return to the live picture at its next key frame.
        """
        self.unmount(path)
        still = load_clip(STILL, profile)
        slug = scenes()[scene].slug
        self._mounts[path] = Mount(path, load_clip(slug, profile), still, health, seconds)
        self._drawn[path] = slug, profile

    def swing(self, path: str, motion: Motion) -> None:
        """Move the lens of the camera at ``path``; one that is not there is fine."""
        mount = self._mounts.get(path)
        if mount:
            mount.swing(motion, partial(self._lens, path, mount), self.pacer.tick_of(mount))

    def _lens(self, path: str, mount: Mount) -> Lens:
        slug, profile = self._drawn[path]
        return Viewfinder(slug, profile, self._opticians, mount.deliver)

    def unmount(self, path: str) -> None:
        """Take a camera away and disconnect its viewers; one that is not there is fine."""
        mount = self._mounts.pop(path, None)
        if mount:
            mount.close()

    def mount_at(self, path: str) -> Mount | None:
        """Return what is mounted at ``path``."""
        return self._mounts.get(path)

    async def close(self) -> None:
        """Disconnect everybody and free the ports."""
        if self._sweep:
            self._sweep.cancel()
        self.pacer.close()
        for mount in self._mounts.values():
            mount.close()
        self._opticians.shutdown(cancel_futures=True)  # one picture takes some milliseconds
        if self._server:
            self._server.close()
        for connection in tuple(self.connections):
            connection.abort()
        for transport in (getattr(self, "media", None), getattr(self, "control", None)):
            if transport:
                transport.close()
        if self._server:
            await self._server.wait_closed()
        await asyncio.sleep(0)  # the transports' last callbacks

    def _connect(self) -> asyncio.Protocol:
        if len(self.connections) >= MAX_CONNECTIONS:
            log.warning("connection refused: %d are open", MAX_CONNECTIONS)
            return _Refusal()
        return Connection(self)

    async def _udp_pair(self, host: str) -> tuple[asyncio.DatagramTransport, asyncio.DatagramTransport]:
        """Bind an even port and the odd one after it, as RTP has it (RFC 3550 §11)."""
        loop = asyncio.get_running_loop()
        for _ in range(_PAIR_ATTEMPTS):
            media, _protocol = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, local_addr=(host, 0))
            port = media.get_extra_info("sockname")[1]
            if port % 2 == 0:
                try:
                    control, _listener = await loop.create_datagram_endpoint(
                        lambda: _ReportListener(self.connections), local_addr=(host, port + 1)
                    )
                except OSError:
                    log.debug("port %d is taken", port + 1)
                else:
                    return media, control
            media.close()
        raise OSError("no pair of UDP ports is free")

    def _end_dead_connections(self) -> None:
        now_s = time.monotonic()
        for connection in tuple(self.connections):
            connection.end_if_dead(now_s)
        self._sweep = asyncio.get_running_loop().call_later(_SWEEP_INTERVAL_S, self._end_dead_connections)


class _Refusal(asyncio.Protocol):
    """Closes at once."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Hang up."""
        transport.close()
