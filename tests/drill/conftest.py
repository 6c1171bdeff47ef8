"""One centre for the tests that only read or that change orders of their own; it stands still."""

from collections.abc import Iterator

import pytest

from tests.drill.running import Desk, Drill, running_drill

FEWER = ("--open-orders", "900", "--closed-orders", "600")
"""Enough for every test to find orders of its own; a whole district takes seconds to settle."""


@pytest.fixture(scope="session")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    folder = tmp_path_factory.mktemp("drill")
    with running_drill(folder, "--no-cameras", "--speed", "0", "--faults", "--heartbeat", "0.5", *FEWER) as running:
        yield running


@pytest.fixture
def desk(drill: Drill) -> Iterator[Desk]:
    desk = Desk(drill.url, drill.ready["username"], drill.ready["password"])
    yield desk
    desk.close()
