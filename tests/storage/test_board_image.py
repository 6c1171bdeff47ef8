"""The board that a clean stop leaves for the next start, and every reason not to believe it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.cache.board import board as board_module
from storage.cache.board import image
from storage.errors import StorageError
from storage.files import vault
from storage.records import OrderQuery
from storage.store import CACHE_FILE, Store, open_store
from tests.storage.objects import KEY, cursor, order_json, project, upsert

ALL = OrderQuery(open_only=False, sort="due")
LONG = "a-very-long-id-" * 5
IDS = [*(f"o{number}" for number in range(60)), LONG]


@pytest.fixture(autouse=True)
def _for_few_orders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image, "LEAST_ROWS", 1)


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """A data directory after a clean stop, with its image."""
    store = open_store(tmp_path / "left", KEY, project)
    store.cache.apply([upsert(n, key, order_json()) for n, key in enumerate(IDS, 1)], cursor(len(IDS)))
    store.close()
    assert (tmp_path / "left" / image.FILE).exists()
    return tmp_path / "left"


@pytest.fixture
def gathered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each time the blocks are read, rather than the image."""
    times: list[str] = []
    plain = board_module.Board._gathered

    def note(board: board_module.Board, connection: object) -> object:
        times.append(board._shelf)
        return plain(board, connection)  # type: ignore[arg-type]

    monkeypatch.setattr(board_module.Board, "_gathered", note)
    return times


def _orders(folder: Path) -> list[str]:
    store = open_store(folder, KEY, project)
    try:
        store.cache.apply([upsert(1_000, "new", order_json())], cursor(1_000))
        return sorted(store.cache.order_ids(ALL, 100))
    finally:
        store.close()


def test_that_the_next_start_reads_the_image_once(
    open_desk: Callable[[], Store], tmp_path: Path, gathered: list[str]
) -> None:
    store = open_desk()
    store.cache.apply([upsert(n, key, order_json()) for n, key in enumerate(IDS, 1)], cursor(len(IDS)))
    gathered.clear()
    store = open_desk()
    assert gathered == []
    assert not (tmp_path / "data" / image.FILE).exists()
    assert sorted(store.cache.order_ids(ALL, 100)) == sorted(IDS)
    store.cache.apply([upsert(1_000, "o1", order_json(state="closed"))], cursor(1_000))
    assert store.cache.order_count(OrderQuery()) == len(IDS) - 1


def test_that_a_start_after_a_kill_gathers_the_blocks(left: Path, gathered: list[str]) -> None:
    (left / image.FILE).unlink()
    assert _orders(left) == sorted([*IDS, "new"])
    assert gathered == ["a"]


def test_that_an_image_beside_another_database_is_not_believed(left: Path, gathered: list[str]) -> None:
    os.utime(left / CACHE_FILE, ns=(1, 1))
    assert _orders(left) == sorted([*IDS, "new"])
    assert gathered == ["a"]


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "other_key"])
def test_that_a_damaged_image_is_not_believed(
    left: Path, gathered: list[str], damage: str, expect_log: Callable[[str, str], None]
) -> None:
    path = left / image.FILE
    data = bytearray(path.read_bytes())
    match damage:
        case "cut":
            path.write_bytes(data[:-20])
        case "flipped":
            data[-100] ^= 1
            path.write_bytes(data)
        case "empty":
            path.write_bytes(b"")
        case "other_key":
            vault.write(path, bytes(32), b"{}", bytes(100))
    expect_log("storage.cache.board.image", "gathered from its blocks")
    assert _orders(left) == sorted([*IDS, "new"])
    assert gathered == ["a"]


def test_that_nothing_is_written_while_an_image_cannot_be_taken_away(
    left: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(vault, "remove", refuse)
    with pytest.raises(StorageError, match=r"storage\.readonly"):
        open_store(left, KEY, project)


def test_that_a_full_disk_at_the_end_costs_the_image_only(
    open_desk: Callable[[], Store], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[..., None]
) -> None:
    def refuse(*_args: object) -> None:
        raise StorageError("storage.full")

    store = open_desk()
    store.cache.apply([upsert(n, key, order_json()) for n, key in enumerate(IDS, 1)], cursor(len(IDS)))
    monkeypatch.setattr(vault, "write", refuse)
    expect_log("storage.cache.board.image", "the next start will gather")
    store = open_desk()
    monkeypatch.undo()
    assert sorted(store.cache.order_ids(ALL, 100)) == sorted(IDS)
    assert not store.notices
    assert not (tmp_path / "data" / image.FILE).exists()
