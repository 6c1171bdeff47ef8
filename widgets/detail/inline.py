"""Plain words that wrap, some of them strong: what rich text would be used for, without reading any markup."""

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.theme import current_theme

Run = tuple[str, bool]
"""Words, and whether they are strong."""


class InlineText(QWidget):
    """Lays out runs of plain words at its width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[Run, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_runs(self, runs: tuple[Run, ...]) -> None:
        """Show other words."""
        if runs == self._runs:
            return
        self._runs = runs
        self.setAccessibleName("".join(words for words, _ in runs))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Give the height of the wrapped words."""
        return round(self._laid_out(width).boundingRect().height()) + 1

    def sizeHint(self) -> QSize:
        """Give the size at the present width."""
        return QSize(current_theme().px(160), self.heightForWidth(max(1, self.width())))

    def minimumSizeHint(self) -> QSize:
        """Never ask for more than a few words' width."""
        return QSize(current_theme().px(80), current_theme().px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the words."""
        painter = QPainter(self)
        painter.setPen(current_theme().color("text.hi"))
        self._laid_out(self.width()).draw(painter, QPointF(0, 0))
        painter.end()

    def _laid_out(self, width: int) -> QTextLayout:
        theme = current_theme()
        layout = QTextLayout("".join(words for words, _ in self._runs), theme.font("body"))
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._strong_ranges())
        layout.beginLayout()
        y = 0.0
        line = layout.createLine()
        while line.isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y))
            y += line.height()
            line = layout.createLine()
        layout.endLayout()
        return layout

    def _strong_ranges(self) -> list[QTextLayout.FormatRange]:
        ranges = []
        start = 0
        for words, strong in self._runs:
            # Qt counts UTF-16 units; characters beyond the basic plane (some rare surnames) take two.
            length = len(words.encode("utf-16-le")) // 2
            if strong:
                piece = QTextLayout.FormatRange()
                piece.start, piece.length = start, length
                piece.format = QTextCharFormat()
                piece.format.setFontWeight(QFont.Weight.Bold)
                ranges.append(piece)
            start += length
        return ranges
