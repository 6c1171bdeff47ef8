import pytest

from desktop.errors import OpsError
from desktop.sync.guard import CONFIRM_AFTER_S, RemovalGuard


class Watch:
    def __init__(self) -> None:
        self.now = 0.0
        self.guard = RemovalGuard(lambda: self.now)

    def held(self, ids: list[str], open_orders: int = 2_000) -> bool:
        try:
            self.guard.check(ids, open_orders)
        except OpsError as fault:
            return fault.code == "pull.held"
        return False


def orders(count: int, start: int = 0) -> list[str]:
    return [f"w{number}" for number in range(start, start + count)]


@pytest.mark.parametrize(
    ("count", "open_orders", "held"), [(50, 60, False), (51, 60, True), (100, 2_000, False), (101, 2_000, True)]
)
def test_that_removals_are_held_beyond_fifty_or_five_per_cent(count: int, open_orders: int, held: bool) -> None:
    assert Watch().held(orders(count), open_orders) is held


def test_that_a_second_fetch_confirms_after_a_pause_and_not_before() -> None:
    watch = Watch()
    assert watch.held(orders(500))
    watch.now += CONFIRM_AFTER_S / 2
    assert watch.held(orders(500))
    watch.now += CONFIRM_AFTER_S / 2
    assert not watch.held(orders(505))


def test_that_other_removals_are_no_confirmation() -> None:
    watch = Watch()
    assert watch.held(orders(500))
    watch.now += CONFIRM_AFTER_S
    assert watch.held(orders(500, start=1))
    assert watch.held(orders(1_500, start=1))


def test_that_many_small_removals_add_up_and_are_forgotten_after_a_minute() -> None:
    watch = Watch()
    assert [watch.held(orders(40, start)) for start in (0, 40, 80)] == [False, False, True]
    watch.now += 61
    assert not watch.held(orders(40, 80))


def test_that_a_shrunken_snapshot_is_held_until_the_next_one_says_the_same() -> None:
    watch = Watch()
    watch.guard.check_snapshot(2_000, 1_900)
    with pytest.raises(OpsError, match=r"pull\.held"):
        watch.guard.check_snapshot(2_000, 0)
    watch.now += CONFIRM_AFTER_S
    with pytest.raises(OpsError, match=r"pull\.held"):
        watch.guard.check_snapshot(2_000, 1_000)
    watch.now += CONFIRM_AFTER_S
    watch.guard.check_snapshot(2_000, 1_001)


def test_that_a_first_snapshot_is_never_held() -> None:
    Watch().guard.check_snapshot(0, 0)
    Watch().guard.check_snapshot(0, 2_000)
