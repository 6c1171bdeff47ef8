"""The one thread that writes."""

import threading
from collections.abc import Iterator

import pytest

from storage.errors import StorageError
from storage.worker import StorageWorker


@pytest.fixture
def worker() -> Iterator[StorageWorker]:
    worker = StorageWorker("test-storage", cap=3)
    yield worker
    worker.close(5)


class Gate:
    """Keeps the worker busy until it is opened."""

    def __init__(self, worker: StorageWorker) -> None:
        self._inside, self._open = threading.Event(), threading.Event()
        self.future = worker.submit(self._hold)
        assert self._inside.wait(5)

    def _hold(self) -> None:
        self._inside.set()
        self._open.wait(30)

    def open(self) -> None:
        self._open.set()


def test_that_work_is_done_in_order_on_one_thread(worker: StorageWorker) -> None:
    seen: list[int] = []
    for number in range(3):
        last = worker.submit(seen.append, number)
    last.result(5)
    assert seen == [0, 1, 2]
    assert worker.call(threading.current_thread).name == "test-storage"


def test_that_an_exception_goes_to_the_caller_and_the_thread_lives_on(worker: StorageWorker) -> None:
    with pytest.raises(ZeroDivisionError):
        worker.call(divmod, 1, 0)
    with pytest.raises(TimeoutError):
        worker.call(_raise_timeout)
    assert worker.call(divmod, 7, 2) == (3, 1)


def _raise_timeout() -> None:
    raise TimeoutError


def test_that_a_call_from_the_worker_itself_does_not_wait_for_itself(worker: StorageWorker) -> None:
    assert worker.call(lambda: worker.call(divmod, 7, 2)) == (3, 1)


def test_that_a_full_queue_refuses_work(worker: StorageWorker) -> None:
    gate = Gate(worker)
    waiting = [worker.submit(divmod, 7, 2) for _ in range(3)]
    with pytest.raises(StorageError) as caught:
        worker.submit(divmod, 1, 1)
    assert (caught.value.code, caught.value.retryable) == ("storage.queue_full", True)
    gate.open()
    assert [future.result(5) for future in waiting] == [(3, 1)] * 3


def test_that_a_call_gives_up_at_its_deadline_and_takes_the_work_back(worker: StorageWorker) -> None:
    gate, done = Gate(worker), list[int]()
    with pytest.raises(StorageError) as caught:
        worker.call(done.append, 1, timeout_s=0.01)
    assert caught.value.code == "storage.timeout"
    gate.open()
    worker.call(done.append, 2)
    assert done == [2]


def test_that_closing_finishes_what_waits_and_refuses_the_rest(worker: StorageWorker) -> None:
    futures = [worker.submit(divmod, 7, 2) for _ in range(3)]
    assert worker.close(5)
    assert all(future.done() for future in futures)
    with pytest.raises(StorageError, match=r"storage\.closed"):
        worker.submit(divmod, 1, 1)
    assert worker.close(5)


@pytest.mark.expected_log("storage.worker", "still busy")
def test_that_closing_gives_up_on_work_that_hangs_and_cancels_what_waits(worker: StorageWorker) -> None:
    gate = Gate(worker)
    waiting = worker.submit(divmod, 7, 2)
    assert not worker.close(0.01)
    assert waiting.cancelled()
    gate.open()
    assert worker.close(5)


def test_that_what_is_precious_does_not_wait_behind_the_rest(worker: StorageWorker) -> None:
    gate = Gate(worker)
    seen: list[int] = []
    for number in range(3):
        last = worker.submit_precious(seen.append, number)
    last.result(5)
    assert seen == [0, 1, 2]
    assert not gate.future.done()
    gate.open()


def test_that_an_idle_task_runs_until_it_has_done_all_and_again_after_the_next_work(worker: StorageWorker) -> None:
    left, rested = [3], threading.Semaphore(0)

    def task() -> bool:
        if not left[0]:
            rested.release()
            return False
        left[0] -= 1
        return True

    worker.when_idle(task)
    assert rested.acquire(timeout=5)
    assert left == [0]
    left[0] = 2
    worker.call(bool)
    assert rested.acquire(timeout=5)
    assert left == [0]


@pytest.mark.expected_log("storage.worker", "left for later")
def test_that_an_idle_task_that_fails_leaves_the_worker_at_work(worker: StorageWorker) -> None:
    tried = threading.Event()

    def task() -> bool:
        tried.set()
        raise StorageError("storage.full")

    worker.when_idle(task)
    assert tried.wait(5)
    assert worker.call(int) == 0
