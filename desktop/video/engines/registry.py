"""Which engines this machine has, and which of them plays what."""

import logging

from desktop.errors import OpsError
from desktop.video.engines.base import Engine, Player, PlayerListener, Replayer, Source
from desktop.video.engines.ring import Excerpt
from desktop.video.engines.vlc import VlcEngine
from desktop.video.engines.vlc_library import VlcLibrary, load_vlc
from desktop.video.protocol import Capabilities
from desktop.video.segment import FrameWriter

_log = logging.getLogger(__name__)

_PREFERENCE = {
    # Measured: PyAV needs half the processor time of any way to libVLC for RTSP, and plays it where libVLC cannot.
    "rtsp": ("pyav", "vlc"),
    # libVLC keeps clocks, buffers and stream changes of these in better order than a plain demuxer. It names no cause
    # when it cannot open one: then PyAV is next, and plays what was mislabelled or says what is wrong.
    "http-ts": ("vlc", "pyav"),
    "hls": ("vlc", "pyav"),
}
PROTOCOLS = tuple(_PREFERENCE)


class EngineRegistry:
    """The engines that could be loaded, and why the others could not."""

    def __init__(self) -> None:
        self._engines: dict[str, Engine] = {}
        self._library: VlcLibrary | None = None
        self.capabilities = self._load()

    def choose(self, source: Source, wanted: str) -> list[Engine]:
        """Give the engines for a source, the best first; `wanted` is ``auto`` or an engine's name.

        Raises:
            OpsError: ``video.no_engine`` when none is installed, ``video.unsupported_protocol`` when none plays it.
        """
        if not self._engines:
            raise OpsError("video.no_engine")
        protocol = source.protocol
        names = _PREFERENCE.get(protocol, ()) if wanted == "auto" else (wanted,)
        engines = [self._engines[name] for name in names if name in self._engines]
        usable = [
            engine
            for engine in engines
            if engine.plays(protocol) and (not source.username or engine.takes_credentials(protocol))
        ]
        if not usable:
            raise OpsError("video.unsupported_protocol", {"protocol": protocol[:40]})
        return usable

    def sound(self, slot: str, source: Source, listener: PlayerListener) -> Player:
        """Begin to play a camera's sound.

        Raises:
            OpsError: ``video.pyav_missing``, or why there is no libVLC.
        """
        if self._library is None or "pyav" not in self._engines:
            raise OpsError(self.capabilities.pyav_fault or self.capabilities.vlc_fault)
        from desktop.video.engines.sound import SoundPlayer  # noqa: PLC0415 - see `_load`

        player = SoundPlayer(slot, source, self._library, listener)
        player.start()
        return player

    def replay(self, slot: str, excerpt: Excerpt, writer: FrameWriter, listener: PlayerListener) -> Replayer:
        """Begin to play what a ring has kept. There is something in a ring only where PyAV is."""
        from desktop.video.engines.replay import ReplayPlayer  # noqa: PLC0415 - see `_load`

        player = ReplayPlayer(slot, excerpt, writer, listener)
        player.start()
        return player

    def close(self) -> None:
        """Let go of all engines."""
        for engine in self._engines.values():
            engine.close()

    def _load(self) -> Capabilities:
        pyav_version = ffmpeg_version = pyav_fault = ""
        direct_scaling = False
        try:
            # Imported here: either library may be missing on a machine, and then the other one has to do.
            import av  # noqa: PLC0415

            from desktop.video.engines.pyav import PyAvEngine  # noqa: PLC0415
            from desktop.video.engines.swscale import direct  # noqa: PLC0415
        except ImportError as fault:
            pyav_fault = "video.pyav_missing"
            _log.info("PyAV is not used: %s", fault)
        else:
            self._engines["pyav"] = PyAvEngine()
            pyav_version, ffmpeg_version, direct_scaling = av.__version__, av.ffmpeg_version_info, direct()
        vlc_version, vlc_rtsp, vlc_fault = self._load_vlc()
        return Capabilities(
            pyav_version=pyav_version,
            ffmpeg_version=ffmpeg_version,
            pyav_fault=pyav_fault,
            direct_scaling=direct_scaling,
            vlc_version=vlc_version,
            vlc_rtsp=vlc_rtsp,
            vlc_fault=vlc_fault,
            protocols=tuple(p for p in PROTOCOLS if any(e.plays(p) for e in self._engines.values())),
        )

    def _load_vlc(self) -> tuple[str, bool, str]:
        """Version, whether it plays RTSP, fault."""
        try:
            library = load_vlc()
        except OpsError as fault:
            _log.info("libVLC is not used: %s", fault)
            return "", False, fault.code
        self._library = library
        self._engines["vlc"] = VlcEngine(library)
        return library.version, library.has_rtsp, ""
