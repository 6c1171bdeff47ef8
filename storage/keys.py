"""The key of the databases: kept by the operating system, or wrapped by a passphrase, or both."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from storage.credentials import Credentials, KeyringUnavailableError
from storage.engine import KEY_BYTES
from storage.errors import StorageError
from storage.faults import fault_of_os
from storage.key_slot import (
    KeyFile,
    check_of,
    decode_key,
    encode_key,
    new_key_file,
    read_key_file,
    unwrap,
    wrap,
    write_key_file,
)
from storage.store import CACHE_FILE, DUTY_FILE

log = logging.getLogger(__name__)

SHORTEST_PASSPHRASE = 8
"""Characters."""
ATTEMPTS = 5
"""Wrong passphrases before `obtain_key` gives up."""


@dataclass(frozen=True, slots=True)
class PassphraseRequest:
    """A question for the officer.

    Attributes:
        new: A passphrase is to be chosen (ask twice), not given again.
        fault: Why it is asked: ``keys.no_keyring``, ``keys.lost`` (the keyring has forgotten the key, the passphrase
            still opens it), ``keys.wrong_passphrase``, ``keys.passphrase_too_short``, or "" (there was no keyring).
        reason: For ``keys.no_keyring``: absent, locked, timeout or failed.
    """

    new: bool
    fault: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KeyGrant:
    """The 32-byte key and where it came from: ``keyring`` or ``passphrase``."""

    key: bytes
    source: str

    def __repr__(self) -> str:
        return f"KeyGrant(source={self.source!r})"  # a key in a log is a key given away


Ask = Callable[[PassphraseRequest], str | None]
"""Puts the question to the officer; None when nobody can or will answer."""


def obtain_key(data_dir: Path, *, ask: Ask, keyring_deadline_s: float = 5) -> KeyGrant:
    """Get the key of the databases in `data_dir`, or make one for a fresh directory. Blocking; never on the GUI thread.

    The keyring comes first and gets `keyring_deadline_s` seconds; then `ask`. Nothing is ever deleted here: while a key
    is out of reach, its databases stay as they are.

    Raises:
        StorageError: keys.no_keyring (reason) when there is neither a keyring nor an answer; keys.no_passphrase when
            the key has only a passphrase and nobody gave it; keys.lost (reason); keys.wrong_passphrase (attempts);
            keys.slot_damaged (path); storage.readonly, .full, .io.
    """
    credentials = Credentials(keyring_deadline_s)
    key_file = read_key_file(data_dir)
    if key_file is None:
        return _make_key(data_dir, credentials, ask)
    if not key_file.keyring:
        return KeyGrant(_ask_known(key_file, ask, PassphraseRequest(new=False)), "passphrase")
    try:
        kept = credentials.get(_item(key_file))
    except KeyringUnavailableError as error:
        log.warning("the keyring cannot be asked: %s", error)
        request = PassphraseRequest(new=False, fault="keys.no_keyring", reason=error.reason)
        if key_file.slot is None:
            raise _no_keyring(error) from error
        return KeyGrant(_ask_known(key_file, ask, request), "passphrase")
    key = decode_key(kept) if kept is not None else None
    if key is not None and check_of(key) == key_file.check:
        return KeyGrant(key, "keyring")
    if key_file.slot is None:
        raise StorageError("keys.lost", {"reason": "missing" if kept is None else "changed"})
    key = _ask_known(key_file, ask, PassphraseRequest(new=False, fault="keys.lost"))
    _keep_again(credentials, key_file, key)
    return KeyGrant(key, "passphrase")


def set_passphrase(data_dir: Path, key: bytes, passphrase: str) -> None:
    """Add a passphrase as a second way to `key`, or replace the one there is.

    Raises:
        StorageError: keys.passphrase_too_short; keys.lost (reason ``changed``) if `key` is not this directory's;
            storage.readonly, .full, .io.
    """
    _require_length(passphrase)
    key_file = read_key_file(data_dir)
    if key_file is None or check_of(key) != key_file.check:
        raise StorageError("keys.lost", {"reason": "changed"})
    slot = wrap(key, passphrase, key_file.profile)
    write_key_file(data_dir, msgspec.structs.replace(key_file, slot=slot))


def _make_key(data_dir: Path, credentials: Credentials, ask: Ask) -> KeyGrant:
    if any((data_dir / name).exists() for name in (DUTY_FILE, CACHE_FILE)):
        raise StorageError("keys.lost", {"reason": "no_key_file"})  # a new key would not open what is there
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise fault_of_os(error, data_dir) from error
    key = secrets.token_bytes(KEY_BYTES)
    key_file = new_key_file(key)
    try:
        credentials.keep(_item(key_file), encode_key(key))
        key_file = msgspec.structs.replace(key_file, keyring=credentials.backend_name())
    except KeyringUnavailableError as error:
        log.warning("no keyring for the new key: %s", error)
        passphrase = _ask_new(ask, error)
        slot = wrap(key, passphrase, key_file.profile)
        write_key_file(data_dir, msgspec.structs.replace(key_file, slot=slot))
        return KeyGrant(key, "passphrase")
    write_key_file(data_dir, key_file)
    return KeyGrant(key, "keyring")


def _ask_new(ask: Ask, cause: KeyringUnavailableError) -> str:
    request = PassphraseRequest(new=True, fault="keys.no_keyring", reason=cause.reason)
    for _ in range(ATTEMPTS):
        passphrase = ask(request)
        if passphrase is None:
            break
        if len(passphrase) >= SHORTEST_PASSPHRASE:
            return passphrase
        request = PassphraseRequest(new=True, fault="keys.passphrase_too_short")
    raise _no_keyring(cause) from cause


def _ask_known(key_file: KeyFile, ask: Ask, request: PassphraseRequest) -> bytes:
    if key_file.slot is None:
        raise StorageError("keys.lost", {"reason": "missing"})
    for _ in range(ATTEMPTS):
        passphrase = ask(request)
        if passphrase is None:
            break
        key = unwrap(key_file.slot, passphrase, key_file.profile)
        if key is not None and check_of(key) == key_file.check:
            return key
        request = PassphraseRequest(new=False, fault="keys.wrong_passphrase")
    else:
        raise StorageError("keys.wrong_passphrase", {"attempts": ATTEMPTS})
    code = request.fault or "keys.no_passphrase"
    raise StorageError(code, {"reason": request.reason} if request.reason else {})


def _keep_again(credentials: Credentials, key_file: KeyFile, key: bytes) -> None:
    try:
        credentials.keep(_item(key_file), encode_key(key))
    except KeyringUnavailableError as error:
        log.warning("the keyring does not take the key back: %s", error)


def _require_length(passphrase: str) -> None:
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise StorageError("keys.passphrase_too_short", {"minimum": SHORTEST_PASSPHRASE})


def _no_keyring(error: KeyringUnavailableError) -> StorageError:
    return StorageError("keys.no_keyring", {"reason": error.reason}, str(error), retryable=True)


def _item(key_file: KeyFile) -> str:
    return f"database-key-{key_file.profile}"
