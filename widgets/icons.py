"""The one family of icons: SVG files tinted by token, rendered once per colour, size and screen density."""

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from resources import resource, resource_path


@cache
def icon_names() -> frozenset[str]:
    """Give the names of all icons that are installed."""
    return frozenset(path.stem for path in resource_path("icons/circle.svg").parent.glob("*.svg"))


def icon_pixmap(name: str, color: QColor, size_px: int, dpr: float = 1.0) -> QPixmap:
    """Render an icon, or take it from the cache of 1,024.

    Args:
        name: File name in ``resources/icons`` without its ending.
        color: Tint, from the theme.
        size_px: Side in device-independent pixels.
        dpr: The target's ``devicePixelRatioF()``, asked at each paint.

    Raises:
        FileNotFoundError: No icon has that name.
    """
    return _rendered(name, color.rgba(), size_px, dpr)


def icon(name: str, color: QColor, size_px: int, disabled: QColor | None = None) -> QIcon:
    """Give a QIcon for buttons, sharp at densities 1 and 2."""
    result = QIcon()
    for dpr in (1.0, 2.0):
        result.addPixmap(icon_pixmap(name, color, size_px, dpr))
        if disabled is not None:
            result.addPixmap(icon_pixmap(name, disabled, size_px, dpr), QIcon.Mode.Disabled)
    return result


def paint_icon(painter: QPainter, name: str, color: QColor, rect: QRectF) -> None:
    """Paint an icon centred in ``rect``, as large as its shorter side."""
    side = int(min(rect.width(), rect.height()))
    pixmap = icon_pixmap(name, color, side, painter.device().devicePixelRatioF())
    painter.drawPixmap(QPointF(rect.center().x() - side / 2, rect.center().y() - side / 2), pixmap)


@lru_cache(maxsize=1024)
def _rendered(name: str, rgba: int, size_px: int, dpr: float) -> QPixmap:
    color = QColor.fromRgba(rgba)
    pixmap = QPixmap(QSize(round(size_px * dpr), round(size_px * dpr)))
    pixmap.setDevicePixelRatio(dpr)
    pixmap.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", color.name()).encode()))
    painter = QPainter(pixmap)
    painter.setOpacity(color.alphaF())
    renderer.render(painter, QRectF(0, 0, size_px, size_px))
    painter.end()
    return pixmap


@cache
def _source(name: str) -> str:
    return resource(f"icons/{name}.svg").read_text(encoding="utf-8")
