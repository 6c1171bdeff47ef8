"""What waits for whom is counted without reading what it says: after each batch, and with thousands waiting."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_outbox_centre_status", "outbox", ["centre", "status"])
