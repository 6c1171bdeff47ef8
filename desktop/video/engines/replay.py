"""Plays what a ring has kept, at its own pace, into a surface of its own: a second decoder beside the live one."""

import threading
import time

import av
import av.error
from av.codec.context import CodecContext
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame

from desktop.errors import OpsError
from desktop.video.engines.base import Counters, PlayerListener
from desktop.video.engines.ring import Excerpt, Piece
from desktop.video.engines.swscale import make_converter
from desktop.video.fitting import fitted
from desktop.video.segment import FrameWriter

_TICKS = 90_000
_HOLD_S = 0.8  # the last picture stands for a moment before the live one is back


class ReplayPlayer:
    """One replay; a `Player` like any other, but for `pace`."""

    def __init__(self, slot: str, excerpt: Excerpt, writer: FrameWriter, listener: PlayerListener) -> None:
        self._excerpt = excerpt
        self._writer = writer
        self._listener = listener
        self._stopping = threading.Event()
        self._going = threading.Event()
        self._going.set()
        self._converter = make_converter()
        self._began_s = 0.0
        self._came_less_due_s = 0.0
        self._pictures = 0
        self._thread = threading.Thread(target=self._run, name=f"replay-{slot}", daemon=True)

    def start(self) -> None:
        """Start its thread."""
        self._thread.start()

    def pace(self, *, paused: bool) -> None:
        """Hold the picture, or go on."""
        if paused:
            self._going.clear()
        else:
            self._going.set()

    def retarget(self, writer: FrameWriter) -> None:
        """Write to another surface from the next picture on; see `Player`."""
        self._writer = writer

    def rest(self, *, resting: bool) -> None:
        """A replay that nobody sees goes on all the same; see `Player`."""

    def stop(self) -> None:
        """Ask it to end; see `Player`."""
        self._stopping.set()
        self._going.set()

    def alive(self) -> bool:
        """Whether its thread runs; see `Player`."""
        return self._thread.is_alive()

    def reading(self) -> Counters:
        """Its counters; see `Player`."""
        return Counters(self._pictures, codec=self._excerpt.format.codec)

    def _run(self) -> None:
        fault: OpsError | None = OpsError("video.replay_over")
        try:
            self._play()
        except (av.error.FFmpegError, OSError, ValueError) as error:
            fault = OpsError("video.replay_failed", detail=type(error).__name__)
        except Exception as error:  # noqa: BLE001 - the thread's main loop: the pane must hear that its player is gone
            fault = OpsError("video.replay_failed", detail=repr(error))
        self._listener.ended(None if self._stopping.is_set() else fault)

    def _play(self) -> None:
        form = self._excerpt.format
        decoder = CodecContext.create(form.codec, "r")
        if not isinstance(decoder, VideoCodecContext):
            raise TypeError(f"{form.codec} is no video")
        decoder.thread_count = 1
        if form.extradata:
            decoder.extradata = form.extradata
        self._listener.opened("replay", form.codec)
        for piece in self._excerpt.pieces:
            self._came_less_due_s = piece.came_s - piece.due_s
            for frame in self._decode(decoder, piece):
                self._show(frame)
                if self._stopping.is_set():
                    return
        self._stopping.wait(_HOLD_S)

    def _decode(self, decoder: VideoCodecContext, piece: Piece) -> list[VideoFrame]:
        packet = Packet(piece.data)
        packet.dts = round(piece.due_s * _TICKS)
        packet.pts = round((piece.due_s + piece.lead_s) * _TICKS)
        try:
            return decoder.decode(packet)
        except av.error.InvalidDataError:  # a damaged piece: the next key frame mends it
            return []

    def _show(self, frame: VideoFrame) -> None:
        due_s = frame.pts / _TICKS if frame.pts is not None else 0.0
        if due_s < self._excerpt.from_s or frame.is_corrupt:
            return
        self._wait(due_s)
        if self._stopping.is_set():
            return
        writer = self._writer
        writer.note_source(frame.width, frame.height)
        size = fitted(frame.width, frame.height, writer.max_width, writer.max_height)
        self._converter.convert(frame, writer, *size)
        writer.publish(round((due_s + self._came_less_due_s) * 1e9))
        self._pictures += 1

    def _wait(self, due_s: float) -> None:
        """Wait until a picture is due, and for as long as the replay is held."""
        if not self._going.is_set():
            held_from = time.monotonic()
            self._going.wait()
            self._began_s += time.monotonic() - held_from
        if not self._pictures:
            self._began_s = time.monotonic() - due_s
        ahead_s = self._began_s + due_s - time.monotonic()
        if ahead_s > 0:
            self._stopping.wait(ahead_s)
