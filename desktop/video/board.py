"""The panes, the feeds behind them, and what the window reads of both. Owned by the service's thread."""

import logging
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from desktop.errors import OpsError
from desktop.events import Event, PaneChanged
from desktop.video.feeds import Feed, FeedBook, FeedKey
from desktop.video.panes import Pane, PaneStatus, describe, size_for
from desktop.video.states import Failed, PaneEvent, Shown, Tuning, advance
from desktop.video.surfaces import FeedSurfaces
from desktop.video.wishes import Wish

_log = logging.getLogger(__name__)


class Board:
    """Who shows what.

    Attributes:
        panes: By name.
        feeds: See `FeedBook`.
        surfaces: What the window paints from, by pane; read by its thread, so entries are replaced and never changed.
        statuses: What it reads, by pane; likewise.
        tuning: Times of the state machine.
    """

    def __init__(self, post: Callable[[Event], None], tuning: Tuning) -> None:
        self.panes: dict[str, Pane] = {}
        self.feeds = FeedBook()
        self.surfaces: dict[str, FeedSurfaces] = {}
        self.statuses: dict[str, PaneStatus] = {}
        self.tuning = tuning
        self._post = post
        self._sharing: Counter[str] = Counter()  # panes by the slot of their feed, as of the last look

    def want(self, name: str, wish: Wish | None) -> None:
        """Take the window's wish for a pane."""
        pane = self.panes.get(name)
        if wish is None:
            if pane is not None:
                del self.panes[name], self.surfaces[name]
                self.statuses.pop(name, None)
                self._post(PaneChanged(name))
            return
        feed = self._feed(FeedKey(wish.camera_id, wish.profile))
        if pane is None:
            forebear = feed.forebear
            pane = self.panes[name] = Pane(name, wish, feed if forebear is None else forebear)
        else:
            pane.wish = wish
        pane.turn_to(feed)
        self.tell(pane)

    def give_heir(self, feed: Feed) -> Feed:
        """Open the stream of a feed anew beside it; its panes turn to the new one at its first picture."""
        heir = self.feeds.add(feed.key)
        self.advance(heir, Shown())
        for pane in self.panes.values():
            if feed in pane.feeds:
                pane.turn_to(heir)
        return heir

    def share(self) -> list[Feed]:
        """Work out what each feed is wanted for; gives those that nobody wants any more."""
        wanted: dict[str, list[Wish]] = {}
        for pane in self.panes.values():
            for feed in pane.feeds:
                wanted.setdefault(feed.slot, []).append(pane.wish)
        gone = self.feeds.keep(wanted, time.monotonic())
        for feed in self.feeds:
            wishes = wanted.get(feed.slot, [])
            feed.wanted_size = size_for(wishes) if wishes else feed.wanted_size
            feed.wanted_resting = not any(wish.visible for wish in wishes)
        return gone

    def settle(self, now: float) -> None:
        """Let panes turn to the feeds that are ready for them, and bring what the window reads up to date."""
        for pane in self.panes.values():
            pane.settle(now, pane.feed.suited(self.tuning).frozen_after_s + 1.5)
        self._sharing = Counter(pane.feed.slot for pane in self.panes.values())
        for pane in self.panes.values():
            self.note(pane)

    def advance(self, feed: Feed, event: PaneEvent) -> None:
        """Let something happen to a feed, and tell the window if it is another state now."""
        before = feed.reading
        after = feed.reading = advance(before, event, time.monotonic(), feed.suited(self.tuning))
        if (before.state, before.cause, before.next_try_at) == (after.state, after.cause, after.next_try_at):
            return
        for pane in self.panes.values():
            if pane.feed is feed:
                self.tell(pane)

    def fail(self, feed: Feed, fault: OpsError, *, blameless: bool = False, pause_s: float | None = None) -> None:
        """End a feed's attempt; see `states.Failed`."""
        _log.info("camera %s, %s: %s", feed.key.camera_id, feed.key.profile, fault)
        feed.answer = None
        feed.urged = False
        failed = Failed(fault.code, fault.params, fault.retryable, random.random(), blameless=blameless)
        self.advance(feed, failed if pause_s is None else replace(failed, pause_s=pause_s))

    def tell(self, pane: Pane) -> None:
        """Tell the window that a pane is another now."""
        self.note(pane)
        self._post(PaneChanged(pane.name))

    def note(self, pane: Pane) -> None:
        """Put what the window reads in its place."""
        replay = pane.replay
        self.surfaces[pane.name] = replay.surfaces if replay is not None and replay.showing else pane.feed.surfaces
        self.statuses[pane.name] = describe(pane, max(1, self._sharing[pane.feed.slot]))

    def _feed(self, key: FeedKey) -> Feed:
        feed = self.feeds.find(key)
        if feed is None:
            feed = self.feeds.add(key)
            self.advance(feed, Shown())
        return feed
