"""Comma-separated values (RFC 4180), UTF-8 with a byte-order mark, without which Excel takes Chinese for Latin."""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from typing import IO

from desktop.export.cells import safe_cell
from desktop.export.sheet import Sheet


def write_csv(file: IO[bytes], sheet: Sheet, rows: Iterable[Sequence[str]]) -> None:
    """Write the table; the mark is its last row, so that the first one stays that of the columns."""
    file.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="", write_through=False)
    try:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([safe_cell(word) for word in sheet.columns])
        for row in rows:
            writer.writerow([safe_cell(cell) for cell in row])
        writer.writerow([])
        writer.writerow([safe_cell(sheet.title), safe_cell(sheet.mark)])
        text.flush()
    finally:
        text.detach()  # the file is closed by who opened it
