"""What was begun is taken back when the rest fails, and only then."""

import pytest

from storage.undoing import undone_by


def test_that_nothing_is_undone_when_all_went_well() -> None:
    undone: list[str] = []
    with undone_by(lambda: undone.append("begun")):
        pass
    assert undone == []


@pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt])
def test_that_a_failure_undoes_and_goes_on(failure: type[BaseException]) -> None:
    undone: list[str] = []
    with pytest.raises(failure), undone_by(lambda: undone.append("begun")):
        raise failure
    assert undone == ["begun"]
