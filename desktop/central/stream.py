"""The event stream of the centre: bytes in, small facts out.

The parser follows the HTML standard (§9.2.6, "Interpreting an event stream"). It is ours, and pure, because the reader
has to see the clock between any two chunks: a proxy that keeps a dead stream warm with comments must not look alive.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from desktop.central.decode import decode
from desktop.central.schema import HallEvent, Heartbeat, StreamChange

_LINE_END = re.compile(rb"\r\n|\n|\r")
EVENT_CAP_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """One dispatched event as text: its type, its data, the last event id seen."""

    event: str
    data: bytes
    last_id: str


class EventParser:
    """Cuts a byte stream into events; lines may end in LF, CR LF or CR, and be split anywhere.

    Raises (from `feed`):
        ValueError: A single event grew beyond the cap.
    """

    def __init__(self, cap_bytes: int = EVENT_CAP_BYTES) -> None:
        self._cap_bytes = cap_bytes
        self._buffer = b""
        self._event = b""
        self._data: list[bytes] = []
        self._size = 0
        self._last_id = ""
        self._first = True

    def feed(self, chunk: bytes) -> Iterator[ServerEvent]:
        """Yield the events that `chunk` completes."""
        self._buffer += chunk
        if self._first and len(self._buffer) >= 3:
            self._buffer = self._buffer.removeprefix(b"\xef\xbb\xbf")
            self._first = False
        start = 0
        for match in _LINE_END.finditer(self._buffer):
            if match.group() == b"\r" and match.end() == len(self._buffer):
                break  # the LF of a CR LF may still be on its way
            event = self._line(self._buffer[start : match.start()])
            start = match.end()
            if event is not None:
                yield event
        self._buffer = self._buffer[start:]
        if self._size + len(self._buffer) > self._cap_bytes:
            raise ValueError("event too large")

    def _line(self, line: bytes) -> ServerEvent | None:
        if not line:
            return self._dispatch()
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if name == b"data":
            self._data.append(value)
            self._size += len(value)
            if self._size > self._cap_bytes:
                raise ValueError("event too large")
        elif name == b"event":
            self._event = value
        elif name == b"id" and b"\0" not in value:
            self._last_id = value.decode("utf-8", "replace")
        return None  # comments (an empty name), `retry` and unknown fields carry nothing for us

    def _dispatch(self) -> ServerEvent | None:
        event, data = self._event, self._data
        self._event, self._data, self._size = b"", [], 0
        if not data:
            return None
        return ServerEvent(event.decode("utf-8", "replace") or "message", b"\n".join(data), self._last_id)


@dataclass(frozen=True, slots=True)
class ChangeSeen:
    """A change of the log went by; `change` may be incomplete and is then only a hint."""

    change: StreamChange
    size_bytes: int


@dataclass(frozen=True, slots=True)
class HeartbeatSeen:
    """The stream is alive and the log stands at `head_lsn`."""

    head_lsn: int
    server_time: str


@dataclass(frozen=True, slots=True)
class Unclear:
    """Something happened that only a pull can tell: `resync`, or an event that could not be read."""


@dataclass(frozen=True, slots=True)
class RightsChanged:
    """`auth` or `policy`: the officer's roles, scopes or rules are no longer what we hold."""


@dataclass(frozen=True, slots=True)
class FocusSeen:
    """`hall`: somebody wants an object shown."""

    event: HallEvent


StreamFact = ChangeSeen | HeartbeatSeen | Unclear | RightsChanged | FocusSeen


def read_event(event: ServerEvent) -> StreamFact | None:  # noqa: PLR0911 - one for each type
    """Return what an event says, None for types this desk does not know (whatever comes later)."""
    if event.event in {"auth", "policy"}:
        return RightsChanged()
    if event.event == "resync":
        return Unclear()
    if event.event == "hall":
        return _focus(event.data)
    try:
        if event.event == "hb":
            beat = decode(event.data, Heartbeat)
            return HeartbeatSeen(beat.head_lsn, beat.server_time)
        if event.event == "change":
            return ChangeSeen(decode(event.data, StreamChange), len(event.data))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return Unclear()
    return None


def _focus(data: bytes) -> FocusSeen | None:
    """Read a `hall` event; one that cannot be read is nothing to pull for."""
    try:
        return FocusSeen(decode(data, HallEvent))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
