"""What may stand in a cell of a file that a spreadsheet opens.

A cell that begins like a formula is run by the spreadsheet of whoever opens the file (OWASP ASVS 5.0, 1.2.10), and
the words in our cells come from callers. Chinese input methods write full-width forms, which some programs take too.
"""

import re
import unicodedata

CELL_CAP = 32_000
"""Characters of a cell; spreadsheets refuse a file with a cell of more than 32,767."""

_STARTERS = frozenset("=+-@\t\r\n\0|%")
_UNSEEN = re.compile(r"^[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]+")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TURNERS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def is_formula(text: str) -> bool:
    """Say whether a spreadsheet might run the text: its first character, or the first one seen, starts a formula."""
    for head in (text[:1], _UNSEEN.sub("", text[:64])[:1]):
        if head and (head in _STARTERS or unicodedata.normalize("NFKC", head) in _STARTERS):
            return True
    return False


def safe_cell(text: str) -> str:
    """Return the text as it may stand in a cell.

    What starts a formula gets an apostrophe before it, which spreadsheets read as "this is text". Characters that no
    file may hold are replaced, those that turn the direction of reading are dropped, and length is capped.
    """
    written = _TURNERS.sub("", text)
    if len(written) > CELL_CAP:
        written = written[:CELL_CAP] + "…"
    starts = is_formula(written)
    written = _UNWRITABLE.sub("\ufffd", written)
    return f"'{written}" if starts else written
