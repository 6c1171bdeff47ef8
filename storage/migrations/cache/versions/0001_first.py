"""First form: two shelves of rows, columns, texts and boxes; cursor, tombstones, snapshot, quarantine."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables."""
    op.create_table(
        "state",
        sa.Column("one", sa.Integer, sa.CheckConstraint("one = 1", name="ck_state_single")),
        sa.Column("live", sa.Text, nullable=False),
        sa.Column("token", sa.Text),
        sa.Column("lsn", sa.Integer, nullable=False),
        sa.Column("epoch", sa.Text, nullable=False),
        sa.Column("instance", sa.Text, nullable=False),
        sa.Column("as_of", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("one", name="pk_state"),
    )
    op.execute("INSERT INTO state VALUES (1, 'a', NULL, 0, '', '', '')")
    op.create_table(
        "tombstone",
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("ver", sa.Integer, nullable=False),
        sa.Column("lsn", sa.Integer, nullable=False),
        sa.Column("revoked", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("kind", "id", name="pk_tombstone"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "seen_op",
        sa.Column("op_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("op_id", name="pk_seen_op"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "snapshot",
        sa.Column("one", sa.Integer, sa.CheckConstraint("one = 1", name="ck_snapshot_single")),
        sa.Column("lsn", sa.Integer, nullable=False),
        sa.Column("epoch", sa.Text, nullable=False),
        sa.Column("instance", sa.Text, nullable=False),
        sa.Column("aside", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("one", name="pk_snapshot"),
    )
    op.create_table(
        "snapshot_page",
        sa.Column("page", sa.Integer, autoincrement=False),
        sa.PrimaryKeyConstraint("page", name="pk_snapshot_page"),
    )
    op.create_table(
        "quarantine",
        sa.Column("n", sa.Integer),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("fault", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_quarantine"),
    )
    for shelf in ("a", "b"):
        _make_shelf(shelf)


def _make_shelf(shelf: str) -> None:
    op.create_table(
        f"record_{shelf}",
        sa.Column("n", sa.Integer),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("ver", sa.Integer, nullable=False),
        sa.Column("lsn", sa.Integer, nullable=False),
        sa.Column("pending", sa.Integer, nullable=False),
        sa.Column("base", sa.LargeBinary, nullable=False),
        sa.Column("shown", sa.LargeBinary),
        sa.PrimaryKeyConstraint("n", name=f"pk_record_{shelf}"),
        sa.UniqueConstraint("kind", "id", name=f"uq_record_{shelf}_kind_id"),
    )
    op.create_index(f"ix_record_{shelf}_pending", f"record_{shelf}", ["n"], sqlite_where=sa.text("pending > 0"))
    order = f"work_order_{shelf}"
    op.create_table(
        order,
        sa.Column("n", sa.Integer, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("digest", sa.Integer, nullable=False),
        sa.Column("lon", sa.REAL),
        sa.Column("lat", sa.REAL),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("open", sa.Integer, nullable=False),
        sa.Column("urgency", sa.Text, nullable=False),
        sa.Column("urgency_rank", sa.Integer, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("module", sa.Text, nullable=False),
        sa.Column("lead_department", sa.Text, nullable=False),
        sa.Column("supervised", sa.Integer, nullable=False),
        sa.Column("due", sa.Integer, nullable=False),
        sa.Column("near", sa.Integer, nullable=False),
        sa.Column("opened", sa.Integer, nullable=False),
        sa.Column("updated", sa.Integer, nullable=False),
        sa.Column("closed", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("n", name=f"pk_{order}"),
    )
    for columns in (
        ["open", "due", "near"],
        ["open", "urgency_rank", "due"],
        ["open", "opened", "due"],
        ["open", "updated", "due"],
        ["open", "number", "due"],
        ["state", "due"],
    ):
        op.create_index(f"ix_{order}_{'_'.join(columns)}", order, columns)
    camera = f"camera_{shelf}"
    op.create_table(
        camera,
        sa.Column("n", sa.Integer, autoincrement=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("digest", sa.Integer, nullable=False),
        sa.Column("lon", sa.REAL),
        sa.Column("lat", sa.REAL),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("working", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("n", name=f"pk_{camera}"),
    )
    op.create_index(f"ix_{camera}_working_lon_lat", camera, ["working", "lon", "lat"])
    for text in (f"order_text_{shelf}", f"camera_text_{shelf}"):
        # Contentless: the texts are in `record`. The ascii tokenizer only splits at spaces: we make the words.
        op.execute(f"CREATE VIRTUAL TABLE {text} USING fts5(words, content='', contentless_delete=1, tokenize='ascii')")
        # Merge later: segments of the index are joined by 8, and rewritten when half of their rows are gone.
        for setting, value in (("automerge", 8), ("deletemerge", 50)):
            op.execute(f"INSERT INTO {text}({text}, rank) VALUES ('{setting}', {value})")  # noqa: S608 - our names
    op.execute(f"CREATE VIRTUAL TABLE order_box_{shelf} USING rtree(n, west, east, south, north)")
