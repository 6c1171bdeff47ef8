"""The house as it was drawn: who may import whom, and what is written nowhere. The drawing is ARCHITECTURE.md."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.support import house_rules
from tests.support.house_rules import Module, Rule, faults

ROOT = Path(__file__).parents[2]
PACKAGES = ("desktop", "widgets", "storage", "resources")
LONGEST_FILE = 500
GRAB_BAGS = frozenset({"utils", "util", "helpers", "helper", "misc", "common", "tools", "stuff"})

# Where each foreign library comes in. What is not listed here may be used anywhere the import contracts allow.
DOORS: dict[str, tuple[str, ...]] = {
    "httpx2": ("desktop/central/transport.py",),
    "keyring": ("storage/credentials.py",),
    "argon2": ("storage/", "desktop/seat/lock.py"),
    "cryptography": ("storage/",),
    "sqlalchemy": ("storage/", "desktop/drill/"),  # the drill centre has a database of its own
    "sqlcipher3": ("storage/", "desktop/drill/"),
    "sqlite3": (
        "desktop/drill/store/",
    ),  # its types alone: the library itself is inside the WAL-reset corruption range
    "alembic": ("storage/",),
    "vlc": ("desktop/video/",),
    "av": ("desktop/video/", "desktop/drill/cameras/"),
    "pyqtgraph": ("widgets/map/",),
    "xlsxwriter": ("desktop/export/",),
    "psutil": ("desktop/video/", "desktop/start/self_check.py"),
    "starlette": ("desktop/drill/",),
    "uvicorn": ("desktop/drill/",),
    "platformdirs": ("desktop/start/settings.py", "desktop/drill/cli.py"),  # two programs, two data folders
}

EVERYWHERE: list[Rule] = [
    house_rules.untranslatable_texts,
    house_rules.closures_as_slots,
    house_rules.event_loop_tricks,
    house_rules.nameless_threads,
    house_rules.endless_waits,
    house_rules.narrow_signals,
    house_rules.guessed_markup,
]


def paths(*folders: str, suffix: str = ".py") -> list[Path]:
    found = [path for folder in folders for path in (ROOT / folder).rglob(f"*{suffix}")]
    assert found, f"nothing found in {folders}"
    return sorted(path.relative_to(ROOT) for path in found if "__pycache__" not in path.parts)


def modules(*folders: str) -> list[Module]:
    return [house_rules.read(ROOT, path) for path in paths(*folders)]


def no(found: list[str]) -> None:
    """Fail with all that was found, a line each."""
    if found:
        pytest.fail("\n".join(found), pytrace=False)


def test_that_imports_run_one_way() -> None:
    # In a process of its own: in ours it would set logging up anew and silence every logger there is.
    linter = Path(sys.executable).with_name("lint-imports")
    ended = subprocess.run([linter, "--no-logo"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    if ended.returncode != 0:
        pytest.fail(ended.stdout + ended.stderr, pytrace=False)


@pytest.mark.parametrize("rule", EVERYWHERE, ids=lambda rule: rule.__name__)
def test_that_the_code_keeps_a_rule(rule: Rule) -> None:
    no(faults(modules(*PACKAGES), rule))


def test_that_every_queue_has_a_cap() -> None:
    counts_for_itself = Path("storage/worker.py")  # so that the end mark always fits
    queues = [module for module in modules(*PACKAGES) if module.path != counts_for_itself]
    no(faults(queues, house_rules.boundless_queues))


def test_that_colours_are_named_in_the_theme_alone() -> None:
    shown = [module for module in modules("desktop", "widgets") if not module.path.is_relative_to("desktop/drill")]
    no(faults(shown, house_rules.colours_in_code))


@pytest.mark.parametrize("library", DOORS)
def test_that_a_library_comes_in_by_its_door(library: str) -> None:
    strays = [
        f"{module.path}:{line}: {name}"
        for module in modules(*PACKAGES)
        for line, name in house_rules.imports(module)
        if name.split(".")[0] == library and not module.path.as_posix().startswith(DOORS[library] or "-")
    ]
    no(strays)


def test_that_no_file_is_too_long() -> None:
    lengths = {path: len((ROOT / path).read_text("utf-8").splitlines()) for path in paths(*PACKAGES, "tests")}
    no([f"{path}: {length} lines" for path, length in lengths.items() if length > LONGEST_FILE])


def test_that_every_module_has_a_reason_for_its_name() -> None:
    no([str(path) for path in paths(*PACKAGES, "tests") if {path.stem, *path.parts} & GRAB_BAGS])


def test_that_every_folder_with_tests_is_a_package() -> None:
    # Otherwise two files of the same name in two folders would be the same module.
    folders = {path.parent for path in paths("tests")}
    no([str(folder) for folder in folders if not (ROOT / folder / "__init__.py").is_file()])


def test_that_test_names_are_sentences() -> None:
    named = [
        f"{module.path}:{node.lineno}: {node.name}"
        for module in modules("tests")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and not node.name.startswith("test_that_")
    ]
    no(named)


def test_that_every_dependency_has_a_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    declared = tomllib.loads(text)["project"]["dependencies"]
    explained = re.findall(r'^    # .+\n    "([^"]+)",', text, re.MULTILINE)
    assert [name for name in declared if name not in explained] == []


def pins(lock: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;]+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


def test_that_the_lock_holds_every_dependency() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {re.split(r"[<>=!~\[ ;]", requirement)[0].lower() for requirement in declared}
    assert names - pins("requirements.lock").keys() == set()


def test_that_tests_run_on_the_versions_that_ship() -> None:
    shipped, tested = pins("requirements.lock"), pins("requirements-dev.lock")
    assert {name: versions for name, versions in shipped.items() if versions != tested.get(name)} == {}


def test_that_the_lock_names_no_index() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        assert (
            re.findall(r"^.*(?:://|--(?:extra-)?index|--find-links).*$", (ROOT / lock).read_text("utf-8"), re.M) == []
        )
