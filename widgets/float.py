"""A card over the desk that goes away with Esc or a click beside it; the desk below stays as it is."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets.theme import current_theme


class FloatPage(QWidget):
    """Covers its parent with a veil and holds one card; gives the focus back where it came from."""

    veil = "shadow"
    """Token of the veil's colour."""

    def __init__(self, parent: QWidget, width: int) -> None:
        super().__init__(parent)
        self._came_from: QWidget | None = None
        self._wanted_width = width
        self.card = QWidget(self)
        self.card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.card.setProperty("panel", "card")
        self.box = QVBoxLayout(self.card)
        theme = current_theme()
        self.box.setContentsMargins(theme.space("l"), theme.space("l"), theme.space("l"), theme.space("l"))
        parent.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Come up over the parent."""
        self._came_from = self.window().focusWidget()
        self.setGeometry(self.parentWidget().rect())
        self.raise_()
        self.show()
        self.place_card()

    def leave(self) -> None:
        """Go away and give the focus back."""
        self.hide()
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self._came_from = None

    def place_card(self) -> None:
        """Put the card into the upper middle, as large as it needs and never beyond the window."""
        margin = current_theme().space("xl")
        width = min(current_theme().px(self._wanted_width), self.width() - 2 * margin)
        self.card.setFixedWidth(max(1, width))
        wanted = self.card.sizeHint().height()
        if self.box.hasHeightForWidth():  # words that wrap need more lines in a narrower card
            wanted = max(wanted, self.box.totalHeightForWidth(max(1, width)))
        height = min(wanted, self.height() - 2 * margin)
        top = max(margin, (self.height() - height) // 4)
        self.card.setGeometry((self.width() - width) // 2, top, width, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leave on a click beside the card."""
        if not self.card.geometry().contains(event.position().toPoint()):
            self.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the parent's size."""
        if watched is self.parent() and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self.parentWidget().rect())
            self.place_card()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the veil."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), current_theme().color(self.veil))
        painter.end()
