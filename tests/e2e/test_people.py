"""What changes about people while they work: their password runs out, their rights, their account.

One desk stands for all of it, on a centre that uses every freedom of the contract.
"""

from datetime import UTC, datetime

import pytest

from tests.e2e.conftest import StartDesk
from tests.e2e.desk import DeskProcess
from tests.sync.odd_centre import OddCentre

pytestmark = [pytest.mark.real, pytest.mark.slow, pytest.mark.timeout(240)]

WORDS = "现场有人受伤，已叫救护车"


@pytest.mark.fault(62, 63, 64)
def test_that_a_password_a_right_and_an_account_may_end_while_an_officer_works_and_nothing_is_lost(
    start_desk: StartDesk,
) -> None:
    centre = OddCentre()
    try:
        desk = start_desk("--centre", centre.url)
        desk.wait(lambda seen: seen["page"] == "sign_in")
        sign_in(desk, centre, "chief")
        _let_the_password_run_out(centre, desk)
        _withdraw_an_order(centre, desk)
        _close_the_account(centre, desk)
        desk.kill()
    finally:
        centre.close()


def sign_in(desk: DeskProcess, centre: OddCentre, username: str) -> None:
    desk.tell("sign_in", username=username, password=centre.password)
    desk.wait(lambda seen: seen.get("link") in {"live", "polling"} and seen["orders"] > 10 and not seen["locked"])


def open_a_note(desk: DeskProcess) -> str:
    """Choose an order and begin to write about it; returns the order's id."""
    chosen = str(desk.tell("choose", state="reported")["order"])
    desk.wait(lambda seen: seen["detail"] == chosen and "note" in seen["actions"])
    desk.tell("begin", verb="note")
    desk.tell("type_words", text=WORDS)
    return chosen


def _let_the_password_run_out(centre: OddCentre, desk: DeskProcess) -> None:
    """The officer is told, and goes on; the sheet takes nothing away."""
    chosen = open_a_note(desk)
    desk.wait(lambda seen: seen["link"] == "live")  # what is told before the stream is open is not heard
    centre.officers["chief"]["password_expires_at"] = datetime.now(UTC).isoformat()
    centre.say("policy")
    desk.wait(lambda seen: "口令该换了" in seen["messages"])
    seen = desk.tell("look")
    assert (seen["detail"], seen["usable"], seen["locked"]) == (chosen, True, False)
    assert desk.tell("written")["texts"] == [WORDS]
    done = len(centre.outcomes)
    desk.tell("write", text=WORDS)
    desk.wait_for("look", lambda _: len(centre.outcomes) > done)

    desk.tell("begin", verb="note")
    desk.tell("type_words", text="另一句")
    desk.tell("new_password", old=centre.password, new="Neu#2026x")
    desk.wait(lambda seen: "口令已修改" in seen["messages"])
    assert desk.tell("written")["texts"] == ["另一句"], "what was begun before the sheet is still there"
    assert "口令该换了" not in desk.tell("look")["messages"]


def _withdraw_an_order(centre: OddCentre, desk: DeskProcess) -> None:
    """Its page closes under the officer's hands, and the words are kept."""
    chosen = open_a_note(desk)
    record = centre.rows["work_order", chosen]["data"]
    centre.change("work_order", chosen, None, "revoke")
    seen = desk.wait(lambda seen: "这张工单已不在本席" in seen["words"] and seen["actions"] == [])
    assert (seen["detail"], seen["chosen"]) == ("", chosen), "the list does not go on to another order by itself"
    assert desk.tell("written")["texts"] == []

    centre.change("work_order", chosen, record)
    desk.wait(lambda seen: seen["detail"] == chosen and "note" in seen["actions"])
    desk.tell("begin", verb="note")
    assert desk.tell("written")["texts"] == [WORDS]
    desk.tell("write", text=WORDS)


def _close_the_account(centre: OddCentre, desk: DeskProcess) -> None:
    """While the desk is offline; it locks the seat until somebody else signs in, who delivers what waits."""
    centre.away = True
    centre.say("hb")
    desk.wait(lambda seen: seen["link"] == "offline")
    chosen = str(desk.tell("choose", state="reported")["order"])
    desk.tell("intend", kind="work_order", id=chosen, verb="accept", args={}, state="reported")
    del centre.officers["chief"]
    centre.sessions.clear()
    centre.away = False
    desk.wait(lambda seen: seen["locked"] and not seen["usable"])
    desk.wait(lambda seen: any("账号已停用" in text for text in seen["words"]))
    desk.tell("unlock", password=centre.password)
    desk.wait(lambda seen: any("换人登录" in text for text in seen["words"]))
    assert desk.tell("look")["locked"]
    assert centre.rows["work_order", chosen]["data"]["state"] == "reported"

    desk.tell("change_officer")
    desk.wait(lambda seen: seen["page"] == "sign_in")
    desk.tell("sign_in", username="chief", password=centre.password)
    desk.wait(lambda seen: any("账号已停用" in text for text in seen["words"]))
    sign_in(desk, centre, "relief")
    desk.wait_for("look", lambda _: centre.rows["work_order", chosen]["data"]["state"] == "accepted")
