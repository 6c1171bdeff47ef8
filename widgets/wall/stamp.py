"""Makes a kept picture tell where it comes from: words under it, and a mark all over it, in its pixels."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from widgets.painting import draw_text, text_width
from widgets.theme import current_theme
from widgets.watermark import SLANT_DEGREES

_LINE = 22
_MARKS_ACROSS = 3
_MARKS_DOWN = 4


def stamped(image: QImage, words: str, mark: str) -> QImage:
    """Return the picture with a line of words below it and `mark` aslant over it; no pixel of it is covered fully."""
    theme = current_theme()
    height = theme.px(_LINE)
    kept = QImage(image.width(), image.height() + height, QImage.Format.Format_RGB32)
    kept.fill(theme.color("picture.ground"))
    painter = QPainter(kept)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.drawImage(0, 0, image)
    _paint_marks(painter, image, mark)
    line = QRectF(theme.px(6), image.height(), image.width() - theme.px(12), height)
    draw_text(painter, line, words, theme.font("note"), theme.color("picture.text"))
    painter.end()
    return kept


def _paint_marks(painter: QPainter, image: QImage, mark: str) -> None:
    theme = current_theme()
    font = theme.font("note")
    width = text_width(mark, font)
    painter.save()
    painter.setClipRect(image.rect())
    painter.setFont(font)
    painter.setPen(theme.color("watermark"))
    for across in range(_MARKS_ACROSS):
        for down in range(_MARKS_DOWN):
            painter.save()
            shift = 0.5 if down % 2 else 0.0
            painter.translate(
                image.width() * (across + shift) / (_MARKS_ACROSS - 0.5), image.height() * (down + 0.5) / _MARKS_DOWN
            )
            painter.rotate(SLANT_DEGREES)
            painter.drawText(round(-width / 2), 0, mark)
            painter.restore()
    painter.restore()
