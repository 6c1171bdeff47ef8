"""The picture through a lens that was moved: a window of the scene, cut out and encoded as it is watched.

Clips are sent as they lie on the disk, which costs next to nothing; a moved lens costs about 4 ms a picture (640 × 360)
on one core. So there is one only while a camera is away from home and somebody watches.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future
from fractions import Fraction
from functools import cache
from typing import Any

import av
import numpy as np
from av.video.frame import PictureType

from desktop.drill.cameras.clip import FRAME_RATE, Clip, ClipError, load_clip
from desktop.drill.cameras.motion import View
from desktop.drill.cameras.rtp import AccessUnit, pack_access_unit
from desktop.drill.cameras.scenes import Profile, clip_name
from resources import resource_path

log = logging.getLogger(__name__)

_SIZES: dict[Profile, tuple[int, int, int, str]] = {"sub": (640, 360, 33, "3.0"), "main": (1280, 720, 35, "3.1")}
"""Width, height, quality and level, as the clips have them."""

# The same parameter sets as the clips': what a viewer has of the stream so far stays valid, and it can go back to the
# clip at any key frame. Those that cost time and are not in the parameter sets are cheap here.
_OPTIONS = {
    "preset": "veryfast",
    "tune": "zerolatency",
    "profile": "high",
    "threads": "1",
    "forced-idr": "1",
    "x264-params": (
        "keyint=50:min-keyint=50:scenecut=0:bframes=0:ref=4:weightp=0:aq-mode=1:aq-strength=0.4:qcomp=0.8:psy-rd=0,0:"
        "deblock=1,1:force-cfr=1:colorprim=bt709:transfer=bt709:colormatrix=bt709:subme=2:me=dia:8x8dct=1:trellis=0"
    ),
}

_SEI = 6
_PARAMETER_SETS = (7, 8)
_KEY = 5


class Viewfinder:
    """Makes the pictures of one camera path; `want` and its answers belong to the loop, the work is the executor's.

    Args:
        slug: Which scene; the window is cut out of its main clip.
        profile: What size the viewers expect.
        executor: Does the work, one picture at a time.
        deliver: Takes each picture on the loop, with the tick it is for.
    """

    def __init__(
        self, slug: str, profile: Profile, executor: Executor, deliver: Callable[[AccessUnit, int], None]
    ) -> None:
        self._slug = slug
        self._profile = profile
        self._executor = executor
        self._deliver = deliver
        self._loop = asyncio.get_running_loop()
        self._clip: Clip = load_clip(slug, profile)
        self._work: _Work | None = None
        self._busy = False
        self._closed = False

    def want(self, index: int, view: View, tick: int, *, key: bool) -> None:
        """Ask for the scene's picture number `index` through `view`; left out if the last one is not done yet."""
        if self._busy or self._closed:
            return
        self._busy = True
        made = self._executor.submit(self._make, index, view, key)
        made.add_done_callback(lambda done: self._loop.call_soon_threadsafe(self._take, done, tick))

    def close(self) -> None:
        """Deliver nothing any more."""
        self._closed = True

    def _make(self, index: int, view: View, key: bool) -> AccessUnit:  # noqa: FBT001 - of `want`
        """On the executor."""
        if self._work is None:
            self._work = _Work(self._slug, self._profile, self._clip)
        return self._work.picture(index, view, key=key)

    def _take(self, done: "Future[AccessUnit]", tick: int) -> None:
        self._busy = False
        if self._closed:
            return
        fault = done.exception()
        if fault is not None:
            log.error("no picture through the moved lens of %s", self._slug, exc_info=fault)
            return
        self._deliver(done.result(), tick)


class _Work:
    """The decoder of the scene and the encoder of the window."""

    def __init__(self, slug: str, profile: Profile, clip: Clip) -> None:
        self._packets, parameters = _scene(slug)
        self._decoder = av.CodecContext.create("h264", "r")
        self._decoder.extradata = parameters
        self._decoder.thread_count = 1  # threads of frames would hold pictures back
        self._next = 0
        self._frame: av.VideoFrame | None = None
        self._clip = clip
        self._width, self._height, quality, level = _SIZES[profile]
        encoder = av.CodecContext.create("libx264", "w")
        encoder.width, encoder.height, encoder.pix_fmt = self._width, self._height, "yuv420p"
        encoder.time_base, encoder.framerate = Fraction(1, FRAME_RATE), Fraction(FRAME_RATE, 1)
        encoder.options = {**_OPTIONS, "crf": str(quality), "level": level}
        self._encoder = encoder
        self._count = 0

    def picture(self, index: int, view: View, *, key: bool) -> AccessUnit:
        """Return picture `index` of the scene through `view`; a `key` frame if asked for, or if it is time for one."""
        window = _cut(self._decoded(index), view)
        sized = window.reformat(self._width, self._height, interpolation="FAST_BILINEAR")
        sized.pts, sized.time_base = self._count, Fraction(1, FRAME_RATE)
        if key:
            sized.pict_type = PictureType.I
        self._count += 1
        coded = b"".join(bytes(packet) for packet in self._encoder.encode(sized))
        nals = [nal for nal in _nals(coded) if nal[0] & 0x1F not in (_SEI, *_PARAMETER_SETS)]
        is_key = nals[0][0] & 0x1F == _KEY
        return pack_access_unit([self._clip.sps, self._clip.pps, *nals] if is_key else nals, key=is_key)

    def _decoded(self, index: int) -> av.VideoFrame:
        """Decode up to `index`: on from where the last picture was, or from the key frame before it."""
        start = self._clip.keys[index]
        if self._frame is None or not start <= self._next <= index + 1:
            self._next = start
        for number in range(self._next, index + 1):
            for frame in self._decoder.decode(self._packets[number]):
                self._frame = frame
        self._next = index + 1
        if self._frame is None:
            raise ClipError(f"picture {index} of the scene cannot be decoded")
        return self._frame


@cache
def _scene(slug: str) -> "tuple[list[av.Packet[Any]], bytes]":
    """Return the packets of a scene's main clip and its decoder configuration; read once."""
    with av.open(str(resource_path(clip_name(slug, "main")))) as container:
        stream = container.streams.video[0]
        packets = [packet for packet in container.demux(stream) if packet.size]
        return packets, bytes(stream.codec_context.extradata or b"")


def _cut(frame: av.VideoFrame, view: View) -> av.VideoFrame:
    """Copy the window out of a 4:2:0 picture."""
    left, top, width, height = view.window(frame.width, frame.height)
    window = av.VideoFrame(width, height, "yuv420p")
    for number, (source, target) in enumerate(zip(frame.planes, window.planes, strict=True)):
        half = 1 if number == 0 else 2
        seen = np.frombuffer(memoryview(source), np.uint8).reshape(-1, source.line_size)
        kept = np.frombuffer(memoryview(target), np.uint8).reshape(-1, target.line_size)
        rows, columns = slice(top // half, (top + height) // half), slice(left // half, (left + width) // half)
        kept[: height // half, : width // half] = seen[rows, columns]
    return window


def _nals(stream: bytes) -> list[bytes]:
    """Split a byte stream with start codes (H.264 Annex B)."""
    parts = stream.replace(b"\0\0\0\1", b"\0\0\1").split(b"\0\0\1")
    return [part.rstrip(b"\0") for part in parts if part]
