"""The engine against the real drill centre, over real HTTP, into the real encrypted store."""

import json
import signal
import sqlite3
import time
from collections.abc import Callable

import pytest

from desktop.errors import OpsError
from desktop.events import Changed, LinkState, OutboxChanged, RecordsQuarantined, Reloaded, SignInRequired
from desktop.sync.timing import Timing
from storage.records import OrderQuery
from tests.sync.conftest import Colleague, Desk, Drill

Desks = Callable[..., "Desk"]

pytestmark = pytest.mark.real

EVERYTHING = OrderQuery(open_only=False)


def seen(desk: Desk, order_id: str) -> Callable[[], bool]:
    """Whether the desk was told of a change of an order, counted from now."""
    before = len(desk.events)
    return lambda: any(isinstance(event, Changed) and order_id in event.upserted for event in desk.events[before:])


def newest_outbox(desk: Desk) -> tuple[int, int, int]:
    last = [event for event in desk.events if isinstance(event, OutboxChanged)][-1]
    return last.queued, last.sending, last.unresolved


def test_that_a_desk_loads_the_district_and_goes_live(desks: Desks, drill: Drill) -> None:
    with desks("new", fresh=True) as desk:
        desk.wait_for_link(LinkState.SIGNED_OUT)
        desk.sign_in(drill)

        assert desk.store.cache.order_count(EVERYTHING) == drill.orders() > 20_000
        assert any(isinstance(event, Reloaded) for event in desk.events)
        assert SignInRequired("auth.signed_out") in desk.events
        status = desk.manager.status
        assert (status.fault, status.progress) == ("", None)
        assert status.cursor_lsn == status.head_lsn > 22_000
        assert status.as_of
        assert status.round_trip_ms is not None


def test_that_a_wrong_password_is_told_and_the_right_one_still_works(desks: Desks, drill: Drill) -> None:
    with desks("new", fresh=True) as desk:
        with pytest.raises(OpsError, match=r"auth\.wrong_password"):
            desk.manager.sign_in(drill.username, "wrong").result(10)
        assert desk.manager.sign_in(drill.username, drill.password).result(10).name


def test_that_a_change_of_a_colleague_arrives_through_the_stream(
    desks: Desks, drill: Drill, colleague: Colleague
) -> None:
    with desks() as desk:
        desk.wait_for_link(LinkState.LIVE)
        order = desk.order_in("reported")
        told = seen(desk, order)

        assert colleague.act(order, "accept") == "applied"
        desk.wait_for(told, 5)

        assert desk.order(order)["state"] == "accepted"


def test_that_an_action_shows_at_once_and_reaches_the_centre(desks: Desks, drill: Drill) -> None:
    with desks() as desk:
        desk.wait_for_link(LinkState.LIVE)
        order = desk.order_in("reported")

        op = desk.record(order, "accept")

        assert desk.order(order)["state"] == "accepted"
        desk.wait_for(desk.outbox_is_empty)
        lines = [line for line in desk.order(order)["history"] if line.get("op_id") == op.op_id]
        assert len(lines) == 1
        assert "pending" not in lines[0]
        assert drill.history(order).count(op.op_id) == 1
        desk.wait_for(lambda: newest_outbox(desk) == (0, 0, 0))


def test_that_operations_of_one_order_arrive_in_their_order(desks: Desks, drill: Drill) -> None:
    with desks() as desk:
        desk.wait_for_link(LinkState.LIVE)
        order = desk.order_in("reported")
        sent = [
            desk.record(order, "accept").op_id,
            desk.record(order, "note", text="已电话联系").op_id,
            desk.record(order, "dispatch", department=desk.store.cache.all("department")[0].id).op_id,
        ]

        desk.wait_for(desk.outbox_is_empty)

        assert [op_id for op_id in drill.history(order) if op_id in sent] == sent
        assert desk.order(order)["state"] == "dispatched"


def test_that_what_is_recorded_offline_reaches_the_restarted_centre_exactly_once(desks: Desks, drill: Drill) -> None:
    with desks() as desk:
        desk.wait_for_link(LinkState.LIVE)
        order = desk.order_in("reported")
        drill.kill()
        assert desk.wait_for_link(LinkState.OFFLINE) < 15

        op = desk.record(order, "accept")
        assert desk.order(order)["state"] == "accepted"
        assert desk.store.duty.counts().queued == 1

        drill.start()
        desk.wait_for_link(LinkState.LIVE)
        desk.wait_for(desk.outbox_is_empty)
        assert drill.history(order).count(op.op_id) == 1


def test_that_an_operation_survives_the_program_and_is_sent_by_the_next_run(desks: Desks, drill: Drill) -> None:
    with desks() as desk:
        desk.wait_for_link(LinkState.LIVE)
        order = desk.order_in("reported")
        drill.kill()
        desk.wait_for_link(LinkState.OFFLINE)
        op = desk.record(order, "accept")
    with desks() as desk:
        desk.wait_for_link(LinkState.OFFLINE)
        assert desk.manager.officer is not None
        assert desk.manager.policy.idle_lock_s == 600
        assert desk.order(order)["state"] == "accepted"
        drill.start()
        desk.wait_for_link(LinkState.LIVE)
        desk.wait_for(desk.outbox_is_empty)
        assert drill.history(order).count(op.op_id) == 1


@pytest.mark.parametrize("effect", ["drop", "drop_after_apply", "truncate", "malformed", "html", "status"])
def test_that_an_answer_that_is_lost_or_spoiled_never_doubles_an_action(
    desks: Desks, drill: Drill, effect: str
) -> None:
    with desks() as desk:
        desk.wait_for_link(LinkState.LIVE)
        order = desk.order_in("reported")
        drill.faults(rules=[{"effect": effect, "path": "/v1/ops", "turns": 2}])

        op = desk.record(order, "accept")
        desk.wait_for(desk.outbox_is_empty)

        assert drill.history(order).count(op.op_id) == 1
        assert desk.store.duty.counts().unresolved == 0


@pytest.mark.fault(24, 32)
def test_that_a_centre_killed_while_it_answers_gets_the_action_once(desks: Desks, drill: Drill) -> None:
    with desks() as desk:
        desk.wait_for_link(LinkState.LIVE)
        order = desk.order_in("reported")
        drill.faults(rules=[{"effect": "latency", "path": "/v1/ops", "seconds": 30, "turns": 1}])
        op = desk.record(order, "accept")
        desk.wait_until(drill.fault_has_struck)
        drill.kill()
        desk.wait_for_link(LinkState.OFFLINE)
        drill.start()
        desk.wait_for(desk.outbox_is_empty)
        assert drill.history(order).count(op.op_id) == 1


def test_that_a_push_that_hangs_does_not_hold_up_the_pull(desks: Desks, drill: Drill, colleague: Colleague) -> None:
    with desks() as desk:
        desk.wait_for_link(LinkState.LIVE)
        mine, theirs = desk.store.cache.order_ids(OrderQuery(states=frozenset({"reported"})), 2)
        drill.faults(rules=[{"effect": "latency", "path": "/v1/ops", "seconds": 5, "turns": 1}])
        desk.record(mine, "accept")
        desk.wait_until(drill.fault_has_struck)
        told = seen(desk, theirs)

        colleague.act(theirs, "accept")

        assert desk.wait_for(told) < 4
        assert desk.store.duty.counts().sending == 1


@pytest.mark.fault(46)
def test_that_a_conflict_waits_in_the_tray_and_leaves_the_overlay(
    desks: Desks, drill: Drill, colleague: Colleague
) -> None:
    with desks() as desk:
        desk.wait_for_link(LinkState.LIVE)
        order = desk.order_in("reported")
        drill.faults(rules=[{"effect": "latency", "path": "/v1/ops", "seconds": 1, "turns": 1}])
        op = desk.record(order, "accept")
        desk.wait_until(drill.fault_has_struck)
        assert colleague.act(order, "accept") == "applied"

        desk.wait_for(lambda: desk.store.duty.counts().unresolved == 1)
        (left,) = desk.store.duty.tray()
        assert (left.op_id, left.status, left.code) == (op.op_id, "conflict", "workflow.state")
        assert json.loads(left.outcome)["by"] == colleague.grant.officer.name
        desk.wait_for(lambda: [line.get("pending") for line in desk.order(order)["history"]].count(True) == 0)
        desk.wait_for(lambda: newest_outbox(desk) == (0, 0, 1))

        note = desk.record(order, "note", text="已电话联系")
        assert desk.store.duty.next_batch() == []
        desk.manager.resolve(op.op_id, "discarded", "已由同事受理").result(5)
        desk.wait_for(desk.outbox_is_empty)
        assert drill.history(order)[-1] == note.op_id
        desk.wait_for(lambda: newest_outbox(desk) == (0, 0, 0))


def test_that_a_malformed_record_is_set_aside_and_the_rest_goes_on(desks: Desks, drill: Drill) -> None:
    with desks() as desk:
        desk.wait_for_link(LinkState.LIVE)
        bad, good = desk.store.cache.order_ids(OrderQuery(states=frozenset({"reported"})), 2)
        title = desk.order(bad)["title"]
        drill.kill()
        desk.wait_for_link(LinkState.OFFLINE)
        append(drill, (bad, '{"title": NaN}'), ("", "{}"), ("deep", "[" * 50 + "]" * 50), (good, '{"title": "新"}'))
        drill.start()
        desk.wait_for_link(LinkState.LIVE)

        assert desk.order(good)["title"] == "新"
        assert desk.order(bad)["title"] == title
        (told,) = [event for event in desk.events if isinstance(event, RecordsQuarantined)]
        assert (told.kind, set(told.ids)) == ("work_order", {bad, "", "deep"})
        assert desk.manager.status.cursor_lsn == desk.manager.status.head_lsn


def append(drill: Drill, *entries: tuple[str, str], op: str = "upsert") -> None:
    """Put entries into the log of a centre that is not running, unchecked."""
    with sqlite3.connect(drill.data_dir / "drill.db") as database:
        (lsn,) = database.execute("select lsn from head").fetchone()
        for number, (order_id, data) in enumerate(entries, start=lsn + 1):
            database.execute(
                "insert into log (lsn, kind, id, ver, op, data) values (?, 'work_order', ?, 99, ?, ?)",
                (number, order_id, op, data),
            )
        database.execute("update head set lsn = ?", (lsn + len(entries),))
    database.close()


@pytest.mark.slow
@pytest.mark.expected_log("desktop.sync.pull_loop", "held back")
def test_that_a_pull_that_would_empty_the_desk_is_held_until_it_comes_twice(desks: Desks, drill: Drill) -> None:
    with desks() as desk:
        desk.wait_for_link(LinkState.LIVE)
        before = desk.store.cache.order_count(OrderQuery())
        doomed = desk.store.cache.order_ids(OrderQuery(), 500)
        drill.kill()
        desk.wait_for_link(LinkState.OFFLINE)
        append(drill, *((order, "null") for order in doomed), op="delete")
        drill.start()

        desk.wait_for_link(LinkState.HELD)
        assert desk.manager.status.fault == "pull.held"
        assert desk.manager.status.params["count"] == 500
        assert desk.store.cache.order_count(OrderQuery()) == before
        desk.wait_for_link(LinkState.LIVE, deadline_s=30)
        assert desk.store.cache.order_count(OrderQuery()) == before - 500


@pytest.mark.fault(33)
def test_that_a_new_epoch_is_loaded_beside_and_the_outbox_stays(desks: Desks, drill: Drill) -> None:
    with desks() as desk:
        desk.wait_for_link(LinkState.LIVE)
        order = desk.order_in("reported")
        drill.kill()
        desk.wait_for_link(LinkState.OFFLINE)
        op = desk.record(order, "accept")
        with sqlite3.connect(drill.data_dir / "drill.db") as database:
            database.execute("update centre set value = 'another-epoch' where name = 'epoch'")
        database.close()
        before = len(desk.events)
        drill.start()
        desk.wait_for_link(LinkState.LIVE, deadline_s=60)

        assert any(isinstance(event, Reloaded) for event in desk.events[before:])
        desk.wait_for(desk.outbox_is_empty)
        assert [line.get("op_id") for line in desk.order(order)["history"]].count(op.op_id) == 1


def test_that_an_expired_token_is_renewed_without_asking(desks: Desks, drill: Drill) -> None:
    with desks() as desk:
        desk.wait_for_link(LinkState.LIVE)
        drill.faults(expire_tokens=True)

        desk.record(desk.order_in("reported"), "accept")
        desk.wait_for(desk.outbox_is_empty)

        assert not [event for event in desk.events if isinstance(event, SignInRequired)]


@pytest.mark.fault(36)
def test_that_a_revoked_session_asks_once_and_keeps_every_operation(desks: Desks, drill: Drill) -> None:
    with desks() as desk:
        desk.wait_for_link(LinkState.LIVE)
        orders = desk.store.cache.order_ids(OrderQuery(states=frozenset({"reported"})), 3)
        drill.kill()
        desk.wait_for_link(LinkState.OFFLINE)
        for order in orders:
            desk.record(order, "accept")
        with sqlite3.connect(drill.data_dir / "drill.db") as database:
            database.execute("update sessions set revoked = 1")
        database.close()
        drill.start()
        desk.wait_for_link(LinkState.SIGNED_OUT)

        assert desk.events.count(SignInRequired("auth.expired")) == 1
        desk.wait_for(lambda: desk.store.duty.counts().queued == 3)
        assert desk.manager.officer is not None

        desk.sign_in(drill)
        desk.wait_for(desk.outbox_is_empty)


def test_that_signing_out_forgets_the_officer_and_keeps_the_cache(desks: Desks, drill: Drill) -> None:
    with desks() as desk:
        desk.wait_for_link(LinkState.LIVE)
        desk.manager.sign_out().result(10)
        desk.wait_for_link(LinkState.SIGNED_OUT)
        assert desk.manager.officer is None
        with pytest.raises(OpsError, match=r"auth\.signed_out"):
            desk.manager.record("work_order", "x", "accept", {}).result(5)
    with desks() as desk:
        desk.wait_for_link(LinkState.SIGNED_OUT)
        assert desk.store.cache.order_count(EVERYTHING) == drill.orders() > 20_000


@pytest.mark.fault(26)
@pytest.mark.slow
def test_that_a_centre_that_falls_silent_is_offline_within_fifteen_seconds(desks: Desks, drill: Drill) -> None:
    with desks(timing=Timing()) as desk:
        desk.wait_for_link(LinkState.LIVE)
        drill.send(signal.SIGSTOP)
        started = time.monotonic()
        try:
            desk.wait_for_link(LinkState.OFFLINE, deadline_s=16)
        finally:
            drill.send(signal.SIGCONT)
        assert time.monotonic() - started < 15
        desk.wait_for_link(LinkState.LIVE, deadline_s=40)


def test_that_a_desk_without_a_stream_polls_and_still_hears(desks: Desks, drill: Drill, colleague: Colleague) -> None:
    drill.faults(rules=[{"effect": "html", "path": "/v1/stream"}])
    with desks() as desk:
        desk.wait_for_link(LinkState.POLLING)
        order = desk.order_in("reported")
        told = seen(desk, order)
        colleague.act(order, "accept")

        assert desk.wait_for(told) < 2


def test_that_a_camera_without_a_picture_says_why(desks: Desks, drill: Drill) -> None:
    with desks() as desk:
        desk.wait_for_link(LinkState.LIVE)
        with pytest.raises(OpsError, match=r"camera\.unknown"):
            desk.manager.live_address("no/such camera", "sub")
        camera = next(
            record for record in desk.store.cache.all("camera") if json.loads(record.data)["health"] == "online"
        )
        with pytest.raises(OpsError, match=r"camera\.offline"):  # this centre runs without cameras
            desk.manager.live_address(camera.id, "sub")


def test_that_a_password_is_changed_at_the_centre_and_the_session_goes_on(desks: Desks, drill: Drill) -> None:
    with desks() as desk:
        desk.wait_for_link(LinkState.LIVE)
        for old, new, code in (
            ("wrong", "Neu#2026x", "auth.old_password"),
            (drill.password, "short", "auth.password_rule"),
            (drill.password, drill.password, "auth.password_reused"),
        ):
            with pytest.raises(OpsError, match=code.replace(".", r"\.")):
                desk.manager.change_password(old, new).result(10)
        desk.manager.change_password(drill.password, "Neu#2026x").result(10)
        officer = desk.manager.officer
        assert officer is not None
        assert officer.password_expires_at
        assert desk.manager.sign_in(drill.username, "Neu#2026x").result(10).id == officer.id
