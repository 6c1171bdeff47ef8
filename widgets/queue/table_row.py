"""Paints an order as cells under a header of columns, and the head of a group."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from widgets.painting import chip_width, draw_chip, draw_shape, draw_text, text_width
from widgets.queue.rows import GroupRow, WorkOrderRow
from widgets.theme import Theme

_GAP = 8
_RIGHT = Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column is, in pixels from the left of the row."""

    key: str
    left: int
    width: int
    right: bool = False


def paint_cells(  # noqa: PLR0917 - a painter, where, what and how
    painter: QPainter, rect: QRectF, begin: float, row: WorkOrderRow, columns: Sequence[Column], theme: Theme
) -> None:
    """Paint the cells of one order; the first begins at `begin` at the earliest, where a box may stand before it."""
    gap = theme.px(_GAP)
    for column in columns:
        left = max(column.left + gap, begin)
        cell = QRectF(rect.left() + left, rect.top(), column.left + column.width - gap - left, rect.height())
        if cell.width() <= 0:
            continue
        match column.key:
            case "title":
                _paint_title(painter, cell, row, theme)
            case "urgency":
                chip = QRectF(cell.left(), 0, min(cell.width(), chip_width(row.urgency, theme)), theme.px(18))
                chip.moveTop(cell.center().y() - chip.height() / 2)
                color = theme.color("text.low") if row.muted else theme.tone(row.tone)
                draw_chip(painter, chip, row.urgency, color, theme)
            case "clock":
                _paint_clock(painter, cell, row, theme)
            case _:
                words = row.cells.get(column.key, "")
                align = _RIGHT if column.right else Qt.AlignmentFlag.AlignLeft
                draw_text(painter, cell, words, theme.font("note"), theme.color("text.mid"), align=align)


def _paint_title(painter: QPainter, cell: QRectF, row: WorkOrderRow, theme: Theme) -> None:
    chips = sum(chip_width(badge.text, theme) + theme.px(6) for badge in row.badges)
    color = theme.color("text.mid" if row.muted else "text.hi")
    used = draw_text(painter, cell.adjusted(0, 0, -chips, 0), row.title, theme.font("body"), color)
    left = cell.left() + used + theme.px(6)
    for badge in row.badges:
        width = chip_width(badge.text, theme)
        if left + width > cell.right() + 1:
            return
        chip = QRectF(left, cell.center().y() - theme.px(17) / 2, width, theme.px(17))
        draw_chip(painter, chip, badge.text, theme.tone(badge.tone), theme, dashed=badge.dashed)
        left += width + theme.px(6)


def _paint_clock(painter: QPainter, cell: QRectF, row: WorkOrderRow, theme: Theme) -> None:
    if not row.clock:
        return
    color = theme.tone(row.clock_tone)
    side = theme.px(11 if row.clock_shape == "triangle" else 9)
    if row.clock_shape:
        draw_shape(painter, row.clock_shape, color, QRectF(cell.left(), cell.center().y() - side / 2, side, side))
    draw_text(painter, cell.adjusted(theme.px(17), 0, 0, 0), row.clock, theme.font("note"), color)


def paint_group(painter: QPainter, rect: QRectF, row: GroupRow, theme: Theme) -> None:
    """Paint the head of a group: which way it is folded, what its orders have in common, how many there are."""
    painter.fillRect(rect.adjusted(0, 0, 0, -1), theme.color("surface.2"))
    side = theme.px(14)
    left = rect.left() + theme.px(10)
    mark = QRectF(left, rect.center().y() - side / 2, side, side)
    draw_shape(painter, "chevron-right" if row.folded else "chevron-down", theme.color("text.mid"), mark)
    font = theme.font("note")
    width = text_width(row.count, font)
    line = QRectF(QPointF(mark.right() + theme.px(8), rect.top()), rect.bottomRight())
    title = line.adjusted(0, 0, -width - theme.px(20), 0)
    used = draw_text(painter, title, row.title, theme.font("body", bold=True), theme.color("text.hi"))
    draw_text(painter, line.adjusted(used + theme.px(10), 0, 0, 0), row.count, font, theme.color("text.mid"))
