"""Windows of the wall: on which screen, where on it, what they share with the desk, and that they come back."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desktop.domain.screens import Box, How, Placement, Screen, find, near, placed, settle
from desktop.presenters.wall.window_plans import read_plans
from desktop.presenters.wall.windows import WallWindows
from tests.wall.seat import SeatAtWall, StartSeat
from widgets.alertstrip import AlertItem, AlertStripView
from widgets.wall.panes import PaneSwap

LEFT = Screen("Dell|U27|S1", "DP-1", Box(0, 0, 1920, 1080), primary=True)
RIGHT = Screen("Dell|U27|S2", "DP-2", Box(1920, 0, 2560, 1440))
MUTE = Screen("", "HDMI-1", Box(-1280, 0, 1280, 1024))

# --- the rule ---------------------------------------------------------------------------------------------------------

FULL_RIGHT = placed(RIGHT.box, RIGHT, full=True)
PART_RIGHT = placed(Box(2420, 300, 1600, 900), RIGHT, full=False)


def test_that_a_window_goes_back_to_its_screen_wherever_that_lies_now() -> None:
    elsewhere = Screen(RIGHT.identity, "DP-2", Box(-2560, 0, 2560, 1440))
    settled = settle(FULL_RIGHT, [LEFT, elsewhere])
    assert (settled.screen, settled.box, settled.full, settled.how) == (1, elsewhere.box, True, How.HOME)
    settled = settle(PART_RIGHT, [LEFT, elsewhere])
    assert (settled.box, settled.how) == (Box(-2060, 300, 1600, 900), How.HOME)


@pytest.mark.parametrize(
    ("screens", "found"),
    [
        ([LEFT, RIGHT], 1),
        ([Screen(RIGHT.identity, "DP-9", RIGHT.box), LEFT], 0),  # the same screen on another socket
        ([LEFT, Screen("Other|X|1", "DP-2", RIGHT.box)], None),  # another screen on the same socket
        ([LEFT, Screen("", "DP-2", RIGHT.box)], 1),  # one that tells nothing may be the same
        ([Screen(RIGHT.identity, "DP-9", LEFT.box), RIGHT], 1),  # twins: the socket decides
        ([LEFT, MUTE], None),
    ],
)
def test_that_a_screen_is_known_again_by_itself_and_by_its_socket(screens: list[Screen], found: int | None) -> None:
    assert find(FULL_RIGHT, screens) == found


def test_that_a_window_without_its_screen_becomes_a_window_that_covers_no_other_screen() -> None:
    settled = settle(FULL_RIGHT, [LEFT])
    assert (settled.how, settled.full, settled.screen) == (How.MOVED, False, 0)
    assert settled.box.width < LEFT.box.width
    assert settle(FULL_RIGHT, [LEFT, MUTE]).screen == 1  # not over the desk where there is another place
    assert settle(FULL_RIGHT, [LEFT], order=1).box != settled.box


def test_that_a_window_is_made_to_fit_a_screen_that_is_smaller_now() -> None:
    smaller = Screen(RIGHT.identity, "DP-2", Box(1920, 0, 1280, 720))
    settled = settle(PART_RIGHT, [LEFT, smaller])
    assert (settled.how, settled.box) == (How.CLAMPED, Box(1920, 0, 1280, 720))


_sizes = st.integers(1, 8000)
_at = st.integers(-9000, 9000)
_boxes = st.builds(Box, _at, _at, _sizes, _sizes)
_screens = st.builds(
    Screen, st.sampled_from(["", "A", "B"]), st.sampled_from(["DP-1", "DP-2"]), st.builds(Box, _at, _at, _sizes, _sizes)
)


@pytest.mark.fault(78)
@given(
    st.builds(
        Placement, st.sampled_from(["", "A", "B"]), st.sampled_from(["DP-1", "DP-2", "X"]), _boxes, st.booleans()
    ),
    st.lists(_screens, min_size=1, max_size=4),
    st.integers(0, 8),
)
def test_that_no_window_is_ever_without_size_or_out_of_sight(
    placement: Placement, screens: list[Screen], order: int
) -> None:
    settled = settle(placement, screens, order)
    screen, box = screens[settled.screen].box, settled.box
    assert box.width >= min(480, screen.width)
    assert box.height >= min(320, screen.height)
    assert screen.x <= box.x <= box.x + box.width <= screen.x + screen.width
    assert screen.y <= box.y <= box.y + box.height <= screen.y + screen.height
    again = settle(placed(box, screens[settled.screen], full=settled.full), screens, order)
    if find(placement, screens) is not None and settled.screen == again.screen:
        assert again.box == box  # what was put right stays where it is


def test_that_a_frame_is_not_taken_for_the_officer() -> None:
    assert near(Box(0, 0, 800, 600), Box(8, 31, 800, 600), 64)
    assert not near(Box(0, 0, 800, 600), Box(100, 0, 800, 600), 64)


# --- on real screens, as far as there are any -------------------------------------------------------------------------


def run(tmp_path: Path, screens: list[tuple[str, int, int, int]], *doings: str) -> dict[str, Any]:
    """One run of the seat on screens (name, x, width, height)."""
    described = [
        {"name": n, "x": x, "y": 0, "width": w, "height": h, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        for n, x, w, h in screens
    ]
    file = tmp_path / "screens.json"
    file.write_text(json.dumps({"screens": described}))
    environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={file}"}
    command = [sys.executable, "-m", "tests.wall.two_screens", str(tmp_path / "desk"), *doings]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.fault(78)
@pytest.mark.real
@pytest.mark.slow
def test_that_windows_come_back_on_their_screens_and_wait_where_one_is_gone(tmp_path: Path) -> None:
    both = [("DP-1", 0, 1920, 1080), ("DP-2", 1920, 2560, 1440)]
    seen = run(tmp_path, both, "open/1")
    full = {"screen": "DP-2", "box": [1920, 0, 2560, 1440], "full": True, "camera": seen["first"], "mark": True}
    assert (seen["windows"], seen["told"]) == ([full], [])
    alone = run(tmp_path, both[:1])
    (refuge,) = alone["windows"]
    assert (refuge["screen"], refuge["full"], refuge["camera"]) == ("DP-1", False, seen["first"])
    assert refuge["box"][2] < 1920
    assert "DP-2" in alone["told"][0]
    assert "DP-1" in alone["told"][0]
    again = run(tmp_path, both, "gather")
    assert again["before"] == [full]  # the refuge was not taken for a home
    (gathered,) = again["windows"]
    assert (gathered["screen"], gathered["full"]) == ("DP-1", False)


@pytest.fixture
def windows(seat: SeatAtWall) -> WallWindows:
    windows = seat.windows()
    with seat.qtbot.waitCallback() as known:
        seat.reads.ask(known, int)
        windows.reload(seat.officer.id)
    return windows


def test_that_a_window_begins_with_what_the_desk_shows_and_goes_its_own_way(
    seat: SeatAtWall, windows: WallWindows
) -> None:
    window = windows.open(QGuiApplication.primaryScreen(), seat.wall.arrangement)
    wall = window.panel.wall
    seat.qtbot.waitUntil(lambda: wall.view("1").camera_id == seat.cameras()[0])
    wall.swap_requested.emit(PaneSwap("1", "2"))
    assert wall.view("1").camera_id == seat.cameras()[1]
    assert {pane for pane in seat.video.wishes() if pane.startswith("w1/")} == {f"w1/{n}" for n in range(1, 10)}
    seat.selection.select("work_order", "wo-1")  # links come up on the desk's wall alone
    seat.qtbot.waitUntil(lambda: seat.panel.head._link.text() != "")
    assert wall.view("1").camera_id == seat.wall.arrangement.panes[1].camera
    window.close()
    assert windows.windows() == []
    assert not [pane for pane in seat.video.wishes() if pane.startswith("w1/")]


def test_that_alerts_watermark_and_lock_are_in_every_window(seat: SeatAtWall, windows: WallWindows) -> None:
    windows.mark("张** 31007 · 14:03")
    window = windows.open(QGuiApplication.primaryScreen())
    assert window.watermark._text == "张** 31007 · 14:03"
    item = AlertItem("al-1", "积水 27 cm", "5m", "red", "triangle", "红色预警")
    seat.alerts.show_view(AlertStripView((item,), "1 条未确认"))
    assert window.alerts.view.items == (item,)
    acknowledged: list[str] = []
    seat.alerts.acknowledge_requested.connect(acknowledged.append)
    window.alerts.acknowledge_requested.emit("al-1")
    assert acknowledged == ["al-1"]
    windows.set_locked(locked=True)
    wall = window.panel.wall
    wall.setFocus()
    QTest.keyClick(wall, Qt.Key.Key_Delete)
    assert not wall.isEnabled()
    assert not window.alerts.isEnabled()
    assert windows.open(QGuiApplication.primaryScreen()).panel.isEnabled() is False
    windows.set_locked(locked=False)
    assert wall.isEnabled()


def test_that_an_arrangement_in_a_window_survives_a_kill(start_seat: StartSeat) -> None:
    first = start_seat()
    first.show()
    windows = first.windows()
    windows.reload(first.officer.id)
    window = windows.open(QGuiApplication.primaryScreen(), first.wall.arrangement)
    window.panel.layout_chosen.emit("16")
    window.panel.wall.swap_requested.emit(PaneSwap("1", "2"))
    first.worker.call(int)
    shown = window.panel.wall.view("1").camera_id
    assert shown == first.cameras()[1]
    windows.put_away()
    again = start_seat()
    again.show()
    back = again.windows()
    back.reload(again.officer.id)
    again.qtbot.waitUntil(lambda: len(back.windows()) == 1)
    wall = back.windows()[0].panel.wall
    again.qtbot.waitUntil(lambda: wall.layout_name == "16" and wall.view("1").camera_id == shown)


@pytest.mark.fault(78)
def test_that_a_window_waits_elsewhere_while_its_screen_is_gone_and_goes_home_with_words(
    seat: SeatAtWall, windows: WallWindows
) -> None:
    window = windows.open(QGuiApplication.primaryScreen())
    told: list[str] = []
    windows.told.connect(lambda words: told.append(words.title))
    opened = windows._open["w1"]
    home = opened.plan
    # The same as when its screen is pulled out: from now on no screen answers to the placement.
    opened.plan = structs.replace(home, placement=structs.replace(FULL_RIGHT, name="DP-9", identity="gone"))
    windows._on_screens(None)
    seat.qtbot.waitUntil(lambda: told == ["屏幕 DP-9 不在"])
    assert not window.isFullScreen()
    refuge = opened.plan
    window.move(window.x() + 20, window.y() + 30)  # a frame that the window manager puts around it
    window.placed.emit()
    assert opened.plan is refuge
    windows._on_screens(None)
    seat.qtbot.wait(350)
    assert told == ["屏幕 DP-9 不在"]  # once
    opened.plan = home
    windows._on_screens(None)
    seat.qtbot.waitUntil(lambda: told[1:] == ["屏幕已接回"])
    window.move(window.x() + 200, window.y() + 100)
    window.placed.emit()
    assert opened.plan != home  # the officer did that


def test_that_only_so_many_windows_are_opened_and_each_can_be_closed_by_the_menu(
    seat: SeatAtWall, windows: WallWindows
) -> None:
    told: list[str] = []
    windows.told.connect(lambda words: told.append(words.title))
    for _ in range(9):
        windows.choose("open/0")
    assert len(windows.windows()) == 8
    assert told == ["不能再开窗口"]
    for line in windows.lines():
        if line.key.startswith("close/"):
            windows.choose(line.key)
    assert windows.windows() == []


def test_that_the_number_of_each_screen_can_be_shown(windows: WallWindows) -> None:
    windows.choose("identify")
    assert len(windows._numbers) == len(QGuiApplication.screens())
    for number in windows._numbers:
        assert not number.grab().toImage().isNull()
        QTest.keyClick(number, Qt.Key.Key_Space)


@pytest.mark.parametrize("text", [None, "", "[]"])
def test_that_no_windows_are_no_windows(text: str | None) -> None:
    assert read_plans(text) == []


@pytest.mark.expected_log("desktop.presenters.wall.window_plans", "cannot be read")
def test_that_windows_that_cannot_be_read_are_none() -> None:
    assert read_plans('{"x":1}') == []
