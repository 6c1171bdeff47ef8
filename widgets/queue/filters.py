"""The button behind the filters: what else to filter by, how to sort, how tall the rows are, which views are kept."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from widgets.queue.rows import MenuGroup


class FilterButton(QPushButton):
    """A chip with a menu of groups; the menu stays up to date while it is closed.

    Signals:
        picked(str): ``group/key`` of the entry that was chosen.
    """

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("＋筛选"), parent)
        self.setProperty("chip", "true")
        self.setAccessibleName(self.tr("筛选、排序和视图"))
        self._groups: tuple[MenuGroup, ...] = ()
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self._menu.triggered.connect(self._pick)
        self.clicked.connect(self._open)

    def set_groups(self, groups: tuple[MenuGroup, ...]) -> None:
        """Take other entries; they are seen when the menu opens next."""
        self._groups = groups

    @Slot()
    def _open(self) -> None:
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    @Slot()
    def _fill(self) -> None:
        self._menu.clear()
        for group in self._groups:
            if not group.options:
                continue
            if group.apart:
                self._menu.addSeparator()
            place = self._menu.addMenu(_plain(group.label)) if group.label else self._menu
            for option in group.options:
                action = QAction(_plain(f"{option.label}  {option.count}".rstrip()), place)
                action.setCheckable(option.checked is not None)
                action.setChecked(bool(option.checked))
                action.setData(f"{group.key}/{option.key}")
                place.addAction(action)

    @Slot(QAction)
    def _pick(self, action: QAction) -> None:
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.picked.emit(action.data())


def _plain(words: str) -> str:
    """Menus read ``&`` as the mark of a key."""
    return words.replace("&", "&&")
