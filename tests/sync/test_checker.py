"""The digest check against the real drill centre, after somebody broke the rules."""

import dataclasses
import json
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing

import pytest

from desktop.events import LinkState, Reloaded
from storage.records import OrderQuery, Versions
from tests.sync.conftest import QUICK, Colleague, Desk, Drill

Desks = Callable[..., AbstractContextManager[Desk]]

pytestmark = pytest.mark.real

OFTEN = dataclasses.replace(QUICK, digest_s=0.5)


def silently(drill: Drill, *statements: tuple[str, tuple[object, ...]]) -> None:
    """Change what a centre holds behind the back of its log."""
    drill.end()
    with closing(sqlite3.connect(drill.data_dir / "drill.db")) as database:
        for statement, values in statements:
            assert database.execute(statement, values).rowcount == 1
        database.commit()
    drill.start()


def open_orders(desk: Desk, count: int) -> list[str]:
    return desk.store.cache.order_ids(OrderQuery(states=frozenset({"reported"})), count)


@pytest.mark.expected_log("desktop.sync.checker", "differ from the centre's")
def test_that_what_the_log_never_told_is_found_and_mended(desks: Desks, drill: Drill, colleague: Colleague) -> None:
    with desks() as desk:
        desk.wait_for_link(LinkState.LIVE)
        changed, gone, acted = open_orders(desk, 3)
        colleague.act(acted, "accept")  # the log moves on, so that what follows is newer than the rows here
        desk.wait_for(lambda: desk.order(acted)["state"] == "accepted")
    title = json.dumps({**desk_row(drill, changed), "title": "悄悄改过"})
    silently(
        drill,
        ("update objects set ver = ver + 1, data = ? where kind = 'work_order' and id = ?", (title, changed)),
        ("update objects set deleted = 1 where kind = 'work_order' and id = ?", (gone,)),
        ("insert into objects (kind, id, ver, deleted, data) values ('work_order', 'new', 1, 0, ?)", (title,)),
    )
    with desks(timing=OFTEN) as desk:
        desk.wait_for(lambda: desk.store.cache.get("work_order", "new") is not None, 30)

        assert desk.order(changed)["title"] == "悄悄改过"
        assert desk.store.cache.get("work_order", gone) is None
        assert not [event for event in desk.events if isinstance(event, Reloaded)]


def desk_row(drill: Drill, order_id: str) -> dict[str, object]:
    with closing(sqlite3.connect(drill.data_dir / "drill.db")) as database:
        (data,) = database.execute("select data from objects where id = ?", (order_id,)).fetchone()
    return dict(json.loads(data))


def test_that_an_order_begun_here_is_not_missed_at_the_centre_while_it_cannot_be_sent(
    desks: Desks, drill: Drill
) -> None:
    drill.faults(rules=[{"effect": "status", "path": "/v1/ops", "status": 503}])
    with desks(timing=OFTEN) as desk:
        desk.wait_for_link(LinkState.LIVE)
        compared = watch_comparisons(desk)
        desk.manager.record("work_order", "begun", "report", {"title": "路灯不亮"}).result(5)
        desk.worker.call(lambda: None)
        desk.wait_until(lambda: compared.count("work_order") >= 3)

        assert desk.order("begun")["title"] == "路灯不亮"


def watch_comparisons(desk: Desk) -> list[str]:
    """Return the kinds that are compared from now on, as they come."""
    kinds: list[str] = []
    versions = desk.store.cache.versions

    def watched(kind: str, after_lsn: int) -> Versions:
        kinds.append(kind)
        return versions(kind, after_lsn)

    desk.store.cache.versions = watched  # type: ignore[method-assign]
    return kinds


@pytest.mark.expected_log("desktop.sync.checker", "differ from the centre's")
def test_that_what_cannot_be_mended_is_loaded_anew_and_once(desks: Desks, drill: Drill) -> None:
    with desks() as desk:
        desk.wait_for_link(LinkState.LIVE)
        (order,) = open_orders(desk, 1)
    # A version that went back: by the rules the row here is the newer one.
    silently(drill, ("update objects set ver = 0 where kind = 'work_order' and id = ?", (order,)))
    with desks(timing=OFTEN) as desk:
        desk.wait_for(lambda: any(isinstance(event, Reloaded) for event in desk.events), 30)

        record = desk.store.cache.get("work_order", order)
        assert record is not None
        assert record.ver == 0
