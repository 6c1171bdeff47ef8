"""Plain text only: labels and tooltips that never take what they are given for rich text."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


def plain_label(text: str = "", role: str = "", parent: QWidget | None = None, *, wrap: bool = False) -> QLabel:
    """Make a label that shows its text as it is; ``role`` picks its style (``note``, ``mid``, ``title``, ``head``)."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(wrap)
    if wrap:
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    if role:
        label.setProperty("role", role)
    return label


def set_tip(widget: QWidget, text: str) -> None:
    """Give a widget a tooltip; Qt would guess at markup, so the text is escaped and wrapped in its own."""
    widget.setToolTip(f"<p>{escape(text)}</p>" if text else "")
    widget.setAccessibleDescription(text)


def set_style_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and have the widget look again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def plain_menu_text(words: str, keys: str = "") -> str:
    """Give words as a menu takes them: ``&`` is no mark of a key there, and keys stand at the end of the line."""
    words = words.replace("&", "&&").replace("\t", " ")
    return f"{words}\t{keys}" if keys else words
