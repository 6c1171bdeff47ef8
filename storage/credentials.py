"""The operating system's keyring, behind a deadline. The only importer of `keyring`.

The library's own choice of a back end obeys ``PYTHON_KEYRING_BACKEND`` and ``keyringrc.cfg``, both of which can load
foreign code or a plain-text file; so the back ends are chosen here, from a short list, by their classes. Any call may
wait for ever on a prompt nobody sees (`unlock` of the Secret Service does): each runs on a thread of its own that is
left behind when the deadline is over.
"""

import importlib
import logging
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

log = logging.getLogger(__name__)

SERVICE = "watchfloor"
SECRET_LIMIT = 1_280
"""Characters of a secret: Windows takes 2,560 bytes of UTF-16."""

Result = TypeVar("Result")

_BACKENDS = {
    "win32": (("Windows", "WinVaultKeyring"),),
    "darwin": (("macOS", "Keyring"),),
    "linux": (("SecretService", "Keyring"), ("libsecret", "Keyring"), ("kwallet", "DBusKeyring")),
}
_CHOSEN_OUTSIDE = "PYTHON_KEYRING_BACKEND"
_LOCAL_MACHINE = 2  # CRED_PERSIST_LOCAL_MACHINE; the library's default lets the secret roam to other machines


class KeyringUnavailableError(Exception):
    """There is no keyring to use now; `reason` is absent, locked, timeout or failed."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


class Credentials:
    """Secrets in the first usable keyring of the operating system."""

    def __init__(self, deadline_s: float = 5) -> None:
        """Choose nothing yet; each call may take `deadline_s` seconds at most."""
        self._deadline_s = deadline_s
        self._backend: KeyringBackend | None = None
        self._stuck = False

    def backend_name(self) -> str:
        """Return the name of the keyring in use, such as ``SecretService``.

        Raises:
            KeyringUnavailableError: There is none.
        """
        return self._call(lambda backend: type(backend).__module__.rpartition(".")[2])

    def get(self, name: str) -> str | None:
        """Return the secret called `name`, or None if the keyring has none.

        Raises:
            KeyringUnavailableError: The keyring cannot be asked.
        """
        return self._call(lambda backend: backend.get_password(SERVICE, name))

    def keep(self, name: str, secret: str) -> None:
        """Keep a secret, and read it back.

        Raises:
            KeyringUnavailableError: The keyring cannot be written, or gives back something else.
            ValueError: The secret is longer than every keyring takes.
        """
        if len(secret) > SECRET_LIMIT:
            raise ValueError(f"a keyring item has at most {SECRET_LIMIT} characters")
        self._call(lambda backend: backend.set_password(SERVICE, name, secret))
        if self.get(name) != secret:
            raise KeyringUnavailableError("failed", "the item reads differently from what was written")

    def delete(self, name: str) -> None:
        """Forget a secret; nothing happens if there is none.

        Raises:
            KeyringUnavailableError: The keyring cannot be written.
        """
        self._call(lambda backend: _delete(backend, name))

    def _call(self, work: Callable[[KeyringBackend], Result]) -> Result:
        if self._stuck:  # one prompt for a start: whoever let the first one pass will not want a second
            raise KeyringUnavailableError("timeout")
        future: Future[Result] = Future()
        thread = threading.Thread(target=self._run, args=(future, work), name="keyring", daemon=True)
        thread.start()
        try:
            return future.result(self._deadline_s)
        except TimeoutError:
            if future.done():
                raise
            self._stuck = True
            raise KeyringUnavailableError("timeout", f"no answer within {self._deadline_s:g} s") from None

    def _run(self, future: Future[Any], work: Callable[[KeyringBackend], Any]) -> None:
        try:
            if self._backend is None:
                self._backend = _choose()
            future.set_result(work(self._backend))
        except KeyringUnavailableError as error:
            future.set_exception(error)
        except KeyringLocked as error:
            future.set_exception(KeyringUnavailableError("locked", str(error)))
        except Exception as error:  # noqa: BLE001 - a thread's main; back ends let through whatever D-Bus raises
            future.set_exception(KeyringUnavailableError("failed", f"{type(error).__name__}: {error}"))


def _choose() -> KeyringBackend:
    if _CHOSEN_OUTSIDE in os.environ:
        log.warning("%s is not obeyed: the key goes to the system's own keyring or under a passphrase", _CHOSEN_OUTSIDE)
    refused: list[str] = []
    for module, name in _BACKENDS.get(sys.platform, ()):
        try:
            backend_class = getattr(importlib.import_module(f"keyring.backends.{module}"), name)
            _ = backend_class.priority  # raises when there is no such service
            backend: KeyringBackend = backend_class()
        except Exception as error:  # noqa: BLE001 - a back end that cannot even say so is not usable
            refused.append(f"{module}: {error}")
            continue
        vars(backend).clear()  # what KEYRING_PROPERTY_… in the environment has set
        if sys.platform == "win32":
            vars(backend)["_persist"] = _LOCAL_MACHINE
        return backend
    raise KeyringUnavailableError("absent", "; ".join(refused))


def _delete(backend: KeyringBackend, name: str) -> None:
    try:
        backend.delete_password(SERVICE, name)
    except PasswordDeleteError:
        log.debug("no keyring item %s to delete", name)
