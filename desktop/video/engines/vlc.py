"""libVLC: plays what it opens itself, and hands its pictures over through memory that is ours.

libVLC calls back from threads of its own. Those callbacks touch the surface and set events; they never call libVLC,
which would wait for itself. One thread a player starts it, waits, and takes it down again, because taking down may
block for seconds, or for ever: then that thread is what is left behind, and its host is replaced.
"""

import ctypes
import logging
import threading
import time
from typing import Any

from desktop.errors import OpsError
from desktop.video.engines.base import Counters, PlayerListener, Source
from desktop.video.engines.http_look import look
from desktop.video.engines.ring import Ring
from desktop.video.engines.stillness import StillnessWatch
from desktop.video.engines.vlc_library import VlcLibrary
from desktop.video.fitting import fitted
from desktop.video.priority import give_way
from desktop.video.segment import FrameWriter, stride_bytes

_log = logging.getLogger(__name__)

_INSTANCE = (
    *("--intf=dummy", "--ignore-config", "--no-lua", "--no-xlib", "--no-metadata-network-access"),
    *("--no-audio", "--no-spu", "--no-osd", "--no-video-title-show", "--quiet"),
    # One decoding thread, and the cheapest scaler: a wall has more streams than the machine has cores.
    *("--avcodec-threads=1", "--swscale-mode=0", "--drop-late-frames"),
)
_CACHING_MS = 300
_COUNT_EVERY_S = 1.0
_TRACKS_KNOWN_S = 3.0
"""Time in which libVLC has found the tracks of what it opened, if they come one after another."""
_DEMUXERS = {"http-ts": "ts", "hls": "adaptive"}  # anything else that may come along that way is not looked at
_CHROMA = b"RV32"
_VIDEO_TRACK = 1

# The binding's own type for the format callback passes the chroma as a Python string, a copy that cannot be written to.
_Words = ctypes.POINTER(ctypes.c_uint)
_FormatCallback = ctypes.CFUNCTYPE(
    ctypes.c_uint, ctypes.POINTER(ctypes.c_void_p), ctypes.c_void_p, _Words, _Words, _Words, _Words
)


class VlcEngine:
    """One libVLC instance, made when the first player needs it."""

    name = "vlc"

    def __init__(self, library: VlcLibrary) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._instance: Any = None

    def plays(self, protocol: str) -> bool:
        """Whether it opens this protocol; see `Engine`."""
        return self._library.has_rtsp if protocol == "rtsp" else protocol in _DEMUXERS

    def takes_credentials(self, protocol: str) -> bool:
        """RTSP alone: for HTTP they would have to be in the address, which libVLC prints; see `Engine`."""
        return protocol == "rtsp"

    def start(
        self,
        slot: str,
        source: Source,
        writer: FrameWriter,
        listener: PlayerListener,
        ring: Ring | None,  # noqa: ARG002 - libVLC hands out pictures, and no packets to be kept
    ) -> "VlcPlayer":
        """Begin to play; see `Engine`."""
        player = VlcPlayer(self, slot, source, writer, listener)
        player.start()
        return player

    def close(self) -> None:
        """The process ends next: releasing an instance while a player hangs would hang as well."""

    @property
    def binding(self) -> Any:
        """The `vlc` module."""
        return self._library.binding

    def instance(self) -> Any:
        """The one instance of this process.

        Raises:
            OpsError: ``video.vlc_failed`` when libVLC does not start.
        """
        with self._lock:
            if self._instance is None:
                self._instance = self.binding.Instance(list(_INSTANCE))
            if self._instance is None:
                raise OpsError("video.vlc_failed")
            return self._instance


class VlcPlayer:
    """One source played by libVLC."""

    def __init__(
        self, engine: VlcEngine, slot: str, source: Source, writer: FrameWriter, listener: PlayerListener
    ) -> None:
        self._engine = engine
        self._source = source
        self._writer = writer
        self._listener = listener
        self._wake = threading.Event()
        self._stopping = False
        self._screen: _Screen | None = None
        self._kind = source.protocol  # for HTTP: what it is really found to be
        self._codec = ""
        self._earlier_pictures = 0
        self._earlier_bytes = self._received_bytes = 0
        self._thread = threading.Thread(target=self._run, name=f"vlc-{slot}", daemon=True)

    def start(self) -> None:
        """Start its thread."""
        self._thread.start()

    def retarget(self, writer: FrameWriter) -> None:
        """Open the source anew for the other surface: libVLC cannot change the size of what it plays; see `Player`."""
        self._writer = writer
        self._wake.set()

    def rest(self, *, resting: bool) -> None:
        """Nothing: libVLC cannot decode key frames alone while it plays; see `Player`."""

    def stop(self) -> None:
        """Ask it to end; see `Player`."""
        self._stopping = True
        self._wake.set()

    def alive(self) -> bool:
        """Whether its thread runs; see `Player`."""
        return self._thread.is_alive()

    def reading(self) -> Counters:
        """Its counters; see `Player`."""
        screen = self._screen
        pictures = self._earlier_pictures + (screen.pictures if screen is not None else 0)
        return Counters(pictures, received_bytes=self._received_bytes, codec=self._codec)

    def _run(self) -> None:
        give_way()
        fault: OpsError | None = None
        try:
            if self._source.protocol in _DEMUXERS:
                self._kind = look(self._source.url)
                self._listener.opened("vlc", "")
            while not self._stopping and fault is None:
                fault = self._play(self._writer)
        except OpsError as known:
            fault = known
        except Exception as error:  # noqa: BLE001 - the thread's main loop: the pane must hear that its player is gone
            fault = OpsError("video.failed", {"kind": type(error).__name__}, retryable=True, detail=repr(error))
        self._listener.ended(None if self._stopping else fault)

    def _play(self, writer: FrameWriter) -> OpsError | None:
        """Play into one surface until stopped, retargeted (None), or over (a fault)."""
        binding = self._engine.binding
        instance = self._engine.instance()
        screen = self._screen = _Screen(binding, writer, self._wake)
        media = instance.media_new(self._source.url)
        for option in self._options():
            media.add_option(option)
        player = instance.media_player_new()
        events = player.event_manager()
        over = binding.EventType.MediaPlayerEndReached, binding.EventType.MediaPlayerEncounteredError
        try:
            for kind in over:
                events.event_attach(kind, screen.on_over)
            player.set_media(media)
            screen.attach(player)
            player.play()
            return self._follow(screen, media, writer)
        finally:
            for kind in over:
                events.event_detach(kind)
            screen.close()
            self._count(media)
            player.stop()
            player.release()
            media.release()
            self._earlier_pictures += screen.pictures
            self._earlier_bytes = self._received_bytes
            self._screen = None

    def _follow(self, screen: "_Screen", media: Any, writer: FrameWriter) -> OpsError | None:
        opened = False
        began_s = time.monotonic()
        while True:
            self._wake.wait(_COUNT_EVERY_S)
            self._wake.clear()
            self._count(media)
            if self._stopping or self._writer is not writer:
                return None
            if screen.over:
                code = "video.ended" if screen.pictures else "video.unreachable"
                return OpsError(code, retryable=True)
            if screen.pictures and not opened:
                opened = True
                self._codec = _codec(media)
                self._listener.opened("vlc", self._codec)
            if not opened and time.monotonic() - began_s >= _TRACKS_KNOWN_S and _is_sound_alone(media):
                return OpsError("video.no_video", retryable=True)

    def _count(self, media: Any) -> None:
        """Read libVLC's own counters. By this thread alone: it may wait for libVLC, and nobody waits for it."""
        counted = self._engine.binding.MediaStats()
        if media.get_stats(counted):
            self._received_bytes = self._earlier_bytes + max(int(counted.read_bytes), int(counted.demux_read_bytes))

    def _options(self) -> list[str]:
        source = self._source
        options = [f":network-caching={_CACHING_MS}", ":rtsp-tcp", ":http-user-agent=Watchfloor"]
        if self._kind in _DEMUXERS:
            options.append(f":demux={_DEMUXERS[self._kind]}")
        if source.username and source.protocol == "rtsp":
            options += [f":rtsp-user={source.username}", f":rtsp-pwd={source.password}"]
        return options


class _Screen:
    """What libVLC draws on: C callbacks that lead its pictures into a surface. They are kept as long as it lives."""

    def __init__(self, binding: Any, writer: FrameWriter, wake: threading.Event) -> None:
        self.pictures = 0
        self.over = False
        self._writer = writer
        self._wake = wake
        self._closed = False
        self._size = (writer.max_width, writer.max_height)
        self._stillness = StillnessWatch()
        make = binding.CallbackDecorators
        self._callbacks = (
            make.VideoLockCb(self._lock),
            make.VideoUnlockCb(_unlock),
            make.VideoDisplayCb(self._display),
            ctypes.cast(_FormatCallback(self._format), make.VideoFormatCb),
            make.VideoCleanupCb(_cleanup),
        )

    def attach(self, player: Any) -> None:
        """Have a player draw here."""
        lock, unlock, display, picture_format, cleanup = self._callbacks
        player.video_set_callbacks(lock, unlock, display, None)
        player.video_set_format_callbacks(picture_format, cleanup)

    def close(self) -> None:
        """Publish nothing from now on."""
        self._closed = True

    def on_over(self, _event: object) -> None:
        """The source ended or failed. Called by libVLC."""
        self.over = True
        self._wake.set()

    def _format(self, _opaque: Any, chroma: Any, width: Any, height: Any, pitches: Any, lines: Any) -> int:
        writer = self._writer
        source = _visible_size(width, height)
        writer.note_source(*source)
        self._size = fitted(*source, writer.max_width, writer.max_height)
        ctypes.memmove(chroma, _CHROMA, len(_CHROMA))
        width[0], height[0] = self._size
        pitches[0], lines[0] = stride_bytes(self._size[0]), self._size[1]
        return 1

    def _lock(self, _opaque: Any, planes: Any) -> int:
        planes[0] = self._writer.begin(*self._size)[0]
        return 0

    def _display(self, _opaque: Any, _picture: Any) -> None:
        if self._closed:
            return
        if self._stillness.due(self._writer):
            self._stillness.look(self._writer, *self._size)
        self._writer.publish()
        self.pictures += 1
        if self.pictures == 1:
            self._wake.set()


def _visible_size(width: Any, height: Any) -> tuple[int, int]:
    """Size of what is to be seen; the two numbers given are those of the decoder's buffer, which is a little larger.

    libVLC 3 passes addresses of two neighbours in its `video_format_t`, and the visible size follows two words later
    (width, height, x offset, y offset, visible width, visible height). Where it does not look like that, the
    buffer's size has to do.
    """
    buffer = width[0], height[0]
    if ctypes.addressof(height.contents) - ctypes.addressof(width.contents) != ctypes.sizeof(ctypes.c_uint):
        return buffer
    visible = width[4], width[5]
    plausible = all(side // 2 < seen <= side for seen, side in zip(visible, buffer, strict=True))
    return visible if plausible else buffer


def _unlock(_opaque: Any, _picture: Any, _planes: Any) -> None:
    """The picture is complete; `_Screen._display` publishes it when it is due."""


def _cleanup(_opaque: Any) -> None:
    """The surface is the window's; there is nothing to free."""


def _is_sound_alone(media: Any) -> bool:
    kinds = [track.type.value for track in media.tracks_get() or ()]
    return bool(kinds) and _VIDEO_TRACK not in kinds


def _codec(media: Any) -> str:
    """Name the codec of the video track, as FFmpeg does."""
    for track in media.tracks_get() or ():
        if track.type.value == _VIDEO_TRACK:
            name = int(track.codec).to_bytes(4, "little").decode("ascii", "replace").strip().lower()
            return {"mjpg": "mjpeg", "jpeg": "mjpeg"}.get(name, name)
    return ""
