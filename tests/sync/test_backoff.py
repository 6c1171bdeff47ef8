import pytest

from desktop.sync.backoff import BASE_S, CAP_S, FLOOR_S, Backoff


def highest(low: float, high: float) -> float:
    return high


def lowest(low: float, high: float) -> float:
    return low


def test_that_the_ceiling_doubles_up_to_the_cap_while_failures_go_on() -> None:
    backoff = Backoff(uniform=highest)

    assert [backoff.next_s() for _ in range(7)] == [1.0, 2.0, 4.0, 8.0, 16.0, CAP_S, CAP_S]


def test_that_full_jitter_never_falls_below_the_floor() -> None:
    backoff = Backoff(uniform=lowest)

    assert {backoff.next_s() for _ in range(5)} == {FLOOR_S}


def test_that_a_success_starts_from_the_beginning() -> None:
    backoff = Backoff(uniform=highest)
    for _ in range(6):
        backoff.next_s()

    backoff.reset()

    assert backoff.next_s() == 2 * BASE_S


@pytest.mark.parametrize("uniform", [lowest, highest])
def test_that_the_wait_is_never_shorter_than_what_the_centre_asked_for(uniform) -> None:
    assert 120 <= Backoff(uniform=uniform).next_s(120) <= 180


def test_that_a_week_of_failures_does_not_overflow() -> None:
    backoff = Backoff(uniform=highest)
    backoff.failures = 1_000_000

    assert backoff.next_s() == CAP_S
