"""Which orders are marked for something that is done to all of them: by id, in the order in which they were marked."""

from collections.abc import Collection, Iterable, Sequence

MARKS_CAP = 1_000
"""So many are marked at once: an officer can still be told about each that will not go along."""


class Marks:
    """A set of ids with a stretch that grows and shrinks from an anchor, as Shift and the arrows do it."""

    def __init__(self) -> None:
        self._ids: dict[str, None] = {}
        self._before: dict[str, None] = {}
        self.anchor = ""

    def __contains__(self, row_id: object) -> bool:
        return row_id in self._ids

    def __len__(self) -> int:
        return len(self._ids)

    def ids(self) -> tuple[str, ...]:
        """Give what is marked."""
        return tuple(self._ids)

    def toggle(self, row_id: str) -> None:
        """Mark or unmark one; a stretch begins here next."""
        if row_id in self._ids:
            del self._ids[row_id]
        elif len(self._ids) < MARKS_CAP:
            self._ids[row_id] = None
        self.begin(row_id)

    def begin(self, anchor: str) -> None:
        """Let the next stretch begin at `anchor`; what is marked now stays marked."""
        self.anchor = anchor
        self._before = dict(self._ids)

    def stretch(self, row_ids: Iterable[str]) -> None:
        """Mark the rows between the anchor and where the officer is now; an earlier stretch from there is given up."""
        self._ids = _capped({**self._before, **dict.fromkeys(row_ids)})

    def add(self, row_ids: Sequence[str]) -> None:
        """Mark more, as far as the cap allows."""
        self._ids = _capped({**self._ids, **dict.fromkeys(row_ids)})
        self.begin(self.anchor)

    def remove(self, row_ids: Collection[str]) -> bool:
        """Unmark those; say whether any of them was marked."""
        gone = [row_id for row_id in row_ids if row_id in self._ids]
        for row_id in gone:
            del self._ids[row_id]
            self._before.pop(row_id, None)
        return bool(gone)

    def clear(self) -> None:
        """Unmark all."""
        self._ids.clear()
        self._before.clear()
        self.anchor = ""


def _capped(ids: dict[str, None]) -> dict[str, None]:
    return ids if len(ids) <= MARKS_CAP else dict.fromkeys(list(ids)[:MARKS_CAP])
