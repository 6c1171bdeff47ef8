"""The promise: what an officer accepted is not lost, whatever dies, and reaches the centre once."""

import time
from pathlib import Path

import pytest

from tests.e2e.conftest import StartDesk
from tests.e2e.witness import order_at_centre
from tests.sync.conftest import Drill

pytestmark = [pytest.mark.real, pytest.mark.slow, pytest.mark.timeout(240)]

SAYS_OFFLINE_WITHIN_S = 15.0


def test_that_an_order_accepted_in_an_outage_survives_kill_and_reaches_the_centre_exactly_once(
    start_desk: StartDesk, tmp_path: Path
) -> None:
    drill = Drill(tmp_path / "centre")
    drill.start()
    desk = start_desk("--centre", drill.url)
    try:
        desk.wait(lambda seen: seen["page"] == "sign_in")
        desk.tell("sign_in", username=drill.username, password=drill.password)
        desk.wait(lambda seen: seen.get("link") == "live" and seen["orders"] > 1000)

        drill.kill()
        killed_at = time.monotonic()
        seen = desk.wait(lambda seen: bool(seen["offline"]), SAYS_OFFLINE_WITHIN_S)
        assert time.monotonic() - killed_at <= SAYS_OFFLINE_WITHIN_S
        assert seen["orders"] > 1000, "the desk goes on showing what it has"

        order = desk.tell("choose", state="reported")["order"]
        desk.wait(lambda seen: seen["detail"] == order)
        desk.tell("press", key="A")
        desk.wait(lambda seen: seen["badges"] == ["待发送"] and seen["outbox"].startswith("待发送 1"))
        desk.kill()

        desk = start_desk("--centre", drill.url)
        desk.wait(lambda seen: seen["page"] == "desk" and seen["orders"] > 1000 and bool(seen["offline"]))
        desk.wait(lambda seen: seen["outbox"].startswith("待发送 1"))

        drill.start()
        desk.wait(lambda seen: seen["link"] == "live" and seen["outbox"].startswith("待发送 0"), 60)
        history = order_at_centre(drill.url, drill.username, drill.password, order)["history"]
        assert [line["verb"] for line in history].count("accept") == 1
        assert history[-1]["state"] == "accepted"
    finally:
        drill.end()
