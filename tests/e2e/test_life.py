"""One order from its report to the archive, by keys alone, with a real desk and a real centre."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desk import DeskProcess
from tests.e2e.witness import order_at_centre
from tests.sync.conftest import Drill

pytestmark = [pytest.mark.real, pytest.mark.slow, pytest.mark.timeout(240)]

WAY = (
    ("accept", "A", ""),
    ("register", "G", ""),
    ("dispatch", "D", "choice"),
    ("handle", "H", ""),
    ("extend", "E", "choice, words"),
    ("report_back", "B", "words"),
    ("verify_pass", "V", ""),
    ("call_back", "C", "choice"),
    ("reply", "Y", "words"),
    ("archive", "F", ""),
)
"""Verb, key, and what the action asks for."""


@pytest.fixture
def drill(tmp_path: Path) -> Iterator[Drill]:
    drill = Drill(tmp_path / "centre")
    drill.start()
    yield drill
    drill.end()


def walk(desk: DeskProcess, order: str) -> None:
    before = ""
    for verb, key, asked in WAY:
        desk.wait(
            lambda seen, verb=verb, before=before: (
                seen["detail"] == order and verb in seen["actions"] and before not in seen["actions"]
            )
        )
        before = "" if verb == "call_back" else verb  # calling back may be done again
        desk.tell("press", key=key)
        if "choice" in asked:
            desk.tell("take")
        if "words" in asked:
            desk.tell("write", text=f"键盘 {verb}")
    desk.wait(lambda seen: "archive" not in seen["actions"])


def test_that_an_order_goes_its_whole_way_by_keys(drill: Drill, tmp_path: Path) -> None:
    desk = DeskProcess(tmp_path / "desk", "--centre", drill.url)
    try:
        desk.wait(lambda seen: seen["page"] == "sign_in")
        desk.tell("sign_in", username=drill.username, password=drill.password)
        desk.wait(lambda seen: seen.get("link") == "live" and seen["orders"] > 1000)
        order = desk.tell("choose", state="reported")["order"]
        walk(desk, order)
        desk.wait(lambda seen: seen["outbox"].startswith("待发送 0"), 60)
        stored = order_at_centre(drill.url, drill.username, drill.password, order)
        mine = [line["verb"] for line in stored["history"] if line.get("op_id")]
        assert mine == [verb for verb, _, _ in WAY]
        assert stored["state"] == "archived"
        assert len(stored["extensions"]) == 1
    finally:
        desk.kill()


def test_that_an_order_reported_and_walked_offline_is_settled_when_the_centre_is_back(
    drill: Drill, tmp_path: Path
) -> None:
    desk = DeskProcess(tmp_path / "desk", "--centre", drill.url)
    try:
        desk.wait(lambda seen: seen["page"] == "sign_in")
        desk.tell("sign_in", username=drill.username, password=drill.password)
        desk.wait(lambda seen: seen.get("link") == "live" and seen["orders"] > 1000)
        drill.kill()
        desk.wait(lambda seen: bool(seen["offline"]))
        desk.tell("shortcut", keys="Ctrl+N")
        desk.wait(lambda seen: seen["reporting"])
        desk.tell("report", title="路灯不亮", address="灵岩南路 1 号")
        order = desk.wait(lambda seen: not seen["reporting"] and seen["detail"].startswith("wo-0"))["detail"]
        walk(desk, order)
        drill.start()
        desk.wait(lambda seen: seen["link"] == "live" and seen["outbox"].startswith("待发送 0"), 60)
        stored = order_at_centre(drill.url, drill.username, drill.password, order)
        assert [line["verb"] for line in stored["history"]] == ["report", *(verb for verb, _, _ in WAY)]
        assert (stored["title"], stored["state"]) == ("路灯不亮", "archived")
        assert stored["number"], "the centre has given it one"
    finally:
        desk.kill()
