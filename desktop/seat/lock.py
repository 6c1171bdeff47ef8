"""The seat's lock: the officer's password opens it again, with or without the centre."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from storage.duty.duty import Duty
from storage.worker import StorageWorker

_VERIFIER = "seat.verifier"
_FAILURES = "seat.failures"
FREE_TRIES = 5
"""Wrong passwords in a row that cost nothing; after each further one the seat stays shut for a while."""
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 30.0, 900.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a password opens the seat; when it was not even looked at, `wait_s` says for how long that goes on.

    `closed`: no password does, until somebody has signed in again.
    """

    opens: bool
    wait_s: float = 0.0
    closed: bool = False


class _Failures(msgspec.Struct, frozen=True):
    """Wrong passwords in a row, and when the last one came (seconds since 1970)."""

    count: int = 0
    last_s: float = 0.0

    def pause_s(self, now_s: float) -> float:
        """Return how long nothing is to be tried; a clock that was put back does not shorten it."""
        if self.count < FREE_TRIES:
            return 0.0
        whole_s = min(_LONGEST_PAUSE_S, _FIRST_PAUSE_S * 2.0 ** min(self.count - FREE_TRIES, 10))
        return max(0.0, whole_s - max(0.0, now_s - self.last_s))


class SeatLock:
    """Keeps an Argon2id verifier (RFC 9106) of the last password that the centre took, in the encrypted store.

    Args:
        duty: Where verifier and count are kept; the count outlives the program.
        worker: Runs everything here.
        wall_clock: Seconds since 1970.
    """

    def __init__(self, duty: Duty, worker: StorageWorker, wall_clock: Callable[[], float] = time.time) -> None:
        self._duty = duty
        self._worker = worker
        self._wall_clock = wall_clock
        self._hasher = PasswordHasher()

    def remember(self, password: str) -> "Future[None]":
        """Take the password of a sign-in that succeeded."""
        return self._worker.submit(self._remember, password)

    def forget(self) -> "Future[None]":
        """Let no password open the seat until the next sign-in."""
        return self._worker.submit(self._duty.set_secret, _VERIFIER, None)

    def judge(self, password: str) -> "Future[Verdict]":
        """Say whether `password` opens the seat."""
        return self._worker.submit(self._judge, password)

    def _remember(self, password: str) -> None:
        self._duty.set_secret(_VERIFIER, self._hasher.hash(password))
        self._duty.set_secret(_FAILURES, None)

    def _judge(self, password: str) -> Verdict:
        verifier = self._duty.get_secret(_VERIFIER)
        if verifier is None:
            return Verdict(opens=False, closed=True)
        stored = self._duty.get_secret(_FAILURES)
        failures = msgspec.json.decode(stored, type=_Failures) if stored else _Failures()
        pause_s = failures.pause_s(self._wall_clock())
        if pause_s:
            return Verdict(opens=False, wait_s=pause_s)
        if self._matches(verifier, password):
            self._duty.set_secret(_FAILURES, None)
            return Verdict(opens=True)
        failed = _Failures(failures.count + 1, self._wall_clock())
        self._duty.set_secret(_FAILURES, msgspec.json.encode(failed).decode())
        return Verdict(opens=False)

    def _matches(self, verifier: str, password: str) -> bool:
        try:
            return self._hasher.verify(verifier, password)
        except VerificationError:
            return False
