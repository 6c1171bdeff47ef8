"""The key of the databases: kept by the operating system, or wrapped by a passphrase."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PassphraseRequest:
    """A question for the officer.

    Attributes:
        new: A passphrase is to be chosen (ask twice), not given again.
        fault: Why it is asked: ``keys.no_keyring``, ``keys.lost`` (of the keyring), ``keys.wrong_passphrase``, ``keys.passphrase_too_short`` or "".
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


Ask = Callable[[PassphraseRequest], str | None]


def obtain_key(data_dir: Path, *, ask: Ask, keyring_deadline_s: float = 5) -> KeyGrant:
    """Get the key of the databases in `data_dir`, or make one for a fresh directory. Blocking; never on the GUI thread.

    `ask` returns None when nobody can answer; then this raises instead of waiting.

    Raises:
        StorageError: keys.no_keyring (reason), keys.lost, keys.wrong_passphrase, keys.slot_damaged, storage.readonly.
    """
    raise NotImplementedError
