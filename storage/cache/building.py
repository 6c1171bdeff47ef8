"""A shelf that nobody reads yet is filled without what can be made at once afterwards, which is much cheaper.

An index that is kept while rows come in rewrites pages all over the file, and each of them is encrypted anew; made of
the finished rows it is sorted once and written once.
"""

from sqlalchemy import Connection, delete, insert, select

from storage.cache.facets import Facets
from storage.cache.tables import MERGE_AFTER, Shelf
from storage.cache.tally import Tally


def empty_shelf(connection: Connection, shelf: Shelf) -> None:
    """Remove everything from `shelf`, and leave it ready for single changes."""
    for rows in (shelf.record, shelf.work_order, shelf.camera, shelf.order_box):
        connection.execute(delete(rows))
    for words in (shelf.order_text, shelf.camera_text):
        # FTS5's own command; a plain DELETE would look for each row.
        connection.exec_driver_sql(f"INSERT INTO {words.name}({words.name}) VALUES ('delete-all')")  # noqa: S608
    complete_shelf(connection, shelf)


def strip_shelf(connection: Connection, shelf: Shelf) -> None:
    """Prepare an empty `shelf` for rows by the thousand: without indexes, boxes and tally, segments as they come."""
    for index in shelf.work_order.indexes:
        index.drop(connection, checkfirst=True)
    _merge_words(connection, shelf, 0)


def complete_shelf(connection: Connection, shelf: Shelf) -> None:
    """Make what `strip_shelf` left out, of the rows there are; nothing happens to a complete shelf."""
    Tally(shelf.work_order, shelf.order_tally).count_all(connection)
    Facets(shelf.work_order, shelf.order_facet).count_all(connection)
    orders, boxes = shelf.work_order.c, shelf.order_box
    for index in shelf.work_order.indexes:
        index.create(connection, checkfirst=True)
    if connection.execute(select(boxes.c.n).limit(1)).first() is None:
        points = select(orders.n, orders.lon, orders.lon, orders.lat, orders.lat).where(orders.lon.is_not(None))
        connection.execute(insert(boxes).from_select(list(boxes.c), points))
    _merge_words(connection, shelf, MERGE_AFTER)


def _merge_words(connection: Connection, shelf: Shelf, segments: int) -> None:
    for words in (shelf.order_text, shelf.camera_text):
        connection.exec_driver_sql(
            f"INSERT INTO {words.name}({words.name}, rank) VALUES ('automerge', ?)",  # noqa: S608 - our own names
            (segments,),
        )
