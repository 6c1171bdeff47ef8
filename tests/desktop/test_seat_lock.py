"""Who may open a locked seat, and how often one may guess."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.seat.lock import FREE_TRIES, SeatLock
from desktop.sync.overlay import project
from storage.store import Store, open_store
from storage.worker import StorageWorker

KEY = bytes(range(32))


@pytest.fixture
def worker() -> Iterator[StorageWorker]:
    worker = StorageWorker()
    yield worker
    worker.close(5)


@pytest.fixture
def store(tmp_path: Path, worker: StorageWorker) -> Iterator[Store]:
    store = worker.call(open_store, tmp_path, KEY, project)
    yield store
    worker.call(store.close)


class _Clock:
    now_s = 1_000_000.0

    def __call__(self) -> float:
        return self.now_s


def test_that_only_the_last_password_opens(store: Store, worker: StorageWorker) -> None:
    lock = SeatLock(store.duty, worker)
    assert not lock.judge("anything").result(10).opens
    lock.remember("first#2026").result(10)
    lock.remember("second#2026").result(10)
    assert not lock.judge("first#2026").result(10).opens
    assert lock.judge("second#2026").result(10).opens


@pytest.mark.fault(60)
def test_that_guessing_is_stopped_also_over_a_restart_and_a_clock_put_back(store: Store, worker: StorageWorker) -> None:
    clock = _Clock()
    SeatLock(store.duty, worker, clock).remember("right#2026").result(10)
    for _ in range(FREE_TRIES):
        assert SeatLock(store.duty, worker, clock).judge("wrong").result(10).wait_s == 0
    again = SeatLock(store.duty, worker, clock)
    refused = again.judge("right#2026").result(10)
    assert (refused.opens, refused.wait_s) == (False, 30)
    clock.now_s -= 10 * 365 * 86400
    assert again.judge("right#2026").result(10).wait_s == 30
    clock.now_s = _Clock.now_s + 31
    assert again.judge("right#2026").result(10).opens
    assert again.judge("wrong").result(10).wait_s == 0, "the count began anew"
