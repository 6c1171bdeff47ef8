"""Several orders at once by keys alone: accepted, dispatched and reminded of while the centre is away, each once."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.desk import DeskProcess
from tests.e2e.witness import orders_at_centre
from tests.sync.conftest import Drill

pytestmark = [pytest.mark.real, pytest.mark.slow, pytest.mark.timeout(240)]


@pytest.fixture
def drill(tmp_path: Path) -> Iterator[Drill]:
    drill = Drill(tmp_path / "centre")
    drill.start()
    yield drill
    drill.end()


def narrow_to(desk: DeskProcess, state: str) -> None:
    """Show the orders of one state."""
    desk.tell("pick", path="view/clear")
    desk.tell("pick", path=f"states/{state}")

    def shows_only_those(seen: dict[str, Any]) -> bool:
        states = desk.tell("states", orders=seen["ids"][:6])["states"]
        return bool(states) and set(states.values()) == {state}

    desk.wait_for("look_at_list", shows_only_those)


def do_with_marked(desk: DeskProcess, letter: str, finish: list[str], count: int) -> None:
    """Press the letter, confirm the plan, read the account, leave."""
    desk.wait_for("look_at_list", lambda seen: seen["bar"] == f"已选 {count} 件")
    desk.tell("list_keys", keys=[letter])
    plan = desk.wait_for("look_at_list", lambda seen: seen["sheet"])["sheet"]
    assert any(f"{count} 件都可以" in words for words in plan), plan
    desk.tell("sheet_keys", keys=finish)
    desk.wait_for("look_at_list", lambda seen: any(f"已保存 {count} 件" in words for words in seen["sheet"]))
    desk.tell("sheet_keys", keys=["Return"])
    seen = desk.tell("look_at_list")
    assert (seen["sheet"], seen["marked"]) == ([], [])


def wait_until_shown(desk: DeskProcess, orders: list[str], state: str) -> None:
    """What is saved is shown a moment later."""

    def shown(_seen: dict[str, Any]) -> bool:
        return bool(desk.tell("states", orders=orders)["states"] == dict.fromkeys(orders, state))

    desk.wait_for("look_at_list", shown)


def test_that_orders_handled_together_offline_all_arrive_once(drill: Drill, tmp_path: Path) -> None:
    desk = DeskProcess(tmp_path / "desk", "--centre", drill.url)
    try:
        desk.wait(lambda seen: seen["page"] == "sign_in")
        desk.tell("sign_in", username=drill.username, password=drill.password)
        desk.wait(lambda seen: seen.get("link") == "live" and seen["orders"] > 1000)
        drill.kill()
        desk.wait(lambda seen: bool(seen["offline"]))

        narrow_to(desk, "reported")
        desk.tell("go_to_first")
        marked = desk.tell("list_keys", keys=["X", "J", "X", "Shift+J", "Shift+Down"])["marked"]
        assert len(marked) == 4
        do_with_marked(desk, "A", ["Return"], 4)
        wait_until_shown(desk, marked, "accepted")

        narrow_to(desk, "accepted")
        desk.tell("mark", orders=marked)
        do_with_marked(desk, "D", ["Return"], 4)
        wait_until_shown(desk, marked, "dispatched")

        desk.tell("mark", orders=marked)
        do_with_marked(desk, "U", ["Ctrl+Return"], 4)
        desk.wait(lambda seen: seen["outbox"].startswith("待发送 12"))

        drill.start()
        desk.wait(lambda seen: seen["link"] == "live" and seen["outbox"].startswith("待发送 0"), 90)
        for stored in orders_at_centre(drill.url, drill.username, drill.password, marked).values():
            mine = Counter(line["verb"] for line in stored["history"] if line.get("op_id"))
            assert mine == {"accept": 1, "dispatch": 1, "remind": 1}
            assert stored["state"] == "dispatched"
    finally:
        desk.kill()
