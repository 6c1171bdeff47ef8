"""The few strokes that painted parts share: elided text, tone marks, chips and key caps."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from widgets.icons import icon_names, paint_icon
from widgets.theme import Theme

_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


def text_width(text: str, font: QFont) -> float:
    """Measure one line, with room for the overhang of its last letter."""
    return QFontMetricsF(font).horizontalAdvance(text) + 1


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    color: QColor,
    *,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> float:
    """Draw one line of plain text, elided at its end if it does not fit; give the width it took."""
    if rect.width() <= 0 or not text:
        return 0.0
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(rect, int(align) | int(_LINE), shown)
    return min(rect.width(), metrics.horizontalAdvance(shown))


def draw_shape(painter: QPainter, shape: str, color: QColor, rect: QRectF) -> None:
    """Draw a tone's mark, or any icon; one that this program does not have becomes a ring."""
    paint_icon(painter, shape if shape in icon_names() else "ring", color, rect)


def chip_width(text: str, theme: Theme) -> float:
    """Measure what `draw_chip` will take."""
    return text_width(text, theme.font("note")) + 2 * theme.px(6)


def draw_chip(painter: QPainter, rect: QRectF, text: str, color: QColor, theme: Theme, *, dashed: bool = False) -> None:
    """Draw a word in a thin frame of its own colour; ``dashed`` says that it is not yet settled."""
    pen = QPen(color, 1)
    if dashed:
        pen.setStyle(Qt.PenStyle.DashLine)
        pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius = theme.radius("s")
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    inner = rect.adjusted(theme.px(6), 0, -theme.px(6) + 2, 0)
    draw_text(painter, inner, text, theme.font("note"), color)


def draw_separator(painter: QPainter, rect: QRectF, color: QColor) -> None:
    """Draw the one-pixel line at the bottom of ``rect``."""
    painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), color)
