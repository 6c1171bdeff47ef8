"""Stores on real encrypted files."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from storage.records import OpRecord
from storage.store import Store, open_store
from tests.storage.objects import KEY, project
from tests.support.stores import LayOut


@pytest.fixture
def open_desk(tmp_path: Path, lay_out_store: LayOut) -> Iterator[Callable[[], Store]]:
    """Open the same data directory, again and again; the one before is closed first."""
    stores: list[Store] = []
    data_dir = lay_out_store(tmp_path / "data", KEY)

    def reopen() -> Store:
        while stores:
            stores.pop().close()
        stores.append(open_store(data_dir, KEY, project))
        return stores[0]

    yield reopen
    for store in stores:
        store.close()


@pytest.fixture
def store(open_desk: Callable[[], Store]) -> Store:
    return open_desk()


@pytest.fixture
def enqueue(store: Store) -> Callable[..., OpRecord]:
    """Write an operation down: ``enqueue("op1", "o1", text="hello")``."""

    def write(op_id: str, object_id: str, *, kind: str = "work_order", verb: str = "note", **payload: Any) -> OpRecord:
        def make(device_id: str, device_seq: int) -> bytes:
            return json.dumps({"op_id": op_id, "device_seq": device_seq, "text": op_id, **payload}).encode()

        return store.duty.enqueue(make, kind, object_id, verb, op_id)

    return write
