"""A camera's record, the fault order made of it, its trial, and the picture that goes to an order."""

import hashlib
import json
import time
from concurrent.futures import Future
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop.central.schema import Camera, Place
from desktop.domain.arrangements import EMPTY
from desktop.domain.camera_record import add_up
from desktop.errors import OpsError
from desktop.presenters.wall.camera_history import CameraHistoryPresenter, fault_draft, record_view
from desktop.presenters.wall.camera_trial import CameraTrialPresenter
from desktop.presenters.wall.commands import ATTACH
from desktop.presenters.wall.shot_attach import Offer, ShotAttacher
from desktop.presenters.wall.snapshots import SnapshotPresenter
from desktop.video.panes import PaneStatus
from desktop.video.states import PaneState
from desktop.video.trial import Step, Trial
from storage.duty.camera_days import CameraDay
from tests.wall.seat import SeatAtWall, camera_id
from widgets.neworder import OrderDraft
from widgets.wall.panes import PaneShot, PaneView
from widgets.wall.reportcard import ReportCard, ReportLine

CAMERA = Camera(
    code="31019961001320000012",
    number="012",
    name="浦三路下立交 北向",
    place=Place(address="浦三路下立交", point=[121.5, 31.15], neighbourhood="凌兆一居委"),
    health="frozen",
    health_since="2026-11-22T13:00:00+00:00",
)


def day(ago: int, seat: SeatAtWall, **seconds: Any) -> CameraDay:
    """A day so many days before the seat's today."""
    at = (seat.context.now().astimezone() - timedelta(days=ago)).date().isoformat()
    return CameraDay(camera_id(0), at, **seconds)


def line(view: Any, label: str) -> ReportLine:
    found = [one for one in view.lines if one.label == label]
    assert len(found) == 1
    return found[0]


def test_that_days_add_up_to_shares_and_nobody_is_judged_unseen() -> None:
    assert add_up([]).availability is None
    assert add_up([CameraDay("c", "2026-11-22", live_s=59)]).availability is None
    record = add_up([
        CameraDay("c", "2026-11-22", live_s=90, frozen_s=5, reconnects=1),
        CameraDay("c", "2026-11-21", lost_s=3, black_s=2, reconnects=2),
    ])  # fmt: skip
    assert (record.watched_s, record.availability, record.reconnects) == (100, 0.9, 3)


def test_that_the_record_tells_of_today_a_week_and_a_month_and_what_changed(seat: SeatAtWall) -> None:
    days = [
        day(0, seat, live_s=3000, frozen_s=600, reconnects=1, changes=(("2026-11-22T13:00:00+00:00", "frozen", ""),)),
        day(3, seat, live_s=36_000, lost_s=60, reconnects=2),
        day(20, seat, live_s=3600),
        day(40, seat, lost_s=99_999),
    ]
    view = record_view(CAMERA, days, seat.context.now())
    today = line(view, "今天")
    assert (today.value, today.tone, today.mark) == ("83.3%", "red", "triangle")
    assert today.note == "观看 1h 00m，静止 10m，重连 1 次"
    assert line(view, "近 7 天").value == "98.3%"
    assert line(view, "近 30 天").value == "98.5%"
    assert (line(view, "中心记录").value, line(view, "中心记录").tone) == ("画面静止", "yellow")
    assert view.lines[-1].value == "画面静止"
    assert "没有观看的时间不作判断" in view.words


def test_that_a_camera_never_watched_is_not_called_good(seat: SeatAtWall) -> None:
    view = record_view(CAMERA, [], seat.context.now())
    assert {line(view, label).value for label in ("今天", "近 7 天", "近 30 天")} == {"没有观看"}


def test_that_a_fault_order_says_what_where_since_when_and_how_it_did(seat: SeatAtWall) -> None:
    days = [day(1, seat, live_s=3000, frozen_s=600)]
    draft = fault_draft(CAMERA, days, "video", seat.context.now())
    assert (draft.title, draft.address, draft.module) == ("012 号摄像机画面静止", "浦三路下立交", "video")
    assert (draft.lon, draft.lat) == (121.5, 31.15)
    for words in ("31019961001320000012", "中心记录：画面静止，自", "近 7 天：观看 1h 00m，静止 10m"):
        assert words in draft.description


@pytest.fixture
def card(seat: SeatAtWall) -> ReportCard:
    return ReportCard(seat.panel)


def histories(seat: SeatAtWall, card: ReportCard) -> CameraHistoryPresenter:
    days = seat.store.camera_days.of
    return CameraHistoryPresenter(card, seat.panel.wall, seat.wall, seat.context, seat.owner, read_days=days)


def test_that_the_menu_opens_the_record_and_one_button_the_order(seat: SeatAtWall, card: ReportCard) -> None:
    history = histories(seat, card)
    seat.store.camera_days.add([day(0, seat, live_s=3600)])
    wanted: list[OrderDraft] = []
    history.order_wanted.connect(wanted.append)
    shown = PaneView("1", camera_id(0))
    history.chosen("record", shown)
    seat.qtbot.waitUntil(card.isVisible)
    assert line(card.view, "今天").value == "100.0%"
    button = card.findChild(QPushButton)
    assert button is not None
    assert button.text() == "生成故障工单"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert card.isHidden()
    assert wanted[0].title == "000 号摄像机画面异常"
    history.chosen("fault", shown)
    seat.qtbot.waitUntil(lambda: len(wanted) == 2)
    assert card.isHidden()


def test_that_a_failed_pane_offers_a_fault_order_where_the_camera_is_to_blame_and_the_officer_may(
    seat: SeatAtWall, card: ReportCard
) -> None:
    histories(seat, card)

    def offered(state: PaneState, cause: str) -> bool:
        seat.video._board.statuses["1"] = PaneStatus("1", camera_id(0), state, cause, frame_age_s=1.0)
        seat.wall.refresh()
        return "fault" in [action.key for action in seat.panel.wall.view("1").actions]

    assert offered(PaneState.BLACK, "video.black")
    assert not offered(PaneState.OFFLINE, "link.unreachable")
    assert offered(PaneState.OFFLINE, "video.unreachable")
    seat.officer = structs.replace(seat.officer, roles=["observer"])
    assert not offered(PaneState.OFFLINE, "video.unreachable")


def test_that_the_button_in_the_pane_and_its_key_open_the_order_with_what_is_seen(
    seat: SeatAtWall, card: ReportCard
) -> None:
    history = histories(seat, card)
    wanted: list[OrderDraft] = []
    history.order_wanted.connect(wanted.append)
    wall = seat.panel.wall
    since = time.monotonic() - 90
    for state, cause in ((PaneState.FROZEN, "video.frozen"), (PaneState.OFFLINE, "video.silent")):
        seat.video._board.statuses["1"] = PaneStatus("1", camera_id(0), state, cause, since=since, frame_age_s=1.0)
        seat.wall.refresh()
        wall.grab()
        place = next(place for action, place in wall._panes["1"].overlay.buttons if action.key == "fault")
        at = (place.center() + wall.pane_rect("1").topLeft()).toPoint()
        QTest.mouseClick(wall, Qt.MouseButton.LeftButton, pos=at)
        seat.qtbot.waitUntil(lambda: bool(wanted))
        QTest.mouseDClick(wall, Qt.MouseButton.LeftButton, pos=at)
        assert wall.single == ""  # whoever presses a button twice does not want the pane large
        draft = wanted[-1]
        wanted.clear()
    assert draft.title == "000 号摄像机离线"
    assert "本席所见：离线，自 14:01（摄像机没有应答）" in draft.description.replace("22:01", "14:01")
    history.report_selected()
    seat.qtbot.waitUntil(lambda: bool(wanted))
    wall.select("9")
    seat.wall.put(8, EMPTY)
    history.report_selected()
    assert wall.hint_words == "窗格里没有摄像机"


def trials(seat: SeatAtWall, card: ReportCard) -> CameraTrialPresenter:
    return CameraTrialPresenter(card, seat.panel.wall, seat.wall, seat.context, seat.owner, video=seat.video)


def trial_of(cause: str = "") -> Trial:
    status = PaneStatus(
        "trial", state=PaneState.LIVE, width=1920, height=1080, codec="h264", engine="pyav", transport="tcp"
    )
    steps = (Step(PaneState.CONNECTING, 0), Step(PaneState.BUFFERING, 40), Step(PaneState.LIVE, 310))
    if cause:
        return Trial(PaneStatus("trial"), (*steps[:1], Step(PaneState.OFFLINE, 3000, cause)), cause=cause)
    return Trial(status, steps, 310, 120, 24.8, url="rtsp://cams/012", protocol="rtsp")


def test_that_a_trial_is_told_layer_by_layer_and_copied_whole(
    seat: SeatAtWall, card: ReportCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer: Future[Trial] = Future()
    monkeypatch.setattr(seat.video, "try_camera", lambda *_args: answer)
    trial = trials(seat, card)
    trial.chosen("try", seat.panel.wall.view("1"))
    assert card.isVisible()
    assert "最长约 15 秒" in card.view.words
    answer.set_result(trial_of())
    seat.qtbot.waitUntil(lambda: card.view.words == "播放正常。")
    assert [(one.label, one.value) for one in card.view.lines] == [
        ("地址", "rtsp"), ("+0 ms", "连接中"), ("+40 ms", "已应答，等待画面"), ("+310 ms", "有画面"),
        ("首帧", "310 ms"), ("画面", "1920×1080 · 24.8 fps · h264"), ("播放", "pyav · tcp"),
    ]  # fmt: skip
    button = next(one for one in card.findChildren(QPushButton) if one.text() == "复制结果")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert '"first_picture_ms": 310' in QGuiApplication.clipboard().text()


def test_that_a_trial_that_fails_says_at_which_layer_and_why(
    seat: SeatAtWall, card: ReportCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: list[Future[Trial]] = [Future(), Future()]
    left = list(answers)
    monkeypatch.setattr(seat.video, "try_camera", lambda *_args: left.pop(0))
    trial = trials(seat, card)
    trial.chosen("try", seat.panel.wall.view("1"))
    answers[0].set_result(trial_of("video.unreachable"))
    seat.qtbot.waitUntil(lambda: len(card.view.lines) == 3)
    assert card.view.lines[0].value == "中心没有给出地址"
    assert (card.view.lines[-1].value, card.view.lines[-1].tone) == ("连不上", "red")
    card.action_chosen.emit("again")
    answers[1].set_exception(OpsError("video.trial_busy", retryable=True))
    seat.qtbot.waitUntil(lambda: not card.view.lines and "最长" not in card.view.words)


class Files:
    """Notes what is attached."""

    def __init__(self) -> None:
        self.attached: list[tuple[str, str, bytes, str]] = []

    def attach(self, kind: str, target_id: str, source: Path | bytes, name: str) -> "Future[Any]":
        assert isinstance(source, Path)
        self.attached.append((kind, target_id, source.read_bytes(), name))
        done: Future[Any] = Future()
        done.set_result(None)
        return done


def test_that_a_picture_goes_to_the_selected_order_in_two_actions_as_it_was_kept(
    seat: SeatAtWall, tmp_path: Path
) -> None:
    wall, files = seat.panel.wall, Files()
    snapshots = SnapshotPresenter(wall, tmp_path, seat.context, seat.owner)
    shots = ShotAttacher(files, seat.context, seat.owner)
    snapshots.kept.connect(shots.on_kept)
    offers: list[Offer] = []
    told: list[str] = []
    shots.offered.connect(offers.append)
    shots.told.connect(lambda words: told.append(words.title))
    shots.attach()
    assert told == ["还没有截图"]
    picture = wall.grab().toImage()
    wall.shot_requested.emit(PaneShot(wall.view("1"), picture))
    seat.qtbot.waitUntil(lambda: shots._kept is not None)
    shots.attach()
    assert told[1:] == ["没有选中工单"]
    seat.selection.select("work_order", "wo-1")
    wall.shot_requested.emit(PaneShot(wall.view("1"), picture))
    seat.qtbot.waitUntil(lambda: bool(offers))
    assert offers[0].actions[0].key == ATTACH
    shots.attach()
    seat.qtbot.waitUntil(lambda: len(offers) == 2)
    assert "已附到工单" in offers[1].words.message
    kind, order, content, name = files.attached[0]
    beside = json.loads((tmp_path / "snapshots" / name).with_suffix(".json").read_text("utf-8"))
    assert (kind, order) == ("work_order", "wo-1")
    assert hashlib.sha256(content).hexdigest() == beside["sha256"]
