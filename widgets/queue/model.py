"""The queue as a list model: an order of ids given from outside, and a capped cache of the rows that are looked at."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal, Slot

from widgets.queue.marks import Marks
from widgets.queue.rows import GroupRow, WorkOrderRow, is_group
from widgets.queue.sequence import edit, runs

ID_ROLE = Qt.ItemDataRole.UserRole + 1
ROW_ROLE = Qt.ItemDataRole.UserRole + 2

ROW_CACHE_CAP = 4_000
MORPH_CAP = 48
"""Runs of rows that come and go one by one; with more of them the views are told to look at everything anew."""
REQUEST_SPAN = 64
"""Rows asked for at once, around the one that was missing."""

Row = WorkOrderRow | GroupRow
_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


class OrderListModel(QAbstractListModel):
    """Orders in the sequence they were given in.

    The sequence may be the first part of a longer one: the view asks for more when the officer gets near its end,
    so a million orders cost as many objects as somebody has scrolled past. Rows whose words are not here are asked
    for when they come into sight and painted as blanks until then.

    Signals:
        rows_needed(tuple[str, ...]): Words of these ids are wanted; answer with `apply`.
        more_needed(int): The view nears the end; the number of ids held. Answer with `set_ids` of a longer part.
        update_started(), update_finished(): Around every change of the sequence, for views that keep their place.
    """

    rows_needed = Signal(object)
    more_needed = Signal(object)
    update_started = Signal()
    update_finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: list[str] = []
        self._position: dict[str, int] = {}
        self._total = 0
        self._rows: OrderedDict[str, Row] = OrderedDict()
        self.marks = Marks()
        self._asked: set[str] = set()
        self._wanted: dict[str, None] = {}
        self._asked_beyond = -1
        self._ask = QTimer(self, singleShot=True, interval=0)
        self._ask.timeout.connect(self._send_requests)

    # -- contents

    def set_ids(self, ids: Sequence[str], total: int | None = None) -> None:
        """Take a new sequence; rows move, come and go one run at a time, and only the first load is a reset.

        Args:
            ids: The sequence, or its first part; each id once.
            total: Length of the whole sequence when ``ids`` is a part of it.
        """
        new = list(ids)
        self._total = max(len(new), total or 0)
        self._asked_beyond = -1
        self._asked.intersection_update(new)
        if new == self._ids:
            return
        self.update_started.emit()
        if self._ids:
            self._morph(new)
        else:
            self._replace(new)
        self.update_finished.emit()

    def apply(self, upserts: Iterable[Row], removals: Collection[str] = ()) -> None:
        """Take new words for rows, and ids that are gone for good.

        A row whose id is not in the sequence is kept for the moment the sequence names it.
        """
        gone = sorted(self._position[row_id] for row_id in set(removals) if row_id in self._position)
        for row_id in removals:
            self._rows.pop(row_id, None)
            self._asked.discard(row_id)
        if gone:
            self.update_started.emit()
            for first, last in reversed(runs(gone)):
                self._remove(first, last)
            self._total -= len(gone)
            self._renumber()
            self.update_finished.emit()
        touched = []
        for row in upserts:
            known = self._rows.get(row.id)
            self._rows[row.id] = row
            self._rows.move_to_end(row.id)
            self._asked.discard(row.id)
            if row.id in self._position and known != row:
                touched.append(self._position[row.id])
        while len(self._rows) > ROW_CACHE_CAP:
            self._rows.popitem(last=False)
        for first, last in runs(sorted(touched)):
            self.dataChanged.emit(self.index(first), self.index(last))

    def forget(self, row_ids: Iterable[str]) -> None:
        """Let go of words that are out of date; they are asked for when somebody looks there again."""
        for row_id in row_ids:
            self._rows.pop(row_id, None)
            self._asked.discard(row_id)

    # -- questions

    def ids(self) -> Sequence[str]:
        """Give the sequence held; not a copy, not to be changed."""
        return self._ids

    def total(self) -> int:
        """Give the length of the whole sequence, of which the ids held may be the first part."""
        return self._total

    def position(self, row_id: str) -> int:
        """Give the row's position, or -1."""
        return self._position.get(row_id, -1)

    def known_ids(self) -> Collection[str]:
        """Give the ids whose words are here."""
        return self._rows.keys()

    def row(self, row_id: str) -> Row | None:
        """Give the row's words if they are here."""
        return self._rows.get(row_id)

    # -- Qt

    def rowCount(self, parent: _Index = _NONE) -> int:
        """Give the number of ids held."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the row for painting, its id, its sentence; missing words are asked for."""
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        row_id = self._ids[index.row()]
        if role == ID_ROLE:
            return row_id
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._check_state(row_id)
        row = self._rows.get(row_id)
        if row is None:
            if role in (ROW_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                self._want_around(index.row())
            return None
        return row if role == ROW_ROLE else _word(row, role)

    def canFetchMore(self, parent: _Index = _NONE) -> bool:
        """Say whether the sequence goes on beyond the ids held."""
        return not parent.isValid() and len(self._ids) < self._total

    def fetchMore(self, parent: _Index = _NONE) -> None:
        """Ask for a longer part of the sequence, once per length."""
        if self.canFetchMore(parent) and self._asked_beyond != len(self._ids):
            self._asked_beyond = len(self._ids)
            self.more_needed.emit(len(self._ids))

    def marks_changed(self) -> None:
        """Tell views that other rows are marked."""
        if self._ids:
            last = self.index(len(self._ids) - 1)
            self.dataChanged.emit(self.index(0), last, [Qt.ItemDataRole.CheckStateRole])

    # -- inside

    def _check_state(self, row_id: str) -> Qt.CheckState | None:
        """Rows have a box to tick as soon as one is ticked."""
        if not self.marks or is_group(row_id):
            return None
        return Qt.CheckState.Checked if row_id in self.marks else Qt.CheckState.Unchecked

    def _morph(self, new: list[str]) -> None:
        change = edit(self._ids, new)
        if len(change.removals) + len(change.insertions) > MORPH_CAP:
            self._replace(new)
            return
        for first, last in change.removals:
            self._remove(first, last)
        for first, last in change.insertions:
            self.beginInsertRows(_NONE, first, last)
            self._ids[first:first] = new[first : last + 1]
            self.endInsertRows()
        self._renumber()

    def _replace(self, new: list[str]) -> None:
        self.beginResetModel()
        self._ids = new
        self._renumber()
        self.endResetModel()

    def _remove(self, first: int, last: int) -> None:
        self.beginRemoveRows(_NONE, first, last)
        del self._ids[first : last + 1]
        self.endRemoveRows()

    def _renumber(self) -> None:
        self._position = {row_id: position for position, row_id in enumerate(self._ids)}

    def _want_around(self, position: int) -> None:
        first = position - position % (REQUEST_SPAN // 2)
        for row_id in self._ids[first : first + REQUEST_SPAN]:
            if row_id not in self._rows and row_id not in self._asked:
                self._asked.add(row_id)
                self._wanted[row_id] = None
        if self._wanted and not self._ask.isActive():
            self._ask.start()

    @Slot()
    def _send_requests(self) -> None:
        wanted = tuple(row_id for row_id in self._wanted if row_id in self._position and row_id not in self._rows)
        self._wanted.clear()
        if wanted:
            self.rows_needed.emit(wanted)


def _word(row: Row, role: int) -> str | None:
    if role == Qt.ItemDataRole.DisplayRole:
        return row.title
    return row.sentence if role == Qt.ItemDataRole.AccessibleTextRole else None
