"""A shift: a list of steps made from a seed, run on a fresh world, checked after each step.

Every step carries its own seed, so a step does the same whatever steps before it were dropped: that is what makes
shrinking work.
"""

import itertools
import random
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from tests.sim.centre import Centre
from tests.sim.clock import VirtualClock
from tests.sim.network import FAULTS, Killed
from tests.sim.oracle import Oracle, ViolationError
from tests.sim.seat import Seat, make_seat_template

_WEIGHTS = {
    "run": 30,
    "act": 22,
    "burst": 4,
    "report": 5,
    "colleague": 10,
    "delete": 1.5,
    "revoke": 2,
    "grant": 2,
    "fault": 12,
    "storm": 1.5,
    "outage": 3,
    "restore": 4,
    "hang_up": 2,
    "sleep": 0.7,
    "kill": 2,
    "kill_at_write": 3,
    "kill_at_line": 2,
    "power": 1,
    "mark": 2,
    "full_disk": 1,
    "full_disk_at_answer": 1.5,
    "resolve": 3,
    "poison_422": 0.7,
    "poison_500": 0.7,
    "expire_tokens": 1,
    "expire_cursors": 0.7,
    "epoch": 0.5,
}
_SPINNING = 3_000
SEATS = ("seat0", "seat1", "seat2", "seat3")


@dataclass(frozen=True, slots=True)
class Step:
    """What happens next, to which seat, with which chance."""

    what: str
    seat: int
    seed: int


class FailedShiftError(AssertionError):
    """A shift in which an invariant broke after `place` steps."""

    def __init__(self, place: int, step: Step | None, reason: str) -> None:
        super().__init__(f"after step {place} ({step}): {reason}")
        self.place = place
        self.reason = reason


def plan(seed: int, length: int) -> list[Step]:
    """Make the steps of a shift; half of the seeds exaggerate some kinds of them."""
    chance = random.Random(seed)
    weights = dict(_WEIGHTS)
    if chance.random() < 0.5:
        for what in chance.sample(sorted(weights), 4):
            weights[what] *= chance.choice([0.1, 3, 10])
    names = list(weights)
    kinds = chance.choices(names, [weights[name] for name in names], k=length)
    opening = [Step("run", 0, 1)] if chance.random() < 0.8 else []
    return opening + [Step(what, chance.randrange(4), chance.randrange(2**32)) for what in kinds]


class Shift:
    """A world: a centre, one to four seats, a clock."""

    def __init__(self, seed: int, home: Path, templates: Mapping[str, Path]) -> None:
        chance = random.Random(f"world {seed}")
        self._clock = VirtualClock()
        names = SEATS[: chance.choice([1, 1, 1, 2, 2, 2, 3, 4])]
        self._centre = Centre(self._clock, names)
        self._oracle = Oracle(self._centre)
        self._ids = (f"op-{number:06}" for number in itertools.count(1))
        self._seats = [
            Seat(name, home, templates[name], self._centre, self._clock, random.Random(f"{seed} {name}"))
            for name in names
        ]

    def run(self, steps: Sequence[Step]) -> None:
        """Take the steps, then let everything heal.

        Raises:
            FailedShiftError: An invariant does not hold.
        """
        place, step = 0, None
        try:
            with patch("desktop.sync.recorder.new_op_id", lambda: next(self._ids)):
                for place, step in enumerate(steps, 1):  # noqa: B007 - both are told when it fails
                    self._take(step)
                    self._check()
                step = None
                self._heal()
        except ViolationError as violation:
            raise FailedShiftError(place, step, str(violation)) from violation
        finally:
            for seat in self._seats:
                seat.close()

    def _check(self) -> None:
        for seat in self._seats:
            self._oracle.check(seat)

    def _take(self, step: Step) -> None:
        chance = random.Random(step.seed)
        seat = self._seats[step.seat % len(self._seats)]
        try:
            getattr(self, f"_do_{step.what}")(seat, chance)
        except Killed:
            seat.kill()

    # --- steps

    def _do_run(self, _: Seat, chance: random.Random) -> None:
        self._pass(chance.choice([0.2, 2.0, 10.0, 40.0]))

    def _do_act(self, seat: Seat, chance: random.Random) -> None:
        seat.act(chance)

    def _do_burst(self, seat: Seat, chance: random.Random) -> None:
        for _ in range(chance.randint(3, 8)):
            seat.act(chance)

    def _do_report(self, seat: Seat, chance: random.Random) -> None:
        seat.report(chance)

    def _do_colleague(self, _: Seat, chance: random.Random) -> None:
        target = chance.choice(sorted(self._centre.objects))
        data = self._centre.objects[target][1]
        state = chance.choice(["reported", "accepted", "handling", "verifying", data.get("state", "")])
        self._centre.put(*target, {**data, "state": state} if "state" in data else {**data, "n": chance.random()})

    def _do_delete(self, _: Seat, chance: random.Random) -> None:
        orders = sorted(target for target in self._centre.objects if target[0] == "work_order")
        if len(orders) > 3:
            self._centre.delete(chance.choice(orders))

    def _do_revoke(self, seat: Seat, chance: random.Random) -> None:
        target = chance.choice(sorted(self._centre.objects))
        if (seat.name, target) not in self._centre.hidden:
            self._centre.revoke(seat.name, target)

    def _do_grant(self, seat: Seat, _: random.Random) -> None:
        for name, target in sorted(self._centre.hidden):
            if name == seat.name:
                self._centre.grant(name, target)

    def _do_fault(self, seat: Seat, chance: random.Random) -> None:
        seat.line.faults.extend(chance.choice([*FAULTS, "", ""]) for _ in range(chance.randint(1, 4)))

    def _do_storm(self, seat: Seat, chance: random.Random) -> None:
        seat.line.faults.extend([chance.choice(FAULTS)] * chance.randint(4, 12))

    def _do_outage(self, seat: Seat, chance: random.Random) -> None:
        seat.line.down = True
        if chance.random() < 0.5:
            seat.hang_up()

    def _do_restore(self, seat: Seat, _: random.Random) -> None:
        seat.line.down = False

    def _do_hang_up(self, seat: Seat, _: random.Random) -> None:
        seat.hang_up()

    def _do_sleep(self, seat: Seat, chance: random.Random) -> None:
        """The machines of the hall sleep for hours; nothing on them runs, and their connections die."""
        for each in self._seats:
            each.hang_up()
        self._clock.advance(chance.choice([600.0, 8 * 3600.0]))

    def _do_kill(self, seat: Seat, _: random.Random) -> None:
        seat.kill()

    def _do_power(self, seat: Seat, _: random.Random) -> None:
        seat.kill(power=True)

    def _do_mark(self, seat: Seat, _: random.Random) -> None:
        seat.mark()

    def _do_kill_at_write(self, seat: Seat, chance: random.Random) -> None:
        seat.arm(writes=chance.randint(0, 12))
        self._do_run(seat, chance)

    def _do_kill_at_line(self, seat: Seat, chance: random.Random) -> None:
        seat.arm(place=chance.choice(["before the request", "after the request"]))

    def _do_full_disk(self, seat: Seat, chance: random.Random) -> None:
        seat.arm(full_disk_in=chance.randint(0, 6))

    def _do_full_disk_at_answer(self, seat: Seat, chance: random.Random) -> None:
        seat.line.when_answered = seat.refuse_next_write
        seat.act(chance)
        self._do_run(seat, chance)

    def _do_resolve(self, seat: Seat, chance: random.Random) -> None:
        seat.resolve(chance)

    def _do_poison_422(self, seat: Seat, chance: random.Random) -> None:
        seat.act(chance, "poison 422")

    def _do_poison_500(self, seat: Seat, chance: random.Random) -> None:
        seat.act(chance, "poison 500")

    def _do_expire_tokens(self, _seat: Seat, _: random.Random) -> None:
        self._centre.expire_tokens()

    def _do_expire_cursors(self, _seat: Seat, _: random.Random) -> None:
        self._centre.expire_cursors()

    def _do_epoch(self, _seat: Seat, _: random.Random) -> None:
        self._centre.begin_epoch()
        for seat in self._seats:  # a centre that was put back has been down
            seat.hang_up()

    # --- time

    def _pass(self, seconds: float) -> None:
        """Let time pass: whoever is due has its turn, the earliest first."""
        until = self._clock() + seconds
        for _ in range(_SPINNING):
            due_at, seat, what = self._next()
            if due_at > until:
                break
            self._clock.now_s = max(self._clock(), due_at)
            try:
                what()
            except Killed:
                seat.kill()
        else:
            raise ViolationError("I9: somebody spins without a pause")
        self._clock.now_s = max(self._clock(), until)

    def _next(self) -> tuple[float, Seat, "object"]:
        for seat in self._seats:
            seat.note_wakes()
        due = [
            (at, number, seat, what)
            for number, seat in enumerate(self._seats)
            for at, what in ((seat.turn_at, seat.turn), (seat.send_at, seat.send), (seat.stream_at, seat.listen))
        ]
        at, _, seat, what = min(due, key=_when)
        return at, seat, what

    def _heal(self) -> None:
        """End all faults and require that everything converges, with and without an operation that kills requests."""
        for seat in self._seats:
            seat.line.down = False
            seat.line.faults.clear()
            seat.disarm()
        self._converge(all_lanes=False, within_s=90.0)  # one that the centre stumbles over costs the others seconds
        self._centre.poison_is_lethal = False
        for _ in range(50):
            self._converge(all_lanes=True)
            if not any(seat.store.duty.tray() for seat in self._seats):
                break
            for seat in self._seats:
                for op in seat.store.duty.tray():
                    seat.manager.resolve(op.op_id, "discarded", "看过").result(0)
        for seat in self._seats:
            self._oracle.final(seat)

    def _converge(self, *, all_lanes: bool, within_s: float = 150.0) -> None:
        until = self._clock() + within_s
        while True:
            self._pass(3.0)
            self._check()
            reasons = [f"{seat.name}: {self._oracle.settled(seat, all_lanes=all_lanes)}" for seat in self._seats]
            unsettled = [reason for reason in reasons if not reason.endswith(": ")]
            if not unsettled:
                return
            if self._clock() > until:
                raise ViolationError(f"not within {within_s:.0f} s of quiet: {'; '.join(unsettled)}")


def _when(entry: tuple[float, int, Seat, object]) -> tuple[float, int]:
    return entry[:2]


class World:
    """Where shifts are run: a folder in memory with a store to copy from."""

    def __init__(self) -> None:
        memory = Path("/dev/shm")
        self._folder = tempfile.TemporaryDirectory(prefix="shift-", dir=memory if memory.is_dir() else None)
        self._home = Path(self._folder.name)
        self._templates = {name: self._home / f"template-{name}" for name in SEATS}
        for name, template in self._templates.items():
            make_seat_template(template, name)

    def run(self, seed: int, steps: Sequence[Step]) -> None:
        """Run `steps` in the world of `seed`."""
        home = self._home / "run"
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir()
        Shift(seed, home, self._templates).run(steps)

    def close(self) -> None:
        self._folder.cleanup()
