"""Python's cyclic collector stays off while Qt dispatches a test's events.

pytest-qt holds widgets weakly. A collection in the middle of event dispatch may destroy a widget under Qt's feet, and
the crash names an innocent test. So cycles are collected between tests, where it is safe and where leaks show.
"""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def no_collection_inside_qt(request: pytest.FixtureRequest) -> Iterator[None]:
    """Hold the collector back in tests that use the application."""
    if not {"qtbot", "qapp"} & set(request.fixturenames):
        yield
        return
    gc.disable()
    yield
    gc.enable()
    gc.collect()
