"""What is printed: ready words in blocks, one under the other."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, a line each; cells that are too long are cut with an ellipsis.

    Attributes:
        columns: Words over the columns.
        shares: How wide each is, in relation to the others.
        rows: Their cells.
    """

    columns: tuple[str, ...]
    shares: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and what stands behind them, wrapped where it is long."""

    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document.

    Attributes:
        title: On the first page.
        note: Under it: what was asked for, how many, as of when.
        mark: Who took it from which machine and when; slantwise over each page and at its foot.
        blocks: What it holds.
        landscape: Whether its pages lie on their long side.
    """

    title: str
    note: str
    mark: str
    blocks: tuple[Table | Facts, ...]
    landscape: bool = False
