"""What surrounds an order, with a real desk and a real centre: pictures, one line that acts, what was refused."""

import time
from pathlib import Path

import pytest

from tests.e2e.desk import DEADLINE_S, DeskProcess
from tests.e2e.witness import order_at_centre
from tests.qt.test_photos import picture
from tests.sync.conftest import Drill

pytestmark = [pytest.mark.real, pytest.mark.slow, pytest.mark.timeout(240)]


def refused_row(desk: DeskProcess) -> tuple[str, str, list[list[str]]]:
    """Open the tray and read its one row once it says what the centre answered."""
    until = time.monotonic() + DEADLINE_S
    while True:
        rows = desk.tell("tray")["rows"]
        if len(rows) == 1 and "立案" in rows[0][1]:
            title, why, lines = rows[0]
            return title, why, lines
        assert time.monotonic() < until, rows


def test_that_pictures_lines_and_refusals_reach_where_they_belong(tmp_path: Path) -> None:
    photo = tmp_path / "现场.png"
    photo.write_bytes(picture())
    drill = Drill(tmp_path / "centre")
    drill.start()
    desk = DeskProcess(tmp_path / "desk", "--centre", drill.url)
    try:
        desk.wait(lambda seen: seen["page"] == "sign_in")
        desk.tell("sign_in", username=drill.username, password=drill.password)
        desk.wait(lambda seen: seen.get("link") == "live" and seen["orders"] > 1000)
        order = desk.tell("choose", state="registered")["order"]
        desk.wait(lambda seen: seen["detail"] == order)

        desk.tell("bring", paths=[str(photo)])
        desk.wait(lambda seen: seen["photos"] == ["现场.png"])

        desk.tell("command", text="bz 已电话联系")
        while "备注：已电话联系" not in desk.tell("offered")["titles"]:
            desk.wait(lambda seen: True)
        desk.tell("command", text="bz 已电话联系", take=True)

        # Somebody else was faster: the desk believes in a state that the order has left.
        desk.tell("intend", kind="work_order", id=order, verb="handle", args={}, state="dispatched")
        desk.wait(lambda seen: "冲突 1" in seen["outbox"], 60)
        title, _why, lines = refused_row(desk)
        assert title.startswith("开始处置")
        assert ["派遣 → 处置", "立案"] in lines
        desk.tell("answer", row=0, label="放弃", reason="对方已处理")
        desk.wait(lambda seen: seen["outbox"] == "待发送 0 · 冲突 0", 60)

        stored = order_at_centre(drill.url, drill.username, drill.password, order)
        mine = [line["verb"] for line in stored["history"] if line.get("op_id")]
        assert mine == ["attach", "note"]
        assert [file["name"] for file in stored["attachments"]] == ["现场.png"]
        assert stored["state"] == "registered"
    finally:
        desk.kill()
        drill.end()
