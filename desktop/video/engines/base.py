"""What a video engine is: something that plays one address into one surface until it is told to stop.

An engine starts players; a player runs on threads of its own and reports through its `PlayerListener`, from those
threads. `stop` only asks and returns at once: what does not end in time is left behind and counted, and a host with
too many such players is replaced as a whole. Nothing here may wait for a camera on the host's control thread.
"""

from dataclasses import dataclass, field
from typing import Protocol

from desktop.errors import OpsError
from desktop.video.engines.ring import Ring
from desktop.video.segment import FrameWriter


@dataclass(frozen=True, slots=True)
class Source:
    """Where the pictures come from. The address holds no credentials.

    Attributes:
        url: ``rtsp``, ``rtsps``, ``http`` or ``https``.
        protocol: ``rtsp``, ``http-ts`` or ``hls``, as the centre names them.
        username: Empty if none is needed.
        password: See `username`; never printed.
        patience_s: Silence after which a player may give it up by itself.
    """

    url: str
    protocol: str
    username: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    patience_s: float = 5.0


@dataclass(frozen=True, slots=True)
class Counters:
    """What a player counted since it began.

    Attributes:
        pictures: Pictures shown.
        damaged: Pieces that could not be decoded.
        received_bytes: Of the stream, as far as the engine tells.
        codec: For example ``h264``; "" before it is known.
        transport: How an RTSP stream comes: ``tcp`` or ``udp``; "" for other protocols and before it is known.
    """

    pictures: int = 0
    damaged: int = 0
    received_bytes: int = 0
    codec: str = ""
    transport: str = ""


class PlayerListener(Protocol):
    """What a player tells its host."""

    def opened(self, engine: str, codec: str) -> None:
        """The source answered and a decoder is ready."""

    def ended(self, fault: OpsError | None) -> None:
        """Nothing will be written any more; None when it was told to stop. The last call of a player."""


class Player(Protocol):
    """One running source."""

    def retarget(self, writer: FrameWriter) -> None:
        """Write pictures to another surface from the next one on."""

    def rest(self, *, resting: bool) -> None:
        """Decode little while nobody looks (at least a key frame now and then), or everything again."""

    def stop(self) -> None:
        """Ask it to end; returns at once."""

    def alive(self) -> bool:
        """Whether a thread of it still runs."""

    def reading(self) -> Counters:
        """What it counted so far; returns at once."""


class Replayer(Player, Protocol):
    """A player of what was kept."""

    def pace(self, *, paused: bool) -> None:
        """Hold the picture, or go on."""


class Engine(Protocol):
    """One way of playing video."""

    name: str

    def plays(self, protocol: str) -> bool:
        """Whether it can open addresses of this protocol on this machine."""

    def takes_credentials(self, protocol: str) -> bool:
        """Whether it can be given a password for this protocol without printing it."""

    def start(
        self, slot: str, source: Source, writer: FrameWriter, listener: PlayerListener, ring: Ring | None
    ) -> Player:
        """Begin to play; failures are reported through the listener. What it can it keeps in the ring, for replays."""

    def close(self) -> None:
        """Let go of what the engine holds; players were stopped before."""
