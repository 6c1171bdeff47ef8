"""When a link is given up, and which one is next."""

import pytest

from desktop.central.links import FAILING_S, FAILURES, Links


class Hand:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def links(hand: Hand) -> Links:
    return Links(2, hand)


def test_that_three_failures_in_a_row_give_a_link_up(links: Links) -> None:
    for _ in range(FAILURES - 1):
        links.failed(0)
    links.worked(0)
    for _ in range(FAILURES - 1):
        links.failed(0)
    assert not links.change_over()

    links.failed(0)

    assert links.change_over()
    assert links.current == 1


def test_that_failing_for_six_seconds_gives_a_link_up(links: Links, hand: Hand) -> None:
    links.failed(0)
    hand.now += FAILING_S - 0.1
    assert not links.change_over()
    assert links.patience_s() == pytest.approx(0.1)

    hand.now += 0.1

    assert links.patience_s() == 0
    assert links.change_over()


def test_that_links_take_turns_while_all_fail(links: Links) -> None:
    used = []
    for _ in range(3 * FAILURES):
        used.append(links.current)
        links.failed(links.current)
        links.change_over()

    assert used == [0] * FAILURES + [1] * FAILURES + [0] * FAILURES


def test_that_a_failure_told_late_is_held_against_its_own_link(links: Links) -> None:
    for _ in range(FAILURES):
        links.failed(0)
    links.change_over()

    for _ in range(FAILURES):  # requests that were under way over the old link
        links.failed(0)

    assert not links.change_over()


def test_that_a_refused_link_is_given_up_at_once_and_home_is_a_fresh_start(links: Links) -> None:
    links.refuse(0)
    assert links.change_over()
    links.go_home()

    assert links.current == 0
    assert not links.change_over()


def test_that_a_single_link_is_kept_whatever_happens() -> None:
    links = Links(1)
    for _ in range(10):
        links.failed(0)

    assert not links.change_over()
    assert links.patience_s() == float("inf")
