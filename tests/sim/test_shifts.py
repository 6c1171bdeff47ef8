"""Simulated shifts: the real engine and store, a virtual clock and network, faults of every kind, the invariants."""

import logging
from collections.abc import Iterator

import pytest

from storage.duty.duty import Duty
from tests.sim.shift import Step, World, plan
from tests.sim.shrink import failure_of, shrink

STEPS = 14
_GROUPS = 4
_SEEDS = 10  # in each group: 40 in all


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    made = World()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """A shift is full of faults, and each is logged."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.slow
@pytest.mark.parametrize("group", range(_GROUPS))
def test_that_the_invariants_hold_through_shifts_full_of_faults(world: World, group: int) -> None:
    for seed in range(group * _SEEDS, (group + 1) * _SEEDS):
        steps = plan(seed, STEPS)
        failure = failure_of(world, seed, steps)
        if failure is not None:
            kept, reason = shrink(world, seed, steps, failure)
            way = "\n    ".join(map(str, kept))
            pytest.fail(f"make sim FIRST={seed} SEEDS=1 STEPS={STEPS}: {reason}\n    {way}", pytrace=False)


def test_that_the_same_seed_makes_the_same_shift() -> None:
    assert plan(7, STEPS) == plan(7, STEPS) != plan(8, STEPS)


def test_that_a_failure_is_shrunk_to_the_steps_it_needs(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk that forgets what it has saved: one act and one kill are all that is needed to see it."""

    def recover(duty: Duty) -> int:
        with duty._database.write() as connection:
            connection.exec_driver_sql("DELETE FROM outbox WHERE status = 'queued'")
        return 0

    monkeypatch.setattr(Duty, "recover", recover)
    load, act, rest, kill = (Step(what, 0, 0) for what in ("run", "act", "colleague", "kill"))
    run_10 = Step("run", 0, 1)
    offline = Step("outage", 0, 0)
    steps = [load, run_10, rest, offline, act, kill, rest]
    failure = failure_of(world, 2, steps)
    assert failure is not None
    assert failure.reason.startswith("I1 ")
    kept, _ = shrink(world, 2, steps, failure)
    assert [step.what for step in kept if step.what in {"act", "kill"}] == ["act", "kill"]
    assert len(kept) <= 5
