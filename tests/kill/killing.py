"""Kills the real sync process again and again beside a real drill centre, then asks the centre what it has."""

import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from desktop.sync.overlay import project
from storage.duty.tables import op_log, outbox
from storage.store import open_store
from tests.drill.running import running_drill
from tests.kill.victim import ANYWHERE, KEY, POINTS

_LIFE_S = (0.02, 0.35)
"""A life that ends at random: from the opening of the files to some dozens of operations."""
_LONGEST_LIFE_S = 20.0
"""A life that ends at a point: one that does not come by ends here."""
_DRAIN_S = 300.0
"""So long may the last one deliver nothing at all; the whole takes as long as the machine needs."""
_WARM_UP_S = 600.0
_MORE = 10
"""At most so many times more kills than were asked for, until enough was saved."""


@dataclass
class Toll:
    """What the kills cost.

    Attributes:
        kills: How many there were, by where.
        missed: How many of them came because the victim had not come by its point in time.
        saved: Operations the officer was told are saved.
        lost: Those of `saved` that are neither in the outbox nor in the log.
        twice: Operations with more than one effect at the centre.
        stray: Operations whose fate here is not what the centre says.
        unsaid: Operations that were written, and the kill came before anybody was told.
    """

    kills: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    saved: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    twice: set[str] = field(default_factory=set)
    stray: dict[str, str] = field(default_factory=dict)
    unsaid: int = 0
    gaps: list[int] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def clean(self) -> bool:
        return not (self.lost or self.twice or self.stray or self.gaps)


class Killer:
    """One data directory and its victims, one after another."""

    def __init__(self, data_dir: Path, parent: "subprocess.Popen[str]", chance: random.Random) -> None:
        self._data_dir = data_dir
        self._parent = parent
        self._chance = chance
        self.toll = Toll()
        self._patience: _Patience | None = None

    def kill(self, point: str) -> None:
        """Let one victim work and end it: at `point`, or at random after it was heard of."""
        if "snapshot" in point:
            for name in ("cache.db", "cache.db-wal", "cache.db-shm"):
                (self._data_dir / name).unlink(missing_ok=True)
        passage = 1 if "snapshot" in point else self._chance.randint(1, 6)
        victim = self._start(f"work {point} {passage}")
        life_s = self._chance.uniform(*_LIFE_S) if point == ANYWHERE else _LONGEST_LIFE_S
        timer = threading.Timer(life_s, _end, (victim,))
        timer.start()
        self._listen()
        if point != ANYWHERE and timer.finished.is_set():
            self.toll.missed[point] += 1
        timer.cancel()
        timer.join()
        self.toll.kills[point] += 1

    def drain(self) -> None:
        """Let a last one deliver what is left and end by itself."""
        victim = self._start(f"drain {ANYWHERE} 0")
        self._patience = _Patience(victim)
        drained = self._listen()
        self._patience.end()
        if not drained:
            raise AssertionError(f"nothing was delivered for {_DRAIN_S:.0f} s")

    def _start(self, order: str) -> int:
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._parent.stdin.write(order + "\n")
        self._parent.stdin.flush()
        watchdog = threading.Timer(_WARM_UP_S, self._parent.kill)
        watchdog.start()
        line = "\n"
        while line == "\n":
            line = self._parent.stdout.readline()
        watchdog.cancel()
        watchdog.join()
        if not line:
            raise AssertionError(f"the parent of the victims ended, or was not ready within {_WARM_UP_S:.0f} s")
        return int(line.split()[1])

    def _listen(self) -> bool:
        """Take down what a victim says until it is dead; whether it had delivered everything."""
        assert self._parent.stdout is not None
        drained = False
        while (line := self._parent.stdout.readline()) != "dead\n":
            if not line:
                raise AssertionError("the parent of the victims ended")
            words = line.split()
            if words[:1] == ["left"] and self._patience is not None:
                self._patience.renew()
            if len(words) == 2 and words[0] == "saved" and line.endswith("\n"):
                self.toll.saved.add(words[1])
            drained |= words == ["drained"]
        return drained


class _Patience:
    """Ends a victim that shows no progress for `_DRAIN_S`."""

    def __init__(self, victim: int) -> None:
        self._victim = victim
        self._timer = self._armed()

    def renew(self) -> None:
        self.end()
        self._timer = self._armed()

    def end(self) -> None:
        self._timer.cancel()
        self._timer.join()

    def _armed(self) -> threading.Timer:
        timer = threading.Timer(_DRAIN_S, _end, (self._victim,))
        timer.start()
        return timer


def _end(victim: int) -> None:
    with contextlib.suppress(ProcessLookupError):  # it came by its point in this very moment
        os.kill(victim, signal.SIGKILL)


@contextmanager
def killer_at_work(home: Path, seed: int) -> Iterator[tuple[Killer, Path]]:
    """Start a centre and the victims' parent; give the killer and the centre's database."""
    quiet = ("--no-cameras", "--speed", "0", "--open-orders", "60", "--closed-orders", "0")
    with running_drill(home / "drill", *quiet) as drill:
        command = [sys.executable, "-m", "tests.kill.victim", str(home / "desk"), drill.url]
        command += [drill.ready["username"], drill.ready["password"]]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as parent:
            try:
                yield Killer(home / "desk", parent, random.Random(seed)), home / "drill" / "drill.db"
            finally:
                assert parent.stdin is not None
                parent.stdin.close()
                parent.wait(10)


def everywhere(kills: int) -> list[str]:
    """Return places for as many kills: half of them at random, half at the named points, one point after another."""
    points = list(POINTS)
    return [ANYWHERE if number % 2 == 0 else points[number // 2 % len(points)] for number in range(kills)]


def kill_many(home: Path, places: Sequence[str], seed: int = 1, *, at_least: int = 0) -> Toll:
    """Kill a victim at each of `places`; then let the rest be delivered, and count.

    Where the machine was so busy that the victims saved fewer than `at_least`, some more die at random first.
    """
    started = time.monotonic()
    with killer_at_work(home, seed) as (killer, centre_file):
        for place in places:
            killer.kill(place)
        for _ in range(_MORE * len(places)):
            if len(killer.toll.saved) >= at_least:
                break
            killer.kill(ANYWHERE)
        killer.drain()
        toll = killer.toll
        _count(toll, home / "desk", centre_file)
    toll.seconds = time.monotonic() - started
    return toll


def _count(toll: Toll, data_dir: Path, centre_file: Path) -> None:
    store = open_store(data_dir, KEY, project)
    try:
        with store.duty._database.read() as connection:
            ops = {row.op_id: row for table in (outbox, op_log) for row in connection.execute(select(table))}
    finally:
        store.close()
    with contextlib.closing(sqlite3.connect(centre_file)) as centre:
        effects = Counter(by_op for (by_op,) in centre.execute("SELECT by_op FROM log WHERE by_op IS NOT NULL"))
        answers = dict(centre.execute("SELECT op_id, outcome FROM outcomes"))
    toll.lost = toll.saved - ops.keys()
    toll.unsaid = len(ops.keys() - toll.saved)
    toll.twice = {op_id for op_id, count in effects.items() if count > 1}
    toll.gaps = sorted(set(range(1, len(ops) + 1)).symmetric_difference(row.device_seq for row in ops.values()))
    for op_id, row in ops.items():
        said = json.loads(answers[op_id])["status"] if op_id in answers else "never came"
        wanted = "applied" if row.status == "acked" else "refused"
        if (said == "applied") != (wanted == "applied") or (wanted == "applied" and effects[op_id] != 1):
            toll.stray[op_id] = f"{row.status} here, {said} there, {effects[op_id]} effects"
