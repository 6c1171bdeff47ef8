"""Orders know their grid cell, neighbourhood and owner; what the queue is grouped by is counted and indexed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_FACETS = ("module", "lead_department", "grid_cell", "neighbourhood", "source")
_PATHS = {"grid_cell": "$.place.grid_cell", "neighbourhood": "$.place.neighbourhood", "owner": "$.owner"}


def upgrade() -> None:
    """Fill the columns from the objects there are, then count and index them."""
    for shelf in ("a", "b"):
        orders, facets = f"work_order_{shelf}", f"order_facet_{shelf}"
        for name in _PATHS:
            op.add_column(orders, sa.Column(name, sa.Text, nullable=False, server_default=""))
        values = ", ".join(
            f"{name} = coalesce((SELECT CASE json_type(CAST(coalesce(shown, base) AS TEXT), '{path}') WHEN 'text' "  # noqa: S608
            f"THEN substr(CAST(coalesce(shown, base) AS TEXT) ->> '{path}', 1, 200) END "
            f"FROM record_{shelf} AS r WHERE r.n = {orders}.n), '')"
            for name, path in _PATHS.items()
        )
        op.execute(f"UPDATE {orders} SET {values}")  # noqa: S608
        op.create_table(
            facets,
            sa.Column("facet", sa.Text, nullable=False),
            sa.Column("value", sa.Text, nullable=False),
            sa.Column("open", sa.Integer, nullable=False),
            sa.Column("number", sa.Integer, nullable=False),
            sa.PrimaryKeyConstraint("facet", "value", "open", name=f"pk_{facets}"),
            sqlite_with_rowid=False,
        )
        for facet in _FACETS:
            op.execute(
                f"INSERT INTO {facets} SELECT '{facet}', {facet}, open, count(*) FROM {orders} GROUP BY 2, 3"  # noqa: S608
            )
        for facet in (*_FACETS, "state"):
            op.create_index(f"ix_{orders}_{facet}", orders, [facet, "due"], sqlite_where=sa.text("open = 1"))
        op.create_index(f"ix_{orders}_owner", orders, ["owner"], sqlite_where=sa.text("open = 1 AND owner <> ''"))
