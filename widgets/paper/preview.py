"""Shows the pages of a document as they will come out, one at a time."""

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from widgets.paper.pages import Pages
from widgets.plain import plain_label
from widgets.theme import current_theme


class _Sheet(QWidget):
    """The page; painted once and kept as a picture until another one is shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pages: Pages | None = None
        self._number = 0
        self._picture: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_page(self, pages: Pages | None, number: int) -> None:
        self._pages, self._number, self._picture = pages, number, None
        self.update()

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(520), theme.px(360))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._pages is None:
            return
        size = self._pages.size
        scale = min(self.width() / size.width(), self.height() / size.height())
        wide, high = size.width() * scale, size.height() * scale
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.width() != round(wide * ratio):
            self._picture = QPixmap(round(wide * ratio), round(high * ratio))
            self._picture.fill(QColor(Qt.GlobalColor.white))
            painter = QPainter(self._picture)
            self._pages.paint(painter, self._number, scale * ratio)
            painter.end()
        painter = QPainter(self)
        place = QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)
        painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))
        painter.end()


class PaperPreview(QWidget):
    """The page, and how to turn it: PgUp and PgDn, or the buttons."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._pages: Pages | None = None
        self._number = 0
        self.setAccessibleName(self.tr("打印预览"))
        self._sheet = _Sheet(self)
        self._words = plain_label("", "note", self)
        self._back = QPushButton("‹", self)
        self._on = QPushButton("›", self)
        self._back.setAccessibleName(self.tr("上一页"))
        self._on.setAccessibleName(self.tr("下一页"))
        self._back.clicked.connect(self._turn_back)
        self._on.clicked.connect(self._turn_on)
        line = QHBoxLayout()
        line.addStretch(1)
        for widget in (self._back, self._words, self._on):
            line.addWidget(widget)
        line.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._sheet, 1)
        box.addLayout(line)

    def show_pages(self, pages: Pages | None) -> None:
        """Show another document from its first page; None while there is none."""
        self._pages = pages
        self._show(0)

    def pages(self) -> Pages | None:
        """Give the document."""
        return self._pages

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages."""
        if event.key() == Qt.Key.Key_PageUp:
            self._turn_back()
        elif event.key() == Qt.Key.Key_PageDown:
            self._turn_on()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _turn_back(self) -> None:
        self._show(self._number - 1)

    @Slot()
    def _turn_on(self) -> None:
        self._show(self._number + 1)

    def _show(self, number: int) -> None:
        count = self._pages.count if self._pages is not None else 0
        self._number = max(0, min(number, count - 1))
        self._sheet.show_page(self._pages, self._number)
        self._words.setText(
            self.tr("第 {page} / {count} 页").format(page=self._number + 1, count=count) if count else ""
        )
        self._back.setEnabled(self._number > 0)
        self._on.setEnabled(self._number + 1 < count)
