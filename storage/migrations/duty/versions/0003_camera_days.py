"""How each camera did, by day: availability, frozen minutes, reconnects, and the newest changes of its state."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "camera_day",
        sa.Column("camera_id", sa.Text, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        *(sa.Column(name, sa.Float, nullable=False) for name in ("live_s", "frozen_s", "black_s", "lost_s")),
        sa.Column("reconnects", sa.Integer, nullable=False),
        sa.Column("changes", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("camera_id", "day", name="pk_camera_day"),
        sqlite_with_rowid=False,
    )
