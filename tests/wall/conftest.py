"""Seats that a test starts are gone when it ends."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.storage.objects import KEY
from tests.support.stores import LayOut
from tests.wall.seat import SeatAtWall, StartSeat


@pytest.fixture
def start_seat(tmp_path: Path, qtbot: QtBot, lay_out_store: LayOut) -> Iterator[StartSeat]:
    """Start a seat on the test's data directory, one after the other: ``start_seat()``; the first gets cameras."""
    started: list[SeatAtWall] = []
    data_dir = lay_out_store(tmp_path / "desk", KEY)

    def start(**arguments: object) -> SeatAtWall:
        if started:
            started[-1].end()
        seat = SeatAtWall(data_dir, qtbot, **arguments)
        started.append(seat)
        if len(started) == 1:
            seat.fill()
        return seat

    yield start
    started[-1].end()


@pytest.fixture
def seat(start_seat: StartSeat) -> SeatAtWall:
    """A seat with its wall on the screen."""
    seat = start_seat()
    seat.show()
    return seat
