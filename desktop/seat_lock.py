"""The seat's lock: the officer's password opens it again, with or without the centre."""

from concurrent.futures import Future

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from storage.duty.duty import Duty
from storage.worker import StorageWorker

_VERIFIER = "seat.verifier"


class SeatLock:
    """Keeps an Argon2id verifier (RFC 9106) of the last password that the centre took, in the encrypted store."""

    def __init__(self, duty: Duty, worker: StorageWorker) -> None:
        self._duty = duty
        self._worker = worker
        self._hasher = PasswordHasher()

    def remember(self, password: str) -> "Future[None]":
        """Take the password of a sign-in that succeeded."""
        return self._worker.submit(self._remember, password)

    def opens(self, password: str) -> "Future[bool]":
        """Say whether `password` opens the seat."""
        return self._worker.submit(self._opens, password)

    def _remember(self, password: str) -> None:
        self._duty.set_secret(_VERIFIER, self._hasher.hash(password))

    def _opens(self, password: str) -> bool:
        verifier = self._duty.get_secret(_VERIFIER)
        if verifier is None:
            return False
        try:
            return self._hasher.verify(verifier, password)
        except VerificationError:
            return False
