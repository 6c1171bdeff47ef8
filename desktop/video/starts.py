"""When an attempt may begin: one after another, seen panes first, no camera server pressed, no dead one knocked at.

The way of an attempt: it is due → its server and the centre may be tried → the centre is asked for an address → the
server has time for one more → the host is told to open it.
"""

import random
import time
from urllib.parse import urlsplit

from desktop.errors import OpsError
from desktop.video.board import Board
from desktop.video.feeds import Feed
from desktop.video.fleet import Fleet
from desktop.video.host_link import HostLink
from desktop.video.protocol import Open
from desktop.video.replays import ring_name
from desktop.video.resolver import Request, Resolved, Resolver
from desktop.video.servers import CENTRE, CENTRES_OWN, SERVERS_OWN, Servers
from desktop.video.states import Admitted, PaneState, Postponed, Tried, Urged, due

_EVERY_S = 0.05  # attempts are started one after another: 64 at once would be answered by none
_SHORTEST_LIFE_S = 4.0  # shorter ones cannot be followed in time; they are asked for anew when they have ended
_LEAD_S = 2.5  # an heir needs a key frame, mostly within two seconds
_LONGEST_LEAD_S = 60.0
_SUSPECTS = 4
"""How many streams under which two hosts were lost may begin at a time; after a third, one. In the end the one that
kills them is alone with its deed, and the others play."""


class Starts:
    """Begins the attempts of all feeds. Owned by the service's thread."""

    def __init__(self, board: Board, fleet: Fleet, resolver: Resolver, *, engine: str, max_feeds: int) -> None:
        self._board = board
        self._fleet = fleet
        self._resolver = resolver
        self._engine = engine
        self._max_feeds = max_feeds
        self._servers = Servers(board.tuning)
        self._next_at = 0.0

    def next_due(self) -> float:
        """When there will be something to do; seconds of the monotonic clock."""
        feeds = self._board.feeds
        if any(feed.answer is not None for feed in feeds):
            return self._next_at
        times = [feed.reading.next_try_at for feed in feeds if feed.reading.next_try_at is not None]
        return max(self._next_at, min(times, default=float("inf")))

    def step(self, now: float) -> None:
        """Begin the attempt that is due first, and open what waited for its server."""
        if now < self._next_at:
            return
        self._next_at = now + _EVERY_S
        for feed in self._board.feeds:
            if feed.answer is not None:
                self._let_in(feed, feed.answer, now)
        feeds = self._board.feeds
        waiting = [feed for feed in feeds if due(feed.reading, now) and (feed.playing or not feeds.has_heir(feed))]
        suspects = sum(feed.host_losses > 1 and feed.beginning for feed in feeds)
        for feed in sorted(waiting, key=_order):
            if feed.host_losses > 1 and suspects >= (_SUSPECTS if feed.host_losses == 2 else 1):
                continue
            until = now if feed.urged else self._wait_until(feed, now)
            if until <= now:
                self._begin(feed)
                return
            self._board.advance(feed, Postponed(until))

    def take(self, answer: Resolved) -> None:
        """Go on with the centre's answer."""
        feed = self._board.feeds.at(answer.slot)
        if feed is None or feed.reading.attempt != answer.attempt or not feed.playing:
            self._servers.released(CENTRE, answer.slot, time.monotonic())
            return
        now = time.monotonic()
        if answer.source is None:
            self._refused(feed, answer.fault or OpsError("video.failed", retryable=True), now)
            return
        if self._servers.worked(CENTRE, feed.slot):
            self._wake(CENTRE)
        feed.server = _server_of(answer.source.url)
        until = now if feed.urged else self._servers.wait_until(feed.server, feed.slot, now)
        if until > now:
            fault = OpsError(self._servers.fault(feed.server), retryable=True)
            self._board.fail(feed, fault, pause_s=until - now)
            return
        feed.answer = answer
        self._let_in(feed, answer, now)

    def answered(self, feed: Feed) -> None:
        """The camera answered: its server has time for the next one."""
        self._servers.released(feed.server, feed.slot, time.monotonic())

    def pictured(self, feed: Feed) -> None:
        """A first picture came: whatever its server was suspected of is forgotten."""
        feed.urged = False
        if self._servers.worked(feed.server, feed.slot):
            self._wake(feed.server)

    def failed(self, feed: Feed, fault: OpsError) -> None:
        """An attempt failed: is it the camera, or all that is behind its server?"""
        self._board.fail(feed, fault, pause_s=self._pause_s(feed, fault.code))

    def given_up(self, feed: Feed) -> None:
        """The state machine ended an attempt by itself, because nothing came: likewise."""
        pause_s = self._pause_s(feed, feed.reading.cause)
        feed.urged = False
        if pause_s is not None:
            self._board.advance(feed, Postponed(time.monotonic() + pause_s))

    def forget(self, feed: Feed) -> None:
        """Nobody wants it any more."""
        now = time.monotonic()
        self._servers.released(feed.server, feed.slot, now)
        self._servers.released(CENTRE, feed.slot, now)

    def load(self, link: HostLink) -> int:
        """Feeds that a host plays."""
        return sum(feed.host is link for feed in self._board.feeds)

    def _wait_until(self, feed: Feed, now: float) -> float:
        until = self._servers.wait_until(feed.server, feed.slot, now) if feed.server else now
        return until if until > now else self._servers.wait_until(CENTRE, feed.slot, now)

    def _begin(self, feed: Feed) -> None:
        if self._fleet.pick(self.load) is None and not self._fleet.paused:
            return  # a host is on its way
        self._board.advance(feed, Tried())
        if self._fleet.paused:
            self._board.fail(feed, OpsError("video.hosts_paused", retryable=True))
        elif feed.forebear is None and self._under_way() > self._max_feeds:
            self._board.fail(feed, OpsError("video.over_budget", {"limit": self._max_feeds}, retryable=True))
        else:
            self._resolver.ask(Request(feed.slot, feed.reading.attempt, feed.key.camera_id, feed.key.profile))

    def _under_way(self) -> int:
        return sum(feed.under_way and feed.forebear is None for feed in self._board.feeds)

    def _refused(self, feed: Feed, fault: OpsError, now: float) -> None:
        """The centre gave no address, or could not be asked."""
        self._servers.released(feed.server, feed.slot, now)
        if fault.code not in CENTRES_OWN:
            if self._servers.worked(CENTRE, feed.slot):
                self._wake(CENTRE)
            self._board.fail(feed, fault)
            return
        least_s = float(fault.params.get("seconds", 0.0)) if fault.code == "link.throttled" else 0.0
        pause_s = self._servers.failed(CENTRE, feed.slot, now, code=fault.code, jitter=random.random(), least_s=least_s)
        self._board.fail(feed, fault, pause_s=pause_s)

    def _let_in(self, feed: Feed, answer: Resolved, now: float) -> None:
        if not feed.playing or feed.reading.attempt != answer.attempt:
            feed.answer = None
        elif self._fleet.pick(self.load) is None and not self._fleet.paused:
            return  # a host is on its way
        elif feed.urged or self._servers.admit(feed.server, feed.slot, now):
            feed.answer = None
            self._open(feed, answer, now)

    def _open(self, feed: Feed, answer: Resolved, now: float) -> None:
        host, source = self._fleet.pick(self.load), answer.source
        if host is None or source is None:
            self._board.fail(feed, OpsError("video.host_lost", retryable=True), blameless=True)
            return
        try:
            surface = feed.new_surface()
        except OpsError as fault:
            self._board.fail(feed, fault)
            return
        self._board.advance(feed, Admitted())
        feed.host = host
        feed.renew_at = _renew_at(answer.life_s, now)
        host.send(
            Open(
                feed.slot,
                answer.attempt,
                surface,
                *(source.url, source.protocol, source.username, source.password),
                engine=self._engine,
                resting=feed.resting,
                ring=ring_name(feed.key),
                patience_s=feed.rhythm.patience_s(self._board.tuning),
            )
        )

    def _pause_s(self, feed: Feed, code: str) -> float | None:
        """The pause for all cameras of its server if the fault is the server's; None if it is the camera's own."""
        now = time.monotonic()
        others = (other for other in self._board.feeds if other is not feed and other.server == feed.server)
        if code in SERVERS_OWN and feed.server and not any(other.showing for other in others):
            return self._servers.failed(feed.server, feed.slot, now, code=code, jitter=random.random())
        self._servers.released(feed.server, feed.slot, now)
        return None

    def _wake(self, server: str) -> None:
        """A server works again: all that waited for it may try at once."""
        for feed in self._board.feeds:
            theirs = CENTRES_OWN if server == CENTRE else SERVERS_OWN
            waits = feed.reading.state is PaneState.OFFLINE and feed.reading.cause in theirs
            if waits and server in (CENTRE, feed.server):
                self._board.advance(feed, Urged())


def _order(feed: Feed) -> tuple[bool, int, bool, float]:
    return not feed.urged, feed.host_losses, feed.resting, feed.reading.next_try_at or 0.0


def _server_of(url: str) -> str:
    return urlsplit(url).netloc.lower()


def _renew_at(life_s: float | None, now: float) -> float | None:
    """When an address with `life_s` left should be followed: early enough, and not all of a wall at once."""
    if life_s is None or life_s < _SHORTEST_LIFE_S:
        return None
    lead_s = min(_LONGEST_LEAD_S, max(_LEAD_S, 0.2 * life_s))
    return now + life_s - lead_s - 0.1 * life_s * random.random()
