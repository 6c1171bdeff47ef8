"""The orders of one shelf: their board, their words, and every question that lists ask about them."""

from collections.abc import Iterable, Sequence

import numpy as np
from sqlalchemy import Connection

from storage.cache.board.board import Board, Mask, Numbers
from storage.cache.board.find import Finder
from storage.cache.board.image import BoardImage
from storage.cache.board.layout import moments_of, pack
from storage.cache.board.lexicon import Lexicon
from storage.cache.board.search import Search
from storage.cache.board.sequence import OrderSequence
from storage.cache.board.texts import STEP, WAITING_CAP, Texts
from storage.cache.columns import OrderFacts, digest_of
from storage.cache.tables import Shelf
from storage.records import OrderGroup, OrderQuery
from storage.words import match_of

KIND = "work_order"
_WARM_SORTS = ("urgency", "due", "updated", "opened", "number", "state", "module", "lead_department")


class Orders:
    """One shelf's orders. `put` to `flush` belong to a transaction, `settle` or `undo` end it; the rest are reads."""

    def __init__(self, shelf: Shelf, lexicon: Lexicon) -> None:
        self._shelf = shelf
        self._lexicon = lexicon
        self._board = Board(shelf)
        self._texts = Texts(shelf.record, shelf.order_text, shelf.unsearched)
        self._finder = Finder(self._board, lexicon)
        self._search = Search(self._board, self._texts)

    # --- writing ---------------------------------------------------------------------------------------------------

    def load(self, connection: Connection, image: BoardImage | None = None) -> bool:
        """Read the board, see `Board.load`; False if it must be made anew."""
        self.clear()
        if not self._board.load(connection, image):
            return False
        self._texts.load(connection)
        return True

    def keep(self, image: BoardImage) -> None:
        """Leave the board for the next run; nothing is written to it any more."""
        self._board.keep(image)

    def put(self, orders: Sequence[tuple[int, str, OrderFacts]]) -> None:
        """Write orders: number, id, and what the columns hold."""
        codes, digest = self._lexicon.codes, self._board.digest
        times = moments_of([facts for _, _, facts in orders])
        for (n, object_id, facts), moments in zip(orders, times, strict=True):
            mark = digest_of(facts.texts())
            if digest(n) != mark:
                self._texts.stage(n, facts)
            self._board.stage(n, object_id, pack(object_id, facts, moments, mark, codes))

    def remove(self, connection: Connection, numbers: Sequence[int]) -> None:
        """Remove orders and everything that is searched of them."""
        self._board.stage_removal(numbers)
        self._texts.remove(connection, numbers)

    def flush(self, connection: Connection) -> None:
        """Write what was put; to be called before the commit."""
        self._board.flush(connection)
        self._texts.flush(connection)

    def settle(self) -> None:
        """The transaction is committed: readers see it."""
        with self._board.lock:
            self._board.settle()
            self._texts.settle()

    def undo(self) -> None:
        """The transaction is rolled back."""
        self._board.undo()
        self._texts.undo()

    def clear(self) -> None:
        """Forget everything; the tables are the caller's."""
        with self._board.lock:
            self._board.clear()
            self._texts.clear()
            self._search.clear()

    @property
    def is_behind(self) -> bool:
        """Whether so many orders wait to be indexed that nothing more should be put before."""
        return self._texts.waiting > WAITING_CAP

    @property
    def waiting(self) -> int:
        """How many orders wait to be indexed."""
        return self._texts.waiting

    def index_some(self, connection: Connection) -> None:
        """Index the words of some orders that wait."""
        self._texts.index_some(connection, STEP)

    # --- reading ---------------------------------------------------------------------------------------------------

    def count_all(self) -> int:
        """Return how many orders there are."""
        with self._board.lock:
            return int(np.count_nonzero(self._board.living()))

    def warm(self, connection: Connection) -> None:
        """Sort by what lists are mostly sorted by, and sample words, so that the first click finds it done."""
        self._search.sample(connection)
        for sort in _WARM_SORTS:
            with self._board.lock:
                self._finder.order(sort)

    def find(
        self, connection: Connection, query: OrderQuery, first: int | None = None, *, hasty: bool = False
    ) -> tuple[Numbers, bool]:
        """Return the numbers of all orders that `query` finds, in its order, and whether that is all of them.

        With `first`, it may be only the first so many; if `hasty` even fewer, see `Search.narrow`.
        """
        match = match_of(query.text) if query.text else None
        with self._board.lock:
            ranked = self._finder.ranked(query)
        return (ranked, True) if match is None else self._search.narrow(connection, match, ranked, first, hasty=hasty)

    def sequence(self, connection: Connection, query: OrderQuery, first: int | None = None) -> OrderSequence:
        """Return `find` with the ids."""
        numbers, is_complete = self.find(connection, query, first, hasty=True)
        columns = self._board.columns
        return OrderSequence(
            numbers,
            columns["id"],  # type: ignore[arg-type]
            columns["hash"],  # type: ignore[arg-type]
            self._board.long_ids(),
            is_complete=is_complete,
        )

    def count(self, connection: Connection, query: OrderQuery) -> int:
        """Return how many orders `query` finds."""
        if query.text and match_of(query.text):
            return len(self.find(connection, query)[0])
        with self._board.lock:
            return int(np.count_nonzero(self._finder.mask(query)))

    def groups(self, connection: Connection, query: OrderQuery, by: str) -> list[OrderGroup]:
        """Return how many orders `query` finds of each value of `by`."""
        found, _ = self.find(connection, query) if query.text else (None, True)
        with self._board.lock:
            mask: Mask = self._finder.mask(query)
            if found is not None:
                hits = np.zeros(len(mask), bool)
                hits[found] = True
                mask &= hits
            return self._finder.groups(mask, by)

    def totals(self, now: str, facets: Iterable[str] = ()) -> dict[str, int]:
        """Return counts over the open orders, and ``facet:value`` of each value of `facets`."""
        with self._board.lock:
            totals = self._finder.totals(now)
            is_open = self._finder.mask(OrderQuery())
            columns = {name: self._board.column(name) for name in facets}
        # Without the lock, for nobody should wait for this: what changes meanwhile is counted anew when it is told of.
        numbers = np.flatnonzero(is_open)
        for name, column in columns.items():
            totals |= {f"{name}:{group.value}": group.count for group in self._finder.counted(column[numbers])}
        return totals

    def ids(self, numbers: Numbers) -> list[str]:
        """Return the ids of orders."""
        return [self._board.id_of(n) for n in numbers.tolist()]
