"""The queue's model against a plain list, under Qt's own model tester."""

from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.qt.samples import order_row
from widgets.queue.model import ID_ROLE, REQUEST_SPAN, ROW_CACHE_CAP, ROW_ROLE, OrderListModel
from widgets.queue.sequence import edit

_IDS = st.lists(st.integers(0, 40).map("wo-{}".format), unique=True, max_size=30)


def _held(model: OrderListModel) -> list[str]:
    return [model.index(row).data(ID_ROLE) for row in range(model.rowCount())]


def _replayed(old: Sequence[str], new: Sequence[str]) -> list[str]:
    ids = list(old)
    change = edit(old, new)
    for first, last in change.removals:
        del ids[first : last + 1]
    for first, last in change.insertions:
        ids[first:first] = new[first : last + 1]
    return ids


@given(_IDS, _IDS)
def test_that_the_edit_leads_from_any_sequence_to_any_other(old: list[str], new: list[str]) -> None:
    assert _replayed(old, new) == new


def test_that_one_moved_row_costs_one_removal_and_one_insertion() -> None:
    old = [f"wo-{n}" for n in range(100)]
    new = [*old[:10], old[90], *old[10:90], *old[91:]]
    change = edit(old, new)
    assert change.removals == ((90, 90),)
    assert change.insertions == ((10, 10),)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.one_of(
            st.tuples(st.just("ids"), _IDS),
            st.tuples(st.just("rows"), st.lists(st.integers(0, 40), max_size=10)),
            st.tuples(st.just("gone"), st.sets(st.integers(0, 40).map("wo-{}".format), max_size=6)),
        ),
        max_size=12,
    )
)
def test_that_the_model_equals_a_plain_list_after_random_operations(
    qtbot: QtBot, steps: list[tuple[str, list]]
) -> None:
    model = OrderListModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    plain: list[str] = []
    words: set[str] = set()
    for kind, value in steps:
        if kind == "ids":
            model.set_ids(value)
            plain = list(value)
        elif kind == "rows":
            model.apply([order_row(number) for number in value])
            words |= {f"wo-{number}" for number in value}
        else:
            model.apply([], value)
            plain = [row_id for row_id in plain if row_id not in value]
            words -= set(value)
        assert _held(model) == plain
        assert [model.position(row_id) for row_id in plain] == list(range(len(plain)))
        for row, row_id in enumerate(plain):
            shown = model.index(row).data(ROW_ROLE)
            assert (shown.id if shown else None) == (row_id if row_id in words else None)
    del tester


def test_that_a_second_sequence_never_resets_the_model(qtbot: QtBot) -> None:
    model = OrderListModel()
    resets: list[int] = []
    counter = _Counter(resets)  # Qt holds bound methods weakly
    model.modelReset.connect(counter.count)
    model.set_ids(["a", "b", "c"])
    model.set_ids(["c", "d", "a"])
    model.set_ids(["x"])
    assert len(resets) == 1


def test_that_a_changed_row_touches_only_its_own_range(qtbot: QtBot) -> None:
    model = OrderListModel()
    model.set_ids([f"wo-{n}" for n in range(10)])
    model.apply([order_row(n) for n in range(10)])
    ranges: list[tuple[int, int]] = []
    noter = _Ranges(ranges)
    model.dataChanged.connect(noter.note)
    model.apply([order_row(n, long=2) for n in (3, 4, 5, 8)] + [order_row(0)])
    assert ranges == [(3, 5), (8, 8)]


def test_that_missing_rows_are_asked_for_once_around_the_one_in_sight(qtbot: QtBot) -> None:
    model = OrderListModel()
    model.set_ids([f"wo-{n}" for n in range(1000)])
    with qtbot.waitSignal(model.rows_needed, timeout=2000) as asked:
        assert model.index(500).data(ROW_ROLE) is None
        model.index(501).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "wo-500" in asked.args[0]
    assert len(asked.args[0]) <= REQUEST_SPAN
    with qtbot.assertNotEmitted(model.rows_needed, wait=30):
        model.index(500).data(ROW_ROLE)


def test_that_the_row_cache_keeps_its_cap(qtbot: QtBot) -> None:
    model = OrderListModel()
    model.set_ids(["wo-0"])
    model.apply(order_row(n) for n in range(ROW_CACHE_CAP + 50))
    assert model.row("wo-0") is None
    assert model.row(f"wo-{ROW_CACHE_CAP + 49}") is not None


def test_that_a_longer_sequence_is_asked_for_once_per_length(qtbot: QtBot) -> None:
    model = OrderListModel()
    asked: list[object] = []
    model.more_needed.connect(asked.append)
    model.set_ids(["a", "b"], total=1_000_000)
    assert model.canFetchMore()
    model.fetchMore()
    model.fetchMore(QModelIndex())
    assert asked == [2]
    model.set_ids(["a", "b", "c"], total=1_000_000)
    model.fetchMore()
    assert asked == [2, 3]


class _Counter:
    def __init__(self, into: list[int]) -> None:
        self.into = into

    def count(self) -> None:
        self.into.append(1)


class _Ranges:
    def __init__(self, into: list[tuple[int, int]]) -> None:
        self.into = into

    def note(self, first: QModelIndex, last: QModelIndex) -> None:
        self.into.append((first.row(), last.row()))
