"""What an officer learns of a pane and does with it: details, code, stream, menu; words that can always be read."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.central.schema import Camera
from desktop.presenters.wall.pane_details import PaneDetails, detail_lines
from desktop.video.panes import PaneStatus
from desktop.video.states import PaneState
from tests.video.test_wall import Memory, view
from tests.wall.seat import SeatAtWall
from widgets.theme import Theme
from widgets.wall.menu import MenuEntry, PaneMenu
from widgets.wall.overlay import paint_overlay
from widgets.wall.panes import PaneChoice, PaneSwap, PaneView
from widgets.wall.wall import VideoWall

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def detailed(seat: SeatAtWall) -> SeatAtWall:
    PaneDetails(seat.wall, seat.panel)
    return seat


def entry(seat: SeatAtWall, pane: str, text: str) -> MenuEntry:
    return next(e for e in seat.wall._menu.entries(seat.panel.wall.view(pane)) if e.text.startswith(text))


def test_that_details_come_and_go_by_key_for_one_pane_and_for_all(detailed: SeatAtWall) -> None:
    wall = detailed.panel.wall
    wall.select("2")
    QTest.keyClick(wall, Qt.Key.Key_I)
    assert [bool(wall.view(pane).details) for pane in ("1", "2", "3")] == [False, True, False]
    assert ("国标编码", detailed.wall.camera(detailed.cameras()[1]).code) in wall.view("2").details
    QTest.keyClick(wall, Qt.Key.Key_I, ALT)
    assert all(wall.view(pane).details for pane in wall.pane_names())
    QTest.keyClick(wall, Qt.Key.Key_I, ALT)
    assert not any(wall.view(pane).details for pane in wall.pane_names())


def test_that_the_national_code_is_copied_by_key_and_by_the_button(detailed: SeatAtWall) -> None:
    wall, clipboard = detailed.panel.wall, QGuiApplication.clipboard()
    code = detailed.wall.camera(detailed.cameras()[0]).code
    assert re.fullmatch(r"\d{20}", code)
    clipboard.clear()
    QTest.keyClick(wall, Qt.Key.Key_C, CTRL)
    assert clipboard.text() == code
    assert code in wall.hint_words
    clipboard.clear()
    QTest.keyClick(wall, Qt.Key.Key_I)
    wall.grab()
    button = wall._panes["1"].overlay.copy.center() + wall.pane_rect("1").topLeft()
    QTest.mouseClick(wall, Qt.MouseButton.LeftButton, pos=button.toPoint())
    assert clipboard.text() == code


def test_that_details_say_all_that_is_known_and_nothing_that_is_not() -> None:
    camera = Camera(code="31019961001320000041", number="041", name="浦三路")
    status = PaneStatus(
        "1",
        "c",
        PaneState.LIVE,
        width=640,
        height=360,
        fps=24.96,
        codec="h264",
        transport="tcp",
        frame_age_s=0.04,
        mbit_s=0.8124,
    )
    lines = dict(detail_lines(PaneView("1", "c", "041", "浦三路"), camera, status, "子码流（窗格小）"))
    assert lines["速率"] == "25.0 fps · 812 kbps"
    assert (lines["码流"], lines["画面距今"], lines["状态"]) == ("子码流（窗格小）", "0.0 s", "实时")
    assert lines["格式"] == "640×360 · h264 · tcp"
    bare = dict(detail_lines(PaneView("1", "c"), None, PaneStatus("1", "c", PaneState.CONNECTING), "子码流"))
    assert bare == {"国标编码": "c", "状态": "连接中", "码流": "子码流"}


def test_that_the_stream_can_be_chosen_and_goes_with_the_camera(detailed: SeatAtWall) -> None:
    streams = {e.text[:3]: e for e in entry(detailed, "1", "码流").children}
    assert [e.checked for e in streams.values()] == [True, False, False]
    detailed.wall._menu.choose(PaneChoice(detailed.panel.wall.view("1"), streams["主码流"].key))
    assert detailed.video.wishes()["1"].profile == "main"
    detailed.panel.wall.swap_requested.emit(PaneSwap("1", "3"))
    assert detailed.video.wishes()["3"].profile == "main"
    detailed.wall.undo()
    detailed.wall.undo()
    assert detailed.video.wishes()["1"].profile == "sub"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_that_the_menu_opens_at_the_pane_under_the_mouse_and_does_what_it_says(
    detailed: SeatAtWall, qtbot: QtBot
) -> None:
    wall = detailed.panel.wall
    at = wall.pane_rect("4").center().toPoint()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, wall.mapToGlobal(at))
    wall.contextMenuEvent(event)
    (menu,) = wall.findChildren(PaneMenu)
    assert wall.selected == "4"
    remove = next(action for action in menu.actions() if action.text().startswith("移除"))
    remove.trigger()
    assert detailed.cameras()[3] == ""
    menu.close()
    assert detailed.wall._menu.entries(wall.view("4")) == []  # nothing to do with an empty pane


def test_that_words_from_a_centre_are_no_markup_in_a_menu(seat: SeatAtWall) -> None:
    menu = PaneMenu(PaneView("1"), [MenuEntry("k", "A&B <b>x</b>", "Ctrl+X")], seat.panel)
    assert menu.actions()[0].text() == "A&&B <b>x</b>\tCtrl+X"
    menu.deleteLater()


@pytest.mark.parametrize("ground", [Qt.GlobalColor.white, Qt.GlobalColor.black, Qt.GlobalColor.yellow])
def test_that_the_line_of_words_can_be_read_on_any_picture(ground: Qt.GlobalColor, qapp: object) -> None:
    """WCAG contrast of the letters to what is right beside them, on the worst line of the strip."""
    theme = Theme.load("dark")
    overlay = paint_overlay(view("1", name="浦三路下立交北向"), 402, 226, 1.0, theme, hovered=False)
    image = overlay.strip.toImage()
    picture = QColor(ground)
    columns = range(12, 130)
    pixels = [_over(image.pixelColor(x, y), picture) for x in columns for y in range(6, 26)]
    lightest, darkest = max(map(_luminance, pixels)), min(map(_luminance, pixels))
    assert (lightest + 0.05) / (darkest + 0.05) >= 4.5


def _over(color: QColor, picture: QColor) -> QColor:
    share = color.alphaF()
    return QColor.fromRgbF(
        *(c * share + p * (1 - share) for c, p in zip(color.getRgbF()[:3], picture.getRgbF()[:3], strict=True))
    )


def _luminance(color: QColor) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.getRgbF()[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("size", [(1600, 900), (300, 170), (120, 68), (40, 30)])
def test_that_details_never_leave_their_pane(size: tuple[int, int], qtbot: QtBot) -> None:
    wall = VideoWall(Memory())
    qtbot.addWidget(wall)
    wall.set_layout("1")
    wall.resize(*size)
    lines = tuple((f"标签{n}", "很长的内容" * 20) for n in range(12))
    wall.apply([view("1", details=lines, copy="复制国标编码")])
    assert not wall.grab().toImage().isNull()
    copy = wall._panes["1"].overlay.copy
    assert copy.isEmpty() or wall.pane_rect("1").contains(copy.translated(wall.pane_rect("1").topLeft()))
    assert (not copy.isEmpty()) is (size[1] >= 170)
