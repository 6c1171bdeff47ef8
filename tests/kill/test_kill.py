"""`kill -9` on the real sync process beside the real drill centre."""

import os
from pathlib import Path

import pytest

from tests.kill.killing import kill_many

pytestmark = [
    pytest.mark.slow,
    pytest.mark.real,
    pytest.mark.skipif(os.name != "posix", reason="forks its victims"),
]


def test_that_no_acknowledged_operation_is_lost_or_doubled_when_the_desk_is_killed(tmp_path: Path) -> None:
    toll = kill_many(tmp_path, 20)

    assert len(toll.saved) > 20
    assert toll.clean, (toll.lost, toll.twice, toll.stray, toll.gaps)
