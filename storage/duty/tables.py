"""The tables of `duty.db`."""

from typing import Any

from sqlalchemy import CheckConstraint, Column, Float, Index, Integer, LargeBinary, MetaData, Table, Text

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
    }
)

HEAD = "0004"
"""The schema step this program writes; a test holds it to the newest file in `migrations/duty`."""

identity = Table(
    "identity",
    METADATA,
    Column("one", Integer, CheckConstraint("one = 1", name="single"), primary_key=True),
    Column("device_id", Text, nullable=False),
    Column("next_seq", Integer, nullable=False),
)


def _operation() -> list[Column[Any]]:
    # In the order of `OpRecord`'s making below; `payload` is never updated.
    return [
        Column("device_seq", Integer, primary_key=True, autoincrement=False),
        Column("op_id", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("id", Text, nullable=False),
        Column("verb", Text, nullable=False),
        Column("payload", LargeBinary, nullable=False),
        Column("status", Text, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("ack_lsn", Integer, nullable=False),
        Column("ack_ver", Integer, nullable=False),
        Column("code", Text, nullable=False),
        Column("outcome", LargeBinary, nullable=False),
        Column("created_at", Text, nullable=False),
        Column("centre", Text, nullable=False, server_default=""),  # which it is for; "" from before that was noted
    ]


outbox = Table("outbox", METADATA, *_operation())  # the tray too: conflicts and rejections stay until resolved
Index("uq_outbox_op_id", outbox.c.op_id, unique=True)
Index(None, outbox.c.kind, outbox.c.id, outbox.c.device_seq)
Index(None, outbox.c.status, outbox.c.device_seq)
Index(None, outbox.c.centre, outbox.c.status)  # whatever waits is counted after each batch

op_log = Table(
    "op_log",  # what is over: covered by the cache, or resolved by the officer
    METADATA,
    *_operation(),
    Column("how", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("logged_at", Text, nullable=False),
)
Index("uq_op_log_op_id", op_log.c.op_id, unique=True)

secret, setting = (
    Table(
        name,
        METADATA,
        Column("name", Text, primary_key=True),
        Column("value", Text, nullable=False),
        sqlite_with_rowid=False,
    )
    for name in ("secret", "setting")
)

camera_day = Table(
    "camera_day",  # how a camera did on one day, as this desk saw it; see `camera_days`
    METADATA,
    Column("camera_id", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    *(Column(name, Float, nullable=False) for name in ("live_s", "frozen_s", "black_s", "lost_s")),
    Column("reconnects", Integer, nullable=False),
    Column("changes", Text, nullable=False),
    sqlite_with_rowid=False,
)
