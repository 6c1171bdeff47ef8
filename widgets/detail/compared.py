"""Two versions or two orders side by side, line by line; what differs stands out, what is the same stays quiet."""

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from widgets.detail.order import Compared
from widgets.plain import plain_label, set_style_property
from widgets.theme import current_theme


class ComparedList(QWidget):
    """A grid of label, this one and the other one, each under its heading."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, theme.space("xs"), 0, 0)
        self._grid.setHorizontalSpacing(theme.space("m"))
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(2, 1)
        self._rows: list[tuple[QLabel, QLabel, QLabel]] = []
        self._heads = tuple(plain_label(role="low", parent=self, wrap=True) for _ in range(2))
        for column, head in enumerate(self._heads, start=1):
            self._grid.addWidget(head, 0, column)
        self.set_heads(self.tr("本单"), self.tr("选中的工单"))

    def set_heads(self, mine: str, theirs: str) -> None:
        """Name the two columns."""
        for head, words in zip(self._heads, (mine, theirs), strict=True):
            head.setText(words)

    def show_lines(self, lines: tuple[Compared, ...]) -> None:
        """Show other lines."""
        while len(self._rows) < len(lines):
            self._add_row()
        for index, row in enumerate(self._rows):
            shown = index < len(lines)
            for label in row:
                label.setVisible(shown)
            if shown:
                _fill(row, lines[index])

    def _add_row(self) -> None:
        row = (
            plain_label(role="low", parent=self),
            plain_label(role="note", parent=self, wrap=True),
            plain_label(role="note", parent=self, wrap=True),
        )
        place = len(self._rows) + 1
        for column, label in enumerate(row):
            self._grid.addWidget(label, place, column)
        self._rows.append(row)


def _fill(row: tuple[QLabel, QLabel, QLabel], line: Compared) -> None:
    for label, words in zip(row, (line.label, line.mine, line.theirs), strict=True):
        label.setText(words)
    differs = line.mine != line.theirs
    set_style_property(row[2], "tone", "orange" if differs else "")
