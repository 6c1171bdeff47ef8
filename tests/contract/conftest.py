"""The running centre whose answers are checked is the one of the drill's own tests, on a file."""

import pytest

from tests.drill.conftest import desk, drill_on_a_file
from tests.drill.running import Drill

__all__ = ["desk", "drill_on_a_file"]


@pytest.fixture(scope="session")
def drill(drill_on_a_file: Drill) -> Drill:
    return drill_on_a_file
