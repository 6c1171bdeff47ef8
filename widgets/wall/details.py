"""What is known of a pane's camera and stream, in a box over its picture."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from widgets.painting import draw_text, text_width
from widgets.theme import Theme
from widgets.wall.panes import PaneView

_LINE = 19
_MOST = 420


def paint_details(painter: QPainter, view: PaneView, room: QRectF, theme: Theme) -> QRectF:
    """Paint as many lines as `room` holds, the first ones first; give the place of the button, empty without one."""
    font, line, pad = theme.font("note"), float(theme.px(_LINE)), float(theme.space("s"))
    labels = max((text_width(label, font) for label, _ in view.details), default=0.0)
    words = max((text_width(value, font) for _, value in view.details), default=0.0)
    button = QRectF()
    foot = theme.px(30) if view.copy else 0
    fit = int((room.height() - 2 * pad) // line)
    with_button = view.copy != "" and fit * line >= 3 * line + foot
    lines = view.details[: max(0, int((room.height() - 2 * pad - (foot if with_button else 0)) // line))]
    if not lines:
        return button
    width = min(room.width(), labels + words + 3 * pad, theme.px(_MOST))
    box = QRectF(room.left(), room.top(), width, len(lines) * line + 2 * pad + (foot if with_button else 0))
    ground = theme.color("picture.shade")
    ground.setAlphaF(0.82)
    painter.fillRect(box, ground)
    y = box.top() + pad
    for label, value in lines:
        row = QRectF(box.left() + pad, y, labels, line)
        draw_text(painter, row, label, font, theme.color("picture.text.low"))
        rest = QRectF(row.right() + pad, y, box.right() - row.right() - 2 * pad, line)
        draw_text(painter, rest, value, font, theme.color("picture.text"))
        y += line
    if with_button:
        width = min(text_width(view.copy, font) + 2 * theme.px(10), box.width() - 2 * pad)
        button = QRectF(box.left() + pad, y + theme.px(5), width, theme.px(24))
        painter.setPen(QPen(theme.color("picture.text.low"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(button.adjusted(0.5, 0.5, -0.5, -0.5), theme.radius(), theme.radius())
        align = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, button, view.copy, font, theme.color("picture.text"), align=align)
    return button
