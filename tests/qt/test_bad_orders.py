"""Orders as no centre should send them, through the real reading and the real panel: plain, quick, never a crash."""

import json
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.central.schema import Officer
from desktop.domain.dispatch import CaseBook
from desktop.domain.sla import parse_time
from desktop.presenters.directory import Directory
from desktop.presenters.orders.detail_content import order_detail
from desktop.presenters.orders.subject import read_subject
from desktop.sync.overlay import project
from storage.records import ChangeRecord, Cursor
from storage.store import Store, open_store
from widgets.detail.history import HistoryList
from widgets.detail.inline import InlineText
from widgets.detail.panel import DetailPanel

NOW = parse_time("2026-11-22T14:00:00+08:00")
CHIEF = Officer("officer-7", "张伟", roles=["duty_chief"], department="ops")
MEGABYTE = 1_000_000
OPEN_MS = 50.0

GOOD: dict[str, Any] = {
    "number": "LJ26112200001",
    "title": "路面塌陷",
    "description": "行人反映路面塌陷。",
    "source": "hotline",
    "module": "facilities",
    "urgency": "urgent",
    "state": "handling",
    "place": {"address": "东明路 1 号", "point": [121.5, 31.15], "grid_cell": "c", "neighbourhood": "甲居委"},
    "caller": {"name": "王芳", "phone": "15400001111", "hash": "h1"},
    "lead_department": "build",
    "due": "2026-11-22T18:00:00+08:00",
    "opened_at": "2026-11-22T13:00:00+08:00",
    "history": [{"at": "2026-11-22T13:00:00+08:00", "verb": "report", "actor": "12345 热线", "state": "reported"}],
}

BAD: dict[str, dict[str, Any]] = {
    "a megabyte of words": {"description": "很长的描述，" * (MEGABYTE // 6)},
    "a megabyte without a break": {"description": "x" * MEGABYTE, "title": "y" * MEGABYTE},
    "a megabyte of lines": {"description": "行\n" * (MEGABYTE // 2)},
    "markup": {
        "title": "<img src='file:///etc/passwd'><b>粗</b>",
        "description": "<script>alert(1)</script><a href='https://evil.invalid'>x</a>",
    },
    "turned round": {"title": "付款\u202e元001\u202c", "description": "a\u2066b\u2069\u200e"},
    "unseen": {
        "title": "路\u200b面\ufeff塌\u00ad陷",
        "caller": {"name": "王\u200b芳", "phone": "154\u200b0000\u200b1111"},
    },
    "NaN": {"place": {"address": "东明路", "point": [float("nan"), float("inf")]}},
    "coordinates beyond the earth": {"place": {"address": "东明路", "point": [999.0, -999.0]}},
    "coordinates of another type": {"place": {"address": "东明路", "point": "121.5,31.15"}},
    "one coordinate": {"place": {"point": [121.5]}},
    "an unknown state": {
        "state": "quantum",
        "history": [{"at": "x", "verb": "teleport", "state": "quantum", "actor": "?"}],
    },
    "a missing department": {"lead_department": "no-such", "departments": ["nor-this", ""], "module": "nor-that"},
    "clocks in the past": {"due": "1970-01-01T00:00:00+00:00", "opened_at": "0001-01-01T00:00:00+00:00"},
    "clocks in the far future": {"due": "9999-12-31T23:59:59-14:00", "opened_at": "9999-12-31T23:59:59-14:00"},
    "clocks that are none": {
        "due": "gestern",
        "opened_at": 7,
        "closed_at": None,
        "limits": [{"stage": "handling", "due": "?"}],
    },
    "no clock offset": {"due": "2026-11-22T18:00:00"},
    "nothing at all": dict.fromkeys(GOOD),
    "lists where words belong": {"title": ["x"], "caller": [], "place": [], "history": {"a": 1}, "attachments": "none"},
    "ten thousand lines of history": {
        "history": [
            {"at": "2026-11-22T13:00:00+08:00", "verb": "note", "actor": "系统", "text": f"第 {n} 行"}
            for n in range(10_000)
        ]
    },
    "a thousand attachments": {
        "attachments": [{"sha256": f"{n:064x}", "name": "../../etc/passwd\u202e"} for n in range(1_000)]
    },
    "supervision by nobody": {"supervised": {"by": "", "due": "", "text": "<b>x</b>"}},
    "merged into itself": {
        "state": "merged",
        "merged": {"into": "wo-1", "state": "merged"},
        "duplicates": ["wo-1", "gone"],
    },
    "an incident that is gone": {"incident": "inc-none", "cameras": ["none"]},
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder: Path = tmp_path_factory.mktemp("bad")
    opened = open_store(folder, b"k" * 32, project)
    yield opened
    opened.close()


@pytest.fixture
def panel(qtbot: QtBot) -> DetailPanel:
    panel = DetailPanel()
    qtbot.addWidget(panel)
    panel.resize(420, 700)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def _open(store: Store, panel: DetailPanel, order: dict[str, Any], lsn: int) -> float:
    """Bring an order by the log, read and show it as the desk does; return the milliseconds of work that took."""
    data = json.dumps(order, ensure_ascii=False).encode("utf-8", "surrogatepass")
    change = ChangeRecord(lsn, "work_order", "wo-1", lsn, "upsert", data)
    store.cache.apply([change], Cursor(f"c{lsn}", lsn, "e", "i", ""))
    directory = Directory()
    began = time.thread_time()
    subject = read_subject(store.cache, store.duty, CaseBook(), directory, "wo-1")
    assert subject is not None
    detail, _ = order_detail(subject, directory, CHIEF, NOW)
    panel.show_order(detail)
    panel.grab()
    return (time.thread_time() - began) * 1000


_LSN = iter(range(1, 10_000))


@pytest.mark.fault(66)
@pytest.mark.parametrize("bad", BAD.values(), ids=BAD.keys())
def test_that_a_bad_order_is_shown_plainly_and_quickly(store: Store, panel: DetailPanel, bad: dict[str, Any]) -> None:
    _open(store, panel, GOOD, next(_LSN))  # fonts and glyphs are there afterwards, as in a desk that runs
    times = [_open(store, panel, {**GOOD, **bad}, next(_LSN)) for _ in range(3)]
    assert min(times) <= OPEN_MS
    shown = _words(panel)
    assert panel.order_id() == "wo-1"
    assert "15400001111" not in shown
    assert "王芳" not in shown
    assert not set(shown) & set("\u202e\u2066\u200b\ufeff\u200e\u00ad")
    assert all(label.textFormat() == label.textFormat().PlainText for label in panel.findChildren(QLabel))


def _words(panel: DetailPanel) -> str:
    texts = [label.text() for label in panel.findChildren(QLabel)]
    texts += [text.accessibleName() for text in panel.findChildren(InlineText)]
    texts += [history.accessibleDescription() for history in panel.findChildren(HistoryList)]
    return "\n".join(texts)


def test_that_markup_is_read_as_it_is_written(store: Store, panel: DetailPanel) -> None:
    _open(store, panel, {**GOOD, **BAD["markup"]}, next(_LSN))
    assert "<script>alert(1)</script>" in _words(panel)


def test_that_a_clock_beyond_reckoning_stops_nothing(store: Store, panel: DetailPanel) -> None:
    late = {**GOOD, "due": (NOW - timedelta(days=20_000)).isoformat()}
    _open(store, panel, late, next(_LSN))
    assert "上提一级" in _words(panel)
