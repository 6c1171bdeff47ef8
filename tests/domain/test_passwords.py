"""Which parts of the rule a password meets."""

import pytest

from desktop.domain.passwords import CLASSES, unmet


@pytest.mark.parametrize(
    ("password", "lacking"),
    [
        ("Linjiang#2026", set()),
        ("值班口令#7号", {"length"}),
        ("longenough", {"digit", "special"}),
        ("12345678", {"letter", "special"}),
        ("", {"length", "letter", "digit", "special"}),
        ("with space 1", {"special"}),
    ],
)
def test_that_a_password_lacks_exactly_what_it_does_not_have(password: str, lacking: set[str]) -> None:
    assert unmet(password, 8, CLASSES) == lacking


def test_that_a_class_of_tomorrow_is_not_asked() -> None:
    assert unmet("abc", 3, ("letter", "emoji")) == frozenset()
