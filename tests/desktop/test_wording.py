"""Every fault that any layer can raise has words, no words are left over, and they fit what is passed to them."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain import workflow
from desktop.presenters import labels, wording
from desktop.presenters.faults import FAULTS

ROOT = Path(__file__).parents[2]
CODE = re.compile(
    r"(link|centre|attention|hall|vital|attachment|auth|sync|pull|push|camera|cameras|media|video|storage|keys|workflow|export|drill|data_dir|display|program)"
    r"\.[a-z_]+"
)
NO_CODES = {"storage.migrations", "keys.json", "sync.snapshot"}
"""Named like a code, and something else: the package of Alembic's scripts, a file, a setting of the store."""
RAISERS = {"OpsError", "StorageError", "FaultRaised", "Notice", "words_of"}


def _modules() -> Iterator[tuple[Path, ast.Module]]:
    for folder in ("desktop", "storage"):
        for path in (ROOT / folder).rglob("*.py"):
            place = path.relative_to(ROOT)
            # The centre's codes travel as problem details, not as ours; and what only has words is not yet raised.
            if place.is_relative_to("desktop/drill") or place.is_relative_to("desktop/presenters/faults"):
                continue
            yield place, ast.parse(path.read_text(encoding="utf-8"))


def _named() -> dict[str, str]:
    """Every text that reads like a code, wherever it stands (calls, tables, comparisons), and one place of it."""
    return {
        node.value: f"{place}:{node.lineno}"
        for place, module in _modules()
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    }


def _outcomes() -> set[str]:
    """The codes that the centre of the drill gives with the operations it does not apply."""
    module = ast.parse((ROOT / "desktop/drill/operations.py").read_text(encoding="utf-8"))
    givers: list[ast.expr] = []
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "OpResult":
            givers += [keyword.value for keyword in node.keywords if keyword.arg == "code"]
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 2:
            givers.append(node.value.elts[1])
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.IfExp):
            givers += [part.elts[1] for part in (node.value.body, node.value.orelse) if isinstance(part, ast.Tuple)]
    values = [part.value for giver in givers for part in ast.walk(giver) if isinstance(part, ast.Constant)]
    return {value for value in values if isinstance(value, str) and value}


def _passed() -> Iterator[tuple[str, set[str], str]]:
    """Yield code, names of its params, and place, of every call where both stand in the code."""
    for place, module in _modules():
        for node in ast.walk(module):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in RAISERS or not node.args:
                continue
            first = node.args[0]
            rest = [*node.args[1:2], *(keyword.value for keyword in node.keywords if keyword.arg == "params")]
            if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
                continue
            if all(isinstance(part, ast.Dict) for part in rest):
                names = {
                    key.value for part in rest for key in getattr(part, "keys", ()) if isinstance(key, ast.Constant)
                }
                yield first.value, names, f"{place}:{node.lineno}"


def placeholders(text: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_that_every_code_named_anywhere_has_words() -> None:
    named = _named()
    assert len(named) > 80
    assert {code: where for code, where in named.items() if code not in wording.CODES | NO_CODES} == {}


def test_that_every_outcome_of_the_centre_has_words() -> None:
    outcomes = _outcomes()
    assert {"object_unknown", "role_not_held"} <= outcomes
    assert outcomes - wording.CODES == set()


def test_that_no_words_are_kept_for_codes_that_nobody_raises() -> None:
    assert wording.CODES - _named().keys() - _outcomes() == set()


def test_that_words_ask_only_for_what_is_passed() -> None:
    wanted = {
        code: set().union(
            *(placeholders(text) for key, pair in FAULTS.items() for text in pair if key.split("/")[0] == code)
        )
        for code in wording.CODES
    }
    short = {where: wanted[code] - names for code, names, where in _passed() if wanted.get(code, set()) - names}
    assert short == {}


@pytest.mark.parametrize("key", sorted(FAULTS))
def test_that_words_are_a_short_title_and_a_whole_sentence(key: str) -> None:
    title, message = FAULTS[key]
    assert 0 < len(re.sub(r"{.*?}", "9", title)) <= 16
    assert not title.endswith("。")
    assert message.endswith(("。", "}"))


def test_that_a_reason_has_its_own_words_where_it_deserves_them() -> None:
    assert wording.words_of("link.tls", {"reason": "expired"}).title == "中心的证书已过期"
    assert wording.words_of("link.tls", {"reason": "handshake"}).title == "中心的证书不可信"


def test_that_seconds_are_read_without_needless_decimals() -> None:
    assert "5 秒" in wording.words_of("link.throttled", {"seconds": 5.0}).message


def test_that_an_unknown_code_is_shown_as_itself() -> None:
    assert wording.words_of("moon.fell").title == "moon.fell"


def test_that_a_missing_parameter_leaves_a_gap_instead_of_failing() -> None:
    assert "{" not in wording.words_of("pull.held").message


def test_that_a_bug_has_the_words_of_a_bug() -> None:
    assert wording.fault_words(KeyError("x")) == wording.words_of("program.bug")


@pytest.mark.parametrize("verb", sorted(workflow.RULES))
def test_that_every_verb_has_a_word(verb: str) -> None:
    assert labels.verb_word(verb) != verb


@pytest.mark.parametrize("state", list(workflow.State))
def test_that_every_state_has_a_word(state: str) -> None:
    assert labels.state_word(state) != state


def test_that_words_become_running_text_without_a_stop_that_ends_nothing() -> None:
    assert wording.sentence(wording.Words("连不上中心", "")) == "连不上中心"
    assert wording.sentence(wording.Words("连不上中心", "请稍后再试。")) == "连不上中心。请稍后再试。"
