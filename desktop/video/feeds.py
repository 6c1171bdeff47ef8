"""One decoded stream, as the service keeps it: a feed is shown by all panes that want the same camera and profile.

A feed that has to be opened anew while it plays (its address runs out, its host is to be replaced) gets an heir:
another feed of the same key beside it, which the panes turn to as soon as it has a picture.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from desktop.video.host_link import HostLink
from desktop.video.protocol import PlayerReading, Surface
from desktop.video.resolver import Resolved
from desktop.video.rhythm import UNKNOWN_RHYTHM, Rhythm, Rhythms
from desktop.video.segment import FrameReader
from desktop.video.states import PLAYING, PaneState, Reading, Tuning, at_rest
from desktop.video.surfaces import FeedSurfaces

_RATE_OVER_S = 2.0
_LINGER_S = 1.0
"""Time that a feed outlives its last pane: cameras that change places are let go by one pane before the other."""
_HEARD_NOTHING = (0, 0.0, 0.0)
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
        forebear: The feed of the same key that it is to follow, until it has; None for most.
        resting: Nobody looks at it: key frames alone are decoded.
        wanted_resting: Whether it should be so.
        watched_from: Since when all its pictures are decoded.
        unwanted_since: When the last pane let go of it; None while one wants it.
        server: Where its pictures come from, as far as it was told.
        answer: An address that waits for its server to have time.
        renew_at: When its address has to be followed by a fresh one; None if it lives on.
        host_losses: Hosts that were lost under it, as long as it has not played steadily since.
        pictured_at: When the first picture of this attempt came.
        mbit_s: What its player takes in, megabits a second.
        urged: The officer asked for the attempt: nothing holds it back.
        rhythm: How its camera usually sends, as far as it is known.
    """

    def __init__(
        self, slot: str, key: FeedKey, forebear: "Feed | None" = None, rhythm: Rhythm = UNKNOWN_RHYTHM
    ) -> None:
        self.slot = slot
        self.key = key
        self.forebear: Feed | None = forebear
        self.reading = Reading()
        self.surfaces = FeedSurfaces()
        self.surface_size = (0, 0)
        self.wanted_size: tuple[int, int] = forebear.wanted_size if forebear is not None else (0, 0)
        self.resting: bool = forebear.resting if forebear is not None else False
        self.wanted_resting = self.resting
        self.watched_from = 0.0
        self.unwanted_since: float | None = None
        self.server: str = forebear.server if forebear is not None else ""
        self.answer: Resolved | None = None
        self.renew_at: float | None = None
        self.urged = False
        self.host: HostLink | None = None
        self.host_losses = 0
        self.pictured_at = 0.0
        self.engine = ""
        self.codec = ""
        self.counted = PlayerReading(slot, 0)
        self.fps = 0.0
        self.mbit_s = 0.0
        self._rate_from = (0.0, 0)
        self.rhythm = rhythm
        self._tuning: tuple[Rhythm, bool, Tuning] | None = None
        self._heard = _HEARD_NOTHING
        self._known_still = forebear.stillness() if forebear is not None else (0, 0.0)

    @property
    def playing(self) -> bool:
        """Whether it is playing, or about to."""
        return self.reading.state in PLAYING

    @property
    def under_way(self) -> bool:
        """Whether an attempt has begun and is not over."""
        return self.playing and self.reading.next_try_at is None

    @property
    def waiting(self) -> bool:
        """Whether its address waits for its server to have time."""
        return self.answer is not None

    @property
    def beginning(self) -> bool:
        """Whether an attempt is under way that has had no picture yet."""
        return self.under_way and not self.reading.picture_at

    @property
    def showing(self) -> bool:
        """Whether pictures of the present attempt are to be seen."""
        return self.reading.state in SHOWING

    def stillness(self) -> tuple[int, float]:
        """Checksum of the newest picture that differed from the one before, and since when it stands, seconds.

        A picture that stood still in the forebear already stands still since then.
        """
        reader = self.surfaces.current
        if reader is None or not reader.changed_ns:
            return 0, 0.0
        total, since = self._known_still
        return reader.picture_sum, since if reader.picture_sum == total else reader.changed_ns / 1e9

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
        self._heard = _HEARD_NOTHING
        return Surface(reader.block.name, width, height)

    def follow(self, ended: "Feed") -> None:
        """Take the place of a stream of the same camera that ended: its last picture and its loss are ours now."""
        self.surfaces.inherit(ended.surfaces)
        if not self.showing:
            self.reading = replace(self.reading, lost_at=self.reading.lost_at or ended.reading.lost_at)

    def suited(self, tuning: Tuning) -> Tuning:
        """The times of the state machine that suit its camera, and what is decoded of it."""
        if self._tuning is None or self._tuning[0] is not self.rhythm or self._tuning[1] is not self.resting:
            suited = self.rhythm.suited(tuning)
            self._tuning = (self.rhythm, self.resting, at_rest(suited) if self.resting else suited)
        return self._tuning[2]

    def learn(self) -> None:
        """Learn from the pictures that came since the last look."""
        reader = self.surfaces.current
        before, after = self._heard, _HEARD_NOTHING
        if reader is not None and reader.sequence and not self.resting:
            after = self._heard = (reader.sequence, reader.written_ns / 1e9, reader.keyed_ns / 1e9)
        pictures = after[0] - before[0]
        if pictures <= 0 or before[1] <= self.watched_from:
            return
        self.rhythm = self.rhythm.heard(pictures, after[1] - before[1])
        if before[2] and after[2] > before[2]:
            self.rhythm = self.rhythm.keyed(after[2] - before[2])

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
    """The feeds there are: one for each camera and profile that some pane wants, and heirs of some."""

    def __init__(self) -> None:
        self._newest: dict[FeedKey, Feed] = {}
        self._slots: dict[str, Feed] = {}
        self._rhythms = Rhythms()
        self._number = 0

    def __iter__(self) -> Iterator[Feed]:
        return iter(tuple(self._slots.values()))

    def __len__(self) -> int:
        return len(self._newest)

    def find(self, key: FeedKey) -> Feed | None:
        """The feed of a stream, if some pane wants it already; the heir if it has one."""
        return self._newest.get(key)

    def at(self, slot: str) -> Feed | None:
        """The feed that plays in a host's slot."""
        return self._slots.get(slot)

    def add(self, key: FeedKey) -> Feed:
        """Make a feed for a stream that no pane wanted so far, or the heir of the one there is."""
        self._number += 1
        forebear = self._newest.get(key)
        rhythm = self._rhythms.of(key) if forebear is None else forebear.rhythm
        feed = Feed(str(self._number), key, forebear, rhythm)
        self._newest[key] = self._slots[feed.slot] = feed
        return feed

    def has_heir(self, feed: Feed) -> bool:
        """Whether another one is to follow it."""
        return self._newest.get(feed.key) is not feed

    def heirs(self) -> int:
        """How many have not yet followed those before them."""
        return len(self._slots) - len(self._newest)

    def keep(self, wanted: Container[str], now: float) -> list[Feed]:
        """Forget the feeds whose slots no pane has wanted for a while, and give them."""
        for feed in self._slots.values():
            if feed.slot in wanted:
                feed.unwanted_since = None
            elif feed.unwanted_since is None:
                feed.unwanted_since = now
        gone = [feed for feed in self._slots.values() if self._is_over(feed, now)]
        for feed in gone:
            self._rhythms.learn(feed.key, feed.rhythm)
            del self._slots[feed.slot]
            if self._newest.get(feed.key) is feed:
                del self._newest[feed.key]
        for feed in self._slots.values():
            if feed.forebear is not None and feed.forebear.slot not in self._slots:
                feed.forebear = None
        return gone

    def _is_over(self, feed: Feed, now: float) -> bool:
        if feed.unwanted_since is None:
            return False
        return now - feed.unwanted_since >= _LINGER_S or not feed.showing or self.has_heir(feed)
