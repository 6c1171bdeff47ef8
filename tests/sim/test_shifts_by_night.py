"""Simulated shifts, the second hundred: a file of its own, so that two workers share them."""

import pytest

from tests.sim.shift import World
from tests.sim.working import work

pytestmark = pytest.mark.usefixtures("quiet")


@pytest.mark.slow
@pytest.mark.parametrize("group", range(5, 10))
def test_that_the_invariants_hold_through_a_hundred_shifts_more(world: World, group: int) -> None:
    work(world, range(group * 20, group * 20 + 20))
