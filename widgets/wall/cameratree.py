"""The list of cameras beside the wall: search, groups, health in shape and word; by key and by mouse."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from widgets.cameradrag import carry_camera
from widgets.painting import draw_shape, draw_text, text_width
from widgets.plain import plain_label
from widgets.theme import Theme, current_theme
from widgets.wall.cameras import ROW_ROLE, CameraGroup, CameraModel, CameraRow, Row, row_key

_RIGHT = Qt.AlignmentFlag.AlignRight
_PAUSE_MS = 80
_Index = QModelIndex | QPersistentModelIndex


class CameraDelegate(QStyledItemDelegate):
    """Groups and cameras, one line each."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Give every row the same height."""
        return QSize(0, current_theme().size("row_compact"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        theme = current_theme()
        row = index.data(ROW_ROLE)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, theme.color("surface.selected"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("surface.hover"))
        inner = rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
        if isinstance(row, CameraGroup):
            _paint_group(painter, inner, row, theme)
        elif isinstance(row, CameraRow):
            _paint_camera(painter, inner, row, theme)
        if selected and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("focus"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0.75, 0.75, -0.75, -0.75))
        painter.restore()


def _paint_group(painter: QPainter, inner: QRectF, row: CameraGroup, theme: Theme) -> None:
    side = float(theme.px(12))
    arrow = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
    draw_shape(painter, "chevron-down" if row.open else "chevron-right", theme.color("text.mid"), arrow)
    note = theme.font("note")
    draw_text(painter, inner, row.count, note, theme.color("text.low"), align=_RIGHT)
    words = inner.adjusted(side + theme.px(6), 0, -text_width(row.count, note) - theme.px(8), 0)
    draw_text(painter, words, row.name, theme.font("body", bold=True), theme.color("text.hi"))


def _paint_camera(painter: QPainter, inner: QRectF, row: CameraRow, theme: Theme) -> None:
    side = float(theme.px(9))
    left = inner.left() + theme.px(18)
    draw_shape(painter, row.shape, theme.tone(row.tone), QRectF(left, inner.center().y() - side / 2, side, side))
    note = theme.font("note")
    told = row.word or row.where
    tone = theme.tone(row.tone) if row.word else theme.color("accent")
    draw_text(painter, inner, told, note, tone, align=_RIGHT)
    end = inner.right() - (text_width(told, note) + theme.px(8) if told else 0)
    words = QRectF(left + side + theme.px(8), inner.top(), end - left - side - theme.px(8), inner.height())
    taken = draw_text(painter, words, row.number, theme.font("note", bold=True), theme.color("text.mid"))
    words.adjust(taken + theme.px(7) if taken else 0, 0, 0, 0)
    color = theme.color("text.mid" if row.word else "text.hi")
    draw_text(painter, words, row.name, theme.font("body"), color)


class CameraList(QListView):
    """The rows. Enter puts a camera on the wall, Right and Left open and close groups, letters go on with the search.

    Signals:
        taken(str): Id of the camera that is to go into the selected pane.
        toggled(str): Key of the group that is to open or close.
        typed(str): A letter that belongs into the search.
        left(): Back to the wall.
    """

    taken = Signal(str)
    toggled = Signal(str)
    typed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = CameraModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(CameraDelegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("摄像机"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)

    def current(self) -> Row | None:
        """The row under the cursor of the keys."""
        return self.rows.row(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Take other rows; the cursor stays on its row, or as near as can be, and so does the view."""
        current, place, scroll = self.current(), self.currentIndex().row(), self.verticalScrollBar().value()
        self.rows.set_rows(rows)
        if self.currentIndex().isValid() or not rows:
            return
        found = self.rows.place_of(row_key(current)) if current is not None else -1
        self.setCurrentIndex(self.rows.index(found if found >= 0 else min(max(place, 0), len(rows) - 1)))
        self.verticalScrollBar().setValue(scroll)

    def take_first(self) -> None:
        """Take the first camera that is listed."""
        for place in range(self.rows.rowCount()):
            row = self.rows.row(place)
            if isinstance(row, CameraRow):
                self.taken.emit(row.id)
                return

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Carry the camera, with its name under the mouse."""
        row = self.current()
        if isinstance(row, CameraRow):
            carry_camera(self, row.id, f"{row.number} {row.name}".strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        key, row = Qt.Key(event.key()), self.current()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(row, CameraRow):
            self.taken.emit(row.id)
        elif isinstance(row, CameraGroup) and (
            key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            or (key == Qt.Key.Key_Right and not row.open)
            or (key == Qt.Key.Key_Left and row.open)
        ):
            self.toggled.emit(row.key)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text().isprintable() and event.text().strip() and not _commands(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Claim letters, which are shortcuts of the desk, and Esc."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and not _commands(event):
            event.accept()
            return True
        return super().event(event)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        row = self.rows.row(index.row())
        if isinstance(row, CameraGroup):
            self.toggled.emit(row.key)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        row = self.rows.row(index.row())
        if isinstance(row, CameraRow):
            self.taken.emit(row.id)


class CameraTree(QWidget):
    """Search and list.

    Signals:
        query_changed(str): The words looked for, a moment after the last key.
        camera_taken(str): Id of a camera for the selected pane.
        group_toggled(str): Key of a group.
        left(): The officer wants back to the wall.
    """

    query_changed = Signal(str)
    camera_taken = Signal(str)
    group_toggled = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme = current_theme()
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(self.tr("名称、编号、拼音首字母"))
        self._field.setAccessibleName(self.tr("搜索摄像机"))
        self._field.setClearButtonEnabled(True)
        self._field.installEventFilter(self)
        self.list = CameraList(self)
        self._none = plain_label(self.tr("没有找到"), "low", self)
        self._none.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._none.hide()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, theme.space("s"), 0, 0)
        box.setSpacing(theme.space("s"))
        inset = QVBoxLayout()
        inset.setContentsMargins(theme.space("s"), 0, theme.space("s"), 0)
        inset.addWidget(self._field)
        box.addLayout(inset)
        box.addWidget(self._none)
        box.addWidget(self.list, 1)
        self.setMinimumWidth(theme.px(180))
        self._field.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self._ask)
        self.list.taken.connect(self.camera_taken)
        self.list.toggled.connect(self.group_toggled)
        self.list.typed.connect(self._on_typed)
        self.list.left.connect(self.left)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show what was found."""
        self.list.show_rows(rows)
        self._none.setVisible(not rows and bool(self._field.text()))

    def query(self) -> str:
        """The words looked for."""
        return self._field.text()

    def find(self) -> None:
        """Let the officer type what to look for."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the field: Down goes to the list, Enter takes the first camera, Esc clears, then goes back."""
        if watched is not self._field or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Down:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._pause.isActive():
                self._pause.stop()
                self._ask()
            self.list.take_first()
        elif key == Qt.Key.Key_Escape:
            if self._field.text():
                self._field.clear()
            else:
                self.left.emit()
        else:
            return False
        return True

    @Slot()
    def _ask(self) -> None:
        self.query_changed.emit(self._field.text())

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._field.setText(text)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)


def _commands(event: QKeyEvent) -> bool:
    """Whether a key is meant for the program rather than for the list."""
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    return bool(event.modifiers() & modifiers)
