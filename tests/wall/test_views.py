"""Saved views: versions, undo, the draft that survives a kill, and a lock that holds against everything."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from desktop.domain.arrangements import Arrangement, History, PaneUse
from desktop.domain.wall_views import VERSIONS_CAP, new_view
from desktop.presenters.wall.stand import Guest
from desktop.presenters.wall.view_shelf import ViewShelf
from desktop.presenters.wall.views import WallViews, read_draft
from tests.wall.seat import OFFICER, SeatAtWall, StartSeat, camera_id
from widgets.wall.menu import MenuEntry
from widgets.wall.panes import CameraDrop, PaneSwap

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Viewed:
    """A seat with its views."""

    def __init__(self, seat: SeatAtWall) -> None:
        self.seat = seat
        self.shelf = ViewShelf(seat.context, seat.owner)
        self.views = WallViews(seat.wall, seat.panel, self.shelf, seat.context)
        self.shelf.reload()
        with seat.qtbot.waitSignal(self.views.read):
            self.views.reload()
        seat.show()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.seat.panel.wall, key, modifiers)

    def settled(self) -> None:
        """Wait until all that was to be kept is on the disk."""
        self.views._keep()
        self.seat.worker.call(int)

    def entry(self, text: str) -> MenuEntry:
        return next(entry for entry in self.views.entries() if entry.text.startswith(text))


@pytest.fixture
def viewed(start_seat: StartSeat) -> Viewed:
    return Viewed(start_seat())


def test_that_every_change_of_the_wall_can_be_undone_and_done_again(viewed: Viewed) -> None:
    seat, wall = viewed.seat, viewed.seat.panel.wall
    states = [(wall.layout_name, seat.cameras())]
    for change in (
        lambda: wall.swap_requested.emit(PaneSwap("1", "4")),
        lambda: seat.panel.layout_chosen.emit("16"),
        lambda: viewed.key(Qt.Key.Key_Delete),
        lambda: wall.camera_dropped.emit(CameraDrop("2", camera_id(69))),
        lambda: seat.panel.layout_chosen.emit("3x2;0.0.2.2"),
    ):
        change()
        states.append((wall.layout_name, seat.cameras()))
    assert len({str(state) for state in states}) == len(states)
    for state in reversed(states[:-1]):
        viewed.key(Qt.Key.Key_Z, CTRL)
        assert (wall.layout_name, seat.cameras()) == state
    viewed.key(Qt.Key.Key_Z, CTRL)
    assert (wall.layout_name, seat.cameras()) == states[0]
    for state in states[1:-1]:
        viewed.key(Qt.Key.Key_Y, CTRL)
        assert (wall.layout_name, seat.cameras()) == state
    viewed.key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert (wall.layout_name, seat.cameras()) == states[-1]


def test_that_an_unsaved_arrangement_with_its_zoom_and_undo_is_there_after_a_kill(start_seat: StartSeat) -> None:
    first = Viewed(start_seat())
    first.seat.panel.layout_chosen.emit("13")
    first.seat.panel.wall.swap_requested.emit(PaneSwap("1", "2"))
    first.seat.worker.call(int)  # the disk has it already; nothing else is done before the end
    wall = first.seat.panel.wall
    shown, layout = first.seat.cameras(), wall.layout_name
    wall.look("3", wall.lens("3").stepped(3, 0.5, 0.5))
    wall.zoomed.emit("3")
    first.settled()
    second = Viewed(start_seat())
    assert (second.seat.cameras(), second.seat.panel.wall.layout_name) == (shown, layout)
    assert second.seat.panel.wall.zoom("3") == pytest.approx(1.25**3)
    second.key(Qt.Key.Key_Z, CTRL)
    second.key(Qt.Key.Key_Z, CTRL)
    assert second.seat.panel.wall.layout_name == "9"


def test_that_a_view_comes_back_exactly_and_so_do_its_earlier_versions(start_seat: StartSeat) -> None:
    viewed = Viewed(start_seat())
    seat, wall = viewed.seat, viewed.seat.panel.wall
    seat.panel.layout_chosen.emit("6")
    seat.wall.put(1, PaneUse(camera_id(33), stream="main"))
    wall.look("3", wall.lens("3").stepped(4, 0.9, 0.1))
    wall.zoomed.emit("3")
    seat.panel.named.emit("new", "早班  防汛\n")
    first, shown, lens = seat.wall.arrangement, seat.cameras(), wall.lens("3")
    wall.swap_requested.emit(PaneSwap("1", "5"))
    assert viewed.entry("保存").enabled
    viewed.key(Qt.Key.Key_S, CTRL)
    assert "第 2 版" in wall.hint_words
    assert not viewed.entry("保存").enabled
    seat.panel.layout_chosen.emit("64")
    viewed.settled()

    later = Viewed(start_seat())
    wall = later.seat.panel.wall
    assert wall.layout_name == "64"
    assert [view.name for view in later.shelf.views()] == ["早班 防汛"]
    (older,) = [e for e in later.entry("较早").children if e.text.startswith("第 1 版")]
    later.seat.panel.view_picked.emit(older.key)
    assert (later.seat.wall.arrangement, later.seat.cameras(), wall.lens("3")) == (first, shown, lens)
    wishes = later.seat.video.wishes()
    assert (wishes["2"].camera_id, wishes["2"].profile) == (camera_id(33), "main")
    later.key(Qt.Key.Key_Z, CTRL)
    assert wall.layout_name == "64"


def test_that_a_deleted_view_can_be_brought_back_and_a_name_changed(viewed: Viewed) -> None:
    panel = viewed.seat.panel
    panel.named.emit("new", "夜班")
    panel.view_picked.emit("delete")
    assert viewed.shelf.views() == []
    panel.view_picked.emit(viewed.entry("已删除").children[0].key)
    panel.named.emit("rename", "夜班二")
    assert [view.name for view in viewed.shelf.views()] == ["夜班二"]


def test_that_views_are_of_the_officer_who_saved_them(start_seat: StartSeat) -> None:
    first = Viewed(start_seat())
    first.seat.panel.named.emit("new", "我的视图")
    first.settled()
    other = Viewed(start_seat(officer=type(OFFICER)(id="off-2", name="李华", staff_no="31008")))
    assert other.shelf.views() == []
    again = Viewed(start_seat())
    assert [view.name for view in again.shelf.views()] == ["我的视图"]


def test_that_a_lock_is_seen_refuses_with_words_and_survives_a_restart(start_seat: StartSeat) -> None:
    viewed = Viewed(start_seat())
    wall = viewed.seat.panel.wall
    viewed.key(Qt.Key.Key_L, CTRL)
    for refused in (
        lambda: viewed.key(Qt.Key.Key_Delete),
        lambda: viewed.key(Qt.Key.Key_Z, CTRL),
        lambda: viewed.seat.panel.layout_chosen.emit("4"),
        lambda: QTest.mousePress(wall, Qt.MouseButton.LeftButton, pos=wall.pane_rect("1").center().toPoint()),
    ):
        wall.hint("")
        refused()
        if not wall.hint_words:  # a press alone is no attempt: carry it
            wall._carry(QPointF(wall.pane_rect("2").center()), "2")
        assert "视图已锁定，按 Ctrl+L 解锁" in wall.hint_words
    viewed.settled()
    later = Viewed(start_seat())
    assert later.seat.wall.locked
    later.key(Qt.Key.Key_L, CTRL)
    assert not later.seat.wall.locked


@pytest.mark.parametrize("seed", range(4))
def test_that_nothing_moves_on_a_locked_wall_whatever_happens(seed: int, viewed: Viewed) -> None:
    seat, chance = viewed.seat, random.Random(seed)
    wall, panel = seat.panel.wall, seat.panel
    seat.wall.set_locked(locked=True)
    before = (wall.layout_name, seat.cameras(), {pane: wall.pane_rect(pane) for pane in wall.pane_names()})
    events = (
        lambda: wall.swap_requested.emit(PaneSwap("1", str(chance.randint(2, 9)))),
        lambda: wall.camera_dropped.emit(CameraDrop(str(chance.randint(1, 9)), camera_id(60))),
        lambda: viewed.key(Qt.Key.Key_Delete),
        lambda: viewed.key(Qt.Key.Key_Z, CTRL),
        lambda: viewed.key(Qt.Key.Key_Y, CTRL),
        lambda: panel.layout_chosen.emit(chance.choice(("1", "4", "64"))),
        lambda: seat.selection.select("work_order", "wo-1"),
        lambda: seat.selection.select("camera", camera_id(chance.randrange(70))),
        seat.selection.clear,
        lambda: seat.wall.put_selected(camera_id(61)),
        seat.wall.keep_shown,
        lambda: seat.wall.take(Arrangement.of("4", [camera_id(1)])),
        lambda: seat.news(camera_id(chance.randrange(70)), health=chance.choice(("offline", "online"))),
        seat.wall.reload,
        lambda: seat.wall.take_over("tour", Arrangement.of("16", [camera_id(1)]), "轮巡中"),
        lambda: seat.wall.give_back("tour"),
    )
    for _ in range(40):
        chance.choice(events)()
        seat.qtbot.wait(1)
    after = (wall.layout_name, seat.cameras(), {pane: wall.pane_rect(pane) for pane in wall.pane_names()})
    assert after == before
    seat.wall.invite("alarm", {8: Guest(camera_id(69))})  # but a pane that was set aside for alarms takes them
    assert seat.cameras()[:8] == before[1][:8]


def test_that_a_link_waits_outside_a_locked_wall_and_comes_in_when_it_is_unlocked(viewed: Viewed) -> None:
    seat = viewed.seat
    before = seat.cameras()
    viewed.key(Qt.Key.Key_L, CTRL)
    with seat.qtbot.waitSignal(seat.wall.linked):
        seat.selection.select("work_order", "wo-1")
    assert seat.cameras() == before
    assert "已锁定，未联动" in seat.panel.head._link.text()
    viewed.key(Qt.Key.Key_L, CTRL)
    assert seat.cameras() != before


@given(st.lists(st.sampled_from(["swap", "put", "lay", "undo", "redo"]), max_size=60), st.integers(0, 99))
@settings(max_examples=60, deadline=None)
def test_that_undo_is_always_the_exact_way_back(steps: list[str], seed: int) -> None:
    chance = random.Random(seed)
    history = History(Arrangement.of("9", "abc"))
    trail, at = [history.present], 0
    for step in steps:
        now = history.present
        if step == "undo":
            history, at = history.undone(), max(0, at - 1)
        elif step == "redo":
            history, at = history.redone(), min(len(trail) - 1, at + 1)
        else:
            after = {
                "swap": now.swapped(chance.randrange(9), chance.randrange(9)),
                "put": now.put(chance.randrange(9), PaneUse(chance.choice("xyz"))),
                "lay": now.laid_out(chance.choice(("1", "4", "64"))),
            }[step]
            if after != now:
                trail, at = [*trail[: at + 1], after], at + 1
            history = history.changed(after)
        assert history.present == trail[at]


def test_that_only_the_newest_versions_are_kept_and_their_numbers_go_on() -> None:
    view = new_view("v", "早班", Arrangement.of("4", []), "2026-11-22T08:00:00+08:00")
    for number in range(VERSIONS_CAP + 5):
        view = view.saved(Arrangement.of("4", [camera_id(number)]), "2026-11-22T08:00:00+08:00")
    assert len(view.versions) == VERSIONS_CAP
    assert view.latest.number == VERSIONS_CAP + 6
    assert view.saved(view.latest.arrangement, "later") is view


@pytest.mark.parametrize("layout", ["9x9", "../../x", "", "0x4", "4x4;0.0.9.9", "3x3;0.0.2.2;1.1.2.2"])
def test_that_a_draft_of_a_layout_nobody_knows_is_no_draft(layout: str) -> None:
    assert read_draft(f'{{"history":{{"present":{{"layout":"{layout}"}}}}}}') is None


@pytest.mark.parametrize("text", ["{}", "no json", '{"history":7}'])
@pytest.mark.expected_log("desktop.presenters.wall.views", "draft")
def test_that_a_draft_that_cannot_be_read_is_no_draft(text: str) -> None:
    assert read_draft(text) is None


def test_that_a_wall_in_the_hands_of_a_tour_is_not_locked_as_it_stands_there(viewed: Viewed) -> None:
    seat = viewed.seat
    seat.wall.take_over("tour", Arrangement.of("4", [camera_id(60)]), "轮巡中，先停止轮巡")
    viewed.key(Qt.Key.Key_L, CTRL)
    assert not seat.wall.locked
    assert "先停止轮巡" in seat.panel.wall.hint_words
