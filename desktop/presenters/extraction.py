"""Texts in tables: marked where they stand, for the extractor, and translated where they are looked up."""

from PySide6.QtCore import QCoreApplication


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802, ARG001 - the extractor knows this name only
    """Mark `text` for extraction under `context`; returns it unchanged (PySide6's own returns ``object``)."""
    return text


def translate_marked(context: str, text: str) -> str:
    """Return a text that was marked under `context`, in the present language."""
    return QCoreApplication.translate(context, text)
