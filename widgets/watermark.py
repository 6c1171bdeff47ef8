"""Who sits here, over everything: name, staff number, device and minute, tiled at a slant, never in the way."""

from PySide6.QtCore import QChildEvent, QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from widgets.painting import text_width
from widgets.theme import current_theme, theme_holder

SLANT_DEGREES = -20


class Watermark(QWidget):
    """Stays above every child of its parent and as large as it; the tile is drawn once per text, theme and density."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._text = ""
        self._tile: QPixmap | None = None
        parent.installEventFilter(self)
        for child in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            child.installEventFilter(self)
        theme_holder().theme_changed.connect(self._drop_tile)
        self.setGeometry(parent.rect())

    def set_text(self, text: str) -> None:
        """Show other words (张** 31007 · 席位 03 · 14:03); called once a minute."""
        if text != self._text:
            self._text = text
            self._drop_tile()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the parent's size; stay above children that come later or are raised."""
        if watched is not self.parent():
            if event.type() == QEvent.Type.ZOrderChange and watched is not self:
                self.raise_()
        elif event.type() == QEvent.Type.Resize:
            self.setGeometry(self.parentWidget().rect())
        elif event.type() == QEvent.Type.ChildPolished and isinstance(event, QChildEvent):
            event.child().installEventFilter(self)
            self.raise_()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tiles of the part that is painted anew."""
        if not self._text:
            return
        if self._tile is None or self._tile.devicePixelRatio() != self.devicePixelRatioF():
            self._tile = self._draw_tile()
        painter = QPainter(self)
        rect = event.rect()
        painter.drawTiledPixmap(rect, self._tile, QPoint(rect.x(), rect.y()))
        painter.end()

    def _draw_tile(self) -> QPixmap:
        """Draw two staggered lines of words, so that no crop of the screen is without one."""
        theme = current_theme()
        font = theme.font("body")
        wide = round(text_width(self._text, font)) + theme.px(48)
        size = QSize(wide, round(wide * 0.78))
        ratio = self.devicePixelRatioF()
        tile = QPixmap(size * ratio)
        tile.setDevicePixelRatio(ratio)
        tile.fill(Qt.GlobalColor.transparent)
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        painter.setPen(theme.color("watermark"))
        for x, y in ((0.0, 0.5), (1.0, 0.5), (0.5, 1.0), (0.5, 0.0), (-0.5, 1.0), (1.5, 0.0)):
            painter.save()
            painter.translate(size.width() * x, size.height() * y)
            painter.rotate(SLANT_DEGREES)
            painter.drawText(QPoint(-wide // 2 + theme.px(24), 0), self._text)
            painter.restore()
        painter.end()
        return tile

    def _drop_tile(self) -> None:
        self._tile = None
        self.update()
