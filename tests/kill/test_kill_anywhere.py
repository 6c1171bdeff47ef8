"""`kill -9` on the real sync process beside the real drill centre, at any moment."""

import os
from pathlib import Path

import pytest

from tests.kill.killing import kill_many
from tests.kill.victim import ANYWHERE

pytestmark = [
    pytest.mark.slow,
    pytest.mark.real,
    pytest.mark.skipif(os.name != "posix", reason="forks its victims"),
]


@pytest.mark.fault(2, 3, 4, 5)
def test_that_no_acknowledged_operation_is_lost_or_doubled_wherever_the_desk_is_killed(tmp_path: Path) -> None:
    toll = kill_many(tmp_path, [ANYWHERE] * 52, at_least=101)

    assert toll.kills[ANYWHERE] >= 52
    assert len(toll.saved) > 100
    assert toll.clean, (toll.lost, toll.twice, toll.stray, toll.gaps)
