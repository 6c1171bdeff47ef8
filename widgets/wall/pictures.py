"""Paints pictures out of shared memory: Qt wraps the memory as it is, nothing is copied but to the screen."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from widgets.wall.frames import FrameSource, Picture
from widgets.wall.lens import WHOLE, Lens

_ATTEMPTS = 3
_STRETCH = 0.08  # share by which a picture may be out of shape to fill its pane
_NEARLY = 0.02
_DIMMED = 150  # of 255: how much light a stale picture keeps


class PanePictures:
    """The pictures of one pane: wrappers around its memory, and the grey copy of a stale one."""

    def __init__(self) -> None:
        self._wrapped: dict[int, tuple[memoryview, int, QImage]] = {}
        self._grey: QImage | None = None
        self._grey_stamp = 0
        self._last: Picture | None = None
        self._fitted: tuple[QRectF, int, int, QRectF, bool] | None = None
        self.lens = WHOLE

    def paint(self, painter: QPainter, source: FrameSource, pane: str, cell: QRectF, ground: QColor) -> bool:
        """Paint the pane's newest picture into `cell`; False if there is none.

        Where a picture goes is worked out once for each cell, so a cell that moves must be another object.
        A picture that its writer touched meanwhile is painted over at once with the newer one, so that nothing torn
        stays on the screen.
        """
        for _ in range(_ATTEMPTS):
            picture = source.latest(pane)
            if picture is None:
                return False
            self._last = picture
            self._draw(painter, self._wrap(picture), cell, ground)
            if picture.intact():
                break
        return True

    def paint_stale(self, painter: QPainter, source: FrameSource, pane: str, cell: QRectF, ground: QColor) -> bool:
        """Paint the pane's last picture without colour and darkened; False if there is none."""
        stamp = source.picture_stamp(pane)
        if self._grey is None or stamp != self._grey_stamp:
            picture = source.latest(pane)
            if picture is None:
                return False
            self._last = picture
            self._grey, self._grey_stamp = _greyed(self._wrap(picture)), stamp
        self._draw(painter, self._grey, cell, ground)
        return True

    def copy(self, source: FrameSource, pane: str) -> QImage | None:
        """Copy the part of the picture that was painted last; the newest if somebody has written over that one."""
        picture = self._last
        image = _part(self._wrap(picture), self.lens) if picture is not None else None
        if picture is None or image is None or not picture.intact():
            picture = source.latest(pane)
            image = _part(self._wrap(picture), self.lens) if picture is not None else None
        return image

    def forget(self) -> None:
        """Let all memory go."""
        self._wrapped.clear()
        self._last = None
        self.lens = WHOLE
        self._grey, self._grey_stamp = None, 0

    def _wrap(self, picture: Picture) -> QImage:
        pixels = picture.pixels
        kept = self._wrapped.get(id(pixels))
        if kept is not None and kept[0] is pixels and kept[1] == picture.width:
            return kept[2]
        for key in [key for key, (memory, _, _) in self._wrapped.items() if memory.obj is not pixels.obj]:
            del self._wrapped[key]  # of a surface that was replaced: its memory is freed with this
        image = QImage(pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32)
        self._wrapped[id(pixels)] = (pixels, picture.width, image)
        return image

    def _draw(self, painter: QPainter, image: QImage, cell: QRectF, ground: QColor) -> None:
        width, height = image.width(), image.height()
        fitted = self._fitted
        if fitted is None or fitted[0] is not cell or fitted[1:3] != (width, height):
            place, bars = _fit(width, height, cell, painter.device().devicePixelRatioF())
            fitted = self._fitted = (cell, width, height, place, bars)
        *_, place, bars = fitted
        if bars:
            painter.fillRect(cell, ground)
        if self.lens.whole:
            painter.drawImage(place, image)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, image, _seen(image, self.lens))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)


def _fit(width: float, height: float, cell: QRectF, ratio: float) -> tuple[QRectF, bool]:
    """Where in a cell a picture of so many pixels is drawn, and whether bars are left beside it."""
    width, height = width / ratio, height / ratio
    bars = False
    if abs(width - cell.width()) > 1 or abs(height - cell.height()) > 1:
        shape = width * cell.height() / (height * cell.width())
        if abs(shape - 1) <= _STRETCH:
            width, height = cell.width(), cell.height()
        else:
            factor = min(cell.width() / width, cell.height() / height)
            if abs(factor - 1) > _NEARLY:  # as it is, if it was fitted before but for the last pixel
                width, height = width * factor, height * factor
            bars = True
    x, y = cell.x() + (cell.width() - width) / 2, cell.y() + (cell.height() - height) / 2
    return QRectF(round(x * ratio) / ratio, round(y * ratio) / ratio, width, height), bars


def _seen(image: QImage, lens: Lens) -> QRectF:
    """The part of an image under the lens, in its pixels."""
    width, height = image.width(), image.height()
    return QRectF(lens.left * width, lens.top * height, width / lens.zoom, height / lens.zoom)


def _part(image: QImage, lens: Lens) -> QImage:
    return image.copy(_seen(image, lens).toAlignedRect())


def _greyed(image: QImage) -> QImage:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8).convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(grey)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.fillRect(grey.rect(), QColor(_DIMMED, _DIMMED, _DIMMED))
    painter.end()
    return grey
