"""Marking several orders: by keys and clicks, through storms of updates, up to a cap."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from tests.qt.samples import order_row, queue_head
from widgets.detail.order import ActionSpec
from widgets.queue.marks import MARKS_CAP, Marks
from widgets.queue.model import ID_ROLE, OrderListModel
from widgets.queue.panel import QueuePanel
from widgets.queue.rows import GROUP, GroupRow

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def panel(qtbot: QtBot) -> QueuePanel:
    panel = QueuePanel()
    qtbot.addWidget(panel)
    panel.resize(420, 700)
    panel.set_head(queue_head())
    panel.model.set_ids([f"wo-{n}" for n in range(60)])
    panel.model.apply([order_row(n) for n in range(60)])
    panel.show()
    qtbot.waitExposed(panel)
    panel.view.setFocus()
    panel.view.setCurrentIndex(panel.model.index(2))
    return panel


def marked(panel: QueuePanel) -> list[str]:
    return sorted(panel.model.marks.ids(), key=lambda row_id: int(row_id.removeprefix("wo-")))


def click(qtbot: QtBot, panel: QueuePanel, row: int, modifiers: Qt.KeyboardModifier, x: int = 200) -> None:
    rect = panel.view.visualRect(panel.model.index(row))
    qtbot.mouseClick(
        panel.view.viewport(), Qt.MouseButton.LeftButton, modifiers, QPoint(rect.left() + x, rect.center().y())
    )


def test_that_x_marks_and_moving_on_keeps_the_mark(qtbot: QtBot, panel: QueuePanel) -> None:
    qtbot.keyClicks(panel.view, "xjjxx")
    assert marked(panel) == ["wo-2"]
    assert panel.model.index(2).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert panel.model.index(3).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    qtbot.keyClick(panel.view, Qt.Key.Key_Escape)
    assert marked(panel) == []
    assert panel.model.index(2).data(Qt.ItemDataRole.CheckStateRole) is None


def test_that_shift_and_arrows_stretch_and_shrink(qtbot: QtBot, panel: QueuePanel) -> None:
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_J):
        qtbot.keyClick(panel.view, key, SHIFT)
    assert marked(panel) == ["wo-2", "wo-3", "wo-4", "wo-5"]
    qtbot.keyClick(panel.view, Qt.Key.Key_Up, SHIFT)
    assert marked(panel) == ["wo-2", "wo-3", "wo-4"]


def test_that_clicks_mark_one_a_stretch_or_none(qtbot: QtBot, panel: QueuePanel) -> None:
    click(qtbot, panel, 5, CONTROL)
    assert marked(panel) == ["wo-2", "wo-5"]  # the chosen one goes along
    click(qtbot, panel, 8, SHIFT)
    assert marked(panel) == ["wo-2", "wo-5", "wo-6", "wo-7", "wo-8"]
    click(qtbot, panel, 6, Qt.KeyboardModifier.NoModifier, x=10)  # on its box
    assert marked(panel) == ["wo-2", "wo-5", "wo-7", "wo-8"]
    click(qtbot, panel, 1, Qt.KeyboardModifier.NoModifier)
    assert marked(panel) == []
    assert panel.view.chosen_id() == "wo-1"


def test_that_control_a_asks_for_all_and_the_cap_holds(qtbot: QtBot, panel: QueuePanel) -> None:
    with qtbot.waitSignal(panel.all_wanted, timeout=1000) as asked:
        qtbot.keyClick(panel.view, Qt.Key.Key_A, CONTROL)
    assert asked.args == [""]
    panel.view.mark([f"wo-{n}" for n in range(MARKS_CAP + 500)])
    assert len(panel.model.marks) == MARKS_CAP
    panel.model.marks.toggle("one-more")
    assert "one-more" not in panel.model.marks


def test_that_letters_are_meant_for_all_while_some_are_marked(qtbot: QtBot, panel: QueuePanel) -> None:
    panel.marks_bar.show_marks("已选 1 件", "", (ActionSpec("accept", "受理", "A"), ActionSpec("note", "备注", "N")))
    with qtbot.assertNotEmitted(panel.bulk_requested):
        qtbot.keyClicks(panel.view, "a")
    qtbot.keyClicks(panel.view, "x")
    with qtbot.waitSignal(panel.bulk_requested, timeout=1000) as asked:
        qtbot.keyClicks(panel.view, "n")
    assert asked.args == ["note"]


def test_that_a_group_is_folded_and_marked_by_keys(qtbot: QtBot, panel: QueuePanel) -> None:
    head = f"{GROUP}module:m1"
    panel.model.apply([GroupRow(head, "市政设施", "60", folded=False, sentence="市政设施，60 件")])
    panel.model.set_ids([head, *(f"wo-{n}" for n in range(60))])
    opened: list[object] = []
    panel.order_activated.connect(opened.append)
    panel.view.setCurrentIndex(panel.model.index(0))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Left):
        with qtbot.waitSignal(panel.group_toggled, timeout=1000) as toggled:
            qtbot.keyClick(panel.view, key)
        assert toggled.args == [head]
    with qtbot.assertNotEmitted(panel.group_toggled):
        qtbot.keyClick(panel.view, Qt.Key.Key_Right)  # it is unfolded
    with qtbot.waitSignal(panel.all_wanted, timeout=1000) as wanted:
        qtbot.keyClicks(panel.view, "x")
    assert (wanted.args, opened) == ([head], [])
    panel.model.set_ids([head, *(f"wo-{n}" for n in reversed(range(60)))])
    assert panel.view.currentIndex().data(ID_ROLE) == head  # the keys stay where they were
    qtbot.keyClick(panel.view, Qt.Key.Key_Down, SHIFT)
    assert marked(panel) == ["wo-59"]  # a head is no order


_NUMBERS = st.integers(0, 30)
_IDS = st.lists(_NUMBERS.map("wo-{}".format), unique=True, max_size=25)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.one_of(
            st.tuples(st.just("ids"), _IDS, st.integers(0, 3)),
            st.tuples(st.just("toggle"), _NUMBERS, st.just(0)),
            st.tuples(st.just("gone"), st.sets(_NUMBERS.map("wo-{}".format), max_size=5), st.just(0)),
            st.tuples(st.just("all"), st.just(0), st.just(0)),
        ),
        max_size=14,
    )
)
def test_that_a_grouped_and_marked_list_equals_a_plain_one_after_random_operations(
    qtbot: QtBot, steps: list[tuple[str, object, int]]
) -> None:
    model = OrderListModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    plain: list[str] = []
    marks: set[str] = set()
    for kind, value, groups in steps:
        if kind == "ids":
            plain = _grouped(value, groups)
            model.apply([GroupRow(row, row, "", folded=False, sentence=row) for row in plain if row[0] == GROUP[0]])
            model.set_ids(plain)
        elif kind == "toggle":
            model.marks.toggle(f"wo-{value}")
            marks ^= {f"wo-{value}"}
        elif kind == "gone":
            model.apply([], value)
            model.marks.remove(value)
            plain = [row_id for row_id in plain if row_id not in value]
            marks -= set(value)
        else:
            orders = [row_id for row_id in plain if row_id[0] != GROUP[0]]
            model.marks.add(orders)
            marks |= set(orders)
        model.marks_changed()
        assert [model.index(row).data(ID_ROLE) for row in range(model.rowCount())] == plain
        assert set(model.marks.ids()) == marks
        for row, row_id in enumerate(plain):
            box = model.index(row).data(Qt.ItemDataRole.CheckStateRole)
            expected = None if not marks or row_id[0] == GROUP[0] else row_id in marks
            assert (None if box is None else box == Qt.CheckState.Checked) == expected
    del tester


def _grouped(ids: list[str], groups: int) -> list[str]:
    """Put heads between the ids, as many as asked for."""
    rows = list(ids)
    for group in range(groups):
        rows.insert(group * (len(ids) // max(1, groups)), f"{GROUP}module:{group}")
    return rows


def test_that_marks_and_place_are_kept_through_a_storm(qtbot: QtBot, panel: QueuePanel) -> None:
    chance = random.Random(3)
    ids = [f"wo-{n}" for n in range(60)]
    panel.view.choose("wo-30")
    panel.view.mark(["wo-30", "wo-31", "wo-7"])
    for _ in range(100):
        chance.shuffle(ids)
        panel.model.set_ids(ids[: chance.randrange(40, 60)])
        panel.model.apply([order_row(chance.randrange(60), long=chance.randrange(1, 3)) for _ in range(20)])
    panel.model.set_ids(sorted(ids))
    assert marked(panel) == ["wo-7", "wo-30", "wo-31"]
    assert panel.view.currentIndex().data(ID_ROLE) == "wo-30"


def test_that_a_stretch_gives_up_what_an_earlier_one_took() -> None:
    marks = Marks()
    marks.toggle("a")
    marks.begin("c")
    marks.stretch(["c", "d", "e"])
    marks.stretch(["b", "c"])
    assert marks.ids() == ("a", "b", "c")
    marks.remove(["b"])
    marks.stretch(["c"])
    assert marks.ids() == ("a", "c")
