"""Notices that the pixels stopped changing although pictures go on arriving: a camera that replays one picture."""

import time
import zlib

from desktop.video.segment import FrameWriter, stride_bytes

_EVERY_NS = 1_000_000_000
_LINE_STEP = 8  # a clock drawn into the picture is taller than this, so a sample of lines cannot miss it


class StillnessWatch:
    """Compares a sample of one picture a second with the one before. Cheap: an eighth of a picture, once a second."""

    def __init__(self) -> None:
        self._next_ns = 0
        self._sum: int | None = None

    def look(self, writer: FrameWriter, width: int, height: int) -> None:
        """Note in the segment when the pixels changed; called with the picture written and not yet published."""
        now = time.monotonic_ns()
        if now < self._next_ns:
            return
        self._next_ns = now + _EVERY_NS
        pixels, stride = writer.pixels(), stride_bytes(width)
        total = width << 16 | height
        for line in range(0, height, _LINE_STEP):
            total = zlib.crc32(pixels[line * stride : line * stride + width * 4], total)
        if total != self._sum:
            self._sum = total
            writer.note_changed(now)
