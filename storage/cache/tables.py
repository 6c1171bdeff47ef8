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

HEAD = "0004"
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

FACETS = ("module", "lead_department", "grid_cell", "neighbourhood", "source")
"""Columns of an order whose values the queue is grouped, filtered and sorted by; each is counted and indexed."""

SORTED_FACETS = (*FACETS, "state")
"""Columns by whose values open orders are sorted out of an index; the counts of states are in the tally."""

MERGE_AFTER = 8
"""Segments of an index of words that are joined into one; as the tables are made."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One of the two sets of tables.

    `record` holds every object; `work_order` and `camera` hold the columns that lists sort and filter by, under the
    same `n`; `order_tally` counts orders by state, `order_facet` by each of `FACETS`; the texts are contentless FTS5
    tables and `order_box` is an R*Tree, under the same `n` as rowid.
    """

    name: str
    record: Table
    work_order: Table
    camera: Table
    order_tally: Table
    order_facet: Table
    order_text: TableClause
    camera_text: TableClause
    order_box: TableClause


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
    work_order = Table(
        f"work_order_{name}",
        METADATA,
        Column("n", Integer, primary_key=True, autoincrement=False),
        Column("id", Text, nullable=False),
        Column("digest", Integer, nullable=False),  # of the searched texts: unchanged texts are not indexed again
        Column("lon", REAL),  # degrees, WGS-84; NULL where there is no believable point
        Column("lat", REAL),
        Column("number", Text, nullable=False),
        Column("state", Text, nullable=False),
        Column("open", Integer, nullable=False),
        Column("urgency", Text, nullable=False),
        Column("urgency_rank", Integer, nullable=False),  # 0 is the most urgent
        Column("source", Text, nullable=False),
        Column("module", Text, nullable=False),
        Column("lead_department", Text, nullable=False),
        Column("supervised", Integer, nullable=False),
        Column("due", Integer, nullable=False),  # these five in milliseconds since 1970, UTC
        Column("near", Integer, nullable=False),  # when three quarters of the time are gone
        Column("opened", Integer, nullable=False),
        Column("updated", Integer, nullable=False),
        Column("closed", Integer, nullable=False),
        Column("grid_cell", Text, nullable=False, server_default=""),
        Column("neighbourhood", Text, nullable=False, server_default=""),
        Column("owner", Text, nullable=False, server_default=""),  # the officer who has taken it
        Column("caller", Text, nullable=False, server_default=""),  # hash of who reported it
    )
    # `open` leads each index: the queue shows open orders; a list of all merges the two halves, each in order.
    for columns in (
        ("open", "due", "near"),
        ("open", "urgency_rank", "due"),
        ("open", "opened", "due"),
        ("open", "updated", "due"),
        ("open", "number", "due"),
        ("state", "due"),
    ):
        Index(f"ix_work_order_{name}_{'_'.join(columns)}", *(work_order.c[c] for c in columns))
    Index(f"ix_work_order_{name}_supervised", work_order.c.open, work_order.c.due, sqlite_where=text("supervised = 1"))
    for facet in SORTED_FACETS:  # of open orders alone: what is finished is many times more, and seldom asked for
        Index(f"ix_work_order_{name}_{facet}", work_order.c[facet], work_order.c.due, sqlite_where=text("open = 1"))
    Index(f"ix_work_order_{name}_caller", work_order.c.caller, sqlite_where=text("caller <> ''"))
    Index(f"ix_work_order_{name}_owner", work_order.c.owner, sqlite_where=text("open = 1 AND owner <> ''"))
    order_tally = Table(
        f"order_tally_{name}",  # how many orders there are of each
        METADATA,
        Column("state", Text, primary_key=True),
        Column("open", Integer, primary_key=True),
        Column("supervised", Integer, primary_key=True),
        Column("number", Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    order_facet = Table(
        f"order_facet_{name}",  # how many orders there are with each value of each of `FACETS`
        METADATA,
        Column("facet", Text, primary_key=True),
        Column("value", Text, primary_key=True),
        Column("open", Integer, primary_key=True),
        Column("number", Integer, nullable=False),
        sqlite_with_rowid=False,
    )
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
        work_order,
        camera,
        order_tally,
        order_facet,
        table(f"order_text_{name}", column("rowid", Integer), column("words", Text)),
        table(f"camera_text_{name}", column("rowid", Integer), column("words", Text)),
        table(f"order_box_{name}", *(column(c, REAL) for c in ("n", "west", "east", "south", "north"))),
    )


SHELVES = {name: _shelf(name) for name in ("a", "b")}


def other(shelf: Shelf) -> Shelf:
    """Return the shelf that is not live while `shelf` is."""
    return SHELVES["b" if shelf.name == "a" else "a"]
