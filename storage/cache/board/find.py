"""Questions about orders answered on the board: which, how many, in which order. Everything but words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from storage.cache.board.board import Board, Mask, Numbers
from storage.cache.board.layout import CODED, caller_mark
from storage.cache.board.lexicon import Lexicon
from storage.cache.board.ranking import Keys, Ranking, number_keys
from storage.cache.columns import NEVER
from storage.cache.moments import milliseconds
from storage.records import OrderGroup, OrderQuery

_DUE_BITS = 50  # milliseconds from the year 1 to 10000, with a sign
_CHOSEN = {
    "state": "states",
    **{name: name for name in ("urgency", "source", "module", "lead_department", "grid_cell", "neighbourhood")},
}
"""Coded columns and the fields of `OrderQuery` that choose among their values."""
_MOST_BEFORE_DUE = 1 << (62 - _DUE_BITS)
_FEW = 4

WITH_A_UNIT = ("dispatched", "handling")
"""States in which a department has the order."""


@dataclass(slots=True)
class Finder:
    """Reads one board. Every method is called under the board's lock."""

    board: Board
    lexicon: Lexicon
    _rankings: dict[str, Ranking] = field(default_factory=dict)

    def ranked(self, query: OrderQuery) -> Numbers:
        """Return the numbers of all orders that `query` finds but for its words, in its order."""
        order = self.order(query.sort)
        found = order[self.mask(query)[order]]
        return found[::-1] if query.descending else found

    def order(self, sort: str) -> Numbers:
        """Return the numbers of all orders in an order.

        Raises:
            ValueError: There is no such order.
        """
        ranking = self._rankings.get(sort)
        if ranking is None:
            ranking = self._rankings[sort] = Ranking(self._keys(sort))
        return ranking.order(self.board)

    def mask(self, query: OrderQuery) -> Mask:
        """Return where `query` finds an order, but for its words."""
        column = self.board.column
        found = self.board.living()
        if query.open_only:
            found &= column("open") != 0
        if query.supervised:
            found &= column("supervised") != 0
        for name, chosen in _CHOSEN.items():
            values = getattr(query, chosen)
            if values is not None:
                found &= self._is_one_of(column(name), self.lexicon.known(values))
        for condition in self._conditions(query):
            found &= condition
        return found

    def _conditions(self, query: OrderQuery) -> Iterator[Mask]:
        column = self.board.column
        if query.due_before:
            yield column("due") < milliseconds(query.due_before, NEVER)
        if query.clock:
            yield self._clock(query.clock, query.now)
        if query.caller:
            yield column("caller") == np.uint64(caller_mark(query.caller))
        if query.stuck is not None:
            yield self._stuck(query.stuck, query.now)
        if query.mine is not None:
            yield self._mine(*query.mine)
        if query.bbox is not None:
            west, south, east, north = query.bbox
            lon, lat = column("lon"), column("lat")
            yield (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)

    def groups(self, found: Mask, by: str) -> list[OrderGroup]:
        """Return how many of `found` have each value of a coded column, in order of the values.

        Raises:
            ValueError: There is no such column.
        """
        if by not in CODED:
            raise ValueError(f"orders are not grouped by {by!r}")
        return self.counted(self.board.column(by)[found])

    def counted(self, codes: npt.NDArray[Any]) -> list[OrderGroup]:
        """Return how often each text occurs among codes of the lexicon, in order of the texts; needs no lock."""
        counts = np.bincount(codes)
        groups = [OrderGroup(self.lexicon.text(code), int(counts[code])) for code in np.flatnonzero(counts).tolist()]
        return sorted(groups, key=_value)

    def totals(self, now: str) -> dict[str, int]:
        """Return counts over the open orders: open, late, near, supervised, and ``state:…`` of each state."""
        is_open = self.mask(OrderQuery())
        return {
            "open": int(np.count_nonzero(is_open)),
            "late": int(np.count_nonzero(is_open & self._clock("late", now))),
            "near": int(np.count_nonzero(is_open & self._clock("near", now))),
            "supervised": int(np.count_nonzero(is_open & (self.board.column("supervised") != 0))),
            **{f"state:{group.value}": group.count for group in self.groups(is_open, "state")},
        }

    def _keys(self, sort: str) -> Callable[[], Keys]:
        column = self.board.column
        match sort:
            case "due":
                return lambda: [column("due")]
            case "urgency":
                return lambda: [_before_due(column("urgency_rank").astype(np.int64), column("due"))]
            case "opened" | "updated":
                return lambda: [column(sort), column("due")]
            case "number":
                return lambda: [*number_keys(np.ascontiguousarray(column("number"))), column("due")]
            case _ if sort in CODED:
                return lambda: self._coded_keys(sort)
            case _:
                raise ValueError(f"no such order of orders: {sort!r}")

    def _coded_keys(self, name: str) -> Keys:
        ranks, due = self.lexicon.ranks(), self.board.column("due")
        mine = ranks[self.board.column(name)]
        return [_before_due(mine, due)] if len(ranks) < _MOST_BEFORE_DUE else [mine, due]

    @staticmethod
    def _is_one_of(column: npt.NDArray[np.int32], codes: list[int]) -> Mask:
        if len(codes) > _FEW:
            wanted = np.zeros(max(int(column.max(initial=0)), *codes) + 1, bool)
            wanted[codes] = True
            return wanted[column]
        found = np.zeros(len(column), bool)
        for code in codes:
            found |= column == code
        return found

    def _mine(self, officer: str, department: str) -> Mask:
        column = self.board.column
        found = np.zeros(self.board.size, bool)
        for name, text in (("owner", officer), ("lead_department", department)):
            if text:
                found |= self._is_one_of(column(name), self.lexicon.known([text]))
        return found

    def _stuck(self, idle: tuple[tuple[str, str], ...], now: str) -> Mask:
        """With a department, and late or not touched since the time given for it."""
        column = self.board.column
        found = self._clock("late", now)
        for department, since in idle:
            theirs = self._is_one_of(column("lead_department"), self.lexicon.known([department]))
            found |= theirs & (column("updated") < milliseconds(since, 0))
        return found & self._is_one_of(column("state"), self.lexicon.known(WITH_A_UNIT))

    def _clock(self, clock: str, now: str) -> Mask:
        column, at = self.board.column, milliseconds(now, 0)
        if clock == "late":
            return column("due") < at
        if clock == "near":
            due = column("due")
            return (due >= at) & (due < NEVER) & (column("near") <= at)
        raise ValueError(f"no such state of the clock: {clock!r}")


def _before_due(weightier: npt.NDArray[np.int64], due: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return one key of two, which is sorted several times faster."""
    return (weightier << _DUE_BITS) + due


def _value(group: OrderGroup) -> str:
    return group.value
