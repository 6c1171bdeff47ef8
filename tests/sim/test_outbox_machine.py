"""A Hypothesis state machine over outbox and overlay: the real encrypted store against a model of a few lists."""

import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desktop.domain import workflow
from desktop.sync.overlay import project
from storage.records import ChangeRecord, Cursor, OrderQuery
from storage.store import Store, open_store

KEY = bytes(range(32))
ORDERS = st.sampled_from(["o1", "o2"])
VERBS = st.sampled_from(["accept", "note", "register", "refuse", "reopen"])


@dataclass
class _Op:
    number: int
    op_id: str
    order: str
    verb: str
    status: str = "queued"
    lsn: int = 0


class OutboxMachine(RuleBasedStateMachine):
    """The officer acts, the sender takes and returns, the centre answers, the pull brings, the program dies."""

    template: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory(prefix="outbox-")
        self._dir = Path(self._folder.name) / "data"
        shutil.copytree(self.template, self._dir)
        self.store: Store = open_store(self._dir, KEY, project)
        self.ops: list[_Op] = []
        self.lsn = 2
        self.centre: dict[str, dict[str, Any]] = {o: {"state": "reported", "history": []} for o in ("o1", "o2")}
        self.cached = {o: dict(data) for o, data in self.centre.items()}
        self.cursor = 2
        self.unpulled: list[ChangeRecord] = []
        changes = [
            ChangeRecord(n, "work_order", o, 1, "upsert", _json(d)) for n, (o, d) in enumerate(self.centre.items(), 1)
        ]
        self.store.cache.apply(changes, Cursor("t2", 2, "e", "hall"))

    def teardown(self) -> None:
        self.store.close()
        self._folder.cleanup()

    @rule(order=ORDERS, verb=VERBS)
    def act(self, order: str, verb: str) -> None:
        number = len(self.ops) + 1
        op_id = f"op{number}"

        def make(_device: str, seq: int) -> bytes:
            assert seq == number
            return _json({"op_id": op_id, "verb": verb, "args": {"text": "x"}})

        self.store.duty.enqueue(make, "work_order", order, verb, op_id)
        self.store.cache.reproject("work_order", order)
        self.ops.append(_Op(number, op_id, order, verb))

    @rule()
    def take(self) -> None:
        batch = self.store.duty.next_batch()
        assert [op.op_id for op in batch] == [op.op_id for op in self._sendable()]
        self.store.duty.mark_sending([op.op_id for op in batch])
        for op in self._sendable():
            op.status = "sending"

    @rule(attempt=st.booleans())
    def give_back(self, attempt: bool) -> None:
        sending = [op for op in self.ops if op.status == "sending"]
        self.store.duty.requeue([op.op_id for op in sending], attempt)
        for op in sending:
            op.status = "queued"

    @precondition(lambda self: any(op.status == "sending" for op in self.ops))
    @rule(chance=st.randoms(use_true_random=False), refuse=st.booleans(), unheard=st.booleans())
    def answer(self, chance: Any, refuse: bool, unheard: bool) -> None:
        op = chance.choice([op for op in self.ops if op.status == "sending"])
        if refuse and not op.lsn:
            self.store.duty.settle(op.op_id, "conflict", code="workflow.state")
            self.store.cache.reproject("work_order", op.order)
            op.status = "conflict"
            return
        if not op.lsn:  # an operation that is sent again has its one effect already
            self.lsn += 1
            op.lsn = self.lsn
            line = {"op_id": op.op_id}
            self.centre[op.order] = workflow.apply(self.centre[op.order], op.verb, {"text": "x"}, line)
            ver = 1 + len(self.centre[op.order]["history"])
            data = _json(self.centre[op.order])
            self.unpulled.append(ChangeRecord(op.lsn, "work_order", op.order, ver, "upsert", data, op.op_id))
        if not unheard:
            self.store.duty.settle(op.op_id, "acked", lsn=op.lsn, ver=2)
            op.status = "acked"
            self.store.cache.reproject("work_order", op.order)

    @rule(twice=st.booleans())
    def pull(self, twice: bool) -> None:
        cursor = Cursor(f"t{self.lsn}", self.lsn, "e", "hall")
        for _ in range(2 if twice else 1):
            self.store.cache.apply(self.unpulled, cursor)
        self.unpulled, self.cursor = [], self.lsn
        self.cached = {order: dict(data) for order, data in self.centre.items()}
        covered = self.store.duty.drop_covered(self.lsn)
        gone = [op for op in self.ops if op.status == "acked" and op.lsn <= self.lsn]
        assert covered == {("work_order", op.order) for op in gone}
        for op in gone:
            op.status = "logged"
        for kind, order in covered:
            self.store.cache.reproject(kind, order)

    @precondition(lambda self: any(op.status == "conflict" for op in self.ops))
    @rule()
    def resolve(self) -> None:
        op = next(op for op in self.ops if op.status == "conflict")
        assert self.store.duty.tray()[0].op_id == op.op_id
        self.store.duty.resolve(op.op_id, "discarded", "x")
        op.status = "discarded"

    @rule()
    def die_and_come_back(self) -> None:
        self.store.close()
        self.store = open_store(self._dir, KEY, project)
        for op in self.ops:
            op.status = "queued" if op.status == "sending" else op.status

    @invariant()
    def counts_agree(self) -> None:
        counts = self.store.duty.counts()
        states = [op.status for op in self.ops]
        kept = (counts.queued, counts.sending, counts.acked, counts.unresolved)
        assert kept == tuple(map(states.count, ("queued", "sending", "acked", "conflict")))

    @invariant()
    def the_picture_is_base_and_pending(self) -> None:
        for order, base in self.cached.items():
            expected = dict(base)
            arrived = {line["op_id"] for line in base["history"]}
            for op in self.ops:
                if op.order == order and op.status in {"queued", "sending", "acked"} and op.op_id not in arrived:
                    expected = workflow.apply(expected, op.verb, {"text": "x"}, {"op_id": op.op_id})
            record = self.store.cache.get("work_order", order)
            assert record is not None
            shown = json.loads(record.data)
            assert shown["state"] == expected["state"]
            assert [line["op_id"] for line in shown["history"]] == [line["op_id"] for line in expected["history"]]
            is_open = expected["state"] in workflow.OPEN_STATES
            assert (order in self.store.cache.order_ids(OrderQuery(), 10)) == is_open

    def _sendable(self) -> list[_Op]:
        free: list[_Op] = []
        for order in ("o1", "o2"):
            lane = [op for op in self.ops if op.order == order and op.status in {"queued", "sending", "conflict"}]
            if lane and lane[0].status == "queued":
                free.append(lane[0])
        return sorted(free, key=lambda op: op.number)


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value).encode()


@pytest.mark.slow
def test_that_outbox_and_overlay_do_what_a_plain_model_does(tmp_path: Path) -> None:
    template = tmp_path / "template"
    open_store(template, KEY, project).close()
    OutboxMachine.template = template
    OutboxMachine.TestCase.settings = settings(
        max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    OutboxMachine.TestCase("runTest").runTest()
