"""One pane of the wall as the service keeps it, and what it tells others about it."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from desktop.video.feeds import Feed
from desktop.video.host_link import HostLink
from desktop.video.states import PaneState, Params
from desktop.video.surfaces import FeedSurfaces
from desktop.video.wishes import Wish


@dataclass(frozen=True, slots=True)
class ReplayStatus:
    """A replay in a pane; while there is one, `VideoService.latest` gives its pictures and not the live ones.

    Attributes:
        state: ``starting`` (the live picture is still to be seen), ``playing``, ``paused`` or ``failed``. A failed
            one stays until it is ended or begun anew; one that is over is gone, and the pane live again.
        behind_s: How long ago the picture on the screen was the live one.
        cause_code: Why it failed: ``video.replay_empty``, ``video.replay_failed``, ``video.host_lost``; else "".
    """

    state: str
    behind_s: float = 0.0
    cause_code: str = ""


@dataclass(frozen=True, slots=True)
class SoundStatus:
    """The sound of the one pane that is listened to.

    Attributes:
        state: ``starting``, ``playing`` (it is really heard) or ``failed``.
        cause_code: Why it failed, for example ``video.no_sound`` or ``video.no_sound_device``; else "".
        retrying: Whether it will be tried again by itself.
    """

    state: str
    cause_code: str = ""
    retrying: bool = False


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
        profile: ``sub`` or ``main``, of what is to be seen.
        coming: The profile that will replace it as soon as it has a picture, or "".
        panes: How many panes show this one stream.
        transport: ``tcp`` or ``udp`` for RTSP, "" otherwise.
        received_bytes: By the present player, at most a second ago.
        mbit_s: What it takes in, megabits a second; 0.0 while it does not play.
        damaged: Pieces that its decoder could not use.
        replayable_s: Seconds that could be replayed now, also when the camera has gone; 0 for streams that libVLC
            plays, of which nothing can be kept.
        replay: The replay that is under way in the pane, or None.
        sound: How it is with the sound, if this is the pane that is listened to; else None.
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
    coming: str = ""
    panes: int = 1
    transport: str = ""
    received_bytes: int = 0
    mbit_s: float = 0.0
    damaged: int = 0
    replayable_s: float = 0.0
    replay: ReplayStatus | None = None
    sound: SoundStatus | None = None


class Replay:
    """A replay as the service keeps it."""

    def __init__(self, slot: str, host: HostLink | None, cause_code: str = "") -> None:
        self.slot = slot
        self.host = host
        self.cause_code = cause_code
        self.paused = False
        self.surfaces = FeedSurfaces()

    @property
    def showing(self) -> bool:
        """Whether there is a picture of it."""
        return not self.cause_code and self.surfaces.written_ns() > 0

    def status(self) -> ReplayStatus:
        """Tell how it is."""
        if self.cause_code:
            return ReplayStatus("failed", cause_code=self.cause_code)
        if not self.showing:
            return ReplayStatus("starting")
        behind_s = max(0.0, (time.monotonic_ns() - self.surfaces.media_ns()) / 1e9)
        return ReplayStatus("paused" if self.paused else "playing", behind_s)


class Pane:
    """A pane: the feed that is seen in it, and the one that will be, once it has a picture."""

    def __init__(self, name: str, wish: Wish, feed: Feed) -> None:
        self.name = name
        self.wish = wish
        self.feed = feed
        self.coming: Feed | None = None
        self.replay: Replay | None = None
        self.replayable_s = 0.0
        self.sound: SoundStatus | None = None

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """What it uses."""
        return (self.feed,) if self.coming is None else (self.feed, self.coming)

    def turn_to(self, feed: Feed) -> None:
        """Show another feed: at once, or, while there is a picture of the same camera, when the other has one."""
        same_camera = feed.key.camera_id == self.feed.key.camera_id
        if feed is self.feed or not (same_camera and self.feed.showing):
            self.feed, self.coming = feed, None
        else:
            self.coming = feed

    def settle(self, now: float, sure_s: float) -> bool:
        """Swap where that can be done without a black moment, or where nothing is to be lost; True if it did.

        Args:
            now: Seconds.
            sure_s: Time after which a still or black picture is known as such. One that is, is not given up for a new
                player that does not know it yet.
        """
        coming, feed = self.coming, self.feed
        if coming is None:
            return False
        if feed.playing:
            known = feed.reading.state in (PaneState.FROZEN, PaneState.BLACK)
            fresh = coming.reading.state is PaneState.LIVE and now - coming.reading.since < sure_s
            if not coming.showing or (known and fresh and feed.key == coming.key):
                return False
        else:
            coming.follow(feed)
        self.feed, self.coming = coming, None
        return True


def size_for(wishes: Iterable[Wish]) -> tuple[int, int]:
    """The size at which a feed is decoded for all its panes: that of the largest, which paints without scaling."""
    return max(((wish.width, wish.height) for wish in wishes), key=_area, default=(0, 0))


def _area(size: tuple[int, int]) -> int:
    return size[0] * size[1]


def describe(pane: Pane, sharing: int) -> PaneStatus:
    """Tell what a pane shows; `sharing` panes show the same stream."""
    feed = pane.feed
    reading, current = feed.reading, feed.surfaces.current
    width, height = current.source_size if current is not None else (0, 0)
    written_ns = feed.surfaces.written_ns()
    return PaneStatus(
        pane=pane.name,
        camera_id=pane.wish.camera_id,
        state=reading.state,
        cause_code=reading.cause,
        params=reading.params,
        since=reading.since,
        next_try_at=reading.next_try_at,
        fps=feed.fps if feed.showing and reading.state is not PaneState.STALLED else 0.0,
        width=width,
        height=height,
        codec=feed.codec,
        frame_age_s=(time.monotonic_ns() - written_ns) / 1e9 if written_ns else None,
        engine=feed.engine,
        profile=feed.key.profile,
        coming=pane.coming.key.profile if pane.coming is not None and pane.coming.key != feed.key else "",
        panes=sharing,
        transport=feed.counted.transport,
        received_bytes=feed.counted.received_bytes,
        mbit_s=feed.mbit_s if feed.playing else 0.0,
        damaged=feed.counted.damaged,
        replayable_s=pane.replayable_s,
        replay=pane.replay.status() if pane.replay is not None else None,
        sound=pane.sound,
    )
