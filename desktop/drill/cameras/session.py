"""One viewer of one mount: stamps pictures, drops them when the viewer is slow, and reports (RFC 3550)."""

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.drill.cameras.clip import FRAME_RATE
from desktop.drill.cameras.mount import Mount
from desktop.drill.cameras.rtp import CLOCK_HZ, AccessUnit, sender_report
from desktop.drill.cameras.sink import Sink

TICK = CLOCK_HZ // FRAME_RATE
"""RTP clock units between two pictures."""
_REPORT_EVERY_TICKS = 5 * FRAME_RATE
_CATCH_UP_STEP = 60
"""RTP clock units between the pictures of the first burst.

They are older than now, but a player that spread them over their true time would stay behind by as much for ever. 60
units (0.67 ms) are enough to keep order, and a whole burst of 50 fits between two regular pictures."""


@dataclass(frozen=True, slots=True)
class Burst:
    """The pictures that bring a new viewer up to now.

    Attributes:
        units: From the last key frame on.
        tick: When the last of them was due.
        first_sequence: RTP sequence number of the first packet.
        first_time: RTP time of the first picture.
    """

    units: Sequence[AccessUnit]
    tick: int
    first_sequence: int
    first_time: int


class Session:
    """A set-up stream; it is a `Viewer` of its mount while it plays.

    Attributes:
        ident: The session id of RTSP.
        mount: What is watched.
        sink: Where packets go.
        source: The stream's SSRC.
        playing: Whether pictures are being sent.
        dropped: Pictures not sent because the viewer was slow.
        stalled_since_s: Since when (monotonic time) the viewer has been too slow; None while it keeps up.
    """

    def __init__(self, mount: Mount, sink: Sink, on_cut: Callable[[], None]) -> None:
        self.ident = secrets.token_hex(8)
        self.mount = mount
        self.sink = sink
        self.source = secrets.randbits(32)
        self.playing = False
        self.dropped = 0
        self.stalled_since_s: float | None = None
        self._on_cut = on_cut
        self._sequence = secrets.randbits(
            15
        )  # RFC 3550 §5.1 wants it unpredictable; the low half keeps the first wrap away
        self._time_base = secrets.randbits(31)
        self._packets = 0
        self._payload_bytes = 0

    def play(self, tick: int) -> Burst:
        """Join the mount at ``tick``; the result is for the answer to PLAY, and for `send_burst` after it."""
        tick, units = self.mount.join(self, tick)
        self.playing = True
        first_time = self._time_base + tick * TICK - (len(units) - 1) * _CATCH_UP_STEP
        return Burst(units, tick, self._sequence & 0xFFFF, first_time & 0xFFFFFFFF)

    def send_burst(self, burst: Burst) -> None:
        """Send the pictures from the last key frame up to now at once."""
        for number, unit in enumerate(burst.units):
            self._send(unit, burst.first_time + number * _CATCH_UP_STEP)
        self._report(burst.tick)

    def pause(self) -> None:
        """Leave the mount."""
        self.playing = False
        self.mount.viewers.discard(self)

    def show(self, unit: AccessUnit, tick: int) -> None:
        """Send one picture, unless the viewer is too slow: then nothing until a key frame finds room again."""
        if self.stalled_since_s is None:
            if self.sink.is_full():
                self.stalled_since_s = time.monotonic()
        elif unit.key and not self.sink.unsent_bytes():
            self.stalled_since_s = None
        if self.stalled_since_s is not None:
            self.dropped += 1
            return
        self._send(unit, self._time_base + tick * TICK)
        if tick % _REPORT_EVERY_TICKS == 0:
            self._report(tick)

    def cut(self) -> None:
        """End with the camera."""
        self.playing = False
        self._on_cut()

    def _send(self, unit: AccessUnit, timestamp: int) -> None:
        stamped = unit.stamped(
            channel=self.sink.channel, sequence=self._sequence, timestamp=timestamp, source=self.source
        )
        self._sequence += len(unit.starts)
        self._packets += len(unit.starts)
        self._payload_bytes += unit.payload_bytes
        self.sink.write(unit, stamped)

    def _report(self, tick: int) -> None:
        self.sink.write_report(
            sender_report(
                source=self.source,
                wall_time_s=time.time(),
                timestamp=self._time_base + tick * TICK,
                packets=self._packets,
                payload_bytes=self._payload_bytes,
            )
        )
