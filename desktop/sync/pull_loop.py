"""The life of the sync thread: finds the centre, keeps the cache on its log, and says how the desk stands to it."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from desktop.central.schema import Hello
from desktop.errors import OpsError
from desktop.events import Event, LinkState, SignInRequired, SyncChanged
from desktop.sync.allegiance import Allegiance
from desktop.sync.backoff import FLOOR_S, Backoff
from desktop.sync.checker import Checker
from desktop.sync.clock import ClockWatch
from desktop.sync.guard import CONFIRM_AFTER_S
from desktop.sync.program_age import ProgramAge
from desktop.sync.puller import Puller
from desktop.sync.reoffer import Reoffer
from desktop.sync.roads import Roads
from desktop.sync.sender import Sender
from desktop.sync.session import ENDED, Session
from desktop.sync.status import StatusBoard
from desktop.sync.streamer import Streamer
from desktop.sync.timing import Timing
from storage.errors import StorageError

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")

_COMMANDS_CAP = 100
_WATCH_S = 1.0
_REBUILD = frozenset({"pull.cursor_expired", "pull.epoch_changed", "storage.other_epoch"})
_SIGN_IN_AGAIN = ENDED | {"auth.signed_out"}


class PullLoop:
    """One turn after another until `stop`. `run` is the body of the sync thread, the rest is for other threads.

    The loop is connected once a hello and a pull went through. Any fault of the link disconnects it, and every further
    turn begins with a hello, at growing distances. Sender and streamer work while it is connected.
    """

    def __init__(
        self,
        *,
        session: Session,
        puller: Puller,
        checker: Checker,
        roads: Roads,
        reoffer: Reoffer,
        clocks: ClockWatch,
        sender: Sender,
        streamer: Streamer,
        board: StatusBoard,
        post: Callable[[Event], None],
        prepare: Callable[[], None],
        allegiance: Allegiance,
        timing: Timing,
        backoff: Backoff,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session = session
        self._puller = puller
        self._sender = sender
        self._streamer = streamer
        self._board = board
        self._post = post
        self._prepare = prepare
        self._prepared = False
        self._allegiance = allegiance
        self._age = ProgramAge(post)
        self._checker = checker
        self._roads = roads
        self._reoffer = reoffer
        self._clocks = clocks
        self._timing = timing
        self._backoff = backoff
        self._monotonic = monotonic
        self._wake = threading.Event()
        self._stopping = False
        self._commands: deque[tuple[Callable[[], Any], Future[Any]]] = deque()
        self._connected = False
        self._rebuild = False
        self._doubt = False
        self._held = False
        self._rights_changed = False
        self._probed_at = 0.0
        self._asked_to_sign_in = False

    # --- for other threads

    def wake(self) -> None:
        """Something may have changed: look now rather than later."""
        self._wake.set()

    def doubt(self, fault: OpsError) -> None:
        """The sender met a fault: see whether the link, or what the officer may do, is still what it was."""
        if fault.code == "auth.forbidden":
            self._rights_changed = True
        self._doubt = True
        self._wake.set()

    def submit(self, command: Callable[[], Answer]) -> Future[Answer]:
        """Run a blocking `command` on the sync thread; refused with ``sync.busy`` when too many wait."""
        future: Future[Answer] = Future()
        if self._stopping or len(self._commands) >= _COMMANDS_CAP:
            future.set_exception(OpsError("sync.stopped" if self._stopping else "sync.busy", retryable=True))
            return future
        self._commands.append((command, future))
        self._wake.set()
        if self._stopping:  # `stop` came in between: perhaps nobody looks at the queue any more
            self._refuse_commands()
        return future

    def stop(self) -> None:
        """Let `run` return after the exchange under way."""
        self._stopping = True
        self._wake.set()

    # --- the sync thread

    def run(self) -> None:
        """Take turns until `stop`."""
        while not self._stopping:
            self._wake.clear()
            pause_s = self._guarded_turn()
            self._clocks.look()
            self._wait(pause_s)
        self._refuse_commands()

    def _guarded_turn(self) -> float | None:
        try:
            return self._turn()
        except (OpsError, StorageError) as fault:
            return None if self._stopping else self._failed(fault)
        except Exception as error:  # the main loop of a thread: a bug must not end the pull for good
            log.exception("bug in the sync thread")
            return self._failed(OpsError("program.bug", {"file": "-"}, retryable=True, detail=type(error).__name__))

    def _turn(self) -> float | None:
        """Do what is to be done; return the seconds until there may be more, None for until something wakes us."""
        if not self._prepared:
            self._prepare()
            self._prepared = True
        self._run_commands()
        if not self._session.signed_in:
            raise OpsError(self._session.absence)
        if self._roads.may_go_home(self._puller.cursor):
            self._disconnect()
        if not self._connected:
            self._connect()
        if self._roads.lag:
            return self._wait_for_the_backup()
        self._probe_if_silent()
        self._follow()
        self._show(LinkState.LIVE if self._streamer.up else LinkState.POLLING)
        if self._checker.step():
            self._rebuild, self._connected = True, False
        if self._checker.under_way or not self._connected or self._wake.is_set():
            return 0.0
        return _WATCH_S if self._streamer.up else self._poll()

    def _connect(self) -> None:
        """Find the centre, see that it is ours, and close the distance to it."""
        changed_over = self._roads.choose()
        hello = self._puller.greet()
        self._roads.check(hello, self._puller.cursor)
        self._allegiance.confirm(hello)
        self._age.hold_against(hello.min_client)
        self._session.token()
        self._reoffer.to_epoch(hello.instance_id, hello.epoch)
        # The outbox does not wait for a snapshot: what an officer did is more urgent than what the desk shows. But the
        # log of another history has other numbers, which must not be held against the cursor of this one.
        if not self._puller.is_of_another_history(hello):
            self._sender.resume()
        if self._roads.lag:
            self._reoffer.above(hello.head_lsn)
        else:
            self._close_the_distance(hello, check=changed_over)
        self._sender.resume()
        self._connected, self._doubt, self._asked_to_sign_in = True, False, False
        self._backoff.reset()
        self._probed_at = self._monotonic()

    def _close_the_distance(self, hello: Hello, *, check: bool) -> None:
        if self._rebuild or self._puller.needs_rebuild(hello):
            self._puller.rebuild(hello)
            self._rebuild, check = False, True
        self._puller.catch_up()
        if check:
            self._checker.begin()
        self._streamer.resume()

    def _disconnect(self) -> None:
        self._connected = False
        self._sender.hold()
        self._streamer.hold()

    def _wait_for_the_backup(self) -> float:
        """The link in use does not know yet what the desk shows: nothing is pulled until it does."""
        self._show(LinkState.POLLING)
        hello = self._puller.greet()
        self._roads.check(hello, self._puller.cursor)
        if self._roads.lag:
            return self._timing.poll_s
        self._disconnect()
        return 0.0

    def _follow(self) -> None:
        """Take what the stream brought, and pull where that does not tell everything."""
        heard = self._streamer.intake.take()
        if heard.rights_changed or self._rights_changed:
            self._rights_changed = False
            before = self._session.officer
            if heard.rights_changed:
                self._session.renew_rules()
            if self._session.reload_officer() != before:
                self._post(SyncChanged(self._board.status))  # buttons, scopes and reminders hang on who it is
        behind = heard.gap or self._held or not self._puller.follow(heard.changes)
        if heard.heartbeat is not None:
            behind = behind or self._puller.wants(heard.heartbeat.head_lsn)
        if behind:
            self._puller.catch_up()
            self._held = False
        if heard.heartbeat is not None:
            self._puller.heard(heard.heartbeat.head_lsn, heard.heartbeat.server_time)

    def _probe_if_silent(self) -> None:
        now = self._monotonic()
        self._streamer.watch()
        silent = min(self._streamer.silence_s(), now - self._probed_at) > self._timing.probe_after_s
        if silent or self._doubt:
            self._puller.greet()
            self._probed_at, self._doubt = now, False

    def _poll(self) -> float:
        """Without a stream: ask, and where the centre can hold the answer back, let it."""
        if not self._streamer.blocked:
            self._wait(self._timing.poll_s)
            if self._stopping or self._streamer.up:
                return 0.0
            self._puller.catch_up()
            return 0.0
        asked_at = self._monotonic()
        entries = self._puller.catch_up(self._timing.long_poll_s)
        if entries == 0 and self._monotonic() - asked_at < 1.0:
            return self._timing.poll_s  # this centre does not hold answers back
        return 0.0

    def _failed(self, fault: OpsError | StorageError) -> float | None:
        """Do what a fault asks for; return the seconds until the next attempt, None for until something happens."""
        if fault.code in _REBUILD:
            log.info("a new snapshot is needed: %s", fault.code)
            self._rebuild, self._connected = True, False
            pause_s = self._backoff.next_s()
            return 0.0 if self._backoff.failures == 1 else pause_s
        if fault.code == "pull.held":
            log.warning("held back: the pull would remove %s open orders", fault.params.get("count"))
            self._held = True
            self._board.change(link=LinkState.HELD, fault=fault.code, params=dict(fault.params))
            return CONFIRM_AFTER_S
        self._disconnect()
        if fault.code in _SIGN_IN_AGAIN:
            shown = "" if fault.code == "auth.signed_out" else fault.code
            self._board.change(link=LinkState.SIGNED_OUT, fault=shown, params={})
            if not self._asked_to_sign_in:
                self._asked_to_sign_in = True
                self._post(SignInRequired(fault.code))
            return None
        if fault.code == "link.other_centre" and not self._roads.has_another:
            fault = self._allegiance.told_of(OpsError(fault.code, fault.params, retryable=True, detail=fault.detail))
            if self._allegiance.other is not None and not self._asked_to_sign_in:
                self._asked_to_sign_in = True
                self._post(SignInRequired(fault.code, dict(fault.params)))
        log.info("offline: %s", fault)
        self._board.change(link=LinkState.OFFLINE, fault=fault.code, params=dict(fault.params))
        seconds = fault.params.get("seconds") if fault.code == "link.throttled" else None
        pause_s = self._backoff.next_s(float(seconds) if seconds is not None else None)
        return min(pause_s, max(FLOOR_S, self._roads.patience_s()))

    def _show(self, link: LinkState) -> None:
        self._board.change(link=link, fault="", params={})

    def _run_commands(self) -> None:
        if self._commands and not self._connected:
            self._roads.choose()  # an officer who signs in shall not have to wait for a link that is given up
        while self._commands:
            command, future = self._commands.popleft()
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(command())
            except (OpsError, StorageError) as fault:
                future.set_exception(fault)

    def _refuse_commands(self) -> None:
        while True:
            try:
                _, future = self._commands.popleft()
            except IndexError:
                return
            future.set_exception(OpsError("sync.stopped"))

    def _wait(self, pause_s: float | None) -> None:
        """Wait for the time given or a wake-up; meanwhile post the numbers whose turn has come."""
        until = None if pause_s is None else self._monotonic() + pause_s
        while not self._stopping:
            flush_s = self._board.flush()
            left_s = None if until is None else max(0.0, until - self._monotonic())
            waits = [wait for wait in (flush_s, left_s) if wait is not None]
            if self._wake.wait(min(waits) if waits else None) or left_s == 0:
                return
