"""The cameras beside the wall as a model: groups and cameras in one flat list, as they are seen."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from widgets.cameradrag import CAMERA_MIME, camera_data

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


@dataclass(frozen=True, slots=True)
class CameraGroup:
    """A neighbourhood.

    Attributes:
        key: Its own, for opening and closing.
        name: Its words.
        count: How many cameras, in words (12 路 · 1 路不可用).
        open: Whether its cameras are listed below it.
    """

    key: str
    name: str
    count: str
    open: bool


@dataclass(frozen=True, slots=True)
class CameraRow:
    """A camera.

    Attributes:
        id: Handed back in signals.
        number: Its short number.
        name: Its name.
        shape: Mark of its health.
        tone: Tone of the mark.
        word: What its health is called, "" while it works.
        where: The pane it stands in (窗格 3), or "".
        sentence: All of it for a screen reader.
    """

    id: str
    number: str
    name: str
    shape: str
    tone: str
    word: str = ""
    where: str = ""
    sentence: str = ""


Row = CameraGroup | CameraRow


class CameraModel(QAbstractListModel):
    """Rows as a presenter gives them. If the same things stand in the same places, only what differs is told."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Take other rows."""
        before, after = self._rows, tuple(rows)
        if [row_key(row) for row in before] == [row_key(row) for row in after]:
            self._rows = after
            for place, (old, new) in enumerate(zip(before, after, strict=True)):
                if old != new:
                    index = self.index(place)
                    self.dataChanged.emit(index, index)
            return
        self.beginResetModel()
        self._rows = after
        self.endResetModel()

    def row(self, place: int) -> Row | None:
        """The row at a place."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, key: str) -> int:
        """The place of a row by `row_key`, -1 if it is not listed."""
        return next((place for place, row in enumerate(self._rows) if row_key(row) == key), -1)

    def rowCount(self, parent: _Index = _NONE) -> int:
        """Give the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give a row, its words, its sentence."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.sentence if isinstance(row, CameraRow) else f"{row.name} {row.count}"
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Cameras can be carried away."""
        flags = super().flags(index)
        if isinstance(self.row(index.row()), CameraRow):
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def mimeTypes(self) -> list[str]:
        """Cameras are carried as such."""
        return [CAMERA_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Give the camera that is carried."""
        rows = [self.row(index.row()) for index in indexes]
        return camera_data(next((row.id for row in rows if isinstance(row, CameraRow)), ""))


def row_key(row: Row) -> str:
    """What makes a row the same one."""
    return f"group/{row.key}" if isinstance(row, CameraGroup) else f"camera/{row.id}"
