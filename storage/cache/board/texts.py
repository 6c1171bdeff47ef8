"""The index of words of one shelf's orders, and those orders that are not in it yet.

Cutting texts and indexing their words costs as much as all the rest of a change. So a change only notes that its words
are to be indexed, and that is done when nothing else is to be done; until then its texts are looked through themselves.
"""

from collections.abc import Collection, Iterable

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Table, TableClause, bindparam, delete, func, insert, literal_column, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.cache.columns import OrderFacts, read_object
from storage.cache.statements import each_of, json_list, plain_numbers, plain_rows, sql_of
from storage.words import Match, Searched, index_words

WAITING_CAP = 10_000
"""Orders that may wait to be indexed; with more, whoever writes indexes some first."""
STEP = 500
"""Orders indexed in one transaction: some 10 ms."""

_ORDER = "work_order"


class Texts:
    """Words of orders by number. `stage`, `remove` and `flush` belong to a transaction, `settle` or `undo` end it."""

    def __init__(self, records: Table, words: TableClause, unsearched: Table) -> None:
        self._waiting: dict[int, OrderFacts | None] = {}  # None: noted by the last run, to be read when asked for
        self._cut: dict[int, tuple[OrderFacts, str]] = {}
        self._staged: dict[int, OrderFacts] = {}
        self._left: set[int] = set()
        number = unsearched.c.n
        self._note = sql_of(upsert(unsearched).on_conflict_do_nothing())
        self._noted = select(number)
        self._done = sql_of(delete(unsearched).where(number == bindparam("n")))
        self._put = sql_of(insert(words).prefix_with("OR REPLACE"))
        self._drop = sql_of(delete(words).where(words.c.rowid == bindparam("n")))
        self._match = sql_of(select(words.c.rowid).where(literal_column(words.name).op("MATCH")(bindparam("words"))))
        shown = func.coalesce(records.c.shown, records.c.base)
        self._objects = sql_of(select(records.c.n, shown).where(records.c.n.in_(each_of("ns"))))

    # --- writing ---------------------------------------------------------------------------------------------------

    def load(self, connection: Connection) -> None:
        """Take up what the last run had not indexed."""
        self._waiting = dict.fromkeys(connection.execute(self._noted).scalars())
        self._cut = {}

    def stage(self, n: int, order: OrderFacts) -> None:
        """An order has other texts."""
        self._staged[n] = order

    def remove(self, connection: Connection, numbers: Iterable[int]) -> None:
        """Orders have gone: nothing of them may be found, in the index or out of it."""
        keys = [(n,) for n in numbers]
        connection.exec_driver_sql(self._drop, keys)
        connection.exec_driver_sql(self._done, keys)
        for (n,) in keys:
            self._staged.pop(n, None)
            self._left.add(n)

    def flush(self, connection: Connection) -> None:
        """Note what is to be indexed; to be called before the commit."""
        self._left -= self._staged.keys()
        if self._staged:
            connection.exec_driver_sql(self._note, [(n,) for n in self._staged])

    def index_some(self, connection: Connection, count: int = STEP) -> None:
        """Index the words of some that wait, the oldest first."""
        some = [n for n, _ in zip(self._waiting, range(count), strict=False)]
        if some:
            words = self._words(connection, some)
            connection.exec_driver_sql(self._put, [(n, words.get(n, "")) for n in some])
            connection.exec_driver_sql(self._done, [(n,) for n in some])
            self._left.update(some)

    def settle(self) -> None:
        """The transaction is committed."""
        for n in self._left:
            self._waiting.pop(n, None)
            self._cut.pop(n, None)
        self._waiting.update(self._staged)
        self.undo()

    def undo(self) -> None:
        """The transaction is over or rolled back: nothing is staged."""
        self._staged, self._left = {}, set()

    def clear(self) -> None:
        """Forget everything; the tables are the caller's."""
        self._waiting, self._cut = {}, {}

    # --- reading ---------------------------------------------------------------------------------------------------

    @property
    def waiting(self) -> int:
        """How many orders are not indexed yet."""
        return len(self._waiting)

    def waiting_numbers(self) -> list[int]:
        """Return which orders are not indexed yet."""
        return list(self._waiting)

    def hits(self, connection: Connection, match: Match) -> npt.NDArray[np.int64]:
        """Return the numbers of the orders that the index finds; what it says of those that wait is out of date."""
        return plain_numbers(connection, self._match, (match.expression,))

    def finds(self, connection: Connection, match: Match, numbers: Collection[int]) -> list[int]:
        """Return those of `numbers` whose texts hold the words: by the texts themselves, a thousand in some 20 ms."""
        return [n for n, words in self._words(connection, numbers).items() if match.finds(words)]

    def words_in(self, connection: Connection, numbers: Collection[int]) -> list[str]:
        """Return the words of orders, read from their objects."""
        return list(self._read_words(connection, numbers).values())

    def _words(self, connection: Connection, numbers: Collection[int]) -> dict[int, str]:
        words = self._words_held(numbers)
        others = set(numbers).difference(words)
        if others:
            words |= self._read_words(connection, others)
        return words

    def _words_held(self, numbers: Collection[int]) -> dict[int, str]:
        """Return the words of those orders that wait; they are cut once."""
        cut = {n: (order, self._cut.get(n)) for n in numbers if (order := self._waiting.get(n)) is not None}
        # Another thread may have cut the texts before they changed: what is kept must be of these.
        uncut = [(n, order) for n, (order, kept) in cut.items() if kept is None or kept[0] is not order]
        words = {n: kept[1] for n, (order, kept) in cut.items() if kept is not None and kept[0] is order}
        for (n, order), text in zip(uncut, index_words([order.searched() for _, order in uncut]), strict=True):
            self._cut[n] = order, text
            words[n] = text
        return words

    def _read_words(self, connection: Connection, numbers: Collection[int]) -> dict[int, str]:
        found: dict[int, Searched] = {}
        for n, data in plain_rows(connection, self._objects, (json_list(numbers),)):
            read = read_object(_ORDER, data)
            if read is not None and isinstance(read[1], OrderFacts):
                found[n] = read[1].searched()
        return dict(zip(found, index_words(list(found.values())), strict=True))
