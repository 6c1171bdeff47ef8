"""The sound of exactly one pane: asked for, opened in a host, tried again where that may help."""

import logging
import random
import time

from desktop.errors import OpsError
from desktop.video.board import Board
from desktop.video.fleet import Fleet
from desktop.video.host_link import HostLink
from desktop.video.panes import SoundStatus
from desktop.video.protocol import Close, Ended, Listen, Opened
from desktop.video.resolver import Request, Resolved, Resolver
from desktop.video.starts import Starts

_log = logging.getLogger(__name__)

_SLOT = "sound"
_AGAIN_AFTER_S = 2.0
_ANSWERED_WITHIN_S = 20.0
_SOON_S = 0.3


class Sounds:
    """What is listened to. Owned by the service's thread."""

    def __init__(self, board: Board, fleet: Fleet, resolver: Resolver, starts: Starts) -> None:
        self._board = board
        self._fleet = fleet
        self._resolver = resolver
        self._starts = starts
        self._pane = self._camera_id = ""
        self._host: HostLink | None = None
        self._attempt = 0
        self._try_at: float | None = None
        self._tried_at = 0.0

    def want(self, pane: str) -> None:
        """Listen to a pane and to no other; "" to none."""
        self._quit()
        self._set(None)
        self._pane, self._camera_id = pane, ""
        self.look(time.monotonic())

    def look(self, now: float) -> None:
        """Begin, follow the pane to another camera, try again, end with the pane."""
        pane = self._board.panes.get(self._pane)
        if pane is None:
            self._quit()
            self._pane = self._camera_id = ""
            return
        if pane.wish.camera_id != self._camera_id:
            self._quit()
            self._camera_id, self._try_at = pane.wish.camera_id, now
        starting = pane.sound is not None and pane.sound.state == "starting"
        if starting and self._try_at is None and now - self._tried_at > _ANSWERED_WITHIN_S:
            self._fail(OpsError("video.silent", {"seconds": int(_ANSWERED_WITHIN_S)}, retryable=True))
        if self._try_at is not None and now >= self._try_at:
            self._try_at, self._tried_at = None, now
            self._attempt += 1
            self._set(SoundStatus("starting"))
            self._resolver.ask(Request(_SLOT, self._attempt, self._camera_id, pane.wish.profile))

    def take(self, answer: Resolved) -> bool:
        """Go on with the centre's answer; False if it is not about sound."""
        if answer.slot != _SLOT:
            return False
        if answer.attempt != self._attempt or not self._pane or self._host is not None:
            return True
        host, source = self._fleet.pick(self._starts.load), answer.source
        if source is None:
            self._fail(answer.fault or OpsError("video.failed", retryable=True))
        elif host is None:  # one is on its way
            self._try_at = time.monotonic() + _SOON_S
        else:
            self._host = host
            way = (source.url, source.protocol, source.username, source.password)
            host.send(Listen(_SLOT, self._attempt, *way))
        return True

    def hear(self, link: HostLink, report: Opened | Ended) -> bool:
        """Take a host's word; False if it is not about sound."""
        if report.slot != _SLOT:
            return False
        if link is self._host and report.attempt == self._attempt:
            if isinstance(report, Opened):
                self._set(SoundStatus("playing"))
            else:
                self._host = None
                code = report.code or "video.ended"
                self._fail(OpsError(code, report.params, retryable=report.retryable, detail=report.detail))
        return True

    def lose(self, link: HostLink) -> None:
        """A host is gone."""
        if link is self._host:
            self._host = None
            self._fail(OpsError("video.host_lost", retryable=True))

    def _fail(self, fault: OpsError) -> None:
        _log.info("sound of camera %s: %s", self._camera_id, fault)
        self._quit()
        if fault.retryable:
            self._try_at = time.monotonic() + _AGAIN_AFTER_S * (1.0 + random.random())
        self._set(SoundStatus("failed", fault.code, retrying=fault.retryable))

    def _quit(self) -> None:
        host, self._host, self._try_at = self._host, None, None
        if host is not None:
            host.send(Close(_SLOT, self._attempt))

    def _set(self, status: SoundStatus | None) -> None:
        pane = self._board.panes.get(self._pane)
        if pane is not None:
            pane.sound = status
            self._board.tell(pane)
