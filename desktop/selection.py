"""What is selected. There is one selection; list, map and wall follow it."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class Selected:
    """An object by kind and id; `kind` is "" when nothing is selected."""

    kind: str = ""
    id: str = ""


class Selection(QObject):
    """Holds the one selection of a seat.

    Signals:
        changed(Selected): another object, or none, is selected now.
    """

    changed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._selected = Selected()

    @property
    def selected(self) -> Selected:
        """What is selected now."""
        return self._selected

    def select(self, kind: str, object_id: str) -> None:
        """Select an object; the same one again changes nothing."""
        wanted = Selected(kind, object_id)
        if wanted != self._selected:
            self._selected = wanted
            self.changed.emit(wanted)

    def clear(self) -> None:
        """Select nothing."""
        self.select("", "")
