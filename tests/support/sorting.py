"""Sorts tests by what they need, so that the quick ones can be run alone: see the markers in `pyproject.toml`.

Files that wait long come first: a worker that is given one of them at the end would work alone.
"""

from pathlib import Path

import pytest

# Everything in these folders drives a centre, cameras, players or the whole program as real processes.
_REAL = frozenset({"cameras", "contract", "drill", "e2e", "video"})
_SCREEN = frozenset({"qtbot", "qapp"})
_TESTS = Path(__file__).parents[1]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "gui: paints and clicks, if only on an invisible screen; left out of make check")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even read folders of which the selection takes nothing."""
    left_out = "not real" in config.option.markexpr and collection_path.parent == _TESTS
    return True if left_out and collection_path.name in _REAL else None


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark each test as it is found: markers that come later are too late for a selection by ``-m``."""
    if item.path.is_relative_to(_TESTS) and item.path.relative_to(_TESTS).parts[0] in _REAL:
        item.add_marker("real")
    if _SCREEN & set(getattr(item, "fixturenames", ())):
        item.add_marker("gui")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    long = {item.path for item in items if item.get_closest_marker("slow") is not None}
    items.sort(key=lambda item: item.path not in long)
