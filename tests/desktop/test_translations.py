"""The English catalogue: in step with the code, whole, and English."""

import ast
import re
import string
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTranslator

from desktop.presenters.faults import FAULTS
from resources import resource_path

ROOT = Path(__file__).parents[2]
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
MARKS = {"tr", "translate", "QT_TRANSLATE_NOOP"}
UNTRANSLATED = {
    "desktop/cli.py": "said in both languages before Qt is loaded",
    "desktop/start/options.py": "the name of the product in the help",
    "desktop/domain/dispatch.py": "what Chinese estates are called",
    "desktop/domain/escalation.py": "whom the centre names where nobody acted",
    "desktop/domain/plaintext.py": "characters, not words",
    "desktop/domain/masking.py": "what Chinese names, addresses and plates look like",
    "desktop/presenters/wall/camera_spread.py": "what the names of Chinese cameras end in",
    "widgets/map/labels.py": "how Chinese street names end",
}
OWN_NAME = "中文"
"""A language is called by its own name in every language."""


def _catalogue(path: Path) -> dict[tuple[str, str], ET.Element]:
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message
        for context in ET.parse(path).iter("context")
        for message in context.iter("message")
    }


ENGLISH = _catalogue(resource_path("i18n/watchfloor_en.ts"))


def _texts() -> Iterator[tuple[str, ast.Constant, bool]]:
    """Yield file, text and whether it is marked for translation, of every Chinese text that is no documentation."""
    for folder in ("desktop", "widgets"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            place = path.relative_to(ROOT)
            if place.is_relative_to("desktop/drill"):  # the district it makes up is Chinese in every language
                continue
            module = ast.parse(path.read_text(encoding="utf-8"))
            said = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
            marked = {
                id(argument)
                for node in ast.walk(module)
                if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in MARKS
                for argument in node.args
            }
            texts = (node for node in ast.walk(module) if isinstance(node, ast.Constant) and id(node) not in said)
            for node in texts:
                if isinstance(node.value, str) and CHINESE.search(node.value):
                    yield str(place), node, id(node) in marked


def _placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


def test_that_the_catalogue_holds_the_texts_of_the_code_and_no_others(tmp_path: Path) -> None:
    fresh = tmp_path / "fresh.ts"
    extractor = Path(sys.executable).with_name("pyside6-lupdate")
    options = ("-silent", "-extensions", "py", "-locations", "none")
    subprocess.run([extractor, *options, "desktop", "widgets", "-ts", fresh], cwd=ROOT, check=True, timeout=60)
    assert _catalogue(fresh).keys() == ENGLISH.keys()


def test_that_every_chinese_text_is_marked_for_translation() -> None:
    unmarked = [
        f"{place}:{node.lineno} {node.value}"
        for place, node, marked in _texts()
        if not marked and node.value != OWN_NAME and place not in UNTRANSLATED
    ]
    assert unmarked == []


def test_that_the_extractor_finds_every_marked_text() -> None:
    known = {source for _, source in ENGLISH}
    assert [f"{place}:{node.lineno}" for place, node, marked in _texts() if marked and node.value not in known] == []


def _fault_of(source: str, translation: ET.Element | None) -> str:
    """Say what is wrong with a translation, or ""."""
    english = "" if translation is None else translation.text or ""
    if translation is None or translation.get("type") is not None or not english.strip():
        return "unfinished"
    if _placeholders(english) != _placeholders(source):
        return "other placeholders"
    return "not English" if CHINESE.search(english) else ""


def test_that_every_text_is_translated_with_its_placeholders_and_into_english() -> None:
    faults = {key: _fault_of(key[1], message.find("translation")) for key, message in ENGLISH.items()}
    assert {key: fault for key, fault in faults.items() if fault} == {}


def test_that_the_compiled_catalogue_speaks_english(tmp_path: Path) -> None:
    compiled = tmp_path / "en.qm"
    compiler = Path(sys.executable).with_name("pyside6-lrelease")
    source = resource_path("i18n/watchfloor_en.ts")
    subprocess.run([compiler, "-silent", source, "-qm", compiled], check=True, timeout=60)
    translator = QTranslator()
    assert translator.load(str(compiled))
    untranslated = [text for pair in FAULTS.values() for text in pair if not translator.translate("Faults", text)]
    assert untranslated == []
    assert translator.translate("States", "受理") != translator.translate("Verbs", "受理")
    assert QCoreApplication.translate("States", "受理") == "受理"  # not installed: the source speaks for itself
