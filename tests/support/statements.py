"""Compiled SQL, remembered by every database of a process: some tests open hundreds of them, one after the other.

SQLAlchemy remembers compiled statements for each engine and dialect object; a program that opens two databases for a
shift is well served by that. What is executed is the same, text for text.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine
from sqlalchemy.util import LRUCache

import storage.engine

_make_engine = storage.engine._engine
_first: list[Engine] = []
_compiled: LRUCache[Any, Any] = LRUCache(4_000)


@contextmanager
def remembered() -> Iterator[None]:
    """Let every database that is opened inside share what was compiled for those before it."""
    with patch("storage.engine._engine", _engine_that_remembers):
        yield


def _engine_that_remembers(creator: Any, size: int) -> Engine:
    engine = _make_engine(creator, size)
    if not _first:
        _first.append(engine)
    engine.dialect = _first[0].dialect
    engine._compiled_cache = _compiled
    return engine
