"""Desks that a test starts are gone when it ends, however it ends."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.desk import PASSPHRASE, DeskProcess

StartDesk = Callable[..., DeskProcess]


@pytest.fixture
def start_desk(tmp_path: Path) -> Iterator[StartDesk]:
    """Start desks: ``start_desk(*arguments, data_dir=…, passphrase=…)``."""
    started: list[DeskProcess] = []

    def start(*arguments: str, data_dir: Path = tmp_path / "desk", passphrase: str = PASSPHRASE) -> DeskProcess:
        desk = DeskProcess(data_dir, *arguments, passphrase=passphrase)
        started.append(desk)
        return desk

    yield start
    for desk in started:
        desk.kill()
