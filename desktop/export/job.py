"""One export under way: rows by the hundred from wherever they are, into a file, until it is done or stopped."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from desktop.errors import OpsError
from desktop.export.csv_file import write_csv
from desktop.export.destination import written_whole
from desktop.export.sheet import Sheet
from desktop.export.xlsx_file import write_xlsx

Row = Sequence[str]
Write = Callable[[IO[bytes], Sheet, Iterable[Row]], None]

WRITERS: dict[str, Write] = {"csv": write_csv, "xlsx": write_xlsx}
"""By the ending of the file."""

_BREATH = 25
_BREATH_S = 0.0005
"""After so many rows the thread lets others run: the window shares the interpreter with it."""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of it."""

    path: Path
    rows: int


class ExportJob:
    """Runs on a thread of its own; `done` and `stop` are for everybody."""

    def __init__(
        self, path: Path, kind: str, sheet: Sheet, ids: Sequence[str], read: Callable[[Sequence[str]], Sequence[Row]]
    ) -> None:
        """Prepare it.

        Args:
            path: The file.
            kind: One of `WRITERS`.
            sheet: What is the same for all rows.
            ids: What is to be written, in order.
            read: Gives the rows of some ids; those that have gone meanwhile are left out.
        """
        self._path = path
        self._kind = kind
        self._sheet = sheet
        self._ids = ids
        self._read = read
        self._stopped = threading.Event()
        self.done = 0
        self.total = len(ids)

    def stop(self) -> None:
        """Write no more; `run` then raises and leaves nothing behind."""
        self._stopped.set()

    def run(self) -> Written:
        """Write the file.

        Raises:
            OpsError: ``export.stopped``; as `written_whole`; or whatever reading raises.
        """
        count = 0

        def rows() -> Iterator[Row]:
            nonlocal count
            for row in self._rows():
                count += 1
                yield row

        with written_whole(self._path) as file:
            WRITERS[self._kind](file, self._sheet, rows())
            if self._stopped.is_set():
                raise OpsError("export.stopped")
        return Written(self._path, count)

    def _rows(self) -> Iterator[Row]:
        for first in range(0, len(self._ids), _BREATH):
            if self._stopped.wait(_BREATH_S):
                raise OpsError("export.stopped")
            chunk = self._ids[first : first + _BREATH]
            yield from self._read(chunk)
            self.done = first + len(chunk)
