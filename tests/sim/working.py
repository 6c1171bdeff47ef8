"""Works through shifts and fails with the shortest way to the first violation."""

from collections.abc import Iterable

import pytest

from tests.sim.shift import World, plan
from tests.sim.shrink import failure_of, shrink

STEPS = 14


def work(world: World, seeds: Iterable[int], length: int = STEPS) -> None:
    """Run the shifts of `seeds`, each of `length` steps, and require that every invariant holds."""
    for seed in seeds:
        steps = plan(seed, length)
        failure = failure_of(world, seed, steps)
        if failure is not None:
            kept, reason = shrink(world, seed, steps, failure)
            way = "\n    ".join(map(str, kept))
            pytest.fail(f"make sim FIRST={seed} SEEDS=1 STEPS={length}: {reason}\n    {way}", pytrace=False)
