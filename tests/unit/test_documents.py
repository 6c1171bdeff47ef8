"""The documents name what exists: files, headings, targets of make, modules, options, classes and their parts."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("", "desktop/")
"""From where a document may name a file: from the root, and inside the application."""
SUFFIXES = frozenset({".py", ".md", ".sh", ".json", ".yaml", ".toml", ".txt", ".lock", ".ts", ".geojson"})
MADE = frozenset({"build/", "files/", "snapshots/"})
"""Folders that come with a run: of `make`, and of a desk's data directory."""
PARSERS = ("desktop/start/options.py", "desktop/drill/cli.py")

FENCE = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)*/?")
MEMBER = re.compile(r"([A-Z]\w+)\.([a-z]\w+)(?:\(.*\))?")
TARGET = re.compile(r"\bmake ([a-z][a-z-]*)(?=[`\s;,)]|$)")
MODULE = re.compile(r"python -m ([\w.]+)")
OPTION = re.compile(r"(?<=\s)--[a-z][a-z-]+")


@cache
def _documents() -> dict[Path, str]:
    paths = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
    return {path: path.read_text(encoding="utf-8") for path in paths}


def _code(text: str) -> list[str]:
    """What stands between back-quotes; what was broken at the end of a line is whole again."""
    return CODE.findall(re.sub(r"(?<=\S)\n(?=\S)", " ", FENCE.sub("", text)))


def _commands() -> Iterator[tuple[str, str]]:
    """Yield every line of code with the document it stands in."""
    for path, text in _documents().items():
        for line in [*"\n".join(FENCE.findall(text)).splitlines(), *_code(text)]:
            yield path.name, line


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_that_every_link_leads_somewhere() -> None:
    lost = []
    for path, text in _documents().items():
        for link in (link for link in LINK.findall(text) if "://" not in link):
            place, _, anchor = link.partition("#")
            target = (path.parent / place).resolve() if place else path
            if not target.exists() or (anchor and anchor not in _anchors(_documents()[target])):
                lost.append(f"{path.name}: {link}")
    assert lost == []


def _is_path(code: str) -> bool:
    """Whether a piece of code means a file or folder of this tree."""
    if not PATH.fullmatch(code) or code in MADE:
        return False
    return Path(code).suffix in SUFFIXES if "." in code.rpartition("/")[2] else code.endswith("/")


def test_that_every_path_that_is_named_exists() -> None:
    named = {(path.name, code) for path, text in _documents().items() for code in _code(text) if _is_path(code)}
    assert {(name, code) for name, code in named if not any((ROOT / room / code).exists() for room in ROOMS)} == set()


def test_that_every_target_of_make_that_is_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    there = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    named = {(name, target) for name, line in _commands() for target in TARGET.findall(line)}
    assert {(name, target) for name, target in named if target not in there} == set()


def test_that_every_module_that_is_to_be_run_exists() -> None:
    named = {(name, module) for name, line in _commands() for module in MODULE.findall(line)}
    places = {(name, ROOT.joinpath(*module.split("."))) for name, module in named}
    assert {place for place in places if not (place[1].with_suffix(".py").is_file() or place[1].is_dir())} == set()


def test_that_every_option_of_the_programs_that_is_named_exists() -> None:
    there = "".join((ROOT / place).read_text(encoding="utf-8") for place in PARSERS) + '"--help"'
    named = {(name, option) for name, line in _commands() if "watchfloor" in line for option in OPTION.findall(line)}
    assert {(name, option) for name, option in named if f'"{option}"' not in there} == set()


def _members(node: ast.ClassDef) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
            yield part.name
        elif isinstance(part, ast.Attribute | ast.Name) and isinstance(part.ctx, ast.Store):
            yield part.attr if isinstance(part, ast.Attribute) else part.id


def _classes(names: set[str]) -> dict[str, set[str]]:
    """What the classes of these names have in them; several of one name are taken together."""
    found: dict[str, set[str]] = {}
    wanted = re.compile(rf"^class ({'|'.join(names)})\b", re.MULTILINE)
    for path in (path for folder in ("desktop", "storage", "widgets") for path in (ROOT / folder).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if wanted.search(text) else ():
            if isinstance(node, ast.ClassDef) and node.name in names:
                found.setdefault(node.name, set()).update(_members(node))
    return found


def test_that_every_part_of_a_class_that_is_named_exists() -> None:
    named = {match.groups() for _, line in _commands() if (match := MEMBER.fullmatch(line))}
    classes = _classes({name for name, _ in named})  # those of Qt and of libraries are not judged
    assert classes
    assert {(name, part) for name, part in named if name in classes and part not in classes[name]} == set()
