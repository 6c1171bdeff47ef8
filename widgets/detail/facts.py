"""Label and value, line by line; a value may carry an explanation that opens underneath."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from widgets.detail.inline import InlineText
from widgets.detail.order import Fact
from widgets.plain import plain_label
from widgets.theme import current_theme


class FactValue(QWidget):
    """The value of one fact, wrapping, with the strong words after it and 解释 where there is more to say."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = ""
        self._text = InlineText(self)
        self._why = QPushButton(self.tr("解释"), self)
        self._why.setProperty("link", "true")
        self._why.setCheckable(True)
        self._why.setCursor(Qt.CursorShape.PointingHandCursor)
        self._more = plain_label(role="note", parent=self, wrap=True)
        line = QHBoxLayout()
        line.setSpacing(current_theme().space("xs"))
        line.addWidget(self._text, 1)
        line.addWidget(self._why, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addLayout(line)
        box.addWidget(self._more)
        self._why.toggled.connect(self._open)

    def show_fact(self, fact: Fact) -> None:
        """Show other words; an explanation that is open stays open for the same label."""
        if fact.label != self._label:
            self._why.setChecked(False)
        self._label = fact.label
        runs = ((fact.text, False), (fact.strong, True), (fact.tail, False))
        self._text.show_runs(tuple((words, strong) for words, strong in runs if words))
        self._more.setText(fact.more)
        self._why.setVisible(bool(fact.more))
        self._why.setAccessibleName(self.tr("解释{label}").format(label=fact.label))
        self._open(opened=self._why.isChecked())

    @Slot(bool)
    def _open(self, opened: bool) -> None:  # noqa: FBT001 - the signal's own argument
        self._more.setVisible(opened and bool(self._more.text()))


class FactList(QWidget):
    """A grid of facts; lines are kept and refilled, so that an update does not flicker."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[tuple[QLabel, FactValue]] = []
        theme = current_theme()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.space("l"))
        self._grid.setVerticalSpacing(theme.space("xs") + 1)
        self._grid.setColumnStretch(1, 1)

    def show_facts(self, facts: tuple[Fact, ...]) -> None:
        """Show other facts."""
        while len(self._lines) < len(facts):
            row = len(self._lines)
            label = plain_label(role="low", parent=self)
            value = FactValue(self)
            self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, row, 1)
            self._lines.append((label, value))
        for index, (label, value) in enumerate(self._lines):
            shown = index < len(facts)
            label.setVisible(shown)
            value.setVisible(shown)
            if shown:
                label.setText(facts[index].label)
                value.show_fact(facts[index])
