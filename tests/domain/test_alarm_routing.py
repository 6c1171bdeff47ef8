import pytest

from desktop.domain.alarm_routing import (
    ALERT,
    INCIDENT,
    NONE,
    ORDER,
    SEAT,
    Graded,
    Routing,
    level_rank,
    read_routing,
    takes,
    write_routing,
)

BY_ROLE = Routing()


@pytest.mark.parametrize(
    ("roles", "kind", "rank", "taken"),
    [
        (["duty_chief"], ALERT, 1, True),
        (["duty_chief"], ALERT, 2, False),
        (["duty_chief"], INCIDENT, 3, True),
        (["duty_chief"], ORDER, 0, True),
        (["duty_chief"], ORDER, 1, False),
        (["platform_clerk"], ALERT, 3, True),
        (["platform_clerk"], ORDER, 0, False),
        (["hotline_clerk"], ORDER, 0, True),
        (["hotline_clerk"], ALERT, 0, False),
        (["hotline_clerk", "platform_clerk"], ALERT, 3, True),
        (["observer"], ALERT, 0, False),
        (["a role of tomorrow"], ALERT, 0, False),
        ([], INCIDENT, 0, False),
        (["duty_chief"], ORDER, None, False),
    ],
)
def test_that_by_role_each_is_shown_what_is_theirs(
    roles: list[str], kind: str, rank: int | None, *, taken: bool
) -> None:
    assert takes(BY_ROLE, roles, Graded(kind, rank)) is taken


def test_that_a_seat_can_be_told_what_it_takes_whoever_sits_there() -> None:
    seat = Routing(SEAT, {ALERT: 2, ORDER: -1})
    assert takes(seat, ["observer"], Graded(ALERT, 2))
    assert not takes(seat, ["duty_chief"], Graded(ALERT, 3))
    assert not takes(seat, ["duty_chief"], Graded(ORDER, 0))
    assert not takes(seat, ["duty_chief"], Graded(INCIDENT, 0))


def test_that_a_seat_can_be_left_alone() -> None:
    assert not takes(Routing(NONE), ["duty_chief"], Graded(ALERT, 0))


@pytest.mark.parametrize("setting", [None, "", "{", "[]", '{"mode": "loud"}', '{"least": {"alert": "x"}}'])
def test_that_a_setting_nobody_can_read_is_the_default_and_not_silence(setting: str | None) -> None:
    assert read_routing(setting) == BY_ROLE


def test_that_a_setting_is_read_as_it_was_written() -> None:
    seat = Routing(SEAT, {ALERT: 2, ORDER: -1, INCIDENT: 0})
    assert read_routing(write_routing(seat)) == seat


def test_that_a_level_of_tomorrow_is_as_grave_as_the_least() -> None:
    assert [level_rank(level) for level in ("red", "orange", "yellow", "blue", "violet")] == [0, 1, 2, 3, 3]
