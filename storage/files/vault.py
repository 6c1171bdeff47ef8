"""One encrypted file: written whole, read in stretches, believed only where its seal is unbroken.

AES-256-GCM in chunks of 64 KiB under a key of the file's own, derived from the key of the databases (HKDF, RFC 5869).
A chunk's place and the number of all chunks are sealed with it: nothing can be swapped, repeated or cut off unnoticed.
"""

import os
import secrets
import struct
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import StorageError
from storage.faults import fault_of_os

CHUNK_BYTES = 64 * 1024
_MAGIC = b"WFF1"
_SALT_BYTES = 16
_TAG_BYTES = 16
_HEAD = struct.Struct(f">4s{_SALT_BYTES}sIQ")
"""Magic, salt, size of the sealed note, size of the content."""
_NOTE_CAP = 16 * 1024
_PLACE = struct.Struct(">QQ")


def derive(key: bytes, purpose: bytes, salt: bytes | None = None) -> bytes:
    """Return a 32-byte key for one purpose."""
    return HKDF(hashes.SHA256(), 32, salt, b"watchfloor " + purpose).derive(key)


def write(path: Path, key: bytes, note: bytes, content: bytes) -> None:
    """Write a file with a `note` about it; both are on the disk, under their final name, when this returns.

    Raises:
        StorageError: storage.full, .io, .readonly; then there is no such file.
    """
    fresh = path.with_suffix(".new")
    try:
        with fresh.open("wb") as file:
            os.chmod(fresh, 0o600)  # noqa: PTH101 - of the file that was just made, before anything is in it
            for part in _sealed(key, note, content):
                file.write(part)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise fault_of_os(error, path) from error


def note_of(path: Path, key: bytes) -> bytes:
    """Read what was noted about a file.

    Raises:
        StorageError: attachment.unreadable, storage.io.
    """
    try:
        with path.open("rb") as file:
            salt, note_bytes, _ = _head(file.read(_HEAD.size), path)
            return _open(AESGCM(derive(key, b"file", salt)), 0, (0, 0), file.read(note_bytes), path)
    except OSError as error:
        raise fault_of_os(error, path) from error


def read(path: Path, key: bytes, start: int = 0, size: int | None = None) -> bytes:
    """Read `size` bytes of the content from `start` on; all of it by default.

    Raises:
        StorageError: attachment.unreadable, storage.io.
    """
    try:
        with path.open("rb") as file:
            salt, note_bytes, total = _head(file.read(_HEAD.size), path)
            end = total if size is None else min(total, start + size)
            cipher = AESGCM(derive(key, b"file", salt))
            first, count = start // CHUNK_BYTES, -(-total // CHUNK_BYTES)
            file.seek(_HEAD.size + note_bytes + first * (CHUNK_BYTES + _TAG_BYTES))
            parts: list[bytes] = []
            for number in range(first, -(-end // CHUNK_BYTES)):
                sealed = file.read(CHUNK_BYTES + _TAG_BYTES)
                parts.append(_open(cipher, number + 1, (number, count), sealed, path))
            offset = start - first * CHUNK_BYTES
            return b"".join(parts)[offset : offset + max(0, end - start)]
    except OSError as error:
        raise fault_of_os(error, path) from error


def remove(path: Path) -> None:
    """Remove a file, on the disk as well where the system has a way.

    Raises:
        OSError: It stays.
    """
    path.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sealed(key: bytes, note: bytes, content: bytes) -> Iterator[bytes]:
    salt = secrets.token_bytes(_SALT_BYTES)
    cipher = AESGCM(derive(key, b"file", salt))
    count = -(-len(content) // CHUNK_BYTES)
    sealed_note = cipher.encrypt(_nonce(0), note, _PLACE.pack(0, 0))
    yield _HEAD.pack(_MAGIC, salt, len(sealed_note), len(content))
    yield sealed_note
    for number in range(count):
        chunk = content[number * CHUNK_BYTES : (number + 1) * CHUNK_BYTES]
        yield cipher.encrypt(_nonce(number + 1), chunk, _PLACE.pack(number, count))


def _head(data: bytes, path: Path) -> tuple[bytes, int, int]:
    if len(data) < _HEAD.size or not data.startswith(_MAGIC):
        raise StorageError("attachment.unreadable", {"file": path.name}, "no head")
    _, salt, note_bytes, total = _HEAD.unpack(data)
    if note_bytes > _NOTE_CAP:
        raise StorageError("attachment.unreadable", {"file": path.name}, "no head")
    return salt, note_bytes, total


def _open(cipher: AESGCM, number: int, place: tuple[int, int], sealed: bytes, path: Path) -> bytes:
    try:
        return cipher.decrypt(_nonce(number), sealed, _PLACE.pack(*place))
    except (InvalidTag, ValueError) as error:
        raise StorageError("attachment.unreadable", {"file": path.name}, f"chunk {number}") from error


def _nonce(number: int) -> bytes:
    # A counter is safe as a nonce here, for no two files share a key.
    return number.to_bytes(12, "big")


def _sync_folder(folder: Path) -> None:
    """Make the new name durable too, where the system has a way."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
