"""The video service of the window process: what is wanted in each pane becomes pictures in shared memory.

One thread owns everything: the panes, the hosts, the state machines. Wishes of the window, words of the hosts and
answers of the centre reach it through one queue. The window reads `latest` and `status` without waiting for anybody.
"""

import contextlib
import logging
import os
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial

from desktop.events import Event
from desktop.video.block import sweep
from desktop.video.board import Board
from desktop.video.control import Control, Heard, Keep, Message
from desktop.video.fleet import Fleet, FleetTuning
from desktop.video.history import CameraWatch
from desktop.video.host_link import HostLink
from desktop.video.panes import PaneStatus
from desktop.video.protocol import Capabilities, Report
from desktop.video.replays import Replays
from desktop.video.resolver import CentreTime, Resolve, Resolver, local_time
from desktop.video.segment import Frame
from desktop.video.sounds import Sounds
from desktop.video.starts import Starts
from desktop.video.states import Tuning
from desktop.video.statistics import VideoStatistics
from desktop.video.trial import Trial, Trials
from desktop.video.wishes import Wish, WishBook

_log = logging.getLogger(__name__)

_INBOX_CAP = 10_000


def _keep_nothing(_watches: Sequence[CameraWatch]) -> None:
    """Where nobody keeps how cameras did, as in the trial of an address."""


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
        centre_time: CentreTime = local_time,
        keep: Keep | None = None,
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
            centre_time: The centre's time, in which the ends of its addresses are told; called on the same threads.
            keep: Takes, once a minute and at the end, how the cameras did that were watched; must not block.
        """
        self._inbox: queue.Queue[Message] = queue.Queue(_INBOX_CAP)  # full: whoever tells waits
        self._wishes = WishBook()
        self._resolver = Resolver(resolve, self._inbox.put, centre_time)
        self._board = Board(post, tuning or Tuning())
        fleet_tuning = fleet or FleetTuning(hosts=max(2, os.cpu_count() or 2))
        self._fleet = Fleet(self._hear, fleet_tuning, command)
        starts = Starts(self._board, self._fleet, self._resolver, engine=engine, max_feeds=max_feeds)
        self._control = Control(
            inbox=self._inbox,
            wishes=self._wishes,
            board=self._board,
            fleet=self._fleet,
            starts=starts,
            post=post,
            keep=keep or _keep_nothing,
            replays=Replays(self._board),
            sounds=Sounds(self._board, self._fleet, self._resolver, starts),
        )
        self._trials = Trials(partial(VideoService, engine=engine), resolve)
        self._stopping = threading.Event()
        self._stop_deadline = 0.0
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

    def replay(self, pane: str, seconds: float = 30.0) -> None:
        """Replay the last seconds of a pane's camera in the pane, from their beginning, beside the live stream.

        They are kept for every pane that is seen and played by PyAV (all RTSP), in memory, without the centre: it
        works when the camera, its recorder or the link has gone. `PaneStatus.replayable_s` says how much there is,
        `PaneStatus.replay` how it goes; `latest` gives its pictures until it is over, then the live ones again.
        Calling it again begins anew, with other seconds if wished. Another camera in the pane ends it.
        """
        self._wishes.replay(pane, seconds)
        self._nudge()

    def pause_replay(self, pane: str, *, paused: bool) -> None:
        """Hold the picture of a pane's replay, or let it go on."""
        self._wishes.pace(pane, paused=paused)
        self._nudge()

    def end_replay(self, pane: str) -> None:
        """Go back to the live picture of a pane; also puts away a replay that failed."""
        self._wishes.replay(pane, None)
        self._nudge()

    def listen(self, pane: str) -> None:
        """Let a pane be heard, and no other; "" lets none.

        The sound is a stream of its own, of the camera and profile that are wanted in the pane; it follows the pane to
        another camera and ends with it. `PaneStatus.sound` says how it goes. That there is no sound device, or that
        the camera has no sound, is known after the first seconds: ``video.no_sound_device``, ``video.no_sound``.
        """
        self._wishes.listen(pane)
        self._nudge()

    def try_camera(self, camera_id: str, profile: str, seconds: float = 5.0) -> "Future[Trial]":
        """Try a camera for some seconds beside the wall, as ``--probe-stream`` does an address.

        The future comes from another thread, after `seconds` from the first picture or when there is nothing to wait
        for; it fails with ``video.trial_busy`` while another trial is under way. What the command prints is made of it
        by `desktop.start.stream_probe.report`.
        """
        return self._trials.start(camera_id, profile, seconds)

    def status(self, pane: str) -> PaneStatus:
        """What the pane shows; at most 0.2 s old."""
        return self._board.statuses.get(pane) or PaneStatus(pane)

    def latest(self, pane: str) -> Frame | None:
        """The pane's newest picture, in shared memory, or None. By the window's thread only; see `Frame`."""
        surfaces = self._board.surfaces.get(pane)
        return surfaces.latest() if surfaces is not None else None

    def picture_stamp(self, pane: str) -> int:
        """A number that is another one with each new picture of the pane; 0 while there is none. Cheap."""
        surfaces = self._board.surfaces.get(pane)
        return surfaces.written_ns() if surfaces is not None else 0

    def probe(self) -> Capabilities | None:
        """What this machine can play; None until the first host has said so."""
        return self._control.capabilities

    def statistics(self) -> VideoStatistics:
        """Hosts and their use of the machine; at most a second old."""
        return self._control.statistics

    def stop(self, deadline_s: float = 5.0) -> bool:
        """End the hosts and the threads; returns whether everything went by itself within the deadline."""
        self._stop_deadline = time.monotonic() + deadline_s
        self._stopping.set()
        self._nudge()
        self._trials.stop(deadline_s)
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
            self._inbox.put(Heard(link, report))

    def _run(self) -> None:
        swept = sweep()
        if swept:
            _log.info("unlinked %d segments that an earlier run had left", swept)
        self._control.begin()
        while not self._stopping.is_set():
            try:
                self._control.turn()
            except Exception:  # noqa: BLE001
                # The service's main loop: a bug in one message must not make the other panes blind.
                _log.exception("the video service could not handle a message")
        self._control.end(max(0.2, self._stop_deadline - time.monotonic() - 0.5))
