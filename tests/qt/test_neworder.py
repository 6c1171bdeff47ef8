"""The form of a new order: keyboard, draft, place and what may be the same."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from widgets.detail.choices import ChoiceField
from widgets.detail.order import Choice
from widgets.neworder import LINE_CAP, NewOrderForm, OrderDraft

DRAFT = OrderDraft(
    "路灯不亮", "整条街", "hotline", "facilities", "urgent", "东明路 1 号", 121.5, 31.15, "张三", "13800000000"
)


@pytest.fixture
def form(qtbot: QtBot) -> NewOrderForm:
    form = NewOrderForm()
    qtbot.addWidget(form)
    form.resize(420, 500)
    form.set_choices(
        (Choice("desk", "值守台"), Choice("hotline", "12345 热线")),
        (Choice("", "未定"), Choice("facilities", "市政设施")),
        (Choice("normal", "一般"), Choice("urgent", "紧急")),
    )
    form.show_draft(OrderDraft())
    form.show()
    qtbot.waitExposed(form)
    return form


def _title(form: NewOrderForm) -> QLineEdit:
    return next(field for field in form.findChildren(QLineEdit) if field.accessibleName() == "标题")


def test_that_a_draft_comes_back_as_it_was(form: NewOrderForm) -> None:
    form.show_draft(DRAFT)
    assert form.draft() == DRAFT


def test_that_filling_the_form_is_no_news_and_writing_is(qtbot: QtBot, form: NewOrderForm) -> None:
    with qtbot.assertNotEmitted(form.changed):
        form.show_draft(DRAFT)
    with qtbot.waitSignal(form.changed, timeout=1000):
        qtbot.keyClicks(_title(form), "x")


def test_that_ctrl_enter_reports_and_asks_for_a_title_first(qtbot: QtBot, form: NewOrderForm) -> None:
    with qtbot.assertNotEmitted(form.submitted):
        qtbot.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    _title(form).insert("路灯不亮")
    with qtbot.waitSignal(form.submitted, timeout=1000):
        qtbot.keyClick(_title(form), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_that_esc_leaves_and_keeps_what_was_written(qtbot: QtBot, form: NewOrderForm) -> None:
    _title(form).insert("路灯不亮")
    with qtbot.waitSignal(form.left, timeout=1000):
        qtbot.keyClick(_title(form), Qt.Key.Key_Escape)
    assert form.draft().title == "路灯不亮"


def test_that_a_click_on_the_map_says_where_and_keeps_the_address(form: NewOrderForm) -> None:
    form.show_draft(OrderDraft(address="东明路"))
    form.set_place(121.5, 31.15)
    assert (form.draft().lon, form.draft().lat, form.draft().address) == (121.5, 31.15, "东明路")


def test_that_an_offered_place_is_taken_by_enter(qtbot: QtBot, form: NewOrderForm) -> None:
    form.offer_places((Choice("0", "东明路 1 号"), Choice("1", "东明路 3 号")))
    offered = form.findChild(ChoiceField)
    qtbot.keyClick(offered.focusProxy(), Qt.Key.Key_Down)
    with qtbot.waitSignal(form.place_chosen, timeout=1000) as taken:
        qtbot.keyClick(offered.focusProxy(), Qt.Key.Key_Return)
    assert taken.args == ["1"]


def test_that_a_paste_of_a_megabyte_is_cut(form: NewOrderForm) -> None:
    _title(form).insert("长" * 1_000_000)
    assert len(form.draft().title) == LINE_CAP


def test_that_enter_in_the_address_takes_the_first_place_and_goes_on(qtbot: QtBot, form: NewOrderForm) -> None:
    address = next(field for field in form.findChildren(QLineEdit) if field.accessibleName() == "地点")
    address.setFocus()
    form.offer_places((Choice("a", "灵岩南路 1 号"), Choice("b", "灵岩南路 2 号")))
    with qtbot.waitSignal(form.place_chosen, timeout=1000) as chosen:
        qtbot.keyClick(address, Qt.Key.Key_Return)
    assert chosen.args == ["a"]
    form.set_place(121.5, 31.15, "灵岩南路 1 号")
    assert form.focusWidget() is form._module


def test_that_down_goes_from_the_address_into_the_places(qtbot: QtBot, form: NewOrderForm) -> None:
    address = next(field for field in form.findChildren(QLineEdit) if field.accessibleName() == "地点")
    address.setFocus()
    form.offer_places((Choice("a", "灵岩南路 1 号"), Choice("b", "灵岩南路 2 号")))
    qtbot.keyClick(address, Qt.Key.Key_Down)
    assert form.focusWidget() is form._offered.focusProxy()
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Down)
    with qtbot.waitSignal(form.place_chosen, timeout=1000) as chosen:
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Return)
    assert chosen.args == ["b"]


def test_that_an_offered_field_of_work_is_taken_by_one_key_and_never_by_itself(
    qtbot: QtBot, form: NewOrderForm
) -> None:
    form.offer_module("facilities", "像“路灯不亮”（路灯），条线 市政设施")
    assert form.draft().module == ""
    qtbot.keyClick(_title(form), Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: form.draft().module == "facilities")
    assert form._filing.isHidden()
    form.offer_module("", "")
    assert form.draft().module == "facilities"
