"""The stream of hints."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from desktop.central.schema import Officer
from desktop.drill.api.exchange import Gate
from desktop.drill.api.pull import PullApi
from desktop.drill.clock import Clock
from desktop.drill.cursor import Cursors
from desktop.drill.sessions import Session
from desktop.drill.signing import Signer
from desktop.drill.snapshots import Snapshots
from desktop.drill.store.database import open_database
from desktop.drill.store.log import Entry, Log
from desktop.drill.stream import QUEUE_CAP, Hub
from tests.drill.running import Desk, Drill


@pytest.fixture(scope="module")
def order(drill: Drill) -> str:
    desk = Desk(drill.url, drill.ready["username"], drill.ready["password"], "desk-stream-finder")
    items, _ = desk.snapshot()
    desk.close()
    return next(id_ for (_, id_), item in items.items() if item["data"].get("state") == "suspended")


def events(lines: Iterator[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(event, id, data) of each event."""
    name = number = ""
    data: dict[str, Any] = {}
    for line in lines:
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "id":
            number = value
        elif field == "data":
            data = json.loads(value)
        elif not line:
            yield name, number, data
            number = ""


def test_that_heartbeats_come_at_once_and_then_regularly(desk: Desk) -> None:
    with desk.http.stream("GET", "/v1/stream") as answer:
        stream = events(answer.iter_lines())
        beats = [next(stream) for _ in range(3)]
    assert [name for name, _, _ in beats] == ["hb"] * 3
    assert beats[0][2]["head_lsn"] > 0
    assert beats[0][2]["server_time"] < beats[1][2]["server_time"] < beats[2][2]["server_time"]


def test_that_a_change_carries_all_that_is_needed_to_apply_it(desk: Desk, order: str) -> None:
    with desk.http.stream("GET", "/v1/stream") as answer:
        stream = events(answer.iter_lines())
        _, _, beat = next(stream)
        (result,) = desk.send(desk.op(order, "note", text="听得见"))
        name, number, change = next(event for event in stream if event[0] != "hb")
    assert (name, number) == ("change", str(result["lsn"]))
    assert change["prev_lsn"] == beat["head_lsn"] == change["lsn"] - 1
    assert change["by_op"] == result["op_id"]
    assert change["data"]["history"][-1]["text"] == "听得见"
    assert desk.get("/v1/sync/changes", since=change["next"])["changes"] == []


def test_that_a_stream_goes_on_where_the_last_one_ended(desk: Desk, order: str) -> None:
    results = desk.send(*(desk.op(order, "note", text=str(n)) for n in range(5)))
    seen = results[1]["lsn"]
    with desk.http.stream("GET", "/v1/stream", headers={"Last-Event-ID": str(seen)}) as answer:
        stream = events(answer.iter_lines())
        told = [next(stream) for _ in range(4)]
    assert [name for name, _, _ in told] == ["hb", "change", "change", "change"]
    assert [data["lsn"] for _, _, data in told[1:]] == [result["lsn"] for result in results[2:]]


@pytest.mark.parametrize("last", ["1", "999999999"])
def test_that_a_stream_from_an_unreachable_point_asks_for_a_pull(desk: Desk, last: str) -> None:
    with desk.http.stream("GET", "/v1/stream", headers={"Last-Event-ID": last}) as answer:
        stream = events(answer.iter_lines())
        names = [next(stream)[0], next(stream)[0]]
    assert names == ["hb", "resync"]


def test_that_the_stream_of_a_session_that_signs_out_ends(drill: Drill) -> None:
    leaving = Desk(drill.url, drill.ready["username"], drill.ready["password"], "desk-leaving")
    with leaving.http.stream("GET", "/v1/stream") as answer:
        stream = events(answer.iter_lines())
        next(stream)
        leaving.http.post("/v1/auth/revoke").raise_for_status()
        rest = [name for name, _, _ in stream]
    leaving.close()
    assert rest[-1] == "auth"


def test_that_the_stream_needs_a_session(desk: Desk) -> None:
    answer = desk.http.get("/v1/stream", headers={"Authorization": "Bearer x"})
    assert answer.status_code == 401


def test_that_a_listener_who_does_not_take_loses_everything_and_hears_of_it() -> None:
    async def scene() -> None:
        hub = Hub()
        hub.start()
        with hub.listener() as slow, hub.listener() as quick:
            for lsn in range(1, QUEUE_CAP + 2):
                hub.publish([Entry(lsn, "alert", "a", lsn, "upsert", "{}")])
                await asyncio.sleep(0)
                assert [entry.lsn for entry in (await quick.take(1))[0]] == [lsn]
            entries, overflowed = await slow.take(1)
            assert overflowed
            assert entries == []
            hub.publish([Entry(999, "alert", "a", 999, "upsert", "{}")])
            assert await slow.take(1) == ([Entry(999, "alert", "a", 999, "upsert", "{}")], False)

    asyncio.run(scene())


def test_that_closing_the_hub_wakes_its_listeners() -> None:
    async def scene() -> None:
        hub = Hub()
        hub.start()
        with hub.listener() as listener:
            waiting = asyncio.create_task(listener.take(30))
            await asyncio.sleep(0)
            hub.close()
            assert await asyncio.wait_for(waiting, 1) == ([], False)
            assert listener.closed

    asyncio.run(scene())


def test_that_a_session_hears_when_its_own_rights_change_and_nobody_elses(tmp_path: Path) -> None:
    engine = open_database(tmp_path)
    log = Log(engine)
    log.fill([])
    hub = Hub()
    log.listen(hub.publish)
    cursors = Cursors("hall", "e1", Signer(b"k", "cursor"))
    api = PullApi(
        gate=cast("Gate", None),
        log=log,
        cursors=cursors,
        snapshots=Snapshots(log, cursors),
        hub=hub,
        clock=Clock(),
        heartbeat_s=30,
    )

    async def scene() -> list[bytes]:
        hub.start()
        told = api._events(Session("s", Officer("officer-7", "张伟"), "desk"), None)
        heard = [await anext(told)]
        with log.write() as writer:
            writer.put("officer", "officer-8", '{"id": "officer-8", "name": "陆晓敏"}')
            writer.put("officer", "officer-7", '{"id": "officer-7", "name": "张伟", "roles": ["observer"]}')
        heard += [await asyncio.wait_for(anext(told), 5) for _ in range(3)]
        await told.aclose()
        return heard

    names = [event.split(b"event: ")[1].split(b"\n")[0] for event in asyncio.run(scene())]
    engine.dispose()
    assert names == [b"hb", b"change", b"change", b"policy"]
