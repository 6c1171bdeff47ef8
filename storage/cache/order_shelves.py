"""The orders of both shelves, and the transactions in which they change."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Protocol

from sqlalchemy import Connection, bindparam, delete, func, literal_column, select

from storage.cache.board.image import BoardImage
from storage.cache.board.layout import FORMAT
from storage.cache.board.lexicon import Lexicon
from storage.cache.board.orders import KIND, Orders
from storage.cache.columns import OrderFacts, read_object
from storage.cache.state import note_board, read_state
from storage.cache.statements import plain_rows, sql_of
from storage.cache.tables import SHELVES, Shelf, other, snapshot, snapshot_page
from storage.engine import Database

_REBUILT = 2_000
"""Orders read at a time when boards are made anew."""


class _Member(Protocol):
    """What takes part in a transaction."""

    def flush(self, connection: Connection) -> None: ...
    def settle(self) -> None: ...
    def undo(self) -> None: ...


class OrderShelves:
    """What is in memory of `cache.db`, kept in step with it.

    Every transaction that changes the cache goes through `write`.
    """

    def __init__(self, database: Database, image: BoardImage) -> None:
        self._database = database
        self._image = image
        self._lexicon = Lexicon()
        self._orders = {name: Orders(shelf, self._lexicon) for name, shelf in SHELVES.items()}

    def of(self, shelf: Shelf) -> Orders:
        """Return the orders of a shelf."""
        return self._orders[shelf.name]

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give the writing connection inside a transaction; memory follows the disk, whichever way it ends.

        Raises:
            StorageError: As `Database.write`.
        """
        members: list[_Member] = [self._lexicon, *self._orders.values()]
        with ExitStack() as failed:
            for member in reversed(members):
                failed.callback(member.undo)
            with self._database.write() as connection:
                yield connection
                for member in members:
                    member.flush(connection)
            failed.pop_all()
        for member in members:
            member.settle()

    def load(self) -> None:
        """Read the orders there are: a million in a quarter of a second, in two after an unclean stop."""
        with self._database.read() as connection:
            self._lexicon.load(connection)
            state = read_state(connection)
            is_whole = state.board == FORMAT and self.of(state.live).load(connection, self._image)
            is_under_way = connection.execute(select(snapshot)).first() is not None
            if is_whole and is_under_way and not self.of(other(state.live)).load(connection):
                is_under_way = False
        if not is_whole:
            self._make(state.live)
        if not is_under_way or not is_whole:
            with self.write() as connection:  # a snapshot that another version of the program began
                connection.execute(delete(snapshot))
                connection.execute(delete(snapshot_page))

    def close(self) -> None:
        """Close the database and leave the live board for the next start."""
        try:
            with self._database.read() as connection:
                state = read_state(connection)
        finally:
            self._database.close()
        if state.board == FORMAT and not self._database.is_damaged:
            self.of(state.live).keep(self._image)

    def _make(self, shelf: Shelf) -> None:
        """Make board and index of words anew, of the objects: after an update of the program. Some 20 s a million."""
        orders, last, words = self.of(shelf), 0, shelf.order_text.name
        orders.clear()
        with self.write() as connection:
            note_board(connection, 0)
            connection.execute(delete(shelf.order_block))
            connection.execute(delete(shelf.unsearched))
            connection.exec_driver_sql(f"INSERT INTO {words}({words}) VALUES ('delete-all')")  # noqa: S608 - our own name
        while rows := self._objects(shelf, last):
            read = [(n, object_id, read_object(KIND, data)) for n, object_id, data in rows]
            with self.write() as connection:
                orders.put([(n, key, found[1]) for n, key, found in read if found and isinstance(found[1], OrderFacts)])
            while orders.is_behind:
                with self.write() as connection:
                    orders.index_some(connection)
            last = rows[-1][0]
        with self.write() as connection:
            note_board(connection, FORMAT)

    def _objects(self, shelf: Shelf, after: int) -> Sequence[tuple[int, str, bytes]]:
        with self._database.read() as connection:
            return plain_rows(connection, _OBJECTS[shelf.name], (after,))


def _objects(shelf: Shelf) -> str:
    record = shelf.record.c
    shown = func.coalesce(record.shown, record.base)
    wanted = select(record.n, record.id, shown).where(
        record.n > bindparam("after"), record.kind == literal_column(f"'{KIND}'")
    )
    return f"{sql_of(wanted.order_by(record.n))} LIMIT {_REBUILT}"


_OBJECTS = {name: _objects(shelf) for name, shelf in SHELVES.items()}
