"""What the window and a video host say to each other: a JSON object a line, over the host's standard input and output.

Addresses and passwords go this way only; never in arguments, environment, file names or logs. Unknown fields are
ignored, so that both sides of an update understand each other.
"""

from __future__ import annotations

import msgspec

MAX_LINE_BYTES = 64 * 1024
HEARTBEAT_S = 1.0


class Surface(msgspec.Struct, frozen=True):
    """Where the pictures of a pane go: the segment's name and largest picture, pixels."""

    name: str
    width: int
    height: int


class Open(msgspec.Struct, frozen=True, tag="open"):
    """Play an address into a surface. `attempt` comes back in every event about it, so that late ones can be told."""

    slot: str
    attempt: int
    surface: Surface
    url: str
    protocol: str = "rtsp"
    username: str = ""
    password: str = ""
    engine: str = "auto"
    resting: bool = False
    ring: str = ""
    """Under which name its last seconds are kept for replays; "" for not at all."""
    patience_s: float = 5.0
    """Silence after which its player may give up by itself, seconds."""

    def __repr__(self) -> str:  # the generated one would print the password
        return f"Open(slot={self.slot!r}, attempt={self.attempt}, protocol={self.protocol!r})"


class Replay(msgspec.Struct, frozen=True, tag="replay"):
    """Play the last `seconds` of what a ring has kept into a surface; at the end it says ``video.replay_over``."""

    slot: str
    attempt: int
    ring: str
    seconds: float
    surface: Surface


class Pace(msgspec.Struct, frozen=True, tag="pace"):
    """Hold a replay's picture, or let it go on."""

    slot: str
    attempt: int
    paused: bool


class Listen(msgspec.Struct, frozen=True, tag="listen"):
    """Play the sound of an address. `Opened` says that it is heard."""

    slot: str
    attempt: int
    url: str
    protocol: str = "rtsp"
    username: str = ""
    password: str = ""

    def __repr__(self) -> str:  # the generated one would print the password
        return f"Listen(slot={self.slot!r}, attempt={self.attempt}, protocol={self.protocol!r})"


class Retarget(msgspec.Struct, frozen=True, tag="retarget"):
    """Go on playing, into another surface: the pane has another size now."""

    slot: str
    attempt: int
    surface: Surface


class Rest(msgspec.Struct, frozen=True, tag="rest"):
    """Nobody sees it: keep the connection and decode no more than shows that it is alive; or take it up again."""

    slot: str
    attempt: int
    resting: bool


class Close(msgspec.Struct, frozen=True, tag="close"):
    """Stop playing. Nothing is written into the surface after the answer `Ended`."""

    slot: str
    attempt: int


class Quit(msgspec.Struct, frozen=True, tag="quit"):
    """Stop everything and leave. The end of standard input means the same."""


Command = Open | Replay | Pace | Listen | Retarget | Rest | Close | Quit


class Capabilities(msgspec.Struct, frozen=True):
    """What this machine can play. Empty versions mean that the engine is not there; the fault code says why."""

    pyav_version: str = ""
    ffmpeg_version: str = ""
    pyav_fault: str = ""
    direct_scaling: bool = False
    vlc_version: str = ""
    vlc_rtsp: bool = False
    vlc_fault: str = ""
    protocols: tuple[str, ...] = ()


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """The host can take commands."""

    pid: int
    capabilities: Capabilities


class Attached(msgspec.Struct, frozen=True, tag="attached"):
    """The host has mapped a surface; its name is no longer needed."""

    surface: str


class Opened(msgspec.Struct, frozen=True, tag="opened"):
    """The camera answered and a decoder is ready; the first picture is awaited. Said again when the codec changes."""

    slot: str
    attempt: int
    engine: str
    codec: str = ""


class PlayerReading(msgspec.Struct, frozen=True):
    """Counters of one player since it began; see `engines.base.Counters`."""

    slot: str
    attempt: int
    pictures: int = 0
    damaged: int = 0
    received_bytes: int = 0
    codec: str = ""
    transport: str = ""


class Ended(msgspec.Struct, frozen=True, tag="ended"):
    """Playing is over, for a reason (`code`) or because it was told to (``""``); `last` is what was counted."""

    slot: str
    attempt: int
    code: str = ""
    params: dict[str, str | int | float] = {}
    retryable: bool = True
    detail: str = ""
    last: PlayerReading | None = None


class Heartbeat(msgspec.Struct, frozen=True, tag="heartbeat"):
    """Sent each second by the host's control thread.

    `quarantined` counts players that did not end when told to; `own_bytes` is without what is shared with the window;
    `rings` are the seconds that can be replayed, by the ring's name.
    """

    cpu_s: float
    resident_bytes: int
    own_bytes: int = 0
    quarantined: int = 0
    players: tuple[PlayerReading, ...] = ()
    rings: dict[str, float] = {}


Report = Ready | Attached | Opened | Ended | Heartbeat

_encoder = msgspec.json.Encoder()
_commands: msgspec.json.Decoder[Command] = msgspec.json.Decoder(Command)
_reports: msgspec.json.Decoder[Report] = msgspec.json.Decoder(Report)


def encode(message: Command | Report) -> bytes:
    """Write one message as a line."""
    return _encoder.encode(message) + b"\n"


def decode_command(line: bytes) -> Command:
    """Read a command.

    Raises:
        msgspec.DecodeError: It is not one.
    """
    return _commands.decode(line)


def decode_report(line: bytes) -> Report:
    """Read a report.

    Raises:
        msgspec.DecodeError: It is not one.
    """
    return _reports.decode(line)
