"""Naming an index in a statement: SQLite's planner does not know how many rows a value has, we do.

Core has hints of tables for other databases; its SQLite dialect leaves them out.
"""

from typing import Any

from sqlalchemy.dialects.sqlite.base import SQLiteCompiler


class HintingCompiler(SQLiteCompiler):
    """Writes ``with_hint(table, "INDEXED BY …")`` behind the table's name."""

    def get_from_hint_text(self, _table: Any, text: str | None) -> str | None:
        """Return the hint as it is written."""
        return text
