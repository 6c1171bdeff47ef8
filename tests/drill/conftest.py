"""One centre for the tests that only read or that change orders of their own; it stands still.

Every test that uses it is run twice: with the centre's own file, and with a PostgreSQL server where there is one.
"""

from collections.abc import Iterator

import pytest

from tests.drill.postgresql import missing, server, url
from tests.drill.running import Desk, Drill, running_drill

CALM = ("--no-cameras", "--speed", "0", "--faults", "--heartbeat", "0.5")
FEWER = ("--open-orders", "900", "--closed-orders", "600")
"""Enough for every test to find orders of its own; a whole district takes seconds to settle."""


@pytest.fixture(scope="session")
def drill_on_a_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    with running_drill(tmp_path_factory.mktemp("drill"), *CALM, *FEWER) as running:
        yield running


@pytest.fixture(scope="session")
def drill_on_a_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    reason = missing()
    if reason:
        pytest.skip(reason)
    with server() as address:
        database = url(address)
        with running_drill(tmp_path_factory.mktemp("drill"), *CALM, *FEWER, "--database", database) as running:
            running.database = database
            yield running


@pytest.fixture(scope="session", params=["file", "server"])
def drill(request: pytest.FixtureRequest) -> Drill:
    return request.getfixturevalue(f"drill_on_a_{request.param}")


@pytest.fixture
def desk(drill: Drill) -> Iterator[Desk]:
    desk = Desk(drill.url, drill.ready["username"], drill.ready["password"])
    yield desk
    desk.close()
