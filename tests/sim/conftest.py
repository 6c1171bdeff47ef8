"""A world for shifts, and silence while they run."""

import logging
from collections.abc import Iterator

import pytest

from tests.sim.shift import World


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    made = World()
    yield made
    made.close()


@pytest.fixture
def quiet() -> Iterator[None]:
    """A shift is full of faults, and each is logged."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)
