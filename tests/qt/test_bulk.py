"""A bulk action from the plan to the account, over a real store: what is said is what is on the disk."""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.central.schema import Officer
from desktop.presenters.context import Context
from desktop.presenters.directory import Directory
from desktop.presenters.orders.bulk import CHUNK, BulkPresenter
from desktop.presenters.orders.bulk_cases import BULK_VERBS, weigh
from desktop.presenters.orders.marks import bulk_specs
from desktop.reads import Reads
from desktop.selection import Selection
from desktop.sync.operations import Wish
from desktop.sync.overlay import project
from desktop.tasks import Tasks
from storage.errors import StorageError
from storage.records import ChangeRecord, Cursor, NewOp, OpRecord, Record
from storage.store import Store, open_store
from widgets.queue.bulk_sheet import BulkSheet

CHIEF = Officer(id="o-1", name="张伟", department="ops", roles=["duty_chief"])
LEADER = Officer(id="o-2", name="李军", department="leaders", roles=["leader"])


class Seat:
    """The sheet, its presenter and a store with orders."""

    def __init__(self, folder: Path) -> None:
        self.owner = QObject()
        self.window = QWidget()
        self.window.resize(900, 700)
        self.window.show()
        self.store: Store = open_store(folder, bytes(range(32)), project)
        self.tasks = Tasks(self.owner)
        self.reads = Reads(self.tasks)
        self.officer = CHIEF
        self.lsn = 0
        self.faults: list[Exception] = []
        self.context = Context(
            cache=self.store.cache,
            duty=self.store.duty,
            reads=self.reads,
            tasks=self.tasks,
            directory=Directory(),
            selection=Selection(self.owner),
            record=self._no_single,
            officer=lambda: self.officer,
            now=lambda: datetime(2026, 11, 22, 6, 0, tzinfo=UTC),
            keep=self._no_single,
        )
        self.sheet = BulkSheet(self.window)
        self.bulk = BulkPresenter(self.sheet, self.record_many, self.context, self.owner)
        self.finished: list[tuple[str, ...]] = []
        self.bulk.finished.connect(self.finished.append)

    def put(self, **orders: dict[str, Any]) -> None:
        """Land orders as the centre sends them."""
        changes = []
        for name, order in orders.items():
            self.lsn += 1
            data = json.dumps({"number": f"LJ-{name}", "title": "路面塌陷", **order}).encode()
            changes.append(ChangeRecord(self.lsn, "work_order", name, self.lsn, "upsert", data))
        self.store.cache.apply(changes, Cursor(f"c{self.lsn}", self.lsn, "e1", "hall"))

    def record_many(self, wishes: Sequence[Wish]) -> "Future[list[OpRecord]]":
        """Write them into the real outbox, or fail as told."""
        future: Future[list[OpRecord]] = Future()
        if self.faults:
            future.set_exception(self.faults.pop(0))
            return future
        new = [
            NewOp(_frozen(wish), wish.kind, wish.target_id, wish.verb, f"op-{wish.target_id}-{wish.verb}")
            for wish in wishes
        ]
        future.set_result(self.store.duty.enqueue_many(new))
        return future

    def words(self) -> str:
        """What the card says."""
        parts = (self.sheet._title, self.sheet._words, self.sheet._closed)
        return " ".join(part.text() for part in parts if not part.isHidden())

    def close(self) -> None:
        self.reads.close()
        self.tasks.close()
        self.store.close()
        self.window.close()

    def _no_single(self, *_args: object) -> Any:
        raise AssertionError("not asked for here")


def _frozen(wish: Wish) -> Any:
    def freeze(_device: str, _seq: int) -> bytes:
        return json.dumps({"verb": wish.verb, "args": wish.args, "state": wish.expect.state}).encode()

    return freeze


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Iterator[Seat]:
    seat = Seat(tmp_path)
    yield seat
    seat.close()


def reported(count: int) -> dict[str, dict[str, Any]]:
    return {f"w{number:03d}": {"state": "reported"} for number in range(count)}


def test_that_the_plan_says_with_how_many_and_why_not_with_the_others(qtbot: QtBot, seat: Seat) -> None:
    seat.put(a={"state": "reported"}, b={"state": "reported"}, c={"state": "handling"}, d={"state": "archived"})
    seat.bulk.begin("accept", ["a", "b", "c", "d", "gone"])
    qtbot.waitUntil(seat.sheet.isVisible)
    said = seat.words()
    assert "5 件中 2 件可以“受理”" in said
    assert said.count("1 件：") == 3
    assert all(words in said for words in ("处置", "存档", "已不在本机"))
    assert seat.sheet._go.text() == "受理 2 件"
    seat.sheet._go.click()
    qtbot.waitUntil(lambda: "已保存 2 件" in seat.words())
    assert seat.finished == [("a", "b")]
    assert {op.id: op.verb for op in seat.store.duty.unsent()} == {"a": "accept", "b": "accept"}


def test_that_two_people_are_needed_for_each_order_too(qtbot: QtBot, seat: Seat) -> None:
    asked = {"until": "2026-11-25T00:00:00+08:00", "reason": "等待材料", "asked_by": "王"}
    seat.put(
        a={"state": "handling", "extension": {**asked, "reviewer": "o-1"}},
        b={"state": "handling", "extension": {**asked, "reviewer": "o-2"}},
        c={"state": "handling", "extension": asked},
    )
    weighed = weigh(seat.store.cache, ["a", "b", "c"], LEADER)
    assert weighed.open["extend_approve"] == ("a",)
    assert {code for code, _ in weighed.closed["extend_approve"]} == {"workflow.same_person", "workflow.not_reviewed"}
    weighed = weigh(seat.store.cache, ["a", "b", "c"], None)
    assert not any(weighed.open.values())


def test_that_an_order_that_changed_meanwhile_is_left_alone(qtbot: QtBot, seat: Seat) -> None:
    seat.put(**reported(3))
    seat.bulk.begin("accept", list(reported(3)))
    qtbot.waitUntil(seat.sheet.isVisible)
    seat.put(w001={"state": "refused"})
    seat.sheet._go.click()
    qtbot.waitUntil(lambda: "已保存 2 件，未保存 1 件" in seat.words())
    assert "情况已变" in seat.words()
    assert seat.finished == [("w000", "w002")]


def test_that_a_full_disk_ends_it_and_the_account_is_true(qtbot: QtBot, seat: Seat) -> None:
    orders = reported(2 * CHUNK + 5)
    seat.put(**orders)
    seat.bulk.begin("accept", list(orders))
    qtbot.waitUntil(seat.sheet.isVisible)
    real, calls = seat.record_many, []

    def second_fails(wishes: Sequence[Wish]) -> "Future[list[OpRecord]]":
        calls.append(len(wishes))
        if len(calls) == 2:
            seat.faults.append(StorageError("storage.full"))
        return real(wishes)

    seat.bulk._record_many = second_fails
    seat.sheet._go.click()
    qtbot.waitUntil(lambda: "未保存" in seat.words())
    assert f"已保存 {CHUNK} 件，未保存 {CHUNK + 5} 件" in seat.words()
    assert calls == [CHUNK, CHUNK]
    assert seat.store.duty.counts().queued == CHUNK
    assert len(seat.finished[0]) == CHUNK


def test_that_stopping_is_heard_between_two_transactions(qtbot: QtBot, seat: Seat) -> None:
    orders = reported(3 * CHUNK)
    seat.put(**orders)
    seat.bulk.begin("accept", list(orders))
    qtbot.waitUntil(seat.sheet.isVisible)
    real = seat.record_many

    def stops(wishes: Sequence[Wish]) -> "Future[list[OpRecord]]":
        seat.sheet.stop_requested.emit()
        return real(wishes)

    seat.bulk._record_many = stops
    seat.sheet._go.click()
    qtbot.waitUntil(lambda: "未保存" in seat.words())
    assert f"已保存 {CHUNK} 件，未保存 {2 * CHUNK} 件" in seat.words()
    assert "按您的要求停止" in seat.words()


def test_that_one_reason_goes_with_each_operation(qtbot: QtBot, seat: Seat) -> None:
    seat.put(a={"state": "handling", "due": "2026-11-22T00:00:00+08:00"}, b={"state": "dispatched"})
    seat.bulk.begin("remind", ["a", "b"])
    qtbot.waitUntil(seat.sheet.isVisible)
    seat.sheet.confirmed.emit({})  # without words nothing happens
    assert seat.store.duty.counts().queued == 0
    seat.sheet.confirmed.emit({"text": "请今天办结"})
    qtbot.waitUntil(lambda: bool(seat.finished))
    payloads = [json.loads(op.payload) for op in seat.store.duty.unsent()]
    assert [payload["args"] for payload in payloads] == [{"text": "请今天办结"}] * 2
    assert [payload["state"] for payload in payloads] == ["handling", "dispatched"]


def test_that_the_bar_offers_first_what_most_wait_for(seat: Seat) -> None:
    seat.put(a={"state": "reported"}, b={"state": "reported"}, c={"state": "accepted"})
    specs = bulk_specs(weigh(seat.store.cache, ["a", "b", "c"], CHIEF))
    by_verb = {spec.verb: spec for spec in specs}
    assert by_verb["accept"].label == "受理 2/3"
    assert by_verb["remind"].label == "催办"
    assert not by_verb["archive"].enabled
    assert by_verb["archive"].reason
    assert [spec.enabled for spec in specs] == sorted((spec.enabled for spec in specs), reverse=True)
    assert {"merge", "call_back", "attach", "report"}.isdisjoint(BULK_VERBS)


def test_that_departments_stand_in_order_of_how_many_orders_they_lead(qtbot: QtBot, seat: Seat) -> None:
    names = {"d1": "建管中心", "d2": "管理办", "d3": "平安办"}
    units = [Record("department", key, 1, json.dumps({"name": name}).encode()) for key, name in names.items()]
    fields = {"m1": "d2", "m2": "d3"}
    modules = [
        Record("module", key, 1, json.dumps({"name": key, "lead_department": lead}).encode())
        for key, lead in fields.items()
    ]
    seat.context.directory.load("department", units)
    seat.context.directory.load("module", modules)
    seat.put(**{f"a{n}": {"state": "accepted", "module": "m1" if n else "m2"} for n in range(3)})
    seat.bulk.begin("dispatch", ["a0", "a1", "a2"])
    qtbot.waitUntil(seat.sheet.isVisible)
    spec = seat.bulk._spec(weigh(seat.store.cache, ["a0", "a1", "a2"], CHIEF), "dispatch")
    assert spec is not None
    offered = [(choice.id, choice.hint, choice.suggested) for choice in spec.fields[0].choices]
    assert offered == [("d2", "2 件由其牵头", True), ("d3", "1 件由其牵头", False), ("d1", "", False)]
