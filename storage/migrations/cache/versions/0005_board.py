"""Orders' columns move from rows and indexes to packed blocks, which the program makes of the objects themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop what the board replaces; a snapshot under way is begun again, its rows go when the program tidies up."""
    op.create_table(
        "lexicon",
        sa.Column("code", sa.Integer, autoincrement=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_lexicon"),
    )
    op.add_column("state", sa.Column("board", sa.Integer, nullable=False, server_default="0"))
    op.execute("DELETE FROM snapshot")
    op.execute("DELETE FROM snapshot_page")
    for shelf in ("a", "b"):
        for table in ("work_order", "order_tally", "order_facet", "order_box"):
            op.drop_table(f"{table}_{shelf}")
        op.create_table(
            f"order_block_{shelf}",
            sa.Column("n", sa.Integer, autoincrement=False),
            sa.Column("data", sa.LargeBinary, nullable=False),
            sa.PrimaryKeyConstraint("n", name=f"pk_order_block_{shelf}"),
        )
        op.create_table(
            f"unsearched_{shelf}",
            sa.Column("n", sa.Integer, autoincrement=False),
            sa.PrimaryKeyConstraint("n", name=f"pk_unsearched_{shelf}"),
        )
