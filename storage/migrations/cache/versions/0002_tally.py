"""Orders are counted as they are written; those under supervision, mostly few, have an index of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both for each shelf, of the orders there are."""
    for shelf in ("a", "b"):
        orders, tally = f"work_order_{shelf}", f"order_tally_{shelf}"
        op.create_table(
            tally,
            sa.Column("state", sa.Text, nullable=False),
            sa.Column("open", sa.Integer, nullable=False),
            sa.Column("supervised", sa.Integer, nullable=False),
            sa.Column("number", sa.Integer, nullable=False),
            sa.PrimaryKeyConstraint("state", "open", "supervised", name=f"pk_{tally}"),
            sqlite_with_rowid=False,
        )
        op.execute(
            f"INSERT INTO {tally} SELECT state, open, supervised, count(*) FROM {orders} GROUP BY 1, 2, 3"  # noqa: S608
        )
        op.create_index(f"ix_{orders}_supervised", orders, ["open", "due"], sqlite_where=sa.text("supervised = 1"))
