"""The district lives, and stands still when told to."""

from pathlib import Path
from typing import Any

from desktop.domain import workflow
from tests.drill.running import Desk, Drill, running_drill

SMALL = ("--no-cameras", "--open-orders", "120", "--closed-orders", "10")
WATCHED_CHANGES = 500


def follow(desk: Desk, cursor: str, count: int) -> list[dict[str, Any]]:
    seen: list[dict[str, Any]] = []
    while len(seen) < count:
        page = desk.get("/v1/sync/changes", since=cursor, wait=5)
        seen += page["changes"]
        cursor = page["next"]
    return seen


def test_that_orders_are_born_and_move_and_cameras_fail_and_return(tmp_path: Path) -> None:
    with running_drill(tmp_path, *SMALL, "--speed", "600") as drill:
        desk = Desk(drill.url, drill.ready["username"], drill.ready["password"])
        items, cursor = desk.snapshot()
        known = {key: item["data"] for key, item in items.items()}
        versions = {key: item["ver"] for key, item in items.items()}
        born, verbs, failed, returned = 0, set(), 0, 0
        for change in follow(desk, cursor, WATCHED_CHANGES):
            key = (change["kind"], change["id"])
            assert change["ver"] == versions.get(key, 0) + 1
            before, after = known.get(key), change["data"]
            if change["kind"] == "work_order":
                line = after["history"][-1]
                verbs.add(line["verb"])
                if before is None:
                    born += 1
                    assert after["state"] == "reported"
                    assert after["number"] not in {data.get("number") for data in known.values()}
                else:
                    rule = workflow.RULES[line["verb"]]
                    assert before["state"] in rule.sources
                    assert after["state"] == (rule.target.value if rule.target else before["state"])
                    assert after["history"][:-1] == before["history"]
            elif change["kind"] == "camera":
                failed += before["health"] == "online"
                returned += after["health"] == "online"
            known[key], versions[key] = after, change["ver"]
        desk.close()
    assert born > 20
    assert {"accept", "dispatch", "handle", "report_back", "verify_pass", "note"} <= verbs
    assert failed > 0
    assert returned > 0


def test_that_a_camera_that_fails_raises_an_alert_and_its_return_ends_it(tmp_path: Path) -> None:
    with running_drill(tmp_path, *SMALL, "--speed", "600") as drill:
        desk = Desk(drill.url, drill.ready["username"], drill.ready["password"])
        items, cursor = desk.snapshot()
        alerts = {id_: item["data"] for (kind, id_), item in items.items() if kind == "alert"}
        health = {id_: item["data"]["health"] for (kind, id_), item in items.items() if kind == "camera"}
        for change in follow(desk, cursor, WATCHED_CHANGES):
            if change["kind"] == "alert":
                alerts[change["id"]] = change["data"]
            elif change["kind"] == "camera":
                health[change["id"]] = change["data"]["health"]
        desk.close()
    # the last change may stand between a camera and its alert
    told = {alert["camera"] for alert in alerts.values() if alert.get("camera") and alert["state"] == "open"}
    failed = {code for code, state in health.items() if state != "online"}
    assert len(told ^ failed) <= 1


def test_that_nothing_happens_at_speed_zero(drill: Drill, desk: Desk) -> None:
    before = desk.get("/v1/hello")["head_lsn"]
    page = desk.get("/v1/sync/snapshot", page=0)
    last = desk.get("/v1/sync/snapshot", page=page["pages"] - 1, snapshot=page["snapshot"])
    assert desk.get("/v1/sync/changes", since=last["cursor"], wait=2)["changes"] == []
    assert desk.get("/v1/hello")["head_lsn"] == before
