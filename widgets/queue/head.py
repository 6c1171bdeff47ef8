"""The head of the queue panel: title, counts, search field, filters."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from widgets.flow import FlowLayout
from widgets.icons import icon
from widgets.plain import plain_label
from widgets.queue.filters import MenuButton
from widgets.queue.rows import QueueHead
from widgets.theme import Theme, current_theme, theme_holder

SEARCH_PAUSE_MS = 120


class SearchField(QLineEdit):
    """A field whose Esc empties it and, when empty, leaves it; Enter and Down go on to the list.

    Signals:
        left(): The officer is done with the field.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle the keys that leave the field."""
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class QueueHeadBar(QWidget):
    """Title with counts, the search field (key ``/``) and the filters.

    Signals:
        search_changed(str): The words in the field, 120 ms after the last key.
        chip_chosen(str): Key of the filter that was chosen.
        menu_picked(str): ``group/key`` of an entry behind ＋筛选, or of a picked filter that was taken away.
        list_wanted(): Keyboard focus should go to the list.
    """

    search_changed = Signal(object)
    chip_chosen = Signal(object)
    menu_picked = Signal(object)
    list_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = plain_label(self.tr("工单"), "title", self)
        self._counts = plain_label("", "note", self)
        self._field = SearchField(self)
        self._field.setPlaceholderText(self.tr("/ 搜索、拼音首字母"))
        self._field.setAccessibleName(self.tr("搜索工单"))
        self._field.setClearButtonEnabled(True)
        self._glass = self._field.addAction(_glass(current_theme()), QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self, singleShot=True, interval=SEARCH_PAUSE_MS)
        self._chips = QWidget(self)
        self._chip_flow = FlowLayout(self._chips, spacing=current_theme().space("s"))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QPushButton] = {}
        self._picked: dict[str, QPushButton] = {}
        self._more = MenuButton(self.tr("＋筛选"), self.tr("筛选、分组和视图"), self._chips)
        self._sorting = MenuButton("", self.tr("排序"), self._chips)
        for button in (self._more, self._sorting):
            self._chip_flow.addWidget(button)
            button.picked.connect(self.menu_picked)
        self._lay_out()
        self._field.textChanged.connect(self._pause.start)
        self._field.left.connect(self.list_wanted)
        self._pause.timeout.connect(self._send_search)
        self._group.buttonClicked.connect(self._choose)
        slash = QShortcut(QKeySequence("/"), self)
        slash.activated.connect(self.focus_search)
        theme_holder().theme_changed.connect(self._take_theme)

    def set_head(self, head: QueueHead) -> None:
        """Show counts and filters; a filter keeps its button while its key stays."""
        self._counts.setText(head.counts)
        keys = tuple(spec.key for spec in head.chips), tuple(spec.key for spec in head.picked)
        if keys != (tuple(self._buttons), tuple(self._picked)):
            self._rebuild(head)
        self._more.set_groups(head.menu)
        self._sorting.set_groups(head.sorts)
        self._sorting.setVisible(bool(head.sorts))
        self._sorting.setText(f"{head.sort_words} {'↓' if head.descending else '↑'}".replace("&", "&&"))
        way = self.tr("降序") if head.descending else self.tr("升序")
        self._sorting.setAccessibleName(self.tr("排序：{what}，{way}").format(what=head.sort_words, way=way))
        for spec in head.chips:
            button = self._buttons[spec.key]
            label = f"{spec.label} {spec.count}".strip()
            button.setText(label)
            button.setAccessibleName(spec.sentence or label)
            button.setChecked(spec.key == head.chosen)

    def search_text(self) -> str:
        """Give the words in the search field."""
        return self._field.text()

    @Slot()
    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    # -- inside

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the field a line of its own where the title leaves it too little."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        words = self._title.sizeHint().width() + self._counts.sizeHint().width()
        tight = words + current_theme().px(150) > self.width()
        self._line.setDirection(QBoxLayout.Direction.TopToBottom if tight else QBoxLayout.Direction.LeftToRight)

    def _lay_out(self) -> None:
        theme = current_theme()
        words = QHBoxLayout()
        words.setSpacing(theme.space("s"))
        words.addWidget(self._title)
        words.addWidget(self._counts, 1)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(theme.space("s"))
        self._line.addLayout(words)
        self._line.addWidget(self._field, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.space("m"), theme.space("s"), theme.space("m"), theme.space("s"))
        box.setSpacing(theme.space("s"))
        box.addLayout(self._line)
        box.addWidget(self._chips)

    def _rebuild(self, head: QueueHead) -> None:
        for button in (*self._buttons.values(), *self._picked.values()):
            self._group.removeButton(button)
            self._chip_flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        for widget in (self._more, self._sorting):
            self._chip_flow.removeWidget(widget)
        self._buttons = {spec.key: self._add_chip() for spec in head.chips}
        for button in self._buttons.values():
            self._group.addButton(button)
        self._picked = {spec.key: self._add_chip() for spec in head.picked}
        for spec in head.picked:
            button = self._picked[spec.key]
            button.setText(f"{spec.label} ×".replace("&", "&&"))
            button.setAccessibleName(self.tr("去掉筛选：{label}").format(label=spec.label))
            button.setChecked(True)
            button.clicked.connect(self._take_away)
        for widget in (self._more, self._sorting):
            self._chip_flow.addWidget(widget)

    def _add_chip(self) -> QPushButton:
        button = QPushButton(self._chips)
        button.setProperty("chip", "true")
        button.setCheckable(True)
        self._chip_flow.addWidget(button)
        return button

    @Slot()
    def _take_away(self) -> None:
        for key, button in self._picked.items():
            if button is self.sender():
                self.menu_picked.emit(key)
                return

    @Slot()
    def _send_search(self) -> None:
        self.search_changed.emit(self._field.text())

    @Slot(QAbstractButton)
    def _choose(self, button: QAbstractButton) -> None:
        for key, known in self._buttons.items():
            if known is button:
                self.chip_chosen.emit(key)

    @Slot(object)
    def _take_theme(self, theme: Theme) -> None:
        self._glass.setIcon(_glass(theme))
        self._fit()


def _glass(theme: Theme) -> QIcon:
    return icon("search", theme.color("text.low"), 16)
