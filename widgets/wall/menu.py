"""The menu of a pane: whatever presenters have to offer for it, in their words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from widgets.plain import plain_menu_text
from widgets.wall.panes import PaneView


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
    """

    key: str
    text: str
    keys: str = ""
    enabled: bool = True
    reason: str = ""
    checked: bool | None = None
    apart: bool = False


@dataclass(frozen=True, slots=True)
class MenuRequest:
    """The officer wants the menu of a pane; `position` is of the screen."""

    view: PaneView
    position: QPoint


@dataclass(frozen=True, slots=True)
class MenuChoice:
    """An entry was taken for a pane."""

    view: PaneView
    key: str


class PaneMenu(QMenu):
    """Built anew for each time it comes up.

    Signals:
        chosen(object): A `MenuChoice`.
    """

    chosen = Signal(object)

    def __init__(self, view: PaneView, entries: Sequence[MenuEntry], parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self.setAccessibleName(self.tr("窗格菜单"))
        for entry in entries:
            if entry.apart and not self.isEmpty():
                self.addSeparator()
            words = entry.text if entry.enabled or not entry.reason else f"{entry.text}（{entry.reason}）"
            action = self.addAction(plain_menu_text(words, entry.keys))
            action.setData(entry.key)
            action.setEnabled(entry.enabled)
            if entry.checked is not None:
                action.setCheckable(True)
                action.setChecked(entry.checked)
        self.triggered.connect(self._on_triggered)
        self.aboutToHide.connect(self.deleteLater)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.chosen.emit(MenuChoice(self._view, str(action.data())))
