"""What a centre asks of its desks: `policy` of `POST /v1/auth/token`. The defaults are the contract's."""

import msgspec

from desktop.central.lenient import read_as
from desktop.central.schema import Json, Wire


class PasswordRule(Wire, frozen=True):
    """What a new password has to be; `classes` are of ``letter``, ``digit`` and ``special``."""

    min_length: int = 8
    classes: tuple[str, ...] = ("letter", "digit", "special")
    max_age_days: int = 30
    history: int = 5


class Policy(Wire, frozen=True):
    """Rules of one centre.

    Attributes:
        password: Rule for new passwords.
        idle_lock_s: Seconds without a key or a click after which the seat locks itself; 0 never.
        offline_grace_h: Hours for which the desk may be opened while the centre is away.
        masking: Level of masking.
        retention_days: Days for which finished work stays on this machine.
        file_max_bytes: Largest attachment.
    """

    password: PasswordRule = PasswordRule()
    idle_lock_s: float = 600
    offline_grace_h: float = 72
    masking: str = "standard"
    retention_days: float = 180
    file_max_bytes: int = 20_971_520


def read_policy(raw: Json) -> Policy:
    """Read what the centre sent; a rule of another type than the contract's keeps its default."""
    return read_as(Policy, msgspec.json.encode(raw))
