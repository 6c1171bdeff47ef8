"""The sync engine as the program sees it: one object, three threads, events out."""

import logging
import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from desktop.central.client import CentralClient
from desktop.central.files import FilesClient
from desktop.central.hall import HallClient
from desktop.central.policy import Policy
from desktop.central.schema import LiveAddress, Officer
from desktop.central.transport import Transport
from desktop.errors import OpsError
from desktop.events import Event, LinkState, SyncStatus
from desktop.sync.allegiance import Allegiance, OtherCentre
from desktop.sync.attachments import Attachments
from desktop.sync.backoff import Backoff
from desktop.sync.cameras import CameraControl
from desktop.sync.checker import Checker
from desktop.sync.clock import ClockWatch, Estimate, ServerClock, boot_time_s
from desktop.sync.guard import RemovalGuard
from desktop.sync.hall import Hall
from desktop.sync.landing import Landing, drop_covered, outbox_changed
from desktop.sync.outcomes import Outcomes
from desktop.sync.pages import SnapshotPages
from desktop.sync.pull_loop import PullLoop
from desktop.sync.puller import Puller
from desktop.sync.recorder import Recorder
from desktop.sync.reoffer import Reoffer
from desktop.sync.roads import Roads
from desktop.sync.sender import Sender
from desktop.sync.session import Session
from desktop.sync.snapshot import SnapshotLoader
from desktop.sync.status import StatusBoard
from desktop.sync.streamer import Streamer
from desktop.sync.timing import Timing
from storage.store import Store
from storage.worker import StorageWorker

log = logging.getLogger(__name__)


class SyncManager:
    """Keeps one desk in step with its centre.

    Nothing here waits for the network on the caller's thread but `live_address` and `cameras`, which say so.

    Attributes:
        record, record_many, resolve: Write operations down and take refused ones out of the tray, see `Recorder`.
        cameras: Moves cameras, for who holds the lease.
        hall: Shows objects on big screens, reads the history of instruments.
        attachments: Files of orders: taken in, sent, fetched.

    Args:
        store: Both databases, open; they outlive the manager.
        worker: The storage worker, likewise.
        base_urls: Addresses of the centre, primary first.
        post: Takes events; called from several threads, must not block.
        timing: Waiting times; tests shorten some.
        uniform: Source of chance for all jitter.
        connect: Makes the door to the network from the addresses.
        monotonic: The engine's clock in seconds; None for the system's. A simulation gives its own.

    Raises:
        OpsError: ``link.bad_address`` or ``link.insecure_address``.
    """

    def __init__(
        self,
        store: Store,
        worker: StorageWorker,
        base_urls: Sequence[str],
        post: Callable[[Event], None],
        *,
        timing: Timing | None = None,
        uniform: Callable[[float, float], float] = random.uniform,
        connect: Callable[[Sequence[str]], Transport] = Transport,
        monotonic: Callable[[], float] | None = None,
    ) -> None:
        timing = timing or Timing()
        self._store = store
        self._worker = worker
        self._outcomes = Outcomes(store.duty, worker, post)
        self._post = post = self._pass_on
        self._transport = connect(base_urls)
        self._client = CentralClient(self._transport)
        self._clock = ServerClock(monotonic or boot_time_s)
        monotonic = monotonic or time.monotonic
        self._board = StatusBoard(post, monotonic)
        self._session = Session(self._client, store.duty, worker)
        self._allegiance = Allegiance(self._client, self._transport, store.duty, worker)

        def backoff() -> Backoff:
            return Backoff(timing.backoff_cap_s, uniform)

        guard = RemovalGuard(monotonic)
        pages = SnapshotPages(self._client, self._session)
        self._loader = SnapshotLoader(
            pages=pages,
            cache=store.cache,
            duty=store.duty,
            worker=worker,
            guard=guard,
            post=post,
        )
        self._puller = Puller(
            client=self._client,
            session=self._session,
            cache=store.cache,
            worker=worker,
            landing=Landing(store.cache, store.duty, worker, post),
            loader=self._loader,
            clock=self._clock,
            board=self._board,
            guard=guard,
            post=post,
        )
        self._streamer = Streamer(
            client=self._client,
            session=self._session,
            wake=self._wake_loop,
            last_lsn=self._position,
            timing=timing,
            backoff=backoff(),
            post=post,
            monotonic=monotonic,
        )
        self._sender = Sender(
            client=self._client,
            session=self._session,
            store=store,
            worker=worker,
            post=post,
            on_fault=self._doubt,
            backoff=backoff(),
            lane_backoff=backoff,
            monotonic=monotonic,
        )
        self._loop = PullLoop(
            session=self._session,
            puller=self._puller,
            checker=Checker(
                client=self._client,
                session=self._session,
                cache=store.cache,
                puller=self._puller,
                pages=pages,
                interval_s=timing.digest_s,
                monotonic=monotonic,
            ),
            roads=Roads(
                client=self._client,
                links=self._transport.links,
                board=self._board,
                timing=timing,
                monotonic=monotonic,
            ),
            clocks=ClockWatch(self._clock, post),
            reoffer=Reoffer(store, worker, post, self._sender),
            sender=self._sender,
            streamer=self._streamer,
            board=self._board,
            post=post,
            prepare=self._prepare,
            allegiance=self._allegiance,
            timing=timing,
            backoff=backoff(),
            monotonic=monotonic,
        )
        recorder = Recorder(
            session=self._session,
            puller=self._puller,
            sender=self._sender,
            clock=self._clock,
            store=store,
            worker=worker,
            post=post,
        )
        self.record, self.record_many, self.resolve = recorder.record, recorder.record_many, recorder.resolve
        hall = HallClient(self._transport)
        self.hall = Hall(hall, self._session, self._loop.submit)
        self.cameras = CameraControl(
            client=hall,
            session=self._session,
            outcomes=self._outcomes,
            record=self.record,
            resolve=self.resolve,
            tray=store.duty.tray,
            link=lambda: self.status.link,
        )
        self._outcomes.watch("camera", self.cameras.clear_tray)
        self.attachments = Attachments(
            client=FilesClient(self._transport),
            session=self._session,
            store=store,
            worker=worker,
            post=post,
            record=self.record,
            limit=lambda: self.policy.file_max_bytes,
            on_fault=self._doubt,
            backoff=backoff,
            monotonic=monotonic,
        )
        self._threads = (
            # Joined in `stop`; daemons only so that one that is late cannot keep the program from ending.
            threading.Thread(target=self._loop.run, name="sync", daemon=True),
            threading.Thread(target=self._streamer.run, name="sync-stream", daemon=True),
            threading.Thread(target=self._sender.run, name="sync-send", daemon=True),
            self.attachments.thread,
        )

    # --- life

    def start(self) -> None:
        """Take up the last run's session and cursor, and go; returns at once."""
        for thread in self._threads:
            thread.start()

    def stop(self, deadline_s: float = 5.0) -> tuple[str, ...]:
        """Stop all threads; return the names of those that were not done in time (also logged)."""
        self._loop.stop()
        self._loader.stop()
        self._streamer.stop()
        self._sender.stop()
        self.attachments.stop()
        self._transport.abort()
        until = time.monotonic() + deadline_s
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(max(0.0, until - time.monotonic()))
        late = tuple(thread.name for thread in self._threads if thread.is_alive())
        if late:
            log.warning("still busy after %.1f s: %s", deadline_s, ", ".join(late))
        else:
            self._transport.close()
        self._board.change(link=LinkState.STOPPED, fault="", params={}, progress=None)
        self._board.flush()
        return late

    def wake(self) -> None:
        """Try again now: the network came back, or the officer asked."""
        self._loop.wake()
        self._sender.wake()

    # --- reading

    @property
    def status(self) -> SyncStatus:
        """The newest reading."""
        return self._board.status

    @property
    def officer(self) -> Officer | None:
        """Who is at the desk; known offline too, once they have signed in here."""
        return self._session.officer

    @property
    def policy(self) -> Policy:
        """What the centre asks of this desk, as of the last sign-in or renewal."""
        return self._session.policy

    def server_time(self) -> Estimate | None:
        """Return the centre's time as estimated now, with its error."""
        return self._clock.estimate()

    # --- identity

    @property
    def other_centre(self) -> OtherCentre | None:
        """Who answers in the place of this desk's centre, if somebody does."""
        return self._allegiance.other

    def sign_in(self, username: str, password: str, *, change_to: str = "") -> Future[Officer]:
        """Sign in; the future fails with ``auth.wrong_password`` or a fault of the link.

        Args:
            username: Who.
            password: The proof.
            change_to: The instance of `other_centre`, if the officer decided to work with that one from now on. Else a
                centre that is not this desk's is refused with ``link.other_centre``.
        """
        return self._loop.submit(lambda: self._sign_in(username, password, change_to))

    def sign_out(self) -> Future[None]:
        """Forget the session and tell the centre. The cache and unsent operations stay."""
        return self._loop.submit(self._session.sign_out)

    def change_password(self, old: str, new: str) -> Future[None]:
        """Change the officer's password; fails with ``auth.old_password``, ``auth.password_rule`` or the like."""
        return self._loop.submit(lambda: self._session.change_password(old, new))

    def live_address(self, camera_id: str, profile: str) -> LiveAddress:
        """Ask for a short-lived address of a camera's stream; blocks for 5 s at most, call it off the GUI thread.

        Raises:
            OpsError: What `CentralClient.live_address` raises, or a fault of the session.
        """
        return self._session.authorised(self._client.live_address, camera_id, profile)

    # --- inside

    def _prepare(self) -> None:
        """Take up what the last run left, before the network is looked at: an offline desk is usable at once."""
        self._puller.restore()
        self._allegiance.restore(self._puller.cursor)
        recovered = self._worker.call(self._recover)
        self._session.restore()
        if recovered:
            log.info("%d operations were under way when the last run ended; they are sent again", recovered)

    def _recover(self) -> int:
        recovered = self._store.duty.recover()
        cursor = self._store.cache.cursor()
        if cursor is not None and cursor.instance == self._store.duty.centre:
            # The last run may have ended between keeping an answer and letting go of it.
            drop_covered(self._store.duty, self._store.cache, cursor.lsn)
        self._post(outbox_changed(self._store.duty.counts()))
        return recovered

    def _sign_in(self, username: str, password: str, change_to: str) -> Officer:
        try:
            if change_to:
                self._allegiance.change_to(change_to)
            return self._session.sign_in(username, password)
        except OpsError as fault:
            if fault.code != "link.other_centre":
                raise
            raise self._allegiance.told_of(fault) from fault

    def _pass_on(self, event: Event) -> None:
        """Let those inside see what goes out."""
        self.attachments.see(event)
        self._outcomes.post(event)

    def _position(self) -> int:
        cursor = self._puller.cursor
        return cursor.lsn if cursor is not None else 0

    def _wake_loop(self) -> None:
        self._loop.wake()

    def _doubt(self, fault: OpsError) -> None:
        self._loop.doubt(fault)
