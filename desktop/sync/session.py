"""Who is signed in, and the tokens that prove it. The refresh token and the officer survive in the encrypted store."""

import logging
import threading
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

import msgspec

from desktop.central.client import CentralClient
from desktop.central.lenient import read_as
from desktop.central.policy import Policy, read_policy
from desktop.central.schema import Officer, PasswordChange, TokenGrant, TokenRequest
from desktop.errors import OpsError
from storage.duty.duty import Duty
from storage.worker import StorageWorker

log = logging.getLogger(__name__)

Params = ParamSpec("Params")
Answer = TypeVar("Answer")

ENDED = frozenset({"auth.expired", "auth.account_closed"})
"""Faults after which the tokens are worth nothing."""

_REFRESH = "session.refresh"
_OFFICER = "session.officer"
_POLICY = "session.policy"


class Session:
    """Tokens and officer; thread-safe.

    An officer whose tokens are refused stays known: what was recorded is theirs, and recording goes on until they sign
    in again. Only `sign_out` forgets them.
    """

    def __init__(self, client: CentralClient, duty: Duty, worker: StorageWorker) -> None:
        self._client = client
        self._duty = duty
        self._worker = worker
        self._lock = threading.Lock()
        self._access = ""
        self._refresh = ""
        self._officer: Officer | None = None
        self._policy = Policy()
        self._ended_by = "auth.expired"

    @property
    def officer(self) -> Officer | None:
        """Who is at the desk, or None."""
        return self._officer

    @property
    def policy(self) -> Policy:
        """What the centre asked of this desk at the last sign-in or renewal."""
        return self._policy

    @property
    def signed_in(self) -> bool:
        """Whether there is something to show the centre."""
        return bool(self._access or self._refresh)

    @property
    def absence(self) -> str:
        """Why there is nothing to show: ``auth.signed_out``, ``auth.expired`` or ``auth.account_closed``."""
        return self._ended_by if self._officer else "auth.signed_out"

    def restore(self) -> None:
        """Take up the session of the last run, without asking the centre."""
        refresh, officer, policy = self._worker.call(self._stored)
        with self._lock:
            self._refresh, self._officer, self._policy = refresh, officer, policy

    def sign_in(self, username: str, password: str) -> Officer:
        """Exchange a password for a session.

        Raises:
            OpsError: ``auth.wrong_password``, ``auth.account_closed`` or a fault of the link.
        """
        device = self._worker.call(self._duty.device_id)
        request = TokenRequest(grant="password", device_id=device, username=username, password=password)
        grant = self._client.token(request)
        with self._lock:
            self._take(grant)
        return grant.officer

    def sign_out(self) -> None:
        """Forget the session here, then tell the centre if it can be reached."""
        with self._lock:
            access, refresh = self._access, self._refresh
            self._access, self._refresh, self._officer = "", "", None
            self._worker.call(self._keep, "", None)
        if access:
            try:
                self._client.revoke(access, refresh)
            except OpsError as fault:
                log.info("the centre was not told of the sign-out: %s", fault.code)

    def authorised(
        self,
        call: Callable[Concatenate[str, Params], Answer],
        *args: Params.args,
        **kwargs: Params.kwargs,
    ) -> Answer:
        """Return ``call(token, …)``, with one renewal of the token if the centre wants a fresh one.

        Raises:
            OpsError: What `call` raises; ``auth.expired`` when the officer has to sign in again,
                ``auth.account_closed`` when another one has to, ``auth.signed_out`` when nobody is signed in.
        """
        token = self.token()
        try:
            return call(token, *args, **kwargs)
        except OpsError as fault:
            if fault.code != "auth.expired":
                raise
        return call(self.renew(token), *args, **kwargs)

    def token(self) -> str:
        """Return the access token, from the refresh token if there is none yet."""
        return self._access or self.renew("")

    def renew(self, stale: str) -> str:
        """Replace the access token `stale`; threads that come with the same one share a single renewal.

        Raises:
            OpsError: ``auth.expired``, ``auth.account_closed``, ``auth.signed_out`` or a fault of the link.
        """
        with self._lock:
            if self._access and self._access != stale:
                return self._access
            if not self._refresh:
                raise OpsError(self.absence)
            device = self._worker.call(self._duty.device_id)
            request = TokenRequest(grant="refresh", device_id=device, refresh=self._refresh)
            try:
                grant = self._client.token(request)
            except OpsError as fault:
                if fault.code in ENDED:
                    self._access, self._refresh, self._ended_by = "", "", fault.code
                    self._worker.call(self._keep, "", self._officer)
                raise
            self._take(grant)
            return self._access

    def change_password(self, old: str, new: str) -> None:
        """Change the officer's password; the session goes on.

        Raises:
            OpsError: ``auth.old_password``, ``auth.password_rule``, ``auth.password_reused`` or a fault of the link.
        """
        officer = self.authorised(self._client.change_password, PasswordChange(old, new))
        with self._lock:
            self._officer = officer
            self._worker.call(self._keep, self._refresh, officer)

    def reload_officer(self) -> Officer:
        """Ask the centre again for roles and scopes."""
        officer = self.authorised(self._client.me)
        with self._lock:
            self._officer = officer
            self._worker.call(self._keep, self._refresh, officer)
        return officer

    def renew_rules(self) -> None:
        """Ask for a new token, since only that brings the centre's rules; without a refresh token they stay."""
        if self._refresh:
            self.renew(self._access)

    def _take(self, grant: TokenGrant) -> None:
        """Keep what the centre granted; the lock is held."""
        self._access = grant.access
        self._refresh = grant.refresh or self._refresh
        self._officer = grant.officer
        self._ended_by = "auth.expired"
        self._policy = read_policy(grant.policy)
        self._worker.call(self._keep, self._refresh, grant.officer)
        self._worker.call(self._duty.set_secret, _POLICY, msgspec.json.encode(self._policy).decode())

    def _stored(self) -> tuple[str, Officer | None, Policy]:
        """Read what was kept; on the storage worker."""
        officer = self._duty.get_secret(_OFFICER)
        try:
            known = msgspec.json.decode(officer, type=Officer) if officer else None
        except msgspec.DecodeError:
            known = None
        policy = read_as(Policy, (self._duty.get_secret(_POLICY) or "{}").encode())
        return self._duty.get_secret(_REFRESH) or "", known, policy

    def _keep(self, refresh: str, officer: Officer | None) -> None:
        """Write both secrets; on the storage worker."""
        self._duty.set_secret(_REFRESH, refresh or None)
        self._duty.set_secret(_OFFICER, msgspec.json.encode(officer).decode() if officer else None)
