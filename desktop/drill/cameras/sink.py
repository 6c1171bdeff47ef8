"""Where a session's packets go: into the RTSP connection itself, or to a pair of UDP ports."""

import asyncio
from collections import deque
from typing import Protocol

from desktop.drill.cameras.rtp import AccessUnit, interleaved

TCP_HIGH_BYTES = 256 * 1024
"""A TCP viewer with more than this unsent is shown nothing until it has caught up (and a key frame comes)."""
_UDP_BURST = 16
_UDP_BURST_INTERVAL_S = 0.001
_UDP_QUEUE = 4096

Address = tuple[str, int]


class Sink(Protocol):
    """Takes stamped pictures and RTCP packets."""

    channel: int

    def write(self, unit: AccessUnit, stamped: bytearray) -> None:
        """Send one picture."""

    def write_report(self, packet: bytes) -> None:
        """Send one RTCP packet."""

    def unsent_bytes(self) -> int:
        """How much waits in this process, in bytes."""

    def is_full(self) -> bool:
        """Whether pictures should be dropped now."""


class TcpSink:
    """Packets interleaved into the RTSP connection (RFC 2326 §10.12)."""

    def __init__(self, transport: asyncio.Transport, channel: int, report_channel: int) -> None:
        self.channel = channel
        self._report_channel = report_channel
        self._transport = transport

    def write(self, unit: AccessUnit, stamped: bytearray) -> None:  # noqa: ARG002 - the stream needs no packet borders
        """Send one picture in one write."""
        if not self._transport.is_closing():
            self._transport.write(stamped)

    def write_report(self, packet: bytes) -> None:
        """Send one RTCP packet."""
        if not self._transport.is_closing():
            self._transport.write(interleaved(self._report_channel, packet))

    def unsent_bytes(self) -> int:
        """How much waits in this process, in bytes."""
        return self._transport.get_write_buffer_size()

    def is_full(self) -> bool:
        """Whether pictures should be dropped now."""
        return self.unsent_bytes() > TCP_HIGH_BYTES


class UdpSink:
    """Datagrams from the server's port pair; a burst is spread out, not to overrun the receiver's buffer."""

    channel = 0

    def __init__(
        self, media: asyncio.DatagramTransport, control: asyncio.DatagramTransport, host: str, ports: tuple[int, int]
    ) -> None:
        self.media_address: Address = (host, ports[0])
        self.control_address: Address = (host, ports[1])
        self._media = media
        self._control = control
        self._queue: deque[memoryview] = deque()
        self._drain: asyncio.TimerHandle | None = None

    def write(self, unit: AccessUnit, stamped: bytearray) -> None:
        """Send one picture, or queue it behind those that wait."""
        self._queue.extend(unit.datagrams(stamped))
        if self._drain is None:
            self._send_some()

    def write_report(self, packet: bytes) -> None:
        """Send one RTCP packet."""
        if not self._control.is_closing():
            self._control.sendto(packet, self.control_address)

    def unsent_bytes(self) -> int:
        """How much waits in this process, in bytes."""
        return sum(map(len, self._queue))

    def is_full(self) -> bool:
        """Whether pictures should be dropped now."""
        return len(self._queue) > _UDP_QUEUE

    def close(self) -> None:
        """Forget what waits."""
        self._queue.clear()
        if self._drain:
            self._drain.cancel()
            self._drain = None

    def _send_some(self) -> None:
        self._drain = None
        if self._media.is_closing():
            self._queue.clear()
            return
        for _ in range(min(_UDP_BURST, len(self._queue))):
            self._media.sendto(self._queue.popleft(), self.media_address)
        if self._queue:
            self._drain = asyncio.get_running_loop().call_later(_UDP_BURST_INTERVAL_S, self._send_some)
