"""Notices pictures that say nothing: always the same (a camera that replays one picture), or all black."""

import time
import zlib

from desktop.video.segment import FrameWriter, stride_bytes

_EVERY_NS = 1_000_000_000
_LINE_STEP = 8  # a clock drawn into the picture is taller than this, so a sample of lines cannot miss it
_COLOURS, _PIXEL_STEP = 3, 4 * 4  # of bytes B G R x; every fourth pixel
_DARK = 32  # of 255: noise of a covered lens stays below, a street at night has lamps above
_LIT = bytes(value > _DARK for value in range(256))
_LIT_SHARE = 0.001  # less than a lamp far away; some noise is brighter than the rest
_EDGE = 0.16  # share of the height at top and bottom that does not count: clock and name are drawn there


class StillnessWatch:
    """Looks at a sample of one picture a second. Cheap: an eighth of a picture, once a second."""

    def __init__(self) -> None:
        self._next_ns = 0
        self._sum: int | None = None
        self._dark_since_ns = 0

    def look(self, writer: FrameWriter, width: int, height: int) -> None:
        """Note in the segment when the pixels changed and since when they are dark.

        Called with the picture written and not yet published.
        """
        now = time.monotonic_ns()
        if now < self._next_ns:
            return
        self._next_ns = now + _EVERY_NS
        pixels, stride = writer.pixels(), stride_bytes(width)
        total = width << 16 | height
        lit = looked_at = 0
        for line in range(0, height, _LINE_STEP):
            row = pixels[line * stride : line * stride + width * 4]
            total = zlib.crc32(row, total)
            if not height * _EDGE <= line < height * (1 - _EDGE):
                continue
            samples = [bytes(row[colour::_PIXEL_STEP]) for colour in range(_COLOURS)]
            lit += max(sample.translate(_LIT).count(1) for sample in samples)
            looked_at += len(samples[0])
        if total != self._sum:
            self._sum = total
            writer.note_changed(now)
        dark = lit <= looked_at * _LIT_SHARE
        self._dark_since_ns = (self._dark_since_ns or now) if dark else 0
        writer.note_dark(self._dark_since_ns)
