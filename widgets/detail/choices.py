"""A list to choose from by typing: what is typed narrows it, arrows move, Enter takes."""

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from widgets.detail.compared import ComparedList
from widgets.detail.order import Choice
from widgets.painting import chip_width, draw_chip, draw_text
from widgets.theme import current_theme

ROWS_SHOWN = 6
FEW = 4
"""So many choices need no field to narrow them."""
_CHOICE_ROLE = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


class ChoiceModel(QAbstractListModel):
    """The choices that match what was typed; suggested ones first, otherwise in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Choice, ...] = ()
        self._shown: tuple[Choice, ...] = ()

    def set_choices(self, choices: tuple[Choice, ...]) -> None:
        """Take other choices."""
        self._all = tuple(sorted(choices, key=_suggested_first))
        self.narrow("")

    def narrow(self, typed: str) -> None:
        """Show the choices whose label or search words hold what was typed."""
        self.beginResetModel()
        words = typed.casefold().split()
        self._shown = tuple(choice for choice in self._all if _matches(choice, words))
        self.endResetModel()

    def choice(self, row: int) -> Choice | None:
        """Give a shown choice, None outside."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def rowCount(self, parent: _Index = _NONE) -> int:
        """Give the number of choices shown."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give a choice, its label, its sentence."""
        choice = self.choice(index.row()) if index.isValid() else None
        if choice is None:
            return None
        if role == _CHOICE_ROLE:
            return choice
        if role == Qt.ItemDataRole.DisplayRole:
            return choice.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            suggested = self.tr("建议") if choice.suggested else ""
            return self.tr("，").join(part for part in (choice.label, suggested, choice.hint) if part)
        return None


class ChoiceDelegate(QStyledItemDelegate):
    """Label at the left, hint at the right, 建议 in a frame."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Give every row the same height."""
        return QSize(0, current_theme().size("row_compact"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one choice."""
        theme = current_theme()
        choice: Choice = index.data(_CHOICE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("surface.selected"))
            painter.fillRect(
                QRectF(rect.left(), rect.top(), theme.size("tone_bar"), rect.height()), theme.color("accent")
            )
        inner = rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
        used = draw_text(painter, inner, choice.label, theme.font("body"), theme.color("text.hi"))
        inner.adjust(used + theme.px(8), 0, 0, 0)
        if choice.suggested:
            word = self.tr("建议")
            width = chip_width(word, theme)
            chip = QRectF(inner.left(), inner.center().y() - theme.px(9), width, theme.px(18))
            draw_chip(painter, chip, word, theme.tone("ok"), theme)
            inner.adjust(width + theme.px(8), 0, 0, 0)
        right = Qt.AlignmentFlag.AlignRight
        draw_text(painter, inner, choice.hint, theme.font("note"), theme.color("text.low"), align=right)
        painter.restore()


class ChoiceField(QWidget):
    """The field to type into, and the list under it.

    Signals:
        taken(str): Enter or a click took the choice with this id.
    """

    taken = Signal(object)

    def __init__(
        self, label: str, choices: tuple[Choice, ...], parent: QWidget | None = None, *, typed: bool | None = None
    ) -> None:
        """Make the field; `typed` says whether there is a field to narrow the list, None: when there are many."""
        super().__init__(parent)
        self._model = ChoiceModel(self)
        self._field = QLineEdit(self)
        self._field.setAccessibleName(label)
        self._field.setPlaceholderText(self.tr("输入名称或拼音首字母筛选"))
        self._list = QListView(self)
        self._list.setProperty("choices", "true")
        self._list.setModel(self._model)
        self._list.setItemDelegate(ChoiceDelegate(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setAccessibleName(label)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme = current_theme()
        rows = max(1, min(ROWS_SHOWN, len(choices)))
        row_height = theme.size("row_compact")
        self._list.setMinimumHeight(min(rows, 3) * row_height + 2)
        self._list.setMaximumHeight(rows * row_height + 2)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.space("xs"))
        box.addWidget(self._field)
        box.addWidget(self._list)
        self._compared = ComparedList(self)
        self._compared.setVisible(any(choice.compared for choice in choices))
        box.addWidget(self._compared)
        typed = len(choices) > FEW if typed is None else typed
        self._field.setVisible(typed)
        if typed:
            self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        reached = self._field if typed else self._list
        self.setFocusProxy(reached)
        reached.installEventFilter(self)
        self._field.textChanged.connect(self._narrow)
        # Where there is something to compare, a click looks first and a double click takes.
        if any(choice.compared for choice in choices):
            self._list.clicked.connect(self._compare)
            self._list.doubleClicked.connect(self._take)
        else:
            self._list.clicked.connect(self._take)
        self._model.set_choices(choices)
        self._choose(0)

    def chosen_id(self) -> str:
        """Give the id under the mark, or "" when nothing matches."""
        choice = self._model.choice(self._list.currentIndex().row())
        return choice.id if choice else ""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let the arrows move in the list and Enter take, wherever the focus is."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self._choose(self._list.currentIndex().row() + step)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._take()
            return True
        return False

    def _choose(self, row: int) -> None:
        if self._model.rowCount():
            self._list.setCurrentIndex(self._model.index(max(0, min(row, self._model.rowCount() - 1))))
            self._compare()

    @Slot()
    def _compare(self) -> None:
        choice = self._model.choice(self._list.currentIndex().row())
        self._compared.show_lines(choice.compared if choice else ())

    @Slot(str)
    def _narrow(self, typed: str) -> None:
        self._model.narrow(typed)
        self._choose(0)

    @Slot()
    def _take(self) -> None:
        if self.chosen_id():
            self.taken.emit(self.chosen_id())


def _suggested_first(choice: Choice) -> bool:
    return not choice.suggested


def _matches(choice: Choice, words: list[str]) -> bool:
    text = f"{choice.label} {choice.search}".casefold()
    return all(word in text for word in words)
