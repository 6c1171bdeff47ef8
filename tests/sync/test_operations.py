from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest

from desktop.central.schema import Expect, Officer, Op
from desktop.errors import OpsError
from desktop.sync.clock import Estimate
from desktop.sync.operations import Intent, new_op_id, role_for

OFFICER = Officer(id="u1", name="张伟", roles=["hotline_clerk", "grid_clerk"])
WALL = datetime(2026, 11, 22, 9, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))


def intent(**changes) -> Intent:
    values = {
        "op_id": new_op_id(),
        "kind": "work_order",
        "target_id": "w1",
        "verb": "note",
        "args": {"text": "已电话联系"},
        "expect": Expect(ver=3, state="accepted"),
        "officer": OFFICER,
        "wall": WALL,
        "estimate": Estimate(datetime(2026, 11, 22, 1, 0, 5, tzinfo=UTC), 40),
    }
    return Intent(**(values | changes))


def test_that_an_operation_says_who_what_when_and_what_was_seen() -> None:
    meant = intent()

    op = msgspec.json.decode(meant.freeze("device", 7), type=Op)

    assert (op.op_id, op.device_id, op.device_seq) == (meant.op_id, "device", 7)
    assert (op.target.kind, op.target.id, op.verb, op.args) == ("work_order", "w1", "note", {"text": "已电话联系"})
    assert op.expect == Expect(ver=3, state="accepted")
    assert (op.actor, op.role) == ("u1", "hotline_clerk")
    assert op.wall_time == "2026-11-22T09:00:00.123+08:00"
    assert (op.est_server_time, op.est_server_err_ms) == ("2026-11-22T01:00:05.000+00:00", 40)


def test_that_the_same_intent_freezes_to_the_same_bytes() -> None:
    meant = intent()

    assert meant.freeze("device", 7) == meant.freeze("device", 7)


def test_that_an_operation_without_an_estimate_claims_none() -> None:
    op = msgspec.json.decode(intent(estimate=None).freeze("device", 1), type=Op)

    assert (op.est_server_time, op.est_server_err_ms) == ("", 0)


def test_that_an_operation_too_large_for_a_batch_is_refused_before_it_is_written() -> None:
    with pytest.raises(OpsError, match=r"push\.too_large"):
        intent(args={"text": "长" * 100_000}).freeze("device", 1)


def test_that_operation_ids_sort_by_time() -> None:
    ids = [new_op_id() for _ in range(100)]

    assert ids == sorted(ids)
    assert {op_id[14] for op_id in ids} == {"7"}


def test_that_a_verb_is_used_in_the_role_that_may() -> None:
    assert role_for("work_order", "dispatch", "accepted", ["patrol", "grid_clerk"]) == "grid_clerk"
    assert role_for("work_order", "dispatch", "closed", ["patrol", "grid_clerk"]) == "grid_clerk"
    assert role_for("work_order", "dispatch", "accepted", ["observer"]) == "observer"
    assert role_for("work_order", "unheard_of", "accepted", ["patrol"]) == "patrol"
    assert role_for("alert", "acknowledge", "open", ["patrol", "leader"]) == "leader"
    assert role_for("plan", "start", "", ["patrol"]) == "patrol"
    assert role_for("work_order", "note", "accepted", []) == ""
