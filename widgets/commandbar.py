"""The command bar (Ctrl+K): one line finds orders, cameras, places, officers and commands."""

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from widgets.float import FloatPage
from widgets.painting import draw_shape, draw_text, text_width
from widgets.plain import plain_label
from widgets.theme import current_theme

QUERY_PAUSE_MS = 60
RESULT_CAP = 50
ROWS_SHOWN = 9
_RESULT_ROLE = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


@dataclass(frozen=True, slots=True)
class CommandResult:
    """One thing found.

    Attributes:
        key: What is emitted when it is taken.
        icon: Icon of its kind.
        title: Its words.
        detail: Quiet words beside it.
        hint: Keys or kind, at the right end.
        enabled: Whether it can be done now; if not, ``detail`` says why.
        preview: What Enter will do, in words; shown below while the result is marked.
    """

    key: str
    icon: str
    title: str
    detail: str = ""
    hint: str = ""
    enabled: bool = True
    preview: str = ""


class ResultModel(QAbstractListModel):
    """The results of one question; another question is another list."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._results: tuple[CommandResult, ...] = ()

    def set_results(self, results: tuple[CommandResult, ...]) -> None:
        """Take the answer, at most 50."""
        self.beginResetModel()
        self._results = results[:RESULT_CAP]
        self.endResetModel()

    def rowCount(self, parent: _Index = _NONE) -> int:
        """Give the number of results."""
        return 0 if parent.isValid() else len(self._results)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give a result, its title, its sentence."""
        if not index.isValid() or not 0 <= index.row() < len(self._results):
            return None
        result = self._results[index.row()]
        if role == _RESULT_ROLE:
            return result
        if role == Qt.ItemDataRole.DisplayRole:
            return result.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("，").join(part for part in (result.title, result.detail, result.hint) if part)
        return None


class ResultDelegate(QStyledItemDelegate):
    """Icon, title, quiet words, hint."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Give every row the same height."""
        return QSize(0, current_theme().px(36))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one result."""
        theme = current_theme()
        result: CommandResult = index.data(_RESULT_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("surface.selected"))
            painter.drawRoundedRect(rect, theme.radius(), theme.radius())
        inner = rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
        side = theme.size("icon")
        low = theme.color("text.low")
        mark = QRectF(inner.left(), inner.center().y() - side / 2, side, side)
        draw_shape(painter, result.icon, theme.color("text.mid") if result.enabled else low, mark)
        font = theme.font("note")
        draw_text(painter, inner, result.hint, font, low, align=Qt.AlignmentFlag.AlignRight)
        words = inner.adjusted(side + theme.px(10), 0, -text_width(result.hint, font) - theme.px(10), 0)
        color = theme.color("text.hi") if result.enabled else low
        used = draw_text(painter, words, result.title, theme.font("body"), color)
        draw_text(painter, words.adjusted(used + theme.px(10), 0, 0, 0), result.detail, font, low)
        painter.restore()


class CommandBar(FloatPage):
    """A field and what it finds. The owner answers `query_changed` with `set_results`, off the window's thread or not.

    Signals:
        query_changed(str): The words, 60 ms after the last key; "" when the bar comes up.
        chosen(str): Key of the result taken; the bar has gone away.
    """

    query_changed = Signal(object)
    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, 640)
        self.setAccessibleName(self.tr("命令"))
        self._field = QLineEdit(self.card)
        self._field.setPlaceholderText(self.tr("工单、摄像机、地点、人员或命令，拼音首字母亦可"))
        self._field.setAccessibleName(self.tr("搜索或命令"))
        self._model = ResultModel(self)
        self._list = QListView(self.card)
        self._list.setModel(self._model)
        self._list.setItemDelegate(ResultDelegate(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAccessibleName(self.tr("结果"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._none = plain_label(self.tr("没有找到"), "low", self.card)
        self._pause = QTimer(self, singleShot=True, interval=QUERY_PAUSE_MS)
        self.box.addWidget(self._field)
        self.box.addWidget(self._list)
        self.box.addWidget(self._none)
        self._preview = plain_label(role="note", parent=self.card, wrap=True)
        self._preview.setMinimumHeight(current_theme().px(20))
        self.box.addWidget(self._preview)
        self._none.hide()
        self._field.installEventFilter(self)
        self._field.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self._ask)
        self._list.clicked.connect(self._take)
        self._list.selectionModel().currentChanged.connect(self._foresee)

    def open(self) -> None:
        """Come up empty."""
        self._field.setMinimumHeight(current_theme().px(38))
        self._field.clear()
        self.set_results(())
        self._none.hide()
        super().open()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._ask()

    def query(self) -> str:
        """Give the words asked for, to tell a late answer from the present one."""
        return self._field.text()

    def set_results(self, results: tuple[CommandResult, ...]) -> None:
        """Show what was found; the first is marked."""
        self._model.set_results(results)
        rows = min(ROWS_SHOWN, self._model.rowCount())
        self._list.setVisible(rows > 0)
        self._list.setFixedHeight(rows * current_theme().px(36))
        self._none.setVisible(not rows and bool(self._field.text()))
        if rows:
            self._list.setCurrentIndex(self._model.index(0))
        self._foresee()
        self.place_card()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows of the field move in the list, and Enter take."""
        if watched is not self._field or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and self._model.rowCount():
            row = (self._list.currentIndex().row() + step) % self._model.rowCount()
            self._list.setCurrentIndex(self._model.index(row))
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
            return True
        return False

    @Slot()
    def _ask(self) -> None:
        self.query_changed.emit(self._field.text())

    @Slot()
    def _foresee(self) -> None:
        """Say what Enter would do with the result that is marked."""
        result = self._list.currentIndex().data(_RESULT_ROLE)
        self._preview.setText(result.preview if result is not None else "")
        self._preview.setAccessibleName(self._preview.text())
        self._preview.setVisible(bool(self._preview.text()))

    @Slot()
    def _take(self) -> None:
        result = self._list.currentIndex().data(_RESULT_ROLE)
        if result is not None and result.enabled:
            self.leave()
            self.chosen.emit(result.key)
