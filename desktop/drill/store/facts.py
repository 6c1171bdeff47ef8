"""Who this centre is: facts that are made once and kept with its data."""

import secrets
import uuid
from dataclasses import dataclass

from sqlalchemy import Engine, delete, insert, select

from desktop.drill.store.database import WRITES
from desktop.drill.store.tables import centre


@dataclass(frozen=True, slots=True)
class Facts:
    """Identity of a centre.

    Attributes:
        instance: This installation; a copy on another machine has another.
        epoch: Changes when the log starts anew and old positions mean nothing.
        key: Secret that signs cursors, tokens and stream addresses.
    """

    instance: str
    epoch: str
    key: bytes


def load_facts(engine: Engine) -> Facts:
    """Read the facts, or make them when the database is new."""
    with engine.execution_options(**WRITES).begin() as connection:
        kept = {row.name: row.value for row in connection.execute(select(centre))}
        made = {
            name: value
            for name, value in (
                ("instance", f"drill-{uuid.uuid4().hex[:12]}"),
                ("epoch", secrets.token_hex(6)),
                ("key", secrets.token_hex(32)),
            )
            if name not in kept
        }
        if made:
            connection.execute(insert(centre), [{"name": name, "value": value} for name, value in made.items()])
    kept |= made
    return Facts(kept["instance"], kept["epoch"], bytes.fromhex(kept["key"]))


def renew_epoch(engine: Engine) -> Facts:
    """Begin a new epoch: every cursor handed out before is void."""
    with engine.execution_options(**WRITES).begin() as connection:
        connection.execute(delete(centre).where(centre.c.name == "epoch"))
    return load_facts(engine)
