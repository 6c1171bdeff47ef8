"""One decoded stream, as the service keeps it: a feed is shown by all panes that want the same camera and profile."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.video.host_link import HostLink
from desktop.video.protocol import PlayerReading, Surface
from desktop.video.segment import FrameReader
from desktop.video.states import PLAYING, PaneState, Reading
from desktop.video.surfaces import FeedSurfaces

_RATE_OVER_S = 2.0
_LINGER_S = 1.0
"""Time that a feed outlives its last pane: cameras that change places are let go by one pane before the other."""
SHOWING = frozenset({PaneState.LIVE, PaneState.FROZEN, PaneState.BLACK, PaneState.STALLED})
"""States in which there is a picture of the present attempt."""


@dataclass(frozen=True, slots=True)
class FeedKey:
    """What makes two wishes the same stream."""

    camera_id: str
    profile: str


class Feed:
    """A player's stream and its state machine. Owned by the service's thread, but for `surfaces`.

    Attributes:
        slot: The name it has in its host; never used twice, so that late words of a former player are known as such.
        resting: Nobody looks at it: key frames alone are decoded.
        unwanted_since: When the last pane let go of it; None while one wants it.
    """

    def __init__(self, slot: str, key: FeedKey) -> None:
        self.slot = slot
        self.key = key
        self.reading = Reading()
        self.surfaces = FeedSurfaces()
        self.surface_size = (0, 0)
        self.wanted_size = (0, 0)
        self.resting = False
        self.unwanted_since: float | None = None
        self.host: HostLink | None = None
        self.host_losses = 0
        self.engine = ""
        self.codec = ""
        self.counted = PlayerReading(slot, 0)
        self.fps = 0.0
        self._rate_from = (0.0, 0)

    @property
    def playing(self) -> bool:
        """Whether it is playing, or about to."""
        return self.reading.state in PLAYING

    @property
    def under_way(self) -> bool:
        """Whether an attempt has begun and is not over."""
        return self.playing and self.reading.next_try_at is None

    @property
    def showing(self) -> bool:
        """Whether pictures of the present attempt are to be seen."""
        return self.reading.state in SHOWING

    def new_surface(self) -> Surface:
        """Make a segment of the wanted size and give it to be filled.

        Raises:
            OpsError: ``video.memory``.
        """
        width, height = self.wanted_size
        reader = FrameReader(width, height)
        self.surfaces.replace(reader)
        self.surface_size = (width, height)
        self._rate_from = (0.0, 0)
        return Surface(reader.block.name, width, height)

    def count(self, now: float) -> None:
        """Bring the rate up to date."""
        reader = self.surfaces.current
        sequence = reader.sequence if reader is not None else 0
        at, before = self._rate_from
        if not at or sequence < before:
            self._rate_from = (now, sequence)
        elif now - at >= _RATE_OVER_S:
            self.fps = (sequence - before) / (now - at)
            self._rate_from = (now, sequence)


class FeedBook:
    """The feeds there are, one for each camera and profile that some pane wants."""

    def __init__(self) -> None:
        self._feeds: dict[FeedKey, Feed] = {}
        self._slots: dict[str, Feed] = {}
        self._number = 0

    def __iter__(self) -> Iterator[Feed]:
        return iter(tuple(self._feeds.values()))

    def __len__(self) -> int:
        return len(self._feeds)

    def find(self, key: FeedKey) -> Feed | None:
        """The feed of a stream, if some pane wants it already."""
        return self._feeds.get(key)

    def at(self, slot: str) -> Feed | None:
        """The feed that plays in a host's slot."""
        return self._slots.get(slot)

    def add(self, key: FeedKey) -> Feed:
        """Make a feed for a stream that no pane wanted so far."""
        self._number += 1
        feed = self._feeds[key] = Feed(str(self._number), key)
        self._slots[feed.slot] = feed
        return feed

    def keep(self, wanted: Iterable[Feed], now: float) -> list[Feed]:
        """Forget the feeds that no pane has wanted for a while, and give them."""
        kept = {feed.slot for feed in wanted}
        for feed in self._feeds.values():
            if feed.slot in kept:
                feed.unwanted_since = None
            elif feed.unwanted_since is None:
                feed.unwanted_since = now
        gone = [
            feed
            for feed in self._feeds.values()
            if feed.unwanted_since is not None and (now - feed.unwanted_since >= _LINGER_S or not feed.showing)
        ]
        for feed in gone:
            del self._feeds[feed.key], self._slots[feed.slot]
        return gone
