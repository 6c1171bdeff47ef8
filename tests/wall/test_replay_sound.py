"""Replay and sound in a pane: what the video service is told, and that nobody takes the one for live."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.presenters.wall.pane_sound import PaneSoundPresenter
from desktop.presenters.wall.replay import ReplayPresenter
from desktop.video.panes import PaneStatus, ReplayStatus, SoundStatus
from desktop.video.states import PaneState
from tests.wall.seat import SeatAtWall, camera_id
from widgets.wall.panes import PaneView


class Panes:
    """Sets what the video service says of a pane, and notes what it is told."""

    def __init__(self, seat: SeatAtWall, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seat = seat
        self.told: list[tuple[object, ...]] = []
        self.known: dict[str, PaneStatus] = {}
        video, wall = seat.video, seat.panel.wall
        monkeypatch.setattr(video, "status", lambda pane: self.known.get(pane) or PaneStatus(pane))
        monkeypatch.setattr(video, "replay", lambda *args: self.told.append(("replay", *args)))
        monkeypatch.setattr(video, "end_replay", lambda *args: self.told.append(("end", *args)))
        monkeypatch.setattr(video, "pause_replay", lambda pane, paused: self.told.append(("pause", pane, paused)))
        monkeypatch.setattr(video, "listen", lambda *args: self.told.append(("listen", *args)))
        self.replay = ReplayPresenter(video, wall, seat.wall, seat.context, seat.owner)
        self.sound = PaneSoundPresenter(video, wall, seat.wall, seat.owner)
        wall.select("2")

    def say(self, pane: str, **status: object) -> None:
        """Let the service say this of a pane."""
        self.known[pane] = replace(PaneStatus(pane, camera_id="cam", state=PaneState.LIVE), **status)
        self.seat.wall.on_pane_changed(pane)

    def view(self, pane: str) -> PaneView:
        return self.seat.panel.wall.view(pane)


@pytest.fixture
def at(seat: SeatAtWall, monkeypatch: pytest.MonkeyPatch) -> Panes:
    return Panes(seat, monkeypatch)


def test_that_a_replay_has_a_frame_its_own_time_and_words_and_one_key_ends_it(at: Panes) -> None:
    at.say("2", replayable_s=28.0)
    assert at.replay.entries(at.view("2"))[0].text == "回放最近 28 秒"
    at.replay.toggle_selected()
    assert at.told == [("replay", "2", 30.0)]
    at.say("2", replayable_s=28.0, replay=ReplayStatus("playing", behind_s=23.0))
    view = at.view("2")
    moment = at.seat.context.now().astimezone()
    assert view.badge.startswith("回放 ")
    assert view.badge.endswith("23 秒前")
    assert f"{moment:%H}" in view.badge
    assert (view.frame, view.badge_mark, view.badge_tone) == ("yellow", "replay", "yellow")
    assert view.sentence.startswith("非实时")
    at.replay.pause_selected()
    at.replay.toggle_selected()
    assert at.told[1:] == [("pause", "2", True), ("end", "2")]
    at.say("2", replayable_s=28.0)
    assert (at.view("2").frame, at.view("2").badge) == ("", "")


def test_that_a_camera_that_has_gone_can_still_be_replayed(at: Panes) -> None:
    at.say("2", state=PaneState.OFFLINE, cause_code="video.unreachable", replayable_s=20.0)
    assert at.view("2").hide_picture
    assert at.replay.entries(at.view("2"))[0].enabled
    at.say("2", state=PaneState.OFFLINE, cause_code="video.unreachable", replay=ReplayStatus("playing", behind_s=40.0))
    view = at.view("2")
    assert (view.hide_picture, view.stale, view.title) == (False, False, "")
    assert "40 秒前" in view.badge


def test_that_a_frame_is_painted_round_a_replay_and_goes_with_it(at: Panes) -> None:
    wall = at.seat.panel.wall
    at.say("2", replay=ReplayStatus("playing", behind_s=5.0))
    rect = wall.pane_rect("2")
    wall.select("1")
    inside = wall.grab().toImage().pixelColor(int(rect.left()) + 1, int(rect.center().y()))
    at.say("2")
    outside = wall.grab().toImage().pixelColor(int(rect.left()) + 1, int(rect.center().y()))
    assert inside != outside
    assert inside.red() > 150
    assert inside.green() > 120


def test_that_nothing_to_replay_and_a_failed_one_are_told_in_words(at: Panes) -> None:
    at.replay.toggle_selected()
    assert at.told == []
    assert "还没有可回放" in at.seat.panel.wall.hint_words
    at.say("2", engine="vlc")
    at.replay.toggle_selected()
    assert "不能回放" in at.seat.panel.wall.hint_words
    at.say("2", replay=ReplayStatus("failed", cause_code="video.replay_failed"))
    assert at.view("2").badge
    at.replay.toggle_selected()
    assert at.told == [("end", "2")]


def test_that_one_pane_is_heard_at_most_and_shows_an_icon(at: Panes) -> None:
    at.say("2", sound=SoundStatus("starting"))
    at.sound.toggle_selected()
    at.say("2", sound=SoundStatus("playing"))
    assert at.view("2").signs == ("sound",)
    assert "正在播放声音" in at.view("2").sentence
    at.seat.panel.wall.select("5")
    at.sound.toggle_selected()
    at.say("2")
    at.say("5", sound=SoundStatus("starting"))
    assert (at.view("2").signs, at.view("5").signs) == ((), ("sound-off",))
    at.sound.toggle_selected()
    assert at.told == [("listen", "2"), ("listen", "5"), ("listen", "")]


def test_that_no_sound_is_told_once_with_its_reason(at: Panes) -> None:
    at.sound.toggle_selected()
    at.say("2", sound=SoundStatus("failed", cause_code="video.no_sound"))
    assert "没有声音" in at.seat.panel.wall.hint_words
    assert at.view("2").signs == ("sound-off",)
    at.seat.panel.wall.hint("")
    at.say("2", sound=SoundStatus("failed", cause_code="video.no_sound"), fps=25.0)
    assert at.seat.panel.wall.hint_words == ""


def test_that_a_pane_that_is_no_longer_there_is_not_heard(at: Panes) -> None:
    at.seat.panel.wall.select("9")
    at.sound.toggle_selected()
    at.seat.wall.lay_out("4")
    assert at.told == [("listen", "9"), ("listen", "")]
    at.seat.wall.put(0, at.seat.wall.arrangement.at(60))
    at.seat.panel.wall.select("1")
    assert at.seat.cameras()[0] != camera_id(0)
    QTest.keyClick(at.seat.panel.wall, Qt.Key.Key_Delete)
    at.sound.toggle_selected()
    assert at.told[2:] == []
    assert "没有摄像机" in at.seat.panel.wall.hint_words
