"""What video may take in at a seat: shown, chosen, kept, and held to."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.presenters.wall.video_budget import read_budget
from desktop.presenters.wall.video_meter import VideoMeter, meter_view
from desktop.video.statistics import HostReading, VideoStatistics
from desktop.video.streams import Use, Why
from tests.wall.seat import SeatAtWall, StartSeat
from widgets.wall.menu import EntryMenu


def take_in(seat: SeatAtWall, *mbit_s: float, cpu_share: float = 0.0) -> None:
    """Let the hosts say what they take in."""
    hosts = tuple(HostReading(n, n, True, cpu_share, 0, 1, 0, rate) for n, rate in enumerate(mbit_s, 1))
    seat.video._control.statistics = VideoStatistics(hosts, len(hosts))


def test_that_over_the_budget_the_large_pane_takes_the_sub_stream_and_says_why(seat: SeatAtWall) -> None:
    seat.wall.lay_out("1+4")
    take_in(seat, 9.0, 4.0)
    seat.wall._on_time()
    assert seat.video.wishes()["1"].profile == "main"
    seat.budget.set(12.0)
    seat.wall._on_time()
    assert seat.video.wishes()["1"].profile == "sub"
    assert seat.wall.choice("1").why is Why.BUDGET
    seat.wall.refresh()
    assert "超出流量预算" in seat.panel.wall.view("1").hover
    seat.budget.set(0.0)  # nothing bounds it any more, but it rests for a while
    seat.wall._on_time()
    assert seat.video.wishes()["1"].profile == "sub"


def test_that_the_meter_shows_what_comes_in_and_its_menu_sets_the_budget_for_good(
    start_seat: StartSeat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EntryMenu, "popup", lambda *_args: None)  # the offscreen platform has no keyboard to grab
    seat = start_seat()
    seat.show()
    button = seat.panel.head.meter
    meter = VideoMeter(button, seat.wall, seat.budget, seat.owner)
    take_in(seat, 9.04, 4.0, cpu_share=0.3)
    meter.refresh()
    assert button.view.words.startswith("13.0 Mbit/s · CPU ")
    assert not button.view.over
    assert button.isVisible()
    seat.panel.resize(560, 700)
    assert not button.isVisible()  # a narrow head has its tools
    seat.panel.resize(1600, 940)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    (menu,) = button.findChildren(EntryMenu)
    lines = {action.text().replace("&", ""): action for action in menu.actions()}
    assert lines["视频流量不设上限"].isChecked()
    lines["至多 12 Mbit/s"].trigger()
    assert (button.view.over, seat.budget.mbit_s) == (True, 12.0)
    assert button.accessibleName() == button.view.sentence
    seat.worker.call(int)
    again = start_seat()
    again.show()
    again.qtbot.waitUntil(lambda: again.budget.mbit_s == 12.0)


@pytest.mark.parametrize(
    ("use", "down", "mains", "words"),
    [
        (Use(0.4, 12.34), 0, 3, "视频接入 12.3 Mbit/s，解码占本机 40%"),
        (Use(0.4, 12.34, 20), 0, 3, "视频接入 12.3 Mbit/s，解码占本机 40%，预算 20 Mbit/s"),
        (Use(0.4, 30.0, 20), 2, 3, "2 个窗格因预算改用子码流，正在逐个改用子码流"),
        (Use(0.4, 30.0, 20), 2, 0, "2 个窗格因预算改用子码流，已无可降的主码流，仍超出预算"),
    ],
)
def test_that_the_meter_says_in_words_how_it_stands(use: Use, down: int, mains: int, words: str) -> None:
    view = meter_view(use, down, mains)
    assert view.sentence.endswith(words)
    assert view.over is (use.mbit_s == 30.0)


@pytest.mark.parametrize(
    ("setting", "mbit_s"), [(None, 0.0), ("12.5", 12.5), ("x", 0.0), ("-3", 0.0), ("nan", 0.0), ("inf", 0.0)]
)
def test_that_a_budget_that_makes_no_sense_is_none(setting: str | None, mbit_s: float) -> None:
    assert read_budget(setting) == mbit_s


def test_that_panes_out_of_sight_for_long_take_the_sub_stream_and_the_main_one_again_when_seen(
    seat: SeatAtWall, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr("desktop.presenters.wall.streams.time", SimpleNamespace(monotonic=lambda: now[0]))
    seat.wall.lay_out("1+4")
    assert seat.video.wishes()["1"].profile == "main"
    seat.panel.hide()
    wish = seat.video.wishes()["1"]
    assert (wish.profile, wish.visible) == ("main", False)
    now[0] += 31.0
    seat.wall._on_time()
    assert seat.video.wishes()["1"].profile == "sub"
    seat.panel.show()
    assert seat.video.wishes()["1"].profile == "main"
