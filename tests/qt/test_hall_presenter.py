"""Seats of a hall that show each other things."""

from collections.abc import Iterator
from concurrent.futures import Future
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.errors import OpsError
from desktop.events import HallFocus
from desktop.presenters.context import Context
from desktop.presenters.hall import HallPresenter
from desktop.reads import Reads
from desktop.selection import Selection
from desktop.tasks import Tasks
from storage.records import Record

ORDERS = {("work_order", "wo-1"): '{"number": "LJ26112200001", "title": "下立交积水"}'.encode()}


class Cache:
    def get(self, kind: str, object_id: str) -> Record | None:
        data = ORDERS.get((kind, object_id))
        return Record(kind, object_id, 1, data) if data is not None else None


class Desk:
    def __init__(self) -> None:
        self.owner = QObject()
        self.tasks = Tasks(self.owner)
        self.reads = Reads(self.tasks)
        self.selection = Selection(self.owner)
        self.wishes: list[tuple[str, str]] = []
        self.answer: Future[None] = Future()
        context = SimpleNamespace(tasks=self.tasks, reads=self.reads, selection=self.selection, cache=Cache())
        self.hall = HallPresenter(self.show, "desk-1", cast("Context", context), self.owner)

    def show(self, kind: str, object_id: str) -> "Future[None]":
        self.wishes.append((kind, object_id))
        return self.answer


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk()
    yield made
    made.reads.close()
    made.tasks.close()


def test_that_what_is_selected_is_asked_for_and_the_officer_is_told(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.hall.told) as nothing:
        desk.hall.ask()
    assert nothing.args[0].title == "没有选中对象"
    desk.selection.select("incident", "inc-1")
    with qtbot.waitSignal(desk.hall.told) as shown:
        desk.hall.ask()
        desk.answer.set_result(None)
    assert desk.wishes == [("incident", "inc-1")]
    assert shown.args[0].title == "已请大屏显示"


def test_that_a_refusal_is_told_in_its_own_words(desk: Desk, qtbot: QtBot) -> None:
    desk.selection.select("incident", "inc-1")
    desk.answer.set_exception(OpsError("hall.nothing_to_show"))
    with qtbot.waitSignal(desk.hall.told) as refused:
        desk.hall.ask()
    assert refused.args[0].title == "大屏上没有可显示的"


def test_that_another_seats_wish_is_offered_and_takes_no_selection_away(desk: Desk, qtbot: QtBot) -> None:
    desk.selection.select("camera", "c-1")
    with qtbot.waitSignal(desk.hall.offered) as offered:
        desk.hall.on_focus(HallFocus("work_order", "wo-1", (), "张伟", "desk-2", ""))
    offer = offered.args[0]
    assert offer.words.title == "张伟 请看：LJ26112200001 下立交积水"
    assert desk.selection.selected.id == "c-1"
    assert not desk.hall.take("overview")
    assert desk.hall.take(offer.actions[0].key)
    assert (desk.selection.selected.kind, desk.selection.selected.id) == ("work_order", "wo-1")


def test_that_ones_own_wish_is_not_offered_back_and_an_unknown_object_by_its_id(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.hall.offered) as offered:
        desk.hall.on_focus(HallFocus("work_order", "wo-1", (), "张伟", "desk-1", ""))
        desk.hall.on_focus(HallFocus("plan", "p-9", (), "陆晓敏", "desk-2", ""))
    assert offered.args[0].words.title == "陆晓敏 请看：p-9"
