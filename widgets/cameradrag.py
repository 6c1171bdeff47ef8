"""A camera under the mouse: begun in a list or on the map, dropped on a pane of any wall."""

from PySide6.QtCore import QMimeData, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QDrag, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from widgets.painting import draw_shape, draw_text, text_width
from widgets.theme import current_theme

CAMERA_MIME = "application/x-watchfloor-camera"
"""Drag data: a camera id as UTF-8."""

_MOST = 260


def camera_data(camera_id: str) -> QMimeData:
    """Give a camera as drag data."""
    data = QMimeData()
    data.setData(CAMERA_MIME, camera_id.encode())
    return data


def carry_camera(source: QWidget, camera_id: str, words: str) -> None:
    """Let the officer carry a camera from `source`, with its name under the mouse, until it is dropped somewhere."""
    drag = QDrag(source)
    drag.setMimeData(camera_data(camera_id))
    drag.setPixmap(_label(words, source.devicePixelRatioF()))
    drag.setHotSpot(QPoint(-12, -8))
    drag.exec(Qt.DropAction.CopyAction)


def _label(words: str, ratio: float) -> QPixmap:
    theme = current_theme()
    width = min(theme.px(_MOST), round(text_width(words, theme.font("body"))) + theme.px(44))
    size = QSize(width, theme.px(28))
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rect = QRectF(0.5, 0.5, size.width() - 1, size.height() - 1)
    painter.setPen(QPen(theme.color("accent"), 1))
    painter.setBrush(theme.color("surface.3"))
    painter.drawRoundedRect(rect, theme.radius(), theme.radius())
    side = float(theme.px(15))
    mark = QRectF(theme.px(8), rect.center().y() - side / 2, side, side)
    draw_shape(painter, "camera", theme.color("accent"), mark)
    inner = rect.adjusted(theme.px(30), 0, -theme.px(8), 0)
    draw_text(painter, inner, words, theme.font("body"), theme.color("text.hi"))
    painter.end()
    return pixmap
