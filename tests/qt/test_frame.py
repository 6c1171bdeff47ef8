"""Bar, rail, strips, forms and overlays: they fit, they tell what was done, they keep nothing they should not."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.qt import samples
from widgets.alertstrip import AlertButton, AlertStrip, AlertStripView
from widgets.baritem import BarButton, BarLabel
from widgets.commandbar import CommandBar
from widgets.keysheet import KeyCaps, KeySheet
from widgets.messages import HISTORY_CAP, Message, MessageAnswer, MessageRow, MessageStrip
from widgets.passphrase import PassphrasePage, PassphraseView
from widgets.rail import Rail, RailButton
from widgets.signin import SignInPage, SignInRequest
from widgets.theme import Theme, apply_theme
from widgets.topbar import TopBar
from widgets.watermark import Watermark


@pytest.mark.parametrize("width", [1280, 1366, 1600, 1920, 2560])
@pytest.mark.parametrize("scale", [1.0, 1.4, 2.0])
def test_that_no_item_of_the_top_bar_is_cut_or_covered(
    qtbot: QtBot, qapp: QApplication, width: int, scale: float
) -> None:
    apply_theme(qapp, Theme.load("dark", text_scale=scale))
    bar = TopBar()
    qtbot.addWidget(bar)
    bar.show_view(samples.offline_bar())
    bar.set_clock("14:03:22", "11月22日 周日")
    bar.resize(width, bar.sizeHint().height())
    bar.show()
    items = [item for item in (*bar.findChildren(BarLabel), *bar.findChildren(BarButton)) if item.isVisible()]
    spans = sorted((item.x(), item.x() + item.width()) for item in items)
    assert spans[0][0] >= 0
    assert spans[-1][1] <= width
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    hall = bar._hall
    assert all(item.width() >= item.face_width(item._level) for item in items if item is not hall)
    words = " ".join(item.accessibleName() for item in items)
    for needed in ("红 1", "盲源 1", "14:03:22", "离线", "待发送 3 · 冲突 1"):
        assert needed in words
    apply_theme(qapp, Theme.load("dark"))


def test_that_the_amber_line_comes_and_goes_with_the_link(qtbot: QtBot) -> None:
    bar = TopBar()
    qtbot.addWidget(bar)
    bar.show_view(samples.top_bar())
    calm = bar.sizeHint().height()
    bar.show_view(samples.offline_bar())
    assert bar.sizeHint().height() > calm
    bar.show_view(samples.top_bar())
    assert bar.sizeHint().height() == calm


def test_that_the_bar_tells_of_tray_and_lock(qtbot: QtBot) -> None:
    bar = TopBar()
    qtbot.addWidget(bar)
    bar.show_view(samples.top_bar())
    with qtbot.waitSignal(bar.tray_requested, timeout=1000):
        bar._outbox.click()
    with qtbot.waitSignal(bar.lock_requested, timeout=1000):
        bar._lock.click()


def test_that_the_rail_goes_by_arrows_and_space(qtbot: QtBot) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    rail.set_items(samples.RAIL, "overview")
    rail.show()
    first, second = rail.findChildren(RailButton)[:2]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert rail.focusWidget() is second
    with qtbot.waitSignal(rail.place_chosen, timeout=1000) as chosen:
        qtbot.keyClick(second, Qt.Key.Key_Space)
    assert chosen.args == ["wall"]
    assert second.isChecked()
    assert not first.isChecked()


def test_that_alerts_are_shown_by_click_and_acknowledged_by_space(qtbot: QtBot) -> None:
    strip = AlertStrip()
    qtbot.addWidget(strip)
    strip.resize(1920, 44)
    strip.show_view(samples.ALERTS)
    strip.show()
    first = strip.findChildren(AlertButton)[0]
    with qtbot.waitSignal(strip.alert_activated, timeout=1000) as shown:
        qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(strip.acknowledge_requested, timeout=1000) as acknowledged:
        qtbot.keyClick(first, Qt.Key.Key_Space)
    assert (shown.args, acknowledged.args) == (["a1"], ["a1"])
    strip.show_view(AlertStripView((), ""))
    with qtbot.assertNotEmitted(strip.acknowledge_requested):
        strip.acknowledge_first()


def test_that_a_new_critical_alert_pulses_once_and_only_when_motion_is_wanted(qtbot: QtBot, qapp: QApplication) -> None:
    strip = AlertStrip()
    qtbot.addWidget(strip)
    strip.show_view(samples.ALERTS)
    button = strip.findChildren(AlertButton)[0]
    assert button.pulsing()
    aged = replace(samples.ALERTS.items[0], age="6 m")
    button._pulse.stop()
    strip.show_view(AlertStripView((aged,), ""))
    assert not button.pulsing()
    apply_theme(qapp, Theme.load("dark", reduce_motion=True))
    strip.show_view(AlertStripView((replace(aged, id="other"),), ""))
    assert not button.pulsing()
    apply_theme(qapp, Theme.load("dark"))


def test_that_alerts_beyond_the_room_are_left_out_whole(qtbot: QtBot) -> None:
    strip = AlertStrip()
    qtbot.addWidget(strip)
    strip.resize(700, 44)
    strip.show_view(samples.ALERTS)
    strip.show()
    shown = [button for button in strip.findChildren(AlertButton) if button.isVisible()]
    assert 1 <= len(shown) < 3
    assert all(button.width() >= button.sizeHint().width() for button in shown[1:])


def test_that_messages_replace_answer_and_keep_their_cap(qtbot: QtBot) -> None:
    strip = MessageStrip()
    qtbot.addWidget(strip)
    strip.say(samples.MESSAGE)
    strip.say(replace(samples.MESSAGE, title="新"))
    assert [message.title for message in strip.messages()] == ["新"]
    answer = [button for button in strip.findChildren(QPushButton) if button.text() == "改派"][-1]
    with qtbot.waitSignal(strip.answered, timeout=1000) as answered:
        answer.click()
    assert answered.args == [MessageAnswer("m1", "retry")]
    for number in range(HISTORY_CAP + 10):
        strip.say(Message(f"n{number}", "blue", f"第 {number} 条"))
    assert len(strip.messages()) == HISTORY_CAP
    assert strip.messages()[0].id == f"n{HISTORY_CAP + 9}"


def test_that_message_history_opens_and_the_strip_hides_when_all_is_put_away(qtbot: QtBot) -> None:
    strip = MessageStrip()
    qtbot.addWidget(strip)
    strip.resize(900, 40)
    strip.say(samples.MESSAGE)
    strip.say(Message("m2", "blue", "已同步"))
    assert len([row for row in strip.findChildren(MessageRow) if row.isVisible()]) == 1
    strip._more.click()
    assert len([row for row in strip.findChildren(MessageRow) if row.isVisible()]) == 2
    for row in strip.findChildren(MessageRow):
        row._close.click()
    strip.withdraw("m1")
    assert strip.messages() == ()
    assert strip.isHidden()


@pytest.mark.fault(65)
def test_that_markup_in_a_message_is_shown_as_it_is(qtbot: QtBot) -> None:
    strip = MessageStrip()
    qtbot.addWidget(strip)
    strip.say(Message("x", "red", "<b>t</b>", "<img src=x>"))
    row = strip.findChildren(MessageRow)[0]
    assert row._title.textFormat() == Qt.TextFormat.PlainText
    assert row._text.textFormat() == Qt.TextFormat.PlainText
    assert row._text.text() == "<img src=x>"


def test_that_sign_in_asks_for_what_is_missing_then_goes_on(qtbot: QtBot) -> None:
    page = SignInPage()
    qtbot.addWidget(page)
    page.show_view(samples.SIGN_IN)
    page.show()
    with qtbot.assertNotEmitted(page.sign_in_requested):
        page._button.click()
    page._password.setText("S3cret!pw")
    with qtbot.waitSignal(page.sign_in_requested, timeout=1000) as asked:
        qtbot.keyClick(page._password, Qt.Key.Key_Return)
    assert asked.args == [SignInRequest("http://127.0.0.1:8843", "31007", "S3cret!pw")]
    assert "S3cret" not in repr(asked.args[0])
    assert page._password.echoMode() == QLineEdit.EchoMode.Password


def test_that_sign_in_can_be_cancelled_while_it_runs_and_tells_faults(qtbot: QtBot) -> None:
    page = SignInPage()
    qtbot.addWidget(page)
    page.show_view(samples.SIGN_IN)
    page.show()
    page.show_progress("正在连接中心")
    assert not page._password.isEnabled()
    with qtbot.waitSignal(page.cancel_requested, timeout=1000):
        page._cancel.click()
    page.show_fault("用户名或口令不正确")
    assert page._password.isEnabled()
    assert page._message.text() == "用户名或口令不正确"
    page.show_idle()
    assert page._password.text() == ""


def test_that_a_new_passphrase_is_entered_twice_alike_and_forgotten_here(qtbot: QtBot) -> None:
    page = PassphrasePage()
    qtbot.addWidget(page)
    page.show_view(PassphraseView(new=True, reason="没有系统密钥环"))
    page.show()
    for first, second in (("short", "short"), ("long enough", "long enouhg")):
        page._first.setText(first)
        page._second.setText(second)
        with qtbot.assertNotEmitted(page.submitted):
            page._button.click()
        assert page._message.isVisible()
    page._second.setText("long enough")
    with qtbot.waitSignal(page.submitted, timeout=1000) as given:
        page._button.click()
    assert given.args == ["long enough"]
    assert page._first.text() == page._second.text() == ""


def test_that_a_known_passphrase_is_asked_once(qtbot: QtBot) -> None:
    page = PassphrasePage()
    qtbot.addWidget(page)
    page.show_view(PassphraseView(new=False, reason="", fault="口令短语不对"))
    page.show()
    assert not page._second.isVisible()
    assert page._message.text() == "口令短语不对"
    page._first.setText("x")
    with qtbot.waitSignal(page.submitted, timeout=1000):
        qtbot.keyClick(page._first, Qt.Key.Key_Return)


def test_that_the_key_sheet_gives_the_focus_back(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 700)
    field = QLineEdit(window)
    sheet = KeySheet(window)
    sheet.set_groups(samples.KEYS)
    window.show()
    field.setFocus()
    sheet.open()
    assert len(sheet.findChildren(KeyCaps)) == sum(len(group.lines) for group in samples.KEYS)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert sheet.isHidden()
    assert window.focusWidget() is field


def test_that_the_command_bar_asks_shows_and_takes(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 700)
    window.show()
    bar = CommandBar(window)
    tester = QAbstractItemModelTester(bar._model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    with qtbot.waitSignal(bar.query_changed, timeout=1000):
        bar.open()
    with qtbot.waitSignal(bar.query_changed, timeout=1000) as asked:
        qtbot.keyClicks(bar._field, "psl")
    assert asked.args == ["psl"]
    bar.set_results(samples.RESULTS)
    qtbot.keyClick(bar._field, Qt.Key.Key_Up)
    with qtbot.assertNotEmitted(bar.chosen):
        qtbot.keyClick(bar._field, Qt.Key.Key_Return)
    qtbot.keyClick(bar._field, Qt.Key.Key_Down)
    with qtbot.waitSignal(bar.chosen, timeout=1000) as chosen:
        qtbot.keyClick(bar._field, Qt.Key.Key_Return)
    assert chosen.args == ["wo-1"]
    assert bar.isHidden()
    del tester


def test_that_the_watermark_stays_above_lets_the_mouse_through_and_leaves_a_trace(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    mark = Watermark(window)
    mark.set_text("张** 31007 · 席位 03 · 14:03")
    window.show()
    plain = QPushButton("下", window)
    plain.setGeometry(0, 0, 600, 400)
    plain.show()
    plain.raise_()
    assert window.children()[-1] is mark
    assert mark.size() == window.size()
    assert window.childAt(QPoint(300, 200)) is plain
    with qtbot.waitSignal(plain.clicked, timeout=1000):
        qtbot.mouseClick(window.childAt(QPoint(300, 200)), Qt.MouseButton.LeftButton)
    shown = window.grab().toImage()
    mark.hide()
    bare = window.grab().toImage()
    changed = sum(
        QColor(shown.pixel(x, y)) != QColor(bare.pixel(x, y)) for x in range(0, 600, 3) for y in range(0, 400, 3)
    )
    assert changed > 100
