"""What an officer does in a wall window: the same as on the desk's wall, with pictures of its own."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desktop.domain.tour_plan import GROUP, Stop, TourPlan
from desktop.presenters.wall.one_wall import OneWall
from desktop.video.panes import PaneStatus, SoundStatus
from desktop.video.states import PaneState
from tests.wall.seat import SeatAtWall, StartSeat, camera_id
from tests.wall.test_ptz import PRESETS, Crane
from widgets.neworder import OrderDraft
from widgets.wall.wall import VideoWall


class Further:
    """A seat with one further window, filled with what the desk's wall shows."""

    def __init__(self, seat: SeatAtWall) -> None:
        self.seat = seat
        self.crane = seat.control = Crane()
        self.windows = seat.windows()
        with seat.qtbot.waitCallback() as known:
            seat.reads.ask(known, int)
            self.windows.reload(seat.officer.id)
        if not self.windows.windows():
            self.windows.open(QGuiApplication.primaryScreen(), seat.wall.arrangement)
        seat.qtbot.waitUntil(lambda: bool(self.windows.windows()) and len(self.one.wall.cameras) > 0)

    @property
    def one(self) -> OneWall:
        return self.windows.walls()[0]

    @property
    def wall(self) -> VideoWall:
        return self.windows.windows()[0].panel.wall


@pytest.fixture
def at(seat: SeatAtWall) -> Further:
    return Further(seat)


def test_that_a_camera_is_moved_from_a_window_and_let_go_when_it_closes(at: Further) -> None:
    at.seat.news(camera_id(0), ptz=True, presets=PRESETS)
    at.one.reload()
    at.seat.qtbot.waitUntil(lambda: at.one.wall.camera(camera_id(0)).ptz)
    at.wall.setFocus()
    QTest.keyClick(at.wall, Qt.Key.Key_P)
    pad = at.one.deeds.ptz._pad
    assert pad.window() is at.windows.windows()[0]
    at.seat.qtbot.waitUntil(lambda: pad.view.held)
    QTest.keyPress(pad, Qt.Key.Key_Right)
    at.seat.qtbot.waitUntil(lambda: "move" in at.crane.verbs())
    at.windows.windows()[0].close()
    at.seat.qtbot.waitUntil(lambda: at.crane.verbs()[-2:] == ["stop", "release"])


def test_that_a_tour_runs_in_a_window_and_not_on_the_desk_comes_back_with_it_and_ends_with_it(
    start_seat: StartSeat,
) -> None:
    seat = start_seat()
    seat.show()
    at = Further(seat)
    before = seat.cameras()
    assert at.one.deeds.tours.start(TourPlan("", (Stop(GROUP, "all", 600.0),), 4))
    assert at.wall.layout_name == "4"
    assert (seat.panel.wall.layout_name, seat.cameras()) == ("9", before)
    QTest.keyClick(at.wall, Qt.Key.Key_Right)
    second = [at.wall.view(pane).camera_id for pane in at.wall.pane_names()]
    seat.worker.call(int)
    again = start_seat()
    again.show()
    back = Further(again)
    again.qtbot.waitUntil(lambda: back.one.deeds.tours.running)
    assert [back.wall.view(pane).camera_id for pane in back.wall.pane_names()] == second
    back.windows.windows()[0].close()
    again.worker.call(int)
    assert again.store.duty.setting(f"wall.tour.{again.officer.id}.w1") is None


def test_that_replay_and_sound_are_of_the_windows_own_pane(at: Further, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, str]] = []
    known: dict[str, PaneStatus] = {}
    video = at.seat.video
    monkeypatch.setattr(video, "status", lambda pane: known.get(pane) or PaneStatus(pane))
    monkeypatch.setattr(video, "replay", lambda pane, _seconds: told.append(("replay", pane)))
    monkeypatch.setattr(video, "listen", lambda pane: told.append(("listen", pane)))
    known["w1/1"] = PaneStatus("w1/1", camera_id(0), PaneState.LIVE, replayable_s=12.0, engine="pyav")
    at.wall.setFocus()
    for key in (Qt.Key.Key_R, Qt.Key.Key_M):
        QTest.keyClick(at.wall, key)
    assert told == [("replay", "w1/1"), ("listen", "w1/1")]
    known["w1/1"] = PaneStatus("w1/1", camera_id(0), PaneState.LIVE, sound=SoundStatus("playing"))
    at.one.wall.refresh()
    assert at.wall.view("1").signs == ("sound",)
    del known["w1/1"]  # the desk's wall is heard now
    at.one.wall.refresh()
    assert (at.wall.view("1").signs, at.one.deeds.sound.pane) == ((), "")
    at.windows.windows()[0].close()
    assert told[2:] == []  # it has nothing to silence


def test_that_a_fault_order_of_a_window_is_opened_at_the_desk(at: Further) -> None:
    wanted: list[OrderDraft] = []
    at.windows.order_wanted.connect(wanted.append)
    at.wall.setFocus()
    QTest.keyClick(at.wall, Qt.Key.Key_O)
    at.seat.qtbot.waitUntil(lambda: bool(wanted))
    assert wanted[0].title == "000 号摄像机画面异常"
    assert "值守台" in at.wall.hint_words
    QTest.keyClick(at.wall, Qt.Key.Key_A)
    assert "值守台的墙上" in at.wall.hint_words


def test_that_no_card_stays_open_over_a_locked_window(at: Further) -> None:
    window = at.windows.windows()[0]
    at.wall.setFocus()
    QTest.keyClick(at.wall, Qt.Key.Key_T)
    at.seat.qtbot.waitUntil(window.tour_form.isVisible)
    at.windows.set_locked(locked=True)
    assert not window.tour_form.isVisible()
