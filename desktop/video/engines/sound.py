"""The sound of one camera: FFmpeg opens and decodes it, libVLC plays it on whatever the system calls its sound device.

FFmpeg brings no output for Windows or PulseAudio, libVLC opens no RTSP on Debian: together they do both. libVLC does
not say that there is no device. It decodes on and plays nothing, and that is how it is known here.
"""

import ctypes
import struct
import threading
import time
from typing import Any

import av.error
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from desktop.errors import OpsError
from desktop.video.engines.base import Counters, PlayerListener, Source
from desktop.video.engines.faults import as_fault
from desktop.video.engines.opening import open_container
from desktop.video.engines.vlc_library import VlcLibrary
from desktop.video.segment import FrameWriter

_RATE_HZ, _CHANNELS, _SAMPLE_BYTES = 48_000, 2, 2
_UNKNOWN = 0xFFFFFFFF  # length of a stream without an end, in a WAV header (RIFF, 1991)
_HEADER = struct.pack(
    "<4sI4s4sIHHIIHH4sI",
    *(b"RIFF", _UNKNOWN, b"WAVE", b"fmt ", 16, 1, _CHANNELS, _RATE_HZ, _RATE_HZ * _CHANNELS * _SAMPLE_BYTES),
    *(_CHANNELS * _SAMPLE_BYTES, 8 * _SAMPLE_BYTES, b"data", _UNKNOWN),
)
_INSTANCE = (
    *("--intf=dummy", "--ignore-config", "--no-lua", "--no-xlib", "--no-metadata-network-access"),
    *("--no-video", "--no-spu", "--no-osd", "--no-video-title-show", "--quiet"),
)
_CACHING_MS = 200
_BUFFERED_BYTES = _RATE_HZ * _CHANNELS * _SAMPLE_BYTES // 2  # half a second; older sound gives way to newer
_LOOK_EVERY_S = 0.25
_SURE_AFTER_S = 2.5
_STOP_DEADLINE_S = 5.0


class SoundPlayer:
    """One camera's sound; a `Player` without pictures."""

    def __init__(self, slot: str, source: Source, library: VlcLibrary, listener: PlayerListener) -> None:
        self._source = source
        self._binding = library.binding
        self._listener = listener
        self._stopping = threading.Event()
        self._pipe = _Pipe()
        self._codec = self._transport = ""
        self._fault: OpsError | None = None
        self._received_bytes = 0
        self._reader = threading.Thread(target=self._run, name=f"sound-{slot}", daemon=True)
        self._speaker = threading.Thread(target=self._speak, name=f"sound-{slot}-out", daemon=True)

    def start(self) -> None:
        """Start its thread."""
        self._reader.start()

    def retarget(self, writer: FrameWriter) -> None:
        """Nothing: sound has no surface; see `Player`."""

    def rest(self, *, resting: bool) -> None:
        """Nothing: sound is wanted or stopped; see `Player`."""

    def stop(self) -> None:
        """Ask it to end; see `Player`."""
        self._stopping.set()
        self._pipe.close()

    def alive(self) -> bool:
        """Whether a thread of it runs: libVLC may take its time, or for ever; see `Player`."""
        return self._reader.is_alive() or self._speaker.is_alive()

    def reading(self) -> Counters:
        """Its counters; see `Player`."""
        return Counters(received_bytes=self._received_bytes, codec=self._codec, transport=self._transport)

    def _run(self) -> None:
        fault: OpsError | None = None
        try:
            self._play()
        except OpsError as known:
            fault = known
        except (av.error.FFmpegError, OSError, ValueError) as error:
            fault = as_fault(error)
        except Exception as error:  # noqa: BLE001 - the thread's main loop: the pane must hear that its sound is gone
            fault = OpsError("video.failed", {"kind": type(error).__name__}, retryable=True, detail=repr(error))
        finally:
            self._pipe.close()
        fault = self._fault or fault or OpsError("video.ended", retryable=True)
        self._listener.ended(None if self._stopping.is_set() and self._fault is None else fault)

    def _play(self) -> None:
        container, self._transport = open_container(self._source, "audio", self._stopping)
        with container:
            stream = next(iter(container.streams.audio), None)
            if stream is None or stream.codec_context is None:
                raise OpsError("video.no_sound")
            self._codec = stream.codec_context.name
            resampler = AudioResampler(format="s16", layout="stereo", rate=_RATE_HZ)
            self._speaker.start()
            try:
                for packet in container.demux(stream):
                    self._received_bytes += packet.size
                    for frame in packet.decode():
                        self._hand_over(resampler, frame)
                    if self._stopping.is_set() or self._fault is not None:
                        return
            finally:
                self._pipe.close()
                self._speaker.join(_STOP_DEADLINE_S)

    def _hand_over(self, resampler: AudioResampler, frame: AudioFrame) -> None:
        frame.pts = None  # cameras' clocks jump; what counts is that it came now
        for piece in resampler.resample(frame):
            length = piece.samples * _CHANNELS * _SAMPLE_BYTES
            self._pipe.write(bytes(memoryview(piece.planes[0])[:length]))

    def _speak(self) -> None:
        """Have libVLC play what comes through the pipe, and see whether it really does."""
        binding = self._binding
        instance = binding.Instance(list(_INSTANCE))
        if instance is None:
            self._fault = OpsError("video.vlc_failed")
            return
        media = instance.media_new_callbacks(*self._pipe.callbacks(binding), None)
        media.add_option(":demux=wav")
        media.add_option(f":network-caching={_CACHING_MS}")
        player = instance.media_player_new()
        player.set_media(media)
        player.play()
        try:
            self._follow(media)
        finally:
            self._pipe.close()
            player.stop()
            player.release()
            media.release()
            instance.release()

    def _follow(self, media: Any) -> None:
        counted = self._binding.MediaStats()
        decoding_since, heard = 0.0, False
        while not self._pipe.closed.wait(_LOOK_EVERY_S):
            media.get_stats(counted)
            if counted.played_abuffers and not heard:
                heard = True
                self._listener.opened("sound", self._codec)
            if not decoding_since and counted.decoded_audio:
                decoding_since = time.monotonic()
            if not heard and decoding_since and time.monotonic() - decoding_since > _SURE_AFTER_S:
                self._fault = OpsError("video.no_sound_device")
                return


class _Pipe:
    """Samples on their way from one thread to libVLC's; C callbacks that it calls are kept as long as it lives."""

    def __init__(self) -> None:
        self.closed = threading.Event()
        self._waiting = bytearray(_HEADER)
        self._changed = threading.Condition()
        self._callbacks: tuple[Any, ...] = ()

    def write(self, samples: bytes) -> None:
        """Add samples; if nobody takes them, the oldest go."""
        with self._changed:
            self._waiting += samples
            if len(self._waiting) > _BUFFERED_BYTES:
                del self._waiting[: (len(self._waiting) - _BUFFERED_BYTES) // 4 * 4]
            self._changed.notify()

    def close(self) -> None:
        """No more: the reader gets the end."""
        self.closed.set()
        with self._changed:
            self._changed.notify()

    def callbacks(self, binding: Any) -> tuple[Any, ...]:
        """What `media_new_callbacks` takes: open, read, seek (not possible), close."""
        make = binding.CallbackDecorators
        self._callbacks = (make.MediaOpenCb(_opened), make.MediaReadCb(self._read), None, make.MediaCloseCb(_closed))
        return self._callbacks

    def _read(self, _opaque: Any, target: Any, length: int) -> int:
        with self._changed:
            while not self._waiting and not self.closed.is_set():
                self._changed.wait(_LOOK_EVERY_S)
            taken = min(length, len(self._waiting)) if not self.closed.is_set() else 0
            ctypes.memmove(target, bytes(self._waiting[:taken]), taken)
            del self._waiting[:taken]
            return taken


def _opened(_opaque: Any, _data: Any, size: Any) -> int:
    size[0] = 2**64 - 1  # unknown
    return 0


def _closed(_opaque: Any) -> None:
    """The pipe is ours."""
