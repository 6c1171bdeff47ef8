"""The document of what can go wrong says exactly what the tests say."""

from pathlib import Path

import pytest

from tests.support import fault_catalogue
from tests.support.fault_catalogue import FAULTS, Mark


def test_that_the_document_lists_the_tests_there_are() -> None:
    document = fault_catalogue.DOCUMENT.read_text(encoding="utf-8")
    told = fault_catalogue.table(fault_catalogue.marks())
    assert fault_catalogue.written(document) == told, "write it: python -m tests.support.fault_catalogue"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@pytest.mark.fault(24, 32)\ndef test_that_a(): ...", [(24, "test_that_a"), (32, "test_that_a")]),
        ("@pytest.mark.fault(5)\nclass TestB: ...", [(5, "TestB")]),
        ("pytestmark = [pytest.mark.fault(6)]\ndef made(): ...\ndef test_that_d(): ...", [(6, "test_that_d")]),
        (
            "@pytest.mark.parametrize('x', [pytest.param(1, marks=pytest.mark.fault(7)), 2])\ndef test_that_c(x): ...",
            [(7, "test_that_c")],
        ),
    ],
)
def test_that_a_fault_is_read_off_the_test_that_names_it(
    tmp_path: Path, text: str, expected: list[tuple[int, str]]
) -> None:
    assert _marks(tmp_path, text) == [Mark(number, "tests/test_it.py", name) for number, name in expected]


@pytest.mark.parametrize(
    "text",
    [
        "@pytest.mark.fault(99)\ndef test_that_a(): ...",
        "SLOW = pytest.mark.fault(1)",
        "@pytest.mark.fault('1')\ndef test_that_a(): ...",
    ],
)
def test_that_a_fault_that_nobody_can_look_up_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match="test_it"):
        _marks(tmp_path, text)


def test_that_a_fault_without_a_test_is_told_as_such() -> None:
    rows = fault_catalogue.table([Mark(2, "tests/test_it.py", "test_that_it_lives")]).splitlines()
    assert rows[0] == f"1 of {len(FAULTS)} faults have a test that names them."
    assert rows[4] == f"| 1 | {FAULTS[1]} | – |"
    assert rows[5] == f"| 2 | {FAULTS[2]} | [it lives](../tests/test_it.py) |"


def _marks(root: Path, text: str) -> list[Mark]:
    (root / "tests").mkdir()
    (root / "tests" / "test_it.py").write_text(f"import pytest\n{text}\n", encoding="utf-8")
    return fault_catalogue.marks(root)
