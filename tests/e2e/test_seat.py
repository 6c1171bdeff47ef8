"""A locked seat is opened by its officer's password only, and not by ending the program."""

from pathlib import Path

import pytest

from tests.e2e.conftest import StartDesk
from tests.sync.conftest import Drill

pytestmark = [pytest.mark.real, pytest.mark.slow, pytest.mark.timeout(240)]


def test_that_a_locked_seat_stays_locked_through_kill_and_opens_offline_by_the_password(
    start_desk: StartDesk, tmp_path: Path
) -> None:
    drill = Drill(tmp_path / "centre")
    drill.start()
    try:
        desk = start_desk("--centre", drill.url)
        desk.wait(lambda seen: seen["page"] == "sign_in")
        desk.tell("sign_in", username=drill.username, password=drill.password)
        desk.wait(lambda seen: seen.get("link") == "live" and seen["orders"] > 1000)
        desk.tell("lock")
        desk.wait(lambda seen: seen["locked"] and not seen["usable"])
        desk.tell("unlock", password="not the password")
        seen = desk.wait(lambda seen: "口令不对" in seen["words"])
        assert seen["locked"]
        desk.kill()
        drill.kill()

        desk = start_desk("--centre", drill.url)
        desk.wait(lambda seen: seen["page"] == "desk" and seen["locked"] and not seen["usable"])
        desk.tell("unlock", password=drill.password)
        desk.wait(lambda seen: not seen["locked"] and seen["usable"])
    finally:
        drill.end()
