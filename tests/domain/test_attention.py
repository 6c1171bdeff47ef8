"""Calls for attention: each is heard when it comes, again by rule until acknowledged, and never through a mute."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.attention import Attention, Bidding, Call, Rule

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
RULES = {
    "red": Rule("red.wav", 30, notify=True, flash=True),
    "orange": Rule("orange.wav", 180, notify=True),
    "yellow": Rule("yellow.wav"),
}


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_that_a_call_is_heard_shown_and_flashed_when_it_comes() -> None:
    red = Call("a", "red")
    assert Attention(RULES).bid([red], NOW) == Bidding("red.wav", (red,), "red")


def test_that_it_is_repeated_by_rule_until_it_does_not_wait_any_more() -> None:
    attention, red = Attention(RULES), Call("a", "red")
    heard = [second for second in range(0, 100, 5) if attention.bid([red], at(second)).sound]
    assert heard == [0, 30, 60, 90]
    assert attention.bid([], at(120)) == Bidding()
    assert attention.bid([red], at(125)).sound == "red.wav"


def test_that_a_call_without_repetition_is_heard_once_and_shown_once() -> None:
    attention, yellow = Attention(RULES), Call("a", "yellow")
    assert attention.bid([yellow], NOW).sound == "yellow.wav"
    assert attention.bid([yellow], at(10_000)) == Bidding()


def test_that_of_many_calls_the_gravest_alone_is_heard() -> None:
    calls = [Call("y", "yellow"), Call("o", "orange"), Call("r", "red"), Call("x", "a level of another city")]
    bidding = Attention(RULES).bid(calls, NOW)
    assert bidding.sound == "red.wav"
    assert [call.id for call in bidding.notify] == ["r", "o"]


def test_that_muting_silences_sounds_alone_and_ends_by_itself() -> None:
    attention, red = Attention(RULES), Call("a", "red")
    muted = attention.bid([red], NOW, at(60))
    assert (muted.sound, muted.flash, muted.notify) == ("", "red", (red,))
    assert attention.bid([red], at(30), at(60)).sound == ""
    assert attention.bid([red], at(60), at(60)).sound == "red.wav"


def test_that_a_clock_set_back_silences_nothing() -> None:
    attention, red = Attention(RULES), Call("a", "red")
    attention.bid([red], NOW)
    assert attention.bid([red], at(-3_600)).sound == "red.wav"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["red", "orange", "yellow", "?"])), max_size=30))
def test_that_no_red_call_stays_unheard_for_longer_than_its_rule(steps: list[tuple[str, str]]) -> None:
    attention = Attention(RULES)
    red = Call("the red one", "red")
    heard = [
        second * 10
        for second, (name, level) in enumerate(steps)
        if attention.bid([red, Call(name, level)], at(second * 10)).sound == "red.wav"
    ]
    assert set(range(0, len(steps) * 10, 30)) <= set(heard)
