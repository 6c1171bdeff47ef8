"""Alarm views on a real wall: what comes, who waits, that nobody's keyboard is taken, and the way back."""

import json
from concurrent.futures import Future
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop.central.schema import Expect, Officer
from desktop.domain.alarm_routing import ALERT, INCIDENT, NONE, ORDER, SEAT, Routing
from desktop.domain.alarm_view import Fate
from desktop.events import Changed
from desktop.presenters.wall.alarm_views import AlarmViewsPresenter
from tests.storage.objects import cursor, order_json, upsert
from tests.wall.seat import SeatAtWall, StartSeat, camera_id
from tests.wall.test_tours import EVERYTHING, Clock, TourSeat
from widgets.wall.alarmbar import AlarmBar

CHIEF = Officer(id="off-1", name="张明", staff_no="31007", roles=["duty_chief"])
SPOT = (121.48, 31.14)  # where camera 0 hangs


class AlarmSeat:
    """A seat with alarm views; the operations it records are kept in `recorded`."""

    def __init__(self, seat: SeatAtWall) -> None:
        self.seat = seat
        self.clock = Clock()
        self.bar = AlarmBar(seat.panel)
        seat.panel.add_line(self.bar)
        self.recorded: list[tuple[str, str, str]] = []
        object.__setattr__(seat.context, "record", self._record)
        self.active: list[bool] = []
        self.alarms = AlarmViewsPresenter(
            self.bar, seat.panel.wall, seat.wall, seat.context, seat.owner, clock=self.clock, refresh_ms=20
        )
        self.alarms.active.connect(self.active.append)

    def send(self, kind: str, *objects: tuple[str, dict[str, Any]]) -> None:
        """Let the centre send objects, all in one go."""
        known = self.seat.store.cache.cursor()
        lsn = known.lsn if known is not None else 0
        changes = [
            upsert(lsn + n, object_id, json.dumps(data, ensure_ascii=False).encode(), kind=kind)
            for n, (object_id, data) in enumerate(objects, 1)
        ]
        self.seat.store.cache.apply(changes, cursor(lsn + len(changes)))
        self.alarms.on_changed(Changed(kind, frozenset(object_id for object_id, _ in objects)))

    def alert(self, object_id: str, **fields: Any) -> tuple[str, dict[str, Any]]:
        return object_id, alert(self.seat, **fields)

    def wait(self, *events: str) -> None:
        """Wait until exactly these are on the wall, gravest first."""
        self.seat.qtbot.waitUntil(lambda: [one.id for one in self.alarms.views.shown] == list(events))

    def marks(self) -> list[str]:
        """Tone of each pane's border."""
        wall = self.seat.panel.wall
        return [wall.view(pane).alarm for pane in wall.pane_names()]

    def _record(self, kind: str, object_id: str, verb: str, _args: object, expect: Expect) -> "Future[Any]":
        self.recorded.append((kind, object_id, f"{verb} {expect.state}"))
        done: Future[Any] = Future()
        done.set_result(None)
        return done


def alert(seat: SeatAtWall, near: int = 0, level: str = "red", age_s: float = 5, **fields: Any) -> dict[str, Any]:
    """An open alert beside a camera."""
    raised = seat.context.now() - timedelta(seconds=age_s)
    point = [SPOT[0] + near * 0.0005, SPOT[1] + near % 9 * 0.002]
    known = {"title": f"积水 {near}", "text": "关闭下立交", "source": f"液位计 {near}", "state": "open", "level": level}
    return {**known, "place": {"address": f"路口{near}", "point": point}, "raised_at": raised.isoformat(), **fields}


@pytest.fixture
def at(start_seat: StartSeat) -> AlarmSeat:
    seat = start_seat(officer=CHIEF)
    seat.show()
    found = AlarmSeat(seat)
    seat.qtbot.waitUntil(lambda: len(found.alarms.views.slots) == 4)
    return found


def test_that_an_alert_has_its_nearest_cameras_in_the_last_panes_with_border_icon_and_word(at: AlarmSeat) -> None:
    own = at.seat.cameras()
    at.send(ALERT, at.alert("al-1"))
    at.wait("alert/al-1")
    assert at.seat.cameras()[:5] == own[:5]
    assert at.seat.cameras()[5] == camera_id(0)
    assert at.marks() == [""] * 5 + ["red", "red", "", ""]
    view = at.seat.panel.wall.view("6")
    assert (view.badge, view.badge_mark, view.badge_tone) == ("积水 0", "triangle", "red")
    assert "积水 0" in view.sentence
    item = at.bar.view.items[0]
    assert (item.title, item.detail) == ("积水 0", "窗格 6、7 · 5s")
    assert "关闭下立交" in item.note
    assert at.active == [True]


def test_that_the_mark_stays_until_it_is_acknowledged_and_then_the_wall_is_as_it_was(at: AlarmSeat) -> None:
    wall = at.seat.panel.wall
    wall.select("7")
    wall.set_single("7")
    own = (at.seat.cameras(), wall.layout_name, wall.selected, wall.single)
    at.send(ALERT, at.alert("al-1"))
    at.wait("alert/al-1")
    assert wall.single == "", "what was brought is seen"
    at.clock.now += 3600
    at.alarms.reload()
    at.seat.qtbot.wait(150)
    assert at.marks()[5:7] == ["red", "red"]
    at.bar.acknowledged.emit("alert/al-1")
    assert at.recorded == [("alert", "al-1", "acknowledge open")]
    assert (at.seat.cameras(), wall.layout_name, wall.selected, wall.single) == own
    assert at.bar.isHidden()
    assert at.active == [True, False]


def test_that_one_acknowledged_at_another_seat_goes(at: AlarmSeat) -> None:
    at.send(ALERT, at.alert("al-1"), at.alert("al-2", near=8, level="orange"))
    at.wait("alert/al-1", "alert/al-2")
    at.send(ALERT, at.alert("al-1", state="acknowledged"))
    at.wait("alert/al-2")
    assert at.recorded == []


def test_that_nobody_loses_the_keyboard_to_an_alarm(at: AlarmSeat) -> None:
    field = QLineEdit(at.seat.panel)
    field.show()
    at.seat.panel.activateWindow()
    field.setFocus()
    at.seat.qtbot.waitUntil(field.hasFocus)
    at.send(ALERT, *(at.alert(f"al-{n}", near=n) for n in range(20)))
    at.seat.qtbot.waitUntil(lambda: bool(at.bar.view.waiting))
    QTest.keyClicks(field, "wb")
    assert field.hasFocus()
    assert field.text() == "wb"
    QTest.mouseClick(at.bar, Qt.MouseButton.LeftButton)
    at.alarms.acknowledge_first()
    assert field.hasFocus()


def test_that_a_storm_of_two_hundred_fills_four_panes_and_counts_the_others(at: AlarmSeat) -> None:
    levels = ("orange", "red")
    storm = [at.alert(f"al-{n}", near=n % 60, level=levels[n % 2], age_s=300 - n) for n in range(200)]
    for start in range(0, 200, 50):
        at.send(ALERT, *storm[start : start + 50])
    at.seat.qtbot.waitUntil(lambda: len(at.alarms.views.waiting) + len(at.alarms.views.shown) >= 60, timeout=20_000)
    cameras = at.seat.cameras()[5:]
    assert len(set(cameras)) == 4
    assert at.marks()[5:] == ["red"] * 4
    assert at.bar.view.waiting == f"还有 {len(at.alarms.views.waiting)} 条"
    told = sum(line.times for line in at.alarms.views.history if line.fate is Fate.REPEATED)
    assert told, "the same sensor twice is one thing"
    before = at.seat.cameras()
    gravest = at.alarms.views.shown[0].id
    at.alarms.acknowledge(gravest)
    after = at.seat.cameras()
    assert sum(one != other for one, other in zip(before, after, strict=True)) <= 1, "the others stay where they are"
    assert at.alarms.views.shown[0].rank == 0


def test_that_a_graver_one_takes_the_pane_of_a_lesser_who_waits_again(at: AlarmSeat) -> None:
    at.send(ALERT, *(at.alert(f"al-{n}", near=n * 9, level="orange", age_s=60 - n) for n in range(4)))
    at.wait("alert/al-0", "alert/al-1", "alert/al-2", "alert/al-3")
    at.clock.now += 10
    at.send(ALERT, at.alert("al-9", near=50))
    at.wait("alert/al-9", "alert/al-0", "alert/al-1", "alert/al-2")
    assert at.bar.view.waiting == "还有 1 条"
    assert at.marks()[5:] == ["orange", "orange", "orange", "red"]


CHIEFS: tuple[tuple[str, dict[str, Any], bool], ...] = (
    (INCIDENT, {"title": "车祸", "level": "blue", "state": "open"}, True),
    (INCIDENT, {"title": "车祸", "level": "blue", "state": "closed"}, False),
    (ORDER, {"title": "塌陷", "urgency": "critical", "state": "reported"}, True),
    (ORDER, {"title": "塌陷", "urgency": "urgent", "state": "reported"}, False),
    (ORDER, {"title": "塌陷", "urgency": "critical", "state": "closed"}, False),
    (ALERT, {"title": "积水", "level": "orange", "state": "open"}, True),
    (ALERT, {"title": "积水", "level": "yellow", "state": "open"}, False),
    (ALERT, {"title": "积水", "level": "red", "state": "acknowledged"}, False),
)
"""What may happen at a place, and whether it comes to a duty chief's wall."""


def test_that_the_chiefs_wall_takes_what_is_the_chiefs(at: AlarmSeat) -> None:
    moment = at.seat.context.now().isoformat()
    for number, (kind, data, _) in enumerate(CHIEFS):
        place = {"address": f"灵岩南路 {number} 号", "point": list(SPOT)}
        full = {**json.loads(order_json()), **data, "place": place, "opened_at": moment, "raised_at": moment}
        at.send(kind, (f"x-{number}", full))
    at.send(ALERT, at.alert("mark", near=60))
    at.seat.qtbot.waitUntil(lambda: at.alarms.views.knows("alert/mark"))
    for number, (kind, data, comes) in enumerate(CHIEFS):
        assert at.alarms.views.knows(f"{kind}/x-{number}") is comes, data


def test_that_an_incident_with_its_order_and_alert_is_one_thing(at: AlarmSeat) -> None:
    moment = at.seat.context.now().isoformat()
    place = {"address": "灵岩南路", "point": list(SPOT)}
    at.send(INCIDENT, ("i-1", {"title": "塌陷", "level": "red", "state": "open", "place": place, "opened_at": moment}))
    order = {**json.loads(order_json(urgency="critical")), "incident": "i-1", "place": place, "opened_at": moment}
    at.send(ORDER, ("wo-9", order))
    at.seat.qtbot.waitUntil(lambda: at.alarms.views.knows("work_order/wo-9"))
    assert len(at.alarms.views.shown) == 1
    at.seat.qtbot.waitUntil(lambda: "×2" in at.bar.view.items[0].detail)
    at.alarms.acknowledge_first()
    assert not at.alarms.views.shown
    assert at.recorded == [], "only alerts are acknowledged at the centre"


def test_that_what_this_seat_has_seen_does_not_come_back_after_a_restart(start_seat: StartSeat) -> None:
    first = start_seat(officer=CHIEF)
    first.show()
    at = AlarmSeat(first)
    moment = first.context.now().isoformat()
    place = {"address": "灵岩南路", "point": list(SPOT)}
    incident = {"title": "塌陷", "level": "red", "state": "open", "place": place, "opened_at": moment}
    at.send(INCIDENT, ("i-1", incident), ("i-2", {**incident, "title": "车祸"}))
    first.qtbot.waitUntil(lambda: len(at.alarms.views.shown) == 2)
    at.alarms.acknowledge("incident/i-1")
    first.worker.call(str)
    second = start_seat(officer=CHIEF)
    again = AlarmSeat(second)
    second.show()
    again.wait("incident/i-2")


def test_that_a_seat_can_be_told_to_take_other_things_or_none(at: AlarmSeat) -> None:
    at.alarms.route(Routing(NONE))
    at.send(ALERT, at.alert("al-1"))
    at.seat.qtbot.wait(150)
    assert not at.alarms.views.shown
    at.alarms.route(Routing(SEAT, {ALERT: 2, INCIDENT: -1, ORDER: -1}))
    at.send(ALERT, at.alert("al-2", near=20, level="yellow"))
    at.wait("alert/al-1", "alert/al-2")


def test_that_an_old_one_and_one_about_a_blind_camera_interrupt_nobody(at: AlarmSeat) -> None:
    at.seat.news(camera_id(5), health="offline")
    at.send(
        ALERT, at.alert("old", age_s=3600), at.alert("blind", near=30, camera=camera_id(5)), at.alert("new", near=9)
    )
    at.wait("alert/new")


def test_that_a_tour_stands_still_under_an_alarm_and_goes_on_where_it_was(at: AlarmSeat) -> None:
    touring = TourSeat(at.seat, at.clock)
    at.alarms.active.connect(touring.tours.cover)
    touring.tours.start(EVERYTHING)
    touring.pass_s(15)
    page = at.seat.cameras()
    at.send(ALERT, at.alert("al-1", near=60))
    at.wait("alert/al-1")
    touring.pass_s(60)
    assert at.seat.cameras()[:5] == page[:5]
    assert at.marks()[5] == "red"
    assert "轮巡暂停" in touring.view.note
    at.alarms.acknowledge_first()
    assert at.seat.cameras() == page
    touring.pass_s(15)
    assert touring.view.place == "3/8"


def test_that_a_wall_of_one_pane_shows_its_own_and_the_alarm_and_is_one_again(at: AlarmSeat) -> None:
    at.seat.wall.lay_out("1")
    own = at.seat.cameras()
    at.send(ALERT, at.alert("al-1", near=60))
    at.wait("alert/al-1")
    wall = at.seat.panel.wall
    assert wall.layout_name == "4"
    assert at.seat.cameras()[0] == own[0]
    assert at.marks() == ["", "", "red", "red"]
    at.alarms.acknowledge_first()
    assert (wall.layout_name, at.seat.cameras()) == ("1", own)


def test_that_a_locked_wall_of_one_pane_is_left_alone_and_the_line_says_so(at: AlarmSeat) -> None:
    at.seat.wall.lay_out("1")
    at.seat.wall.set_locked(locked=True)
    own = at.seat.cameras()
    at.send(ALERT, at.alert("al-1", near=60))
    at.wait("alert/al-1")
    assert (at.seat.panel.wall.layout_name, at.seat.cameras()) == ("1", own)
    assert at.bar.view.items[0].detail == "墙已锁定，未占窗格 · 5s"


def test_that_another_arrangement_keeps_the_alarm_in_sight(at: AlarmSeat) -> None:
    at.send(ALERT, at.alert("al-1", near=60), at.alert("al-2", near=10))
    at.wait("alert/al-1", "alert/al-2")
    at.seat.panel.layout_chosen.emit("4")
    assert at.seat.panel.wall.layout_name == "4"
    assert at.marks() == ["", "", "red", "red"]
    at.seat.panel.layout_chosen.emit("16")
    assert at.marks()[12:] == ["red"] * 4
