"""The menu of a pane, and further words on it: each part of the wall contributes its own."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Slot

from widgets.wall.menu import MenuEntry, MenuRequest, PaneMenu
from widgets.wall.panes import PaneChoice, PaneView
from widgets.wall.wall import VideoWall

_BETWEEN = "/"


class PaneContribution(Protocol):
    """What a part of the wall (PTZ, replay, fault orders …) adds to panes. Called on the GUI thread; must not wait."""

    def entries(self, view: PaneView) -> Sequence[MenuEntry]:
        """Give the entries for a pane at this moment; () for none. The first is set apart from those above."""

    def chosen(self, key: str, view: PaneView) -> None:
        """Do what an entry of this part says, for the pane its menu was opened on."""


class PaneMenuPresenter(QObject):
    """Opens the menu of a pane with the entries of all parts, in the order in which the parts were added."""

    def __init__(self, wall: VideoWall, parent: QObject) -> None:
        super().__init__(parent)
        self._wall = wall
        self._parts: list[PaneContribution] = []
        wall.menu_requested.connect(self._on_requested)

    def contribute(self, part: PaneContribution) -> None:
        """Add a part's entries below those that are there."""
        self._parts.append(part)

    def entries(self, view: PaneView) -> list[MenuEntry]:
        """Give all entries for a pane, as the menu would show them; keys begin with the number of the part."""
        found: list[MenuEntry] = []
        for number, part in enumerate(self._parts):
            for index, entry in enumerate(part.entries(view)):
                key = f"{number}{_BETWEEN}{entry.key}"
                apart = entry.apart or (index == 0 and bool(found))
                below = tuple(replace(child, key=f"{number}{_BETWEEN}{child.key}") for child in entry.children)
                found.append(replace(entry, key=key, apart=apart, children=below))
        return found

    @Slot(object)
    def _on_requested(self, request: MenuRequest) -> None:
        entries = self.entries(request.view)
        if entries:
            self.open(request.view, entries, request.position)

    def open(self, view: PaneView, entries: Sequence[MenuEntry], position: QPoint) -> PaneMenu:
        """Show entries at a point of the screen."""
        menu = PaneMenu(view, entries, self._wall)
        menu.chosen.connect(self.choose)
        menu.popup(position)
        return menu

    @Slot(object)
    def choose(self, choice: PaneChoice) -> None:
        """Hand the entry to the part it came from."""
        number, _, key = choice.key.partition(_BETWEEN)
        self._parts[int(number)].chosen(key, choice.view)
