"""FFmpeg through PyAV: opens RTSP over TCP, decodes, and converts straight into shared memory; one thread a stream."""

import logging
import threading
import time
from fractions import Fraction

import av
import av.error
from av.container import InputContainer
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from desktop.errors import OpsError
from desktop.video.engines.base import Counters, PlayerListener, Source
from desktop.video.engines.faults import as_fault
from desktop.video.engines.opening import open_container
from desktop.video.engines.ring import Format, Ring
from desktop.video.engines.stillness import Plane, StillnessWatch
from desktop.video.engines.swscale import make_converter
from desktop.video.fitting import fitted
from desktop.video.priority import give_way
from desktop.video.segment import FrameWriter

_log = logging.getLogger(__name__)

_PROTOCOLS = ("rtsp", "http-ts", "hls")
_RESTED_EVERY_S = 1.0
_CLOCK_JUMP_S = 2.0  # a jump in the stream's clock larger than this starts the pacing anew


class PyAvEngine:
    """The engine that works wherever PyAV's wheel does."""

    name = "pyav"

    def plays(self, protocol: str) -> bool:
        """Whether it opens this protocol; see `Engine`."""
        return protocol in _PROTOCOLS

    def takes_credentials(self, protocol: str) -> bool:
        """All of them: addresses with a password stay inside; see `Engine`."""
        return protocol in _PROTOCOLS

    def start(
        self, slot: str, source: Source, writer: FrameWriter, listener: PlayerListener, ring: Ring | None
    ) -> "PyAvPlayer":
        """Begin to play on a thread of its own; see `Engine`."""
        player = PyAvPlayer(slot, source, writer, listener, ring)
        player.start()
        return player

    def close(self) -> None:
        """Nothing is shared between its players."""


class PyAvPlayer:
    """One stream, from its address to pictures in a surface."""

    def __init__(
        self, slot: str, source: Source, writer: FrameWriter, listener: PlayerListener, ring: Ring | None = None
    ) -> None:
        self._source = source
        self._ring = ring
        self._writer = writer
        self._listener = listener
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"pyav-{slot}", daemon=True)
        self._converter = make_converter()
        self._stillness = StillnessWatch()
        self._pacer = None if source.protocol == "rtsp" else _Pacer(self._stopping)
        self._resting = self._rested = False
        self._next_rested_s = 0.0
        self._pictures = 0
        self._damaged = 0
        self._received_bytes = 0
        self._codec = ""
        self._transport = ""
        self._shape = (0, 0, 0)
        self._size = (0, 0)

    def start(self) -> None:
        """Start its thread."""
        self._thread.start()

    def retarget(self, writer: FrameWriter) -> None:
        """Write to another surface from the next picture on; see `Player`."""
        self._writer = writer

    def rest(self, *, resting: bool) -> None:
        """Decode key frames alone, one a second at most, or everything from the next key frame on; see `Player`."""
        self._resting = resting

    def stop(self) -> None:
        """Ask it to end: at the next picture, or when a read's deadline has passed; see `Player`."""
        self._stopping.set()

    def alive(self) -> bool:
        """Whether its thread runs; see `Player`."""
        return self._thread.is_alive()

    def reading(self) -> Counters:
        """Its counters; see `Player`."""
        return Counters(self._pictures, self._damaged, self._received_bytes, self._codec, self._transport)

    def _run(self) -> None:
        give_way()
        fault: OpsError | None = None
        try:
            self._play()
        except OpsError as known:
            fault = known
        except (av.error.FFmpegError, OSError, ValueError) as error:
            fault = self._named(as_fault(error))
        except Exception as error:  # noqa: BLE001 - the thread's main loop: the pane must hear that its player is gone
            fault = OpsError("video.failed", {"kind": type(error).__name__}, retryable=True, detail=repr(error))
        self._listener.ended(None if self._stopping.is_set() else fault or OpsError("video.ended", retryable=True))

    def _named(self, fault: OpsError) -> OpsError:
        """What a fault means for a source that had answered."""
        if fault.code == "video.silent" and self._codec:
            code = "video.no_pictures" if self._pictures else "video.no_key_frame"
            return OpsError(code, {"seconds": int(self._source.patience_s)}, retryable=True, detail=fault.detail)
        if fault.code == "video.unreachable" and self._pictures:  # it was reached: the connection broke
            return OpsError("video.ended", retryable=True, detail=fault.detail)
        return fault

    def _play(self) -> None:
        container, self._transport = open_container(self._source, "video", self._stopping)
        with container:
            stream = next(iter(container.streams.video), None)
            if stream is None:
                raise OpsError("video.no_video", retryable=True)
            decoder = stream.codec_context
            if decoder is None:
                raise OpsError("video.unsupported_codec")
            # One thread: frame threads would hold pictures back, and the wall has more streams than the machine cores.
            decoder.thread_count = 1
            self._codec = decoder.name
            self._listener.opened("pyav", self._codec)
            if self._ring is not None:
                self._ring.begin(Format(self._codec, bytes(decoder.extradata or b"")))
            self._decode_all(container, stream, decoder)

    def _decode_all(self, container: InputContainer, stream: VideoStream, decoder: VideoCodecContext) -> None:
        stopping = self._stopping
        tick_s = float(stream.time_base or Fraction(1, 90_000))
        for packet in container.demux(stream):
            self._received_bytes += packet.size
            if self._ring is not None and packet.size and not self._resting:
                self._keep(self._ring, packet, tick_s)
            if self._passes_over(packet):
                if stopping.is_set():
                    return
                continue
            for frame in self._decode(decoder, packet):
                if stopping.is_set():
                    return
                self._show(frame, tick_s)
            if stopping.is_set():
                return

    def _keep(self, ring: Ring, packet: "Packet[VideoStream]", tick_s: float) -> None:
        decode, show = packet.dts, packet.pts
        ring.add(
            bytes(packet),
            key=packet.is_keyframe,
            decode_s=decode * tick_s if decode is not None else None,
            show_s=show * tick_s if show is not None else None,
        )

    def _passes_over(self, packet: "Packet[VideoStream]") -> bool:
        """Whether a packet is left undecoded because nobody sees its picture, or because those before it were."""
        if not (self._resting or self._rested):
            return False
        if not packet.is_keyframe:
            return True
        now = time.monotonic()
        if self._resting and now < self._next_rested_s:  # a stream of nothing but key frames
            return True
        self._next_rested_s = now + _RESTED_EVERY_S
        self._rested = self._resting
        return False

    def _decode(self, decoder: VideoCodecContext, packet: "Packet[VideoStream]") -> list[VideoFrame]:
        try:
            return decoder.decode(packet)
        except av.error.InvalidDataError:  # a damaged piece: the next key frame mends it
            self._damaged += 1
            return []

    def _show(self, frame: VideoFrame, tick_s: float) -> None:
        if frame.is_corrupt:
            self._damaged += 1
            return
        media_s = (frame.pts or 0) * tick_s
        if self._pacer is not None:
            self._pacer.wait(media_s)
        writer = self._writer
        shape = (frame.width, frame.height, id(writer))
        if shape != self._shape:
            self._shape = shape
            self._size = fitted(frame.width, frame.height, writer.max_width, writer.max_height)
            writer.note_source(frame.width, frame.height)
        width, height = self._size
        self._converter.convert(frame, writer, width, height)
        if self._stillness.due(writer, key=frame.key_frame):
            self._stillness.look(writer, width, height, _brightness(frame))
        if not self._stopping.is_set():
            writer.publish(int(media_s * 1e9))
            self._pictures += 1


def _brightness(frame: VideoFrame) -> Plane | None:
    """The plane that has the brightness, for the formats that have one: all that cameras send."""
    form = frame.format
    if not form.is_planar or form.is_rgb or form.components[0].bits > 8:
        return None
    plane = frame.planes[0]
    return Plane(memoryview(plane), plane.line_size, frame.width, frame.height)


class _Pacer:
    """Holds pictures back to the stream's own clock, for sources that hand them out faster (HLS, recordings)."""

    def __init__(self, stopping: threading.Event) -> None:
        self._stopping = stopping
        self._offset_s = 0.0
        self._last_s: float | None = None

    def wait(self, media_s: float) -> None:
        """Wait until the picture is due."""
        last_s, self._last_s = self._last_s, media_s
        ahead_s = media_s + self._offset_s - time.monotonic()
        if last_s is None or abs(media_s - last_s) > _CLOCK_JUMP_S or ahead_s < -_CLOCK_JUMP_S:
            self._offset_s = time.monotonic() - media_s
        elif ahead_s > 0:
            self._stopping.wait(ahead_s)
