"""Many operations in one transaction: each its own, all or none, none twice."""

import pytest

from storage.duty import outbox
from storage.errors import StorageError
from storage.records import NewOp
from storage.store import Store


def wish(number: int) -> NewOp:
    return NewOp(
        lambda device, seq: f"{device}/{seq}".encode(), "work_order", f"o{number}", "accept", f"op-{number:03d}"
    )


def test_that_many_are_numbered_without_gaps_and_none_is_written_twice(store: Store) -> None:
    first = store.duty.enqueue_many([wish(n) for n in range(5)])
    again = store.duty.enqueue_many([wish(4), wish(5)])
    seqs = [op.device_seq for op in [*first, again[1]]]
    assert seqs == list(range(seqs[0], seqs[0] + 6))
    assert again[0] == first[4]
    assert store.duty.counts().queued == 6
    assert [op.id for op in store.duty.next_batch()] == [f"o{n}" for n in range(6)]


def test_that_either_all_are_written_or_none(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_device: str, _seq: int) -> bytes:
        raise ValueError("too large")

    with pytest.raises(ValueError, match="too large"):
        store.duty.enqueue_many([wish(0), NewOp(fails, "work_order", "o1", "accept", "op-001"), wish(2)])
    monkeypatch.setattr(outbox, "CAP", 2)
    with pytest.raises(StorageError, match="outbox_full"):
        store.duty.enqueue_many([wish(n) for n in range(3)])
    assert store.duty.counts().queued == 0
    assert store.duty.enqueue_many([wish(7)])[0].device_seq == 1
