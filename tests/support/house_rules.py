"""What the house forbids and a linter does not know: each rule reads one parsed module and yields its faults."""

import ast
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b")
_TRANSLATORS = frozenset({"tr", "translate", "QT_TRANSLATE_NOOP"})


@dataclass(frozen=True, slots=True)
class Module:
    """One source file, parsed; `path` is relative to the checkout."""

    path: Path
    text: str
    tree: ast.Module


Rule = Callable[[Module], Iterator[tuple[int, str]]]


@lru_cache(maxsize=2048)
def read(root: Path, path: Path) -> Module:
    """Parse the file at `path` below `root`."""
    text = (root / path).read_text(encoding="utf-8")
    return Module(path, text, ast.parse(text, str(path)))


def faults(modules: list[Module], rule: Rule) -> list[str]:
    """Every fault of `rule`, as ``path:line: what``."""
    return [f"{module.path}:{line}: {what}" for module in modules for line, what in rule(module)]


def called(node: ast.Call) -> str:
    """The last name of what is called: ``join`` for ``thread.join()``."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def calls(module: Module) -> Iterator[ast.Call]:
    """All calls of a module."""
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.Call))


def imports(module: Module) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a module imports."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def colours_in_code(module: Module) -> Iterator[tuple[int, str]]:
    """Colours live in the theme's tokens, so that a theme can be changed in one place."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _COLOUR.search(node.value):
            yield node.lineno, f"colour {_COLOUR.search(node.value)[0]} belongs into resources/themes"  # type: ignore[index]


def untranslatable_texts(module: Module) -> Iterator[tuple[int, str]]:
    """The extractor sees literals alone; a table of texts marks them and may then look one up by name."""
    marks = "QT_TRANSLATE_NOOP" in module.text
    for node in calls(module):
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        painter = called(node) == "translate" and not (isinstance(owner, ast.Name) and owner.id.endswith("Application"))
        if called(node) not in _TRANSLATORS or painter:
            continue
        for text in node.args[:2]:
            looked_up = marks and called(node) == "translate" and isinstance(text, ast.Name)
            counted = called(node) == "tr" and text is not node.args[0]  # a disambiguation or a number
            literal = isinstance(text, ast.Constant) and isinstance(text.value, str)
            if not (literal or looked_up or counted):
                yield node.lineno, f"{called(node)}() takes literal texts only"


def closures_as_slots(module: Module) -> Iterator[tuple[int, str]]:
    """A lambda keeps its widget alive and runs in the wrong thread; slots are bound methods."""
    for node in calls(module):
        if called(node) != "connect":
            continue
        for slot in node.args:
            if isinstance(slot, ast.Lambda) or (isinstance(slot, ast.Call) and called(slot) == "partial"):
                yield node.lineno, "a lambda or partial is no slot"


def event_loop_tricks(module: Module) -> Iterator[tuple[int, str]]:
    """Nested dispatch and killed threads end in crashes that nobody can reproduce."""
    kills = "QThread" in module.text
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and (node.attr == "processEvents" or (kills and node.attr == "terminate")):
            yield node.lineno, f"{node.attr} is forbidden"


def nameless_threads(module: Module) -> Iterator[tuple[int, str]]:
    """Whoever reads a stack dump or a shutdown log needs the name."""
    for node in calls(module):
        if called(node) == "Thread" and "name" not in {keyword.arg for keyword in node.keywords}:
            yield node.lineno, "a thread has a name"


def endless_waits(module: Module) -> Iterator[tuple[int, str]]:
    """Whoever waits for another thread or process gives up in time. What is killed may be waited for: it ends."""
    reaped = {
        id(call)
        for node in ast.walk(module.tree)
        if isinstance(body := getattr(node, "body", None), list)
        for killer, waiter in itertools.pairwise(body)
        if ".kill()" in ast.unparse(killer)
        for call in ast.walk(waiter)
    }
    for node in calls(module):
        if node.args or node.keywords or not isinstance(node.func, ast.Attribute) or id(node) in reaped:
            continue
        process = node.func.attr == "wait" and "process" in ast.unparse(node.func.value).lower()
        if process or node.func.attr == "join":
            yield node.lineno, f"{ast.unparse(node)} has no deadline"


def boundless_queues(module: Module) -> Iterator[tuple[int, str]]:
    """Every queue has a cap."""
    for node in calls(module):
        if called(node) == "SimpleQueue":
            yield node.lineno, "SimpleQueue has no cap"
        elif called(node) in {"Queue", "LifoQueue", "PriorityQueue"} and not node.args and not node.keywords:
            yield node.lineno, f"{called(node)}() without a cap"


def narrow_signals(module: Module) -> Iterator[tuple[int, str]]:
    """``Signal(int)`` is 32 bits wide: byte counts and times overflow."""
    for node in calls(module):
        if called(node) == "Signal" and any(isinstance(arg, ast.Name) and arg.id == "int" for arg in node.args):
            yield node.lineno, "Signal(int) is 32 bits; say object"


def guessed_markup(module: Module) -> Iterator[tuple[int, str]]:
    """Qt takes what looks like markup for markup; a text from outside could then load files."""
    for node in calls(module):
        if called(node) == "QLabel" and "PlainText" not in module.text:
            yield node.lineno, "a label has to be told that its text is plain"
        elif called(node) == "setToolTip" and "escape(" not in module.text and not _is_own_text(node.args[0]):
            yield node.lineno, "a tooltip of a text from outside has to be escaped"
        elif "QMessageBox" in ast.unparse(node.func):
            yield node.lineno, "message boxes guess at markup and run a loop of their own"


def _is_own_text(text: ast.expr) -> bool:
    return isinstance(text, ast.Constant) or (isinstance(text, ast.Call) and called(text) == "tr")
