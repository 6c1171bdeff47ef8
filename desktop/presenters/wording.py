"""From a fault code to the officer's words, in the present language. The words themselves are in `presenters.faults`.

A code without words is a defect that a test finds; at run time it is shown as itself rather than hidden.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.presenters.extraction import translate_marked
from desktop.presenters.faults import FAULTS

_CONTEXT = "Faults"
_BUG = "program.bug"

CODES = frozenset(key.partition("/")[0] for key in FAULTS)
"""Every code that has words."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the officer reads of a fault."""

    title: str
    message: str


class _Values(dict[str, object]):
    """A fault's params as they are read: whole numbers without decimals, and a gap for what is missing."""

    def __init__(self, params: Mapping[str, object]) -> None:
        super().__init__({name: f"{value:g}" if isinstance(value, float) else value for name, value in params.items()})

    def __missing__(self, key: str) -> str:
        return ""


def words_of(code: str, params: Mapping[str, object] | None = None) -> Words:
    """Return the words of a fault code; its ``reason`` may have words of its own, an unknown code is its own title."""
    values = _Values(params or {})
    found = FAULTS.get(f"{code}/{values['reason']}") or FAULTS.get(code)
    if found is None:
        return Words(code, "")
    title, message = (translate_marked(_CONTEXT, text) for text in found)
    return Words(title.format_map(values), message.format_map(values))


def sentence(words: Words) -> str:
    """Return title and message as running text, for places with room for one text only."""
    if not words.message:
        return words.title
    joined = QCoreApplication.translate("Wording", "{title}。{message}")
    return joined.format(title=words.title, message=words.message)


def fault_words(fault: BaseException) -> Words:
    """Return the words of a known fault (anything with `code` and `params`), or of a bug."""
    code = getattr(fault, "code", "")
    return words_of(code if isinstance(code, str) and code else _BUG, getattr(fault, "params", None))
