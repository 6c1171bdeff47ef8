"""What only this desk has: its operations, their fate, its identity, secrets and settings."""

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from functools import partial
from uuid import uuid4

from sqlalchemy import Table, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from storage.duty import outbox
from storage.duty.journal import Journal, Witnessed
from storage.duty.replay import Replayed, replay
from storage.duty.tables import identity, secret, setting
from storage.engine import Database
from storage.errors import StorageError
from storage.records import Answer, NewOp, OpRecord, OutboxCounts
from storage.undoing import undone_by

_CENTRE = "centre"


class Duty:
    """`duty.db`. Every write is on the disk (``synchronous=FULL``) before the call returns. Writers run on the worker.

    Every method raises `StorageError` (storage.full, .io, .corrupt, .busy) when the disk or the file gives out; then
    nothing was written.
    """

    def __init__(self, database: Database, make_room: Callable[[], bool], journal: Journal | None = None) -> None:
        """Take over an open, migrated database.

        `make_room` is asked when the disk is full, again and again while it says that it gave something up.
        With a `journal`, each operation is on the disk there as well, before it is committed here.
        """
        self._database = database
        self._journal = journal
        self._make_room = make_room
        self._device_id = self._identify()
        self._centre = self.setting(_CENTRE) or ""

    def device_id(self) -> str:
        """Return this installation's identity, made once."""
        return self._device_id

    # --- the centre in service -------------------------------------------------------------------------------------

    @property
    def centre(self) -> str:
        """The instance of the centre that this desk works with, "" before the first."""
        return self._centre

    def serve(self, centre: str) -> None:
        """Work with `centre` from now on.

        Whatever is read below is of that centre; operations for another stay where they are until it is in service
        again. What was written before anybody noted centres is adopted.
        """
        with self._database.write() as connection:
            row = upsert(setting).values(name=_CENTRE, value=centre)
            connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": centre}))
            if centre:
                outbox.adopt(connection, centre)
        self._centre = centre

    # --- the outbox ------------------------------------------------------------------------------------------------

    def enqueue(
        self,
        make: Callable[[str, int], bytes],
        kind: str,
        id: str,  # noqa: A002 - the wire's word
        verb: str,
        op_id: str,
    ) -> OpRecord:
        """Write an operation down; durable on return. ``make(device_id, device_seq)`` gives its payload.

        An `op_id` that is there already is returned as it stands, and `make` is not called: after a crash nobody knows
        whether the last click was written, and asking again must not make two of it. Numbers have no gaps: one is
        used up only together with its operation.

        Raises:
            StorageError: storage.outbox_full; storage.full only when there is no room to make any more.
        """
        return self.enqueue_many([NewOp(make, kind, id, verb, op_id)])[0]

    def enqueue_many(self, new: Sequence[NewOp]) -> list[OpRecord]:
        """As `enqueue` for many, each an operation of its own, in one transaction: all of them are written or none."""
        while True:
            try:
                return self._enqueue(new)
            except StorageError as error:
                if error.code != "storage.full" or not self._make_room():
                    raise

    def _enqueue(self, new: Sequence[NewOp]) -> list[OpRecord]:
        fresh: list[OpRecord] = []
        with undone_by(partial(self._take_back, fresh)):
            return self._write_down(new, fresh)

    def _write_down(self, new: Sequence[NewOp], fresh: list[OpRecord]) -> list[OpRecord]:
        """Write those of `new` that are not there yet; they are put into `fresh` as well."""
        ops: list[OpRecord] = []
        with self._database.write() as connection:
            room = outbox.CAP - outbox.size(connection)
            first = int(connection.execute(select(identity.c.next_seq)).scalar_one())
            for wish in new:
                op = outbox.find(connection, wish.op_id)
                if op is None:
                    if len(fresh) >= room:
                        raise StorageError("storage.outbox_full", {"cap": outbox.CAP})
                    op = self._made(wish, first + len(fresh))
                    outbox.add(connection, op)
                    fresh.append(op)
                ops.append(op)
            if fresh:
                connection.execute(identity.update().values(next_seq=first + len(fresh)))
                self._witness(fresh)
        return ops

    def _made(self, wish: NewOp, seq: int) -> OpRecord:
        payload = wish.make(self._device_id, seq)
        return OpRecord(wish.op_id, seq, wish.kind, wish.id, wish.verb, payload, created_at=_now(), centre=self._centre)

    def _witness(self, fresh: Sequence[OpRecord]) -> None:
        if self._journal is not None:
            self._journal.append(fresh)

    def _take_back(self, fresh: Sequence[OpRecord]) -> None:
        """Let the journal know that these were not written down after all."""
        if self._journal is not None and fresh:
            self._journal.take_back([op.op_id for op in fresh])

    def replay(self, witnessed: Witnessed) -> Replayed:
        """Put back what the journal witnessed and is missing here; at opening."""
        with self._database.write() as connection:
            return replay(connection, witnessed)

    def get(self, op_id: str) -> OpRecord | None:
        """Return an operation, wherever it stands: in the outbox, the tray or the log."""
        with self._database.read() as connection:
            return outbox.find(connection, op_id)

    def pending(self, kind: str, id: str) -> list[OpRecord]:  # noqa: A002
        """Return the operations that the officer sees on top of the centre's row, in order.

        Those that are queued, under way, or acked and not yet dropped by `drop_covered`; not those in the tray.
        """
        return self.pending_of([(kind, id)], -1).get((kind, id), [])

    def pending_of(
        self, targets: Collection[tuple[str, str]], covered_lsn: int
    ) -> dict[tuple[str, str], list[OpRecord]]:
        """Return `pending` of many targets, without those acked at or below `covered_lsn`."""
        with self._database.read() as connection:
            return outbox.pending_of(connection, self._centre, targets, covered_lsn)

    def pending_targets(self) -> set[tuple[str, str]]:
        """Return (kind, id) of all objects with pending operations."""
        with self._database.read() as connection:
            return outbox.pending_targets(connection, self._centre)

    def unsettled(self, op_ids: Collection[str]) -> set[str]:
        """Return those of `op_ids` that are pending."""
        with self._database.read() as connection:
            return outbox.pending_ids(connection, op_ids)

    def next_batch(
        self, max_ops: int = 50, max_bytes: int = 256 * 1024, without: Collection[tuple[str, str]] = ()
    ) -> list[OpRecord]:
        """Return what may be sent now, oldest first: at most one operation of a lane (kind, id).

        A lane with an operation under way, or one waiting in the tray, is held; other lanes go on. The first operation
        is returned whatever its size, so that one too large meets its answer instead of blocking its lane for ever.
        The lanes `without` are passed over.
        """
        with self._database.read() as connection:
            return outbox.next_batch(connection, self._centre, max_ops, max_bytes, without)

    def mark_sending(self, op_ids: Sequence[str]) -> None:
        """Note that these queued operations are under way."""
        with self._database.write() as connection:
            outbox.move(connection, op_ids, "queued", "sending")

    def requeue(self, op_ids: Sequence[str], attempt: bool) -> None:  # noqa: FBT001
        """Put operations under way back at their old place in their lane; `attempt` counts a failure."""
        with self._database.write() as connection:
            outbox.move(connection, op_ids, "sending", "queued", attempts=int(attempt))

    def settle(  # noqa: PLR0917 - as the centre's answer lists them
        self, op_id: str, status: str, lsn: int = 0, ver: int = 0, code: str = "", outcome: bytes = b""
    ) -> bool:
        """Write down what the centre said: acked, conflict or rejected. False if it had been settled before.

        An acked operation stays in the overlay until `drop_covered`; a refused one leaves it for the tray.

        Raises:
            ValueError: If `status` is none of the three.
        """
        return self.settle_many([Answer(op_id, status, lsn, ver, code, outcome)]) == 1

    def settle_many(self, answers: Sequence[Answer]) -> int:
        """As `settle` for many, in one transaction; return how many had not been settled before."""
        for answer in answers:
            if answer.status not in outbox.OUTCOMES:
                raise ValueError(f"no outcome: {answer.status!r}")
        if not answers:
            return 0
        with self._database.write() as connection:
            return sum(outbox.settle(connection, answer) for answer in answers)

    def recover(self) -> int:
        """Turn `sending` into `queued` after a crash: the same ids are sent again. Return how many."""
        with self._database.write() as connection:
            return outbox.requeue_all(connection)

    def drop_covered(self, cursor_lsn: int) -> set[tuple[str, str]]:
        """Move acked operations whose effect the cache has caught up with to the log; return their targets."""
        with self._database.write() as connection:
            return outbox.drop_covered(connection, self._centre, cursor_lsn, _now())

    def offer_again(self, above_lsn: int = -1) -> set[tuple[str, str]]:
        """Queue what the centre acknowledged above `above_lsn` in the last 7 days once more; return the targets.

        For a centre that has lost the end of its log: a backup that lags, or a restored one. The operations keep
        their ids, payloads and places in their lanes, so a centre that does have them answers ``duplicate``.
        """
        with self._database.write() as connection:
            return outbox.offer_again(connection, self._centre, above_lsn, datetime.now(UTC))

    def counts(self) -> OutboxCounts:
        """Return how many operations stand where."""
        with self._database.read() as connection:
            return outbox.counts(connection, self._centre)

    def unsent(self, limit: int = 200) -> list[OpRecord]:
        """Return the oldest `limit` operations that have not reached the centre."""
        with self._database.read() as connection:
            return outbox.unsent(connection, self._centre, limit)

    def tray(self) -> list[OpRecord]:
        """Return conflicts and rejections, oldest first."""
        with self._database.read() as connection:
            return outbox.tray(connection, self._centre)

    def resolve(self, op_id: str, how: str, reason: str) -> OpRecord | None:
        """Take an operation out of the tray into the log as discarded, with how and why; its lane goes on.

        Return it as it was in the tray, or None if it was not there.

        Raises:
            ValueError: If `how` is empty: nothing leaves the tray without somebody saying so.
        """
        if not how:
            raise ValueError("an operation leaves the tray by somebody's decision; `how` is empty")
        with self._database.write() as connection:
            return outbox.resolve(connection, op_id, how, reason, _now())

    # --- small things ----------------------------------------------------------------------------------------------

    def get_secret(self, name: str) -> str | None:
        """Return a secret such as the refresh token."""
        return self._get(secret, name)

    def set_secret(self, name: str, value: str | None) -> None:
        """Keep a secret; None forgets it."""
        self._set(secret, name, value)

    def setting(self, name: str) -> str | None:
        """Return a setting."""
        return self._get(setting, name)

    def settings_under(self, prefix: str) -> dict[str, str]:
        """Return the settings whose names begin with `prefix`, by what follows it."""
        name = setting.c.name
        with self._database.read() as connection:
            rows = connection.execute(select(name, setting.c.value).where(name.startswith(prefix, autoescape=True)))
            return {row.name[len(prefix) :]: row.value for row in rows if row.name.startswith(prefix)}

    def set_setting(self, name: str, value: str | None) -> None:
        """Keep a setting; None forgets it."""
        self._set(setting, name, value)

    def prune_log(self, days: float = outbox.LOG_DAYS, most: int = outbox.CAP) -> int:
        """Remove operations from the log that were over more than `days` ago, `most` of them; return how many.

        The newest stay whatever the clock says, for it may be wrong.
        """
        with self._database.write() as connection:
            return outbox.prune_log(connection, datetime.now(UTC), days, most)

    def _get(self, table: Table, name: str) -> str | None:
        with self._database.read() as connection:
            return connection.execute(select(table.c.value).where(table.c.name == name)).scalar()

    def _set(self, table: Table, name: str, value: str | None) -> None:
        with self._database.write() as connection:
            if value is None:
                connection.execute(delete(table).where(table.c.name == name))
            else:
                row = upsert(table).values(name=name, value=value)
                connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))

    def _identify(self) -> str:
        with self._database.write() as connection:
            found = connection.execute(select(identity.c.device_id)).scalar()
            if found is not None:
                return str(found)
            device_id = str(uuid4())
            connection.execute(insert(identity).values(one=1, device_id=device_id, next_seq=1))
        return device_id


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
