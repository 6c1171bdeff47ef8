"""The table's header: sorting, moving and widening columns by keys and mouse; the rows follow."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.presenters.orders.queue_layout import Layout, column_specs, layout_menu, read_layout
from tests.qt.samples import order_row, queue_head
from widgets.queue.panel import QueuePanel
from widgets.queue.rows import MenuGroup, MenuOption


@pytest.fixture
def panel(qtbot: QtBot) -> QueuePanel:
    panel = QueuePanel()
    qtbot.addWidget(panel)
    panel.resize(1100, 600)
    layout = Layout(rows="table", columns=[("urgency", 100), ("title", 300), ("clock", 120), ("number", 150)])
    menu = MenuGroup("columns", "列", (MenuOption("title", "标题", checked=True),))
    head = replace(queue_head(), columns=column_specs(layout), sort="due", descending=True, menu=(menu,))
    panel.set_head(head)
    panel.model.set_ids([f"wo-{n}" for n in range(60)])
    panel.model.apply([order_row(n) for n in range(60)])
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def shown(panel: QueuePanel) -> list[str]:
    return [column.key for column in panel.view._delegate.columns]


def test_that_rows_stand_under_their_columns(panel: QueuePanel) -> None:
    header = panel.columns
    assert shown(panel) == ["urgency", "title", "clock", "number"]
    lefts = [column.left for column in panel.view._delegate.columns]
    assert lefts == [header.sectionPosition(header.logicalIndex(place)) for place in range(4)]
    last = panel.view._delegate.columns[-1]
    assert last.left + last.width == header.viewport().width()  # the last one has the room that is left


def test_that_keys_sort_move_and_widen(qtbot: QtBot, panel: QueuePanel) -> None:
    header = panel.columns
    header.setFocus()
    qtbot.keyClick(header, Qt.Key.Key_Right)
    qtbot.keyClick(header, Qt.Key.Key_Right)
    with qtbot.waitSignal(panel.menu_picked, timeout=1000) as sorted_by:
        qtbot.keyClick(header, Qt.Key.Key_Return)
    assert sorted_by.args == ["sort/due"]  # by the clock, that is by what is left of the time
    with qtbot.waitSignal(panel.columns_laid_out, timeout=3000) as laid_out:
        qtbot.keyClick(header, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClick(header, Qt.Key.Key_Plus)
    assert [key for key, _ in laid_out.args[0]] == ["urgency", "clock", "title", "number"]
    assert dict(laid_out.args[0])["clock"] == 132
    assert shown(panel) == ["urgency", "clock", "title", "number"]
    with qtbot.waitSignal(header.list_wanted, timeout=1000):
        qtbot.keyClick(header, Qt.Key.Key_Escape)


def test_that_titles_are_not_sorted_by_and_a_click_sorts(qtbot: QtBot, panel: QueuePanel) -> None:
    picked: list[object] = []
    panel.menu_picked.connect(picked.append)
    middle = panel.columns.height() // 2
    for x in (150, 550):  # the title, the number
        qtbot.mouseClick(panel.columns.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, middle))
    assert picked == ["sort/number"]


def test_that_the_header_offers_the_choice_of_columns(
    qtbot: QtBot, panel: QueuePanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    places: list[object] = []
    monkeypatch.setattr(panel._chooser, "popup", places.append)  # the offscreen platform has no keyboard to grab
    panel.columns.chooser_requested.emit(QPoint(10, 10))
    action = panel._chooser.actions()[0]
    assert (action.text(), action.isChecked()) == ("标题", True)
    with qtbot.waitSignal(panel.menu_picked, timeout=1000) as picked:
        panel._chooser.triggered.emit(action)
    assert places == [QPoint(10, 10)]
    assert picked.args == ["columns/title"]


def test_that_rows_without_columns_have_no_header(panel: QueuePanel) -> None:
    panel.set_head(queue_head())
    assert not panel.columns.isVisible()
    assert shown(panel) == []


def test_that_a_layout_survives_being_kept_and_an_odd_one_is_mended() -> None:
    layout = Layout(rows="table", columns=[("title", 222), ("number", 90)], group="module")
    assert read_layout(layout.encode()) == layout
    assert read_layout('{"rows": "pie", "columns": [["title", 9], ["colour", 50], ["title", 80]], "group": "x"}') == (
        Layout(columns=[("title", 40)])
    )
    for odd in (None, "", "[", '{"columns": 3}', '{"columns": []}'):
        assert read_layout(odd) == Layout()


def test_that_a_column_is_shown_and_put_away_and_the_last_one_stays() -> None:
    layout = Layout(rows="table", columns=[("title", 222)])
    assert layout.with_column("title") == layout
    more = layout.with_column("source").with_column("unheard of")
    assert [key for key, _ in more.columns] == ["title", "source"]
    assert more.with_column("title").columns == more.columns[1:]
    offered = next(group for group in layout_menu(layout) if group.key == "columns")
    assert {option.key for option in offered.options if option.checked} == {"title"}
    assert len(offered.options) == 14
