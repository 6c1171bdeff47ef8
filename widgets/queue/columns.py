"""The header of the table: columns to drag, widen, sort by and choose, by mouse and by keys."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from widgets.painting import draw_shape, draw_text, text_width
from widgets.queue.rows import ColumnSpec
from widgets.queue.table_row import Column
from widgets.theme import current_theme, theme_holder

SETTLE_MS = 400
"""So long after the last move of the mouse columns are taken as they stand."""
_STEP = 12
_NARROWEST = 40
_NONE = QModelIndex()


class _Titles(QAbstractTableModel):
    """The words over the columns, for the header and for screen readers."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.specs: tuple[ColumnSpec, ...] = ()

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex = _NONE) -> int:
        return 0

    def columnCount(self, _parent: QModelIndex | QPersistentModelIndex = _NONE) -> int:
        return len(self.specs)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.specs[section].label if 0 <= section < len(self.specs) else None
        return None


class ColumnHeader(QHeaderView):
    """The header.

    Left and Right go from column to column, Enter sorts by it, with Ctrl the arrows move the column, + and - change its
    width, the menu key (or a right click) opens the choice of columns.

    Signals:
        placed(tuple[Column, ...]): Where the columns are now, for painting.
        laid_out(tuple[tuple[str, int], ...]): The officer moved or widened columns: keys in order, widths at scale 1.
        sort_requested(str): What to sort by.
        chooser_requested(QPoint): The choice of columns, at this place of the screen.
        list_wanted(): The officer is done with the header.
    """

    placed = Signal(object)
    laid_out = Signal(object)
    sort_requested = Signal(object)
    chooser_requested = Signal(QPoint)
    list_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._titles = _Titles(self)
        self._sort = ""
        self._descending = False
        self._at = 0
        self._filling = False
        self._settled = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settled.timeout.connect(self._tell_layout)
        self.setModel(self._titles)
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(_NARROWEST)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("列"))
        self.setFixedHeight(current_theme().size("row_compact"))
        self.sectionResized.connect(self._on_moved)
        self.sectionMoved.connect(self._on_moved)
        self.sectionClicked.connect(self._on_clicked)
        theme_holder().theme_changed.connect(self._take_theme)

    def show_columns(self, specs: Sequence[ColumnSpec], sort: str, *, descending: bool) -> None:
        """Show other columns, or the same ones sorted another way."""
        self._sort, self._descending = sort, descending
        if tuple(specs) != self._in_order():
            self._fill(tuple(specs))
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint a word and, over the column that sorts, which way."""
        theme = current_theme()
        spec = self._titles.specs[logical]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.color("surface.2"))
        painter.fillRect(QRect(rect.right(), rect.top() + 6, 1, rect.height() - 12), theme.color("line"))
        inner = QRectF(rect).adjusted(theme.px(8), 0, -theme.px(8), 0)
        sorts = bool(spec.sort) and spec.sort == self._sort
        color = theme.color("text.hi" if sorts else "text.mid")
        font = theme.font("note", bold=sorts)
        side = theme.px(12) if sorts else 0
        words = inner.adjusted(0, 0, -side, 0)
        align = Qt.AlignmentFlag.AlignRight if spec.right else Qt.AlignmentFlag.AlignLeft
        used = draw_text(painter, words, spec.label, font, color, align=align)
        if sorts:
            left = words.right() if spec.right else words.left() + min(used, text_width(spec.label, font)) + theme.px(2)
            arrow = QRectF(left, inner.center().y() - side / 2, side, side)
            draw_shape(painter, "chevron-down" if self._descending else "chevron-up", theme.color("accent"), arrow)
        if self.hasFocus() and self.visualIndex(logical) == self._at:
            painter.setPen(QPen(theme.color("focus"), 1.5))
            painter.drawRect(QRectF(rect).adjusted(1, 1, -2, -2))
        painter.restore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go, sort, move, widen, choose; Esc and Down lead to the list."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        count = self.count()
        logical = self.logicalIndex(self._at)
        if key in steps and count:
            target = max(0, min(self._at + steps[key], count - 1))
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.moveSection(self._at, target)
            self._at = target
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and logical >= 0:
            self._on_clicked(logical)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus) and logical >= 0:
            grow = -_STEP if key == Qt.Key.Key_Minus else _STEP
            self.resizeSection(logical, max(_NARROWEST, self.sectionSize(logical) + grow))
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Down):
            self.list_wanted.emit()
        else:
            super().keyPressEvent(event)
            return
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the choice of columns."""
        self.chooser_requested.emit(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys are."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they have gone."""
        super().focusOutEvent(event)
        self.viewport().update()

    # -- inside

    def _in_order(self) -> tuple[ColumnSpec, ...]:
        return tuple(self._titles.specs[self.logicalIndex(place)] for place in range(self.count()))

    def _fill(self, specs: tuple[ColumnSpec, ...]) -> None:
        self._filling = True
        self._titles.beginResetModel()
        self._titles.specs = specs
        self._titles.endResetModel()
        for place, spec in enumerate(specs):
            self.resizeSection(place, current_theme().px(spec.width))
        self._at = min(self._at, max(0, len(specs) - 1))
        self._fit_last()
        self._filling = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the last column what room there is."""
        super().resizeEvent(event)
        self._fit_last()

    def _fit_last(self) -> None:
        """Qt's own stretch would also squeeze it, down to nothing."""
        if not self.count():
            return
        was_filling, self._filling = self._filling, True
        last = self.logicalIndex(self.count() - 1)
        others = self.length() - self.sectionSize(last)
        wanted = current_theme().px(self._titles.specs[last].width)
        self.resizeSection(last, max(wanted, self.viewport().width() - others))
        self._filling = was_filling
        self._place()

    @Slot()
    def _on_moved(self) -> None:
        if not self._filling:
            self._fit_last()
            self._settled.start()

    @Slot(int)
    def _on_clicked(self, logical: int) -> None:
        spec = self._titles.specs[logical]
        if spec.sort:
            self.sort_requested.emit(spec.sort)

    def _place(self) -> None:
        columns = []
        for place in range(self.count()):
            logical = self.logicalIndex(place)
            spec = self._titles.specs[logical]
            columns.append(Column(spec.key, self.sectionPosition(logical), self.sectionSize(logical), spec.right))
        self.placed.emit(tuple(columns))

    @Slot()
    def _tell_layout(self) -> None:
        scale = current_theme().px(100) / 100
        layout = []
        for place, spec in enumerate(self._in_order()):
            # The last one is as wide as there is room: what it was before is kept.
            last = place == self.count() - 1
            width = spec.width if last else round(self.sectionSize(self.logicalIndex(place)) / scale)
            layout.append((spec.key, width))
        self.laid_out.emit(tuple(layout))

    @Slot(object)
    def _take_theme(self, _theme: object) -> None:
        self.setFixedHeight(current_theme().size("row_compact"))
        self._fill(self._in_order())
