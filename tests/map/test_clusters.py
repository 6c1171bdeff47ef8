from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from widgets.map.clusters import HALF_WORLD_M, LEVELS, ClusterIndex
from widgets.map.viewport import Bounds

FINEST_M = 28.0


def _index(x: np.ndarray, y: np.ndarray, rank: np.ndarray) -> ClusterIndex:
    index = ClusterIndex(FINEST_M)
    index.update(x, y, rank, np.arange(len(x)), np.ones(len(x), dtype=np.bool_))
    return index


def _brute(
    x: np.ndarray, y: np.ndarray, rank: np.ndarray, alive: np.ndarray, size: float
) -> dict[tuple[int, int], list[int]]:
    cells = defaultdict(list)
    for slot in np.flatnonzero(alive).tolist():
        cells[int((x[slot] + HALF_WORLD_M) // size), int((y[slot] + HALF_WORLD_M) // size)].append(slot)
    return cells


def _check(index: ClusterIndex, x: np.ndarray, y: np.ndarray, rank: np.ndarray, alive: np.ndarray, level: int) -> None:
    cells = index.level(level)
    expected = _brute(x, y, rank, alive, index.cell_m(level))
    assert len(cells) == len(expected)
    for number in range(len(cells)):
        slots = expected[int(cells.column[number]), int(cells.row[number])]
        assert sorted(index.members(cells, number).tolist()) == sorted(slots)
        assert cells.count[number] == len(slots)
        assert np.isclose(cells.x[number], x[slots].sum())
        assert np.isclose(cells.y[number], y[slots].sum())
        assert cells.rank[number] == max(rank[slots])
        assert rank[cells.slot[number]] == max(rank[slots])
        assert cells.loud(number) == (
            sum(rank[slots] >= 40),
            sum((rank[slots] >= 32) & (rank[slots] < 40)),
            sum((rank[slots] >= 24) & (rank[slots] < 32)),
        )


@pytest.mark.parametrize("level", [0, 1, 3, 6, LEVELS - 1])
def test_that_every_level_agrees_with_counting_by_hand(level: int) -> None:
    rng = np.random.default_rng(7)
    x, y = rng.normal(13_525_000, 2500, 700), rng.normal(3_652_000, 2500, 700)
    rank = rng.integers(0, 48, 700)
    _check(_index(x, y, rank), x, y, rank, np.ones(700, dtype=np.bool_), level)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 39), st.integers(-400, 400), st.integers(-400, 400), st.integers(0, 47), st.booleans()
        ),
        max_size=60,
    ),
    st.integers(1, 9),
)
def test_that_small_changes_lead_to_the_same_cells_as_starting_anew(
    changes: list[tuple[int, int, int, int, bool]], batch: int
) -> None:
    x, y, rank, alive = np.zeros(40), np.zeros(40), np.zeros(40, dtype=np.int64), np.zeros(40, dtype=np.bool_)
    index = ClusterIndex(FINEST_M)
    for start in range(0, len(changes), batch):
        part = changes[start : start + batch]
        for slot, east, north, worth, there in part:
            x[slot], y[slot], rank[slot], alive[slot] = east, north, worth, there
        index.update(x, y, rank, np.unique([change[0] for change in part]), alive)
    assert len(index) == alive.sum()
    for level in (0, 2, 5):
        _check(index, x, y, rank, alive, level)


def test_that_only_cells_that_meet_the_view_are_visible() -> None:
    rng = np.random.default_rng(3)
    x, y = rng.uniform(0, 5000, 400), rng.uniform(0, 5000, 400)
    index = _index(x, y, np.zeros(400, dtype=np.int64))
    box = Bounds(1000, 1500, 2500, 2600)
    cells, found = index.visible(1, box)
    inside = (x >= box.left) & (x <= box.right) & (y >= box.bottom) & (y <= box.top)
    shown = set(np.concatenate([index.members(cells, int(one)) for one in found]).tolist())
    assert set(np.flatnonzero(inside).tolist()) <= shown
    size = index.cell_m(1)
    assert all(box.left - size <= x[slot] <= box.right + size for slot in shown)


def test_that_the_budget_holds_for_any_crowd() -> None:
    rng = np.random.default_rng(5)
    x, y = rng.uniform(0, 20_000, 100_000), rng.uniform(0, 20_000, 100_000)
    index = _index(x, y, np.zeros(100_000, dtype=np.int64))
    level, cells, found = index.within_budget(FINEST_M, Bounds(0, 0, 20_000, 20_000), budget=400)
    assert len(found) <= 400
    assert level > 0
    assert cells.count[found].sum() == 100_000


def test_that_an_empty_index_shows_nothing() -> None:
    index = ClusterIndex(FINEST_M)
    nothing = np.empty(0, dtype=np.int64)
    index.update(np.empty(0), np.empty(0), nothing, nothing, np.empty(0, dtype=np.bool_))
    index.warm()
    assert len(index.within_budget(100.0, Bounds(-1e7, -1e7, 1e7, 1e7), 10)[2]) == 0


def test_that_cells_do_not_move_with_the_view_or_the_crowd() -> None:
    x, y = np.array([100.0, 110.0, 9000.0]), np.array([100.0, 110.0, 9000.0])
    rank = np.zeros(3, dtype=np.int64)
    alone = _index(x[:2], y[:2], rank[:2]).level(2)
    together = _index(x, y, rank).level(2)
    assert (alone.column[0], alone.row[0]) in set(zip(together.column.tolist(), together.row.tolist(), strict=True))


@pytest.mark.parametrize("seed", range(5))
def test_that_of_many_cells_exactly_those_in_view_are_found(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = rng.normal(13_525_000, 9000, 60_000), rng.normal(3_652_000, 9000, 60_000)
    index = _index(x, y, rng.integers(0, 48, 60_000))
    for level in range(4):
        left, bottom = rng.normal(13_525_000, 9000), rng.normal(3_652_000, 9000)
        bounds = Bounds(left, bottom, left + rng.uniform(1, 9000), bottom + rng.uniform(1, 9000))
        cells, found = index.visible(level, bounds)
        size = index.cell_m(level)
        meets = (
            ((cells.column + 1) * size - HALF_WORLD_M > bounds.left)
            & (cells.column * size - HALF_WORLD_M <= bounds.right)
            & ((cells.row + 1) * size - HALF_WORLD_M > bounds.bottom)
            & (cells.row * size - HALF_WORLD_M <= bounds.top)
        )
        assert len(cells) > 4096 or level > 2
        assert found.tolist() == np.flatnonzero(meets).tolist()
