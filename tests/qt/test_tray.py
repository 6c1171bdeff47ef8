"""The tray: both versions of what was refused, choices that need a reason, and the centre's own words."""

from collections.abc import Iterator
from dataclasses import replace

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.central.schema import Op, OpResult, Target
from desktop.domain.sla import parse_time
from desktop.presenters.directory import Directory
from desktop.presenters.tray import _current, _Entry, _why
from desktop.presenters.versions import compared, heads
from storage.records import OpRecord, Record
from widgets.detail.order import Compared
from widgets.messages import MessageAction
from widgets.tray import TrayAnswer, TrayItem, TrayPage, TrayRow

NOW = parse_time("2026-11-22T14:00:00+08:00")
CURRENT = {
    "title": "路面塌陷",
    "state": "handling",
    "lead_department": "build",
    "history": [
        {"at": "2026-11-22T13:40:00+08:00", "verb": "dispatch", "actor": "李强", "text": "派遣至建管中心"},
        {"at": "2026-11-22T13:50:00+08:00", "verb": "note", "actor": "系统", "text": "已超期"},
    ],
}


def refused(verb: str = "dispatch", code: str = "workflow.state", message: str = "", **args: object) -> OpRecord:
    sent = Op("op-1", "d", 1, Target("work_order", "wo-1"), verb, "officer-7", "duty_chief", "", args=args)
    sent = msgspec.structs.replace(sent, expect=msgspec.structs.replace(sent.expect, state="registered", ver=3))
    outcome = OpResult(
        "op-1",
        "conflict",
        ver=5,
        code=code,
        message=message,
        current=CURRENT,
        by="李强",
        at="2026-11-22T13:40:00+08:00",
    )
    return OpRecord(
        "op-1",
        1,
        "work_order",
        "wo-1",
        verb,
        msgspec.json.encode(sent),
        status="conflict",
        code=code,
        outcome=msgspec.json.encode(outcome),
        created_at="2026-11-22T13:55:00+08:00",
    )


def directory() -> Directory:
    known = Directory()
    units = {"build": "建管中心", "green": "绿容所"}
    known.load(
        "department", [Record("department", id_, 1, f'{{"name": "{name}"}}'.encode()) for id_, name in units.items()]
    )
    return known


def test_that_both_versions_stand_side_by_side_with_who_and_when() -> None:
    op = refused(department="green", text="就近处理")
    sent = msgspec.json.decode(op.payload, type=Op)
    lines = compared(op, sent, CURRENT, directory(), NOW)
    assert lines == (
        Compared("环节", "立案 → 派遣", "处置"),
        Compared("承办", "绿容所", "建管中心"),
        Compared("说明", "就近处理", "派遣：派遣至建管中心"),
    )
    mine, theirs = heads(op, "张伟", msgspec.json.decode(op.outcome, type=OpResult), NOW)
    assert "张**" in mine
    assert "李**" in theirs
    assert "李强" not in theirs


def test_that_an_edited_field_shows_base_new_and_what_is_there() -> None:
    op = refused("edit", address={"base": "东明路 1 号", "new": "东明路 2 号"})
    sent = msgspec.json.decode(op.payload, type=Op)
    lines = compared(op, sent, CURRENT | {"address": "东明路 3 号"}, directory(), NOW)
    assert Compared("address", "东明路 1 号 → 东明路 2 号", "东明路 3 号") in lines


@pytest.mark.parametrize(
    ("code", "message", "words"),
    [
        ("workflow.state", "internal", "现在是“处置”"),
        ("quota.exceeded", "本月督办额度已满", "中心说明：本月督办额度已满"),
        ("quota.exceeded", "", "quota.exceeded"),
    ],
    ids=["known", "unknown with words", "unknown without"],
)
def test_that_the_reason_is_in_words_and_else_in_the_words_of_the_centre(code: str, message: str, words: str) -> None:
    op = refused(code=code, message=message)
    said = _why(_Entry(op, "路面塌陷", 5, CURRENT), msgspec.json.decode(op.outcome, type=OpResult))
    assert words in said
    assert "internal" not in said


def test_that_the_centre_s_version_is_not_what_this_desk_laid_over_it() -> None:
    overlaid = CURRENT | {"state": "returned"}
    op = refused()
    assert _current(op, 5, overlaid)["state"] == "handling"
    assert _current(op, 6, overlaid)["state"] == "returned"  # the row has moved on since the centre answered
    assert _current(replace(op, outcome=b"<html>"), 5, overlaid)["state"] == "returned"


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[TrayPage]:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(1200, 800)
    host.show()
    tray = TrayPage(host)
    actions = (MessageAction("redone", "重做"), MessageAction("discarded", "放弃"))
    item = TrayItem(
        "op-1",
        "red",
        "派遣 · <b>路面</b>",
        "有冲突",
        actions=actions,
        reasoned=frozenset({"discarded"}),
        mine="我",
        theirs="他",
    )
    tray.show_operations((item, TrayItem("op-2", "blue", "备注", "待发送")))
    tray.open()
    yield tray
    host.close()


def _press(row: TrayRow, label: str) -> None:
    next(button for button in row.findChildren(QPushButton) if button.text() == label).click()


def test_that_dropping_asks_why_and_redoing_does_not(qtbot: QtBot, page: TrayPage) -> None:
    row = page.findChildren(TrayRow)[0]
    with qtbot.waitSignal(page.answered, timeout=1000) as answered:
        _press(row, "重做")
    assert answered.args == [TrayAnswer("op-1", "redone")]
    with qtbot.assertNotEmitted(page.answered):
        _press(row, "放弃")
        field = row.findChild(QLineEdit)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    field.setText("对方处理得更快")
    with qtbot.waitSignal(page.answered, timeout=1000) as answered:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert answered.args == [TrayAnswer("op-1", "discarded", "对方处理得更快")]


def test_that_escape_takes_the_question_back_and_then_closes(qtbot: QtBot, page: TrayPage) -> None:
    row = page.findChildren(TrayRow)[0]
    _press(row, "放弃")
    field = row.findChild(QLineEdit)
    field.setText("写到一半")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert page.isVisible()
    assert field.isHidden()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()


def test_that_a_reason_being_written_survives_news_of_the_outbox(page: TrayPage) -> None:
    row = page.findChildren(TrayRow)[0]
    _press(row, "放弃")
    row.findChild(QLineEdit).setText("写到一半")
    page.show_operations((replace(row.item(), alarm="已搁置 16m，请处理"),))
    assert row.findChild(QLineEdit).text() == "写到一半"
    assert "已搁置 16m" in row.accessibleName()
