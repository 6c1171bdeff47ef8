"""Every fault that any layer can raise has words, in both languages."""

import ast
import string
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from desktop.domain import workflow
from desktop.presenters import labels, wording
from resources import resource_path

ROOT = Path(__file__).parents[2]
RAISERS = {"OpsError", "StorageError", "FaultRaised", "RecordsQuarantined", "Notice", "SignInRequired", "Verdict"}


def _codes_raised() -> dict[str, str]:
    found: dict[str, str] = {}
    for folder in ("desktop", "storage"):
        for path in (ROOT / folder).rglob("*.py"):
            if "drill" in path.relative_to(ROOT).parts:  # the centre's codes travel as problem details, not as ours
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name not in RAISERS:
                    continue
                for value in [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == "code")]:
                    if isinstance(value, ast.Constant) and isinstance(value.value, str) and "." in value.value:
                        code = value.value
                        if all(part.replace("_", "").isalnum() for part in code.split(".")):
                            found[code] = f"{path.relative_to(ROOT)}:{node.lineno}"
    return found


def test_that_every_code_raised_anywhere_has_words() -> None:
    raised = _codes_raised()
    assert raised
    assert {code: where for code, where in raised.items() if code not in wording.CODES} == {}


def _english() -> dict[tuple[str, str], str]:
    tree = ET.parse(resource_path("i18n/watchfloor_en.ts"))
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message.findtext("translation") or ""
        for context in tree.iter("context")
        for message in context.iter("message")
    }


def test_that_every_fault_and_label_has_english_words() -> None:
    english = _english()
    sources = {("Faults", text) for pair in wording._FAULTS.values() for text in pair}
    for table in ("_STATES", "_URGENCIES", "_SOURCES", "_VERBS", "_ROLES", "_LEVELS", "_OP_STATUS"):
        sources |= {("Labels", text) for text in getattr(labels, table).values()}
    assert {source for source in sources if not english.get(source)} == set()


def test_that_a_translation_keeps_the_placeholders_of_its_source() -> None:
    for (context, source), translation in _english().items():
        if context != "Faults" or not translation:
            continue
        placeholders = [
            {name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (source, translation)
        ]
        assert placeholders[0] == placeholders[1], source


def test_that_an_unknown_code_is_shown_as_itself() -> None:
    assert wording.words_of("moon.fell").title == "moon.fell"


def test_that_a_missing_parameter_leaves_a_gap_instead_of_failing() -> None:
    assert "{" not in wording.words_of("pull.held").message


@pytest.mark.parametrize("verb", sorted(workflow.RULES))
def test_that_every_verb_has_a_word(verb: str) -> None:
    assert labels.verb_word(verb) != verb


@pytest.mark.parametrize("state", list(workflow.State))
def test_that_every_state_has_a_word(state: str) -> None:
    assert labels.state_word(state) != state
