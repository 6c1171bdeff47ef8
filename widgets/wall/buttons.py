"""The buttons in a pane: as many as its width has room for, painted with the pane's words."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from widgets.painting import draw_text, text_width
from widgets.theme import Theme
from widgets.wall.panes import PaneAction

HEIGHT = 28
LEAST_PANE = 110
"""Height of a pane from which it has room for buttons."""
_PAD, _GAP = 11, 8

PlacedButton = tuple[PaneAction, QRectF]


def place_buttons(actions: Sequence[PaneAction], room: QRectF, theme: Theme) -> tuple[PlacedButton, ...]:
    """Place the first buttons that fit side by side into a line, in its middle."""
    font, gap = theme.font("note"), float(theme.px(_GAP))
    widths: list[float] = []
    for action in actions:
        width = text_width(action.text, font) + 2 * theme.px(_PAD)
        if sum(widths) + len(widths) * gap + width > room.width():
            break
        widths.append(width)
    x = room.center().x() - (sum(widths) + max(0, len(widths) - 1) * gap) / 2
    placed = []
    for action, width in zip(actions, widths, strict=False):
        placed.append((action, QRectF(x, room.top(), width, room.height())))
        x += width + gap
    return tuple(placed)


def paint_buttons(painter: QPainter, placed: Sequence[PlacedButton], theme: Theme) -> None:
    """Paint them as raised grounds with their labels."""
    for action, rect in placed:
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(theme.color("surface.3"))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), theme.radius(), theme.radius())
        align = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, rect, action.text, theme.font("note"), theme.color("text.hi"), align=align)
