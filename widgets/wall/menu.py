"""Menus of the wall: whatever presenters have to offer, in their words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from widgets.plain import plain_menu_text
from widgets.wall.panes import PaneChoice, PaneView


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One line of the menu.

    Attributes:
        key: What comes back when it is taken.
        text: Its words.
        keys: The keys that do the same (Alt+S), shown at the end of the line, or "".
        enabled: Whether it can be done now.
        reason: Why not; shown behind its words.
        checked: Whether it is on; None for what is not on or off.
        apart: A line stands above it.
        children: Entries of a menu beside it; it cannot be taken itself then.
    """

    key: str
    text: str
    keys: str = ""
    enabled: bool = True
    reason: str = ""
    checked: bool | None = None
    apart: bool = False
    children: tuple["MenuEntry", ...] = ()


@dataclass(frozen=True, slots=True)
class MenuRequest:
    """The officer wants the menu of a pane; `position` is of the screen."""

    view: PaneView
    position: QPoint


class EntryMenu(QMenu):
    """A menu of entries, built anew for each time it comes up.

    Signals:
        picked(str): Key of the entry that was taken.
    """

    picked = Signal(str)

    def __init__(self, title: str, entries: Sequence[MenuEntry], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        _fill(self, entries)
        self.triggered.connect(self._on_triggered)
        self.aboutToHide.connect(self.deleteLater)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.picked.emit(str(action.data()))


class PaneMenu(EntryMenu):
    """The menu of one pane.

    Signals:
        chosen(object): A `PaneChoice`.
    """

    chosen = Signal(object)

    def __init__(self, view: PaneView, entries: Sequence[MenuEntry], parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("PaneMenu", "窗格菜单"), entries, parent)
        self._view = view
        self.picked.connect(self._on_picked)

    @Slot(str)
    def _on_picked(self, key: str) -> None:
        self.chosen.emit(PaneChoice(self._view, key))


def _fill(menu: QMenu, entries: Sequence[MenuEntry]) -> None:
    for entry in entries:
        if entry.apart and not menu.isEmpty():
            menu.addSeparator()
        words = entry.text
        if entry.reason and not entry.enabled:
            closed = QCoreApplication.translate("PaneMenu", "{text}（{reason}）")
            words = closed.replace("{text}", entry.text).replace("{reason}", entry.reason)
        if entry.children:
            below = menu.addMenu(plain_menu_text(words))
            below.setEnabled(entry.enabled)
            _fill(below, entry.children)
            continue
        action = menu.addAction(plain_menu_text(words, entry.keys))
        action.setData(entry.key)
        action.setEnabled(entry.enabled)
        if entry.checked is not None:
            action.setCheckable(True)
            action.setChecked(entry.checked)
