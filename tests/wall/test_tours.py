"""A tour on a real wall: pages, keys, what is opened ahead, and that the wall is as it was afterwards."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.central.schema import Camera, Place
from desktop.domain.tour_plan import GROUP, VIEW, Stop, TourPlan
from desktop.presenters.wall.tour_sources import ALL, MOVABLE, SavedView, sources, works
from desktop.presenters.wall.tours import TourPresenter
from tests.wall.seat import SeatAtWall, StartSeat, camera_id
from widgets.wall.tourbar import TourBar, TourView

EVERYTHING = TourPlan("", (Stop(GROUP, ALL, 15.0),), 9)
VIEWS = (SavedView("v1", "防汛", "4", (camera_id(60), camera_id(61))),)


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class TourSeat:
    """A seat with tours."""

    def __init__(self, seat: SeatAtWall, clock: Clock) -> None:
        self.seat = seat
        self.clock = clock
        self.bar = TourBar(seat.panel)
        seat.panel.add_line(self.bar)
        self.told: list[str] = []
        self.tours = TourPresenter(
            self.bar, seat.panel.wall, seat.wall, seat.context, seat.owner, views=lambda: VIEWS, clock=clock
        )
        self.tours.told.connect(lambda words: self.told.append(words.title))

    def pass_s(self, seconds: float) -> None:
        """Let time go by and the tour notice."""
        self.clock.now += seconds
        self.tours._on_time()

    @property
    def view(self) -> TourView:
        """What the bar says."""
        assert self.bar.view is not None
        return self.bar.view

    def page(self) -> tuple[str, list[str]]:
        """Place, and the cameras in the panes."""
        return self.view.place, self.seat.cameras()

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.seat.panel.wall, key)


@pytest.fixture
def at(seat: SeatAtWall) -> TourSeat:
    return TourSeat(seat, Clock())


def cameras(start: int, stop: int) -> list[str]:
    return [camera_id(n) for n in range(start, stop)]


def test_that_a_tour_goes_from_page_to_page_and_gives_the_wall_back_exactly(at: TourSeat) -> None:
    wall = at.seat.panel.wall
    at.seat.wall.lay_out("13")
    wall.select("12")
    wall.look("3", wall.lens("3").stepped(4, 0.2, 0.7))
    wall.zoomed.emit("3")
    wall.set_single("12")
    before = (at.seat.cameras(), wall.layout_name, wall.lens("3"), wall.selected, wall.single)
    assert at.tours.start(EVERYTHING)
    assert at.page() == ("1/8", cameras(0, 9))
    at.pass_s(14.9)
    assert at.page()[0] == "1/8"
    at.pass_s(0.1)
    assert at.page() == ("2/8", cameras(9, 18))
    at.tours.stop()
    assert (at.seat.cameras(), wall.layout_name, wall.lens("3"), wall.selected, wall.single) == before
    assert at.bar.isHidden()


def test_that_arrows_turn_pages_space_pauses_and_esc_ends_it(at: TourSeat) -> None:
    own, selected = at.seat.cameras(), at.seat.panel.wall.selected
    at.tours.start(EVERYTHING)
    assert "Esc" in at.seat.panel.wall.hint_words
    at.press(Qt.Key.Key_Right)
    assert at.page() == ("2/8", cameras(9, 18))
    at.press(Qt.Key.Key_Left)
    at.press(Qt.Key.Key_Left)
    assert at.page()[0] == "8/8"
    assert at.seat.panel.wall.selected == selected
    at.press(Qt.Key.Key_Space)
    at.pass_s(500)
    assert at.page()[0] == "8/8"
    assert "已暂停" in at.view.note
    at.press(Qt.Key.Key_Space)
    at.pass_s(15)
    assert at.page()[0] == "1/8"
    at.press(Qt.Key.Key_Escape)
    assert not at.tours.running
    assert at.seat.cameras() == own
    at.press(Qt.Key.Key_Right)
    assert at.seat.panel.wall.selected != selected


def test_that_esc_first_ends_what_the_wall_itself_has_to_end(at: TourSeat) -> None:
    at.tours.start(EVERYTHING)
    at.seat.panel.wall.set_single("3")
    at.press(Qt.Key.Key_Escape)
    assert (at.seat.panel.wall.single, at.tours.running) == ("", True)
    at.press(Qt.Key.Key_Escape)
    assert not at.tours.running


def test_that_changes_by_hand_are_refused_while_a_tour_runs(at: TourSeat) -> None:
    at.tours.start(EVERYTHING)
    at.seat.panel.layout_chosen.emit("16")
    assert at.seat.panel.wall.layout_name == "9"
    assert "Esc" in at.seat.panel.wall.hint_words


def test_that_the_next_page_is_opened_out_of_sight_before_the_switch_and_not_twice(at: TourSeat) -> None:
    at.tours.start(EVERYTHING)
    at.seat.video.news()
    at.pass_s(10.9)
    assert not [pane for pane in at.seat.video.wishes() if "next" in pane]
    at.pass_s(0.2)
    ahead = {pane: wish for pane, wish in at.seat.video.wishes().items() if "next" in pane}
    assert sorted(wish.camera_id for wish in ahead.values()) == sorted(cameras(9, 18))
    assert not any(wish.visible for wish in ahead.values())
    sizes = {(wish.width, wish.height) for wish in ahead.values()}
    at.seat.video.news()
    at.pass_s(1)
    assert at.seat.video.news() == {}, "asked for once, not with every tick"
    at.pass_s(3)
    shown = at.seat.video.wishes()
    assert [shown[pane].camera_id for pane in at.seat.panel.wall.pane_names()] == cameras(9, 18)
    assert {(wish.width, wish.height) for wish in shown.values()} == sizes
    assert not [pane for pane in shown if "next" in pane]


def test_that_opening_ahead_stays_within_what_the_hosts_may_decode(at: TourSeat) -> None:
    at.tours.start(TourPlan("", (Stop(GROUP, ALL, 15.0),), 36))
    at.pass_s(12)
    wishes = at.seat.video.wishes()
    assert len({wish.camera_id for wish in wishes.values()}) == 64
    assert sum("next" in pane for pane in wishes) == 64 - 36


def test_that_cameras_that_cannot_be_seen_are_passed_over_and_counted_in_words(at: TourSeat) -> None:
    for camera in cameras(1, 4):
        at.seat.news(camera, health="offline")
    at.seat.qtbot.waitUntil(lambda: not works(at.seat.wall.camera(camera_id(3))))
    at.tours.start(EVERYTHING)
    assert at.page() == ("1/8", [camera_id(0), *cameras(4, 12)])
    assert "跳过不可看 3 路" in at.view.note
    assert "跳过不可看 3 路" in at.view.sentence


def test_that_a_saved_view_keeps_its_layout_and_its_own_dwell(at: TourSeat) -> None:
    at.tours.start(TourPlan("", (Stop(VIEW, "v1", 5.0), Stop(GROUP, ALL, 20.0)), 4))
    assert at.seat.panel.wall.layout_name == "4"
    assert at.seat.cameras() == [camera_id(60), camera_id(61), "", ""]
    assert at.view.name == "防汛"
    at.pass_s(5)
    assert (at.view.name, at.view.left) == ("全部摄像机 1/18", "20 秒")
    assert at.seat.cameras() == cameras(0, 4)


def test_that_cameras_are_offered_by_neighbourhood_in_the_order_of_their_numbers() -> None:
    def camera(number: str, place: str, *, ptz: bool = False, retired: bool = False) -> Camera:
        return Camera(number=number, name=number, place=Place(neighbourhood=place), ptz=ptz, retired=retired)

    here = {
        "c": camera("003", "凌兆"),
        "a": camera("001", "凌兆", ptz=True),
        "b": camera("002", "三林苑"),
        "d": camera("004", ""),
        "old": camera("000", "凌兆", retired=True),
    }
    found = sources(here, VIEWS)
    assert list(found) == [
        (VIEW, "v1"), (GROUP, "place/"), (GROUP, "place/三林苑"), (GROUP, "place/凌兆"), (GROUP, MOVABLE), (GROUP, ALL),
    ]  # fmt: skip
    assert found[GROUP, "place/凌兆"].cameras == ("a", "c")
    assert found[GROUP, MOVABLE].cameras == ("a",)
    assert found[GROUP, ALL].cameras == ("a", "b", "c", "d")


def test_that_an_alarm_stops_the_time_and_the_tour_goes_on_after_it(at: TourSeat) -> None:
    at.tours.start(EVERYTHING)
    at.pass_s(5)
    at.tours.cover(True)
    at.pass_s(600)
    assert (at.page()[0], at.view.tone) == ("1/8", "yellow")
    assert "轮巡暂停" in at.view.note
    at.tours.cover(False)
    at.pass_s(9.9)
    assert at.page()[0] == "1/8"
    at.pass_s(0.2)
    assert at.page()[0] == "2/8"


def test_that_nothing_starts_on_a_locked_wall_or_with_nothing_to_see(at: TourSeat) -> None:
    assert not at.tours.start(TourPlan("", (Stop(GROUP, "place/nobody"),), 9))
    at.seat.wall.set_locked(locked=True)
    assert not at.tours.start(EVERYTHING)
    assert at.told == ["没有可轮巡的画面", "视图已锁定，不能轮巡"]
    assert not at.tours.running


def test_that_a_tour_goes_on_after_a_kill_where_it_was_and_paused_as_it_was(start_seat: StartSeat) -> None:
    first = start_seat()
    first.show()
    at = TourSeat(first, Clock())
    at.tours.start(EVERYTHING)
    at.pass_s(15)
    at.press(Qt.Key.Key_Space)
    at.clock.now += 100
    first.worker.call(str)  # whatever was to be written is
    second = start_seat()
    again = TourSeat(second, Clock())
    second.show()
    second.qtbot.waitUntil(lambda: again.tours.running)
    assert again.page() == ("2/8", cameras(9, 18))
    assert again.view.paused
    again.press(Qt.Key.Key_Space)
    again.pass_s(15)
    assert again.page()[0] == "3/8"
    again.tours.stop()
    second.worker.call(str)
    third = start_seat()
    last = TourSeat(third, Clock())
    third.show()
    third.qtbot.wait(50)
    assert not last.tours.running
