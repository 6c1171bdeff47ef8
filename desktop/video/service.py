"""The video service of the window process: what is wanted in each pane becomes pictures in shared memory.

One thread owns everything: the panes, the hosts, the state machines. Wishes of the window, words of the hosts and
answers of the centre reach it through one queue. The window reads `latest` and `status` without waiting for anybody.
"""

import contextlib
import logging
import os
import queue
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.errors import OpsError
from desktop.events import Event, HostsChanged, PaneChanged
from desktop.video.block import sweep
from desktop.video.feeds import Feed, FeedBook, FeedKey
from desktop.video.fleet import Fleet, FleetTuning
from desktop.video.host_link import HostLink
from desktop.video.panes import Pane, PaneStatus, describe, size_for
from desktop.video.protocol import Capabilities, Close, Ended, Heartbeat, Open, Opened, Report, Rest, Retarget
from desktop.video.resolver import Request, Resolve, Resolved, Resolver
from desktop.video.segment import Frame
from desktop.video.states import Failed, Looked, PaneEvent, Shown, Tried, Tuning, Urged, advance, at_rest, due
from desktop.video.states import Opened as SourceOpened
from desktop.video.statistics import VideoStatistics, read_host
from desktop.video.surfaces import FeedSurfaces
from desktop.video.wishes import Wish, WishBook

_log = logging.getLogger(__name__)

_INBOX_CAP = 10_000
_LOOK_EVERY_S = 0.2
_START_EVERY_S = 0.05  # attempts are started one after another: 64 at once would be answered by none
_FORGIVEN_LOSSES = 3  # hosts lost under a pane before it is treated as a failing source itself
_LATE_S = 1.0


@dataclass(frozen=True, slots=True)
class _Heard:
    link: HostLink
    report: Report | None


class VideoService:
    """Shows cameras in panes. `start` once, `stop` once; everything else from any thread, without waiting."""

    def __init__(
        self,
        resolve: Resolve,
        post: Callable[[Event], None],
        *,
        engine: str = "auto",
        max_feeds: int = 64,
        tuning: Tuning | None = None,
        fleet: FleetTuning | None = None,
        command: Sequence[str] | None = None,
    ) -> None:
        """Prepare; nothing runs before `start`.

        Args:
            resolve: Asks the centre for an address; blocking, raises OpsError. Called on threads of the service.
            post: Takes `PaneChanged` and `HostsChanged`; must not block.
            engine: ``auto``, ``vlc`` or ``pyav``.
            max_feeds: Streams decoded at a time; panes of further ones show ``over_budget``.
            tuning: Times of the panes' state machine.
            fleet: Numbers of the hosts.
            command: Command line of a host instead of our own.
        """
        self._post = post
        self._engine = engine
        self._max_feeds = max_feeds
        self._tuning = tuning or Tuning()
        self._resting_tuning = at_rest(self._tuning)
        self._inbox: queue.Queue[_Heard | Resolved | None] = queue.Queue(_INBOX_CAP)  # full: whoever tells waits
        self._wishes = WishBook()
        self._resolver = Resolver(resolve, self._inbox.put)
        self._fleet = Fleet(self._hear, fleet or FleetTuning(hosts=max(2, os.cpu_count() or 2)), command)
        self._panes: dict[str, Pane] = {}
        self._feeds = FeedBook()
        self._surfaces: dict[str, FeedSurfaces] = {}
        self._statuses: dict[str, PaneStatus] = {}
        self._capabilities: Capabilities | None = None
        self._statistics = VideoStatistics()
        self._hosts_lost = 0
        self._stopping = threading.Event()
        self._stop_deadline = 0.0
        self._next_start = self._next_look = 0.0
        self._thread = threading.Thread(target=self._run, name="video", daemon=True)

    # --- the window's side ------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the service and a first host."""
        self._resolver.start()
        self._thread.start()

    def show(self, pane: str, camera_id: str, profile: str, width: int, height: int, *, visible: bool = True) -> None:
        """Show a camera in a pane.

        The same camera and profile in several panes is decoded once, at the size of the largest. At another size it
        goes on playing into another surface; in another profile the old picture goes on until the new one is there.

        Args:
            pane: Any name; it stays the pane's.
            camera_id: The camera.
            profile: ``sub`` or ``main``.
            width: Of the pane in device pixels: pictures come in this size, to be copied to the screen as they are.
            height: See `width`.
            visible: Whether anybody can see it; a stream that nobody sees is hardly decoded, and not closed.
        """
        self._wishes.write(pane, Wish.of(camera_id, profile, width, height, visible=visible))
        self._nudge()

    def clear(self, pane: str) -> None:
        """Show nothing in a pane and free what it used."""
        self._wishes.write(pane, None)
        self._nudge()

    def retry(self, pane: str) -> None:
        """Try a pane that waits for its next attempt now."""
        self._wishes.urge(pane)
        self._nudge()

    def status(self, pane: str) -> PaneStatus:
        """What the pane shows; at most 0.2 s old."""
        return self._statuses.get(pane) or PaneStatus(pane)

    def latest(self, pane: str) -> Frame | None:
        """The pane's newest picture, in shared memory, or None. By the window's thread only; see `Frame`."""
        surfaces = self._surfaces.get(pane)
        return surfaces.latest() if surfaces is not None else None

    def picture_stamp(self, pane: str) -> int:
        """A number that is another one with each new picture of the pane; 0 while there is none. Cheap."""
        surfaces = self._surfaces.get(pane)
        return surfaces.written_ns() if surfaces is not None else 0

    def probe(self) -> Capabilities | None:
        """What this machine can play; None until the first host has said so."""
        return self._capabilities

    def statistics(self) -> VideoStatistics:
        """Hosts and their use of the machine; at most a second old."""
        return self._statistics

    def stop(self, deadline_s: float = 5.0) -> bool:
        """End the hosts and the threads; returns whether everything went by itself within the deadline."""
        self._stop_deadline = time.monotonic() + deadline_s
        self._stopping.set()
        self._nudge()
        if self._thread.ident is not None:
            self._thread.join(deadline_s + 1.0)
        self._resolver.stop(max(0.1, self._stop_deadline - time.monotonic()))
        return not self._thread.is_alive()

    def _nudge(self) -> None:
        with contextlib.suppress(queue.Full):  # then the service has enough to wake up for
            self._inbox.put_nowait(None)

    # --- the service's thread ---------------------------------------------------------------------------------------

    def _hear(self, link: HostLink, report: Report | None) -> None:
        if not self._stopping.is_set():
            self._inbox.put(_Heard(link, report))

    def _run(self) -> None:
        swept = sweep()
        if swept:
            _log.info("unlinked %d segments that an earlier run had left", swept)
        self._fleet.provide(0)
        self._next_look = time.monotonic()
        while not self._stopping.is_set():
            try:
                self._turn()
            except Exception:  # noqa: BLE001
                # The service's main loop: a bug in one message must not make the other panes blind.
                _log.exception("the video service could not handle a message")
        for feed in self._feeds:
            feed.surfaces.drop()
        killed = self._fleet.end(max(0.2, self._stop_deadline - time.monotonic() - 0.5))
        if killed:
            _log.warning("%d video hosts did not end by themselves and were killed", killed)

    def _turn(self) -> None:
        """Wait for one message or for the next thing that is due, and see to it."""
        with contextlib.suppress(queue.Empty):
            message = self._inbox.get(timeout=max(0.0, min(self._next_look, self._next_due()) - time.monotonic()))
            if message is not None:
                self._take(message)
        self._see_to_wishes()
        now = time.monotonic()
        if now >= self._next_look:
            on_time = now - self._next_look < _LATE_S
            self._next_look = now + _LOOK_EVERY_S
            self._look(now, on_time=on_time)
        self._start_next(now)

    def _see_to_wishes(self) -> None:
        wishes, urged = self._wishes.take()
        for name, wish in wishes.items():
            self._want(name, wish)
        for name in urged & self._panes.keys():
            for feed in self._panes[name].feeds:
                self._advance(feed, Urged())

    def _take(self, message: _Heard | Resolved) -> None:
        match message:
            case Resolved():
                self._open(message)
            case _Heard(link, None):
                self._lose(link, "video.host_lost")
            case _Heard(link, report) if report is not None:
                self._listen(link, report)

    def _want(self, name: str, wish: Wish | None) -> None:
        pane = self._panes.get(name)
        if wish is None:
            if pane is not None:
                del self._panes[name], self._surfaces[name]
                self._statuses.pop(name, None)
                self._post(PaneChanged(name))
        else:
            feed = self._feed(FeedKey(wish.camera_id, wish.profile))
            if pane is None:
                pane = self._panes[name] = Pane(name, wish, feed)
            else:
                pane.wish = wish
                pane.turn_to(feed)
            self._note(pane)
            self._post(PaneChanged(name))
        self._share()

    def _feed(self, key: FeedKey) -> Feed:
        feed = self._feeds.find(key)
        if feed is None:
            feed = self._feeds.add(key)
            self._advance(feed, Shown())
        return feed

    def _share(self) -> None:
        """Let go of feeds that no pane wants, and bring the others to what their panes need."""
        wanted = (feed for pane in self._panes.values() for feed in pane.feeds)
        for gone in self._feeds.keep(wanted, time.monotonic()):
            self._quit_player(gone)
            gone.surfaces.drop()
        for feed in self._feeds:
            wishes = [pane.wish for pane in self._panes.values() if feed in pane.feeds]
            feed.wanted_size = size_for(wishes) if wishes else feed.wanted_size
            self._rest(feed, resting=not any(wish.visible for wish in wishes))
        self._fleet_for_feeds()

    def _rest(self, feed: Feed, *, resting: bool) -> None:
        if resting is not feed.resting:
            feed.resting = resting
            if feed.host is not None:
                feed.host.send(Rest(feed.slot, feed.reading.attempt, resting))

    def _next_due(self) -> float:
        times = [feed.reading.next_try_at for feed in self._feeds if feed.reading.next_try_at is not None]
        return max(self._next_start, min(times, default=float("inf")))

    def _start_next(self, now: float) -> None:
        if now < self._next_start:
            return
        waiting = [feed for feed in self._feeds if due(feed.reading, now)]
        if not waiting:
            return
        self._next_start = now + _START_EVERY_S
        feed = min(waiting, key=_due_time)
        if self._fleet.pick(self._load) is None and not self._fleet.paused:
            return  # a host is on its way
        self._advance(feed, Tried())
        if self._fleet.paused:
            self._fail(feed, OpsError("video.hosts_paused", retryable=True))
            return
        if sum(other.under_way for other in self._feeds) > self._max_feeds:
            self._fail(feed, OpsError("video.over_budget", {"limit": self._max_feeds}, retryable=True))
            return
        self._resolver.ask(Request(feed.slot, feed.reading.attempt, feed.key.camera_id, feed.key.profile))

    def _open(self, answer: Resolved) -> None:
        feed = self._feeds.at(answer.slot)
        if feed is None or feed.reading.attempt != answer.attempt or not feed.playing:
            return
        if answer.source is None:
            self._fail(feed, answer.fault or OpsError("video.failed", retryable=True))
            return
        host = self._fleet.pick(self._load)
        if host is None:
            self._fail(feed, OpsError("video.host_lost", retryable=True), blameless=True)
            return
        try:
            surface = feed.new_surface()
        except OpsError as fault:
            self._fail(feed, fault)
            return
        feed.host = host
        source = answer.source
        host.send(
            Open(
                feed.slot,
                answer.attempt,
                surface,
                *(source.url, source.protocol, source.username, source.password),
                engine=self._engine,
                resting=feed.resting,
            )
        )

    def _listen(self, link: HostLink, report: Report) -> None:
        known = link.ready is not None
        link.note(report)
        if link.ready is not None and not known:
            self._capabilities = link.ready.capabilities
            self._hosts_changed()
        if isinstance(report, Opened):
            feed = self._played(link, report.slot, report.attempt)
            if feed is not None:
                feed.engine, feed.codec = report.engine, report.codec
                self._advance(feed, SourceOpened())
        elif isinstance(report, Ended):
            feed = self._played(link, report.slot, report.attempt)
            if feed is not None and feed.playing:
                feed.host = None
                feed.counted = report.last or feed.counted
                self._fail(feed, _fault(report))
        elif isinstance(report, Heartbeat):
            for counted in report.players:
                feed = self._played(link, counted.slot, counted.attempt)
                if feed is not None:
                    feed.counted = counted
                    feed.codec = counted.codec or feed.codec

    def _played(self, link: HostLink, slot: str, attempt: int) -> Feed | None:
        """The feed that a host speaks of, unless it speaks of something that is over."""
        feed = self._feeds.at(slot)
        if feed is None or feed.host is not link or feed.reading.attempt != attempt:
            return None
        return feed

    def _look(self, now: float, *, on_time: bool) -> None:
        if not on_time:  # this process was suspended, or starved: the hosts' silence is our own deafness
            self._fleet.excuse(now)
        for link in self._fleet.unfit(now):
            _log.warning("video host %d (process %d) does not answer; replacing it", link.number, link.pid)
            self._lose(link, "video.host_hung")
        self._fleet_for_feeds()
        for feed in self._feeds:
            feed.count(now)
            if feed.playing:
                self._look_at(feed)
        for pane in self._panes.values():
            pane.settle()
        self._share()
        for pane in self._panes.values():
            self._note(pane)
        self._statistics = self._measure()

    def _look_at(self, feed: Feed) -> None:
        mine = feed.surfaces.current if feed.host is not None else None
        looked = Looked(0.0, 0.0, random.random())
        if mine is not None:
            at_s = (mine.written_ns / 1e9, mine.changed_ns / 1e9, random.random(), mine.dark_ns / 1e9)
            looked = Looked(*at_s)
        feed.surfaces.settle()
        self._advance(feed, looked)
        if not feed.playing:
            self._quit_player(feed)
        elif looked.picture_at:
            feed.host_losses = 0
            self._resize(feed)

    def _resize(self, feed: Feed) -> None:
        host = feed.host
        if host is None or feed.wanted_size == feed.surface_size:
            return
        try:
            surface = feed.new_surface()
        except OpsError as fault:
            self._quit_player(feed)
            self._fail(feed, fault)
            return
        host.send(Retarget(feed.slot, feed.reading.attempt, surface))

    def _lose(self, link: HostLink, code: str) -> None:
        if not self._fleet.lose(link):
            return
        self._hosts_lost += 1
        for feed in self._feeds:
            if feed.host is link:
                feed.host = None
                if feed.playing:
                    feed.host_losses += 1
                    fault = OpsError(code, retryable=True)
                    self._fail(feed, fault, blameless=feed.host_losses <= _FORGIVEN_LOSSES)
        self._fleet_for_feeds()
        self._hosts_changed("video.hosts_paused" if self._fleet.paused else code)

    def _fleet_for_feeds(self) -> None:
        self._fleet.provide(len(self._feeds))

    def _quit_player(self, feed: Feed) -> None:
        host, feed.host = feed.host, None
        if host is not None:
            host.send(Close(feed.slot, feed.reading.attempt))

    def _fail(self, feed: Feed, fault: OpsError, *, blameless: bool = False) -> None:
        _log.info("camera %s, %s: %s", feed.key.camera_id, feed.key.profile, fault)
        self._advance(feed, Failed(fault.code, fault.params, fault.retryable, random.random(), blameless=blameless))

    def _advance(self, feed: Feed, event: PaneEvent) -> None:
        before = feed.reading
        tuning = self._resting_tuning if feed.resting else self._tuning
        feed.reading = advance(before, event, time.monotonic(), tuning)
        after = feed.reading
        if (before.state, before.cause, before.next_try_at) != (after.state, after.cause, after.next_try_at):
            for pane in self._panes.values():
                if pane.feed is feed:
                    self._note(pane)
                    self._post(PaneChanged(pane.name))

    def _note(self, pane: Pane) -> None:
        """Put what the window reads in its place."""
        self._surfaces[pane.name] = pane.feed.surfaces
        sharing = sum(other.feed is pane.feed for other in self._panes.values())
        self._statuses[pane.name] = describe(pane, sharing)

    def _hosts_changed(self, fault: str = "") -> None:
        self._post(HostsChanged(sum(link.ready is not None for link in self._fleet.links), fault))

    def _load(self, link: HostLink) -> int:
        return sum(feed.host is link for feed in self._feeds)

    def _measure(self) -> VideoStatistics:
        hosts = tuple(read_host(link, self._load(link)) for link in self._fleet.links)
        return VideoStatistics(hosts, len(self._panes), self._hosts_lost)


def _due_time(feed: Feed) -> float:
    return feed.reading.next_try_at or 0.0


def _fault(ended: Ended) -> OpsError:
    return OpsError(ended.code or "video.ended", ended.params, retryable=ended.retryable, detail=ended.detail)
