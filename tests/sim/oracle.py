"""The invariants of the offline-first core, checked from outside: what the centre knows against what is on the disk.

Numbers as in the reliability rules: I1 saved stays saved · I2 one outcome each, never silently gone · I3 one effect ·
I4 numbers without gaps, lanes in order · I5 bytes never change · I6 the cursor is never ahead of the rows · I7 nothing
goes backwards · I8 quiet means equal · I9 no wedge · I10 one bad operation delays nobody else · I11 nothing disappears
without a word · I12 no half snapshot. The rows of the cache are compared with the log folded up to the cache's own
cursor, which settles I6, I7, I11 and I12 in one comparison; what is shown is compared with the rows and the officer's
operations folded by the plain rules.
"""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from desktop.domain.rules import RULES_OF
from storage.cache.state import read_state
from storage.duty.tables import op_log, outbox
from storage.records import Cursor
from tests.sim.centre import Centre, Rows, fold
from tests.sim.seat import Seat

_REFUSED = frozenset({"conflict", "rejected", "discarded"})


class ViolationError(AssertionError):
    """An invariant does not hold."""


@dataclass(slots=True)
class _Mirror:
    """The log folded up to a place: what the seat's cache has to hold there."""

    epoch: str = ""
    lsn: int = 0
    rows: Rows | None = None


class Oracle:
    """Checks seats of one centre."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._mirrors: dict[str, _Mirror] = {}
        self._judged = 0
        self._last: dict[tuple[str, object], int] = {}

    def check(self, seat: Seat) -> None:
        """Check everything that has to hold at any moment between two steps."""
        if seat.quarrels:
            raise ViolationError(f"{seat.name}: {seat.quarrels[0]}")
        self._check_centre()
        ops = operations(seat)
        self._check_operations(seat, ops)
        cursor, rows, shown = cached(seat)
        if cursor is None:
            _require(not rows, f"I12 {seat.name}: rows without a cursor")
            return
        mirror = self._mirror(seat, cursor)
        assert mirror.rows is not None
        _require(rows == mirror.rows, f"I6 {seat.name}: rows at {cursor.lsn} differ: {_difference(rows, mirror.rows)}")
        if cursor.lsn >= seat.lost_from:
            seat.lost_from = 0
        if not seat.disk_refused:
            told = self._centre.histories[cursor.epoch][: cursor.lsn]
            arrived = {entry.by_op for entry in told if seat.name in entry.seats}
            self._check_shown(seat, ops, rows, shown, arrived)

    def settled(self, seat: Seat, *, all_lanes: bool) -> str:
        """Say what keeps `seat` from being quiet and equal to the centre, or ""."""
        cursor, rows, shown = cached(seat)
        if cursor is None or cursor.epoch != self._centre.epoch:
            return "no snapshot of this epoch"
        if rows != self._centre.rows(seat.name, self._centre.epoch, self._centre.head):
            return f"I8: rows at {cursor.lsn} of {self._centre.head} differ"
        lanes_held: set[tuple[str, str]] = set()
        for op in operations(seat):
            if op["table"] == "op_log":
                continue
            lane = (op["kind"], op["id"])
            if op["status"] in {"conflict", "rejected"} or (not all_lanes and _is_lethal(op["payload"])):
                lanes_held.add(lane)
            if op["status"] in {"queued", "sending", "acked"} and (lane not in lanes_held):
                return f"I8: operation {op['device_seq']} on {lane} is {op['status']}"
        if seat.disk_refused and not lanes_held and shown != {target: data for target, (_, data) in rows.items()}:
            return "I8: something is shown that nobody did"
        return ""

    def final(self, seat: Seat) -> None:
        """Check what became of everything once all is quiet and the officer has emptied the tray."""
        for op in operations(seat):
            outcome = self._centre.outcomes.get(op["op_id"])
            parked = op["status"] == "discarded" and op["code"].startswith("push.")
            where = f"{seat.name}: operation {op['device_seq']} is {op['status']} here"
            if outcome is None:
                _require(parked, f"I2 {where}, and never reached the centre")
            elif parked:
                continue
            elif outcome["status"] == "applied":
                _require(op["status"] == "acked", f"I2 {where}, and applied at the centre")
            else:
                _require(op["status"] == "discarded", f"I2 {where}, and {outcome['status']} at the centre")

    def _check_centre(self) -> None:
        centre = self._centre
        _require(not centre.altered, f"I5: {centre.altered} came with other bytes")
        for device, number, lane, _ in centre.decided[self._judged :]:
            _require(centre.effects[device, number] <= 1, f"I3: operation {number} of {device} had two effects")
            before = self._last.get((device, lane), 0)
            _require(before < number, f"I4: {device} sent {number} on {lane} after {before}")
            self._last[device, lane] = number
        self._judged = len(centre.decided)

    def _check_operations(self, seat: Seat, ops: list[dict[str, Any]]) -> None:
        numbers = [op["device_seq"] for op in ops]
        _require(numbers == list(range(1, len(ops) + 1)), f"I4 {seat.name}: numbers {numbers}")
        payloads = {op["op_id"]: op["payload"] for op in ops}
        for op_id, payload in seat.saved.items():
            _require(op_id in payloads, f"I1 {seat.name}: {op_id} was saved and is gone")
            _require(payloads[op_id] == payload, f"I5 {seat.name}: the bytes of {op_id} changed")
        for op in ops:
            outcome = self._centre.outcomes.get(op["op_id"], {}).get("status")
            if op["status"] == "acked":
                _require(outcome == "applied", f"I2 {seat.name}: {op['device_seq']} acked, the centre says {outcome}")
            if op["status"] in _REFUSED and not op["code"].startswith("push."):
                # A batch of one that is refused as a whole says nothing about an earlier attempt whose answer was lost.
                _require(outcome != "applied", f"I2 {seat.name}: {op['device_seq']} {op['status']}, and was applied")

    def _mirror(self, seat: Seat, cursor: Cursor) -> _Mirror:
        mirror = self._mirrors.setdefault(seat.name, _Mirror())
        if seat.lost_from and cursor.lsn < mirror.lsn:
            mirror.epoch = ""
        if mirror.rows is None or mirror.epoch != cursor.epoch:
            rows = self._centre.rows(seat.name, cursor.epoch, cursor.lsn)
            self._mirrors[seat.name] = mirror = _Mirror(cursor.epoch, cursor.lsn, rows)
            return mirror
        assert mirror.rows is not None
        _require(cursor.lsn >= mirror.lsn, f"I6 {seat.name}: the cursor went back from {mirror.lsn} to {cursor.lsn}")
        for entry in self._centre.histories[cursor.epoch][mirror.lsn : cursor.lsn]:
            if seat.name in entry.seats:
                fold(mirror.rows, entry)
        mirror.lsn = cursor.lsn
        return mirror

    def _check_shown(
        self,
        seat: Seat,
        ops: list[dict[str, Any]],
        rows: Rows,
        shown: dict[tuple[str, str], dict[str, Any]],
        arrived: set[str | None],
    ) -> None:
        """`arrived`: the operations whose effects the log has told up to the seat's cursor."""
        expected = {target: data for target, (_, data) in rows.items()}
        come_and_gone, waited_for = set(), set()
        for op in ops:
            target = (op["kind"], op["id"])
            if op["status"] in _REFUSED:
                continue
            if target not in expected:
                # Begun here, and not yet known there. Only the first can begin: a report has an id of its own.
                if op["table"] == "outbox" and op["verb"] == "report" and target not in waited_for:
                    expected[target] = _with(op, {})
                    if op["op_id"] in arrived:  # and was removed, before the answer is here
                        come_and_gone.add(target)
                waited_for.add(target)
                continue
            if op["table"] == "op_log" and seat.lost_from:
                continue  # a power cut took the row that had it; the next pull brings it back
            if op["op_id"] in {line.get("op_id") for line in expected[target].get("history", ())}:
                continue
            expected[target] = _with(op, expected[target])
        for target in expected.keys() | shown.keys():
            if target in come_and_gone and target not in shown:
                continue  # a seat that followed the log knows that; one that loaded a snapshot since cannot
            here, due = _gist(shown.get(target)), _gist(expected.get(target))
            _require(here == due, f"overlay {seat.name}: {target} is shown as {here}, not {due}")


def operations(seat: Seat) -> list[dict[str, Any]]:
    """All operations of a seat wherever they are, by number."""
    found: list[dict[str, Any]] = []
    with seat.store.duty._database.read() as connection:
        for table in (outbox, op_log):
            found += [{**row._mapping, "table": table.name} for row in connection.execute(select(table))]
    return sorted(found, key=_number)


def _number(op: dict[str, Any]) -> int:
    return int(op["device_seq"])


def cached(seat: Seat) -> tuple[Cursor | None, Rows, dict[tuple[str, str], dict[str, Any]]]:
    """Cursor, the centre's rows, and what is shown, in one read; what was begun here is shown and is no row."""
    with seat.store.cache._database.read() as connection:
        state = read_state(connection)
        record = state.live.record.c
        found = connection.execute(select(record.kind, record.id, record.ver, record.base, record.shown)).all()
    rows = {(row.kind, row.id): (row.ver, json.loads(row.base)) for row in found if row.ver}
    shown = {(row.kind, row.id): json.loads(row.shown or row.base) for row in found}
    return state.cursor, rows, shown


def _with(op: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    args = json.loads(op["payload"]).get("args", {})
    return RULES_OF[op["kind"]].apply(data, op["verb"], args, {"op_id": op["op_id"]})


def _gist(data: dict[str, Any] | None) -> tuple[Any, list[Any]] | None:
    if data is None:
        return None
    return data.get("state"), [line.get("op_id") for line in data.get("history", ())]


def _difference(rows: Rows, expected: Rows) -> str:
    parts = [
        f"{target}: {rows.get(target, ('none',))[0]} for {expected.get(target, ('none',))[0]}"
        for target in sorted(rows.keys() | expected.keys())
        if rows.get(target) != expected.get(target)
    ]
    return ", ".join(parts[:5])


def _is_lethal(payload: bytes) -> bool:
    return bool(json.loads(payload).get("args", {}).get("text") == "poison 500")


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ViolationError(otherwise)
