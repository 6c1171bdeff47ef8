"""One seat: the real engine on the real encrypted store, without threads. The simulation turns its crank."""

import math
import random
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec
from sqlalchemy import event
from sqlcipher3 import dbapi2 as driver

from desktop.central.schema import Expect
from desktop.central.stream import EventParser
from desktop.central.transport import Transport
from desktop.domain.rules import RULES_OF
from desktop.domain.workflow import RULES
from desktop.errors import OpsError
from desktop.events import Event, LinkState
from desktop.sync.manager import SyncManager
from desktop.sync.overlay import project
from desktop.sync.timing import Timing
from storage.duty.tables import identity
from storage.errors import StorageError
from storage.store import Store, open_store
from tests.sim.centre import ROLE, Centre
from tests.sim.clock import VirtualClock
from tests.sim.network import Killed, Line
from tests.support import statements

KEY = bytes(range(32))
HEARTBEAT_S = 10.0
_CACHE_FILES = ("cache.db", "cache.db-wal")
_TIMING = Timing()


def open_seat_store(data_dir: Path) -> Store:
    """Open a store; a seat lives and dies many times in a shift.

    Without the thread that makes copies: it would run beside the virtual clock.
    """
    with statements.remembered(), patch.object(Store, "keep_backups"):
        return open_store(data_dir, KEY, project)


def make_seat_template(data_dir: Path, name: str) -> None:
    """Make an empty store for the seat `name`; a shift begins with a copy."""
    store = open_seat_store(data_dir)
    with store.duty._database.write() as connection:
        connection.execute(identity.update().values(device_id=name))
    store.close()


class InlineWorker:
    """The storage worker's surface on the caller's thread."""

    def submit(self, fn: Callable[..., Any], *args: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args))
        except Exception as error:  # noqa: BLE001 - as the worker does, but a kill goes through
            future.set_exception(error)
        return future

    submit_precious = submit

    def call(self, fn: Callable[..., Any], *args: Any, timeout_s: float = 30) -> Any:
        return fn(*args)


class Seat:
    """Attributes the oracle reads: `saved`, what the officer was told is saved (op id to payload); `lost_from`,
    the cursor that a power cut took back, or 0; `disk_refused`, whether a write was refused in this life, so that the
    picture may be behind for a while; `quarrels`, what is wrong in the seat's own behaviour."""

    def __init__(
        self, name: str, home: Path, template: Path, centre: Centre, clock: VirtualClock, chance: random.Random
    ) -> None:
        self.name = name
        self.centre = centre
        self.line = Line(centre, clock, chance)
        self.saved: dict[str, bytes] = {}
        self.lost_from = 0
        self.disk_refused = False
        self.quarrels: list[str] = []
        self.turn_at = self.send_at = self.stream_at = math.inf
        self._home = home
        self._life = 0
        self._clock = clock
        self._chance = chance
        self._mark: Path | None = None
        self._writes_left = math.inf
        self._full_disk_in = math.inf
        shutil.copytree(template, self._dir())
        self._open()

    # --- life and death

    def _dir(self) -> Path:
        return self._home / f"{self.name}-{self._life}"

    def _open(self) -> None:
        self.disk_refused = False
        self.store: Store = open_seat_store(self._dir())
        for database in self.store._databases:
            event.listen(database._writer, "begin", self._before_write, insert=True)
        self.events: list[Event] = []
        self.manager = SyncManager(
            self.store,
            InlineWorker(),  # type: ignore[arg-type]
            ["https://centre.example"],
            self.events.append,
            timing=_TIMING,
            uniform=self._chance.uniform,
            connect=self._connect,
            monotonic=self._clock,
        )
        self.loop, self.sender, self.streamer = self.manager._loop, self.manager._sender, self.manager._streamer
        self.loop._wait = self._sleep  # type: ignore[method-assign]  # the pause inside a turn
        self.parser: EventParser | None = None
        self._heard = 0
        self.turn_at = self._clock()
        self.send_at = self.stream_at = math.inf

    def _connect(self, urls: Sequence[str]) -> Transport:
        return Transport(urls, handler=self.line)

    def _sleep(self, pause_s: float | None) -> None:
        self._clock.advance(min(pause_s or 0.0, 30.0))

    def _before_write(self, _connection: object) -> None:
        self._writes_left -= 1
        if self._writes_left < 0:
            self._writes_left = math.inf
            raise Killed
        self._full_disk_in -= 1
        if self._full_disk_in < 0:
            self._full_disk_in = math.inf
            self.disk_refused = True
            raise driver.OperationalError("database or disk is full")

    def close(self) -> None:
        self.manager._transport.close()
        self.store.close()

    def kill(self, *, power: bool = False) -> None:
        """End without a word: what is on the disk is all that is left, and a power cut takes part of the cache."""
        before, cursor = self._dir(), self.store.cache.cursor()
        self._life += 1
        shutil.copytree(before, self._dir())
        self.close()
        shutil.rmtree(before)
        self._writes_left = self._full_disk_in = math.inf
        self.line.kill_at = ""
        self.line.when_answered = None
        if power and self._mark is not None:
            for name in _CACHE_FILES:
                (self._dir() / name).unlink(missing_ok=True)
                if (self._mark / name).exists():
                    shutil.copy(self._mark / name, self._dir() / name)
            self.lost_from = max(self.lost_from, cursor.lsn if cursor else 0)
        (self._dir() / "cache.db-shm").unlink(missing_ok=True)
        (self._dir() / "duty.db-shm").unlink(missing_ok=True)
        self._open()

    def arm(self, *, writes: int | None = None, place: str = "", full_disk_in: int | None = None) -> None:
        """Let the next kill, or the next refusal of the disk, happen in the middle of things."""
        if writes is not None:
            self._writes_left = writes
        if full_disk_in is not None:
            self._full_disk_in = full_disk_in
        self.line.kill_at = place or self.line.kill_at

    def refuse_next_write(self) -> None:
        """The disk is full now, for one write."""
        self._full_disk_in = 0

    def disarm(self) -> None:
        self._writes_left = self._full_disk_in = math.inf
        self.line.when_answered = None
        self.line.kill_at = ""

    def mark(self) -> None:
        """Remember the cache as the disk may have it after a power cut."""
        self._mark = self._home / f"{self.name}-mark"
        shutil.rmtree(self._mark, ignore_errors=True)
        self._mark.mkdir()
        for name in _CACHE_FILES:
            if (self._dir() / name).exists():
                shutil.copy(self._dir() / name, self._mark / name)

    # --- the three threads, one call each

    def note_wakes(self) -> None:
        """Do what the three `Event.wait` would: whoever was woken is due now."""
        now = self._clock()
        if self.loop._wake.is_set() or self.loop._commands:
            self.turn_at = min(self.turn_at, now)
        if self.sender._wake.is_set():
            self.send_at = min(self.send_at, now)
        if not self.streamer._wanted.is_set():
            self.hang_up()
        elif self.parser is None:
            self.stream_at = min(self.stream_at, now + 1.0)

    def turn(self) -> None:
        """One turn of the sync thread."""
        if self.manager.status.link is LinkState.SIGNED_OUT and not self.loop._commands:
            self.manager.sign_in(self.name, "secret")
        self.loop._wake.clear()
        pause_s = self.loop._guarded_turn()
        self.manager._board.flush()
        self.turn_at = math.inf if pause_s is None else self._clock() + pause_s
        if self.manager.status.link is LinkState.SIGNED_OUT:
            self.turn_at = min(self.turn_at, self._clock() + 5.0)  # the officer types the password again

    def send(self) -> None:
        """One step of the sender thread."""
        sender = self.sender
        sender._wake.clear()
        pause_s: float | None = None
        if sender._online:
            try:
                pause_s = sender.step()
            except StorageError:
                sender.mend()
                pause_s = 1.0
            if pause_s is None and self.store.duty.next_batch():
                self.quarrels.append("I9: operations can be sent, the link is up, and no timer is armed")
        self.send_at = math.inf if pause_s is None else self._clock() + pause_s

    def listen(self) -> None:
        """Open the stream, or let what waits on it arrive: whole, in part, twice, or out of order."""
        if self.line.down or not self.streamer._wanted.is_set():
            self.stream_at = self._clock() + 2.0
            return
        if self.parser is None:
            self.parser = EventParser()
            self._heard = self.centre.head
            self._feed(self._beat())
        else:
            hints = [self._hint(entry) for entry in self.centre.visible(self.name, self._heard)]
            self._heard = self.centre.head
            if hints and self._chance.random() < 0.2:
                spot = self._chance.randrange(len(hints))
                fate = self._chance.choice(["lost", "twice", "late"])
                hint = hints.pop(spot)
                if fate == "twice":
                    hints[spot:spot] = [hint, hint]
                elif fate == "late":
                    hints.append(hint)
            self._feed(b"".join([*hints, self._beat()]))
        self.stream_at = self._clock() + self._chance.uniform(0.5, HEARTBEAT_S)

    def hang_up(self) -> None:
        """The stream is gone."""
        if self.parser is not None:
            self.parser = None
            self.streamer.up = False
            self.loop._wake.set()

    def _feed(self, text: bytes) -> None:
        assert self.parser is not None
        self.streamer._byte_at = self._clock()
        cut = self._chance.randrange(len(text) + 1)
        for part in (text[:cut], text[cut:]):
            self.streamer._take(self.parser, part)

    def _beat(self) -> bytes:
        beat = {"head_lsn": self.centre.head, "server_time": self._clock.stamp()}
        return b"event: hb\ndata: " + msgspec.json.encode(beat) + b"\n\n"

    def _hint(self, entry: Any) -> bytes:
        data = msgspec.json.encode(self.centre.change(self.name, entry))
        return b"id: %d\nevent: change\ndata: " % entry.lsn + data + b"\n\n"

    # --- the officer

    def act(self, chance: random.Random, text: str = "") -> None:
        """Do something to an object on the screen, mostly something sensible."""
        records = [record for kind in RULES_OF for record in self.store.cache.all(kind)]
        if not records:
            return
        record = chance.choice(records)
        shown = msgspec.json.decode(record.data)
        state = str(shown.get("state", ""))
        verbs = ["acknowledge"] if record.kind == "alert" else [*RULES]
        sensible = [verb for verb in verbs if RULES_OF[record.kind].judge(state, verb, [ROLE]).allowed]
        verb = "note" if text else chance.choice(sensible if sensible and chance.random() < 0.85 else verbs)
        needs = RULES[verb].needs if verb in RULES else ()
        args = dict.fromkeys(needs, "x") | ({"text": text} if text else {})
        self._record(record.kind, record.id, verb, args, Expect(record.ver, state))

    def report(self, chance: random.Random) -> None:
        """Begin an order, which the centre knows nothing of yet; perhaps do something to it at once."""
        order_id = f"{self.name}-{chance.randrange(10**9)}"
        self._record("work_order", order_id, "report", dict.fromkeys(RULES["report"].needs, "x"), Expect())
        if chance.random() < 0.5:
            self._record("work_order", order_id, "note", {"text": "x"}, Expect(0, "reported"))

    def _record(self, kind: str, target_id: str, verb: str, args: dict[str, Any], expect: Expect) -> None:
        future = self.manager.record(kind, target_id, verb, args, expect)
        try:
            op = future.result(0)
        except (OpsError, StorageError):
            return  # the officer was told that it is not saved
        self.saved[op.op_id] = op.payload

    def resolve(self, chance: random.Random) -> None:
        """Take one refused operation out of the tray."""
        tray = self.store.duty.tray()
        if tray:
            self.manager.resolve(chance.choice(tray).op_id, chance.choice(["noted", "discarded"]), "看过").exception(0)
