"""First form: identity, outbox and tray, log of operations, secrets, settings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "identity",
        sa.Column("one", sa.Integer, sa.CheckConstraint("one = 1", name="ck_identity_single")),
        sa.Column("device_id", sa.Text, nullable=False),
        sa.Column("next_seq", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("one", name="pk_identity"),
    )
    op.create_table("outbox", *_operation(), sa.PrimaryKeyConstraint("device_seq", name="pk_outbox"))
    op.create_index("uq_outbox_op_id", "outbox", ["op_id"], unique=True)
    op.create_index("ix_outbox_kind_id_device_seq", "outbox", ["kind", "id", "device_seq"])
    op.create_index("ix_outbox_status_device_seq", "outbox", ["status", "device_seq"])
    op.create_table(
        "op_log",
        *_operation(),
        sa.Column("how", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("logged_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("device_seq", name="pk_op_log"),
    )
    op.create_index("uq_op_log_op_id", "op_log", ["op_id"], unique=True)
    for name in ("secret", "setting"):
        op.create_table(
            name,
            sa.Column("name", sa.Text, nullable=False),
            sa.Column("value", sa.Text, nullable=False),
            sa.PrimaryKeyConstraint("name", name=f"pk_{name}"),
            sqlite_with_rowid=False,
        )


def _operation() -> list[sa.Column[object]]:
    return [
        sa.Column("device_seq", sa.Integer, autoincrement=False),
        sa.Column("op_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("verb", sa.Text, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("ack_lsn", sa.Integer, nullable=False),
        sa.Column("ack_ver", sa.Integer, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("outcome", sa.LargeBinary, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
    ]
