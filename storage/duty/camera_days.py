"""How each camera did, day by day, as this desk saw it; a month of it is kept."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.duty.tables import camera_day
from storage.engine import Database

KEPT_DAYS = 31
CHANGES_KEPT = 20


@dataclass(frozen=True, slots=True)
class CameraDay:
    """One camera on one day.

    Attributes:
        camera_id: The camera.
        day: ISO date of the desk's own calendar.
        live_s: Seconds with pictures that differ.
        frozen_s: Seconds with pictures that were always the same.
        black_s: Seconds with pictures on which nothing was to be seen.
        lost_s: Seconds without pictures, by the camera's fault.
        reconnects: How often it came back.
        changes: The newest changes of its state, oldest first: RFC 3339 time, state, fault code or "".
    """

    camera_id: str
    day: str
    live_s: float = 0.0
    frozen_s: float = 0.0
    black_s: float = 0.0
    lost_s: float = 0.0
    reconnects: int = 0
    changes: tuple[tuple[str, str, str], ...] = ()

    @property
    def watched_s(self) -> float:
        """Seconds for which it was to be seen on the wall."""
        return self.live_s + self.frozen_s + self.black_s + self.lost_s


class CameraDays:
    """The table; `add` runs on the storage worker. Every method raises `StorageError` when disk or file give out."""

    def __init__(self, database: Database) -> None:
        """Take over `duty.db`, open and migrated."""
        self._database = database

    def add(self, news: Sequence[CameraDay]) -> None:
        """Add what was seen since the last time to what is kept; days that are over a month old go."""
        if not news:
            return
        oldest = date.fromisoformat(max(row.day for row in news)) - timedelta(days=KEPT_DAYS - 1)
        with self._database.write() as connection:
            for row in news:
                _add(connection, row)
            connection.execute(delete(camera_day).where(camera_day.c.day < oldest.isoformat()))

    def of(self, camera_id: str) -> list[CameraDay]:
        """Return a camera's days, the newest first."""
        days = select(camera_day).where(camera_day.c.camera_id == camera_id).order_by(camera_day.c.day.desc())
        with self._database.read() as connection:
            rows = connection.execute(days).mappings().all()
        return [CameraDay(**{**row, "changes": _changes(row["changes"])}) for row in rows]


def _add(connection: Connection, row: CameraDay) -> None:
    table = camera_day.c
    here = (table.camera_id == row.camera_id) & (table.day == row.day)
    known = _changes(connection.execute(select(table.changes).where(here)).scalar() or "[]")
    changes = json.dumps((*known, *row.changes)[-CHANGES_KEPT:], ensure_ascii=False)
    counts = {name: getattr(row, name) for name in ("live_s", "frozen_s", "black_s", "lost_s", "reconnects")}
    insert = upsert(camera_day).values(camera_id=row.camera_id, day=row.day, changes=changes, **counts)
    sums = {name: camera_day.c[name] + value for name, value in counts.items()}
    connection.execute(
        insert.on_conflict_do_update(index_elements=["camera_id", "day"], set_={**sums, "changes": changes})
    )


def _changes(text: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((at, state, cause) for at, state, cause in json.loads(text))
