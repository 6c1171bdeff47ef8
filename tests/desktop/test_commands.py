"""The command bar: what a line means, what it says it will do, and slips of the finger."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.presenters.commands import one_slip_away
from desktop.presenters.map.places import Places, read_places
from desktop.presenters.orders.spoken_actions import spoken_actions
from resources import resource_path
from tests.qt.samples import order_detail
from widgets.commandbar import CommandBar, CommandResult
from widgets.detail.order import ActionRequest
from widgets.map.basemap import read_basemap


def test_that_initials_and_a_unit_are_a_whole_dispatch() -> None:
    first, *_ = spoken_actions("pq jgzx", order_detail())
    assert first.request == ActionRequest("wo-1", "dispatch", {"department": "d2"})
    assert "建管中心" in first.result.preview
    assert "20261122-003187" in first.result.preview


def test_that_words_after_a_verb_are_its_words() -> None:
    first, *_ = spoken_actions("备注 已电话联系", order_detail())
    assert first.request == ActionRequest("wo-1", "note", {"text": "已电话联系"})


def test_that_a_verb_that_needs_more_than_a_line_opens_its_form() -> None:
    (spoken,) = spoken_actions("退回 不是我们的", order_detail())
    assert spoken.request is None
    assert spoken.verb == "return"


def test_that_a_closed_verb_says_why_and_cannot_be_taken() -> None:
    (spoken,) = spoken_actions("延期", order_detail())
    assert not spoken.result.enabled
    assert spoken.result.preview == "尚未派遣，不能延期"


def test_that_a_verb_without_arguments_is_done_at_once() -> None:
    (spoken,) = spoken_actions("sl", order_detail())
    assert spoken.request == ActionRequest("wo-1", "accept", {})


@pytest.mark.parametrize("text", ["", "   ", "没有这个词", "xyz"])
def test_that_other_words_mean_nothing(text: str) -> None:
    assert spoken_actions(text, order_detail()) == []
    assert spoken_actions("pq", None) == []


def test_that_one_slip_is_one_digit_or_two_neighbours() -> None:
    slips = list(one_slip_away("1234"))
    assert slips[:3] == ["2134", "1324", "1243"]
    assert len(slips) == len(set(slips)) == 3 + 4 * 9
    assert "1234" not in slips


def test_that_places_are_found_by_name_and_initials() -> None:
    places = Places()
    assert places.find("灵岩", 3) == []
    places.take(read_places(read_basemap(resource_path("basemap/linjiang.geojson"))))
    by_name, by_initials = places.find("灵岩南", 1), places.find("lynl", 1)
    assert by_name == by_initials
    assert by_name[0].name == "灵岩南路"
    assert 121.4 < by_name[0].lon < 121.6
    assert 31.1 < by_name[0].lat < 31.2


def test_that_the_bar_says_what_enter_will_do(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(900, 600)
    host.show()
    bar = CommandBar(host)
    bar.open()
    one = CommandResult("a", "orders", "一", preview="Enter：选中一")
    bar.set_results((one, CommandResult("b", "orders", "二", enabled=False, preview="二现在不行")))
    assert bar._preview.text() == "Enter：选中一"
    qtbot.keyClick(bar._field, Qt.Key.Key_Down)
    assert bar._preview.text() == "二现在不行"
    with qtbot.assertNotEmitted(bar.chosen):
        qtbot.keyClick(bar._field, Qt.Key.Key_Return)
    bar.set_results(())
    assert bar._preview.isHidden()
