"""What is in motion in the district, kept up to date from the log: the part of it that life works on."""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from desktop.domain.workflow import OPEN_STATES
from desktop.drill.store.log import Entry, Stored


class _State(msgspec.Struct, frozen=True):
    """The few fields of any record that tell whether it is in motion."""

    state: str = ""
    due: str = ""
    health: str = ""
    camera: str = ""
    retired: bool = False


@dataclass(slots=True)
class Board:
    """Open orders, alerts and incidents, and all cameras, by id. Thread-safe; readers get copies."""

    _orders: dict[str, tuple[str, str]] = field(default_factory=dict)
    _alerts: dict[str, tuple[str, str]] = field(default_factory=dict)
    _incidents: dict[str, str] = field(default_factory=dict)
    _cameras: dict[str, str] = field(default_factory=dict)
    _heard_of: set[tuple[str, str]] = field(default_factory=set)
    _filled: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def fill(self, stored: Iterable[Stored]) -> None:
        """Take in what the centre holds, once; news that came meanwhile is newer and stays."""
        for item in stored:
            with self._lock:
                if (item.kind, item.id) not in self._heard_of:
                    self._note(item.kind, item.id, item.data)
        with self._lock:
            self._filled = True
            self._heard_of.clear()

    def on_entries(self, entries: Sequence[Entry]) -> None:
        """Take in a commit."""
        with self._lock:
            for entry in entries:
                if not self._filled:
                    self._heard_of.add((entry.kind, entry.id))
                self._note(entry.kind, entry.id, entry.data)

    def orders(self) -> list[tuple[str, str, str]]:
        """Return (id, state, due) of the open orders."""
        with self._lock:
            return [(id_, state, due) for id_, (state, due) in self._orders.items()]

    def alerts(self) -> list[tuple[str, str, str]]:
        """Return (id, state, camera) of the alerts that are not closed."""
        with self._lock:
            return [(id_, state, camera) for id_, (state, camera) in self._alerts.items()]

    def incidents(self) -> list[tuple[str, str]]:
        """Return (id, state) of the incidents that are not closed."""
        with self._lock:
            return list(self._incidents.items())

    def cameras(self) -> list[tuple[str, str]]:
        """Return (id, health) of the cameras in use."""
        with self._lock:
            return list(self._cameras.items())

    def _note(self, kind: str, id_: str, data: str) -> None:
        tables: dict[str, dict[str, Any]] = {
            "work_order": self._orders,
            "alert": self._alerts,
            "incident": self._incidents,
            "camera": self._cameras,
        }
        table = tables.get(kind)
        if table is None:
            return
        table.pop(id_, None)
        if data == "null":
            return
        record = msgspec.json.decode(data, type=_State)
        if kind == "work_order" and record.state in OPEN_STATES:
            self._orders[id_] = (record.state, record.due)
        elif kind == "alert" and record.state != "closed":
            self._alerts[id_] = (record.state, record.camera)
        elif kind == "incident" and record.state != "closed":
            self._incidents[id_] = record.state
        elif kind == "camera" and not record.retired:
            self._cameras[id_] = record.health
