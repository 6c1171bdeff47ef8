"""Office Open XML workbooks, row by row in constant memory. All cells are text: nothing of ours is a formula."""

import tempfile
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from typing import IO

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.worksheet import Worksheet

from desktop.export.cells import safe_cell
from desktop.export.sheet import Sheet

ROWS_CAP = 1_048_000
"""Rows of a sheet, with some to spare for ours (the format's own end is 1,048,576)."""

_HEAD = 2
"""Row of the words over the columns; title and mark stand above."""
_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_xlsx(file: IO[bytes], sheet: Sheet, rows: Iterable[Sequence[str]]) -> None:
    """Write the table under its title and mark; the mark is on each printed page too.

    Raises:
        OSError: No room for the rows, which are collected in the system's folder for passing files.
    """
    with tempfile.TemporaryDirectory(prefix="watchfloor-export-") as folder:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": folder, **_AS_TEXT})
        page = book.add_worksheet()
        with ExitStack() as failed:
            failed.callback(page.row_data_fh.close)  # the library closes it when the book is written to its end only
            _fill(book, page, sheet, rows)
            failed.pop_all()
        try:
            book.close()
        except FileCreateError as error:
            raise OSError(*error.args) from error


def _fill(book: xlsxwriter.Workbook, page: Worksheet, sheet: Sheet, rows: Iterable[Sequence[str]]) -> None:
    heading = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    plain = book.add_format({"num_format": "@", "valign": "top"})
    page.write_string(0, 0, safe_cell(sheet.title), book.add_format({"bold": True}))
    page.write_string(1, 0, safe_cell(sheet.mark), book.add_format({"italic": True}))
    for place, word in enumerate(sheet.columns):
        page.write_string(_HEAD, place, safe_cell(word), heading)
        page.set_column(place, place, 2 * len(word) + 14)
    last = _HEAD
    for last, row in enumerate(rows, start=_HEAD + 1):
        if last > ROWS_CAP:
            break
        for place, cell in enumerate(row):
            page.write_string(last, place, safe_cell(cell), plain)
    page.freeze_panes(_HEAD + 1, 0)
    page.autofilter(_HEAD, 0, last, max(0, len(sheet.columns) - 1))
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    page.set_landscape()
    page.repeat_rows(_HEAD)
    page.set_footer(f"&L{_footer(sheet.mark)}&R&P / &N")
    book.set_properties({"title": sheet.title, "comments": sheet.mark})


def _footer(words: str) -> str:
    """A footer reads ``&`` as the beginning of a code, and holds 255 characters."""
    return words.replace("&", "&&")[:200]
