"""A grid of one's own: columns × rows, and cells merged into larger panes."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSpinBox, QVBoxLayout, QWidget

from widgets.plain import plain_label
from widgets.theme import current_theme
from widgets.wall.layouts import LAYOUTS, PANES_CAP, SIDE_CAP, Cell, custom, grid_of, layout
from widgets.wall.overlay import paint_frame

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class GridDrawing(QWidget):
    """The grid: dragging over cells, or Shift and arrows, merges them; a click on a large pane takes it apart.

    Signals:
        edited(): The large panes are others than before.
    """

    edited = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._columns, self._rows = 3, 3
        self._merged: tuple[Cell, ...] = ()
        self._from = self._to = (0, 0)
        self._selecting = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("拖选单元格合并为大窗格"))

    @property
    def merged(self) -> tuple[Cell, ...]:
        """The large panes."""
        return self._merged

    def show_grid(self, columns: int, rows: int, merged: tuple[Cell, ...]) -> None:
        """Show a grid; large panes that have no room in it fall away."""
        self._columns, self._rows = columns, rows
        self._merged = tuple(c for c in merged if c[0] + c[2] <= columns and c[1] + c[3] <= rows)
        self._from = self._to = (0, 0)
        self.update()

    def sizeHint(self) -> QSize:
        """Give room for 16:9."""
        theme = current_theme()
        return QSize(theme.px(320), theme.px(180))

    def merge(self, one: tuple[int, int], other: tuple[int, int]) -> None:
        """Make one large pane of the cells between two corners; large panes it touches go into it or apart."""
        left, top = min(one[0], other[0]), min(one[1], other[1])
        across, down = abs(one[0] - other[0]) + 1, abs(one[1] - other[1]) + 1
        apart = tuple(cell for cell in self._merged if not _meet(cell, (left, top, across, down)))
        self._merged = apart if across * down == 1 else (*apart, (left, top, across, down))
        self.update()
        self.edited.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to choose cells."""
        self._from = self._to = self._cell_at(event.position().toPoint())
        self._selecting = True
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Choose more or fewer."""
        if self._selecting:
            self._to = self._cell_at(event.position().toPoint())
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Merge what was chosen."""
        if self._selecting:
            self._selecting = False
            self.merge(self._from, self._to)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go, Shift and arrows choose, Space merges or takes apart."""
        key = Qt.Key(event.key())
        if key in _ARROWS:
            dx, dy = _ARROWS[key]
            x, y = self._to
            self._to = (min(max(x + dx, 0), self._columns - 1), min(max(y + dy, 0), self._rows - 1))
            if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._from = self._to
            self.update()
        elif key == Qt.Key.Key_Space:
            self.merge(self._from, self._to)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the panes, and what is chosen."""
        theme = current_theme()
        painter = QPainter(self)
        taken = {(c + x, r + y) for c, r, w, h in self._merged for x in range(w) for y in range(h)}
        for column in range(self._columns):
            for row in range(self._rows):
                if (column, row) not in taken:
                    painter.fillRect(self._rect((column, row, 1, 1)), theme.color("line"))
        for cell in self._merged:
            painter.fillRect(self._rect(cell), theme.color("line.strong"))
        if self._selecting or self.hasFocus():
            left, top = min(self._from[0], self._to[0]), min(self._from[1], self._to[1])
            chosen = (left, top, abs(self._from[0] - self._to[0]) + 1, abs(self._from[1] - self._to[1]) + 1)
            paint_frame(painter, self._rect(chosen), theme.color("focus"), 2)
        painter.end()

    def _rect(self, cell: Cell) -> QRectF:
        across, down = self.width() / self._columns, self.height() / self._rows
        column, row, width, height = cell
        return QRectF(column * across, row * down, width * across - 2, height * down - 2)

    def _cell_at(self, point: QPoint) -> tuple[int, int]:
        column = int(point.x() * self._columns / max(1, self.width()))
        row = int(point.y() * self._rows / max(1, self.height()))
        return min(max(column, 0), self._columns - 1), min(max(row, 0), self._rows - 1)


class GridEditor(QWidget):
    """Columns, rows, the drawing, and what comes of it.

    Signals:
        chosen(str): The layout was taken.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme = current_theme()
        self._columns = self._side(self.tr("列"))
        self._rows = self._side(self.tr("行"))
        self.first_field = self._columns
        self.drawing = GridDrawing(self)
        self._words = plain_label("", "note", self, wrap=True)
        self._use = QPushButton(self.tr("使用"), self)
        self._use.setProperty("primary", "true")
        sides = QHBoxLayout()
        sides.setSpacing(theme.space("s"))
        for words, field in ((self.tr("列"), self._columns), (self.tr("行"), self._rows)):
            sides.addWidget(plain_label(words, "mid", self))
            sides.addWidget(field)
        sides.addStretch(1)
        sides.addWidget(self._use)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.space("s"))
        box.addLayout(sides)
        box.addWidget(self.drawing)
        box.addWidget(self._words)
        self._columns.valueChanged.connect(self._on_sides)
        self._rows.valueChanged.connect(self._on_sides)
        self.drawing.edited.connect(self._judge)
        self._use.clicked.connect(self._on_use)

    def show_layout(self, name: str) -> None:
        """Begin with a layout."""
        columns, rows, merged = grid_of(name)
        for field, value in ((self._columns, columns), (self._rows, rows)):
            field.blockSignals(True)  # noqa: FBT003 - both at once
            field.setValue(value)
            field.blockSignals(False)  # noqa: FBT003
        self.drawing.show_grid(columns, rows, merged)
        self._judge()

    def layout_name(self) -> str | None:
        """Name of the grid as it is drawn; None if it is no layout."""
        try:
            return custom(self._columns.value(), self._rows.value(), self.drawing.merged)
        except KeyError:
            return None

    def _side(self, words: str) -> QSpinBox:
        field = QSpinBox(self)
        field.setRange(1, SIDE_CAP)
        field.setAccessibleName(words)
        return field

    @Slot()
    def _on_sides(self) -> None:
        self.drawing.show_grid(self._columns.value(), self._rows.value(), self.drawing.merged)
        self._judge()

    @Slot()
    def _judge(self) -> None:
        name = self.layout_name()
        self._use.setEnabled(name is not None)
        if name is None:
            self._words.setText(self.tr("最多 {cap} 个窗格：减少行列，或拖选单元格合并").format(cap=PANES_CAP))
        else:
            known = self.tr("（布局 {name}）").format(name=name) if name in LAYOUTS else ""
            words = self.tr("{count} 个窗格{known}；拖选单元格合并，单击大窗格拆开")
            self._words.setText(words.format(count=len(layout(name).cells), known=known))

    @Slot()
    def _on_use(self) -> None:
        name = self.layout_name()
        if name is not None:
            self.chosen.emit(name)


def _meet(one: Cell, other: Cell) -> bool:
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )
