"""Who is signed in: sessions that survive a restart, and short-lived access tokens."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

import msgspec
from sqlalchemy import Engine, insert, select, update

from desktop.central.policy import read_policy
from desktop.central.schema import Officer, TokenGrant
from desktop.drill.accounts import Accounts
from desktop.drill.clock import Clock
from desktop.drill.signing import Signer
from desktop.drill.store.database import WRITES
from desktop.drill.store.log import Log
from desktop.drill.store.tables import sessions

ACCESS_LIFE_S = 15 * 60
REFRESH_LIFE_S = 30 * 24 * 3600

OPEN_AUDIENCE = "open"
MASKED_AUDIENCE = "masked"

POLICY: dict[str, object] = {
    "password": {"min_length": 8, "classes": ["letter", "digit", "special"], "max_age_days": 30, "history": 5},
    "idle_lock_s": 600,
    "offline_grace_h": 72,
    "masking": "standard",
    "retention_days": 180,
    "file_max_bytes": 20_971_520,
}
"""What this centre asks of its desks; other centres ask otherwise."""
PASSWORD_RULE = read_policy(POLICY).password


class SignInRefused(Exception):  # noqa: N818 - named for what happened
    """The credentials or the token do not open a session; `code` says which way."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Session:
    """One officer at one device."""

    id: str
    officer: Officer
    device_id: str

    @property
    def audience(self) -> str:
        """What part of the data this session sees; positions in the log are bound to it."""
        return MASKED_AUDIENCE if set(self.officer.roles) <= {"observer"} else OPEN_AUDIENCE


class Sessions:
    """Signs in, refreshes, recognises and revokes."""

    def __init__(self, engine: Engine, log: Log, accounts: Accounts, signer: Signer, clock: Clock) -> None:
        self._engine = engine
        self._accounts = accounts
        self._writers = engine.execution_options(**WRITES)
        self._log = log
        self._signer = signer
        self._clock = clock
        self._valid_from_s = 0.0

    def sign_in(self, username: str, password: str, device_id: str) -> TokenGrant:
        """Open a session.

        Raises:
            SignInRefused: ``wrong_password``.
        """
        known = self._accounts.officer(username, password)
        if known is None:
            raise SignInRefused("wrong_password")
        officer = self._officer(known)
        refresh = secrets.token_urlsafe(32)
        session = secrets.token_hex(16)
        with self._writers.begin() as connection:
            connection.execute(
                insert(sessions).values(
                    id=session,
                    officer=officer.id,
                    device=device_id,
                    refresh_hash=_hash(refresh),
                    expires_at=int(self._now_s() + REFRESH_LIFE_S),
                    revoked=False,
                )
            )
        return self._grant(session, officer, refresh)

    def refresh(self, refresh: str, device_id: str) -> TokenGrant:
        """Give a new access token; the refresh token stays the same, so a lost answer does no harm.

        Raises:
            SignInRefused: ``refresh_invalid``.
        """
        with self._engine.begin() as connection:
            row = connection.execute(select(sessions).where(sessions.c.refresh_hash == _hash(refresh))).first()
        if row is None or row.revoked or row.device != device_id or row.expires_at < self._now_s():
            raise SignInRefused("refresh_invalid")
        return self._grant(row.id, self._officer(row.officer), refresh)

    def recognise(self, access: str) -> Session:
        """Return the session of an access token.

        Raises:
            SignInRefused: ``token_invalid`` or ``token_expired``.
        """
        text = self._signer.unseal(access)
        if text is None:
            raise SignInRefused("token_invalid")
        session, issued_at = text.split("|")
        now = self._now_s()
        if float(issued_at) + ACCESS_LIFE_S < now or float(issued_at) < self._valid_from_s:
            raise SignInRefused("token_expired")
        with self._engine.begin() as connection:
            row = connection.execute(select(sessions).where(sessions.c.id == session)).first()
        if row is None or row.revoked:
            raise SignInRefused("token_invalid")
        return Session(session, self._officer(row.officer), row.device)

    def is_open(self, session: Session) -> bool:
        """Whether a session that was recognised before has not been ended since."""
        query = select(sessions.c.id).where(sessions.c.id == session.id, sessions.c.revoked.is_(False))
        with self._engine.begin() as connection:
            return connection.execute(query).first() is not None

    def revoke(self, session: Session) -> None:
        """End a session for good."""
        with self._writers.begin() as connection:
            connection.execute(update(sessions).where(sessions.c.id == session.id).values(revoked=True))

    def change_password(self, session: Session, old: str, new: str) -> Officer:
        """Change an officer's own password; their other sessions end, the new password has its full term.

        Raises:
            PasswordRefused: Nothing was changed.
        """
        self._accounts.change(session.officer.id, old, new)
        others = (sessions.c.officer == session.officer.id) & (sessions.c.id != session.id)
        with self._writers.begin() as connection:
            connection.execute(update(sessions).where(others).values(revoked=True))
        expires = self._clock.now() + timedelta(days=PASSWORD_RULE.max_age_days)
        changes = {"must_change_password": False, "password_expires_at": expires.isoformat(timespec="seconds")}
        officer = msgspec.structs.replace(self._officer(session.officer.id), **changes)
        with self._log.write() as writer:
            writer.put("officer", officer.id, msgspec.json.encode(officer).decode())
        return officer

    def expire_access_tokens(self) -> None:
        """Make every access token given out so far count as expired; refreshing still works."""
        self._valid_from_s = self._now_s()

    def has_signed_in(self, officer: str, device_id: str) -> bool:
        """Whether this officer has ever had a session on this device."""
        query = select(sessions.c.id).where(sessions.c.officer == officer, sessions.c.device == device_id)
        with self._engine.begin() as connection:
            return connection.execute(query.limit(1)).first() is not None

    def officer(self, id_: str) -> Officer | None:
        """Return an officer of the hall."""
        stored = self._log.get("officer", id_)
        return msgspec.json.decode(stored.data, type=Officer) if stored is not None else None

    def _officer(self, id_: str) -> Officer:
        officer = self.officer(id_)
        if officer is None:
            raise SignInRefused("account_closed")
        return officer

    def _grant(self, session: str, officer: Officer, refresh: str) -> TokenGrant:
        return TokenGrant(
            access=self._signer.seal(f"{session}|{self._now_s():.3f}"),
            officer=officer,
            refresh=refresh,
            expires_in=ACCESS_LIFE_S,
            policy=dict(POLICY),
        )

    def _now_s(self) -> float:
        return self._clock.now().timestamp()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
