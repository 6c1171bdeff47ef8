"""The faults of the world that the product is built for, and which tests stand for them, read off the tests.

A test names its faults with ``@pytest.mark.fault(24)``, on a function, on a class, on one case of a ``parametrize``, or
in ``pytestmark`` for a whole file. ``python -m tests.support.fault_catalogue`` writes the table into
``docs/reliability.md``; a test holds the two together, so that the document cannot say more than the tests do.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- faults: begin -->", "<!-- faults: end -->"

FAULTS: dict[int, str] = {
    # process, power, disk
    1: "killed between the click and the write",
    2: "killed after the write, before the commit",
    3: "killed after the commit, before the officer is told",
    4: "killed after sending, before the answer",
    5: "killed after the answer, before it is kept",
    6: "killed while a snapshot is swapped in",
    7: "killed while a database is migrated",
    8: "power lost: the last commits torn off",
    9: "one fsync fails",
    10: "disk full while an action is saved",
    11: "disk full while changes are pulled",
    12: "data folder read-only or forbidden",
    13: "a bit flipped in cache.db",
    14: "a bit flipped in duty.db",
    15: "a bit flipped in the second copy of the operations",
    16: "the -wal file deleted by a cleaner",
    17: "duty.db replaced by an older copy",
    18: "the program started twice",
    19: "the data folder on a network share",
    20: "another program holds the file for seconds",
    21: "a WAL of gigabytes behind a reader that hangs",
    22: "a database newer than the program",
    23: "an SQLite library that can corrupt a WAL",
    # network and centre
    24: "cable pulled in the middle of a request",
    25: "a link that comes and goes",
    26: "a connection half open: no reset, no data",
    27: "a proxy that holds the event stream back",
    28: "a captive portal answers 200 with a page",
    29: "events twice, or a hundred times",
    30: "events out of order, or missing",
    31: "ten thousand events at once",
    32: "the centre restarted in the middle of a batch",
    33: "the centre put back to yesterday's backup",
    34: "the backup link is behind",
    35: "two centres with different data",
    36: "session ended with operations waiting",
    37: "one operation forbidden after a change of role",
    38: "an operation's id used with other content",
    39: "a batch too large",
    40: "the centre asks for patience",
    41: "one operation the centre stumbles over for ever",
    42: "a snapshot that is empty, or lost most of what is open",
    43: "the cursor expired after weeks offline",
    44: "an answer cut off at any byte",
    45: "an order deleted while an officer works on it offline",
    46: "two officers close one order offline",
    47: "a certificate expired, of another host, or of an unknown issuer",
    48: "a certificate not yet valid because the clock is wrong",
    49: "a name that resolves to the wrong machine",
    50: "an address that swallows every connection",
    # time
    51: "the wall clock set back or forward by years",
    52: "the machine slept for hours",
    53: "another time zone, summer time",
    54: "the clock slewed while a limit counts down",
    # keys, sign-in, people
    55: "no keyring",
    56: "a keyring that is locked and never answers",
    57: "the key gone from the keyring",
    58: "a secret too long for a keyring",
    59: "a keyring chosen by the environment",
    60: "wrong passphrases, a restart, an old copy",
    61: "an officer leaves unsent operations, another signs in",
    62: "an account disabled while offline",
    63: "rights withdrawn while a window shows the object",
    64: "a password that expires in the middle of a crisis",
    # hostile or odd data
    65: "markup in texts",
    66: "texts of a megabyte, bidi, combining and zero-width characters",
    67: "JSON of every wrong shape",
    68: "a compressed bomb",
    69: "an attachment with a hostile name",
    70: "a picture that is a bomb",
    71: "map tiles that are none",
    72: "coordinates that are none",
    73: "search words that are operators",
    74: "cells that a spreadsheet would run",
    75: "telephone and identity numbers in odd spelling",
    76: "files edited by hand",
    # pictures and window
    77: "sixteen cameras, each with another trouble",
    78: "screens that come and go",
}
"""Every fault by its number, in this project's words."""

WITHOUT_OBJECT: dict[int, str] = {
    71: "cannot happen: the map is drawn from a file of this machine and asks for no tiles"
}
"""Why nothing can show a fault here, where there is nothing that it could befall."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One naming of a fault: its number, and the test that names it."""

    number: int
    file: str
    test: str


def marks(root: Path = ROOT) -> list[Mark]:
    """Return what all tests below `root` name.

    Raises:
        ValueError: A fault is named where no test can be found for it, or not by a number of the catalogue.
    """
    found: list[Mark] = []
    for path in sorted((root / "tests").rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if "mark.fault(" in text:
            found += _marks_of(ast.parse(text), path.relative_to(root).as_posix())
    return found


def _marks_of(tree: ast.Module, file: str) -> Iterator[Mark]:
    everywhere_in_it = [node for node in tree.body if isinstance(node, ast.Assign) and _is_pytestmark(node)]
    attributed = sum(1 for node in everywhere_in_it for _ in _calls(node))
    shared = [number for node in everywhere_in_it for number in _numbers(node, file)]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            numbers = [number for decorator in node.decorator_list for number in _numbers(decorator, file)]
            attributed += sum(1 for decorator in node.decorator_list for _ in _calls(decorator))
            if node.name.startswith(("test_", "Test")):
                numbers += shared
            yield from (Mark(number, file, node.name) for number in sorted(set(numbers)))
    everywhere = sum(1 for _ in _calls(tree))
    if attributed != everywhere:
        raise ValueError(f"{file}: a fault is named outside of a test's decorators")


def _is_pytestmark(node: ast.Assign) -> bool:
    return [target.id for target in node.targets if isinstance(target, ast.Name)] == ["pytestmark"]


def _calls(node: ast.AST) -> Iterator[ast.Call]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "fault":
            yield call


def _numbers(node: ast.AST, file: str) -> Iterator[int]:
    for call in _calls(node):
        for argument in call.args:
            number = argument.value if isinstance(argument, ast.Constant) else None
            if not isinstance(number, int) or number not in FAULTS:
                raise ValueError(f"{file}:{call.lineno}: {ast.unparse(argument)} is no number of the catalogue")
            yield number


def table(found: list[Mark]) -> str:
    """Return the table of the document."""
    tests: dict[int, list[str]] = defaultdict(list)
    for mark in found:
        name = mark.test.removeprefix("test_that_").replace("_", " ")
        tests[mark.number].append(f"[{name}](../{mark.file})")
    rows = [
        f"| {number} | {fault} | {'; '.join(tests[number]) or WITHOUT_OBJECT.get(number, '–')} |"
        for number, fault in FAULTS.items()
    ]
    covered = sum(1 for number in FAULTS if tests[number])
    count = f"{covered} of {len(FAULTS)} faults have a test that names them."
    return "\n".join([count, "", "| | fault | tests |", "|---|---|---|", *rows])


def written(document: str) -> str:
    """Return the table that stands in `document`."""
    return _parts(document)[1]


def _parts(document: str) -> tuple[str, str, str]:
    before, begun, rest = document.partition(f"{BEGIN}\n")
    inside, ended, after = rest.partition(f"\n{END}")
    if not begun or not ended:
        raise ValueError(f"the document has no {BEGIN} … {END}")
    return before + begun, inside, ended + after


def main() -> int:
    """Write the table into the document."""
    before, _, after = _parts(DOCUMENT.read_text(encoding="utf-8"))
    DOCUMENT.write_text(before + table(marks()) + after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
