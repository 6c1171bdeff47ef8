"""What the video service's thread does: wishes become panes, panes feeds, feeds players; and it looks at them all."""

import contextlib
import logging
import queue
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.errors import OpsError
from desktop.events import Event, HostsChanged
from desktop.video.board import Board
from desktop.video.feeds import Feed
from desktop.video.fleet import Fleet
from desktop.video.history import CameraWatch, Histories, now_utc
from desktop.video.host_link import HostLink
from desktop.video.protocol import Capabilities, Close, Ended, Heartbeat, Opened, Report, Rest, Retarget
from desktop.video.replays import Replays
from desktop.video.resolver import Resolved
from desktop.video.sounds import Sounds
from desktop.video.starts import Starts
from desktop.video.states import Looked, Urged
from desktop.video.states import Opened as SourceOpened
from desktop.video.statistics import VideoStatistics, read_host
from desktop.video.wishes import WishBook

_log = logging.getLogger(__name__)

_LOOK_EVERY_S = 0.2
_FORGIVEN_LOSSES = 3  # hosts lost under a feed before it is held to be what kills them
_STEADY_S = 60.0  # of pictures, after which those losses are forgotten
_APART_S, _LONGEST_APART_S = 60.0, 900.0
_HEIRS_AT_ONCE = 6
_LATE_S = 1.0


@dataclass(frozen=True, slots=True)
class Heard:
    """A host said something, or (None) is gone."""

    link: HostLink
    report: Report | None


Keep = Callable[[Sequence[CameraWatch]], None]
Message = Heard | Resolved | None


class Control:
    """Everything the service does, turn by turn; see `VideoService`.

    Attributes:
        capabilities: What this machine can play; None before the first host said so.
        statistics: See `VideoStatistics`.
    """

    def __init__(
        self,
        *,
        inbox: "queue.Queue[Message]",
        wishes: WishBook,
        board: Board,
        fleet: Fleet,
        starts: Starts,
        replays: Replays,
        sounds: Sounds,
        post: Callable[[Event], None],
        keep: Keep,
    ) -> None:
        self._inbox = inbox
        self._wishes = wishes
        self._board = board
        self._fleet = fleet
        self._starts = starts
        self._replays = replays
        self._sounds = sounds
        self._post = post
        self._keep = keep
        self._histories = Histories(time.monotonic())
        self.capabilities: Capabilities | None = None
        self.statistics = VideoStatistics()
        self._hosts_lost = 0
        self._next_look = 0.0

    def begin(self) -> None:
        """Start a first host, so that it is warm when the first camera is wanted."""
        self._fleet.provide(0)
        self._next_look = time.monotonic()

    def turn(self) -> None:
        """Wait for one message or for the next thing that is due, and see to it."""
        with contextlib.suppress(queue.Empty):
            due = min(self._next_look, self._starts.next_due())
            message = self._inbox.get(timeout=max(0.0, due - time.monotonic()))
            if message is not None:
                self._take(message)
        self._see_to_wishes()
        now = time.monotonic()
        if now >= self._next_look:
            on_time = now - self._next_look < _LATE_S
            self._next_look = now + _LOOK_EVERY_S
            self._look(now, on_time=on_time)
        self._starts.step(now)

    def end(self, deadline_s: float) -> None:
        """Hand out what was counted, and end all hosts."""
        self._hand_out(time.monotonic(), all_of_it=True)
        for feed in self._board.feeds:
            feed.surfaces.drop()
        killed = self._fleet.end(deadline_s)
        if killed:
            _log.warning("%d video hosts did not end by themselves and were killed", killed)

    def _see_to_wishes(self) -> None:
        wishes = self._wishes.take()
        for name, wish in wishes.panes.items():
            self._replays.wanted(name, wish)
            self._board.want(name, wish)
        if wishes.panes:
            self._share()
        for name, seconds in wishes.replays.items():
            if seconds is None:
                self._replays.end(name)
            else:
                self._replays.begin(name, seconds)
        for name, paused in wishes.paces.items():
            self._replays.pace(name, paused=paused)
        if wishes.listen is not None:
            self._sounds.want(wishes.listen)
        for name in wishes.urged & self._board.panes.keys():
            for feed in self._board.panes[name].feeds:
                feed.urged = True
                self._board.advance(feed, Urged())

    def _take(self, message: Heard | Resolved) -> None:
        match message:
            case Resolved() if not self._sounds.take(message):
                self._starts.take(message)
            case Heard(link, None):
                self._lose(link, "video.host_lost")
            case Heard(link, report) if report is not None:
                self._listen(link, report)

    def _share(self) -> None:
        """Let go of feeds that no pane wants, and bring the others to what their panes need."""
        for gone in self._board.share():
            self._quit_player(gone)
            self._starts.forget(gone)
            gone.surfaces.drop()
        for feed in self._board.feeds:
            if feed.wanted_resting is not feed.resting:
                feed.resting = feed.wanted_resting
                feed.watched_from = time.monotonic()
                if feed.host is not None:
                    feed.host.send(Rest(feed.slot, feed.reading.attempt, feed.resting))
        self._fleet.provide(len(self._board.feeds))

    # --- hosts

    def _listen(self, link: HostLink, report: Report) -> None:
        known = link.ready is not None
        link.note(report)
        if link.ready is not None and not known:
            self.capabilities = link.ready.capabilities
            self._hosts_changed()
        match report:
            case Opened() if not self._sounds.hear(link, report):
                feed = self._played(link, report.slot, report.attempt)
                if feed is not None:
                    feed.engine, feed.codec = report.engine, report.codec
                    self._starts.answered(feed)
                    self._board.advance(feed, SourceOpened())
            case Ended() if not (self._replays.hear(report) or self._sounds.hear(link, report)):
                feed = self._played(link, report.slot, report.attempt)
                if feed is not None and feed.playing:
                    feed.host = None
                    feed.counted = report.last or feed.counted
                    self._starts.failed(feed, _fault(report))
            case Heartbeat():
                self._replays.note_rings(link, report.rings)
                for counted in report.players:
                    feed = self._played(link, counted.slot, counted.attempt)
                    if feed is not None:
                        feed.counted = counted
                        feed.mbit_s = link.flow.mbit_s_of(counted.slot)
                        feed.codec = counted.codec or feed.codec

    def _played(self, link: HostLink, slot: str, attempt: int) -> Feed | None:
        """The feed that a host speaks of, unless it speaks of something that is over."""
        feed = self._board.feeds.at(slot)
        if feed is None or feed.host is not link or feed.reading.attempt != attempt:
            return None
        return feed

    def _lose(self, link: HostLink, code: str) -> None:
        self._replays.lose(link)
        self._sounds.lose(link)
        if not self._fleet.lose(link):
            return
        self._hosts_lost += 1
        lost = [feed for feed in self._board.feeds if feed.host is link]
        beginning = [feed for feed in lost if feed.beginning]
        for feed in lost:
            feed.host = None
            if feed.playing:
                # Whoever was just being opened is the likelier one to have killed it.
                feed.host_losses += not beginning or feed in beginning
                self._fail_for_host(feed, code)
        self._fleet.provide(len(self._board.feeds))
        self._hosts_changed("video.hosts_paused" if self._fleet.paused else code)

    def _fail_for_host(self, feed: Feed, code: str) -> None:
        """Try it again at once, unless host after host was lost under it: then it waits, and the others live."""
        too_many = feed.host_losses - _FORGIVEN_LOSSES
        if too_many <= 0:
            self._board.fail(feed, OpsError(code, retryable=True), blameless=True)
            return
        pause_s = min(_LONGEST_APART_S, _APART_S * 2.0 ** (too_many - 1))
        _log.warning("camera %s, %s: %d video hosts were lost under it", *_names(feed), feed.host_losses)
        self._board.fail(feed, OpsError("video.crashes_host", {"hosts": feed.host_losses}), pause_s=pause_s)

    def _replace_hosts(self, now: float) -> None:
        self._fleet.retire_old(now)
        self._fleet.retire_spare(len(self._board.feeds), self._starts.load, now)
        for link in self._fleet.links:
            idle = not self._starts.load(link) and not self._replays.plays_in(link)
            if link.retiring and self._fleet.replaced(link) and idle:
                self._fleet.dismiss(link)

    def _hosts_changed(self, fault: str = "") -> None:
        self._post(HostsChanged(sum(link.ready is not None for link in self._fleet.links), fault))

    # --- looking

    def _look(self, now: float, *, on_time: bool) -> None:
        if not on_time:  # this process was suspended, or starved: the hosts' silence is our own deafness
            self._fleet.excuse(now)
        for link in self._fleet.unfit(now, self._pictured):
            _log.warning("video host %d (process %d) does not answer; replacing it", link.number, link.pid)
            self._lose(link, "video.host_hung")
        self._replace_hosts(now)
        for feed in self._board.feeds:
            feed.count(now)
            if feed.playing:
                self._look_at(feed)
        self._give_heirs(now)
        self._sounds.look(now)
        self._replays.look()
        self._board.settle(now)
        self._histories.look(self._board.panes.values(), now, now_utc())
        self._hand_out(now)
        self._share()
        self.statistics = VideoStatistics(
            tuple(read_host(link, self._starts.load(link)) for link in self._fleet.links),
            len(self._board.panes),
            self._hosts_lost,
        )

    def _pictured(self, link: HostLink) -> float:
        """When the newest picture of a host came."""
        feeds = (feed for feed in self._board.feeds if feed.host is link)
        return max((feed.surfaces.written_ns() / 1e9 for feed in feeds), default=0.0)

    def _hand_out(self, now: float, *, all_of_it: bool = False) -> None:
        watches = self._histories.take(now, now_utc(), all_of_it=all_of_it)
        if watches:
            self._keep(watches)

    def _look_at(self, feed: Feed) -> None:
        if feed.waiting:
            return  # its turn at the server has not come
        mine = feed.surfaces.current if feed.host is not None else None
        looked = Looked(0.0, 0.0, random.random())
        if mine is not None:
            _, changed_at = feed.stillness()
            at_s = (mine.written_ns / 1e9, changed_at, random.random(), mine.dark_ns / 1e9)
            looked = Looked(*at_s, feed.watched_from, mine.keyed_ns / 1e9)
            feed.learn()
        feed.surfaces.settle()
        first = looked.picture_at > 0.0 and not feed.reading.picture_at
        self._board.advance(feed, looked)
        if not feed.playing:
            self._quit_player(feed)
            self._starts.given_up(feed)
            if feed.reading.cause == "video.no_key_frame":
                feed.rhythm = feed.rhythm.waited(feed.suited(self._board.tuning).first_picture_s)
        elif looked.picture_at:
            if first:
                feed.pictured_at = looked.picture_at
                self._starts.pictured(feed)
            elif looked.picture_at - feed.pictured_at > _STEADY_S:
                feed.host_losses = 0
            self._resize(feed)

    def _give_heirs(self, now: float) -> None:
        """Open anew, beside what plays, whatever runs out soon: addresses, and hosts that are to be replaced."""
        feeds = self._board.feeds
        room = _HEIRS_AT_ONCE - feeds.heirs()
        if room <= 0:
            return
        ending = [feed for feed in feeds if feed.showing and feed.host is not None and not feeds.has_heir(feed)]
        pressing = [(feed.renew_at or 0.0, feed.slot, feed) for feed in ending if self._ends_soon(feed, now)]
        for _, _, feed in sorted(pressing, key=_first_two)[:room]:
            self._board.give_heir(feed)

    def _ends_soon(self, feed: Feed, now: float) -> bool:
        if feed.renew_at is not None and now >= feed.renew_at:
            return True
        return feed.host is not None and self._fleet.replaced(feed.host)

    def _resize(self, feed: Feed) -> None:
        host = feed.host
        if host is None or feed.wanted_size == feed.surface_size:
            return
        try:
            surface = feed.new_surface()
        except OpsError as fault:
            self._quit_player(feed)
            self._board.fail(feed, fault)
            return
        host.send(Retarget(feed.slot, feed.reading.attempt, surface))

    def _quit_player(self, feed: Feed) -> None:
        host, feed.host = feed.host, None
        if host is not None:
            host.send(Close(feed.slot, feed.reading.attempt))


def _names(feed: Feed) -> tuple[str, str]:
    return feed.key.camera_id, feed.key.profile


def _first_two(pressing: tuple[float, str, Feed]) -> tuple[float, str]:
    return pressing[0], pressing[1]


def _fault(ended: Ended) -> OpsError:
    return OpsError(ended.code or "video.ended", ended.params, retryable=ended.retryable, detail=ended.detail)
