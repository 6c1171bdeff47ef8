"""A small drawing of a layout: its panes as boxes, the large ones lighter."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from widgets.theme import Theme
from widgets.wall.layouts import boxes, layout

_FINE = 25  # more panes than this are drawn without gaps between them being wider than a pixel


def draw_layout(painter: QPainter, name: str, rect: QRectF, theme: Theme, *, lit: bool) -> None:
    """Draw the layout into `rect`, at the sharpness of the screen; `lit` where it is chosen or under the hand."""
    ratio = painter.device().devicePixelRatioF()
    width, height = round(rect.width() * ratio), round(rect.height() * ratio)
    placed = boxes(name, width, height, max(1, round(ratio * (1 if _is_fine(name) else 2))))
    cells = layout(name).cells
    smallest = min(across * down for _, _, across, down in cells)
    quiet, strong = theme.color("line.strong"), theme.color("accent")
    for box, (_, _, across, down) in zip(placed, cells, strict=True):
        color = strong if lit else quiet
        color = color.lighter(125) if across * down > smallest else color
        painter.fillRect(
            QRectF(rect.x() + box.x / ratio, rect.y() + box.y / ratio, box.width / ratio, box.height / ratio), color
        )


def _is_fine(name: str) -> bool:
    return len(layout(name).cells) >= _FINE
