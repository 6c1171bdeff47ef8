"""`make mutants`: plant each known bug in a copy of the tree and see whether the tests notice.

A test that cannot fail proves nothing. This takes some minutes and is no part of `make test`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.mutants.bugs import BUGS, SHIFTS, Bug

_ROOT = Path(__file__).resolve().parents[2]
_COPIED = ("desktop", "storage", "widgets", "tests", "resources", "pyproject.toml")
_DEADLINE_S = 300.0


def main() -> int:
    """Plant and test all bugs, or those whose name holds the word given; 0 if each was caught."""
    wanted = [bug for bug in BUGS if all(word in bug.name for word in sys.argv[1:])]
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        tree = Path(folder) / "tree"
        _copy(tree)
        complaint = _complaint(tree, SHIFTS)
        if complaint:
            print(f"the sound tree fails its own tests: {complaint}")
            return 1
        missed = [bug for bug in wanted if not _is_caught(tree, bug)]
    print(f"{len(wanted) - len(missed)} of {len(wanted)} bugs caught")
    return 1 if missed else 0


def _copy(tree: Path) -> None:
    tree.mkdir()
    for name in _COPIED:
        source = _ROOT / name
        if name == "resources":
            (tree / name).symlink_to(source)  # large, and nobody plants anything there
        elif source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tree / name)


def _is_caught(tree: Path, bug: Bug) -> bool:
    file = tree / bug.file
    text = file.read_text()
    if text.count(bug.sound) != 1:
        print(f"CANNOT BE PLANTED {bug.name}: {bug.file} has changed", flush=True)
        return False
    file.write_text(text.replace(bug.sound, bug.broken))
    started = time.monotonic()
    try:
        complaint = _complaint(tree, bug.caught_by)
    finally:
        file.write_text(text)
    by = "simulated shifts" if bug.caught_by is SHIFTS else bug.caught_by[-1]
    print(f"{'caught' if complaint else 'MISSED'} {time.monotonic() - started:5.1f} s  {bug.name}  ({by})")
    print(f"       {complaint[:140]}", flush=True)
    return bool(complaint)


def _complaint(tree: Path, command: tuple[str, ...]) -> str:
    """Run a test; return what it said when it failed, "" if it passed."""
    # Written and restored within a second, a file may look unchanged to the cache of compiled modules.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0", "PYTHONPATH": str(tree)}
    environment["QT_QPA_PLATFORM"] = "offscreen"
    try:
        done = subprocess.run(
            [sys.executable, *command],
            cwd=tree,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_DEADLINE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"no end within {_DEADLINE_S:.0f} s"
    if done.returncode == 0:
        return ""
    lines = done.stdout.strip().splitlines() or ["nothing"]
    telling = (line for line in lines if line.startswith(("seed ", "E  ", "FAILED ")))
    return next(telling, lines[-1])


if __name__ == "__main__":
    sys.exit(main())
