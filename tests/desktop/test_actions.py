"""Which action of an order stands out."""

from typing import Any

import msgspec
import pytest

from desktop.central.schema import Officer, WorkOrder
from desktop.domain.sla import parse_time
from desktop.presenters.directory import Directory
from desktop.presenters.keys import key_groups
from desktop.presenters.orders.actions import ACTION_KEYS, Situation, order_actions

NOW = parse_time("2026-11-22T14:00:00+08:00")
assert NOW is not None


def primary(raw: dict[str, Any], *roles: str) -> str:
    """The action that stands out for an officer with these roles, "" if none does."""
    order = msgspec.convert(raw, WorkOrder)
    case = Situation(order, raw, Directory(), Officer(id="o-1", name="张伟", roles=list(roles)), NOW)
    return next((spec.verb for spec in order_actions(case) if spec.primary), "")


@pytest.mark.parametrize(
    ("state", "roles", "expected"),
    [
        ("reported", ("duty_chief",), "accept"),
        ("accepted", ("duty_chief",), "register"),
        ("registered", ("duty_chief",), "dispatch"),
        ("dispatched", ("handling_unit",), "handle"),
        ("dispatched", ("hotline_clerk",), ""),  # it is the unit's turn: to transfer it leads nowhere on
        ("handling", ("handling_unit",), "report_back"),
        ("verifying", ("duty_chief",), "verify_pass"),
        ("closed", ("duty_chief",), "reply"),
        ("replied", ("duty_chief",), "archive"),
        ("returned", ("duty_chief",), "dispatch"),
        ("suspended", ("handling_unit",), "resume"),
        ("archived", ("duty_chief",), ""),
        ("reported", ("observer",), ""),
    ],
)
def test_that_what_stands_out_takes_the_order_on(state: str, roles: tuple[str, ...], expected: str) -> None:
    assert primary({"state": state}, *roles) == expected


def test_that_a_caller_who_is_not_satisfied_comes_before_the_straight_way() -> None:
    assert primary({"state": "closed", "satisfaction": "dissatisfied"}, "duty_chief") == "reopen"


def test_that_the_key_sheet_has_the_letter_of_every_action() -> None:
    lines = [line.keys for group in key_groups() for line in group.lines]
    assert {(key,) for key in ACTION_KEYS.values()} <= set(lines)
    assert len(set(ACTION_KEYS.values())) == len(ACTION_KEYS)
