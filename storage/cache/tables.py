"""The tables of `cache.db`.

Everything that a snapshot replaces exists twice, as shelf *a* and shelf *b*: one is live, the other is empty or being
filled. Swapping them is one update of one row, so no reader ever sees half of a snapshot.
"""

from dataclasses import dataclass

from sqlalchemy import (
    REAL,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    TableClause,
    Text,
    UniqueConstraint,
    column,
    table,
    text,
)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "pk": "pk_%(table_name)s",
}

METADATA = MetaData(naming_convention=NAMING)

HEAD = "0005"
"""The schema step this program writes; a test holds it to the newest file in `migrations/cache`."""

state = Table(
    "state",
    METADATA,
    Column("one", Integer, CheckConstraint("one = 1", name="single"), primary_key=True),
    Column("live", Text, nullable=False),  # which shelf
    Column("token", Text),  # the cursor; NULL before the first snapshot
    Column("lsn", Integer, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("instance", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("board", Integer, nullable=False, server_default="0"),  # format of the live shelf's blocks; 0 until whole
)

tombstone = Table(
    "tombstone",  # what was removed, so that a late copy of an older change does not bring it back
    METADATA,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("ver", Integer, nullable=False),
    Column("lsn", Integer, nullable=False),
    Column("revoked", Integer, nullable=False),
    sqlite_with_rowid=False,
)

seen_op = Table(
    "seen_op",  # operations of this desk whose effect is in the rows, though the centre's answer is not here yet
    METADATA,
    Column("op_id", Text, primary_key=True),
    sqlite_with_rowid=False,
)

snapshot = Table(
    "snapshot",  # the one under way, if any; it fills the shelf that is not live
    METADATA,
    Column("one", Integer, CheckConstraint("one = 1", name="single"), primary_key=True),
    Column("lsn", Integer, nullable=False),
    Column("epoch", Text, nullable=False),
    Column("instance", Text, nullable=False),
    Column("aside", Text, nullable=False),  # JSON: how many items of each kind were quarantined
)

snapshot_page = Table("snapshot_page", METADATA, Column("page", Integer, primary_key=True, autoincrement=False))

quarantine = Table(
    "quarantine",
    METADATA,
    Column("n", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("fault", Text, nullable=False),
    Column("at", Text, nullable=False),
)

lexicon = Table(
    "lexicon",  # texts that many orders share, such as states and modules, by number; for both shelves
    METADATA,
    Column("code", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
)

MERGE_AFTER = 8
"""Segments of an index of words that are joined into one; as the tables are made."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One of the two sets of tables.

    `record` holds every object; `camera` the columns that cameras are found by, under the same `n`; `order_block` the
    board of the orders, many to a row (see `storage.cache.board`); the texts are contentless FTS5 tables, under the
    same `n` as rowid; `unsearched` are the orders whose words are not in there yet.
    """

    name: str
    record: Table
    camera: Table
    order_block: Table
    unsearched: Table
    order_text: TableClause
    camera_text: TableClause


def _shelf(name: str) -> Shelf:
    record = Table(
        f"record_{name}",
        METADATA,
        Column("n", Integer, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("id", Text, nullable=False),
        Column("ver", Integer, nullable=False),
        Column("lsn", Integer, nullable=False),
        Column("pending", Integer, nullable=False),  # how many operations `shown` holds on top of `base`
        Column("base", LargeBinary, nullable=False),  # the centre's JSON
        Column("shown", LargeBinary),  # what the officer sees, where that differs
        UniqueConstraint("kind", "id"),
    )
    Index(f"ix_record_{name}_pending", record.c.n, sqlite_where=text("pending > 0"))
    order_block = Table(
        f"order_block_{name}",
        METADATA,
        Column("n", Integer, primary_key=True, autoincrement=False),  # of the block
        Column("data", LargeBinary, nullable=False),
    )
    unsearched = Table(f"unsearched_{name}", METADATA, Column("n", Integer, primary_key=True, autoincrement=False))
    camera = Table(
        f"camera_{name}",
        METADATA,
        Column("n", Integer, primary_key=True, autoincrement=False),
        Column("id", Text, nullable=False),
        Column("digest", Integer, nullable=False),
        Column("lon", REAL),
        Column("lat", REAL),
        Column("name", Text, nullable=False),
        Column("working", Integer, nullable=False),  # online, and not retired
    )
    Index(f"ix_camera_{name}_working_lon_lat", camera.c.working, camera.c.lon, camera.c.lat)
    return Shelf(
        name,
        record,
        camera,
        order_block,
        unsearched,
        table(f"order_text_{name}", column("rowid", Integer), column("words", Text)),
        table(f"camera_text_{name}", column("rowid", Integer), column("words", Text)),
    )


SHELVES = {name: _shelf(name) for name in ("a", "b")}


def other(shelf: Shelf) -> Shelf:
    """Return the shelf that is not live while `shelf` is."""
    return SHELVES["b" if shelf.name == "a" else "a"]
