"""Orders know the hash of who reported them, so that earlier calls of the same person are found wherever they were."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_HASH = "$.caller.hash"


def upgrade() -> None:
    """Fill the column from the objects there are, then index it."""
    for shelf in ("a", "b"):
        orders = f"work_order_{shelf}"
        op.add_column(orders, sa.Column("caller", sa.Text, nullable=False, server_default=""))
        op.execute(
            f"UPDATE {orders} SET caller = coalesce((SELECT "  # noqa: S608
            f"CASE json_type(CAST(coalesce(shown, base) AS TEXT), '{_HASH}') WHEN 'text' "
            f"THEN substr(CAST(coalesce(shown, base) AS TEXT) ->> '{_HASH}', 1, 200) END "
            f"FROM record_{shelf} AS r WHERE r.n = {orders}.n), '')"
        )
        op.create_index(f"ix_{orders}_caller", orders, ["caller"], sqlite_where=sa.text("caller <> ''"))
