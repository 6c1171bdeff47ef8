"""Known bugs of programs like this one, each as the smallest change of our text that brings it back."""

from dataclasses import dataclass

SHIFTS = ("-m", "tests.sim.run", "--seeds", "60", "--steps", "20", "--until-failure")
_PYTEST = ("-m", "pytest", "-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider")
STORED_OVERLAY = (*_PYTEST, "tests/storage/test_overlay.py")
FAULTS_AT_N = (*_PYTEST, "tests/sim/test_fault_at_n.py")
OUTCOMES = (*_PYTEST, "tests/sync/test_send_outcomes.py", "-m", "not real")
OPERATIONS = (*_PYTEST, "tests/storage/test_duty.py")
SHOWN_OVERLAY = (*_PYTEST, "tests/sync/test_overlay.py")
PANES = (*_PYTEST, "tests/video/test_states.py", "tests/video/test_servers.py", "tests/video/test_history.py")
RINGS = (*_PYTEST, "tests/video/test_ring.py")


@dataclass(frozen=True, slots=True)
class Bug:
    """A bug to plant: in `file`, `sound` becomes `broken`; the command `caught_by` has to notice."""

    name: str
    file: str
    sound: str
    broken: str
    caught_by: tuple[str, ...] = SHIFTS


BUGS = (
    Bug(
        "the cursor is saved before the data",
        "storage/cache/cache.py",
        "                write_cursor(connection, cursor)\n            lsn, orders =",
        "                write_cursor(connection, cursor)\n"
        "        with self._shelves.write() as connection:\n            lsn, orders =",
        FAULTS_AT_N,
    ),
    Bug(
        "an operation that the centre refuses as a whole is dropped",
        "desktop/sync/sender.py",
        '"rejected", code=fault.code',
        '"applied", code=fault.code',
    ),
    Bug(
        "failed operations go to the back of one queue for all objects",
        "storage/duty/outbox.py",
        '        .where(outbox.c.status == "queued", _is_for(centre), ~blocked.exists())\n'
        "        .order_by(outbox.c.device_seq)",
        '        .where(outbox.c.status == "queued", _is_for(centre))\n'
        "        .order_by(outbox.c.attempts, outbox.c.device_seq.desc())",
    ),
    Bug(
        "the overlay is dropped when the answer comes, before the row does",
        "storage/duty/outbox.py",
        '    return waiting | and_(outbox.c.status == "acked", outbox.c.ack_lsn > covered_lsn)',
        "    return waiting",
    ),
    Bug(
        "all that waits is compared with each object of a page",
        "storage/duty/outbox.py",
        "        .with_hint(outbox, _BY_TARGET)  # else all that waits is compared with each target\n",
        "",
        OPERATIONS,
    ),
    Bug(
        "numbers are given again once an operation is over",
        "storage/duty/duty.py",
        "            first = int(connection.execute(select(identity.c.next_seq)).scalar_one())",
        "            first = 1 + outbox.size(connection)",
    ),
    Bug(
        "the older version wins",
        "storage/cache/apply.py",
        "    return (change.ver, change.lsn) > (fate.ver, fate.lsn)",
        "    return (change.ver, change.lsn) < (fate.ver, fate.lsn)",
    ),
    Bug(
        "revocations are ignored",
        "desktop/sync/records.py",
        "            good.append(_change(text))",
        '            good.extend(change for change in [_change(text)] if change.op != "revoke")',
    ),
    Bug(
        "deletions are ignored",
        "desktop/sync/records.py",
        "            good.append(_change(text))",
        '            good.extend(change for change in [_change(text)] if change.op != "delete")',
    ),
    Bug(
        "what could not be sent counts as sent",
        "storage/duty/duty.py",
        'outbox.move(connection, op_ids, "sending", "queued", attempts=int(attempt))',
        'outbox.move(connection, op_ids, "sending", "acked", attempts=int(attempt))',
    ),
    Bug(
        "a second attempt has a new id",
        "desktop/sync/sender.py",
        "[op.payload for op in batch]",
        '[op.payload.replace(b"op-", b"op-" + b"again-" * op.attempts, 1) for op in batch]',
    ),
    Bug(
        "what was under way when the program died stays under way",
        "storage/duty/outbox.py",
        'update(outbox).where(outbox.c.status == "sending").values(status="queued")',
        'update(outbox).where(outbox.c.status == "nothing").values(status="queued")',
    ),
    Bug(
        "what was under way when the program died is forgotten",
        "storage/duty/outbox.py",
        'update(outbox).where(outbox.c.status == "sending").values(status="queued")',
        'delete(outbox).where(outbox.c.status == "sending")',
    ),
    Bug(
        "a gap in the stream is overlooked",
        "desktop/sync/puller.py",
        "if record is None or change.prev_lsn != position:",
        "if record is None:",
    ),
    Bug(
        "a new snapshot hides what is pending",
        "storage/cache/snapshot.py",
        "self._overlay.reproject(connection, shelf, self._overlay.stale(connection, shelf), cursor.lsn)",
        "pass",
        STORED_OVERLAY,
    ),
    Bug(
        "what was begun here is missing at the centre, and goes",
        "storage/cache/cache.py",
        "                if (ver, lsn) == BEGUN_HERE:\n                    continue\n",
        "",
        STORED_OVERLAY,
    ),
    Bug(
        "what waits for an object that is removed goes with it",
        "storage/cache/apply.py",
        "    late |= overlay.waited_for(connection, gone, lsn)\n",
        "",
        STORED_OVERLAY,
    ),
    Bug(
        "an effect that came with the row is shown a second time",
        "desktop/sync/overlay.py",
        'if op.get("op_id") in arrived:',
        'if op.get("op_id") == "":',
        SHOWN_OVERLAY,
    ),
    Bug(
        "operations count as covered before the row is here",
        "storage/duty/outbox.py",
        'outbox.c.status == "acked", outbox.c.ack_lsn <= cursor_lsn',
        'outbox.c.status == "acked", outbox.c.ack_lsn <= cursor_lsn + 3',
    ),
    Bug(
        "one refused operation blocks all objects",
        "storage/duty/outbox.py",
        "        earlier.c.kind == outbox.c.kind,\n        earlier.c.id == outbox.c.id,\n"
        "        earlier.c.device_seq < outbox.c.device_seq,",
        "        earlier.c.device_seq < outbox.c.device_seq,",
    ),
    Bug(
        "a refused write leaves the batch under way",
        "desktop/sync/sender.py",
        "        if self._broken_off:\n",
        "        if self._broken_off and self._stopping:\n",
    ),
    Bug(
        "operations on an object that the centre deletes are thrown away",
        "desktop/sync/landing.py",
        "        applied = self._cache.apply(changes, cursor)\n",
        "        applied = self._cache.apply(changes, cursor)\n"
        "        gone = [change for change in changes if change.op == 'delete']\n"
        "        for op in (op for change in gone for op in self._duty.pending(change.kind, change.id)):\n"
        "            self._duty.settle(op.op_id, 'rejected')\n"
        "            self._duty.resolve(op.op_id, 'gone', '')\n",
    ),
    Bug(
        "the outbox is emptied when everything is loaded anew",
        "desktop/sync/snapshot.py",
        "    def _begin(self, under_way: _UnderWay) -> None:\n",
        "    def _begin(self, under_way: _UnderWay) -> None:\n"
        "        for op in self._duty.unsent():\n"
        "            self._duty.settle(op.op_id, 'acked')\n",
    ),
    Bug(
        "operations go to whichever centre answers",
        "storage/duty/outbox.py",
        '    return outbox.c.centre.in_((centre, ""))',
        '    return outbox.c.centre.in_((centre, "")) | (outbox.c.centre != "")',
        OPERATIONS,
    ),
    Bug(
        "the time a centre asks for shrinks to nothing",
        "desktop/sync/backoff.py",
        "            return retry_after_s + self._uniform(0.0, max(FLOOR_S, retry_after_s / 2))",
        "            return self._uniform(0.0, retry_after_s)",
        OUTCOMES,
    ),
    Bug(
        "a connection ends the back-off, pictures or not",
        "desktop/video/states.py",
        "            reading = _enter(reading, PaneState.BUFFERING, now)",
        "            reading = replace(_enter(reading, PaneState.BUFFERING, now), failures=0)",
        PANES,
    ),
    Bug(
        "a camera that the centre calls offline is called unsupported",
        "desktop/video/states.py",
        "        state=PaneState.OFFLINE if event.blameless else state_of(event.code),",
        "        state=PaneState.UNSUPPORTED if not event.retryable else state_of(event.code),",
        PANES,
    ),
    Bug(
        "every camera of a dead server makes the pause of all longer",
        "desktop/video/servers.py",
        "        if found.scout == slot or now >= found.next_try_at:",
        "        if True:",
        PANES,
    ),
    Bug(
        "a pause in our own watching is held against the camera",
        "desktop/video/states.py",
        "    silence_s = now - max(reading.picture_at, event.watched_from)",
        "    silence_s = now - reading.picture_at",
        PANES,
    ),
    Bug(
        "the time for which the desk slept is counted as the camera's",
        "desktop/video/history.py",
        "        if passed_s > _LONGEST_LOOK_S:",
        "        if passed_s < 0:",
        PANES,
    ),
    Bug(
        "what is kept for replays grows without end when no key frame comes",
        "desktop/video/engines/ring.py",
        "            while self.size_bytes > RING_BYTES and self._drop_group():\n                pass\n",
        "",
        RINGS,
    ),
)
