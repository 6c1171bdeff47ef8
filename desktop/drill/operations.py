"""Receives operations: judges each by the workflow table, applies it, and remembers the answer for good."""

import hashlib
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import OperationalError

from desktop.central.schema import Officer, Op, OpResult
from desktop.domain import leases
from desktop.domain.rules import RULES_OF, Rules
from desktop.domain.sla import parse_time
from desktop.domain.workflow import APPENDING
from desktop.drill.clock import Clock
from desktop.drill.district.limits import after_verb
from desktop.drill.duplicates import mirror
from desktop.drill.intake import taken_in
from desktop.drill.sessions import Session, Sessions
from desktop.drill.store.log import Log, Writer
from desktop.drill.store.tables import outcomes

CLAIM_LIFE_S = 30
"""A claim that was made longer ago is refused: who wanted the camera then has given up."""

_log = logging.getLogger(__name__)


class OpIdReused(Exception):  # noqa: N818 - named for what happened
    """The same `op_id` came with another payload: one of the two would be lost if it were taken."""

    def __init__(self, op_id: str) -> None:
        super().__init__(op_id)
        self.op_id = op_id


def fingerprint(op: Op) -> str:
    """Return the digest by which a re-sent operation is recognised as the same one."""
    return hashlib.sha256(msgspec.json.encode(op, order="deterministic")).hexdigest()


class Operations:
    """The one door for changes that officers make."""

    def __init__(self, log: Log, sessions: Sessions, clock: Clock, *, lease_idle_s: float = leases.IDLE_S) -> None:
        self._log = log
        self._sessions = sessions
        self._clock = clock
        self._lease_idle_s = lease_idle_s

    def submit(self, session: Session, ops: Sequence[Op]) -> list[OpResult]:
        """Apply a batch, in order; each operation is a transaction of its own.

        Raises:
            OpIdReused: one of them reuses an id for something else; then none was applied.
        """
        self._refuse_reused(ops)
        held: set[tuple[str, str]] = set()
        results: list[OpResult] = []
        for op in ops:
            lane = (op.target.kind, op.target.id)
            if lane in held:
                result = OpResult(op.op_id, "dependency_missing", code="earlier_op_pending")
            elif held:  # waiting out the deadline once is enough for a batch
                result = OpResult(op.op_id, "retry", code="busy")
            else:
                result = self._try(session, op)
            if result.status == "retry":
                held.add(lane)
            results.append(result)
        return results

    def outcomes(self, op_ids: Sequence[str]) -> list[OpResult]:
        """Return what became of operations whose answer was lost; ``unknown`` for those that never came."""
        with self._log.reading() as connection:
            return [_stored(connection, op_id)[1] or OpResult(op_id, "unknown") for op_id in op_ids]

    def _refuse_reused(self, ops: Sequence[Op]) -> None:
        seen: dict[str, str] = {}
        with self._log.reading() as connection:
            for op in ops:
                mark = fingerprint(op)
                known = seen.setdefault(op.op_id, _stored(connection, op.op_id)[0] or mark)
                if known != mark:
                    raise OpIdReused(op.op_id)

    def _try(self, session: Session, op: Op) -> OpResult:
        try:
            return self._process(session, op)
        except OperationalError as fault:  # nothing happened, nothing is stored
            _log.warning("the database did not take an operation: %s", fault.orig)
            return OpResult(op.op_id, "retry", code="busy")

    def _process(self, session: Session, op: Op) -> OpResult:
        with self._log.write() as writer:
            known = _stored(writer.connection, op.op_id)[1]
            if known is not None:
                return msgspec.structs.replace(known, status="duplicate") if known.status == "applied" else known
            at = self._clock.now_text()
            result = self._decide(writer, session, op, at)
            writer.connection.execute(
                insert(outcomes).values(
                    op_id=op.op_id,
                    fingerprint=fingerprint(op),
                    received_at=at,
                    outcome=msgspec.json.encode(result).decode(),
                )
            )
            return result

    def _decide(self, writer: Writer, session: Session, op: Op, at: str) -> OpResult:
        officer, refusal = self._actor(session, op)
        rules = RULES_OF.get(op.target.kind)
        if officer is None or rules is None:
            return OpResult(op.op_id, "rejected", code=refusal or "kind_unsupported")
        stored = writer.get(op.target.kind, op.target.id)
        begins = stored is None and (op.target.kind, op.verb) == ("work_order", "report")
        if stored is None and not begins:
            return OpResult(op.op_id, "rejected", code="object_unknown")
        ver = stored.ver if stored is not None else 0
        before: dict[str, Any] = msgspec.json.decode(stored.data) if stored is not None else {}
        status, code = _judge(rules, before, op, at)
        line = self._line(officer, op, at)
        if status == "conflict":
            return _conflict(op, ver, before, code)
        if status == "applied" and op.verb in ("merge", "unmerge") and not mirror(writer, before, op, line):
            return OpResult(op.op_id, "rejected", ver=ver, code="merge_target")
        if status == "rejected":
            return OpResult(op.op_id, "rejected", ver=ver, code=code)
        after = rules.apply(before, op.verb, op.args, line)
        if op.target.kind == "work_order":
            moment = datetime.fromisoformat(at)
            after = taken_in(after, moment, writer.lsn + 1) if begins else after_verb(after, op.verb, moment)
        elif after.get("lease"):
            after["lease"]["idle_s"] = self._lease_idle_s
        entry = writer.put(op.target.kind, op.target.id, msgspec.json.encode(after).decode(), by_op=op.op_id)
        return OpResult(op.op_id, "applied", lsn=entry.lsn, ver=entry.ver)

    def _actor(self, session: Session, op: Op) -> tuple[Officer | None, str]:
        """Return who acts. A seat may deliver what another officer recorded on it before the shift changed."""
        if op.actor == session.officer.id:
            officer: Officer | None = session.officer
        elif self._sessions.has_signed_in(op.actor, session.device_id):
            officer = self._sessions.officer(op.actor)
        else:
            officer = None
        if officer is None:
            return None, "actor_unknown"
        return (officer, "") if op.role in officer.roles else (None, "role_not_held")

    def _line(self, officer: Officer, op: Op, at: str) -> dict[str, str]:
        text = str(op.args.get("text") or op.args.get("reason") or op.reason)
        if op.verb == "dispatch" and not text:
            text = f"派遣至{self._department(op)}"
        elif op.verb == "transfer":
            text = f"转至{self._department(op)}：{text}"
        elif op.verb == "attach":
            text = text or str(op.args.get("name", ""))
        return {
            "at": at,
            "actor": officer.name,
            "officer": officer.id,
            "department": officer.department,
            "text": text,
            "op_id": op.op_id,
        }

    def _department(self, op: Op) -> str:
        wanted = str(op.args.get("department"))
        department = self._log.get("department", wanted)
        return str(msgspec.json.decode(department.data).get("name", "")) if department else wanted


def _stored(connection: Connection, op_id: str) -> tuple[str | None, OpResult | None]:
    row = connection.execute(
        select(outcomes.c.fingerprint, outcomes.c.outcome).where(outcomes.c.op_id == op_id)
    ).first()
    if row is None:
        return None, None
    return row.fingerprint, msgspec.json.decode(row.outcome, type=OpResult)


def _judge(rules: Rules, before: dict[str, Any], op: Op, at: str) -> tuple[str, str]:
    """Return what becomes of an operation (applied, conflict, rejected) and the code that says why."""
    state = before.get("state", "")
    verdict = rules.judge(state, op.verb, [op.role])
    if verdict.code in ("workflow.unknown_verb", "workflow.role"):
        return "rejected", verdict.code
    seen = op.expect.state
    if not verdict.allowed or (op.verb not in APPENDING and seen and seen != state):
        return "conflict", verdict.code or "workflow.state"
    hindrance = rules.hindrance(before, op.verb, op.actor)
    if hindrance:
        return "conflict", hindrance
    if rules.missing_arguments(op.verb, op.args):
        return "rejected", "workflow.arguments"
    if op.verb == leases.CLAIM and _is_late(op, at):
        return "rejected", "claim_late"
    return "applied", ""


def _is_late(op: Op, at: str) -> bool:
    """Whether a claim waited so long on its way that nobody waits for the camera any more."""
    made = parse_time(op.est_server_time)
    return made is not None and (datetime.fromisoformat(at) - made).total_seconds() > CLAIM_LIFE_S


def _conflict(op: Op, ver: int, record: dict[str, Any], code: str) -> OpResult:
    moves = [line for line in record.get("history") or () if line.get("verb") not in APPENDING]
    last = moves[-1] if moves else {}
    holder = leases.lease_of(record)
    return OpResult(
        op.op_id,
        "conflict",
        ver=ver,
        code=code,
        current=record,
        by=holder.get("by") or last.get("actor", ""),
        at=holder.get("at") or last.get("at", ""),
    )
