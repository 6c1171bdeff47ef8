"""The columns of one shelf's orders: read from their blocks at the start, changed with each transaction."""

import threading
from collections import deque
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from storage.cache.board.image import BoardImage
from storage.cache.board.layout import BLOCK, EMPTY, GONE, LONG_ID, PER_BLOCK, Columns, empty_columns, rows_of
from storage.cache.statements import plain_rows, sql_of
from storage.cache.tables import Shelf

Numbers = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]

_REMEMBERED = 64
"""Transactions whose changed rows are remembered: who comes later begins anew."""


class Board:
    """One array for each column; the row of the order with number *n* stands at place *n*.

    Writing is in two steps: `stage` and `flush` within the transaction, then `settle` once it is committed or `undo`
    once it is not, so that readers never see what is not on the disk. Readers hold `lock`.

    Attributes:
        lock: Held while columns are read or changed.
        columns: By name, as in `layout.ROW`; places beyond `size` are spare.
        size: One more than the highest number there ever was.
        version: Counts the transactions.
    """

    def __init__(self, shelf: Shelf) -> None:
        """Make an empty board over the blocks of a shelf."""
        blocks, records = shelf.order_block, shelf.record
        self._shelf = shelf.name
        self.lock = threading.RLock()
        self.columns: Columns = empty_columns(PER_BLOCK)
        self.size = 0
        self.version = 0
        self._staged: dict[int, bytes] = {}
        self._staged_ids: dict[int, str] = {}
        self._long_ids: dict[int, str] = {}
        self._changes: deque[tuple[int, Numbers]] = deque(maxlen=_REMEMBERED)
        self._read = sql_of(select(blocks.c.n, blocks.c.data).order_by(blocks.c.n))
        self._write = sql_of(insert(blocks).prefix_with("OR REPLACE"))
        self._ids = select(records.c.n, records.c.id)
        self._number = records.c.n

    # --- writing ---------------------------------------------------------------------------------------------------

    def load(self, connection: Connection, image: BoardImage | None = None) -> bool:
        """Take the columns from the last run's image, or else from the blocks; False if those are not our format."""
        found = (image and image.take(self._shelf)) or self._gathered(connection)
        if found is None:
            return False
        with self.lock:
            self.clear()
            self.columns, self.size = found
            long = np.flatnonzero(self.columns["life"] == LONG_ID).tolist()
            self._long_ids = {n: connection.execute(self._ids.where(self._number == n)).one().id for n in long}
        return True

    def keep(self, image: BoardImage) -> None:
        """Leave the columns for the next run."""
        image.keep(self._shelf, self.columns, self.size)

    def _gathered(self, connection: Connection) -> tuple[Columns, int] | None:
        rows = plain_rows(connection, self._read, ())
        if any(len(data) != BLOCK.itemsize for _, data in rows):
            return None
        numbers = np.fromiter((n for n, _ in rows), np.int64, len(rows))
        blocks = np.frombuffer(b"".join([data for _, data in rows]), BLOCK)
        size = (int(numbers[-1]) + 1) * PER_BLOCK if rows else 0
        columns = empty_columns(size)
        for name, column in columns.items():
            if len(rows) * PER_BLOCK == size:  # no block is missing, the common case
                column.reshape(-1, PER_BLOCK)[:] = blocks[name]
            else:
                column.reshape(-1, PER_BLOCK)[numbers] = blocks[name]
        return columns, size

    def digest(self, n: int) -> int | None:
        """Return the digest of the texts of an order, as this transaction will leave it; None if there is none."""
        staged = self._staged.get(n)
        if staged is not None:
            row = rows_of([staged])[0]
            return int(row["digest"]) if row["life"] else None
        if n < self.size and self.columns["life"][n]:
            return int(self.columns["digest"][n])
        return None

    def stage(self, n: int, object_id: str, packed: bytes) -> None:
        """Put an order at place `n`."""
        self._staged[n] = packed
        if packed[0] == LONG_ID:
            self._staged_ids[n] = object_id

    def stage_removal(self, numbers: Iterable[int]) -> None:
        """Take orders away."""
        self._staged.update(dict.fromkeys(numbers, EMPTY))

    def flush(self, connection: Connection) -> None:
        """Write the blocks that are touched; to be called before the commit."""
        if not self._staged:
            return
        numbers = np.fromiter(self._staged, np.int64, len(self._staged))
        touched, rows = np.unique(numbers // PER_BLOCK), rows_of(list(self._staged.values()))
        blocks = np.zeros(len(touched), BLOCK)
        places = touched[:, None] * PER_BLOCK + np.arange(PER_BLOCK)
        here = places < self.size
        mine = np.searchsorted(touched, numbers // PER_BLOCK), numbers % PER_BLOCK
        for name, column in self.columns.items():
            blocks[name][here] = column[places[here]]
            blocks[name][mine] = rows[name]
        data, length = blocks.tobytes(), BLOCK.itemsize
        connection.exec_driver_sql(
            self._write, [(n, data[i * length : (i + 1) * length]) for i, n in enumerate(touched.tolist())]
        )

    def settle(self) -> None:
        """The transaction is committed: show its rows."""
        if not self._staged:
            return
        numbers = np.fromiter(self._staged, np.int32, len(self._staged))
        rows = rows_of(list(self._staged.values()))
        with self.lock:
            self._grow(int(numbers.max()) + 1)
            for name, column in self.columns.items():
                column[numbers] = rows[name]
            self._long_ids.update(self._staged_ids)
            self.version += 1
            self._changes.append((self.version, numbers))
        self.undo()

    def undo(self) -> None:
        """The transaction is over or rolled back: nothing is staged."""
        self._staged, self._staged_ids = {}, {}

    def clear(self) -> None:
        """Forget all rows; the blocks are the caller's."""
        with self.lock:
            self.columns, self.size = empty_columns(PER_BLOCK), 0
            self._long_ids = {}
            self.version += 1
            self._changes.clear()

    def _grow(self, size: int) -> None:
        if size > len(self.columns["life"]):
            fresh = empty_columns(max(size, int(1.25 * self.size)) + PER_BLOCK)
            for name, column in self.columns.items():
                fresh[name][: self.size] = column[: self.size]
            self.columns = fresh  # readers of the old ones, which hold ids only, keep them
        self.size = max(self.size, size)

    # --- reading, under the lock -----------------------------------------------------------------------------------

    def column(self, name: str) -> npt.NDArray[Any]:
        """Return a column without its spare places; not a copy."""
        return self.columns[name][: self.size]

    def living(self) -> Mask:
        """Return where there is an order."""
        living: Mask = self.column("life") != GONE
        return living

    def changed_since(self, version: int) -> Numbers | None:
        """Return the numbers that changed after `version`, each once; None if that is not known any more."""
        if version == self.version:
            return np.empty(0, np.int32)
        if not self._changes or version < self._changes[0][0] - 1:
            return None
        return np.unique(np.concatenate([numbers for when, numbers in self._changes if when > version]))

    def id_of(self, n: int) -> str:
        """Return the id of an order."""
        return self._long_ids.get(n) or self.columns["id"][n].decode()

    def long_ids(self) -> dict[int, str]:
        """Return the ids that do not fit, by number; not a copy, and only ever added to."""
        return self._long_ids
