"""A table on its way into a file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is the same for all rows.

    Attributes:
        title: What the table is about.
        columns: Words over the columns.
        mark: Who took it from which machine and when; it goes into the file.
    """

    title: str
    columns: tuple[str, ...]
    mark: str
