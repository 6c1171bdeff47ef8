"""What the list shows, read on the reader thread: a page of ids, in groups where they are asked for, and counts."""

from dataclasses import dataclass, replace
from typing import Any

from storage.cache.cache import Cache
from storage.records import OrderGroup, OrderQuery
from widgets.queue.rows import GROUP

_FACETS = ("module", "lead_department", "source", "grid_cell", "neighbourhood")
GROUPS_CAP = 1_000
"""Heads of groups in a list; a centre with more places than that has them after the first thousand left out."""


@dataclass(frozen=True, slots=True)
class Page:
    """What one refresh read.

    Attributes:
        ids: The first part of the list; heads of groups stand as `head_id` between the orders.
        total: How long the whole list is, heads included.
        count: How many orders the filter finds.
        groups: The groups by the id of their head.
        is_complete: Whether `total` and `count` are what there is; else there is more, not counted yet.
    """

    ids: list[str]
    total: int
    count: int
    groups: dict[str, OrderGroup]
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers beside the filters.

    Attributes:
        totals: As `Cache.order_totals`, with ``mine`` and ``facet:value``.
        views: By name of the officer's own views.
    """

    totals: dict[str, int]
    views: dict[str, int]


def head_id(by: str, value: str) -> str:
    """Return the id under which a group's head stands in the list."""
    return f"{GROUP}{by}:{value}"


def narrowed_to(query: OrderQuery, by: str, value: str) -> OrderQuery:
    """Return the question for the orders of one group."""
    field: Any = {"states" if by == "state" else by: frozenset({value})}
    return replace(query, **field)


def read_page(cache: Cache, query: OrderQuery, by: str, folded: frozenset[str], window: int) -> Page:
    """Read the first `window` rows of a list."""
    if not by:
        found = cache.order_sequence(query, first=window)
        more = 0 if found.is_complete else 1
        return Page(found[:window], len(found) + more, len(found), {}, found.is_complete)
    groups = cache.order_groups(query, by)
    count = sum(group.count for group in groups)
    ids: list[str] = []
    total = 0
    heads: dict[str, OrderGroup] = {}
    for group in groups[:GROUPS_CAP]:
        head = head_id(by, group.value)
        heads[head] = group
        total += 1
        room = window - len(ids)
        if room > 0:
            ids.append(head)
        if head in folded:
            continue
        total += group.count
        if room > 1:
            ids += cache.order_ids(narrowed_to(query, by, group.value), min(room - 1, group.count))
    return Page(ids, max(total, len(ids)), count, heads)


def read_counts(cache: Cache, views: dict[str, OrderQuery], mine: OrderQuery, stuck: OrderQuery) -> Counts:
    """Count what the chips and the menu tell, at the time that `stuck` names."""
    totals = cache.order_totals(stuck.now, _FACETS)
    totals["mine"] = cache.order_count(mine)
    totals["stuck"] = cache.order_count(stuck)
    return Counts(totals, {name: cache.order_count(view) for name, view in views.items()})
