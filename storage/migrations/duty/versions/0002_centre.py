"""Operations say which centre they are for; those that were made before say nothing, and are adopted at the start."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column to the outbox and to the log."""
    for table in ("outbox", "op_log"):
        op.add_column(table, sa.Column("centre", sa.Text, nullable=False, server_default=""))
