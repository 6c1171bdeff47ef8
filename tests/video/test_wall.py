"""The wall widget over pictures in real shared memory."""

import itertools
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QDropEvent,
    QEnterEvent,
    QHideEvent,
    QImage,
    QKeySequence,
    QMouseEvent,
    QShortcut,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.video.segment import Frame, FrameReader, FrameWriter, stride_bytes
from widgets.theme import Theme, current_theme
from widgets.wall import CameraDrop, PaneSize, PaneSwap, PaneView, VideoWall
from widgets.wall.lens import WHOLE
from widgets.wall.overlay import paint_overlay
from widgets.wall.panes import PaneAction, PaneChoice
from widgets.wall.wall import CAMERA_MIME

RED, GREEN = QColor(200, 30, 20), QColor(20, 180, 60)


class Memory:
    """A frame source over real segments, filled by hand."""

    def __init__(self) -> None:
        self._pairs: dict[str, tuple[FrameReader, FrameWriter]] = {}

    def show(self, pane: str, width: int, height: int, color: QColor) -> None:
        if pane not in self._pairs or self._pairs[pane][0].max_width != width:
            reader = FrameReader(width, height)
            self._pairs[pane] = reader, FrameWriter(reader.block.name, width, height)
            reader.block.unlink()
        writer = self._pairs[pane][1]
        writer.begin(width, height)
        pixels = writer.pixels()
        pixels[:] = bytes([color.blue(), color.green(), color.red(), 255]) * (len(pixels) // 4)
        writer.publish()

    def show_halves(self, pane: str, width: int, height: int, left: QColor, right: QColor) -> None:
        self.show(pane, width, height, left)
        writer = self._pairs[pane][1]
        writer.begin(width, height)
        pixels, stride = writer.pixels(), stride_bytes(width)
        half = width // 2
        for line in range(height):
            for color, count, at in ((left, half, 0), (right, width - half, half)):
                at_byte = line * stride + at * 4
                pixels[at_byte : at_byte + count * 4] = bytes([color.blue(), color.green(), color.red(), 255]) * count
        writer.publish()

    def latest(self, pane: str) -> Frame | None:
        return self._pairs[pane][0].latest() if pane in self._pairs else None

    def picture_stamp(self, pane: str) -> int:
        return self._pairs[pane][0].written_ns if pane in self._pairs else 0


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture
def wall(qtbot: QtBot, memory: Memory) -> VideoWall:
    wall = VideoWall(memory)
    qtbot.addWidget(wall)
    wall.resize(806, 454)
    wall.set_layout("4")
    wall.show()
    qtbot.waitExposed(wall)
    return wall


def view(pane: str, **words: object) -> PaneView:
    basis = PaneView(pane, f"cam-{pane}", f"04{pane}", "浦三路下立交", "circle", "ok", sentence=f"摄像机 {pane} 正常")
    return replace(basis, **words)


def shot(wall: VideoWall) -> QImage:
    return wall.grab().toImage()


def middle(wall: VideoWall, pane: str) -> QColor:
    rect = wall.pane_rect(pane)
    return QColor(shot(wall).pixel(int(rect.center().x()), int(rect.center().y())))


def near(one: QColor, other: QColor, by: int = 3) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))


def test_that_a_new_picture_is_painted_by_the_next_tick(wall: VideoWall, memory: Memory, qtbot: QtBot) -> None:
    wall.apply([view("1"), view("2")])
    memory.show("1", 402, 226, RED)
    qtbot.waitUntil(lambda: near(middle(wall, "1"), RED))
    memory.show("1", 402, 226, GREEN)
    qtbot.waitUntil(lambda: near(middle(wall, "1"), GREEN))
    assert near(middle(wall, "2"), current_theme().color("picture.ground"))


def test_that_only_panes_with_news_are_painted(wall: VideoWall, memory: Memory, qtbot: QtBot) -> None:
    wall.apply([view(pane) for pane in "1234"])
    for pane in "1234":
        memory.show(pane, 402, 226, RED)
    qtbot.waitUntil(lambda: all(wall._panes[pane].stamp == memory.picture_stamp(pane) for pane in "1234"))
    shot(wall)
    QTest.qWait(60)
    painted: list[str] = []
    paint = wall._paint_pane

    def note(painter: object, name: str, rect: object) -> None:
        painted.append(name)
        paint(painter, name, rect)

    wall._paint_pane = note
    QTest.qWait(100)
    assert painted == []
    memory.show("3", 402, 226, GREEN)
    qtbot.waitUntil(lambda: painted == ["3"])


def test_that_a_stale_picture_has_no_colour_and_a_hidden_one_is_not_seen(wall: VideoWall, memory: Memory) -> None:
    memory.show("1", 402, 226, RED)
    wall.apply([view("1", stale=True, badge="画面静止 12 s", badge_tone="yellow")])
    grey = middle(wall, "1")
    assert grey.red() == grey.green() == grey.blue()
    assert 0 < grey.lightness() < RED.lightness()
    wall.apply([view("1", hide_picture=True)])
    assert near(middle(wall, "1"), current_theme().color("picture.ground"))


def test_that_a_picture_of_another_shape_is_not_stretched(wall: VideoWall, memory: Memory) -> None:
    memory.show("1", 226, 226, RED)
    wall.apply([view("1")])
    image, rect = shot(wall), wall.pane_rect("1")
    assert near(QColor(image.pixel(int(rect.center().x()), 100)), RED)
    assert near(QColor(image.pixel(int(rect.left()) + 20, 100)), current_theme().color("picture.ground"))


def test_that_an_alarm_has_a_border_that_pulses_three_times_and_stays(
    wall: VideoWall, memory: Memory, qtbot: QtBot
) -> None:
    memory.show("1", 402, 226, GREEN)
    wall.apply([view("1", alarm="red", badge="积水 27 cm", badge_tone="red", badge_mark="triangle")])
    edge = current_theme().tone("red", "fill")
    lit = []

    def settled() -> bool:
        lit.append(near(QColor(shot(wall).pixel(1, 100)), edge))
        return not wall._panes["1"].pulse_until_ms > wall._clock.elapsed()

    qtbot.waitUntil(settled, timeout=8000)
    changes = sum(one != other for one, other in itertools.pairwise(lit))
    assert changes >= 4
    assert near(QColor(shot(wall).pixel(1, 100)), edge)


def test_that_the_sizes_asked_for_are_the_panes_in_device_pixels(wall: VideoWall, qtbot: QtBot) -> None:
    with qtbot.waitSignal(wall.sizes_changed) as asked:
        wall.set_layout("9")
    sizes = asked.args[0]
    assert [size.pane for size in sizes] == [str(n) for n in range(1, 10)]
    assert all(isinstance(size, PaneSize) and size.visible for size in sizes)
    assert sizes[0] == PaneSize("1", 267, 150)


def test_that_a_double_click_makes_single_and_another_restores_the_layout(wall: VideoWall, qtbot: QtBot) -> None:
    wall.apply([view(pane) for pane in "1234"])
    before = {pane: wall.pane_rect(pane) for pane in "1234"}
    activated: list[PaneView] = []
    wall.pane_activated.connect(activated.append)
    with qtbot.waitSignal(wall.sizes_changed) as asked:
        QTest.mouseDClick(wall, Qt.MouseButton.LeftButton, pos=QPoint(600, 100))
    assert wall.single == "2"
    assert [size.visible for size in asked.args[0]] == [False, True, False, False]
    assert (asked.args[0][1].width, asked.args[0][1].height) == (806, 454)
    QTest.mouseDClick(wall, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert wall.single == ""
    assert {pane: wall.pane_rect(pane) for pane in "1234"} == before
    assert [known.pane for known in activated] == ["2", "2"]


def test_that_the_keyboard_does_everything(wall: VideoWall, qtbot: QtBot) -> None:
    wall.set_layout("16")
    selected: list[str] = []
    wall.pane_selected.connect(selected.append)
    QTest.keyClick(wall, Qt.Key.Key_Right)
    QTest.keyClick(wall, Qt.Key.Key_Down)
    QTest.keyClick(wall, Qt.Key.Key_1)
    QTest.keyClick(wall, Qt.Key.Key_4)  # at once after the 1: fourteen
    assert selected == ["2", "6", "1", "14"]
    QTest.keyClick(wall, Qt.Key.Key_Up)
    QTest.keyClick(wall, Qt.Key.Key_Left)
    assert wall.selected == "9"
    QTest.keyClick(wall, Qt.Key.Key_Left)  # the edge
    assert wall.selected == "9"
    QTest.keyClick(wall, Qt.Key.Key_Return)
    assert wall.single == "9"
    QTest.keyClick(wall, Qt.Key.Key_Escape)
    assert wall.single == ""
    wall.set_layout("4")
    assert wall.selected == "1"


BUTTONS = (PaneAction("retry", "立即重试"), PaneAction("fault", "生成故障工单"))


def test_that_the_buttons_of_a_pane_can_be_pressed_by_mouse_and_the_first_by_key(wall: VideoWall, qtbot: QtBot) -> None:
    offline = view("1", title="离线", caption="03:10 起 · 12 s 后重试", actions=BUTTONS, hide_picture=True)
    wall.apply([offline])
    shot(wall)
    placed = wall._panes["1"].overlay.buttons
    assert [action for action, _ in placed] == list(BUTTONS)
    for action, place in placed:
        at = place.center() + wall.pane_rect("1").topLeft()
        with qtbot.waitSignal(wall.action_requested) as pressed:
            QTest.mouseClick(wall, Qt.MouseButton.LeftButton, pos=at.toPoint())
        assert pressed.args == [PaneChoice(offline, action.key)]
    with qtbot.waitSignal(wall.action_requested) as pressed:
        QTest.keyClick(wall, Qt.Key.Key_Space)
    assert pressed.args == [PaneChoice(offline, "retry")]


def test_that_a_small_pane_keeps_the_buttons_it_has_room_for(wall: VideoWall) -> None:
    theme = current_theme()
    offline = view("1", title="离线", actions=BUTTONS, hide_picture=True)
    counts = [
        len(paint_overlay(offline, width, height, 1.0, theme, hovered=False).buttons)
        for width, height in ((640, 360), (170, 120), (60, 120), (640, 100))
    ]
    assert counts == [2, 1, 0, 0]


def test_that_a_camera_dropped_on_a_pane_is_handed_on(wall: VideoWall, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setData(CAMERA_MIME, "cam-浦三路".encode())
    at = QPointF(600, 300)
    wall._aim(wall.pane_at(at.x(), at.y()))
    drop = QDropEvent(
        at, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QEvent.Type.Drop
    )
    with qtbot.waitSignal(wall.camera_dropped) as dropped:
        wall.dropEvent(drop)
    assert dropped.args == [CameraDrop("4", "cam-浦三路")]


def test_that_the_rate_is_seen_only_under_the_mouse(wall: VideoWall, memory: Memory) -> None:
    memory.show("1", 402, 226, RED)
    wall.apply([view("1", hover="25.0 fps · H.264 640×360")])
    before = shot(wall)
    QTest.mouseMove(wall, QPoint(50, 50))
    QTest.mouseMove(wall, QPoint(60, 60))
    assert shot(wall) != before
    wall.leaveEvent(QEnterEvent(QPointF(), QPointF(), QPointF()))
    assert shot(wall) == before


def test_that_a_screen_reader_hears_the_selected_pane(wall: VideoWall) -> None:
    assert wall.accessibleName() == "视频墙"
    wall.apply([view(pane) for pane in "12"])
    assert wall.accessibleDescription() == "窗格 1：摄像机 1 正常"
    wall.select("2")
    assert wall.accessibleDescription() == "窗格 2：摄像机 2 正常"
    wall.select("3")
    assert wall.accessibleDescription() == "窗格 3：空窗格"


def test_that_text_from_outside_is_painted_as_it_is(wall: VideoWall, memory: Memory) -> None:
    for part in ("title", "caption", "name", "number", "badge"):
        words = {"title": "离线", part: "离线"}
        wall.apply([view("1", **words)])
        plain = shot(wall)
        wall.apply([view("1", **words | {part: "<i></i>离线"})])  # as rich text, it would look the same
        assert shot(wall) != plain, part


def test_that_a_wall_nobody_sees_does_not_tick_and_ticks_are_measured_when_seen(wall: VideoWall, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: 20 < wall.times.interval_ms(0.5) < 80)
    assert wall.times.work_ms(0.99) < 1000
    wall.hide()
    wall.times.clear()
    QTest.qWait(120)
    assert wall.times.interval_ms(0.5) == 0.0


@pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
@pytest.mark.parametrize("text_scale", [1.0, 2.0])
def test_that_every_state_can_be_painted_in_every_theme_at_every_size(
    theme: str, text_scale: float, memory: Memory, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dressed = Theme.load(theme, text_scale=text_scale)
    for module in ("stage",):
        monkeypatch.setattr(f"widgets.wall.{module}.current_theme", lambda: dressed)
    wall = VideoWall(memory)
    qtbot.addWidget(wall)
    wall.set_layout("64")
    states = [
        {"title": "连接中"},
        {"title": "离线", "caption": "03:10 起", "actions": BUTTONS, "hide_picture": True},
        {"stale": True, "badge": "画面静止 12 s", "badge_tone": "yellow"},
        {"alarm": "red", "badge": "x" * 300, "badge_mark": "triangle"},
        {"name": "很长" * 400, "number": "9" * 60},
        {"tone": "from-a-newer-centre", "mark": "unknown"},
    ]
    wall.apply([view(str(n + 1), **states[n % len(states)]) for n in range(60)])
    for width, height in ((1920, 1016), (300, 200), (40, 30)):
        wall.resize(width, height)
        began = time.monotonic()
        assert not shot(wall).isNull()
        assert time.monotonic() - began < 5


def _wheel(wall: VideoWall, at: QPointF, steps: int) -> None:
    event = QWheelEvent(
        *(at, wall.mapToGlobal(at), QPoint(), QPoint(0, 120 * steps)),
        *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False),
    )
    wall.wheelEvent(event)


def test_that_the_wheel_enlarges_what_is_under_the_cursor_and_escape_shows_the_whole_again(
    wall: VideoWall, memory: Memory
) -> None:
    memory.show_halves("1", 402, 226, RED, GREEN)
    wall.apply([view("1")])
    whole = shot(wall)
    assert near(QColor(whole.pixel(150, 113)), RED)
    zoomed: list[str] = []
    wall.zoomed.connect(zoomed.append)
    _wheel(wall, QPointF(390, 113), 4)
    assert wall.zoom("1") == pytest.approx(1.25**4)
    assert near(QColor(shot(wall).pixel(150, 113)), GREEN)  # the right half fills the pane
    QTest.mousePress(wall, Qt.MouseButton.LeftButton, pos=QPoint(50, 113))
    QTest.mouseMove(wall, QPoint(390, 113))
    _move(wall, QPointF(390, 113))
    QTest.mouseRelease(wall, Qt.MouseButton.LeftButton, pos=QPoint(390, 113))
    assert near(QColor(shot(wall).pixel(50, 113)), RED)
    QTest.keyClick(wall, Qt.Key.Key_Escape)
    assert wall.zoom("1") == 1.0
    assert shot(wall) == whole
    assert zoomed == ["1", "1"]


def _move(wall: VideoWall, at: QPointF) -> None:
    event = QMouseEvent(
        *(QEvent.Type.MouseMove, at, wall.mapToGlobal(at)),
        *(Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier),
    )
    wall.mouseMoveEvent(event)


def test_that_a_pane_dragged_onto_another_asks_to_swap_and_escape_puts_it_down(wall: VideoWall, qtbot: QtBot) -> None:
    wall.apply([view(pane) for pane in "12"])
    swaps: list[PaneSwap] = []
    wall.swap_requested.connect(swaps.append)
    for given_up in (True, False):
        QTest.mousePress(wall, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
        _move(wall, QPointF(600, 100))
        if given_up:
            QTest.keyClick(wall, Qt.Key.Key_Escape)
        QTest.mouseRelease(wall, Qt.MouseButton.LeftButton, pos=QPoint(600, 100))
    assert swaps == [PaneSwap("1", "2")]
    assert wall.selected == "2"


def test_that_a_click_that_trembles_swaps_nothing(wall: VideoWall) -> None:
    wall.apply([view(pane) for pane in "12"])
    swaps: list[PaneSwap] = []
    wall.swap_requested.connect(swaps.append)
    QTest.mousePress(wall, Qt.MouseButton.LeftButton, pos=QPoint(402, 100))
    _move(wall, QPointF(405, 101))
    QTest.mouseRelease(wall, Qt.MouseButton.LeftButton, pos=QPoint(405, 101))
    assert swaps == []


def test_that_delete_empties_a_pane_that_has_a_camera(wall: VideoWall, qtbot: QtBot) -> None:
    wall.apply([view("1")])
    with qtbot.waitSignal(wall.clear_requested) as cleared:
        QTest.keyClick(wall, Qt.Key.Key_Delete)
    assert cleared.args == [view("1")]
    wall.select("2")
    with qtbot.assertNotEmitted(wall.clear_requested):
        QTest.keyClick(wall, Qt.Key.Key_Delete)


def test_that_the_picture_kept_is_the_one_that_was_on_the_screen(wall: VideoWall, memory: Memory, qtbot: QtBot) -> None:
    memory.show("1", 402, 226, RED)
    wall.apply([view("1")])
    assert near(middle(wall, "1"), RED)
    wall._timer.stop()
    memory.show("1", 402, 226, GREEN)  # came after the last painting
    with qtbot.waitSignal(wall.shot_requested) as kept:
        QTest.keyClick(wall, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    taken = kept.args[0]
    assert taken.view == view("1")
    assert (taken.image.width(), taken.image.height()) == (402, 226)
    assert near(QColor(taken.image.pixel(200, 100)), RED)
    wall.apply([view("1", hide_picture=True)])
    with qtbot.assertNotEmitted(wall.shot_requested):
        QTest.keyClick(wall, Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)


def test_that_a_hidden_wall_says_that_nothing_is_to_be_seen(wall: VideoWall, qtbot: QtBot) -> None:
    with qtbot.waitSignal(wall.sizes_changed) as hidden:
        wall.hide()
    assert not any(size.visible for size in hidden.args[0])
    with qtbot.waitSignal(wall.sizes_changed) as shown:
        wall.show()
    assert all(size.visible for size in shown.args[0])


def test_that_a_minimised_wall_stops_decoding_and_begins_again(wall: VideoWall, qtbot: QtBot) -> None:
    """Minimising hides a window without its widgets being hidden: Qt goes on to call them visible."""
    with qtbot.waitSignal(wall.sizes_changed) as minimised:
        wall.hideEvent(QHideEvent())
    assert wall.isVisible()
    assert not any(size.visible for size in minimised.args[0])
    wall.resize(700, 500)
    with qtbot.waitSignal(wall.sizes_changed) as back:
        wall.showEvent(QShowEvent())
    assert all(size.visible for size in back.args[0])


@given(st.lists(st.tuples(st.floats(-3, 3), st.floats(0, 1), st.floats(0, 1)), max_size=20))
def test_that_a_lens_never_looks_beyond_the_picture(moves: list[tuple[float, float, float]]) -> None:
    lens = WHOLE
    for steps, x, y in moves:
        lens = lens.stepped(steps, x, y).moved(x - 0.5, y - 0.5)
        assert 1.0 <= lens.zoom <= 8.0
        assert 0.0 <= lens.left <= 1.0 - 1.0 / lens.zoom + 1e-9
        assert 0.0 <= lens.top <= 1.0 - 1.0 / lens.zoom + 1e-9


def test_that_what_is_under_the_cursor_stays_there() -> None:
    lens = WHOLE.stepped(4, 0.3, 0.8)
    assert lens.left + 0.3 / lens.zoom == pytest.approx(0.3)
    assert lens.top + 0.8 / lens.zoom == pytest.approx(0.8)


def test_that_escape_is_the_walls_only_while_there_is_something_to_take_back(wall: VideoWall, qtbot: QtBot) -> None:
    taken: list[str] = []
    shortcut = QShortcut(QKeySequence("Esc"), wall.window())
    shortcut.activated.connect(lambda: taken.append("desk"))
    wall.apply([view("1")])
    wall.activateWindow()
    wall.setFocus()
    qtbot.waitUntil(wall.hasFocus)
    wall.set_single("1")
    QTest.keyClick(wall, Qt.Key.Key_Escape)
    assert (wall.single, taken) == ("", [])
    QTest.keyClick(wall, Qt.Key.Key_Escape)
    assert taken == ["desk"]


def test_that_keys_swap_panes_and_enlarge_and_move_a_picture_as_the_mouse_does(
    wall: VideoWall, memory: Memory, qtbot: QtBot
) -> None:
    memory.show("1", 402, 226, RED)
    wall.apply([view("1"), view("2")])
    shot(wall)
    with qtbot.waitSignal(wall.swap_requested) as swapped:
        QTest.keyClick(wall, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert swapped.args == [PaneSwap("1", "2")]
    assert wall.selected == "1"  # nobody carried it out: a locked wall refuses
    with qtbot.assertNotEmitted(wall.swap_requested):
        QTest.keyClick(wall, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)  # the edge
    for key, modifiers in (
        (Qt.Key.Key_Plus, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Equal, Qt.KeyboardModifier.NoModifier),
    ):
        QTest.keyClick(wall, key, modifiers)
    lens = wall.lens("1")
    assert lens.zoom == pytest.approx(1.5625)
    assert lens.left == lens.top == pytest.approx((1 - 1 / lens.zoom) / 2)  # in its middle
    QTest.keyClick(wall, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert wall.lens("1").left > lens.left
    assert wall.selected == "1"
    for _ in range(2):
        QTest.keyClick(wall, Qt.Key.Key_Minus)
    assert wall.lens("1") == WHOLE
