"""A centre that wants a newer program is heard, and one that says nonsense is not."""

import pytest

from desktop.events import Event, FaultRaised
from desktop.sync.program_age import ProgramAge


def told(own: str, *needed: str) -> list[Event]:
    posted: list[Event] = []
    age = ProgramAge(posted.append, own)
    for each in needed:
        age.hold_against(each)
    return posted


@pytest.mark.parametrize(
    ("own", "needed"), [("0.9.0", "0.10"), ("1.2.3", "1.2.4-rc1"), ("1", "v2.0.0"), ("0.1.0", "0.1.1")]
)
def test_that_an_older_program_is_told_once(own: str, needed: str) -> None:
    assert told(own, needed, needed) == [FaultRaised("link.program_too_old", {"needed": needed, "own": own})]


@pytest.mark.parametrize("needed", ["", "0.1", "0.1.0", "0.0.9", "latest", "−3", "9" * 5_000 + "x"])
def test_that_one_that_is_new_enough_hears_nothing(needed: str) -> None:
    assert told("999999999.1" if needed.startswith("9") else "0.1.0", needed) == []
