"""`kill -9` on the real sync process beside the real drill centre, at each of the points known to be delicate."""

import os
from pathlib import Path

import pytest

from tests.kill.killing import kill_many
from tests.kill.victim import POINTS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.real,
    pytest.mark.skipif(os.name != "posix", reason="forks its victims"),
]


@pytest.mark.fault(1, 2, 3, 4, 5, 6)
def test_that_no_acknowledged_operation_is_lost_or_doubled_when_the_desk_is_killed_at_a_point(tmp_path: Path) -> None:
    toll = kill_many(tmp_path, [*POINTS] * 3)

    assert toll.kills.keys() == POINTS.keys()
    assert not toll.missed
    assert len(toll.saved) > 100
    assert toll.clean, (toll.lost, toll.twice, toll.stray, toll.gaps)
