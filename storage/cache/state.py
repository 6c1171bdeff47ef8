"""The one row that says which shelf is live and how far it has followed the log."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, update

from storage.cache.statements import sql_of
from storage.cache.tables import SHELVES, Shelf, state
from storage.records import Cursor


@dataclass(frozen=True, slots=True)
class State:
    """As read inside the transaction that uses it: between two transactions the shelves may be swapped."""

    live: Shelf
    cursor: Cursor | None
    board: int = 0

    @property
    def lsn(self) -> int:
        """Log position of the cursor, 0 before the first snapshot."""
        return self.cursor.lsn if self.cursor else 0


_READ = select(state)
_MOVE = sql_of(update(state).values({c: bindparam(c) for c in ("token", "lsn", "epoch", "instance", "as_of")}))


def read_state(connection: Connection) -> State:
    """Read it."""
    row = connection.execute(_READ).one()
    cursor = Cursor(row.token, row.lsn, row.epoch, row.instance, row.as_of) if row.token is not None else None
    return State(SHELVES[row.live], cursor, row.board)


def write_cursor(connection: Connection, cursor: Cursor) -> None:
    """Move the cursor."""
    connection.exec_driver_sql(_MOVE, (cursor.token, cursor.lsn, cursor.epoch, cursor.instance, cursor.as_of))


def make_live(connection: Connection, shelf: Shelf, board: int) -> None:
    """Swap: from this transaction's commit on, readers see `shelf`, with blocks of the format `board`."""
    connection.execute(update(state).values(live=shelf.name, board=board))


def note_board(connection: Connection, board: int) -> None:
    """Note of which format the live shelf's blocks are; 0 while they are being made."""
    connection.execute(update(state).values(board=board))
