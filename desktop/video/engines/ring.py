"""The last seconds of a stream as it came, compressed: what a replay is made of.

A ring belongs to a camera's stream and not to a player: it goes on through reconnections, and when the camera has gone
what it sent last is still there. Pieces carry two times: when they are due in a replay, without the gaps of an
interrupted connection, and when they came, which is what the officer is told.
"""

import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

KEPT_S = 30.0
RING_BYTES = 24_000_000
"""Of one stream: thirty seconds of 6 Mbit/s."""
ALL_BYTES = 160_000_000
"""Of all streams of one host: the longest rings give way first."""
_UNUSED_S = 180.0
_LONGEST_STEP_S = 1.0  # from picture to picture; anything longer is an interruption, and is left out of a replay
_USUAL_STEP_S = 0.04


@dataclass(frozen=True, slots=True)
class Format:
    """What a decoder has to know before the first piece."""

    codec: str
    extradata: bytes = b""


class Piece(NamedTuple):
    """One packet. A tuple, since 25 of them a second are made for each stream.

    Attributes:
        data: As it came.
        key: Whether decoding can begin here.
        due_s: When it is due in a replay; seconds of a clock of the ring's own.
        came_s: `time.monotonic()` at which it came.
        lead_s: How much later than it is decoded its picture is shown.
    """

    data: bytes
    key: bool
    due_s: float
    came_s: float
    lead_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is replayed.

    Attributes:
        format: See `Format`.
        pieces: Beginning with one that can be decoded by itself.
        from_s: Pieces due before are decoded and not shown.
    """

    format: Format
    pieces: tuple[Piece, ...]
    from_s: float


class Ring:
    """One stream's last seconds. Written by its player, read by others."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._format = Format("")
        self._pieces: deque[Piece] = deque()
        self._clock_s: float | None = None
        self.size_bytes = 0
        self.written_at = time.monotonic()

    @property
    def length_s(self) -> float:
        """Seconds that can be replayed."""
        with self._lock:
            return self._length_s()

    def begin(self, form: Format) -> None:
        """A player begins to write; what was kept stays if one decoder can go through both."""
        with self._lock:
            if form != self._format:
                self._format = form
                self._pieces.clear()
                self.size_bytes = 0
            self._clock_s = None

    def add(self, data: bytes, *, key: bool, decode_s: float | None, show_s: float | None) -> None:
        """Keep a packet; `decode_s` and `show_s` are its times in the stream, None if it has none."""
        now = time.monotonic()
        with self._lock:
            if not self._pieces and not key:
                return
            step_s = decode_s - self._clock_s if decode_s is not None and self._clock_s is not None else _USUAL_STEP_S
            if not 0.0 <= step_s <= _LONGEST_STEP_S:
                step_s = _USUAL_STEP_S
            self._clock_s = decode_s
            lead_s = show_s - decode_s if show_s is not None and decode_s is not None else 0.0
            due_s = self._pieces[-1].due_s + step_s if self._pieces else 0.0
            self._pieces.append(Piece(data, key, due_s, now, min(max(lead_s, 0.0), _LONGEST_STEP_S)))
            self.size_bytes += len(data)
            self.written_at = now
            while self.size_bytes > RING_BYTES and self._drop_group():
                pass
            if key:
                self._trim()

    def shorten(self) -> bool:
        """Give up the oldest pictures, up to the next key frame; False when there is nothing to give up."""
        with self._lock:
            return self._drop_group()

    def excerpt(self, seconds: float) -> Excerpt | None:
        """The last `seconds`, or what there is of them; None while there is nothing."""
        with self._lock:
            pieces = tuple(self._pieces)
            form = self._format
        if not pieces:
            return None
        from_s = pieces[-1].due_s - seconds
        start = max((place for place, piece in enumerate(pieces) if piece.key and piece.due_s <= from_s), default=0)
        return Excerpt(form, pieces[start:], from_s)

    def _length_s(self) -> float:
        return self._pieces[-1].due_s - self._pieces[0].due_s if self._pieces else 0.0

    def _trim(self) -> None:
        newest_s = self._pieces[-1].due_s if self._pieces else 0.0
        while (second := self._second_key()) is not None and newest_s - second.due_s >= KEPT_S:
            self._drop_group()

    def _second_key(self) -> Piece | None:
        keys: Iterator[Piece] = (piece for piece in self._pieces if piece.key)
        next(keys, None)
        return next(keys, None)

    def _drop_group(self) -> bool:
        if self._second_key() is None:
            dropped = len(self._pieces) > 0 and self.size_bytes > RING_BYTES
            if dropped:  # one key frame and all that follows it is more than may be kept
                self._pieces.clear()
                self.size_bytes = 0
            return dropped
        while self._pieces:
            self.size_bytes -= len(self._pieces.popleft().data)
            if self._pieces and self._pieces[0].key:
                return True
        return False


class RingBook:
    """The rings of one host, by name. Owned by its control thread."""

    def __init__(self) -> None:
        self._rings: dict[str, Ring] = {}

    def ring(self, name: str) -> Ring:
        """The ring of a stream; made when it is asked for first."""
        return self._rings.setdefault(name, Ring())

    def find(self, name: str) -> Ring | None:
        """The ring of a stream, if there is one."""
        return self._rings.get(name)

    def lengths(self) -> dict[str, float]:
        """Seconds that can be replayed, by name."""
        return {name: length_s for name, ring in self._rings.items() if (length_s := ring.length_s) >= 1.0}

    def tidy(self, now: float) -> None:
        """Forget streams that have long ended, and keep all together within their bounds."""
        for name in [name for name, ring in self._rings.items() if now - ring.written_at > _UNUSED_S]:
            del self._rings[name]
        while sum(ring.size_bytes for ring in self._rings.values()) > ALL_BYTES:
            if not max(self._rings.values(), key=_size).shorten():
                break


def _size(ring: Ring) -> int:
    return ring.size_bytes
