"""Conversion of decoded pictures straight into shared memory, by the libswscale that PyAV brought along.

PyAV's own `reformat` allocates a new picture which would have to be copied once more; for a 640×360 stream that is more
work than the conversion itself. So this module calls the library's stable C interface (unchanged since 2010) on the
very copy of it that PyAV loaded. Where that copy is not found or is of another version, `reformat` does the work.

Not for two threads at once: each player has its own converter.
"""

import ctypes
from collections import deque
from functools import cache
from pathlib import Path
from typing import Protocol

import av
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter

from desktop.video.segment import FrameWriter

_FAST_BILINEAR, _AREA = 0x01, 0x20
_LOW_BITS = 255
_BT709, _BT601 = 1, 5  # numbers of swscale's coefficient tables; the decoder's numbers for them are 1 and the others
_FULL_RANGE = 2
_HD_LINES = 720  # streams that do not say so use BT.709 from this height on (ITU-R BT.709, BT.601)
_UNIT = 1 << 16
_LIBRARIES = ("av.libs", "av/.dylibs")
_LINES_OF_COLOUR = {"yuv420p": 2, "yuvj420p": 2, "yuv422p": 1, "yuvj422p": 1}
"""Formats that are resized before their colours are converted, and how many lines share a line of colour."""
_ALIGN_BYTES = 64
_SPARE_SCRATCHES = 4

_Shape = tuple[int, int, str, int, int, int, int]
_Picture = tuple[int, int, str]


class Converter(Protocol):
    """Turns decoded pictures into RGB32 of the wanted size."""

    def convert(self, frame: VideoFrame, writer: FrameWriter, width: int, height: int) -> None:
        """Write `frame` into the writer's free place, width × height pixels; publishing is the caller's."""


def make_converter() -> Converter:
    """Give the direct converter where it works, else the one that copies."""
    return DirectConverter() if direct() else CopyingConverter()


def direct() -> bool:
    """Whether PyAV's own libswscale can be called."""
    return _libraries() is not None


class DirectConverter:
    """Calls `sws_scale` with the surface's own address as its destination.

    A picture of another size than its pane is resized first and converted then. Each pass has fast code, which a
    single pass for both has not: together they take less time, and with a filter that leaves no pixel out. Odd
    heights have no fast code either, so there the last line repeats the one above it.
    """

    def __init__(self) -> None:
        if not direct():
            raise RuntimeError("no libswscale; ask direct() first")
        self._shape: _Shape | None = None
        self._resizing: _Pass | None = None
        self._converting: _Pass | None = None
        self._source, self._middle, self._target = _Planes(), _Planes(), _Planes()

    def convert(self, frame: VideoFrame, writer: FrameWriter, width: int, height: int) -> None:
        """Write `frame` into the writer's free place; see `Converter`."""
        shape = (frame.width, frame.height, frame.format.name, frame.colorspace, frame.color_range, width, height)
        if shape != self._shape or self._converting is None:
            self._converting = self._configure(shape)
        source, target = self._source, self._target
        for place, plane in enumerate(frame.planes):
            source.at[place], source.strides[place] = plane.buffer_ptr, plane.line_size
        address, stride = writer.begin(width, height)
        target.at[0], target.strides[0] = address, stride
        if self._resizing is None:
            self._converting.run(source, target)
            return
        scratch = _take_scratch(width, height)
        self._middle.lay_out(scratch, width, height & ~1, _LINES_OF_COLOUR[frame.format.name])
        self._resizing.run(source, self._middle)
        self._converting.run(self._middle, target)
        _spare_scratches.append(scratch)
        if height % 2:
            ctypes.memmove(address + (height - 1) * stride, address + (height - 2) * stride, stride)

    def _configure(self, shape: _Shape) -> "_Pass":
        source_width, source_height, name, colorspace, color_range, width, height = shape
        self._shape = self._resizing = None
        self._source = _Planes()  # the format before may have had more planes
        is_709 = colorspace == _BT709 or (colorspace == 2 and source_height >= _HD_LINES)
        colours = _BT709 if is_709 else _BT601, color_range == _FULL_RANGE or name.startswith("yuvj")
        picture: _Picture = (source_width, source_height, name)
        if name in _LINES_OF_COLOUR and (source_width, source_height) != (width, height):
            resized = (width, height & ~1, name)
            self._resizing = _Pass(picture, resized, _AREA)
            picture, height = resized, height & ~1
        converting = _Pass(picture, (width, height, "bgra"), _FAST_BILINEAR, colours)
        self._shape = shape
        return converting


class _Planes:
    """Where the parts of a picture are, as swscale takes it."""

    def __init__(self) -> None:
        self.at = (ctypes.c_void_p * 4)()
        self.strides = (ctypes.c_int * 4)()

    def lay_out(self, memory: "ctypes.Array[ctypes.c_char]", width: int, height: int, lines_of_colour: int) -> None:
        """Put brightness and two colours one after another into `memory`."""
        stride = _aligned(width)
        start = _aligned(ctypes.addressof(memory))
        blue = start + stride * height
        self.at[0], self.at[1], self.at[2] = start, blue, blue + stride * (height // lines_of_colour)
        self.strides[0] = self.strides[1] = self.strides[2] = stride


class _Pass:
    """One way through swscale, from one size and format to another."""

    def __init__(
        self, source: _Picture, target: _Picture, scaling: int, colours: tuple[int, bool] | None = None
    ) -> None:
        """Prepare it; `colours` are the table of the source's colours and whether they have their full range.

        Raises:
            ValueError: swscale cannot do it.
        """
        self._context: int | None = None
        found = _libraries()
        if found is None:
            raise RuntimeError("no libswscale")
        self._scale, utility = found
        self._lines = source[1]
        first, second = (utility.av_get_pix_fmt(name.encode()) for _, _, name in (source, target))
        self._context = self._scale.sws_getContext(
            *(source[0], source[1], first, target[0], target[1], second, scaling), *(None, None, None)
        )
        if not self._context:
            raise ValueError(f"cannot convert {source[2]}")
        if colours is not None:
            table, full_range = self._scale.sws_getCoefficients(colours[0]), int(colours[1])
            self._scale.sws_setColorspaceDetails(self._context, table, full_range, table, 1, 0, _UNIT, _UNIT)

    def run(self, source: _Planes, target: _Planes) -> None:
        """Write `target` from `source`."""
        self._scale.sws_scale(self._context, source.at, source.strides, 0, self._lines, target.at, target.strides)

    def __del__(self) -> None:
        if self._context:
            self._scale.sws_freeContext(self._context)


# Players lend each other the memory between their two passes: so it is still in the processor's cache.
_spare_scratches: "deque[ctypes.Array[ctypes.c_char]]" = deque(maxlen=_SPARE_SCRATCHES)


def _take_scratch(width: int, height: int) -> "ctypes.Array[ctypes.c_char]":
    size_bytes = 3 * _aligned(width) * height + _ALIGN_BYTES
    try:
        scratch = _spare_scratches.pop()
    except IndexError:  # all are in use
        return ctypes.create_string_buffer(size_bytes)
    return scratch if len(scratch) >= size_bytes else ctypes.create_string_buffer(size_bytes)


def _aligned(number: int) -> int:
    return -(-number // _ALIGN_BYTES) * _ALIGN_BYTES


class CopyingConverter:
    """The way through PyAV's public interface: one more picture and one more copy."""

    def __init__(self) -> None:
        self._reformatter = VideoReformatter()

    def convert(self, frame: VideoFrame, writer: FrameWriter, width: int, height: int) -> None:
        """Write `frame` into the writer's free place; see `Converter`."""
        picture = self._reformatter.reformat(
            frame, width, height, "bgra", interpolation="FAST_BILINEAR", dst_color_range="JPEG", threads=1
        )
        plane = picture.planes[0]
        source = memoryview(plane)
        _, stride = writer.begin(width, height)
        target = writer.pixels()
        if stride == plane.line_size:
            target[:] = source[: stride * height]
            return
        length = width * 4
        for line in range(height):
            at = line * plane.line_size
            target[line * stride : line * stride + length] = source[at : at + length]


@cache
def _libraries() -> tuple[ctypes.CDLL, ctypes.CDLL] | None:
    """The wheel's libswscale and libavutil, if they are the version PyAV was built with."""
    scale, utility = _library("swscale"), _library("avutil")
    if scale is None or utility is None:
        return None
    version = av.library_versions["libswscale"]
    if scale.swscale_version() != version[0] << 16 | version[1] << 8 | (version[2] & _LOW_BITS):
        return None
    scale.sws_getContext.restype = ctypes.c_void_p
    scale.sws_getContext.argtypes = [ctypes.c_int] * 7 + [ctypes.c_void_p] * 3
    scale.sws_freeContext.restype = None
    scale.sws_freeContext.argtypes = [ctypes.c_void_p]
    scale.sws_getCoefficients.restype = ctypes.c_void_p
    scale.sws_getCoefficients.argtypes = [ctypes.c_int]
    scale.sws_setColorspaceDetails.argtypes = [
        *(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p),
        *[ctypes.c_int] * 4,
    ]
    planes, strides = ctypes.POINTER(ctypes.c_void_p), ctypes.POINTER(ctypes.c_int)
    scale.sws_scale.argtypes = [ctypes.c_void_p, planes, strides, ctypes.c_int, ctypes.c_int, planes, strides]
    utility.av_get_pix_fmt.argtypes = [ctypes.c_char_p]
    return scale, utility


def _library(name: str) -> ctypes.CDLL | None:
    packages = Path(av.__file__).parent.parent
    for folder in _LIBRARIES:
        for path in sorted((packages / folder).glob(f"*{name}*")):
            try:
                return ctypes.CDLL(str(path))
            except OSError:
                continue
    return None
