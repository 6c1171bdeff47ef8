"""Who stands where when several want the wall, and that each leaves it as it was."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.domain.arrangements import Arrangement
from desktop.presenters.wall.stand import Guest
from tests.wall.seat import SeatAtWall, camera_id
from widgets.wall.panes import CameraDrop, PaneSwap


def test_that_a_takeover_shows_its_page_and_gives_the_wall_back_exactly(seat: SeatAtWall) -> None:
    wall = seat.panel.wall
    seat.wall.lay_out("13")
    wall.look("3", wall.lens("3").stepped(4, 0.2, 0.7))
    wall.zoomed.emit("3")
    before, layout, lens = seat.cameras(), wall.layout_name, wall.lens("3")
    for page in ("4", "16"):
        seat.wall.take_over("tour", Arrangement.of(page, [camera_id(60), camera_id(61)]), "轮巡中")
        assert (wall.layout_name, seat.cameras()[:3]) == (page, [camera_id(60), camera_id(61), ""])
        assert wall.zoom("3") == 1.0
    seat.wall.give_back("tour")
    assert (seat.cameras(), wall.layout_name, wall.lens("3")) == (before, layout, lens)


def test_that_a_wall_taken_over_refuses_changes_by_hand_and_says_why(seat: SeatAtWall) -> None:
    seat.wall.take_over("tour", Arrangement.of("4", [camera_id(60), camera_id(61)]), "轮巡中，先停止轮巡")
    shown, own = seat.cameras(), seat.wall.arrangement
    for change in (
        lambda: seat.panel.wall.swap_requested.emit(PaneSwap("1", "2")),
        lambda: seat.panel.wall.camera_dropped.emit(CameraDrop("1", camera_id(5))),
        lambda: seat.panel.layout_chosen.emit("9"),
        lambda: QTest.keyClick(seat.panel.wall, Qt.Key.Key_Delete),
    ):
        seat.panel.wall.hint("")
        change()
        assert (seat.cameras(), seat.wall.arrangement) == (shown, own)
        assert "先停止轮巡" in seat.panel.wall.hint_words


def test_that_guests_stand_over_links_and_leave_what_was_there(seat: SeatAtWall) -> None:
    before = seat.cameras()
    seat.wall.invite("alarm", {0: Guest(camera_id(69), alarm="red", badge="积水 27 cm", badge_mark="triangle")})
    seat.selection.select("work_order", "wo-1")
    seat.qtbot.waitUntil(lambda: seat.cameras()[1] != before[1])
    first = seat.panel.wall.view("1")
    assert (first.camera_id, first.alarm, first.badge) == (camera_id(69), "red", "积水 27 cm")
    assert camera_id(69) not in seat.cameras()[1:5]  # the nearest four stand beside it
    assert seat.cameras()[5:] == before[5:]
    seat.wall.dismiss("alarm")
    seat.selection.clear()
    assert seat.cameras() == before
    assert seat.panel.wall.view("1").alarm == ""


def test_that_a_pane_set_aside_takes_nothing_by_hand(seat: SeatAtWall) -> None:
    seat.wall.invite("alarm", {2: Guest("")})
    assert seat.panel.wall.view("3").caption == "留给预警画面"
    seat.panel.wall.camera_dropped.emit(CameraDrop("3", camera_id(5)))
    assert seat.cameras()[2] == ""
    assert "留给预警画面" in seat.panel.wall.hint_words


def test_that_what_is_put_over_a_linked_pane_goes_with_the_link(seat: SeatAtWall) -> None:
    before = seat.cameras()
    seat.selection.select("work_order", "wo-1")
    seat.qtbot.waitUntil(lambda: seat.cameras() != before)
    linked = seat.cameras()
    seat.panel.wall.camera_dropped.emit(CameraDrop("2", camera_id(5)))
    assert seat.cameras() == [linked[0], camera_id(5), *linked[2:]]
    seat.panel.wall.swap_requested.emit(PaneSwap("1", "2"))
    assert seat.cameras()[:2] == [camera_id(5), linked[0]]
    assert seat.wall.arrangement.panes[1].camera == before[1]
    seat.selection.clear()
    assert seat.cameras() == before


def test_that_prepared_streams_are_asked_for_out_of_sight_at_the_size_they_will_have(seat: SeatAtWall) -> None:
    page = Arrangement.of("4", [camera_id(60), camera_id(61)])
    seat.wall.prepare(page)
    ahead = {wish.camera_id: wish for pane, wish in seat.video.wishes().items() if pane.startswith("next/")}
    assert set(ahead) == {camera_id(60), camera_id(61)}
    assert not any(wish.visible for wish in ahead.values())
    seat.wall.take_over("tour", page, "轮巡中")
    seat.wall.prepare(None)
    wishes = seat.video.wishes()
    assert not any(pane.startswith("next/") for pane in wishes)
    seen = wishes["1"]
    assert (seen.camera_id, seen.profile) == (camera_id(60), ahead[camera_id(60)].profile)
    assert abs(seen.width - ahead[camera_id(60)].width) <= 2


def test_that_what_only_makes_room_ends_when_the_officer_takes_another_layout(seat: SeatAtWall) -> None:
    seat.wall.lay_out("1")
    first = seat.cameras()[0]
    seat.wall.take_over("alarm", Arrangement.of("4", [first]), "报警画面显示中", yields=True)
    seat.panel.wall.camera_dropped.emit(CameraDrop("2", camera_id(5)))
    assert "报警画面显示中" in seat.panel.wall.hint_words
    seat.panel.layout_chosen.emit("16")
    assert (seat.panel.wall.layout_name, seat.cameras()[0]) == ("16", first)
    seat.wall.give_back("alarm")  # which it does not have any more
    assert seat.panel.wall.layout_name == "16"
