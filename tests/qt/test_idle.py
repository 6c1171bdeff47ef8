"""The watch over a desk that nobody touches."""

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from widgets.idle import IdleWatch


class _Clock:
    now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5000)
    return window


def _watch(application: QApplication, limit_s: float, clock: _Clock, owner: QObject) -> tuple[IdleWatch, list[float]]:
    told: list[float] = []
    watch = IdleWatch(application, lambda: limit_s, clock, owner)
    watch.fell_idle.connect(lambda: told.append(clock.now_s))
    return watch, told


def test_that_idleness_is_told_once_and_again_after_a_touch(qapp: QApplication, window: QWidget) -> None:
    clock = _Clock()
    watch, told = _watch(qapp, 60, clock, window)
    clock.now_s += 59
    watch.look()
    assert told == []
    clock.now_s += 2
    watch.look()
    watch.look()
    assert len(told) == 1
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    clock.now_s += 59
    watch.look()
    assert len(told) == 1
    clock.now_s += 2
    watch.look()
    assert len(told) == 2


@pytest.mark.parametrize("touch", ["key", "click", "move"])
def test_that_whatever_a_person_does_counts(qapp: QApplication, window: QWidget, touch: str) -> None:
    clock = _Clock()
    watch, told = _watch(qapp, 60, clock, window)
    clock.now_s += 50
    handle = window.windowHandle()
    match touch:
        case "key":
            QTest.keyClick(handle, Qt.Key.Key_Shift)
        case "click":
            QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
        case _:
            QTest.mouseMove(handle, QPoint(7, 7))
            QApplication.processEvents()
    clock.now_s += 50
    watch.look()
    assert told == []


def test_that_a_centre_that_wants_no_lock_gets_none(qapp: QApplication, window: QWidget) -> None:
    clock = _Clock()
    watch, told = _watch(qapp, 0, clock, window)
    clock.now_s += 1_000_000
    watch.look()
    assert told == []
