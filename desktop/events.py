"""What crosses from the engines to the window: frozen facts with ids in them, never objects.

An engine calls a ``post: Callable[[Event], None]`` it was given; in the program that is `UiBridge.post`,
in a test it is ``list.append``.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class LinkState(StrEnum):
    """How the desk stands to the centre."""

    STARTING = "starting"
    SIGNED_OUT = "signed_out"
    SNAPSHOT = "snapshot"  # first load, or a rebuild beside the old cache
    LIVE = "live"  # stream open, heartbeat fresh, cursor at the head
    POLLING = "polling"  # the stream does not get through; long poll or poll does
    OFFLINE = "offline"  # the centre does not answer
    HELD = "held"  # a pull was held back: it would have removed too much
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """One reading of the sync engine, complete in itself.

    Attributes:
        link: The state named above.
        fault: Code of the fault that keeps the link from being live, or "".
        params: Placeholders of that fault's words.
        round_trip_ms: Last measured time of a small call, or None.
        as_of: RFC 3339 server time up to which the cache is known complete, or "".
        cursor_lsn: Log position the cache stands at.
        head_lsn: The centre's last known position.
        progress: Share of a running snapshot, 0 to 1, or None.
        road: Which of the centre's links is in use: ``primary`` or ``backup``.
        lag: By how many entries of the log that link is behind what the desk shows; 0 when it is not.
    """

    link: LinkState
    fault: str = ""
    params: dict[str, str | int | float] = field(default_factory=dict)
    round_trip_ms: float | None = None
    as_of: str = ""
    cursor_lsn: int = 0
    head_lsn: int = 0
    progress: float | None = None
    road: str = "primary"
    lag: int = 0


@dataclass(frozen=True, slots=True)
class SyncChanged:
    """The sync engine's reading changed."""

    status: SyncStatus


@dataclass(frozen=True, slots=True)
class Changed:
    """Rows of one kind are different from before: read them again by id."""

    kind: str
    upserted: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reloaded:
    """The whole cache was swapped for a new one; every view reads again."""


@dataclass(frozen=True, slots=True)
class OutboxChanged:
    """Operations were added, sent, settled or refused; counts for the top bar."""

    queued: int
    sending: int
    unresolved: int  # conflicts and rejections waiting in the officer's tray
    targets: frozenset[tuple[str, str]] = frozenset()  # (kind, id) whose overlay changed


@dataclass(frozen=True, slots=True)
class SignInRequired:
    """The officer has to sign in, or to decide about another centre; operations stay where they are."""

    fault: str
    params: dict[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RecordsQuarantined:
    """Records of the centre that could not be read were set aside; the rest went on."""

    kind: str
    ids: tuple[str, ...]
    fault: str


@dataclass(frozen=True, slots=True)
class AttachmentChanged:
    """A file attached at this desk stands otherwise with the centre.

    `state` is waiting, uploading, uploaded or refused; `sent` of `size` bytes are there; `code` says what is wrong.
    """

    sha256: str
    kind: str
    id: str
    state: str
    sent: int
    size: int
    code: str = ""


@dataclass(frozen=True, slots=True)
class HallFocus:
    """Somebody wants an object shown: on the big screens named, or on all. `device_id` is of the desk that asked."""

    kind: str
    id: str
    screens: tuple[str, ...]
    by: str
    device_id: str
    at: str


@dataclass(frozen=True, slots=True)
class PaneChanged:
    """A pane of the wall entered another state (see `desktop.video.states`)."""

    pane: str


@dataclass(frozen=True, slots=True)
class HostsChanged:
    """Video hosts started, died or were replaced."""

    alive: int
    fault: str = ""


@dataclass(frozen=True, slots=True)
class FaultRaised:
    """A known fault that the officer should read about, once, in a message strip."""

    code: str
    params: dict[str, str | int | float] = field(default_factory=dict)


Event = (
    SyncChanged
    | Changed
    | Reloaded
    | OutboxChanged
    | SignInRequired
    | RecordsQuarantined
    | AttachmentChanged
    | HallFocus
    | PaneChanged
    | HostsChanged
    | FaultRaised
)
