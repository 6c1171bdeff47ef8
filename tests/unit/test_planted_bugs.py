"""Every bug of `make mutants` still has its place in the code; whether it is caught is for `make mutants` to say."""

from pathlib import Path

import pytest

from tests.mutants.bugs import BUGS, Bug

_ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("bug", BUGS, ids=[bug.name for bug in BUGS])
def test_that_a_bug_can_be_planted_in_exactly_one_place(bug: Bug) -> None:
    text = (_ROOT / bug.file).read_text(encoding="utf-8")
    assert text.count(bug.sound) == 1, f"{bug.file} has changed"
    compile(text.replace(bug.sound, bug.broken), bug.file, "exec")


def test_that_there_are_twenty_bugs_at_least_and_none_twice() -> None:
    assert len({bug.name for bug in BUGS}) == len(BUGS) >= 20
