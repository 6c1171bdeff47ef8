"""RTP packets of an H.264 stream (RFC 3550, RFC 6184) and their RTCP sender reports.

A frame is packed once, as the bytes that RTSP sends over TCP: each RTP packet behind its four-byte interleaving header.
What differs between viewers (channel, sequence number, time, source) is stamped into a copy; see `AccessUnit.stamped`.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

CLOCK_HZ = 90_000
PAYLOAD_TYPE = 96
MAX_PAYLOAD_BYTES = 1400
"""Leaves room for IP, UDP and RTP headers in an Ethernet frame."""

_INTERLEAVED = struct.Struct("!BBH")
_RTP_HEADER = struct.Struct("!BBHII")
_STAMP = struct.Struct("!HII")
_VERSION_2 = 0x80
_MARKER = 0x80
_FU_A = 28
_SENDER_REPORT = 200
_SOURCE_DESCRIPTION = 202
_NTP_EPOCH_OFFSET_S = 2_208_988_800


@dataclass(frozen=True, slots=True)
class AccessUnit:
    """One coded picture, ready to be sent.

    Attributes:
        template: All packets as interleaved bytes, with channel, sequence, time and source left zero.
        starts: Offset of each packet's interleaving header in ``template``.
        key: Whether decoding can start here.
        payload_bytes: RTP payload without any header, as sender reports count it.
    """

    template: bytes
    starts: tuple[int, ...]
    key: bool
    payload_bytes: int

    def stamped(self, *, channel: int, sequence: int, timestamp: int, source: int) -> bytearray:
        """Return a copy of the packets stamped for one viewer; sequence numbers run on from ``sequence`` (mod 2^16)."""
        stamped = bytearray(self.template)
        for start in self.starts:
            stamped[start + 1] = channel
            _STAMP.pack_into(stamped, start + 6, sequence & 0xFFFF, timestamp & 0xFFFFFFFF, source)
            sequence += 1
        return stamped

    def datagrams(self, stamped: bytearray) -> Iterator[memoryview]:
        """Yield the bare RTP packets of what `stamped` returned, for UDP."""
        view = memoryview(stamped)
        for start, end in zip(self.starts, (*self.starts[1:], len(stamped)), strict=True):
            yield view[start + 4 : end]


def pack_access_unit(nals: Sequence[bytes], *, key: bool) -> AccessUnit:
    """Pack the NAL units of one picture, single or as FU-A fragments; the marker bit stands on the last packet."""
    payloads = [payload for nal in nals for payload in _payloads(nal)]
    template = bytearray()
    starts = []
    for number, payload in enumerate(payloads, start=1):
        starts.append(len(template))
        marker = _MARKER if number == len(payloads) else 0
        template += _INTERLEAVED.pack(0x24, 0, _RTP_HEADER.size + len(payload))
        template += _RTP_HEADER.pack(_VERSION_2, marker | PAYLOAD_TYPE, 0, 0, 0)
        template += payload
    return AccessUnit(bytes(template), tuple(starts), key, sum(map(len, payloads)))


def _payloads(nal: bytes) -> Iterator[bytes]:
    if len(nal) <= MAX_PAYLOAD_BYTES:
        yield nal
        return
    indicator, nal_type = (nal[0] & 0xE0) | _FU_A, nal[0] & 0x1F
    step = MAX_PAYLOAD_BYTES - 2
    for start in range(1, len(nal), step):
        end = min(start + step, len(nal))
        first, last = start == 1, end == len(nal)
        yield bytes((indicator, first << 7 | last << 6 | nal_type)) + nal[start:end]


def sender_report(*, source: int, wall_time_s: float, timestamp: int, packets: int, payload_bytes: int) -> bytes:
    """Return a compound RTCP packet: a sender report and the source's canonical name (RFC 3550 §6.4.1, §6.5).

    Args:
        source: The stream's SSRC.
        wall_time_s: Unix time of ``timestamp``, in seconds.
        timestamp: RTP time of the same instant.
        packets: RTP packets sent so far.
        payload_bytes: RTP payload sent so far, in bytes.
    """
    seconds = int(wall_time_s)
    report = struct.pack(
        "!BBHIIIIII",
        _VERSION_2,
        _SENDER_REPORT,
        6,
        source,
        (seconds + _NTP_EPOCH_OFFSET_S) & 0xFFFFFFFF,
        int((wall_time_s - seconds) * (1 << 32)),
        timestamp & 0xFFFFFFFF,
        packets & 0xFFFFFFFF,
        payload_bytes & 0xFFFFFFFF,
    )
    name = b"drill-camera"
    chunk = struct.pack("!IBB", source, 1, len(name)) + name
    chunk += bytes(4 - len(chunk) % 4)
    return report + struct.pack("!BBH", _VERSION_2 | 1, _SOURCE_DESCRIPTION, len(chunk) // 4) + chunk


def interleaved(channel: int, packet: bytes) -> bytes:
    """Return ``packet`` behind RTSP's interleaving header (RFC 2326 §10.12)."""
    return _INTERLEAVED.pack(0x24, channel, len(packet)) + packet
