"""A real drill centre, a line to it that can be spoilt, and a real desk at the other end."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from desktop.events import LinkState
from desktop.sync.timing import Timing
from tests.network.proxy import Line
from tests.sync.conftest import QUICK, Colleague, Desk, Drill

Desks = Callable[..., AbstractContextManager[Desk]]


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drill]:
    """A small district; one for all tests of a file, each of which takes an order of its own."""
    centre = Drill(tmp_path_factory.mktemp("centre") / "drill")
    centre.arguments = ["--open-orders", "60", "--closed-orders", "0", "--heartbeat", "1"]
    centre.start()
    yield centre
    centre.end()


@pytest.fixture(scope="module")
def home(drill: Drill, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a desk has after its first morning; every test begins with a copy."""
    data_dir = tmp_path_factory.mktemp("home") / "desk"
    desk = Desk(data_dir, [drill.url])
    desk.sign_in(drill)
    desk.close()
    return data_dir


@pytest.fixture
def line(drill: Drill) -> Iterator[Line]:
    made = Line(int(drill.url.rpartition(":")[2]))
    yield made
    made.close()


@pytest.fixture
def desks(line: Line, home: Path, tmp_path: Path) -> Desks:
    """Open a desk at the end of the line: ``with desks() as desk``, live unless ``live=False``."""

    @contextmanager
    def _open(timing: Timing = QUICK, *, live: bool = True) -> Iterator[Desk]:
        data_dir = tmp_path / "desk"
        if not data_dir.exists():
            shutil.copytree(home, data_dir)
        desk = Desk(data_dir, [line.url], timing)
        try:
            if live:
                desk.wait_for_link(LinkState.LIVE)
            yield desk
        finally:
            line.mend()
            desk.close()

    return _open


@pytest.fixture
def colleague(drill: Drill) -> Iterator[Colleague]:
    other = Colleague(drill)
    yield other
    other.close()
