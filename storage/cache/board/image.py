"""The live board as it was at a clean stop, in one sealed file beside `cache.db`.

The blocks in the database are what counts; they are small, so that a change rewrites little, and so a million orders
take two seconds to gather from them. This file is the same columns in one piece, and read in a tenth of that. It is
written when the last connection is closed and taken away before anything is written anew. It can therefore never say
what the database does not, and a start that finds none, another one or a damaged one reads the blocks.
"""

import logging
from pathlib import Path

import msgspec
import numpy as np

from storage.cache.board.layout import FORMAT, ROW, Columns
from storage.cache.tables import HEAD
from storage.errors import StorageError
from storage.faults import fault_of_os
from storage.files import vault

log = logging.getLogger(__name__)

FILE = "cache.board"
LEAST_ROWS = 20_000
"""Fewer are gathered from their blocks before anybody notices."""


class _Note(msgspec.Struct, frozen=True):
    """What the columns belong to: the database is as it was left if its file has this size and time of writing."""

    shelf: str
    rows: int
    size_bytes: int
    written_ns: int
    format: int = FORMAT
    schema: str = HEAD


class BoardImage:
    """The image beside one `cache.db`, sealed with a key derived from the database's own.

    To be made before the database is opened, which touches its file.
    """

    def __init__(self, database: Path, key: bytes) -> None:
        self._database = database
        self._found = _mark(database)
        self._path = database.with_name(FILE)
        self._key = vault.derive(key, b"board")

    def keep(self, shelf: str, columns: Columns, rows: int) -> None:
        """Write the columns of `shelf`; to be called once the database is closed. A fault is logged and forgotten."""
        if rows < LEAST_ROWS:
            return
        try:
            note = _Note(shelf, rows, *_mark(self._database))
            content = b"".join([columns[name][:rows].tobytes() for name in ROW.names or ()])
            vault.write(self._path, self._key, msgspec.json.encode(note), content)
        except (OSError, StorageError) as fault:
            log.warning("the next start will gather the board from its blocks: %s", fault)

    def take(self, shelf: str) -> tuple[Columns, int] | None:
        """Return the columns of `shelf` and how many rows they have, if they are what the database holds.

        The file is gone then, on the disk as well: what is written from now on is not in it.

        Raises:
            StorageError: storage.io, .readonly: it cannot be taken away, so nothing may be written.
        """
        if not self._path.exists():
            return None
        try:
            return self._read(shelf)
        except StorageError as fault:
            log.warning("the board is gathered from its blocks: %s", fault)
            return None
        finally:
            self._remove()

    def _read(self, shelf: str) -> tuple[Columns, int] | None:
        note = msgspec.json.decode(vault.note_of(self._path, self._key), type=_Note)
        if note != _Note(shelf, note.rows, *self._found):
            return None
        columns: Columns = {}
        start = 0
        for name in ROW.names or ():
            length = ROW[name].itemsize * note.rows
            columns[name] = np.frombuffer(vault.read(self._path, self._key, start, length), ROW[name]).copy()
            start += length
        return columns, note.rows

    def _remove(self) -> None:
        try:
            vault.remove(self._path)
        except OSError as error:
            raise fault_of_os(error, self._path) from error


def _mark(database: Path) -> tuple[int, int]:
    """Return size and time of writing of a file; zeros where there is none."""
    try:
        left = database.stat()
    except OSError:  # whatever else is wrong with it, opening it says so
        return 0, 0
    return left.st_size, left.st_mtime_ns
