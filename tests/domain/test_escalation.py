"""上提一级 is proposed for what is late or lies untouched, once, and never for what waits by permission."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from desktop.domain.escalation import proposal
from desktop.domain.workflow import apply

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def line(hours_ago: float, verb: str = "handle", actor: str = "张伟") -> dict[str, str]:
    return {"at": (NOW - timedelta(hours=hours_ago)).isoformat(), "verb": verb, "actor": actor, "state": "handling"}


def order(*history: dict[str, str], due_in_h: float = 48, state: str = "handling", **more: Any) -> dict[str, Any]:
    due = (NOW + timedelta(hours=due_in_h)).isoformat()
    return {"state": state, "due": due, "history": list(history), **more}


def test_that_a_late_order_is_proposed_with_how_late_it_is() -> None:
    found = proposal(order(line(1), due_in_h=-3), NOW, DAY)
    assert found is not None
    assert (found.reason, found.length, found.level) == ("late", timedelta(hours=3), "district")


def test_that_an_order_nobody_touched_is_proposed_and_the_system_is_nobody() -> None:
    found = proposal(order(line(30), line(2, "note", "系统")), NOW, DAY)
    assert found is not None
    assert (found.reason, found.length) == ("idle", timedelta(hours=30))


@pytest.mark.parametrize(
    "quiet",
    [
        order(line(23)),
        order(line(40), line(3, "note")),
        order(line(40), state="suspended"),
        order(line(40), state="verifying"),
        order(line(40), due_in_h=-3, level="city"),
        order(line(40), due_in_h=-3, level="a level of another city"),
    ],
    ids=["touched", "noted", "suspended", "not with a unit", "at the top", "unknown level"],
)
def test_that_nothing_is_proposed(quiet: dict[str, Any]) -> None:
    assert proposal(quiet, NOW, DAY) is None


def test_that_what_was_taken_up_is_not_proposed_again() -> None:
    late = order(line(30), due_in_h=-3)
    raised = apply(late, "escalate", {"text": "请协调"}, {**line(1), "verb": "escalate"})
    assert proposal(raised, NOW, DAY) is None


def test_that_a_department_without_a_limit_is_only_late() -> None:
    assert proposal(order(line(500)), NOW, timedelta(0)) is None


@pytest.mark.parametrize("history", [None, 7, ["x", None, {"at": "yesterday"}, {"at": 5, "actor": "系统"}]])
def test_that_an_odd_history_proposes_nothing_by_idleness(history: object) -> None:
    assert proposal({"state": "handling", "due": "", "history": history}, NOW, DAY) is None
