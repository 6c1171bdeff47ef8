"""The hall's rule for passwords. The rule is the centre's data; which parts of it a password meets is decided here."""

from collections.abc import Sequence

_CLASSES = {
    "letter": str.isalpha,
    "digit": str.isdigit,
    "special": lambda character: not character.isalnum() and not character.isspace(),
}
CLASSES = tuple(_CLASSES)
"""Classes of characters that can be asked for."""


def unmet(password: str, min_length: int, classes: Sequence[str]) -> frozenset[str]:
    """Return what `password` still lacks: ``length`` or names of classes. Classes nobody knows are not asked."""
    lacking = {name for name in classes if name in _CLASSES and not any(map(_CLASSES[name], password))}
    if len(password) < min_length:
        lacking.add("length")
    return frozenset(lacking)
