"""A full disk: room set aside is given up, and then the officer is told the truth."""

from collections.abc import Callable
from pathlib import Path

import pytest

from storage import ballast as ballast_module
from storage.ballast import FILE, Ballast
from storage.errors import StorageError
from storage.records import OpRecord
from storage.store import Store

MEBIBYTE = 1024 * 1024


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ballast_module, "SIZE_BYTES", 2 * MEBIBYTE)


def limit_pages(store: Store, pages: int) -> None:
    """As many as the file may have; SQLite says the same of this limit as of a full disk."""
    with store.duty._database.write() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def fill_up(store: Store, enqueue: Callable[..., OpRecord]) -> None:
    limit_pages(store, 1)  # never less than there are
    for number in range(200):
        enqueue(f"before{number}", "o1", text="x" * 5_000)


GIVEN_UP = pytest.mark.expected_log("storage.ballast", "given up")


@GIVEN_UP
def test_that_room_is_taken_once_and_given_up_once(tmp_path: Path, small: None) -> None:
    ballast = Ballast(tmp_path)
    ballast.fill()
    written = (tmp_path / FILE).stat()
    assert written.st_blocks * 512 >= 2 * MEBIBYTE  # no holes
    ballast.fill()
    assert (tmp_path / FILE).stat().st_mtime_ns == written.st_mtime_ns
    assert (ballast.drop(), ballast.drop()) == (True, False)
    assert list(tmp_path.iterdir()) == []


def test_that_no_room_is_taken_from_a_disk_that_is_nearly_full(
    tmp_path: Path, small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ballast_module, "LEAST_FREE_BYTES", 2**60)
    Ballast(tmp_path).fill()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.expected_log("storage.ballast", "no room could be set aside")
def test_that_room_half_taken_is_given_back(tmp_path: Path, small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ballast_module.os, "fsync", refused)
    Ballast(tmp_path).fill()
    assert list(tmp_path.iterdir()) == []


@GIVEN_UP
def test_that_an_action_on_a_full_disk_is_saved_into_the_room_set_aside(
    store: Store, enqueue: Callable[..., OpRecord], small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    store._ballast.fill()
    drop = store._ballast.drop
    given_up = []

    def drop_and_widen() -> bool:
        given_up.append(drop())
        limit_pages(store, 10_000)
        return given_up[-1]

    monkeypatch.setattr(store.duty, "_make_room", drop_and_widen)
    fill_up(store, enqueue)
    assert given_up == [True]
    assert [op.device_seq for op in store.duty.unsent(1_000)] == list(range(1, 201))


def test_that_without_any_room_the_fault_is_raised_and_nothing_is_half_saved(
    store: Store, enqueue: Callable[..., OpRecord]
) -> None:
    with pytest.raises(StorageError) as caught:
        fill_up(store, enqueue)
    assert caught.value.code == "storage.full"
    saved = len(store.duty.unsent(1_000))
    limit_pages(store, 10_000)
    assert enqueue("after", "o1").device_seq == saved + 1
