"""The detail panel: few keys to an action, reasons for closed ones, words that survive."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.qt.samples import order_detail
from widgets.detail.choices import ChoiceModel
from widgets.detail.form import TEXT_CAP, TextField
from widgets.detail.order import ActionRequest, Choice
from widgets.detail.panel import DetailPanel
from widgets.states import StateOverlay


@pytest.fixture
def panel(qtbot: QtBot) -> DetailPanel:
    panel = DetailPanel()
    qtbot.addWidget(panel)
    panel.resize(420, 760)
    panel.show_order(order_detail())
    panel.show()
    qtbot.waitExposed(panel)
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow, timeout=2000)
    return panel


def _text_field(panel: DetailPanel) -> TextField:
    return panel.findChildren(TextField)[0]


def test_that_dispatch_takes_two_keys(qtbot: QtBot, panel: DetailPanel) -> None:
    with qtbot.waitSignal(panel.action_requested, timeout=1000) as asked:
        qtbot.keyClick(panel, Qt.Key.Key_D)
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Return)
    assert asked.args == [ActionRequest("wo-1", "dispatch", {"department": "d1"})]


def test_that_typing_narrows_the_departments_by_initials(qtbot: QtBot, panel: DetailPanel) -> None:
    panel.begin("dispatch")
    qtbot.keyClicks(panel.focusWidget(), "pab")
    with qtbot.waitSignal(panel.action_requested, timeout=1000) as asked:
        qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Return)
    assert asked.args[0].args == {"department": "d4"}


def test_that_the_choices_put_suggestions_first_and_match_all_words(qtbot: QtBot) -> None:
    model = ChoiceModel()
    model.set_choices((Choice("a", "建管中心"), Choice("b", "城运中心防汛组", suggested=True)))
    assert model.choice(0).id == "b"
    model.narrow("中心 建")
    assert [model.choice(row).id for row in range(model.rowCount())] == ["a"]


def test_that_an_action_without_fields_happens_at_once(qtbot: QtBot, panel: DetailPanel) -> None:
    with qtbot.waitSignal(panel.action_requested, timeout=1000) as asked:
        qtbot.keyClick(panel, Qt.Key.Key_A)
    assert asked.args == [ActionRequest("wo-1", "accept", {})]


def test_that_a_closed_action_tells_its_reason_and_does_nothing(qtbot: QtBot, panel: DetailPanel) -> None:
    with qtbot.assertNotEmitted(panel.action_requested):
        panel.begin("extend")
    button = panel._actions.button("extend")
    assert button.accessibleDescription() == "尚未派遣，不能延期"
    assert "不可用" in button.accessibleName()
    assert panel._actions._reason.isVisible()


def test_that_return_asks_for_reason_and_text(qtbot: QtBot, panel: DetailPanel) -> None:
    panel.begin("return")
    qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(panel.focusWidget(), Qt.Key.Key_Return)
    field = _text_field(panel)
    assert panel.focusWidget() is field
    with qtbot.assertNotEmitted(panel.action_requested):
        qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    field.setPlainText("现场已排干")
    with qtbot.waitSignal(panel.action_requested, timeout=1000) as asked:
        qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked.args[0].args == {"reason_code": "needless", "text": "现场已排干"}


def test_that_letters_typed_into_a_note_trigger_nothing(qtbot: QtBot, panel: DetailPanel) -> None:
    panel.begin("note")
    with qtbot.assertNotEmitted(panel.action_requested):
        qtbot.keyClicks(panel.focusWidget(), "adrs")
    assert _text_field(panel).toPlainText() == "adrs"


def test_that_words_written_survive_a_look_at_another_order(qtbot: QtBot, panel: DetailPanel) -> None:
    panel.begin("note")
    _text_field(panel).setPlainText("电话已通")
    panel.show_order(order_detail("wo-2"))
    panel.show_order(order_detail("wo-1"))
    panel.begin("note")
    assert panel._form.drafts() == {"text": "电话已通"}


def test_that_an_update_of_the_same_order_keeps_the_form_open(qtbot: QtBot, panel: DetailPanel) -> None:
    panel.begin("note")
    field = _text_field(panel)
    field.setPlainText("在写")
    panel.show_order(replace(order_detail(), clock="临期 7m"))
    assert field.isVisible()
    assert field.toPlainText() == "在写"


def test_that_a_form_closes_with_the_reason_when_its_action_is_closed_meanwhile(
    qtbot: QtBot, panel: DetailPanel
) -> None:
    panel.begin("dispatch")
    order = order_detail()
    closed = tuple(
        replace(spec, enabled=False, reason="李** 已派遣") if spec.verb == "dispatch" else spec
        for spec in order.actions
    )
    panel.show_order(replace(order, actions=closed))
    assert panel._form is None
    assert "李** 已派遣" in panel._actions._reason.text()


def test_that_a_too_long_paste_is_cut_and_said(qtbot: QtBot, panel: DetailPanel) -> None:
    panel.begin("note")
    field = _text_field(panel)
    field.setPlainText("长" * (TEXT_CAP + 5))
    assert len(field.toPlainText()) == TEXT_CAP
    assert panel._form._fault.isVisible()


@pytest.mark.fault(65)
def test_that_markup_in_an_order_is_shown_as_it_is(qtbot: QtBot, panel: DetailPanel) -> None:
    panel.show_order(replace(order_detail(), title="<img src='file:///etc/passwd'>"))
    assert panel._title.textFormat() == Qt.TextFormat.PlainText
    assert panel._title.text() == "<img src='file:///etc/passwd'>"


def test_that_an_explanation_opens_under_its_fact(qtbot: QtBot, panel: DetailPanel) -> None:
    value = panel._facts._lines[0][1]
    assert not value._more.isVisible()
    qtbot.mouseClick(value._why, Qt.MouseButton.LeftButton)
    assert value._more.isVisible()
    panel.show_order(order_detail())
    assert value._more.isVisible()


@pytest.mark.fault(63)
def test_that_an_order_withdrawn_while_it_is_worked_on_closes_its_actions_and_keeps_the_words(
    qtbot: QtBot, panel: DetailPanel
) -> None:
    panel.begin("note")
    _text_field(panel).setPlainText("现场有人受伤")
    panel.show_withdrawn("wo-1")
    assert panel.order_id() == ""
    assert not any(label.isVisible() and order_detail().title in label.text() for label in panel.findChildren(QLabel))
    assert not panel.findChildren(TextField) or not _text_field(panel).isVisible()
    with qtbot.assertNotEmitted(panel.action_requested):
        qtbot.keyClick(panel, Qt.Key.Key_A)
        qtbot.keyClick(panel, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    overlay = panel.findChild(StateOverlay)
    assert "这张工单已不在本席" in overlay.accessibleName()
    next(button for button in overlay.findChildren(QPushButton) if button.isVisible()).click()
    assert QGuiApplication.clipboard().text() == "现场有人受伤"

    panel.show_order(order_detail())  # the right has come back
    panel.begin("note")
    assert _text_field(panel).toPlainText() == "现场有人受伤"


@pytest.mark.fault(63)
def test_that_an_order_withdrawn_without_words_offers_nothing_to_copy(panel: DetailPanel) -> None:
    panel.show_withdrawn("wo-1")
    assert not any(button.isVisible() for button in panel.findChild(StateOverlay).findChildren(QPushButton))
