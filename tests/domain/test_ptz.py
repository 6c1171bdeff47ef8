"""The hand on the camera, on a virtual clock."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.ptz import SPEEDS, STOP, Hand, Motion, Push

FAST = SPEEDS[2]


def told(hand: Hand, now: float) -> Motion | None:
    """Send what is due, and have it answered at once."""
    command = hand.next_command(now)
    hand.answered()
    return command


def test_that_a_held_key_is_told_again_and_again_and_its_release_is_a_stop() -> None:
    hand = Hand()
    assert told(hand, 0.0) is None
    hand.hold(Push.LEFT)
    assert told(hand, 0.0) == Motion(pan=-FAST)
    assert told(hand, 0.39) is None
    assert told(hand, 0.4) == Motion(pan=-FAST)
    hand.release(Push.LEFT)
    assert told(hand, 0.5) == STOP
    assert told(hand, 9.0) is None


def test_that_a_change_is_told_at_once_two_keys_go_aslant_and_opposite_ones_cancel_out() -> None:
    hand = Hand()
    hand.hold(Push.UP)
    told(hand, 0.0)
    hand.hold(Push.RIGHT)
    assert told(hand, 0.01) == Motion(pan=FAST, tilt=FAST)
    hand.hold(Push.LEFT)
    assert told(hand, 0.02) == Motion(tilt=FAST)
    hand.set_speed(99)
    assert told(hand, 0.03) == Motion(tilt=1.0)
    hand.release(Push.UP)
    assert told(hand, 0.04) == STOP


def test_that_one_command_is_under_way_at_a_time_and_the_stop_is_not_forgotten() -> None:
    hand = Hand()
    hand.hold(Push.IN)
    assert hand.next_command(0.0) == Motion(zoom=FAST)
    hand.let_go()
    assert hand.next_command(0.1) is None, "the answer to the first is awaited"
    hand.answered()
    assert hand.next_command(0.2) == STOP


def test_that_another_camera_inherits_the_speed_and_no_movement() -> None:
    hand = Hand()
    hand.set_speed(0)
    hand.hold(Push.DOWN)
    hand.next_command(0.0)
    hand.forget()
    assert (hand.speed, hand.wish) == (0, STOP)
    assert hand.next_command(1.0) is None
    hand.hold(Push.DOWN)
    assert hand.next_command(1.0) == Motion(tilt=-SPEEDS[0])


@pytest.mark.parametrize(("step", "taken"), [(-1, 0), (0, 0), (4, 4), (5, 4)])
def test_that_speeds_stay_within_their_steps(step: int, taken: int) -> None:
    hand = Hand()
    hand.set_speed(step)
    assert hand.speed == taken


@given(st.lists(st.tuples(st.sampled_from(list(Push)), st.booleans(), st.floats(0.0, 0.6)), max_size=30))
def test_that_the_last_word_is_a_stop_whatever_was_pressed(presses: list[tuple[Push, bool, float]]) -> None:
    hand, now, last = Hand(), 0.0, STOP
    for push, down, wait in presses:
        now += wait
        (hand.hold if down else hand.release)(push)
        last = told(hand, now) or last
    hand.let_go()
    last = told(hand, now + 0.01) or last
    assert last == STOP
