"""The form of a new password: it says what is missing, and keeps nothing."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from widgets.newpassword import NewPasswordForm, RulePart

RULE = (RulePart("至少 8 位", met=False), RulePart("数字", met=True), RulePart("不同于前 5 次"))


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[NewPasswordForm]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 800)
    form = NewPasswordForm(window)
    window.show()
    form.ask("", RULE)
    yield form
    window.close()  # it must live as long


def fields(form: NewPasswordForm) -> list[QLineEdit]:
    return form.findChildren(QLineEdit)


def words(form: NewPasswordForm) -> list[str]:
    return [label.text() for label in form.findChildren(QLabel) if label.isVisible()]


def fill(form: NewPasswordForm, *texts: str) -> None:
    for field, text in zip(fields(form), texts, strict=True):
        field.setText(text)
    QTest.keyClick(fields(form)[-1], Qt.Key.Key_Return)


def test_that_met_parts_of_the_rule_are_marked(form: NewPasswordForm) -> None:
    assert {"至少 8 位", "✓ 数字", "不同于前 5 次"} <= set(words(form))


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (("", "Neu#2026x", "Neu#2026x"), "请填写现口令和新口令"),
        (("old", "Neu#2026x", "Neu#2026y"), "两次输入不一致"),
        (("Neu#2026x", "Neu#2026x", "Neu#2026x"), "新口令和现口令相同"),
    ],
)
def test_that_what_cannot_be_sent_is_said(
    qtbot: QtBot, form: NewPasswordForm, texts: tuple[str, str, str], told: str
) -> None:
    with qtbot.assertNotEmitted(form.submitted):
        fill(form, *texts)
    assert told in words(form)


def test_that_both_passwords_are_handed_over_and_forgotten(qtbot: QtBot, form: NewPasswordForm) -> None:
    with qtbot.waitSignal(form.submitted) as sent:
        fill(form, "old", "Neu#2026x", "Neu#2026x")
    assert sent.args == ["old", "Neu#2026x"]
    assert not any(field.text() for field in fields(form))
    assert not any(field.isEnabled() for field in fields(form)), "one attempt at a time"
    form.refuse("现口令不对")
    assert "现口令不对" in words(form)
    assert all(field.isEnabled() for field in fields(form))


def test_that_leaving_forgets_what_was_typed(form: NewPasswordForm) -> None:
    fields(form)[0].setText("old")
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()
    assert fields(form)[0].text() == ""


def test_that_a_rule_may_shrink_and_grow_again(form: NewPasswordForm) -> None:
    form.show_rule(RULE[:1])
    assert "至少 8 位" in words(form)
    assert not {"✓ 数字", "不同于前 5 次"} & set(words(form))
    form.show_rule(RULE)
    assert {"至少 8 位", "✓ 数字", "不同于前 5 次"} <= set(words(form))
