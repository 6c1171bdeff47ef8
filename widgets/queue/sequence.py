"""The least change that turns one order of ids into another, as runs for a list model."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """How to get from the old sequence to the new one.

    Attributes:
        removals: Runs ``(first, last)`` of old positions, from the bottom up, each valid when its turn comes.
        insertions: Runs ``(first, last)`` of new positions, from the top down, each valid when its turn comes.
    """

    removals: tuple[tuple[int, int], ...]
    insertions: tuple[tuple[int, int], ...]


def edit(old: Sequence[str], new: Sequence[str]) -> Edit:
    """Find the edit; an id that changed its place relative to the rest is removed and inserted again.

    Both sequences hold each id once. Costs O(n) for the parts that are alike at both ends, O(m log m) between.
    """
    head = 0
    shortest = min(len(old), len(new))
    while head < shortest and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shortest - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    place = {row_id: position for position, row_id in enumerate(new[head : len(new) - tail], start=head)}
    middle = range(head, len(old) - tail)
    survivors = [position for position in middle if old[position] in place]
    staying = _longest_rising([place[old[position]] for position in survivors])
    kept_old = {survivors[index] for index in staying}
    kept_new = {place[old[position]] for position in kept_old}
    gone = [position for position in middle if position not in kept_old]
    come = [position for position in place.values() if position not in kept_new]
    return Edit(tuple(reversed(runs(gone))), tuple(runs(come)))


def runs(positions: Sequence[int]) -> list[tuple[int, int]]:
    """Join rising positions into ``(first, last)`` runs of neighbours."""
    joined: list[tuple[int, int]] = []
    for position in positions:
        if joined and joined[-1][1] == position - 1:
            joined[-1] = (joined[-1][0], position)
        else:
            joined.append((position, position))
    return joined


def _longest_rising(values: Sequence[int]) -> list[int]:
    """Give the indexes of one longest strictly rising subsequence (patience sorting)."""
    tops: list[int] = []
    piles: list[int] = []
    previous: list[int] = []
    for index, value in enumerate(values):
        pile = len(tops) if not tops or value > tops[-1] else bisect_left(tops, value)
        previous.append(piles[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(value)
            piles.append(index)
        else:
            tops[pile] = value
            piles[pile] = index
    chain: list[int] = []
    index = piles[-1] if piles else -1
    while index >= 0:
        chain.append(index)
        index = previous[index]
    return chain[::-1]
