"""The list keeps the officer's place by id, and the keyboard does everything."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from tests.qt.samples import order_row, queue_head
from widgets.queue.filters import MenuButton
from widgets.queue.panel import QueuePanel
from widgets.queue.rows import ChipSpec, MenuGroup, MenuOption
from widgets.states import READY, PanelState


@pytest.fixture
def panel(qtbot: QtBot) -> QueuePanel:
    panel = QueuePanel()
    qtbot.addWidget(panel)
    panel.resize(420, 600)
    panel.set_head(queue_head())
    panel.model.set_ids([f"wo-{n}" for n in range(60)])
    panel.model.apply([order_row(n) for n in range(60)])
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def test_that_j_and_k_and_enter_move_and_open(qtbot: QtBot, panel: QueuePanel) -> None:
    selected: list[object] = []
    opened: list[object] = []
    panel.order_selected.connect(selected.append)
    panel.order_activated.connect(opened.append)
    panel.view.setFocus()
    panel.view.setCurrentIndex(panel.model.index(0))
    qtbot.keyClicks(panel.view, "jjk")
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert selected == ["wo-0", "wo-1", "wo-2", "wo-1"]
    assert opened == ["wo-1"]


def test_that_the_chosen_order_stays_chosen_when_the_sequence_changes(qtbot: QtBot, panel: QueuePanel) -> None:
    panel.view.choose("wo-5")
    with qtbot.assertNotEmitted(panel.order_selected):
        panel.model.set_ids(["wo-99", *(f"wo-{n}" for n in reversed(range(60)))])
        panel.model.apply([], ["wo-7", "wo-3"])
    assert panel.view.chosen_id() == "wo-5"
    assert panel.view.currentIndex().row() == panel.model.position("wo-5")
    assert panel.view.selectionModel().isSelected(panel.view.currentIndex())


def test_that_a_moved_order_stays_chosen_without_news(qtbot: QtBot, panel: QueuePanel) -> None:
    panel.view.choose("wo-5")
    with qtbot.assertNotEmitted(panel.order_selected):
        panel.model.set_ids(["wo-5", *(f"wo-{n}" for n in range(60) if n != 5)])
    assert panel.view.currentIndex().row() == 0


def test_that_the_next_key_goes_on_from_where_a_vanished_order_stood(qtbot: QtBot, panel: QueuePanel) -> None:
    panel.view.setCurrentIndex(panel.model.index(5))
    panel.model.apply([], ["wo-5"])
    assert not panel.view.currentIndex().isValid()
    with qtbot.waitSignal(panel.order_selected, timeout=1000) as moved:
        qtbot.keyClicks(panel.view, "j")
    assert moved.args == ["wo-6"]


def test_that_what_is_read_stays_in_place_when_rows_come_in_above(qtbot: QtBot, panel: QueuePanel) -> None:
    panel.view.verticalScrollBar().setValue(900)
    top = panel.view.indexAt(panel.view.viewport().rect().topLeft()).data(Qt.ItemDataRole.UserRole + 1)
    before = panel.view.visualRect(panel.model.index(panel.model.position(top))).top()
    panel.model.set_ids([*(f"new-{n}" for n in range(7)), *(f"wo-{n}" for n in range(60))])
    assert panel.view.visualRect(panel.model.index(panel.model.position(top))).top() == before


def test_that_a_list_at_its_top_shows_what_is_new(qtbot: QtBot, panel: QueuePanel) -> None:
    panel.model.set_ids(["new-1", *(f"wo-{n}" for n in range(60))])
    assert panel.view.verticalScrollBar().value() == 0


def test_that_slash_searches_and_escape_empties_and_leaves(qtbot: QtBot, panel: QueuePanel) -> None:
    panel.view.setFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_Slash)
    field = panel.focusWidget()
    with qtbot.waitSignal(panel.search_changed, timeout=1000) as asked:
        qtbot.keyClicks(field, "jk/")
    assert asked.args == ["jk/"]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert panel.head.search_text() == ""
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert panel.focusWidget() is panel.view


def test_that_a_chip_tells_its_key(qtbot: QtBot, panel: QueuePanel) -> None:
    chips = {button.text(): button for button in panel.head.findChildren(type(panel.head._group.buttons()[0]))}
    with qtbot.waitSignal(panel.chip_chosen, timeout=1000) as chosen:
        qtbot.mouseClick(chips["超期 3"], Qt.MouseButton.LeftButton)
    assert chosen.args == ["late"]


def test_that_states_cover_the_list_and_go_away(qtbot: QtBot, panel: QueuePanel) -> None:
    panel.set_state(PanelState("error", text="本机缓存无法读取", action="重试"))
    assert panel._overlay.isVisible()
    with qtbot.waitSignal(panel.state_action_requested, timeout=1000):
        qtbot.mouseClick(panel._overlay._button, Qt.MouseButton.LeftButton)
    panel.set_state(READY)
    assert not panel._overlay.isVisible()


def test_that_a_row_is_read_as_one_sentence(qtbot: QtBot, panel: QueuePanel) -> None:
    text = panel.model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert text.startswith("特急工单，下立交积水 27 cm")


def test_that_a_picked_filter_is_a_chip_that_takes_it_away(qtbot: QtBot, panel: QueuePanel) -> None:
    head = replace(queue_head(), picked=(ChipSpec("source/hotline", "12345 热线"),))
    panel.set_head(head)
    chip = next(button for button in panel.findChildren(QPushButton) if button.text() == "12345 热线 ×")
    with qtbot.waitSignal(panel.menu_picked, timeout=1000) as picked:
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert picked.args == ["source/hotline"]
    panel.set_head(queue_head())
    assert not [b for b in panel.findChildren(QPushButton) if "×" in b.text() and b.isVisible()]


def test_that_the_menu_offers_its_groups_and_tells_what_was_picked(qtbot: QtBot, panel: QueuePanel) -> None:
    menu = (
        MenuGroup("source", "来源", (MenuOption("hotline", "12345 & 热线", "7", checked=True),)),
        MenuGroup("view", "", (MenuOption("save", "存为视图"),), apart=True),
    )
    panel.set_head(replace(queue_head(), menu=menu))
    shown = panel.findChild(MenuButton).findChild(QMenu)
    shown.aboutToShow.emit()
    source, _, save = shown.actions()
    entry = source.menu().actions()[0]
    assert (entry.text(), entry.isChecked()) == ("12345 && 热线  7", True)
    assert not save.isCheckable()
    with qtbot.waitSignal(panel.menu_picked, timeout=1000) as picked:
        shown.triggered.emit(save)
    assert picked.args == ["view/save"]


def test_that_compact_rows_are_lower(panel: QueuePanel) -> None:
    before = panel.view.sizeHintForRow(0)
    panel.set_head(replace(queue_head(), compact=True))
    assert panel.view.sizeHintForRow(0) < before


def test_that_an_order_chosen_elsewhere_stays_when_the_list_gets_the_keys(qtbot: QtBot, panel: QueuePanel) -> None:
    panel.view.choose("wo-far-away")
    with qtbot.assertNotEmitted(panel.order_selected):
        panel.view.clearFocus()
        panel.view.setFocus()
        qtbot.keyClicks(panel.view, "x")
    assert panel.view.chosen_id() == "wo-far-away"
