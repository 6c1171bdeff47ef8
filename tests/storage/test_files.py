"""Attachments on the disk: encrypted, whole or not there, bounded where they can be fetched again."""

import hashlib
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from storage.errors import StorageError
from storage.files import shelf as shelf_module
from storage.files import vault
from storage.files.shelf import FileNote, FileShelf

KEY = bytes(range(32))


def note(content: bytes, name: str = "1.jpg", added_at: str = "") -> FileNote:
    return FileNote(hashlib.sha256(content).hexdigest(), len(content), name, "image/jpeg", added_at=added_at)


def opened(path: Path) -> bytes:
    return vault.note_of(path, KEY) + vault.read(path, KEY)


@pytest.mark.parametrize("size", [0, 1, vault.CHUNK_BYTES - 1, vault.CHUNK_BYTES, vault.CHUNK_BYTES + 1, 300_000])
def test_that_what_is_written_is_read_whole_and_in_stretches(tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    path = tmp_path / "a.wff"
    vault.write(path, KEY, b"note", content)
    assert vault.note_of(path, KEY) == b"note"
    assert vault.read(path, KEY) == content
    for start, length in ((0, 10), (size // 2, 70_000), (max(0, size - 5), 99), (size, 10)):
        assert vault.read(path, KEY, start, length) == content[start : start + length]


def test_that_nothing_of_the_content_or_its_name_is_on_the_disk(tmp_path: Path) -> None:
    files = FileShelf(tmp_path, KEY)
    content = b"a very secret content " * 10_000
    files.keep(note(content, "secret-name.jpg"), content)
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) == 1
    raw = written[0].read_bytes()
    assert b"secret" not in raw
    assert hashlib.sha256(content).hexdigest()[:10] not in str(written[0])
    assert written[0].stat().st_mode & 0o777 == 0o600


@pytest.mark.fault(76)
@pytest.mark.parametrize("place", ["head", "note", "chunk", "cut", "swapped"])
def test_that_a_changed_file_is_never_believed(tmp_path: Path, place: str) -> None:
    path = tmp_path / "a.wff"
    content = os.urandom(3 * vault.CHUNK_BYTES)
    vault.write(path, KEY, b"n", content)
    raw = bytearray(path.read_bytes())
    body = len(raw) - 3 * (vault.CHUNK_BYTES + 16)
    chunk = vault.CHUNK_BYTES + 16
    match place:
        case "head":
            raw[0] ^= 1
        case "note":
            raw[body - 1] ^= 1
        case "chunk":
            raw[body + chunk + 9] ^= 1
        case "cut":
            del raw[body + 2 * chunk :]
        case "swapped":
            raw[body : body + chunk], raw[body + chunk : body + 2 * chunk] = (
                raw[body + chunk : body + 2 * chunk],
                raw[body : body + chunk],
            )
    path.write_bytes(raw)
    with pytest.raises(StorageError) as refused:
        opened(path)
    assert refused.value.code == "attachment.unreadable"


def test_that_another_key_opens_nothing(tmp_path: Path) -> None:
    vault.write(tmp_path / "a.wff", KEY, b"n", b"x")
    with pytest.raises(StorageError):
        vault.read(tmp_path / "a.wff", bytes(32))


def test_that_kept_files_are_found_again_oldest_first_and_released_ones_can_still_be_read(tmp_path: Path) -> None:
    first, second = b"first", b"second"
    files = FileShelf(tmp_path, KEY)
    files.keep(note(second, added_at="2026-11-22T02"), second)
    files.keep(note(first, added_at="2026-11-22T01"), first)
    again = FileShelf(tmp_path, KEY)
    assert [each.size for each in again.kept()] == [5, 6]
    again.release(note(first).sha256)
    assert [each.size for each in again.kept()] == [6]
    assert again.read(note(first).sha256) == first
    assert again.read("0" * 64) is None
    again.drop(note(second).sha256)
    assert again.kept() == []


def test_that_the_cache_lets_the_longest_unread_go_and_never_what_is_kept(tmp_path: Path) -> None:
    files = FileShelf(tmp_path, KEY, cap_bytes=25_000)
    contents = [bytes([number]) * 10_000 for number in range(3)]
    mine = b"mine" * 5_000
    files.keep(note(mine), mine)
    for number, content in enumerate(contents):
        assert files.cache(note(content), content)
        path = files._path(files._cached, note(content).sha256)
        os.utime(path, (1_000 + number, 1_000 + number))
    files.read(note(contents[1]).sha256)
    extra = b"x" * 10_000
    files.cache(note(extra), extra)
    assert [files.read(note(content).sha256) is not None for content in contents] == [False, True, False]
    assert files.read(note(mine).sha256) == mine


@pytest.mark.expected_log("storage.files.shelf", "is damaged and forgotten|is set aside")
def test_that_a_damaged_cached_file_is_forgotten_and_a_damaged_kept_one_set_aside(tmp_path: Path) -> None:
    files = FileShelf(tmp_path, KEY)
    for folder, put in ((files._cached, files.cache), (files._kept, files.keep)):
        content = str(folder).encode()
        put(note(content), content)
        path = files._path(folder, note(content).sha256)
        path.write_bytes(path.read_bytes()[:-1] + b"!" if folder == files._cached else b"WFF1")
    assert files.read(note(str(files._cached).encode()).sha256) is None
    assert files.kept() == []
    assert files.damaged == 1
    assert list(files._kept.glob("*.damaged"))


@pytest.mark.fault(10)
def test_that_a_disk_that_is_nearly_full_takes_no_attachment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = FileShelf(tmp_path, KEY)
    monkeypatch.setattr(shelf_module, "LEAST_FREE_BYTES", 1 << 60)
    with pytest.raises(StorageError) as refused:
        files.keep(note(b"x"), b"x")
    assert refused.value.code == "attachment.no_room"
    assert not files.cache(note(b"x"), b"x")
    assert files.kept() == []


@pytest.mark.fault(10)
@pytest.mark.parametrize("call", ["fsync", "replace", "write"])
def test_that_a_disk_that_fails_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    files = FileShelf(tmp_path, KEY)
    files.kept()

    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    match call:
        case "fsync":
            monkeypatch.setattr(os, "fsync", fails)
        case "replace":
            monkeypatch.setattr(Path, "replace", fails)
        case "write":
            monkeypatch.setattr(os, "chmod", fails)
    with pytest.raises(StorageError) as refused:
        files.keep(note(b"x"), b"x")
    monkeypatch.undo()
    assert refused.value.code == "storage.full"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


VICTIM = """
    import hashlib, os, sys
    from pathlib import Path
    from storage.files.shelf import FileNote, FileShelf

    shelf = FileShelf(Path(sys.argv[1]), bytes(range(32)))
    shelf.kept()
    print("ready", flush=True)
    for number in range(10_000):
        content = number.to_bytes(4, "big") * 50_000
        shelf.keep(FileNote(hashlib.sha256(content).hexdigest(), len(content)), content)
        print(number, flush=True)
"""


@pytest.mark.real
@pytest.mark.fault(2, 3)
def test_that_a_kill_at_any_moment_loses_no_file_that_was_told_as_saved(tmp_path: Path) -> None:
    told = -1
    for lines in (1, 4, 9):
        with subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(VICTIM), str(tmp_path)], stdout=subprocess.PIPE, text=True
        ) as victim:
            for _ in range(lines):
                told = max(told, int(line) if (line := victim.stdout.readline().strip()).isdigit() else -1)
            victim.send_signal(signal.SIGKILL)
    files = FileShelf(tmp_path, KEY)
    sizes = {each.sha256: each.size for each in files.kept()}
    assert files.damaged == 0
    for number in range(told + 1):
        content = number.to_bytes(4, "big") * 50_000
        assert files.read(hashlib.sha256(content).hexdigest()) == content
    assert set(sizes.values()) == {200_000}
    assert not list(tmp_path.rglob("*.new"))
