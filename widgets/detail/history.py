"""What happened to the order, newest first: painted lines, each as tall as its words need."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.detail.order import HistoryLine
from widgets.painting import chip_width, draw_chip, draw_text, text_width
from widgets.theme import current_theme

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere)
SHOWN_CAP = 201


class HistoryList(QWidget):
    """Shows at most 201 lines: time, who, what; what is not sent yet is framed and said so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[HistoryLine, ...] = ()
        self._heights: tuple[int, int, tuple[int, ...]] = (-1, 0, ())
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_lines(self, lines: tuple[HistoryLine, ...]) -> None:
        """Show other lines."""
        if lines == self._lines:
            return
        self._lines = lines[:SHOWN_CAP]
        self._heights = (-1, 0, ())
        self.setAccessibleName(self.tr("经过"))
        self.setAccessibleDescription(self.tr("；").join(f"{line.time} {line.who} {line.text}" for line in self._lines))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Give the height of all lines at this width."""
        return sum(self._measured(width)[1])

    def sizeHint(self) -> QSize:
        """Give the size at the present width."""
        return QSize(current_theme().px(240), self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        """Ask for a width in which words can still be read."""
        return QSize(current_theme().px(160), 0)

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the font changed."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._heights = (-1, 0, ())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines that are seen."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font, bold = theme.font("note"), theme.font("note", bold=True)
        first, heights = self._measured(self.width())
        waiting = self.tr("待发送")
        y = 0
        for line, height in zip(self._lines, heights, strict=True):
            if y + height < event.rect().top() or y > event.rect().bottom():
                y += height
                continue
            head = QRectF(first, y, self.width() - first, theme.px(18))
            draw_text(painter, QRectF(0, y, first, head.height()), line.time, font, theme.color("text.low"))
            used = draw_text(painter, head, line.who, bold, theme.color("text.mid"))
            if line.pending:
                chip = QRectF(head.left() + used + theme.px(8), head.top(), chip_width(waiting, theme), theme.px(17))
                draw_chip(painter, chip, waiting, theme.tone("yellow"), theme, dashed=True)
            painter.setFont(font)
            painter.setPen(theme.color("text.mid"))
            body = QRect(first, y + theme.px(18), self.width() - first, height)
            painter.drawText(body, _WRAP, line.text)
            y += height
        painter.end()

    def _time_width(self) -> int:
        theme = current_theme()
        font = theme.font("note")
        return round(max((text_width(line.time, font) for line in self._lines), default=0)) + theme.space("m")

    def _measured(self, width: int) -> tuple[int, tuple[int, ...]]:
        """Return the width of the times and the height of each line, measured once for a width."""
        if self._heights[0] != width:
            first = self._time_width()
            self._heights = (width, first, tuple(self._height(line, width - first) for line in self._lines))
        return self._heights[1:]

    @staticmethod
    def _height(line: HistoryLine, width: int) -> int:
        theme = current_theme()
        metrics = QFontMetrics(theme.font("note"))
        room = QRect(0, 0, max(1, width), 100_000)
        text = metrics.boundingRect(room, _WRAP, line.text).height() if line.text else 0
        return theme.px(18) + text + theme.space("s")
