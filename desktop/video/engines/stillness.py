"""Notices pictures that say nothing: always the same (a camera that replays one picture), or all black."""

import time
import zlib
from dataclasses import dataclass

from desktop.video.segment import FrameWriter, stride_bytes

_EVERY_NS = 900_000_000  # not a second: what is played over and over often lasts one, and would seem to stand still
_STILL_NS = 2_500_000_000  # for so long equal: then a key frame, which tells, is looked at without delay
_LINES = 45
_LINE_STEP = 8  # a clock drawn into the picture is taller than this, so a sample of lines cannot miss it
_COLOURS, _PIXEL_STEP = 3, 4 * 4  # of bytes B G R x; every fourth pixel
_DARK = 32  # of 255: noise of a covered lens stays below, a street at night has lamps above
_LIT = bytes(value > _DARK for value in range(256))
_LIT_SHARE = 0.001  # less than a lamp far away; some noise is brighter than the rest
_EDGE = 0.16  # share of the height at top and bottom that does not count: clock and name are drawn there


@dataclass(frozen=True, slots=True)
class Plane:
    """Brightness of a decoded picture before it was scaled: `width` bytes in each of `height` lines."""

    pixels: memoryview
    stride: int
    width: int
    height: int


class StillnessWatch:
    """Looks at a sample of a picture about once a second. Cheap: an eighth of a picture.

    One watch follows one player through all its surfaces: a still camera is not a live one because its pane grew.
    """

    def __init__(self) -> None:
        self._next_ns = 0
        self._writer: FrameWriter | None = None
        self._sum: int | None = None
        self._changed_ns = 0
        self._dark_since_ns = 0
        self._keyed = False

    def due(self, writer: FrameWriter, *, key: bool = False) -> bool:
        """Whether `look` would look at the next picture; `key` if it was decoded from a key frame."""
        now = time.monotonic_ns()
        self._keyed |= key
        return writer is not self._writer or now >= self._next_ns or (key and now - self._changed_ns >= _STILL_NS)

    def look(self, writer: FrameWriter, width: int, height: int, decoded: Plane | None = None) -> None:
        """Note in the segment when the pixels changed and since when they are dark, if `due` said that it is time.

        Called with the picture written and not yet published; `decoded` is what it was made from, where that is known.
        """
        now = time.monotonic_ns()
        self._next_ns = now + _EVERY_NS
        pixels, stride = writer.pixels(), stride_bytes(width)
        total = _sum(decoded if decoded is not None else Plane(pixels, stride, width * 4, height))
        if total != self._sum or writer is not self._writer:
            self._changed_ns = now if total != self._sum else self._changed_ns
            self._sum, self._writer = total, writer
            writer.note_changed(self._changed_ns, total)
        if self._keyed:
            self._keyed = False
            writer.note_keyed(now)
        lit = looked_at = 0
        for line in range(0, height, max(1, min(_LINE_STEP, height // _LINES))):
            if not height * _EDGE <= line < height * (1 - _EDGE):
                continue
            row = bytes(pixels[line * stride : line * stride + width * 4])  # bytes are taken apart faster than memory
            samples = [row[colour::_PIXEL_STEP] for colour in range(_COLOURS)]
            lit += max(sample.translate(_LIT).count(1) for sample in samples)
            looked_at += len(samples[0])
        dark = lit <= looked_at * _LIT_SHARE
        self._dark_since_ns = (self._dark_since_ns or now) if dark else 0
        writer.note_dark(self._dark_since_ns)


def _sum(plane: Plane) -> int:
    total = plane.width << 16 | plane.height
    for line in range(0, plane.height, max(1, min(_LINE_STEP, plane.height // _LINES))):
        total = zlib.crc32(plane.pixels[line * plane.stride : line * plane.stride + plane.width], total)
    return total
