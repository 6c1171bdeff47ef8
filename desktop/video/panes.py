"""One pane of the wall as the service keeps it, and what it tells others about it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.video.host_link import HostLink
from desktop.video.protocol import PlayerReading, Surface
from desktop.video.segment import Frame, FrameReader
from desktop.video.states import PLAYING, PaneState, Params, Reading
from desktop.video.wishes import Wish

_RATE_OVER_S = 2.0


@dataclass(frozen=True, slots=True)
class PaneStatus:
    """What a pane shows now. Times are `time.monotonic()` seconds.

    Attributes:
        pane: The pane's name.
        camera_id: The camera wanted in it, "" if none.
        state: See `PaneState`.
        cause_code: Fault code behind the state, or "".
        params: Placeholders of the fault's words.
        since: When the state began; for a pane without pictures, since when there have been none.
        next_try_at: When it will be tried again; None while it plays or nothing is wanted.
        fps: Pictures a second over the last two seconds.
        width: Of the camera's pictures, pixels; 0 before the first.
        height: See `width`.
        codec: For example ``h264``; "" before the source answered.
        frame_age_s: Age of the picture that can be painted; None if there is none.
        engine: ``pyav``, ``vlc`` or "".
        profile: ``sub`` or ``main``.
        transport: ``tcp`` or ``udp`` for RTSP, "" otherwise.
        received_bytes: By the present player, at most a second ago.
        damaged: Pieces that its decoder could not use.
    """

    pane: str
    camera_id: str = ""
    state: PaneState = PaneState.IDLE
    cause_code: str = ""
    params: Params = field(default_factory=dict)
    since: float = 0.0
    next_try_at: float | None = None
    fps: float = 0.0
    width: int = 0
    height: int = 0
    codec: str = ""
    frame_age_s: float | None = None
    engine: str = ""
    profile: str = ""
    transport: str = ""
    received_bytes: int = 0
    damaged: int = 0


class PaneSurfaces:
    """The segments of one pane: the one being filled, and the one before until the first picture is in the new one.

    Made and replaced by the service's thread, read by the window's: the pair is swapped as a whole.
    """

    def __init__(self) -> None:
        self._pair: tuple[FrameReader | None, FrameReader | None] = (None, None)

    @property
    def current(self) -> FrameReader | None:
        """The segment that the host fills."""
        return self._pair[0]

    def replace(self, reader: FrameReader, *, keep_picture: bool) -> None:
        """Put a new segment in; the old picture stays to be seen until then if it is of the same camera."""
        current, previous = self._pair
        seen = current if current is not None and current.sequence else previous
        self._pair = (reader, seen if keep_picture else None)

    def drop(self) -> None:
        """Let all memory go."""
        self._pair = (None, None)

    def settle(self) -> None:
        """Let the older segment go once the newer has a picture."""
        current, previous = self._pair
        if previous is not None and current is not None and current.sequence:
            self._pair = (current, None)

    def latest(self) -> Frame | None:
        """The newest picture there is, held for painting."""
        reader = self._seen()
        return reader.latest() if reader is not None else None

    def written_ns(self) -> int:
        """When the newest picture there is came; 0 if there is none. It names the picture: no two are the same."""
        reader = self._seen()
        return reader.written_ns if reader is not None else 0

    def _seen(self) -> FrameReader | None:
        current, previous = self._pair
        if current is not None and (previous is None or current.sequence):
            return current
        return previous


class Pane:
    """All that the service knows of one pane. Owned by the service's thread, but for `surfaces`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.wish: Wish | None = None
        self.reading = Reading()
        self.surfaces = PaneSurfaces()
        self.surface_size = (0, 0)
        self.host: HostLink | None = None
        self.host_losses = 0
        self.engine = ""
        self.codec = ""
        self.counted = PlayerReading(name, 0)
        self.fps = 0.0
        self._counted = (0.0, 0)

    @property
    def playing(self) -> bool:
        """Whether it is playing, or about to."""
        return self.reading.state in PLAYING

    @property
    def under_way(self) -> bool:
        """Whether an attempt has begun and is not over."""
        return self.playing and self.reading.next_try_at is None

    def new_surface(self, width: int, height: int, *, keep_picture: bool) -> Surface:
        """Make a segment and give it to be filled.

        Raises:
            OpsError: ``video.memory``.
        """
        reader = FrameReader(width, height)
        self.surfaces.replace(reader, keep_picture=keep_picture)
        self.surface_size = (width, height)
        self._counted = (0.0, 0)
        return Surface(reader.block.name, width, height)

    def count(self, now: float) -> None:
        """Bring the rate up to date."""
        reader = self.surfaces.current
        sequence = reader.sequence if reader is not None else 0
        at, before = self._counted
        if not at or sequence < before:
            self._counted = (now, sequence)
        elif now - at >= _RATE_OVER_S:
            self.fps = (sequence - before) / (now - at)
            self._counted = (now, sequence)

    def status(self) -> PaneStatus:
        """Describe it."""
        wish, reading, current = self.wish, self.reading, self.surfaces.current
        width, height = current.source_size if current is not None else (0, 0)
        written_ns = self.surfaces.written_ns()
        params: Mapping[str, str | int | float] = reading.params
        return PaneStatus(
            pane=self.name,
            camera_id=wish.camera_id if wish is not None else "",
            state=reading.state,
            cause_code=reading.cause,
            params=params,
            since=reading.since,
            next_try_at=reading.next_try_at,
            fps=self.fps if reading.state in (PaneState.LIVE, PaneState.FROZEN) else 0.0,
            width=width,
            height=height,
            codec=self.codec,
            frame_age_s=(time.monotonic_ns() - written_ns) / 1e9 if written_ns else None,
            engine=self.engine,
            profile=wish.profile if wish is not None else "",
            transport=self.counted.transport,
            received_bytes=self.counted.received_bytes,
            damaged=self.counted.damaged,
        )
