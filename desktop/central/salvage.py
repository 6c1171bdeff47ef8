"""Takes a JSON text apart at its top level when part of it is not JSON at all.

A strict decoder refuses a whole page for one `NaN`, one number without end or one record nested ten thousand deep.
These functions only count brackets outside strings, so that the broken record can be cut out
and the rest read strictly.
"""

import re
from collections.abc import Iterator

_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{},:]', re.DOTALL)
_OPEN = b"[{"
_CLOSE = b"]}"


def _cuts(text: bytes, opening: bytes, closing: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield the separators of the outermost level, the closing bracket included, as (token, start, end).

    Raises:
        ValueError: The text is not one bracketed value; brackets do not balance.
    """
    depth = 0
    for match in _TOKEN.finditer(text):
        token = match.group()
        if depth == 0:
            if token != opening or text[: match.start()].strip():
                raise ValueError("not the expected bracket")
            depth = 1
            yield token, match.start(), match.end()
        elif token in _OPEN:
            depth += 1
        elif token in _CLOSE:
            depth -= 1
            if depth == 0:
                if token != closing or text[match.end() :].strip():
                    raise ValueError("text after the end")
                yield token, match.start(), match.end()
                return
        elif depth == 1 and token in b",:":
            yield token, match.start(), match.end()
    raise ValueError("brackets do not balance")


def elements(text: bytes) -> list[bytes]:
    """Return the raw elements of a JSON array, whatever they hold.

    Raises:
        ValueError: The text is not an array whose brackets balance.
    """
    found: list[bytes] = []
    start = 0
    for token, begin, end in _cuts(text, b"[", b"]"):
        if token in b",]":
            found.append(text[start:begin].strip())
        if token != b":":
            start = end
    return [] if found == [b""] else found


def members(text: bytes) -> dict[str, bytes]:
    """Return the raw values of a JSON object by name; of a repeated name the last.

    Raises:
        ValueError: The text is not an object whose brackets balance.
    """
    found: dict[str, bytes] = {}
    name = b""
    start = 0
    for token, begin, end in _cuts(text, b"{", b"}"):
        if token == b":" and not name:
            name = text[start:begin].strip()
            start = end
        elif token in b",}":
            if name:
                found[name.strip(b'"').decode("utf-8", "replace")] = text[start:begin].strip()
            name = b""
            start = end
        elif token == b"{":
            start = end
    return found


def depth(text: bytes) -> int:
    """Return how deep the brackets of a JSON text nest; counted, not recursed, so that no depth can hurt."""
    level = deepest = 0
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token in _OPEN:
            level += 1
            deepest = max(deepest, level)
        elif token in _CLOSE:
            level -= 1
    return deepest
