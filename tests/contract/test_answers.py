"""What the running drill centre really answers fits the contract."""

import hashlib
import json
from typing import Any

import pytest

from desktop.drill.digests import bucket_of
from tests.contract.document import faults, schemas
from tests.drill.running import Desk, Drill

RECORD_SCHEMAS = {
    "work_order": "WorkOrder",
    "incident": "Incident",
    "camera": "Camera",
    "alert": "Alert",
    "department": "Department",
    "module": "Module",
    "grid_cell": "GridCell",
    "officer": "Officer",
    "calendar": "Calendar",
    "vital": "Vital",
}


@pytest.fixture(scope="module")
def snapshot(drill: Drill) -> tuple[dict[tuple[str, str], dict[str, Any]], str]:
    desk = Desk(drill.url, drill.ready["username"], drill.ready["password"], "desk-contract")
    try:
        return desk.snapshot()
    finally:
        desk.close()


def test_that_sign_in_and_me_fit(desk: Desk) -> None:
    assert faults("TokenGrant", desk.grant) == []
    assert faults("Officer", desk.get("/v1/me")) == []


def test_that_hello_fits(desk: Desk) -> None:
    assert faults("Hello", desk.get("/v1/hello")) == []


def test_that_a_snapshot_page_fits_and_its_hash_is_of_the_bytes_on_the_wire(desk: Desk) -> None:
    first = desk.http.get("/v1/sync/snapshot", params={"page": 0})
    page = first.json()
    last = desk.http.get("/v1/sync/snapshot", params={"page": page["pages"] - 1, "snapshot": page["snapshot"]})
    for answer in (first, last):
        body = answer.json()
        assert faults("SnapshotPage", body | {"items": body["items"][:20]}) == []
        start = answer.content.index(b'"items":') + len(b'"items":')
        end = answer.content.rindex(b"]") + 1
        assert hashlib.sha256(answer.content[start:end]).hexdigest() == body["sha256"]
    assert last.json()["complete"]
    assert sum(last.json()["counts"].values()) > 1_500


@pytest.mark.parametrize("kind", sorted(RECORD_SCHEMAS))
def test_that_the_records_of_a_kind_fit_their_schema(
    snapshot: tuple[dict[tuple[str, str], dict[str, Any]], str], kind: str
) -> None:
    records = [item["data"] for (of, _), item in snapshot[0].items() if of == kind]
    assert records
    step = max(1, len(records) // 400)
    assert [found for record in records[::step] for found in faults(RECORD_SCHEMAS[kind], record)] == []
    assert {kind for kind, _ in snapshot[0]} == set(RECORD_SCHEMAS)


def test_that_a_field_of_a_record_is_named_in_its_schema(
    snapshot: tuple[dict[tuple[str, str], dict[str, Any]], str],
) -> None:
    own = {"Camera": {"scene"}}  # the drill's cameras say what they show; other centres have no such field
    for (kind, _), item in list(snapshot[0].items())[::40]:
        name = RECORD_SCHEMAS[kind]
        assert set(item["data"]) - own.get(name, set()) <= set(schemas()[name]["properties"]), name


def test_that_changes_and_results_fit(desk: Desk, snapshot: tuple[dict[tuple[str, str], dict[str, Any]], str]) -> None:
    order = next(id_ for (kind, id_), item in snapshot[0].items() if item["data"].get("state") == "reported")
    results = desk.send(desk.op(order, "note", text="契约检查"), desk.op(order, "close"), desk.op("nobody", "accept"))
    assert [result["status"] for result in results] == ["applied", "conflict", "rejected"]
    assert faults("OpsAnswer", {"results": results}) == []
    changes = desk.get("/v1/sync/changes", since=snapshot[1])
    assert faults("ChangesPage", changes) == []
    assert any(change["by_op"] == results[0]["op_id"] for change in changes["changes"])


def test_that_stream_events_fit(desk: Desk, snapshot: tuple[dict[tuple[str, str], dict[str, Any]], str]) -> None:
    order = next(id_ for (kind, id_), item in snapshot[0].items() if item["data"].get("state") == "accepted")
    named = {"change": "StreamChange", "hb": "Heartbeat"}
    seen: set[str] = set()
    with desk.http.stream("GET", "/v1/stream") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        event = ""
        for line in answer.iter_lines():
            if line.startswith("event: "):
                event = line.removeprefix("event: ")
            elif line.startswith("data: "):
                assert faults(named[event], json.loads(line.removeprefix("data: "))) == []
                if not seen:
                    desk.send(desk.op(order, "note", text="流"))
                seen.add(event)
            if seen == set(named):
                break


def test_that_the_digest_fits_and_can_be_recomputed(
    desk: Desk, snapshot: tuple[dict[tuple[str, str], dict[str, Any]], str]
) -> None:
    digest = desk.get("/v1/sync/digest", kind="department")
    assert faults("Digest", digest) == []
    sums = [0] * 256
    for (kind, id_), item in snapshot[0].items():
        if kind == "department":
            mark = hashlib.sha256(f"{id_}\0{item['ver']}".encode()).digest()[:8]
            sums[bucket_of(id_)] ^= int.from_bytes(mark, "big")
    assert digest["buckets"] == [f"{value:016x}" for value in sums]


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "/v1/me", None, 401, "token_missing"),
        ("GET", "/v1/nothing", None, 404, "not_found"),
        ("DELETE", "/v1/ops", None, 405, "method_not_allowed"),
        ("POST", "/v1/auth/token", b"{", 400, "malformed"),
        ("POST", "/v1/auth/token", b'{"grant": 3}', 422, "invalid"),
        ("POST", "/v1/auth/token", b'{"grant":"password","device_id":"d"}', 422, "invalid"),
        (
            "POST",
            "/v1/auth/token",
            b'{"grant":"password","device_id":"d","username":"drill-chief","password":"x"}',
            401,
            "wrong_password",
        ),
    ],
)
def test_that_refusals_are_problem_details_with_the_instance(
    desk: Desk, method: str, path: str, body: bytes | None, status: int, code: str
) -> None:
    answer = desk.http.request(method, path, content=body, headers={"Authorization": ""})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert faults("Problem", answer.json()) == []
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["X-Hall-Instance"] == desk.get("/v1/hello")["instance_id"]
