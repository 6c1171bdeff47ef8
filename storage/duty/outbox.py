"""Operations in the outbox, the tray and the log: the statements, inside the caller's transaction.

queued ─▶ sending ─▶ acked ─▶ (covered by the cache) log
  ▲▲         │  └──▶ conflict, rejected = the tray ─▶ (resolved by the officer) log
  │└─────────┘ requeue, recover
  └── (the centre lost it: offered again) acked, in the outbox or the log
"""

import json
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, delete, func, insert, literal, select, update

from storage.duty.tables import op_log, outbox
from storage.records import Answer, OpRecord, OutboxCounts

CAP = 100_000
"""Operations that may wait; a desk that is offline for a month makes half of that."""
LOG_DAYS = 180
LOG_LEAST = 20_000
"""So many are kept however old they look: this machine's clock may be years ahead."""
OFFER_DAYS = 7
OFFER_LEAST = 1_000
"""So far back, and so many however old they look, a centre that lost the end of its log is offered what it had
acknowledged. It knows by their ids what it has."""
PENDING = ("queued", "sending", "acked")
TRAY = ("conflict", "rejected")
OUTCOMES = ("acked", *TRAY)
_ELSEWHERE = "elsewhere"

_OPERATION = [column.name for column in outbox.columns]
_ANY = select(outbox.c.op_id).limit(1)
_BY_TARGET = "INDEXED BY ix_outbox_kind_id_device_seq"


def find(connection: Connection, op_id: str) -> OpRecord | None:
    """Return the operation, wherever it is."""
    for table in (outbox, op_log):
        row = connection.execute(select(*(table.c[name] for name in _OPERATION)).where(table.c.op_id == op_id)).first()
        if row is not None:
            return _record(row)
    return None


def size(connection: Connection) -> int:
    """Return how many operations are in the outbox and the tray."""
    return int(connection.execute(select(func.count()).select_from(outbox)).scalar_one())


def add(connection: Connection, op: OpRecord) -> None:
    """Write a new operation."""
    connection.execute(insert(outbox).values({name: getattr(op, name) for name in _OPERATION}))


def pending_of(
    connection: Connection, centre: str, targets: Collection[tuple[str, str]], covered_lsn: int
) -> dict[tuple[str, str], list[OpRecord]]:
    """Return the pending operations of each target, in order, without those acked at or below `covered_lsn`."""
    if not targets or connection.execute(_ANY).first() is None:
        return {}
    wanted = func.json_each(json.dumps([list(target) for target in targets])).table_valued("value")
    kind, object_id = (func.json_extract(wanted.c.value, f"$[{place}]") for place in (0, 1))
    rows = connection.execute(
        select(outbox)
        .select_from(wanted.join(outbox, and_(outbox.c.kind == kind, outbox.c.id == object_id)))
        .with_hint(outbox, _BY_TARGET)  # else all that waits is compared with each target
        .where(_is_for(centre), _is_pending(covered_lsn))
        .order_by(outbox.c.device_seq)
    )
    found: dict[tuple[str, str], list[OpRecord]] = defaultdict(list)
    for row in rows:
        found[row.kind, row.id].append(_record(row))
    return dict(found)


def pending_targets(connection: Connection, centre: str) -> set[tuple[str, str]]:
    """Return the targets of all pending operations."""
    pending = select(outbox.c.kind, outbox.c.id).distinct().where(_is_for(centre), outbox.c.status.in_(PENDING))
    rows = connection.execute(pending)
    return {(row.kind, row.id) for row in rows}


def pending_ids(connection: Connection, op_ids: Collection[str]) -> set[str]:
    """Return those of `op_ids` that are pending."""
    statement = select(outbox.c.op_id).where(outbox.c.op_id.in_(_values(op_ids)), outbox.c.status.in_(PENDING))
    return set(connection.execute(statement).scalars())


def next_batch(
    connection: Connection,
    centre: str,
    max_ops: int,
    max_bytes: int,
    without: Collection[tuple[str, str]] = (),
) -> list[OpRecord]:
    """Return the oldest queued operation of each lane that is not held, oldest first, within both limits.

    The lanes `without` are passed over.
    """
    earlier = outbox.alias("earlier")
    blocked = select(earlier.c.device_seq).where(
        earlier.c.centre.in_((centre, "")),
        earlier.c.kind == outbox.c.kind,
        earlier.c.id == outbox.c.id,
        earlier.c.device_seq < outbox.c.device_seq,
        earlier.c.status != "acked",
    )
    rows = connection.execute(
        select(outbox)
        .where(outbox.c.status == "queued", _is_for(centre), ~blocked.exists())
        .order_by(outbox.c.device_seq)
        .limit(max_ops + len(without))
    )
    batch: list[OpRecord] = []
    size_bytes = 0
    for row in rows:
        if (row.kind, row.id) in without:
            continue
        size_bytes += len(row.payload)
        if batch and (size_bytes > max_bytes or len(batch) == max_ops):
            break
        batch.append(_record(row))
    return batch


def move(connection: Connection, op_ids: Collection[str], source: str, target: str, attempts: int = 0) -> None:
    """Set the status of those of `op_ids` that are in `source`."""
    connection.execute(
        update(outbox)
        .where(outbox.c.op_id.in_(_values(op_ids)), outbox.c.status == source)
        .values(status=target, attempts=outbox.c.attempts + attempts)
    )


def requeue_all(connection: Connection) -> int:
    """Put everything under way back into the queue; return how many."""
    moved = connection.execute(update(outbox).where(outbox.c.status == "sending").values(status="queued"))
    return int(moved.rowcount)


def settle(connection: Connection, answer: Answer) -> bool:
    """Note the centre's answer on an operation that waits for one; False if none does."""
    said = {"status": answer.status, "ack_lsn": answer.lsn, "ack_ver": answer.ver}
    done = connection.execute(
        update(outbox)
        .where(outbox.c.op_id == answer.op_id, outbox.c.status.in_(("queued", "sending")))
        .values(said | {"code": answer.code, "outcome": answer.outcome})
    )
    return bool(done.rowcount)


def drop_covered(connection: Connection, centre: str, cursor_lsn: int, now: str) -> set[tuple[str, str]]:
    """Move acked operations at or below the cursor to the log; return their targets."""
    covered = and_(_is_for(centre), outbox.c.status == "acked", outbox.c.ack_lsn <= cursor_lsn)
    targets = {(row.kind, row.id) for row in connection.execute(select(outbox.c.kind, outbox.c.id).where(covered))}
    if targets:
        over = [*(outbox.c[name] for name in _OPERATION), literal("covered"), literal(""), literal(now)]
        names = [*_OPERATION, "how", "reason", "logged_at"]
        connection.execute(insert(op_log).from_select(names, select(*over).where(covered)))
        connection.execute(delete(outbox).where(covered))
    return targets


def offer_again(connection: Connection, centre: str, above_lsn: int, now: datetime) -> set[tuple[str, str]]:
    """Queue acknowledged operations above `above_lsn` once more, from the log too if they are recent."""
    since = (now - timedelta(days=OFFER_DAYS)).isoformat(timespec="milliseconds")
    ours = op_log.c.centre.in_((centre, ""))
    recent = (op_log.c.logged_at >= since) | (op_log.c.device_seq > _newest(connection) - OFFER_LEAST)
    lost = and_(ours, op_log.c.status == "acked", op_log.c.ack_lsn > above_lsn, recent)
    shelved = connection.execute(select(*(op_log.c[name] for name in _OPERATION)).where(lost)).all()
    if shelved:
        connection.execute(insert(outbox), [row._asdict() for row in shelved])
        connection.execute(delete(op_log).where(lost))
    again = and_(_is_for(centre), outbox.c.status == "acked", outbox.c.ack_lsn > above_lsn)
    targets = connection.execute(select(outbox.c.kind, outbox.c.id).where(again)).all()
    afresh = {"status": "queued", "attempts": 0, "ack_lsn": 0, "ack_ver": 0, "code": "", "outcome": b""}
    connection.execute(update(outbox).where(again).values(afresh))
    return {(row.kind, row.id) for row in targets}


def resolve(connection: Connection, op_id: str, how: str, reason: str, now: str) -> OpRecord | None:
    """Move an operation from the tray to the log."""
    row = connection.execute(select(outbox).where(outbox.c.op_id == op_id, outbox.c.status.in_(TRAY))).first()
    if row is None:
        return None
    _log(connection, row, status="discarded", how=how, reason=reason, now=now)
    return _record(row)


def adopt(connection: Connection, centre: str) -> None:
    """Give what says nothing about its centre to `centre`."""
    for table in (outbox, op_log):
        connection.execute(update(table).where(table.c.centre == "").values(centre=centre))


def counts(connection: Connection, centre: str) -> OutboxCounts:
    """Count by status."""
    ours = case((_is_for(centre), outbox.c.status), else_=_ELSEWHERE).label("status")
    rows = connection.execute(select(ours, func.count()).select_from(outbox).group_by(ours))
    by_status: dict[str, int] = {status: number for status, number in rows}  # noqa: C416
    return OutboxCounts(
        queued=by_status.get("queued", 0),
        sending=by_status.get("sending", 0),
        acked=by_status.get("acked", 0),
        unresolved=sum(by_status.get(status, 0) for status in TRAY),
        elsewhere=by_status.get(_ELSEWHERE, 0),
    )


def unsent(connection: Connection, centre: str, limit: int) -> list[OpRecord]:
    """Return the operations that wait or are under way, oldest first."""
    waiting = outbox.c.status.in_(("queued", "sending"))
    rows = connection.execute(_in_order().where(_is_for(centre), waiting).limit(limit))
    return [_record(row) for row in rows]


def tray(connection: Connection, centre: str) -> list[OpRecord]:
    """Return what waits for the officer, oldest first."""
    rows = connection.execute(_in_order().where(_is_for(centre), outbox.c.status.in_(TRAY)))
    return [_record(row) for row in rows]


def prune_log(connection: Connection, now: datetime, days: float = LOG_DAYS, most: int = CAP) -> int:
    """Remove what was over more than `days` ago, but for the newest `LOG_LEAST`; `most` at once. Return how many."""
    until = (now - timedelta(days=days)).isoformat(timespec="milliseconds")
    old = and_(op_log.c.logged_at < until, op_log.c.device_seq <= _newest(connection) - LOG_LEAST)
    some = select(op_log.c.device_seq).where(old).order_by(op_log.c.device_seq).limit(most)
    return int(connection.execute(delete(op_log).where(op_log.c.device_seq.in_(some))).rowcount)


def _newest(connection: Connection) -> int:
    return int(connection.execute(select(func.max(op_log.c.device_seq))).scalar() or 0)


def _is_for(centre: str) -> ColumnElement[bool]:
    """What is for `centre`, and what was made before that was noted."""
    return outbox.c.centre.in_((centre, ""))


def _is_pending(covered_lsn: int) -> Any:
    waiting = outbox.c.status.in_(("queued", "sending"))
    return waiting | and_(outbox.c.status == "acked", outbox.c.ack_lsn > covered_lsn)


def _in_order() -> Select[Any]:
    return select(outbox).order_by(outbox.c.device_seq)


def _log(connection: Connection, row: Any, *, status: str, how: str, reason: str, now: str) -> None:
    operation = {name: getattr(row, name) for name in _OPERATION}
    connection.execute(
        insert(op_log).values(operation | {"status": status, "how": how, "reason": reason, "logged_at": now})
    )
    connection.execute(delete(outbox).where(outbox.c.device_seq == row.device_seq))


def _values(op_ids: Collection[str]) -> Select[Any]:
    return select(func.json_each(json.dumps(list(op_ids))).table_valued("value").c.value)


def _record(row: Any) -> OpRecord:
    return OpRecord(**{name: getattr(row, name) for name in _OPERATION})
