"""An icon in the wall's head that opens a menu: lines to choose, some of them in groups, some ticked."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from widgets.iconbutton import IconButton
from widgets.plain import plain_menu_text


@dataclass(frozen=True, slots=True)
class MenuLine:
    """One line.

    Attributes:
        key: Handed back; "" for a line that only tells.
        text: Its words.
        group: Lines with the same group stand in a menu of their own under that name; "" for none.
        checked: Whether it is the one in force; None for what is not in force or not.
        apart: A line is drawn above it.
    """

    key: str
    text: str
    group: str = ""
    checked: bool | None = None
    apart: bool = False


class MenuButton(IconButton):
    """Asks for its lines each time it is opened, so that they are never old.

    Signals:
        wanted(): it is about to open: `set_lines`.
        chosen(str): key of a line.
    """

    wanted = Signal()
    chosen = Signal(str)

    def __init__(self, name: str, words: str, parent: QWidget, *, keys: str = "") -> None:
        super().__init__(name, words, parent, keys=keys)
        self._menu = QMenu(self)
        self._menu.setAccessibleName(words)
        self._menu.triggered.connect(self._on_triggered)
        self.clicked.connect(self.open_menu)

    def set_lines(self, lines: Sequence[MenuLine]) -> None:
        """Take the lines, in their order."""
        self._menu.clear()
        groups: dict[str, QMenu] = {}
        for line in lines:
            if line.apart:
                self._menu.addSeparator()
            menu = self._menu
            if line.group:
                if line.group not in groups:
                    groups[line.group] = self._menu.addMenu(plain_menu_text(line.group))
                menu = groups[line.group]
            action = menu.addAction(plain_menu_text(line.text))
            action.setData(line.key)
            action.setEnabled(bool(line.key))
            if line.checked is not None:
                action.setCheckable(True)
                action.setChecked(line.checked)

    def lines(self) -> list[QAction]:
        """The actions of the menu, without those of groups."""
        return [action for action in self._menu.actions() if not action.isSeparator()]

    @Slot()
    def open_menu(self) -> None:
        """Fill it anew and open it below the button."""
        self.wanted.emit()
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        if action.data():
            self.chosen.emit(str(action.data()))
