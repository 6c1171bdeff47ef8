"""What the journal witnessed and the database does not have is put back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select, update

from storage.duty import outbox
from storage.duty.journal import Witnessed
from storage.duty.tables import identity, op_log
from storage.duty.tables import outbox as waiting
from storage.records import OpRecord


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of it.

    Attributes:
        ops: The operations that were put back; they are sent again, and a centre that has them says so.
        went_back: Whether the database stood before a number that was given: an older copy, or without its log.
    """

    ops: tuple[OpRecord, ...]
    went_back: bool


def replay(connection: Connection, witnessed: Witnessed) -> Replayed:
    """Put back what is missing, in the caller's transaction; no number that was given is ever given again."""
    missing = tuple(_missing(connection, sorted(witnessed.ops.values(), key=_number)))
    for op in missing:
        outbox.add(connection, replace(op, status="queued", attempts=0))
    following = connection.execute(select(identity.c.next_seq)).scalar()
    went_back = following is not None and witnessed.highest >= following
    if went_back:
        connection.execute(update(identity).values(next_seq=witnessed.highest + 1))
    return Replayed(missing, went_back)


def _missing(connection: Connection, ops: Iterable[OpRecord]) -> Iterable[OpRecord]:
    for op in ops:
        taken = any(
            connection.execute(select(table.c.device_seq).where(table.c.device_seq == op.device_seq)).first()
            for table in (waiting, op_log)
        )
        if not taken and outbox.find(connection, op.op_id) is None:
            yield op


def _number(op: OpRecord) -> int:
    return op.device_seq
