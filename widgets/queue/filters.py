"""Chips with a menu: what else to filter by, how rows are grouped and shown, which views are kept; how to sort."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from widgets.queue.rows import MenuGroup


class MenuButton(QPushButton):
    """A chip with a menu of groups; the menu stays up to date while it is closed.

    Signals:
        picked(str): ``group/key`` of the entry that was chosen.
    """

    picked = Signal(object)

    def __init__(self, label: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(label, parent)
        self.setProperty("chip", "true")
        self.setAccessibleName(name)
        self._groups: tuple[MenuGroup, ...] = ()
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self._menu.triggered.connect(self._pick)
        self.clicked.connect(self.open)

    def set_groups(self, groups: tuple[MenuGroup, ...]) -> None:
        """Take other entries; they are seen when the menu opens next."""
        self._groups = groups

    @Slot()
    def open(self) -> None:
        """Open the menu."""
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    @Slot()
    def _fill(self) -> None:
        fill_menu(self._menu, self._groups)

    @Slot(QAction)
    def _pick(self, action: QAction) -> None:
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.picked.emit(action.data())


def fill_menu(menu: QMenu, groups: tuple[MenuGroup, ...]) -> None:
    """Put the groups into a menu; ``group/key`` is the data of each entry."""
    menu.clear()
    for group in groups:
        if not group.options:
            continue
        if group.apart:
            menu.addSeparator()
        place = menu.addMenu(_plain(group.label)) if group.label else menu
        for option in group.options:
            action = QAction(_plain(f"{option.label}  {option.count}".rstrip()), place)
            action.setCheckable(option.checked is not None)
            action.setChecked(bool(option.checked))
            action.setData(f"{group.key}/{option.key}")
            place.addAction(action)


def _plain(words: str) -> str:
    """Menus read ``&`` as the mark of a key."""
    return words.replace("&", "&&")
