"""A `Paper` cut into pages, each of which is painted by itself: on a printer, into a PDF, or on the screen."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTextLayout, QTextOption

from widgets.painting import draw_text
from widgets.paper.paper import Facts, Paper, Table
from widgets.theme import Theme
from widgets.watermark import SLANT_DEGREES

POINTS_PER_INCH = 72
A4 = QSizeF(595.0, 842.0)
"""In points, upright."""

_MARGIN = 36.0
_FOOT = 22.0
_ROW = 15.0
_LABEL_SHARE = 0.16
_GAP = 4.0
_SIZES = {"title": 15.0, "text": 8.5, "head": 10.5, "note": 7.5, "mark": 11.0}
"""Of type, in points: what an office reads without glasses, and no larger."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One stretch of a page: how high it is, and what is painted there."""

    height: float
    kind: str
    cells: tuple[str, ...] = ()
    shares: tuple[int, ...] = ()


class Pages:
    """All measures are in points; the painter is scaled to its device, so that every device cuts the same pages."""

    def __init__(self, paper: Paper) -> None:
        """Cut the document."""
        self._paper = paper
        self._theme = Theme.load("light")
        self.size = A4.transposed() if paper.landscape else A4
        self._width = self.size.width() - 2 * _MARGIN
        self._pages = self._cut()

    @property
    def count(self) -> int:
        """How many there are; at least one."""
        return len(self._pages)

    def paint(self, painter: QPainter, number: int, scale: float) -> None:
        """Paint a page, counted from 0; `scale` is the device's pixels per point."""
        for _ in self.strokes(painter, number, scale):
            pass

    def strokes(self, painter: QPainter, number: int, scale: float) -> Iterator[None]:
        """As `paint`, with pauses in which somebody else may have the thread, but not the painter."""
        painter.save()
        painter.scale(scale, scale)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        yield from self._paint_mark(painter)
        y = _MARGIN
        for line in self._pages[number]:
            self._paint_line(painter, line, QRectF(_MARGIN, y, self._width, line.height))
            y += line.height
            yield
        foot = QRectF(_MARGIN, self.size.height() - _MARGIN + 4, self._width, _FOOT - 6)
        low = self._theme.color("text.low")
        draw_text(painter, foot, self._paper.mark, self._font("note"), low)
        place = f"{number + 1} / {self.count}"
        draw_text(painter, foot, place, self._font("note"), low, align=Qt.AlignmentFlag.AlignRight)
        painter.restore()

    # -- inside

    def _font(self, role: str, *, bold: bool = False) -> QFont:
        font = self._theme.font("body", bold=bold)
        font.setPixelSize(round(_SIZES[role]))  # the painter's scale makes points of them
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def _cut(self) -> list[list[_Line]]:
        room = self.size.height() - 2 * _MARGIN - _FOOT / 2
        pages: list[list[_Line]] = [[]]
        used = 0.0
        head: _Line | None = None
        for line in self._lines():
            head = line if line.kind == "columns" else None if line.kind == "title" else head
            if used + line.height > room and pages[-1]:
                pages.append([])
                used = 0.0
                if head is not None and line is not head and line.kind == "row":
                    pages[-1].append(head)  # each page says what its columns are
                    used = head.height
            pages[-1].append(line)
            used += line.height
        return pages

    def _lines(self) -> Iterator[_Line]:
        yield _Line(26.0, "heading", (self._paper.title,))
        if self._paper.note:
            yield _Line(18.0, "note", (self._paper.note,))
        for block in self._paper.blocks:
            if isinstance(block, Table):
                yield _Line(_ROW + 3, "columns", block.columns, block.shares)
                for row in block.rows:
                    yield _Line(_ROW, "row", row, block.shares)
            else:
                yield from self._facts(block)

    def _facts(self, block: Facts) -> Iterator[_Line]:
        if block.title:
            yield _Line(24.0, "title", (block.title,))
        width = self._width * (1 - _LABEL_SHARE)
        for label, text in block.lines:
            for place, piece in enumerate(self._wrapped(text, width)):
                yield _Line(_ROW - 1.5, "fact", (label if place == 0 else "", piece))
            yield _Line(3.0, "gap")

    def _wrapped(self, text: str, width: float) -> list[str]:
        """Break a text into lines; a page that must be cut inside a text can then be."""
        pieces: list[str] = []
        for paragraph in text.split("\n") or [""]:
            layout = QTextLayout(paragraph, self._font("text"))
            option = QTextOption(Qt.AlignmentFlag.AlignLeft)
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            layout.setTextOption(option)
            layout.beginLayout()
            encoded = paragraph.encode("utf-16-le")  # Qt counts UTF-16 units
            line = layout.createLine()
            while line.isValid():
                line.setLineWidth(width)
                start, length = line.textStart(), line.textLength()
                pieces.append(encoded[2 * start : 2 * (start + length)].decode("utf-16-le", "replace"))
                line = layout.createLine()
            layout.endLayout()
            if not paragraph:
                pieces.append("")
        return pieces

    def _paint_line(self, painter: QPainter, line: _Line, rect: QRectF) -> None:
        theme = self._theme
        match line.kind:
            case "heading":
                draw_text(painter, rect, line.cells[0], self._font("title", bold=True), theme.color("text.hi"))
            case "note":
                draw_text(painter, rect, line.cells[0], self._font("note"), theme.color("text.mid"))
            case "title":
                draw_text(painter, rect, line.cells[0], self._font("head", bold=True), theme.color("text.hi"))
            case "fact":
                label = QRectF(rect.left(), rect.top(), rect.width() * _LABEL_SHARE - _GAP, rect.height())
                draw_text(painter, label, line.cells[0], self._font("text"), theme.color("text.low"))
                text = rect.adjusted(rect.width() * _LABEL_SHARE, 0, 0, 0)
                draw_text(painter, text, line.cells[1], self._font("text"), theme.color("text.hi"))
            case "columns" | "row":
                self._paint_cells(painter, line, rect)

    def _paint_cells(self, painter: QPainter, line: _Line, rect: QRectF) -> None:
        theme = self._theme
        is_head = line.kind == "columns"
        font = self._font("text", bold=is_head)
        color = theme.color("text.mid" if is_head else "text.hi")
        whole = sum(line.shares) or 1
        left = rect.left()
        for cell, share in zip(line.cells, line.shares, strict=False):
            width = rect.width() * share / whole
            draw_text(painter, QRectF(left, rect.top(), width - _GAP, rect.height()), cell, font, color)
            left += width
        painter.setPen(QPen(theme.color("line.strong" if is_head else "line"), 0.8 if is_head else 0.4))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_mark(self, painter: QPainter) -> Iterator[None]:
        """Paint who took it slantwise over the page, in staggered lines, so that no part is without."""
        font = self._font("mark")
        color = QColor(self._theme.color("text.hi"))
        color.setAlphaF(0.09)
        step_x, step_y = 250.0, 120.0
        for row in range(-1, int(self.size.height() / step_y) + 2):
            for column in range(-1, int(self.size.width() / step_x) + 2):
                painter.save()
                painter.setFont(font)
                painter.setPen(color)
                painter.translate(QPointF(column * step_x + (row % 2) * step_x / 2, row * step_y))
                painter.rotate(SLANT_DEGREES)
                painter.drawText(QPointF(0, 0), self._paper.mark)
                painter.restore()
            yield
