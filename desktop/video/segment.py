"""The memory in which one pane's pictures cross from a video host to the window, without a copy and without a lock.

A segment belongs to one pane at one size. It is an array of native 64-bit words (each is written by one aligned store)
and, after them, the pixels of the ring. All times are `time.monotonic_ns()`, one clock for all processes of a machine.

====== ================ ======= ===================================================================================
word   name             writer  meaning
====== ================ ======= ===================================================================================
0      MAGIC            maker   ``WFVIDEO2`` as bytes
1      RING             maker   number of frames, at least 3
2      CAPACITY         maker   bytes of pixels of each frame
3      MAX_WIDTH        maker   pixels; pictures are fitted into MAX_WIDTH × MAX_HEIGHT by the host
4      MAX_HEIGHT       maker   pixels
8      NEWEST           host    sequence << 8 | index of the newest whole frame; 0 before the first
9      CHANGED_NS       host    when the pixels last became different from before
10     SOURCE_SIZE      host    width << 32 | height of the pictures as they came
11     DARK_NS          host    since when nothing is to be seen in the pictures (all black), 0 while something is
12     PICTURE_SUM      host    checksum of the pixels that last became different
13     KEYED_NS         host    when the pixels were last looked at after a key frame, 0 if the engine does not tell
16     HELD             window  index + 1 of the frame that is being painted; the host leaves it alone
24+8i  BEGUN            host    sequence being written into frame i
25+8i  WHOLE            host    sequence of the whole frame i; the frame is whole when BEGUN == WHOLE
26+8i  SIZE             host    width << 32 | height, pixels
27+8i  STRIDE           host    bytes from line to line, a multiple of 64
28+8i  WRITTEN_NS       host    when the frame became whole
29+8i  MEDIA_NS         host    presentation time in the stream, 0 if unknown
====== ================ ======= ===================================================================================

Pixels of frame i start at ``HEADER_BYTES + i * CAPACITY``: 32 bits each, bytes B G R x, which is Qt's Format_RGB32 and
libVLC's RV32, so neither side converts.

**Why no torn picture is painted.** The writer never writes into the newest frame nor into the held one; with three
frames one is always free. It marks a frame (BEGUN) before it looks at HELD for the last time, and the reader holds
before it looks at BEGUN: whichever comes second sees the other and gives way. After painting the reader can ask once
more (`Frame.intact`). Both sides are Python: between two of these accesses the interpreter does enough to order memory.
"""

import ctypes
import time
from typing import NamedTuple

from desktop.errors import OpsError
from desktop.video.block import SharedBlock

HEADER_BYTES = 4096
RING = 3
PIXEL_BYTES = 4
ALIGN_BYTES = 64  # a cache line, and enough for every vector unit that writes into a line

_MAGIC = int.from_bytes(b"WFVIDEO2", "little")
_MAGIC_WORD, _RING_WORD, _CAPACITY, _MAX_WIDTH, _MAX_HEIGHT = range(5)
_NEWEST, _CHANGED_NS, _SOURCE_SIZE, _DARK_NS, _PICTURE_SUM, _KEYED_NS = 8, 9, 10, 11, 12, 13
_HELD = 16
_FRAMES, _FRAME_WORDS = 24, 8
_BEGUN, _WHOLE, _SIZE, _STRIDE, _WRITTEN_NS, _MEDIA_NS = range(6)
_LOW32 = 0xFFFFFFFF


def stride_bytes(width: int) -> int:
    """Bytes from one line to the next for a picture `width` pixels wide."""
    return (width * PIXEL_BYTES + ALIGN_BYTES - 1) // ALIGN_BYTES * ALIGN_BYTES


def segment_bytes(width: int, height: int) -> int:
    """Size of a segment whose pictures are at most width × height pixels."""
    return HEADER_BYTES + RING * _capacity(width, height)


def _capacity(width: int, height: int) -> int:
    page = 4096
    return (stride_bytes(width) * height + page - 1) // page * page


class Frame(NamedTuple):
    """One whole picture in shared memory: look at it now, do not keep it. A tuple, since 1,600 a second are made.

    Attributes:
        sequence: Counts up by one with each picture of this segment.
        width: Pixels.
        height: Pixels.
        stride: Bytes from line to line.
        written_ns: `time.monotonic_ns()` at which it became whole.
        media_ns: Its time in the stream, 0 if unknown.
        pixels: The memory itself, B G R x; one object per place in the ring, so that a painter can keep its wrapper.
        words: The segment's words; `place` is the index of the frame's first one.
        place: See `words`.
    """

    sequence: int
    width: int
    height: int
    stride: int
    written_ns: int
    media_ns: int
    pixels: memoryview
    words: memoryview
    place: int

    def intact(self) -> bool:
        """Whether nobody began to overwrite it, asked after the pixels were used."""
        return bool(self.words[self.place + _BEGUN] == self.sequence)


class FrameReader:
    """The window's side, and the maker of the segment. Not for two threads at once."""

    def __init__(self, width: int, height: int) -> None:
        """Make a segment for pictures of at most width × height pixels.

        Raises:
            OpsError: ``video.memory`` when the system has no room for it.
        """
        self.block = SharedBlock.create(segment_bytes(width, height))
        self.max_width, self.max_height = width, height
        self._bytes = memoryview(self.block.memory)
        self._words = self._bytes[:HEADER_BYTES].cast("Q")
        self._pixels: dict[tuple[int, int], memoryview] = {}
        capacity = _capacity(width, height)
        self._capacity = capacity
        for word, value in (
            (_RING_WORD, RING),
            (_CAPACITY, capacity),
            (_MAX_WIDTH, width),
            (_MAX_HEIGHT, height),
            (_MAGIC_WORD, _MAGIC),
        ):
            self._words[word] = value

    @property
    def sequence(self) -> int:
        """Number of the newest whole picture; 0 before the first. Cheap: one load."""
        return self._words[_NEWEST] >> 8

    @property
    def written_ns(self) -> int:
        """When the newest picture became whole; 0 before the first."""
        newest = self._words[_NEWEST]
        return self._words[_FRAMES + (newest & 0xFF) * _FRAME_WORDS + _WRITTEN_NS] if newest else 0

    @property
    def media_ns(self) -> int:
        """The newest picture's time in its stream; 0 before the first or if unknown."""
        newest = self._words[_NEWEST]
        return self._words[_FRAMES + (newest & 0xFF) * _FRAME_WORDS + _MEDIA_NS] if newest else 0

    @property
    def changed_ns(self) -> int:
        """When the pixels last became different from the ones before; 0 before the first picture."""
        return self._words[_CHANGED_NS]

    @property
    def picture_sum(self) -> int:
        """Checksum of the pixels of that time, by which a still picture is known again in another segment."""
        return self._words[_PICTURE_SUM]

    @property
    def keyed_ns(self) -> int:
        """When the pixels were last looked at after a key frame; 0 if the engine does not tell."""
        return self._words[_KEYED_NS]

    @property
    def dark_ns(self) -> int:
        """Since when nothing is to be seen in the pictures; 0 while something is."""
        return self._words[_DARK_NS]

    @property
    def source_size(self) -> tuple[int, int]:
        """Width and height of the pictures as they came from the camera; (0, 0) before the first."""
        packed = self._words[_SOURCE_SIZE]
        return packed >> 32, packed & _LOW32

    def latest(self) -> Frame | None:
        """Hold the newest whole picture for painting, or None before the first; the one held before is let go."""
        words = self._words
        for _ in range(8):  # each turn means the host has written another frame meanwhile: two turns are rare
            newest = words[_NEWEST]
            if not newest:
                return None
            index, sequence = newest & 0xFF, newest >> 8
            words[_HELD] = index + 1
            place = _FRAMES + index * _FRAME_WORDS
            if words[place + _BEGUN] == sequence == words[place + _WHOLE]:
                return self._frame(index, sequence, place)
        return None

    def _frame(self, index: int, sequence: int, place: int) -> Frame:
        words = self._words
        size, stride = words[place + _SIZE], words[place + _STRIDE]
        width, height = size >> 32, size & _LOW32
        length = stride * height
        pixels = self._pixels.get((index, length))
        if pixels is None:
            start = HEADER_BYTES + index * self._capacity
            pixels = self._pixels[index, length] = self._bytes[start : start + length]
        return Frame(
            sequence, width, height, stride, words[place + _WRITTEN_NS], words[place + _MEDIA_NS], pixels, words, place
        )


class FrameWriter:
    """The host's side: `begin` gives an address to write pixels to, `publish` makes them the newest picture.

    One thread at a time. The state of a picture in the making is in the object, so that `begin` may be called from a
    C callback and `publish` from another of the same thread.
    """

    def __init__(self, name: str, width: int, height: int) -> None:
        """Attach to the segment `name` that the window made for pictures of at most width × height pixels.

        Raises:
            OpsError: ``video.memory`` when it is gone or not one of ours.
        """
        self.name = name
        self.max_width, self.max_height = width, height
        block = SharedBlock.attach(name, segment_bytes(width, height))
        self._bytes = memoryview(block.memory)
        words = self._words = self._bytes[:HEADER_BYTES].cast("Q")
        self._capacity = _capacity(width, height)
        if words[_MAGIC_WORD] != _MAGIC or words[_CAPACITY] != self._capacity:
            raise OpsError("video.memory", {"size_mb": 0}, detail="the segment has another layout")
        self._ring = words[_RING_WORD]
        self._base = ctypes.addressof(ctypes.c_char.from_buffer(block.memory))
        self._sequence = words[_NEWEST] >> 8
        self._index = 0
        self._size = (0, 0)

    @property
    def sequence(self) -> int:
        """Number of the last picture published."""
        return self._sequence

    def begin(self, width: int, height: int) -> tuple[int, int]:
        """Choose a free frame for a picture of width × height pixels (within the maximum); (address, stride)."""
        words = self._words
        newest = words[_NEWEST]
        newest_index = newest & 0xFF if newest else -1
        index = self._index
        while True:
            index = (index + 1) % self._ring
            if index in (newest_index, words[_HELD] - 1):
                continue
            place = _FRAMES + index * _FRAME_WORDS
            words[place + _BEGUN] = self._sequence + 1
            if words[_HELD] - 1 != index:
                break
            words[place + _BEGUN] = words[place + _WHOLE]  # the reader was first: the frame is as it was
        self._index, self._size = index, (width, height)
        return self._base + HEADER_BYTES + index * self._capacity, stride_bytes(width)

    def pixels(self) -> memoryview:
        """The frame chosen by `begin`, as memory."""
        start = HEADER_BYTES + self._index * self._capacity
        width, height = self._size
        return self._bytes[start : start + stride_bytes(width) * height]

    def publish(self, media_ns: int = 0) -> None:
        """Make the frame chosen by `begin` the newest one."""
        words = self._words
        width, height = self._size
        place = _FRAMES + self._index * _FRAME_WORDS
        sequence = self._sequence = self._sequence + 1
        words[place + _SIZE] = width << 32 | height
        words[place + _STRIDE] = stride_bytes(width)
        words[place + _MEDIA_NS] = max(0, media_ns)
        words[place + _WRITTEN_NS] = time.monotonic_ns()
        words[place + _WHOLE] = sequence
        words[_NEWEST] = sequence << 8 | self._index

    def note_source(self, width: int, height: int) -> None:
        """Say how large the pictures are as they come from the camera."""
        self._words[_SOURCE_SIZE] = width << 32 | height

    def note_changed(self, at_ns: int, total: int) -> None:
        """Say when the pixels last became different from the ones before, and their checksum."""
        self._words[_PICTURE_SUM] = total
        self._words[_CHANGED_NS] = at_ns

    def note_keyed(self, at_ns: int) -> None:
        """Say when the pixels were looked at after a key frame."""
        self._words[_KEYED_NS] = at_ns

    def note_dark(self, since_ns: int) -> None:
        """Say since when nothing is to be seen in the pictures; 0 if something is."""
        self._words[_DARK_NS] = since_ns
