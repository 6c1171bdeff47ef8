"""The PTZ pad on a real wall: what keys send, what the lease says, and that whoever looks away has let go."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from desktop.central.schema import Officer, PtzState
from desktop.errors import OpsError
from desktop.presenters.wall.ptz import PtzPresenter
from desktop.presenters.wall.ptz_sender import PtzSender
from tests.wall.seat import SeatAtWall, StartSeat, camera_id
from tests.wall.test_tours import Clock
from widgets.wall.ptzpad import PadView, PtzPad

CHIEF = Officer(id="off-1", name="张明", staff_no="31007", roles=["duty_chief"])
CLERK = Officer(id="off-1", name="张明", staff_no="31007", roles=["grid_clerk"])
VIEW = PtzState(0.0, 0.0, 1.0)
PRESETS = [{"id": "home", "name": "守望位"}, {"id": "pump", "name": "泵站"}]


class Crane:
    """Stands for the centre: notes what it is told, and refuses what it is set to refuse."""

    def __init__(self) -> None:
        self.told: list[tuple[Any, ...]] = []
        self.refuse: OpsError | None = None
        self.gate = threading.Event()
        self.gate.set()

    def claim(self, camera: str, *, force_reason: str = "") -> str:
        self._take("claim", camera, force_reason)
        return "lease-1"

    def move(self, camera: str, lease: str, *, pan: float, tilt: float, zoom: float) -> PtzState:
        return self._take("move", camera, lease, pan, tilt, zoom)

    def stop(self, camera: str, lease: str) -> PtzState:
        return self._take("stop", camera, lease)

    def go_to(self, camera: str, lease: str, preset: str) -> PtzState:
        return self._take("go_to", camera, lease, preset)

    def release(self, camera: str) -> None:
        self._take("release", camera)

    def save_preset(self, camera: str, preset: str, name: str, view: PtzState) -> "Future[None]":
        self._take("save", camera, preset, name, view)
        done: Future[None] = Future()
        done.set_result(None)
        return done

    def verbs(self) -> list[str]:
        return [entry[0] for entry in self.told]

    def _take(self, *what: Any) -> PtzState:
        assert self.gate.wait(5)
        self.told.append(what)
        if self.refuse is not None:
            raise self.refuse
        return VIEW


class PtzSeat:
    """A seat with a pad; camera 0 in pane 1 can be moved."""

    def __init__(self, seat: SeatAtWall) -> None:
        self.seat = seat
        self.clock = Clock()
        self.crane = Crane()
        self.sender = PtzSender(self.crane)
        self.pad = PtzPad(seat.panel.wall)
        self.ptz = PtzPresenter(
            self.pad, seat.panel.wall, seat.wall, seat.context, seat.owner, sender=self.sender, clock=self.clock
        )
        seat.news(camera_id(0), ptz=True, presets=PRESETS)
        seat.wall.put_selected(camera_id(0))
        seat.qtbot.waitUntil(lambda: bool(getattr(seat.wall.camera(camera_id(0)), "ptz", False)))

    @property
    def view(self) -> PadView:
        return self.pad.view

    def end(self) -> None:
        """Let go, and end the thread."""
        self.ptz.close_pad()
        self.sender.close()

    def open(self) -> None:
        """Open the pad and have the camera."""
        assert self.ptz.open_pad("1")
        self.seat.qtbot.waitUntil(lambda: self.view.held)
        self.crane.told.clear()

    def wait_told(self, *verbs: str) -> None:
        self.seat.qtbot.waitUntil(lambda: self.crane.verbs() == list(verbs))

    def lease(self, officer: str, by: str) -> None:
        """Let the centre say whose the camera is."""
        lease = {"id": "x", "officer": officer, "by": by, "at": "2026-11-22T14:02:00+00:00"} if officer else None
        self.seat.news(camera_id(0), ptz=True, presets=PRESETS, lease=lease)


@pytest.fixture
def at(start_seat: StartSeat) -> Iterator[PtzSeat]:
    seat = start_seat(officer=CHIEF)
    seat.show()
    found = PtzSeat(seat)
    yield found
    found.crane.gate.set()
    found.end()


def test_that_a_held_key_moves_and_its_release_stops(at: PtzSeat) -> None:
    at.open()
    assert at.pad.hasFocus()
    QTest.keyPress(at.pad, Qt.Key.Key_Left)
    at.wait_told("move")
    assert at.crane.told[0] == ("move", camera_id(0), "lease-1", -0.4, 0.0, 0.0)
    at.clock.now += 0.41
    at.wait_told("move", "move")
    QTest.keyRelease(at.pad, Qt.Key.Key_Left)
    at.wait_told("move", "move", "stop")
    at.clock.now += 5
    at.seat.qtbot.wait(150)
    assert at.crane.verbs() == ["move", "move", "stop"]


def test_that_losing_the_focus_or_the_pad_stops_what_moves(at: PtzSeat) -> None:
    at.open()
    QTest.keyPress(at.pad, Qt.Key.Key_Up)
    at.wait_told("move")
    at.seat.panel.wall.setFocus()
    at.wait_told("move", "stop")
    at.pad.setFocus()
    QTest.keyPress(at.pad, Qt.Key.Key_Plus)
    at.wait_told("move", "stop", "move")
    assert at.crane.told[-1][3:] == (0.0, 0.0, 0.4)
    QTest.keyClick(at.pad, Qt.Key.Key_Escape)
    at.wait_told("move", "stop", "move", "stop", "release")
    assert at.pad.isHidden()
    assert at.seat.panel.wall.hasFocus()


def test_that_a_lost_link_lets_go_says_why_and_takes_the_next_key(at: PtzSeat) -> None:
    at.open()
    at.crane.refuse = OpsError("camera.no_link", retryable=True)
    QTest.keyPress(at.pad, Qt.Key.Key_Left)
    at.seat.qtbot.waitUntil(lambda: "没有连接" in at.view.note)
    at.crane.refuse = None
    at.clock.now += 5
    at.wait_told("move", "stop")
    QTest.keyRelease(at.pad, Qt.Key.Key_Left)
    QTest.keyPress(at.pad, Qt.Key.Key_Left)
    at.wait_told("move", "stop", "move")
    assert at.view.held


def test_that_a_stop_is_sent_after_a_move_that_is_still_under_way(at: PtzSeat) -> None:
    at.open()
    at.crane.gate.clear()
    QTest.keyClick(at.pad, Qt.Key.Key_Right)
    at.seat.qtbot.wait(50)
    at.crane.gate.set()
    at.wait_told("move", "stop")


def test_that_number_keys_go_to_presets_and_with_ctrl_keep_what_is_seen(at: PtzSeat) -> None:
    at.open()
    assert at.view.presets == ("守望位", "泵站")
    QTest.keyClick(at.pad, Qt.Key.Key_2)
    at.wait_told("go_to")
    assert at.crane.told[0][3] == "pump"
    QTest.keyClick(at.pad, Qt.Key.Key_7)
    assert "第 7 个" in at.view.note
    QTest.keyClick(at.pad, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    at.wait_told("go_to", "stop", "save")
    assert at.crane.told[-1][1:4] == (camera_id(0), "desk-3", "预置位 3")
    at.seat.qtbot.waitUntil(lambda: "已保存" in at.view.note)
    QTest.keyClick(at.pad, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    at.wait_told("go_to", "stop", "save", "stop", "save")
    assert at.crane.told[-1][2:4] == ("pump", "泵站")


def test_that_brackets_change_the_speed_of_what_is_held(at: PtzSeat) -> None:
    at.open()
    QTest.keyClick(at.pad, Qt.Key.Key_BracketRight)
    QTest.keyPress(at.pad, Qt.Key.Key_Down)
    at.wait_told("move")
    QTest.keyClick(at.pad, Qt.Key.Key_BracketLeft)
    at.wait_told("move", "move")
    assert [told[4] for told in at.crane.told] == [-0.7, -0.4]
    assert at.view.speed == 2


def test_that_the_lease_says_who_and_how_long_and_the_officer_can_wait_for_it(at: PtzSeat) -> None:
    at.crane.refuse = OpsError("camera.taken", {"by": "顾建国", "at": ""})
    at.lease("off-2", "顾建国")
    at.ptz.open_pad("1")
    at.seat.qtbot.waitUntil(lambda: "正在控制" in at.view.lease)
    assert (at.view.held, at.view.claim, at.view.force) == (False, "空出时接管", True)
    assert "顾**" in at.view.lease
    at.seat.qtbot.waitUntil(lambda: "顾建国" in at.view.note or "他人" in at.view.note or "正在控制" in at.view.note)
    QTest.keyClick(at.pad, Qt.Key.Key_Return)
    assert "空出后由您控制" in at.view.lease
    at.crane.refuse = None
    at.lease("", "")
    at.seat.qtbot.waitUntil(lambda: at.view.held)
    assert "60 秒" in at.view.lease
    at.clock.now += 20
    at.seat.qtbot.waitUntil(lambda: "40 秒" in at.view.lease)


def test_that_a_chief_takes_it_away_with_a_reason_and_a_clerk_cannot(start_seat: StartSeat, at: PtzSeat) -> None:
    at.crane.refuse = OpsError("camera.taken", {"by": "顾建国", "at": ""})
    at.lease("off-2", "顾建国")
    at.ptz.open_pad("1")
    at.seat.qtbot.waitUntil(lambda: at.view.force)
    at.seat.qtbot.waitUntil(lambda: at.crane.verbs() == ["claim"])
    button = next(one for one in at.pad.findChildren(QPushButton) if "强制" in one.text())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    reason = at.pad.findChild(QLineEdit)
    assert reason is not None
    QTest.keyClick(reason, Qt.Key.Key_Return)
    assert reason.isVisible(), "a reason is needed"
    reason.setText("积水现场")
    at.crane.refuse = None
    at.lease("", "")
    QTest.keyClick(reason, Qt.Key.Key_Return)
    at.seat.qtbot.waitUntil(lambda: ("claim", camera_id(0), "积水现场") in at.crane.told)
    at.seat.qtbot.waitUntil(lambda: at.view.held)
    at.end()
    seat = start_seat(officer=CLERK)
    seat.show()
    other = PtzSeat(seat)
    other.crane.refuse = OpsError("camera.taken", {"by": "顾建国", "at": ""})
    other.lease("off-2", "顾建国")
    other.ptz.open_pad("1")
    seat.qtbot.waitUntil(lambda: "正在控制" in other.view.lease)
    assert not other.view.force
    other.end()


def test_that_a_lease_that_went_to_somebody_else_is_told_at_once(at: PtzSeat) -> None:
    at.open()
    QTest.keyPress(at.pad, Qt.Key.Key_Left)
    at.wait_told("move")
    at.lease("off-2", "顾建国")
    at.seat.qtbot.waitUntil(lambda: not at.view.held)
    at.clock.now += 5
    at.seat.qtbot.wait(150)
    assert at.crane.verbs() == ["move"]


def test_that_a_pad_goes_with_its_camera_and_a_claim_that_comes_too_late_is_released(at: PtzSeat) -> None:
    at.crane.gate.clear()
    at.ptz.open_pad("1")
    at.seat.wall.put(0, at.seat.wall.arrangement.at(5))
    assert at.pad.isHidden()
    at.crane.gate.set()
    at.wait_told("claim", "release")


def test_that_a_camera_that_cannot_be_moved_is_refused_in_words(at: PtzSeat) -> None:
    fixed = at.seat.panel.wall.view("2")
    entry = at.ptz.entries(fixed)[0]
    assert (entry.enabled, entry.reason) == (False, "固定机位，没有云台")
    at.seat.panel.wall.select("2")
    at.ptz.open_selected()
    assert "没有云台" in at.seat.panel.wall.hint_words
    assert at.pad.isHidden()
    assert at.ptz.entries(at.seat.panel.wall.view("1"))[0].enabled
