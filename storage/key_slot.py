"""The key file: what is needed besides the keyring or the passphrase to get the key, and nothing that gives it away.

The passphrase wraps the key: Argon2id (RFC 9106) makes a wrapping key of it, AES-256-GCM (NIST SP 800-38D) wraps.
There is no stored hash of the passphrase; it is right when the wrap opens.
"""

import base64
import hashlib
import os
import secrets
from pathlib import Path

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.errors import StorageError
from storage.faults import fault_of_os

FILE = "keys.json"

# RFC 9106, second recommended choice: 64 MiB, 3 passes, 4 lanes.
MEMORY_KIB = 64 * 1024
PASSES = 3
LANES = 4
# What a file may ask of us: a changed one must neither weaken the wrap nor demand 64 GiB.
_MEMORY_LIMITS_KIB = (19 * 1024, 1024 * 1024)
_PASSES_LIMITS = (1, 16)
_LANES_LIMITS = (1, 16)
_FORMAT = 1
_SALT_BYTES = 16
_NONCE_BYTES = 12
_KEY_BYTES = 32
_FILE_LIMIT_BYTES = 64 * 1024


class Slot(msgspec.Struct, frozen=True):
    """The key wrapped by a passphrase; bytes as base64."""

    salt: bytes
    nonce: bytes
    wrapped: bytes
    memory_kib: int = MEMORY_KIB
    passes: int = PASSES
    lanes: int = LANES


class KeyFile(msgspec.Struct, frozen=True):
    """What the data directory remembers of its key.

    Attributes:
        profile: Names the keyring item: two data directories have two keys.
        check: First bytes of a hash of the key; tells a wrong key from a damaged database.
        keyring: Which keyring holds the key; "" if none ever did.
        slot: The key wrapped by a passphrase, if one was ever set.
        format: Of this file.
    """

    profile: str
    check: str
    keyring: str = ""
    slot: Slot | None = None
    format: int = _FORMAT


def new_key_file(key: bytes) -> KeyFile:
    """Return the file of a new key, without keyring or slot."""
    return KeyFile(profile=secrets.token_hex(8), check=check_of(key))


def check_of(key: bytes) -> str:
    """Return a short fingerprint of a random key; it says nothing about the key itself."""
    return hashlib.sha256(b"watchfloor key check 1" + key).hexdigest()[:16]


def read_key_file(data_dir: Path) -> KeyFile | None:
    """Read it, or return None if there is none.

    Raises:
        StorageError: keys.slot_damaged (path), storage.readonly, storage.io.
    """
    path = data_dir / FILE
    try:
        with path.open("rb") as file:
            data = file.read(_FILE_LIMIT_BYTES)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise fault_of_os(error, path) from error
    try:
        found = msgspec.json.decode(data, type=KeyFile)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _damaged(path, str(error)) from error
    if found.format != _FORMAT:
        raise _damaged(path, f"format {found.format}")
    if found.slot is not None and not _within_limits(found.slot):
        raise _damaged(path, "Argon2 parameters out of bounds")
    return found


def write_key_file(data_dir: Path, key_file: KeyFile) -> None:
    """Write it whole or not at all, on the disk before this returns.

    Raises:
        StorageError: storage.readonly, storage.full, storage.io.
    """
    path, fresh = data_dir / FILE, data_dir / f"{FILE}.new"
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(key_file), indent=1))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        _sync_directory(data_dir)
    except OSError as error:
        raise fault_of_os(error, path) from error


def wrap(key: bytes, passphrase: str, profile: str) -> Slot:
    """Wrap `key` by a passphrase; takes about 0.1 s on purpose."""
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    wrapping = _derive(passphrase, salt, MEMORY_KIB, PASSES, LANES)
    return Slot(salt, nonce, AESGCM(wrapping).encrypt(nonce, key, profile.encode()))


def unwrap(slot: Slot, passphrase: str, profile: str) -> bytes | None:
    """Return the key, or None if the passphrase is wrong."""
    wrapping = _derive(passphrase, slot.salt, slot.memory_kib, slot.passes, slot.lanes)
    try:
        return AESGCM(wrapping).decrypt(slot.nonce, slot.wrapped, profile.encode())
    except InvalidTag:
        return None


def encode_key(key: bytes) -> str:
    """Return the key as the keyring keeps it."""
    return base64.b64encode(key).decode()


def decode_key(text: str) -> bytes | None:
    """Return the key that the keyring kept, or None if it is none."""
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return key if len(key) == _KEY_BYTES else None


def _derive(passphrase: str, salt: bytes, memory_kib: int, passes: int, lanes: int) -> bytes:
    return hash_secret_raw(
        passphrase.encode("utf-8", "surrogatepass"), salt, time_cost=passes, memory_cost=memory_kib, parallelism=lanes,
        hash_len=_KEY_BYTES, type=Type.ID,
    )  # fmt: skip


def _within_limits(slot: Slot) -> bool:
    numbers = (
        (slot.memory_kib, _MEMORY_LIMITS_KIB),
        (slot.passes, _PASSES_LIMITS),
        (slot.lanes, _LANES_LIMITS),
        (len(slot.salt), (_SALT_BYTES, _SALT_BYTES)),
        (len(slot.nonce), (_NONCE_BYTES, _NONCE_BYTES)),
    )
    return all(least <= number <= most for number, (least, most) in numbers)


def _damaged(path: Path, detail: str) -> StorageError:
    return StorageError("keys.slot_damaged", {"path": str(path)}, detail)


def _sync_directory(folder: Path) -> None:
    if os.name != "posix":
        return  # Windows has no such handle; NTFS logs the rename
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
