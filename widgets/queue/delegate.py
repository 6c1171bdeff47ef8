"""Paints one order: tone bar, urgency, title and clock; below, place, module, unit and the time it came in."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from widgets.painting import chip_width, draw_chip, draw_separator, draw_shape, draw_text, text_width
from widgets.queue.model import ROW_ROLE
from widgets.queue.rows import GroupRow, WorkOrderRow
from widgets.queue.table_row import Column, paint_cells, paint_group
from widgets.theme import Theme, current_theme

_RIGHT = Qt.AlignmentFlag.AlignRight
_NARROW = 330
"""Below this width, in pixels at text scale 1, the title needs its line for itself."""


class OrderDelegate(QStyledItemDelegate):
    """Rows of two lines, or of one when `compact` is set; every measure grows with the text."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.compact = False
        self.columns: tuple[Column, ...] = ()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Give every row the same height, and a table its width."""
        return QSize(max((column.left + column.width for column in self.columns), default=0), self.row_height())

    def row_height(self) -> int:
        """Give a row's height in pixels."""
        return current_theme().size("row_compact" if self.compact or self.columns else "row")

    def box_width(self) -> int:
        """Give the room of the box that is ticked where orders are marked."""
        return current_theme().px(36)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        theme = current_theme()
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        box = index.data(Qt.ItemDataRole.CheckStateRole)
        if selected or box == Qt.CheckState.Checked:
            painter.fillRect(rect, theme.color("surface.selected"))
        elif hovered:
            painter.fillRect(rect, theme.color("surface.hover"))
        draw_separator(painter, rect, theme.color("line.soft"))
        row = index.data(ROW_ROLE)
        if row is None:
            _paint_blank(painter, rect, theme)
        elif isinstance(row, GroupRow):
            paint_group(painter, rect, row, theme)
        else:
            bar = QRectF(rect.left(), rect.top(), theme.size("tone_bar"), rect.height() - 1)
            painter.fillRect(bar, theme.tone("neutral" if row.muted else row.tone, "fill"))
            inner = rect.adjusted(theme.px(15), 0, -theme.px(12), 0)
            if box is not None:
                _paint_box(painter, inner, theme, ticked=box == Qt.CheckState.Checked)
                inner.adjust(self.box_width() - theme.px(10), 0, 0, 0)
            if self.columns:
                paint_cells(painter, rect, inner.left() - rect.left(), row, self.columns, theme)
            elif self.compact:
                _paint_one_line(painter, inner, row, theme)
            else:
                _paint_two_lines(painter, inner, row, theme)
        if selected:
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(theme.color("focus" if focused else "accent"), 1.5 if focused else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0.75, 0.75, -0.75, -0.75))
        painter.restore()


def _paint_two_lines(painter: QPainter, inner: QRectF, row: WorkOrderRow, theme: Theme) -> None:
    """Paint both lines; in a narrow list the clock takes the place of the time, so that the title keeps its line."""
    half = inner.height() / 2
    top = QRectF(inner.left(), inner.top() + theme.px(3), inner.width(), half - theme.px(2))
    bottom = QRectF(inner.left(), inner.top() + half, inner.width(), half - theme.px(3))
    font = theme.font("note")
    low = theme.color("text.low")
    if inner.width() < theme.px(_NARROW):
        title_end = top.right()
        words_end = _paint_clock(painter, bottom, row, theme) - theme.px(8)
    else:
        title_end = _paint_clock(painter, top, row, theme) - theme.px(10)
        draw_text(painter, bottom, row.time, font, low, align=_RIGHT)
        words_end = bottom.right() - text_width(row.time, font) - theme.px(8)
    _paint_title(painter, QRectF(top.topLeft(), QPointF(title_end, top.bottom())), row, theme, "title")
    _paint_place(painter, QRectF(bottom.topLeft(), QPointF(words_end, bottom.bottom())), _joined(row), row, theme)


def _paint_one_line(painter: QPainter, inner: QRectF, row: WorkOrderRow, theme: Theme) -> None:
    end = _paint_clock(painter, inner, row, theme) - theme.px(10)
    line = QRectF(inner.topLeft(), QPointF(end, inner.bottom()))
    left = _paint_title(painter, line, row, theme, "body") + theme.px(10)
    _paint_place(painter, QRectF(QPointF(left, line.top()), line.bottomRight()), row.place, row, theme)


def _paint_title(painter: QPainter, line: QRectF, row: WorkOrderRow, theme: Theme, role: str) -> float:
    """Paint the urgency's chip and the title; give the right edge of what was painted."""
    width = chip_width(row.urgency, theme)
    height = theme.px(18)
    chip = QRectF(line.left(), line.center().y() - height / 2, width, height)
    draw_chip(painter, chip, row.urgency, theme.color("text.low") if row.muted else theme.tone(row.tone), theme)
    text = line.adjusted(width + theme.px(8), 0, 0, 0)
    color = theme.color("text.mid" if row.muted else "text.hi")
    return text.left() + draw_text(painter, text, row.title, theme.font(role), color)


def _paint_place(painter: QPainter, line: QRectF, words: str, row: WorkOrderRow, theme: Theme) -> None:
    """Paint the quiet words and, always whole, the badges behind them."""
    font = theme.font("note")
    chips = sum(chip_width(badge.text, theme) + theme.px(8) for badge in row.badges)
    used = draw_text(painter, line.adjusted(0, 0, -chips, 0), words, font, theme.color("text.low"))
    _paint_badges(painter, line.adjusted(used + theme.px(8), 0, 0, 0), row, theme)


def _paint_clock(painter: QPainter, line: QRectF, row: WorkOrderRow, theme: Theme) -> float:
    """Paint mark and words of the clock at the right end; give the left edge of what was painted."""
    if not row.clock:
        return line.right()
    font = theme.font("body")
    color = theme.tone(row.clock_tone)
    width = text_width(row.clock, font)
    draw_text(painter, line, row.clock, font, color, align=_RIGHT)
    side = theme.px(11 if row.clock_shape == "triangle" else 9)
    mark = QRectF(line.right() - width - theme.px(6) - side, line.center().y() - side / 2, side, side)
    draw_shape(painter, row.clock_shape, color, mark)
    return mark.left()


def _paint_badges(painter: QPainter, rect: QRectF, row: WorkOrderRow, theme: Theme) -> None:
    left = rect.left()
    height = theme.px(17)
    for badge in row.badges:
        width = chip_width(badge.text, theme)
        if left + width > rect.right() + 1:
            return
        chip = QRectF(left, rect.center().y() - height / 2, width, height)
        draw_chip(painter, chip, badge.text, theme.tone(badge.tone), theme, dashed=badge.dashed)
        left += width + theme.px(6)


def _paint_box(painter: QPainter, inner: QRectF, theme: Theme, *, ticked: bool) -> None:
    """Paint the box that is ticked for a marked order."""
    side = theme.px(14)
    box = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
    painter.setPen(QPen(theme.color("accent" if ticked else "text.low"), 1))
    painter.setBrush(theme.color("accent") if ticked else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, theme.radius("s"), theme.radius("s"))
    if ticked:
        draw_shape(painter, "check", theme.color("accent.on"), box.adjusted(1, 1, -1, -1))


def _paint_blank(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Paint two quiet bars where words are on their way."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("surface.3"))
    left = rect.left() + theme.px(15)
    thick = theme.px(8)
    for share, place in ((0.5, 0.32), (0.32, 0.7)):
        bar = QRectF(QPointF(left, rect.top() + rect.height() * place - thick / 2), rect.bottomRight())
        bar.setSize(QRectF(0, 0, rect.width() * share, thick).size())
        painter.drawRoundedRect(bar, thick / 2, thick / 2)


def _joined(row: WorkOrderRow) -> str:
    return " · ".join(part for part in (row.place, row.module, row.unit) if part)
