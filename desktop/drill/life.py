"""The district lives: orders are born, move and fall late, alerts come and go, cameras fail and return.

Everything that happens goes through the log like the work of officers. Which things happen follows from the seed; when,
from the clock on the wall.
"""

import itertools
import logging
import random
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from desktop.domain import workflow
from desktop.domain.workflow import State
from desktop.drill.board import Board
from desktop.drill.clock import Clock, stamp
from desktop.drill.district.geography import geography
from desktop.drill.district.happenings import CAMERA_ALERTS, HappeningMaker, camera_alert
from desktop.drill.district.limits import after_verb, running_due
from desktop.drill.district.orders import OrderMaker, working_limits_of
from desktop.drill.district.phrases import catalogue
from desktop.drill.district.population import order_number
from desktop.drill.store.log import Log, Writer

MAX_FAILED_CAMERAS = 16
MAX_OPEN_ALERTS = 20
MAX_OPEN_INCIDENTS = 16

PER_MINUTE: Mapping[str, float] = {
    "birth": 5.0,
    "step": 24.0,
    "note": 3.0,
    "alert": 0.8,
    "alert_change": 1.0,
    "camera_failure": 0.35,
    "camera_return": 0.4,
    "incident": 0.06,
    "incident_change": 0.08,
    "lateness": 3.0,
}
"""How often each thing happens at speed 1."""

_EAGERNESS: Mapping[str, float] = {
    State.REPORTED: 3,
    State.ACCEPTED: 3,
    State.REGISTERED: 3,
    State.DISPATCHED: 1.5,
    State.HANDLING: 0.6,
    State.VERIFYING: 1.5,
    State.RETURNED: 1,
    State.SUSPENDED: 0.3,
}
"""How soon an order in a state moves on, compared with others."""

_NEXT: Mapping[str, tuple[tuple[str, float], ...]] = {
    State.REPORTED: (("accept", 30), ("refuse", 1)),
    State.ACCEPTED: (("register", 30), ("void", 1)),
    State.REGISTERED: (("dispatch", 1),),
    State.DISPATCHED: (("handle", 30), ("return", 2)),
    State.HANDLING: (("report_back", 30), ("suspend", 1), ("return", 1)),
    State.VERIFYING: (("verify_pass", 12), ("verify_fail", 1)),
    State.RETURNED: (("dispatch", 6), ("void", 1)),
    State.SUSPENDED: (("resume", 1),),
}

_log = logging.getLogger(__name__)


class Life:
    """Lives on a thread of its own between `start` and `close`."""

    def __init__(self, log: Log, clock: Clock, *, seed: int, speed: float) -> None:
        self._store = log
        self._clock = clock
        self._speed = speed
        self._rng = random.Random(f"{seed} life")
        self._board = Board()
        self._told_late: set[tuple[str, str]] = set()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._live, name="drill-life")
        self._acts: dict[str, Callable[[Writer, datetime], None]] = {
            "birth": self._birth,
            "step": self._step,
            "note": self._note,
            "alert": self._alert,
            "alert_change": self._alert_change,
            "camera_failure": self._camera_failure,
            "camera_return": self._camera_return,
            "incident": self._incident,
            "incident_change": self._incident_change,
            "lateness": self._lateness,
        }

    def start(self) -> None:
        """Begin to live."""
        self._store.listen(self._board.on_entries)
        self._thread.start()

    def close(self) -> None:
        """Stop; returns when the thread is gone, 5 s at the latest (one happening takes milliseconds)."""
        self._ended.set()
        self._thread.join(5.0)

    def _live(self) -> None:
        ground = geography()
        self._topics = {topic.text.category[2]: topic for topic in catalogue()}
        self._orders = OrderMaker(self._rng, ground, catalogue())
        self._happenings = HappeningMaker(self._rng, ground, self._orders)
        kinds = ("work_order", "alert", "incident", "camera")
        self._board.fill(itertools.chain.from_iterable(map(self._store.of_kind, kinds)))
        now = stamp(self._clock.now())
        self._told_late = {(id_, due) for id_, _, due in self._board.orders() if due and due < now}
        names, rates = list(PER_MINUTE), list(PER_MINUTE.values())
        pause = self._rng.expovariate
        while not self._ended.wait(pause(sum(rates) * self._speed / 60)):
            act = self._rng.choices(names, rates)[0]
            try:
                with self._store.write() as writer:
                    self._acts[act](writer, self._clock.now())
            except Exception:  # noqa: BLE001 - a thread's main loop: one mishap must not end the life of the district
                _log.exception("what should have happened (%s) did not", act)

    # --- orders ------------------------------------------------------------------------------------------------

    def _birth(self, writer: Writer, now: datetime) -> None:
        topic = self._orders.topic()
        order = self._orders.born(now, topic, self._orders.spot(topic))
        order |= {"number": order_number(now, writer.lsn + 1), "limits": working_limits_of(topic, now)}
        order["due"] = running_due(order)
        _put(writer, "work_order", f"wo-n{writer.lsn + 1}", order)

    def _step(self, writer: Writer, now: datetime) -> None:
        orders = [(id_, state) for id_, state, _ in self._board.orders() if state in _NEXT]
        if not orders:
            return
        id_, state = self._rng.choices(orders, [_EAGERNESS[state] for _, state in orders])[0]
        verbs = _NEXT[state]
        verb = self._rng.choices([name for name, _ in verbs], [weight for _, weight in verbs])[0]
        self._move(writer, id_, verb, now)

    def _note(self, writer: Writer, now: datetime) -> None:
        orders = self._board.orders()
        if orders:
            self._move(writer, self._rng.choice(orders)[0], "note", now)

    def _move(self, writer: Writer, id_: str, verb: str, now: datetime) -> None:
        order = _get(writer, "work_order", id_)
        if order is None or (verb != "note" and order.get("state") not in workflow.RULES[verb].sources):
            return
        if workflow.hindrance(order, verb, ""):
            return  # it waits for people to decide
        topic = self._topics.get((order.get("category") or {}).get("fine", ""))
        after = self._orders.step(order, verb, now, topic)
        _put(writer, "work_order", id_, after_verb(after, verb, now))

    def _lateness(self, writer: Writer, now: datetime) -> None:
        """Add a line by the system to one order that has just fallen late."""
        moment = stamp(now)
        for id_, _, due in self._board.orders():
            if due and due < moment and (id_, due) not in self._told_late:
                self._told_late.add((id_, due))
                order = _get(writer, "work_order", id_)
                if order is not None:
                    line = {"at": moment, "actor": "系统", "department": "", "text": "已超期，已提醒责任部门"}
                    _put(writer, "work_order", id_, workflow.apply(order, "note", {}, line))
                return

    # --- alerts and incidents ----------------------------------------------------------------------------------

    def _alert(self, writer: Writer, now: datetime) -> None:
        if sum(state == "open" for _, state, _ in self._board.alerts()) < MAX_OPEN_ALERTS:
            _put(writer, "alert", f"al-n{writer.lsn + 1}", self._happenings.alert(now))

    def _alert_change(self, writer: Writer, now: datetime) -> None:
        """Let one alert go on: a device repeats itself or recovers, what was acknowledged is closed."""
        alerts = [(id_, state) for id_, state, camera in self._board.alerts() if not camera]
        if not alerts:
            return
        id_, state = self._rng.choice(alerts)
        alert = _get(writer, "alert", id_)
        if alert is None:
            return
        if state == "open" and self._rng.random() < 0.3:
            alert["count"] = alert.get("count", 1) + 1
        else:
            following = {"open": "recovered", "acknowledged": "handled"}
            alert["state"] = following.get(state, "closed")
        alert["updated_at"] = stamp(now)
        _put(writer, "alert", id_, alert)

    def _incident(self, writer: Writer, now: datetime) -> None:
        if len(self._board.incidents()) < MAX_OPEN_INCIDENTS:
            incident, order = self._happenings.outbreak(now)
            order_id, incident_id = f"wo-n{writer.lsn + 1}", f"inc-n{writer.lsn + 2}"
            order |= {"number": order_number(now, writer.lsn + 1), "incident": incident_id}
            _put(writer, "work_order", order_id, order)
            _put(writer, "incident", incident_id, incident | {"orders": [order_id]})

    def _incident_change(self, writer: Writer, now: datetime) -> None:
        incidents = self._board.incidents()
        if not incidents:
            return
        id_, state = self._rng.choice(incidents)
        incident = _get(writer, "incident", id_)
        if incident is None:
            return
        incident["updated_at"] = stamp(now)
        if state == "open":
            incident["state"] = "handling"
        else:
            incident |= {"state": "closed", "closed_at": stamp(now)}
        _put(writer, "incident", id_, incident)

    # --- cameras -----------------------------------------------------------------------------------------------

    def _camera_failure(self, writer: Writer, now: datetime) -> None:
        cameras = self._board.cameras()
        online = [id_ for id_, health in cameras if health == "online"]
        if not online or len(cameras) - len(online) >= MAX_FAILED_CAMERAS:
            return
        code = self._rng.choice(online)
        health = self._rng.choices(list(CAMERA_ALERTS), (5, 3, 2))[0]
        camera = self._set_health(writer, code, health, now)
        if camera is not None:
            _put(writer, "alert", f"al-n{writer.lsn + 1}", camera_alert(code, camera))

    def _camera_return(self, writer: Writer, now: datetime) -> None:
        failed = [id_ for id_, health in self._board.cameras() if health in CAMERA_ALERTS]
        if not failed:
            return
        code = self._rng.choice(failed)
        self._set_health(writer, code, "online", now)
        for id_, state, camera in self._board.alerts():
            if camera == code and state == "open" and (alert := _get(writer, "alert", id_)) is not None:
                _put(writer, "alert", id_, alert | {"state": "recovered", "updated_at": stamp(now)})

    def _set_health(self, writer: Writer, code: str, health: str, now: datetime) -> dict[str, Any] | None:
        camera = _get(writer, "camera", code)
        if camera is not None:
            camera |= {"health": health, "health_since": stamp(now)}
            _put(writer, "camera", code, camera)
        return camera


def _get(writer: Writer, kind: str, id_: str) -> dict[str, Any] | None:
    stored = writer.get(kind, id_)
    if stored is None:
        return None
    record: dict[str, Any] = msgspec.json.decode(stored.data)
    return record


def _put(writer: Writer, kind: str, id_: str, record: dict[str, Any]) -> None:
    writer.put(kind, id_, msgspec.json.encode(record).decode())
