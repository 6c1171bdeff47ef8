"""The tray: what this desk has not yet got through to the centre, and what the centre refused."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from widgets.detail.compared import ComparedList
from widgets.detail.order import Compared
from widgets.float import FloatPage
from widgets.flow import FlowLayout
from widgets.messages import MessageAction, ToneMark
from widgets.plain import plain_label, set_style_property
from widgets.theme import current_theme

REASON_CAP = 200


@dataclass(frozen=True, slots=True)
class TrayItem:
    """One operation, in ready words.

    Attributes:
        id: What is emitted with the officer's choice.
        tone: ``"red"`` for refused ones, ``"blue"`` for those on their way.
        title: Verb and object.
        text: How it stands and why.
        time: When it was done, short.
        alarm: That nobody has looked after it for too long, "" while that is not so.
        mine: Heading of this desk's version: who and when.
        theirs: Heading of the centre's version: who and when.
        lines: Both versions, line by line.
        actions: What can be done with it.
        reasoned: Keys of the actions that ask for a reason.
    """

    id: str
    tone: str
    title: str
    text: str = ""
    time: str = ""
    alarm: str = ""
    mine: str = ""
    theirs: str = ""
    lines: tuple[Compared, ...] = ()
    actions: tuple[MessageAction, ...] = ()
    reasoned: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TrayAnswer:
    """What becomes of an operation, and why where that is asked."""

    item_id: str
    key: str
    reason: str = ""


class TrayRow(QWidget):
    """One operation with both versions and the choices.

    Signals:
        answered(TrayAnswer): The officer decided.
    """

    answered = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._item: TrayItem | None = None
        self._asked = ""
        theme = current_theme()
        self._mark = ToneMark(self)
        self._title = plain_label(parent=self, wrap=True)
        self._title.setProperty("strong", "true")
        self._time = plain_label(role="note", parent=self)
        self._text = plain_label(role="mid", parent=self, wrap=True)
        self._alarm = plain_label(role="note", parent=self, wrap=True)
        self._alarm.setProperty("tone", "orange")
        self._compared = ComparedList(self)
        self._buttons: dict[QPushButton, MessageAction] = {}
        self._choices = FlowLayout(spacing=theme.space("s"))
        self._reason = QLineEdit(self)
        self._reason.setMaxLength(REASON_CAP)
        self._reason.setPlaceholderText(self.tr("为什么？（Enter 确定，Esc 取消；写入记录）"))
        self._reason.setAccessibleName(self.tr("理由"))
        self._reason.returnPressed.connect(self._give_reason)
        self._reason.hide()
        self._lay_out()

    def item(self) -> TrayItem | None:
        """Give what is shown."""
        return self._item

    def show_item(self, item: TrayItem) -> None:
        """Show an operation; the same one again keeps a reason that is being written."""
        if item == self._item:
            return
        if self._item is None or item.id != self._item.id:
            self._cancel()
        self._item = item
        set_style_property(self, "message", item.tone)
        self._mark.set_tone(item.tone)
        for label, words in (
            (self._title, item.title),
            (self._time, item.time),
            (self._text, item.text),
            (self._alarm, item.alarm),
        ):
            label.setText(words)
            label.setVisible(bool(words))
        self._compared.set_heads(item.mine, item.theirs)
        self._compared.show_lines(item.lines)
        self._compared.setVisible(bool(item.lines))
        told = (item.title, item.text, item.alarm)
        self.setAccessibleName(self.tr("，").join(part for part in told if part))
        if tuple(self._buttons.values()) != item.actions:
            self._make_buttons(item.actions)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc take the question back before it closes the tray."""
        if event.key() == Qt.Key.Key_Escape and not self._reason.isHidden():
            self._cancel()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        theme = current_theme()
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._time, 0, Qt.AlignmentFlag.AlignTop)
        body = QVBoxLayout()
        body.setSpacing(theme.space("xs"))
        body.addLayout(head)
        for part in (self._text, self._alarm, self._compared):
            body.addWidget(part)
        body.addLayout(self._choices)
        body.addWidget(self._reason)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.space("m"), theme.space("s"), theme.space("m"), theme.space("s"))
        line.setSpacing(theme.space("m"))
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(body, 1)

    def _make_buttons(self, actions: tuple[MessageAction, ...]) -> None:
        for button in self._buttons:
            self._choices.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = {}
        for action in actions:
            button = QPushButton(action.label.replace("&", "&&"), self)
            button.setAccessibleName(action.label)
            button.clicked.connect(self._choose)
            self._choices.addWidget(button)
            self._buttons[button] = action

    @Slot()
    def _choose(self) -> None:
        action = self._buttons.get(self.sender())
        if action is None or self._item is None:
            return
        if action.key in self._item.reasoned:
            self._asked = action.key
            self._reason.show()
            self._reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.answered.emit(TrayAnswer(self._item.id, action.key))

    @Slot()
    def _give_reason(self) -> None:
        reason = self._reason.text().strip()
        if reason and self._item is not None:
            answer = TrayAnswer(self._item.id, self._asked, reason)
            self._cancel()
            self.answered.emit(answer)

    def _cancel(self) -> None:
        self._asked = ""
        self._reason.clear()
        self._reason.hide()


class TrayPage(FloatPage):
    """A card with one row per operation; refused ones first, each with its choices.

    Signals:
        answered(TrayAnswer): the officer chose what becomes of an operation.
    """

    answered = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, 960)
        self.setAccessibleName(self.tr("待发送与冲突"))
        self._rows: list[TrayRow] = []
        head = QHBoxLayout()
        head.addWidget(plain_label(self.tr("待发送与冲突"), "head", self.card), 1)
        head.addWidget(plain_label(self.tr("Esc 关闭"), "note", self.card))
        self.box.addLayout(head)
        self._none = plain_label(self.tr("都已送达中心，没有等待处理的操作。"), "mid", self.card)
        self.box.addWidget(self._none)
        self._list = QWidget()
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(current_theme().space("xs"))
        self._lines.addStretch(1)
        self._scroll = QScrollArea(self.card)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._list)
        self._scroll.viewport().setAutoFillBackground(False)
        self._list.setAutoFillBackground(False)
        self.box.addWidget(self._scroll, 1)

    def open(self) -> None:
        """Come up with what is there now."""
        super().open()
        self._scroll.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_operations(self, operations: tuple[TrayItem, ...]) -> None:
        """Show other operations; rows are kept and refilled."""
        while len(self._rows) < len(operations):
            row = TrayRow(self._list)
            row.answered.connect(self.answered)
            self._lines.insertWidget(len(self._rows), row)
            self._rows.append(row)
        for index, row in enumerate(self._rows):
            row.setVisible(index < len(operations))
            if index < len(operations):
                row.show_item(operations[index])
        self._none.setVisible(not operations)
        self._scroll.setVisible(bool(operations))
        self._scroll.setFixedHeight(min(self._wanted_height(), current_theme().px(640)))
        if self.isVisible():
            self.place_card()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the rows the height that they need at the new width."""
        super().resizeEvent(event)
        self._scroll.setFixedHeight(min(self._wanted_height(), current_theme().px(640)))

    def _wanted_height(self) -> int:
        """Return the height of all rows at the card's width; words wrap, so that the width decides."""
        width = self.card.width() - 2 * current_theme().space("l")
        shown = [row for row in self._rows if not row.isHidden()]
        heights = [max(row.heightForWidth(width), row.sizeHint().height()) for row in shown]
        return sum(heights) + self._lines.spacing() * (len(shown) + 1)
