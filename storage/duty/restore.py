"""A damaged `duty.db` is put together again: the newest good copy, and over it every row that can still be read."""

import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, Table, column, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from storage.duty import tables
from storage.duty.backups import backups
from storage.duty.journal import Witnessed
from storage.duty.replay import replay
from storage.duty.tables import identity, op_log, outbox, secret, setting
from storage.engine import PRECIOUS, Database
from storage.errors import StorageError
from storage.migrate import migrate

log = logging.getLogger(__name__)

BEYOND = 1_000
"""Numbers above the last known one that are looked for, and passed over where the last one is not known: an operation
that is lost here may have reached the centre, and its number must not be given twice."""
_STRETCH = 500
_FAILURES_LIMIT = 4_000  # reads that may fail before the search is given up; after each the file is opened anew
_LISTED = 20
_UNREADABLE = frozenset({"storage.corrupt", "storage.wrong_key"})


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it.

    Attributes:
        backup: The copy that was used, None if there was none.
        salvaged: How many operations were read from the damaged file.
        missing: Numbers of operations of which nothing is left.
        is_open_ended: There may have been more operations after the last known one.
    """

    backup: Path | None
    salvaged: int
    missing: tuple[int, ...]
    is_open_ended: bool

    def missing_words(self) -> str:
        """Return the missing numbers as ``3-7, 12``; at most 20 stretches."""
        stretches: list[list[int]] = []
        for number in self.missing:
            if stretches and stretches[-1][1] == number - 1:
                stretches[-1][1] = number
            else:
                stretches.append([number, number])
        words = [str(first) if first == last else f"{first}-{last}" for first, last in stretches[:_LISTED]]
        return ", ".join(words + ["…"] * (len(stretches) > _LISTED))


def restore(damaged: Path, target: Path, key: bytes, data_dir: Path, witnessed: Witnessed) -> Restored | None:
    """Build `target` from the copies, what is readable in `damaged`, and the journal; None if that is not enough.

    It is not where nobody knows any more who this desk is: its operations would count as another's. `damaged` may be
    written to: it is a duplicate, with its log beside it.

    Raises:
        StorageError: storage.full, .io, .readonly.
    """
    backup = _take_newest_good(target, key, data_dir)
    database = Database(target, key, PRECIOUS)
    salvage = _Salvage(damaged, key)
    try:
        migrate(database, "duty", tables.HEAD)
        with database.write() as connection:
            salvaged = _lay_over(connection, salvage, _highest(connection) + BEYOND)
            ours = salvage.rows(select(identity))
            if not ours and backup is None:
                return None
            salvaged += len(replay(connection, witnessed).ops)
            missing = _number_on(connection, ours[0] if ours else None)
    finally:
        salvage.close()
        database.close()
    return Restored(backup, salvaged, missing, is_open_ended=not ours)


def _take_newest_good(target: Path, key: bytes, data_dir: Path) -> Path | None:
    for copy in backups(data_dir):
        shutil.copyfile(copy, target)
        try:
            database = Database(target, key, PRECIOUS)
            try:
                database.quick_check()
            finally:
                database.close()
        except StorageError as error:
            if error.code not in _UNREADABLE:
                raise
            log.warning("the copy %s is damaged as well: %s", copy.name, error)
            target.unlink()
        else:
            return copy
    return None


class _Salvage:
    """Reads what is left of a damaged file. A connection that met a damaged page reads nothing any more."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._failures = 0
        self._present: dict[str, set[str]] = {}
        self._database = self._open()

    def close(self) -> None:
        if self._database is not None:
            self._database.close()

    def operations(self, table: Table, first: int, last: int) -> Iterator[Row[Any]]:
        """Yield the rows of operations with these numbers; around a damaged page one by one."""
        wanted = select(*self._columns(table)).where(table.c.device_seq.between(first, last))
        failures = self._failures
        yield from self.rows(wanted)
        if self._failures > failures and first < last:
            middle = (first + last) // 2
            yield from self.operations(table, first, middle)
            yield from self.operations(table, middle + 1, last)

    def rows(self, wanted: Select[Any]) -> list[Row[Any]]:
        """Return the rows, or none if any of them is unreadable."""
        if self._database is None:
            return []
        try:
            with self._database.read() as connection:
                return list(connection.execute(wanted).all())
        except StorageError as error:
            if error.code not in _UNREADABLE:
                raise
        self._failures += 1
        self._database.close()
        self._database = self._open() if self._failures < _FAILURES_LIMIT else None
        return []

    def _columns(self, table: Table) -> list[Column[Any]]:
        """Return the columns that the file has: it may have been written by an older program."""
        if table.name not in self._present:
            here: Select[Any] = select(column("name")).select_from(
                func.pragma_table_info(table.name).table_valued("name")
            )
            self._present[table.name] = {row.name for row in self.rows(here)}
        return [column for column in table.columns if column.name in self._present[table.name]] or list(table.columns)

    def _open(self) -> Database | None:
        try:
            return Database(self._path, self._key, PRECIOUS)
        except StorageError as error:
            if error.code not in _UNREADABLE:
                raise
            return None


def _lay_over(connection: Connection, salvage: _Salvage, highest: int) -> int:
    """Write what can be read over what the copy had: it is newer. Return how many operations that were."""
    for small in (secret, setting):
        for row in salvage.rows(select(small)):
            connection.execute(insert(small).prefix_with("OR REPLACE").values(row._asdict()))
    salvaged: set[int] = set()
    for table in (op_log, outbox):
        for first in range(1, highest + 1, _STRETCH):
            for row in salvage.operations(table, first, first + _STRETCH - 1):
                for place in (op_log, outbox):
                    connection.execute(delete(place).where(place.c.device_seq == row.device_seq))
                connection.execute(insert(table).values(row._asdict()))
                salvaged.add(row.device_seq)
    return len(salvaged)


def _number_on(connection: Connection, ours: Row[Any] | None) -> tuple[int, ...]:
    """Set who this desk is and the number it goes on with; return the numbers below it that are nowhere."""
    highest = _highest(connection)
    if ours is not None:
        following = max(ours.next_seq, highest + 1)
        row = insert(identity).prefix_with("OR REPLACE").values(one=1, device_id=ours.device_id, next_seq=following)
        connection.execute(row)
        highest = following - 1
    else:
        connection.execute(update(identity).values(next_seq=highest + 1 + BEYOND))
    here = {seq for table in (op_log, outbox) for seq in connection.execute(select(table.c.device_seq)).scalars()}
    return tuple(sorted(set(range(min(here, default=highest + 1), highest + 1)) - here))  # older ones were cleared away


def _highest(connection: Connection) -> int:
    """Return the highest number that the rows or the identity know of."""
    following = connection.execute(select(identity.c.next_seq)).scalar() or 1
    return max(
        int(following) - 1,
        *(connection.execute(select(func.max(table.c.device_seq))).scalar() or 0 for table in (op_log, outbox)),
    )
