"""Tables of the drill centre: one log, the objects it leads to, and what became of every operation.

Plain SQL types only, so that the same tables serve SQLite and PostgreSQL.
"""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

centre = Table(
    "centre",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Facts that outlive a restart: who this centre is, its epoch, its signing key, its seed."""

head = Table(
    "head",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("lsn", BigInteger, nullable=False),
    Column("floor", BigInteger, nullable=False),
)
"""One row. A writer holds it until it commits, so log numbers become visible in order and without holes."""

objects = Table(
    "objects",
    metadata,
    Column("kind", String(40), primary_key=True),
    Column("id", String(80), primary_key=True),
    Column("ver", BigInteger, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("data", Text, nullable=False),
)
"""The present form of each object, as the JSON text that goes on the wire; a tombstone keeps its version."""

log = Table(
    "log",
    metadata,
    Column("lsn", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(40), nullable=False),
    Column("id", String(80), nullable=False),
    Column("ver", BigInteger, nullable=False),
    Column("op", String(10), nullable=False),
    Column("data", Text, nullable=False),
    Column("by_op", String(80)),
)
"""What happened after the first filling, in order. Entries at or below `head.floor` are gone."""

outcomes = Table(
    "outcomes",
    metadata,
    Column("op_id", String(80), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("received_at", String(40), nullable=False),
    Column("outcome", Text, nullable=False),
    Index("outcomes_by_time", "received_at"),
)
"""The answer given to each operation, written in the transaction of its effect."""

accounts = Table(
    "accounts",
    metadata,
    Column("username", String(80), primary_key=True),
    Column("officer", String(80), nullable=False),
    Column("salt", String(32), nullable=False),
    Column("password_hash", String(64), nullable=False),
)

old_passwords = Table(
    "old_passwords",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("username", String(80), nullable=False, index=True),
    Column("salt", String(32), nullable=False),
    Column("password_hash", String(64), nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("officer", String(80), nullable=False),
    Column("device", String(80), nullable=False),
    Column("refresh_hash", String(64), nullable=False, unique=True),
    Column("expires_at", BigInteger, nullable=False),
    Column("revoked", Boolean, nullable=False),
    Index("sessions_by_device", "device", "officer"),
)
"""Sign-ins; `expires_at` in seconds of Unix time."""
