"""The texts of coded columns and their numbers, one list for both shelves."""

from collections.abc import Collection
from itertools import islice

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, insert, select

from storage.cache.statements import sql_of
from storage.cache.tables import lexicon


class _Codes(dict[str, int]):
    """The number of each text; one that was never met gets the next."""

    def __missing__(self, text: str) -> int:
        code = self[text] = len(self)
        return code


class Lexicon:
    """Gives each text a number, for ever; "" has 0. Numbers given in a transaction become true with it.

    Attributes:
        codes: The number of each text; asking for a new one gives it a number.
    """

    def __init__(self) -> None:
        self.codes: dict[str, int] = _Codes({"": 0})
        self._texts: list[str] = [""]
        self._written = 1
        self._ranks: npt.NDArray[np.int64] | None = None

    def load(self, connection: Connection) -> None:
        """Read what there is."""
        self._texts = ["", *connection.execute(select(lexicon.c.text).order_by(lexicon.c.code)).scalars()]
        self._written = len(self._texts)
        self.undo()

    def known(self, texts: Collection[str]) -> list[int]:
        """Return the numbers of those of `texts` that were ever met."""
        return [code for code in map(self.codes.get, texts) if code is not None and code < self._written]

    def text(self, code: int) -> str:
        """Return the text of a number."""
        return self._texts[code]

    def ranks(self) -> npt.NDArray[np.int64]:
        """Return the place of each number among all, by text."""
        ranks, texts = self._ranks, self._texts
        if ranks is None or len(ranks) != len(texts):
            ranks = np.empty(len(texts), np.int64)
            ranks[sorted(range(len(texts)), key=texts.__getitem__)] = np.arange(len(texts))
            self._ranks = ranks
        return ranks

    def flush(self, connection: Connection) -> None:
        """Write the new ones."""
        if len(self.codes) > self._written:
            connection.exec_driver_sql(_INSERT, [(code, text) for text, code in self._new()])

    def settle(self) -> None:
        """The transaction is committed."""
        if len(self.codes) > self._written:
            self._texts = [*self._texts, *(text for text, _ in self._new())]
            self._written = len(self._texts)

    def undo(self) -> None:
        """The transaction is rolled back: forget what it brought."""
        if len(self.codes) != self._written:
            self.codes = _Codes({text: code for code, text in enumerate(self._texts)})

    def _new(self) -> list[tuple[str, int]]:
        return list(islice(self.codes.items(), self._written, None))


_INSERT = sql_of(insert(lexicon))
