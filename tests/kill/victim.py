"""The real sync process, made to be killed: store, three threads and real HTTP, recording operations without end.

One parent imports everything once and forks a victim for each line on its standard input, so that a cycle costs no
start of the interpreter. Lines in: ``work <point> <passage>`` or ``drain - 0``. Lines out: ``pid N``,
``saved <op_id>`` for each operation the officer would have been told is saved, ``drained``, and at the end ``dead``.
"""

import contextlib
import io
import itertools
import json
import math
import os
import random
import signal
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.central.client import CentralClient
from desktop.central.schema import Expect
from desktop.domain.workflow import RULES, judge
from desktop.events import Event, SignInRequired
from desktop.sync.manager import SyncManager
from desktop.sync.overlay import project
from desktop.sync.timing import Timing
from storage.cache.cache import Cache
from storage.duty.duty import Duty
from storage.records import OrderQuery
from storage.store import Store, open_store
from storage.worker import StorageWorker
from tests.support import statements

KEY = bytes(range(32))
ANYWHERE = "-"
POINTS: dict[str, tuple[type, str, bool]] = {
    "before-save": (Duty, "enqueue_many", False),
    "after-save": (Duty, "enqueue_many", True),
    "after-picture": (Cache, "reproject_many", True),
    "after-marking": (Duty, "mark_sending", True),
    "before-send": (CentralClient, "send_ops", False),
    "after-send": (CentralClient, "send_ops", True),
    "before-answer-kept": (Duty, "settle_many", False),
    "after-answer-kept": (Duty, "settle_many", True),
    "before-cover": (Duty, "drop_covered", False),
    "after-cover": (Duty, "drop_covered", True),
    "before-changes": (Cache, "apply", False),
    "after-changes": (Cache, "apply", True),
    "after-snapshot-begun": (Cache, "begin_snapshot", True),
    "after-snapshot-page": (Cache, "add_snapshot_page", True),
    "before-snapshot-swap": (Cache, "commit_snapshot", False),
    "after-snapshot-swap": (Cache, "commit_snapshot", True),
}
"""Where a victim ends itself: class, method, and whether the method has returned."""

_PLAIN = [verb for verb, rule in RULES.items() if set(rule.needs) <= {"text"}]
_QUICK = Timing(backoff_cap_s=0.3, poll_s=0.3)


def say(*words: str) -> None:
    """Write a line in one piece: a kill comes before it or after it."""
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def die_at(point: str, passage: int) -> None:
    """Let this process be killed at the `passage`-th time it comes by `point`."""
    owner, name, after = POINTS[point]
    original: Callable[..., Any] = getattr(owner, name)
    passages = itertools.count(1)

    def passing(*args: Any, **kwargs: Any) -> Any:
        due = next(passages) == passage
        if due and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = original(*args, **kwargs)
        if due:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    setattr(owner, name, passing)


class Desk:
    """A desk with an officer who signs in whenever asked."""

    def __init__(self, data_dir: Path, url: str, username: str, password: str) -> None:
        self._worker = StorageWorker()
        self._signing_in = threading.Event()
        with statements.remembered():
            self.store: Store = self._worker.call(open_store, data_dir, KEY, project)
        self.manager = SyncManager(self.store, self._worker, [url], self._post, timing=_QUICK)
        self._credentials = (username, password)
        self._pause = threading.Event()
        self.manager.start()

    def _post(self, event: Event) -> None:
        if isinstance(event, SignInRequired):
            self._signing_in.set()

    def tick(self, seconds: float) -> None:
        """Let some time go by; sign in if the centre wants it."""
        self._pause.wait(seconds)
        if self._signing_in.is_set():
            self._signing_in.clear()
            self.manager.sign_in(*self._credentials)

    def work(self, chance: random.Random, operations: float = math.inf) -> None:
        """Record operations, for ever unless told otherwise, and say each once it is saved."""
        while operations > 0:
            officer, orders = self.manager.officer, self.store.cache.orders(OrderQuery(), 30)
            if officer is None or not orders:
                self.tick(0.01)
                continue
            order = chance.choice(orders)
            state = _state(order.data)
            verbs = [verb for verb in _PLAIN if judge(state, verb, officer.roles).allowed]
            verb = chance.choice(verbs) if verbs and chance.random() < 0.3 else "note"
            args = {"text": f"{chance.random()}"}
            op = self.manager.record("work_order", order.id, verb, args, Expect(order.ver, state)).result(10)
            say("saved", op.op_id)
            operations -= 1
            self.tick(0.01)

    def drain(self) -> None:
        """Deliver everything; what the centre refused is discarded, as an officer would."""
        left = -1
        while True:
            counts = self.store.duty.counts()
            if counts.queued + counts.sending + counts.acked != left:
                left = counts.queued + counts.sending + counts.acked
                say("left", f"{left}")
            if not counts.queued + counts.sending + counts.acked + counts.unresolved:
                break
            for op in self.store.duty.tray():
                self.manager.resolve(op.op_id, "discarded", "drained").result(10)
            self.tick(0.05)
        self.manager.stop()
        self._worker.call(self.store.close)
        self._worker.close()


def _state(data: bytes) -> str:
    return str(json.loads(data).get("state", ""))


def warm_up(url: str, username: str, password: str) -> None:
    """Live one short and peaceful life, so that what every life needs is loaded and compiled once, before the forks."""
    with tempfile.TemporaryDirectory(prefix="warm-up-") as folder, contextlib.redirect_stdout(io.StringIO()):
        desk = Desk(Path(folder) / "desk", url, username, password)
        desk.work(random.Random(0), operations=3)
        desk.drain()


def main(data_dir: Path, url: str, username: str, password: str) -> None:
    """Fork a victim for each line on standard input."""
    warm_up(url, username, password)
    for number, line in enumerate(sys.stdin):
        what, point, passage = line.split()
        victim = os.fork()
        if victim == 0:
            say("pid", f"{os.getpid()}")
            if point != ANYWHERE:
                die_at(point, int(passage))
            desk = Desk(data_dir, url, username, password)
            if what == "work":
                desk.work(random.Random(number))
            desk.drain()
            say("drained")
            os._exit(0)
        os.waitpid(victim, 0)
        say("\ndead")  # on a line of its own, whatever the victim was just saying


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:5])
