"""A card about one pane: lines of marks, words and values, a few words below, and buttons. For histories and trials."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from widgets.listcard import ListCard
from widgets.painting import draw_shape
from widgets.plain import plain_label, set_style_property
from widgets.theme import current_theme

_LIST_HEIGHT = 420


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line.

    Attributes:
        label: What it is about.
        value: What is said of it.
        mark: Shape before it, or "".
        tone: Of the mark.
        note: Quiet words behind the value.
        head: Whether lines of another kind begin with it; then it has a label only.
    """

    label: str
    value: str = ""
    mark: str = ""
    tone: str = "neutral"
    note: str = ""
    head: bool = False


@dataclass(frozen=True, slots=True)
class ReportView:
    """What the card says.

    Attributes:
        title: Of what kind it is.
        about: Of which camera.
        lines: In order.
        words: A sentence below them, or "".
        busy: Whether more is on its way.
        actions: Key and words of the buttons; the first is the likely one.
    """

    title: str
    about: str
    lines: tuple[ReportLine, ...] = ()
    words: str = ""
    busy: bool = False
    actions: tuple[tuple[str, str], ...] = ()


class _Mark(QWidget):
    """A shape in a tone."""

    def __init__(self, shape: str, tone: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._shape, self._tone = shape, tone

    def sizeHint(self) -> QSize:
        """Room for the shape."""
        side = current_theme().px(14)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        theme = current_theme()
        side = float(theme.px(10))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        draw_shape(painter, self._shape, theme.tone(self._tone), rect)
        painter.end()


class ReportCard(ListCard):
    """Esc leaves it; Tab goes to the buttons.

    Signals:
        action_chosen(str): key of a button.
    """

    action_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, 600, _LIST_HEIGHT)
        self._view: ReportView | None = None
        theme = current_theme()
        self._title = plain_label("", "head", self.card)
        self._about = plain_label("", "mid", self.card, wrap=True)
        self._words = plain_label("", "mid", self.card, wrap=True)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(plain_label(self.tr("Esc 关闭"), "note", self.card))
        self._buttons = QHBoxLayout()
        self._keys: dict[QPushButton, str] = {}
        self._buttons.setSpacing(theme.space("s"))
        self._buttons.addStretch(1)
        self.box.setSpacing(theme.space("m"))
        self.box.addLayout(head)
        self.box.addWidget(self._about)
        self.box.addWidget(self.lines_area, 1)
        self.box.addWidget(self._words)
        self.box.addLayout(self._buttons)

    @property
    def view(self) -> ReportView | None:
        """What it says."""
        return self._view

    def show_view(self, view: ReportView) -> None:
        """Say something; the card comes up if it is not there."""
        if view == self._view and self.isVisible():
            return
        self._view = view
        self.setAccessibleName(view.title)
        self._title.setText(view.title)
        self._about.setText(view.about)
        self._words.setText(view.words)
        self._words.setVisible(bool(view.words))
        self._words.setAccessibleName(view.words)
        self._fill(view.lines)
        self._show_actions(view.actions)
        if not self.isVisible():
            self.open()
        self.place_card()

    def open(self) -> None:
        """Come up, with the keyboard."""
        super().open()
        first = next(iter(self._keys), None)
        (first or self).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _fill(self, lines: tuple[ReportLine, ...]) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        theme = current_theme()
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.space("m"))
        grid.setVerticalSpacing(theme.space("s"))
        grid.setColumnStretch(3, 1)
        for row, line in enumerate(lines):
            if line.head:
                grid.addWidget(plain_label(line.label, "note", page), row, 0, 1, 4)
                continue
            if line.mark:
                grid.addWidget(_Mark(line.mark, line.tone, page), row, 0)
            grid.addWidget(plain_label(line.label, "mid", page), row, 1)
            grid.addWidget(plain_label(line.value, "", page), row, 2)
            grid.addWidget(plain_label(line.note, "note", page, wrap=True), row, 3)
        column.addLayout(grid)
        column.addStretch(1)
        self.set_lines_page(page)

    def _show_actions(self, actions: tuple[tuple[str, str], ...]) -> None:
        if tuple(self._keys.values()) == tuple(key for key, _ in actions):
            return
        for button in self._keys:
            self._buttons.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._keys = {}
        for number, (key, words) in enumerate(actions):
            button = QPushButton(words.replace("&", "&&"), self.card)
            button.setAccessibleName(words)
            if number == 0:
                set_style_property(button, "primary", "true")
            button.clicked.connect(self._on_clicked)
            self._buttons.addWidget(button)
            button.show()  # by itself it would come a turn later, when the card has its size
            self._keys[button] = key

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton) and button in self._keys:
            self.action_chosen.emit(self._keys[button])
