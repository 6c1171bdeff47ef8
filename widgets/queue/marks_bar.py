"""The bar under the list while orders are marked: how many, what can be done with all of them, and how to let go."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from widgets.detail.actions import ActionButton
from widgets.detail.order import ActionSpec
from widgets.flow import FlowLayout
from widgets.plain import plain_label
from widgets.queue.filters import fill_menu
from widgets.queue.rows import MenuGroup, MenuOption
from widgets.theme import current_theme

SHOWN = 4
"""Actions with a button; the others are behind 更多, and their keys work all the same."""


class MarksBar(QWidget):
    """Shown while something is marked.

    Signals:
        verb_chosen(str): Something is to be done with all that are marked.
        clear_requested(): Nothing is to be marked any more.
    """

    verb_chosen = Signal(object)
    clear_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._specs: tuple[ActionSpec, ...] = ()
        self._buttons: list[ActionButton] = []
        self.setProperty("panel", "form")
        self.setAccessibleName(self.tr("已选工单"))
        self._words = plain_label("", "", self)
        self._words.setProperty("strong", "true")
        self._more_words = plain_label("", "note", self, wrap=True)
        self._holder = QWidget(self)
        self._flow = FlowLayout(self._holder, spacing=current_theme().space("s"))
        self._more = QPushButton(self.tr("更多"), self._holder)
        self._more.setAccessibleName(self.tr("更多批量操作"))
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._pick)
        self._more.clicked.connect(self._open)
        clear = QPushButton(self.tr("取消选择  Esc"), self)
        clear.setProperty("quiet", "true")
        clear.setAccessibleName(self.tr("取消选择"))
        clear.clicked.connect(self.clear_requested)
        theme = current_theme()
        line = QHBoxLayout()
        line.addWidget(self._words, 1)
        line.addWidget(clear)
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.space("m"), theme.space("s"), theme.space("m"), theme.space("s"))
        box.setSpacing(theme.space("xs"))
        box.addLayout(line)
        box.addWidget(self._more_words)
        box.addWidget(self._holder)
        self._more_words.hide()
        self.hide()

    def show_marks(self, words: str, note: str, specs: tuple[ActionSpec, ...]) -> None:
        """Show how many are marked and what can be done with them, most fitting first; no words: nothing is."""
        self.setVisible(bool(words))
        self._words.setText(words)
        self._words.setAccessibleName(words)
        self._more_words.setText(note)
        self._more_words.setVisible(bool(note))
        if specs != self._specs:
            self._specs = specs
            self._rebuild()

    @Slot(object)
    def press_letter(self, letter: str) -> None:
        """Choose the action with this key, if there is one."""
        for spec in self._specs:
            if spec.key == letter:
                self.verb_chosen.emit(spec.verb)
                return

    def _rebuild(self) -> None:
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.retire()
        self._flow.removeWidget(self._more)
        self._buttons = [ActionButton(spec, self._holder, own_key=False) for spec in self._specs[:SHOWN]]
        for button in self._buttons:
            button.chosen.connect(self._choose)
            self._flow.addWidget(button)
            button.show()
        self._flow.addWidget(self._more)
        self._more.setVisible(len(self._specs) > SHOWN)

    @Slot(object)
    def _choose(self, spec: ActionSpec) -> None:
        self.verb_chosen.emit(spec.verb)

    @Slot()
    def _open(self) -> None:
        labels = {True: self.tr("{label}（{key}）"), False: "{label}"}
        options = tuple(
            (spec.verb, labels[bool(spec.key)].format(label=spec.label, key=spec.key)) for spec in self._specs[SHOWN:]
        )
        fill_menu(self._menu, (MenuGroup("verb", "", tuple(MenuOption(key, label) for key, label in options)),))
        self._menu.popup(self._more.mapToGlobal(self._more.rect().topLeft()))

    @Slot(QAction)
    def _pick(self, action: QAction) -> None:
        self.verb_chosen.emit(str(action.data()).partition("/")[2])
