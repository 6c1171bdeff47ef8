"""The order of a list as it was at one moment: a million ids without a million objects."""

from collections.abc import Sequence
from typing import overload
from zlib import crc32

import numpy as np
import numpy.typing as npt

from storage.cache.board.board import Numbers
from storage.cache.board.layout import ID_BYTES


class OrderSequence(Sequence[str]):
    """Ids in order, each made when it is asked for. Never changes; may be handed from thread to thread.

    Attributes:
        numbers: What the orders are called on the board, for comparing two sequences.
        is_complete: Whether the list ends here; else there are more, not found yet.
    """

    def __init__(
        self,
        numbers: Numbers,
        ids: npt.NDArray[np.bytes_],
        hashes: npt.NDArray[np.uint32],
        long_ids: dict[int, str],
        *,
        is_complete: bool = True,
    ) -> None:
        self.numbers = numbers
        self.is_complete = is_complete
        self._ids = ids
        self._hashes = hashes
        self._long_ids = long_ids

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self._id(n) for n in self.numbers[place].tolist()]
        return self._id(int(self.numbers[place]))

    def __contains__(self, value: object) -> bool:
        return isinstance(value, str) and self.find(value) >= 0

    def find(self, object_id: str) -> int:
        """Return the place of an id, or -1; half a millisecond for a million."""
        key = object_id.encode("utf-8", "replace")
        for n in np.flatnonzero(self._hashes == crc32(key)).tolist():
            if self._ids[n] == key[:ID_BYTES] and self._id(n) == object_id:
                places = np.flatnonzero(self.numbers == n)
                return int(places[0]) if len(places) else -1
        return -1

    def _id(self, n: int) -> str:
        return self._long_ids.get(n) or self._ids[n].decode()
