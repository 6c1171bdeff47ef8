"""A card with a list that scrolls: as high as its lines want to be, and never beyond the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from widgets.float import FloatPage
from widgets.theme import current_theme

_LEAST = 60


class ListCard(FloatPage):
    """Put `lines_area` into `box` among the other parts; everything else keeps its height."""

    def __init__(self, parent: QWidget, width: int, most: int) -> None:
        """Make one `width` wide, its list at most `most` high, both in pixels at text scale 1."""
        super().__init__(parent, width)
        self._most = most
        self._wanted_height = 0
        self.lines_area = QScrollArea(self.card)
        self.lines_area.setWidgetResizable(True)
        self.lines_area.setFrameShape(QFrame.Shape.NoFrame)
        self.lines_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lines_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines_area.viewport().setAutoFillBackground(False)
        self.lines_area.setFixedHeight(current_theme().px(_LEAST))

    def set_lines_page(self, page: QWidget) -> None:
        """Show a page of lines, laid out and filled."""
        if self.lines_area.widget() is not page:
            self.lines_area.setWidget(page)
            self.lines_area.viewport().setAutoFillBackground(False)
            page.setAutoFillBackground(False)
        for label in page.findChildren(QLabel):
            label.ensurePolished()  # the style sheet's sizes count, and come only now
        layout = page.layout()
        if layout is not None:
            layout.activate()
        self._wanted_height = min(page.sizeHint().height() + 2, current_theme().px(self._most))

    def place_card(self) -> None:
        """Give the list the height it wants, or what there is; the rest is scrolled to."""
        others = self.card.sizeHint().height() - self.lines_area.minimumHeight()
        room = self.height() - 2 * current_theme().space("xl") - others
        self.lines_area.setFixedHeight(max(current_theme().px(_LEAST), min(self._wanted_height, room)))
        super().place_card()
