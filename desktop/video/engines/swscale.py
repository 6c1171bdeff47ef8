"""Conversion of decoded pictures straight into shared memory, by the libswscale that PyAV brought along.

PyAV's own `reformat` allocates a new picture which would have to be copied once more; for a 640×360 stream that is more
work than the conversion itself. So this module calls the library's stable C interface (unchanged since 2010) on the
very copy of it that PyAV loaded. Where that copy is not found or is of another version, `reformat` does the work.

Not for two threads at once: each player has its own converter.
"""

import ctypes
from functools import cache
from pathlib import Path
from typing import Protocol

import av
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter

from desktop.video.segment import FrameWriter

_FAST_BILINEAR = 1
_LOW_BITS = 255
_BT709, _BT601 = 1, 5  # numbers of swscale's coefficient tables; the decoder's numbers for them are 1 and the others
_FULL_RANGE = 2
_HD_LINES = 720  # streams that do not say so use BT.709 from this height on (ITU-R BT.709, BT.601)
_UNIT = 1 << 16
_LIBRARIES = ("av.libs", "av/.dylibs")


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
    """Calls `sws_scale` with the surface's own address as its destination."""

    def __init__(self) -> None:
        found = _libraries()
        if found is None:
            raise RuntimeError("no libswscale; ask direct() first")
        self._scale, self._utility = found
        self._context: int | None = None
        self._key: tuple[int, int, str, int, int, int, int] | None = None
        self._planes = (ctypes.c_void_p * 4)()
        self._strides = (ctypes.c_int * 4)()
        self._target = (ctypes.c_void_p * 4)()
        self._target_strides = (ctypes.c_int * 4)()

    def convert(self, frame: VideoFrame, writer: FrameWriter, width: int, height: int) -> None:
        """Write `frame` into the writer's free place; see `Converter`."""
        name = frame.format.name
        key = (frame.width, frame.height, name, frame.colorspace, frame.color_range, width, height)
        if key != self._key:
            self._configure(key)
        address, stride = writer.begin(width, height)
        for place, plane in enumerate(frame.planes):
            self._planes[place] = plane.buffer_ptr
            self._strides[place] = plane.line_size
        self._target[0], self._target_strides[0] = address, stride
        self._scale.sws_scale(
            self._context, self._planes, self._strides, 0, frame.height, self._target, self._target_strides
        )

    def _configure(self, key: tuple[int, int, str, int, int, int, int]) -> None:
        source_width, source_height, name, colorspace, color_range, width, height = key
        self._free()
        source_format = self._utility.av_get_pix_fmt(name.encode())
        target_format = self._utility.av_get_pix_fmt(b"bgra")
        self._context = self._scale.sws_getContext(
            *(source_width, source_height, source_format, width, height, target_format, _FAST_BILINEAR),
            *(None, None, None),
        )
        if not self._context:
            raise ValueError(f"cannot convert {name}")
        is_709 = colorspace == _BT709 or (colorspace == 2 and source_height >= _HD_LINES)
        table = self._scale.sws_getCoefficients(_BT709 if is_709 else _BT601)
        full_range = color_range == _FULL_RANGE or name.startswith("yuvj")
        self._scale.sws_setColorspaceDetails(self._context, table, int(full_range), table, 1, 0, _UNIT, _UNIT)
        self._planes = (ctypes.c_void_p * 4)()
        self._strides = (ctypes.c_int * 4)()
        self._key = key

    def _free(self) -> None:
        if self._context:
            self._scale.sws_freeContext(self._context)
        self._context, self._key = None, None

    def __del__(self) -> None:
        self._free()


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
