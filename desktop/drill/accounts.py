"""The officers' accounts: salted hashes of their passwords, and of those they had before."""

import hashlib
import hmac
import secrets

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from desktop.central.policy import PasswordRule
from desktop.domain.passwords import unmet
from desktop.drill.store.database import WRITES
from desktop.drill.store.tables import accounts, old_passwords


class PasswordRefused(Exception):  # noqa: N818 - named for what happened
    """A password was not changed; `code` is ``wrong_password``, ``password_rule`` or ``password_reused``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def hash_password(password: str, salt: bytes) -> str:
    """Derive what is stored of a password (scrypt; modest cost: these accounts open a fictional district)."""
    return hashlib.scrypt(password.encode(), salt=salt, n=2**12, r=8, p=1, dklen=32).hex()


class Accounts:
    """Knows who may sign in by which password.

    Args:
        engine: The centre's database.
        rule: What new passwords have to be.
    """

    def __init__(self, engine: Engine, rule: PasswordRule) -> None:
        self._engine = engine
        self._writers = engine.execution_options(**WRITES)
        self._rule = rule

    def put(self, username: str, password: str, officer: str) -> None:
        """Create an officer's account, or put a new one in place of it."""
        with self._writers.begin() as connection:
            connection.execute(delete(accounts).where(accounts.c.username == username))
            connection.execute(insert(accounts).values(username=username, officer=officer, **_hashed(password)))

    def officer(self, username: str, password: str) -> str | None:
        """Return the officer whom this password opens the account of, or None."""
        with self._engine.begin() as connection:
            row = connection.execute(select(accounts).where(accounts.c.username == username)).first()
        if row is None:
            hash_password(password, b"nobody")  # an unknown name takes as long as a wrong password
            return None
        return str(row.officer) if _opens(row, password) else None

    def change(self, officer: str, old: str, new: str) -> None:
        """Give an officer another password.

        Raises:
            PasswordRefused: Nothing was changed.
        """
        with self._writers.begin() as connection:
            row = connection.execute(select(accounts).where(accounts.c.officer == officer)).first()
            if row is None or not _opens(row, old):
                raise PasswordRefused("wrong_password")
            if unmet(new, self._rule.min_length, self._rule.classes):
                raise PasswordRefused("password_rule")
            if any(_opens(before, new) for before in (row, *self._before(connection, row.username))):
                raise PasswordRefused("password_reused")
            kept = {"username": row.username, "salt": row.salt, "password_hash": row.password_hash}
            connection.execute(insert(old_passwords).values(**kept))
            connection.execute(update(accounts).where(accounts.c.username == row.username).values(**_hashed(new)))

    def _before(self, connection: Connection, username: str) -> list[Row[tuple[object, ...]]]:
        """Return the earlier passwords that still count; the present one is the first of the history."""
        mine = old_passwords.c.username == username
        query = (
            select(old_passwords).where(mine).order_by(old_passwords.c.id.desc()).limit(max(0, self._rule.history - 1))
        )
        return list(connection.execute(query))


def _opens(row: Row[tuple[object, ...]], password: str) -> bool:
    return hmac.compare_digest(hash_password(password, bytes.fromhex(row.salt)), row.password_hash)


def _hashed(password: str) -> dict[str, str]:
    salt = secrets.token_bytes(16)
    return {"salt": salt.hex(), "password_hash": hash_password(password, salt)}
