"""Threads, child processes and shared memory of a test end with it."""

import os
import threading
import time
from collections.abc import Iterator
from multiprocessing import resource_tracker
from pathlib import Path

import psutil
import pytest

GRACE_S = 5.0  # joins with deadlines have returned by now; what is left was forgotten
_SHARED_MEMORY = Path("/dev/shm")


def _threads() -> set[threading.Thread]:
    # A dummy stands for a native thread that once called Python (Qt's pool, libVLC); it cannot be joined.
    return {thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)}


def _children() -> set[psutil.Process]:
    # multiprocessing keeps one bookkeeper per interpreter, from first use until exit.
    bookkeeper = resource_tracker._resource_tracker._pid
    return {child for child in psutil.Process().children(recursive=True) if child.pid != bookkeeper}


def _segments() -> set[str]:
    """Names of shared memory that belongs to this process; others on the machine are none of our business."""
    if not _SHARED_MEMORY.is_dir():
        return set()
    own = f"-{os.getpid()}-"  # as `desktop.video.block` names them
    return {entry.name for entry in _SHARED_MEMORY.iterdir() if own in entry.name}


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Compare before and after; module- and session-wide fixtures are up before this one looks."""
    threads, children, segments = _threads(), _children(), _segments()
    yield
    deadline = time.monotonic() + GRACE_S
    for thread in _threads() - threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    psutil.wait_procs(_children() - children, timeout=max(0.0, deadline - time.monotonic()))
    left = [f"thread {thread.name}" for thread in _threads() - threads]
    left += [f"process {_describe(child)}" for child in _children() - children]
    left += [f"shared memory {name}" for name in sorted(_segments() - segments)]
    if left:
        pytest.fail("left behind:\n  " + "\n  ".join(left), pytrace=False)


def _describe(process: psutil.Process) -> str:
    try:
        return f"{process.pid}: {' '.join(process.cmdline()) or process.name()}"
    except psutil.Error:
        return str(process.pid)
