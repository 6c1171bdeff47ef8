"""Emptying a shelf: at once where it holds little, and in small steps where it holds a million objects."""

from sqlalchemy import Connection, delete, func, select

from storage.cache.tables import MERGE_AFTER, Shelf

STEP = 2_000
"""Objects removed in one transaction: some 20 ms."""


def empty_some(connection: Connection, shelf: Shelf, count: int = STEP) -> bool:
    """Remove some of what is in `shelf`; False if nothing was left to remove."""
    for rows in (shelf.record, shelf.order_block):
        number = rows.c.n
        first, last = connection.execute(select(func.min(number), func.max(number))).one()
        if first is not None:
            connection.execute(delete(rows).where(number < first + count))
            if last >= first + count:
                return True
    for small in (shelf.camera, shelf.unsearched):
        connection.execute(delete(small))
    for words in (shelf.order_text, shelf.camera_text):
        # FTS5's own command; a plain DELETE would look for each row.
        connection.exec_driver_sql(f"INSERT INTO {words.name}({words.name}) VALUES ('delete-all')")  # noqa: S608
    return False


def is_empty(connection: Connection, shelf: Shelf) -> bool:
    """Say whether `shelf` holds nothing."""
    return all(
        connection.execute(select(rows.c.n).limit(1)).first() is None for rows in (shelf.record, shelf.order_block)
    )


def merge_words(connection: Connection, shelf: Shelf, *, at_once: bool) -> None:
    """Say whether segments of the index of words are joined as they come; while a shelf is filled they are not."""
    for words in (shelf.order_text, shelf.camera_text):
        connection.exec_driver_sql(
            f"INSERT INTO {words.name}({words.name}, rank) VALUES ('automerge', ?)",  # noqa: S608 - our own names
            (MERGE_AFTER if at_once else 0,),
        )
