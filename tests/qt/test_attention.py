"""Attention: what is heard and seen when something comes in, and that it never takes the officer's hands away."""

import importlib.util
import json
import os
import stat
import wave
from collections.abc import Iterator
from concurrent.futures import Future
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.attention import Call
from desktop.domain.sla import parse_time
from desktop.events import Changed
from desktop.presenters.attention import AttentionPresenter, Means, read_wishes, rules
from desktop.presenters.context import Context
from desktop.presenters.directory import Directory
from desktop.reads import Reads
from desktop.selection import Selection
from desktop.sound import Loudspeaker
from desktop.sync.overlay import project
from desktop.tasks import Tasks
from resources import resource_path
from storage.records import ChangeRecord, Cursor
from storage.store import Store, open_store
from widgets.attention.flash import EdgeFlash
from widgets.attention.notifier import Notifier
from widgets.attention.page import AttentionPage, AttentionView
from widgets.tickbox import TickBox
from widgets.topbar import TopBar

ROOT = Path(__file__).parents[2]
NOW = parse_time("2026-11-22T14:00:00+08:00")


def _player(folder: Path, name: str, script: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def players(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


def test_that_a_sound_is_played_by_the_first_player_that_can(players: Path) -> None:
    _player(players, "wf-broken", "exit 1")
    _player(players, "wf-plays", f'echo "$1 $2" > {players}/heard')
    speaker = Loudspeaker((("wf-none",), ("wf-broken",), ("wf-plays", "-q")))
    assert speaker.heard is None
    assert speaker.play(Path("red.wav"))
    speaker.close()
    assert (players / "heard").read_text(encoding="utf-8").strip() == "-q red.wav"
    assert speaker.heard


def test_that_a_machine_without_sound_is_known_after_the_first_try(players: Path) -> None:
    _player(players, "wf-broken", "exit 1")
    speaker = Loudspeaker((("wf-broken",),))
    assert speaker.play(Path("red.wav"))
    speaker._thread.shutdown(wait=True)
    assert speaker.heard is False
    assert not speaker.play(Path("red.wav"))


def test_that_a_machine_without_players_is_known_at_once() -> None:
    speaker = Loudspeaker((("wf-none",),))
    assert speaker.heard is False
    speaker.close()


def test_that_what_comes_while_a_sound_is_heard_is_dropped(players: Path) -> None:
    fifo = players / "gate"
    os.mkfifo(fifo)
    _player(players, "wf-slow", f"read line < {fifo}")
    speaker = Loudspeaker((("wf-slow",),))
    assert speaker.play(Path("a.wav"))
    assert not speaker.play(Path("b.wav"))
    fifo.write_text("go\n", encoding="utf-8")
    speaker.close()


def test_that_the_sounds_are_short_and_come_out_of_their_generator(tmp_path: Path) -> None:
    path = ROOT / "installer" / "sounds" / "make_sounds.py"
    spec = importlib.util.spec_from_file_location("make_sounds", path)
    assert spec is not None
    assert spec.loader is not None
    generator = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generator)
    generator.main(tmp_path)
    for name in ("red", "orange", "yellow", "blue"):
        kept = resource_path(f"sounds/{name}.wav")
        assert kept.read_bytes() == (tmp_path / f"{name}.wav").read_bytes()
        with wave.open(str(kept)) as sound:
            assert sound.getnframes() / sound.getframerate() < 1.0
    for rule in rules().values():
        assert not rule.sound or resource_path(f"sounds/{rule.sound}").is_file()


class Heard:
    """A loudspeaker that keeps what it was given."""

    heard: bool | None = True

    def __init__(self) -> None:
        self.played: list[str] = []

    def play(self, path: Path) -> bool:
        self.played.append(path.stem)
        return True


class Seat:
    """A page with a field that the officer writes in, and everything attention needs, on a real store."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.store: Store = open_store(folder, b"k" * 32, project)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(900, 600)
        self.field = QLineEdit(self.window)
        self.bar = TopBar(self.window)
        box = QVBoxLayout(self.window)
        box.addWidget(self.bar)
        box.addWidget(self.field)
        self.page = AttentionPage(self.window)
        self.flash = EdgeFlash(self.window)
        self.heard = Heard()
        self.owner = QObject()
        self.tasks = Tasks(self.owner)
        self.reads = Reads(self.tasks)
        self.selection = Selection(self.owner)
        self.now: datetime = NOW
        self.kept: dict[str, str | None] = {}
        context = Context(
            cache=self.store.cache,
            duty=self.store.duty,
            reads=self.reads,
            tasks=self.tasks,
            directory=Directory(),
            selection=self.selection,
            record=self._no_record,
            officer=lambda: None,
            now=lambda: self.now,
            keep=self._keep,
        )
        means = Means(self.page, self.bar, self.flash, Notifier(self.window), self.heard)
        self.attention = AttentionPresenter(means, context, self.owner)
        self.lsn = 0

    def _no_record(self, *_: Any) -> "Future[Any]":
        raise AssertionError("attention writes no operations")

    def _keep(self, name: str, value: str | None) -> "Future[None]":
        self.kept[name] = value
        done: Future[None] = Future()
        done.set_result(None)
        return done

    def order(self, order_id: str, **changes: Any) -> None:
        """Let the centre write an order."""
        self.lsn += 1
        order = {
            "title": "电梯困人",
            "state": "reported",
            "urgency": "critical",
            "place": {"address": "东明路 1 号"},
        } | changes
        change = ChangeRecord(self.lsn, "work_order", order_id, self.lsn, "upsert", json.dumps(order).encode())
        self.store.cache.apply([change], Cursor(f"c{self.lsn}", self.lsn, "e", "i", ""))
        self.attention.on_changed(Changed("work_order", frozenset({order_id})))

    def after(self, seconds: float) -> list[str]:
        """Let time pass; what is heard then."""
        self.now += timedelta(seconds=seconds)
        before = len(self.heard.played)
        self.attention._bid()
        return self.heard.played[before:]

    def close(self) -> None:
        self.reads.close()
        self.store.close()


@pytest.fixture
def seat(qtbot: QtBot, tmp_path: Path) -> Iterator[Seat]:
    seat = Seat(qtbot, tmp_path / "desk")
    seat.window.show()
    qtbot.waitExposed(seat.window)
    yield seat
    seat.close()


def _waits(seat: Seat, count: int) -> bool:
    return len(seat.attention._calls.get("orders", ())) == count


def test_that_an_urgent_order_is_heard_and_neither_focus_nor_selection_moves(qtbot: QtBot, seat: Seat) -> None:
    seat.selection.select("work_order", "wo-mine")
    seat.field.setFocus()
    qtbot.keyClicks(seat.field, "abc")
    seat.order("wo-1")
    qtbot.waitUntil(lambda: _waits(seat, 1))
    assert seat.after(1) == ["red"]
    qtbot.keyClicks(seat.field, "def")
    assert seat.field.text() == "abcdef"
    assert seat.window.focusWidget() is seat.field
    assert seat.selection.selected.id == "wo-mine"


def test_that_it_is_repeated_until_somebody_accepts_it(qtbot: QtBot, seat: Seat) -> None:
    seat.order("wo-1")
    qtbot.waitUntil(lambda: _waits(seat, 1))
    assert [seat.after(10) for _ in range(4)] == [["red"], [], [], ["red"]]
    seat.order("wo-1", state="accepted")
    qtbot.waitUntil(lambda: _waits(seat, 0))
    assert seat.after(60) == []


def test_that_looking_at_it_acknowledges_it_here(qtbot: QtBot, seat: Seat) -> None:
    seat.order("wo-1")
    qtbot.waitUntil(lambda: _waits(seat, 1))
    seat.selection.select("work_order", "wo-1")
    assert seat.after(60) == []


def test_that_ordinary_orders_are_not_called_out(qtbot: QtBot, seat: Seat) -> None:
    seat.order("wo-1", urgency="normal")
    seat.order("wo-2")
    qtbot.waitUntil(lambda: _waits(seat, 1))
    assert [call.id for call in seat.attention._calls["orders"]] == ["order/wo-2"]


def test_that_a_mute_counts_down_in_the_bar_and_ends_by_itself(qtbot: QtBot, seat: Seat) -> None:
    seat.attention.on_alerts((Call("alert/1", "red", "水位"),))
    next(button for button in seat.page.findChildren(QPushButton) if button.text() == "5 分钟").click()
    assert seat.after(1) == []
    assert "静音 4:59" in seat.bar._bell.accessibleName()
    assert json.loads(seat.kept["attention"])["muted_until"]
    assert seat.after(299) == ["red"]
    assert "声音开" in seat.bar._bell.accessibleName()


def test_that_sound_off_is_seen_in_the_bar_and_flashing_goes_on(qtbot: QtBot, seat: Seat) -> None:
    sound, flash, _ = seat.page.findChildren(TickBox)
    sound.click()
    flash.click()
    seat.attention.on_alerts((Call("alert/1", "red", "水位"),))
    assert seat.after(1) == []
    assert seat.flash.isVisible()
    assert seat.flash.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert seat.flash.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert "声音关" in seat.bar._bell.accessibleName()
    qtbot.waitUntil(lambda: not seat.flash.isVisible(), timeout=5000)


def test_that_switches_tell_what_is_wanted(qtbot: QtBot, seat: Seat) -> None:
    seat.page.open()
    with qtbot.waitSignal(seat.page.changed, timeout=1000) as changed:
        qtbot.keyClick(seat.window.focusWidget(), Qt.Key.Key_Space)
    assert changed.args == [AttentionView(sound=False, flash=False, notify=True)]


@pytest.mark.parametrize("setting", [None, "", "{", "[]", '{"sound": 7}', '{"muted_until": "forever"}'])
def test_that_a_setting_that_cannot_be_read_leaves_sounds_on(setting: str | None) -> None:
    assert read_wishes(setting).sound


def test_that_a_mute_from_a_wrong_clock_does_not_last(qtbot: QtBot, seat: Seat) -> None:
    seat.attention._wishes = read_wishes('{"muted_until": "2031-01-01T00:00:00+00:00"}')
    seat.attention.on_alerts((Call("alert/1", "red", "水位"),))
    assert seat.after(1) == ["red"]


def test_that_silence_is_told_once_a_seat_and_again_only_after_a_sound(qtbot: QtBot, seat: Seat) -> None:
    told: list[str] = []
    seat.attention.told.connect(lambda words: told.append(words.title))
    seat.heard.heard = None
    seat.after(1)
    assert told == []
    seat.heard.heard = False
    seat.after(1)
    seat.after(1)
    assert told == ["这台机器放不出声音"]
    assert read_wishes(seat.kept["attention"]).silence_told, "the next start is to know"
    seat.heard.heard = True
    seat.after(1)
    seat.heard.heard = False
    seat.after(1)
    assert len(told) == 2


def test_that_silence_is_not_told_where_no_sound_is_wanted(qtbot: QtBot, seat: Seat) -> None:
    seat.attention._wishes = read_wishes('{"sound": false}')
    seat.heard.heard = False
    with qtbot.assertNotEmitted(seat.attention.told):
        seat.after(1)


def test_that_nothing_can_be_tried_where_it_would_be_neither_heard_nor_seen(qtbot: QtBot, seat: Seat) -> None:
    trial = next(button for button in seat.page.findChildren(QPushButton) if button.text() == "红")
    assert trial.isEnabled()
    seat.heard.heard = False
    seat.attention.open()
    assert not trial.isEnabled()
    _, flash, _ = seat.page.findChildren(TickBox)
    flash.click()
    assert trial.isEnabled()
