"""Messages that do not stop the work: a strip with the newest one, and the list of those before it."""

from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from widgets.icons import icon
from widgets.painting import draw_shape
from widgets.plain import plain_label, set_style_property, set_tip
from widgets.theme import Theme, current_theme, theme_holder

HISTORY_CAP = 50
_MARKS = {"red": "alert", "orange": "alert", "ok": "check"}


@dataclass(frozen=True, slots=True)
class MessageAction:
    """A button of a message."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message, in ready words.

    Attributes:
        id: A later message with the same id takes this one's place.
        tone: ``"red"`` or ``"orange"`` for faults, ``"blue"`` for news, ``"ok"`` for good news.
        title: One line.
        text: What it means and what can be done.
        time: When, short.
        actions: At most three buttons.
    """

    id: str
    tone: str
    title: str
    text: str = ""
    time: str = ""
    actions: tuple[MessageAction, ...] = ()


@dataclass(frozen=True, slots=True)
class MessageAnswer:
    """The officer pressed a message's button."""

    message_id: str
    key: str


class ToneMark(QWidget):
    """The message's mark, in its tone."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._tone = "blue"

    def set_tone(self, tone: str) -> None:
        """Show another tone."""
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        """Give the size of an icon."""
        side = current_theme().size("icon")
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the mark."""
        theme = current_theme()
        painter = QPainter(self)
        side = theme.size("icon")
        rect = QRectF(0, (self.height() - side) / 2, side, side)
        draw_shape(painter, _MARKS.get(self._tone, "info"), theme.tone(self._tone), rect)
        painter.end()


class MessageRow(QWidget):
    """One message: mark, title, text, its buttons, and the cross.

    Signals:
        answered(MessageAnswer): A button was pressed.
        dismissed(str): The cross was pressed.
    """

    answered = Signal(object)
    dismissed = Signal(object)

    def __init__(self, parent: QWidget, *, closable: bool = True) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.message: Message | None = None
        self._keys: dict[QPushButton, str] = {}
        theme = current_theme()
        self._mark = ToneMark(self)
        self._title = plain_label(parent=self)
        self._title.setProperty("strong", "true")
        self._text = plain_label(role="mid", parent=self, wrap=True)
        self._time = plain_label(role="note", parent=self)
        self._buttons = QHBoxLayout()
        self._close = QPushButton(self)
        self._close.setProperty("flat-icon", "true")
        self._close.setVisible(closable)
        self._close.setAccessibleName(self.tr("收起消息"))
        set_tip(self._close, self.tr("收起消息"))
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(theme.space("l"), theme.space("xs"), theme.space("s"), theme.space("xs"))
        self._line.setSpacing(theme.space("m"))
        self._line.addWidget(self._mark)
        self._line.addWidget(self._title)
        self._line.addWidget(self._text, 1)
        self._line.addWidget(self._time)
        self._line.addLayout(self._buttons)
        self._line.addWidget(self._close)
        self._close.clicked.connect(self._dismiss)
        theme_holder().theme_changed.connect(self._take_theme)
        self._take_theme(theme)

    def show_message(self, message: Message) -> None:
        """Show a message."""
        if message == self.message:
            return
        self.message = message
        set_style_property(self, "message", message.tone)
        self._mark.set_tone(message.tone)
        self._title.setText(message.title)
        self._text.setText(message.text)
        self._time.setText(message.time)
        self.setAccessibleName(self.tr("，").join(part for part in (message.title, message.text) if part))
        for button in self._keys:
            self._buttons.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._keys = {}
        for action in message.actions:
            button = QPushButton(action.label.replace("&", "&&"), self)
            button.setAccessibleName(action.label)
            button.clicked.connect(self._answer)
            self._buttons.addWidget(button)
            self._keys[button] = action.key

    @Slot()
    def _answer(self) -> None:
        key = self._keys.get(self.sender())
        if key is not None and self.message is not None:
            self.answered.emit(MessageAnswer(self.message.id, key))

    @Slot()
    def _dismiss(self) -> None:
        if self.message is not None:
            self.dismissed.emit(self.message.id)

    @Slot(object)
    def _take_theme(self, theme: Theme) -> None:
        self._close.setIconSize(QSize(theme.size("icon"), theme.size("icon")))
        self._close.setIcon(icon("close", theme.color("text.mid"), theme.size("icon")))


class MessageStrip(QWidget):
    """Shows the newest message; the others, up to 50, open underneath. Hidden when there is nothing to say.

    Signals:
        answered(MessageAnswer): The officer pressed a message's button.
        dismissed(str): The officer put a message away.
    """

    answered = Signal(object)
    dismissed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("panel", "raised")
        self.setAccessibleName(self.tr("消息"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._messages: deque[Message] = deque(maxlen=HISTORY_CAP)
        self._open = False
        self._rows: list[MessageRow] = []
        self._more = QPushButton(self)
        self._more.setProperty("link", "true")
        self._more.clicked.connect(self._toggle)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self._more, 0, Qt.AlignmentFlag.AlignRight)
        self.hide()

    def say(self, message: Message) -> None:
        """Show a message first; one with the same id is replaced. The oldest gives way beyond 50."""
        self._drop(message.id)
        self._messages.appendleft(message)
        self._refresh()

    def withdraw(self, message_id: str) -> None:
        """Take a message away because its reason is gone."""
        self._drop(message_id)
        self._refresh()

    def messages(self) -> tuple[Message, ...]:
        """Give the messages, newest first."""
        return tuple(self._messages)

    def _drop(self, message_id: str) -> None:
        kept = [message for message in self._messages if message.id != message_id]
        self._messages = deque(kept, maxlen=HISTORY_CAP)

    def _refresh(self) -> None:
        shown = list(self._messages) if self._open else list(self._messages)[:1]
        while len(self._rows) < len(shown):
            row = MessageRow(self)
            row.answered.connect(self.answered)
            row.dismissed.connect(self._dismiss)
            self._box.insertWidget(len(self._rows), row)
            self._rows.append(row)
        for index, row in enumerate(self._rows):
            row.setVisible(index < len(shown))
            if index < len(shown):
                row.show_message(shown[index])
        others = len(self._messages) - 1
        words = self.tr("收起") if self._open else self.tr("还有 {count} 条").format(count=others)
        self._more.setText(words)
        self._more.setAccessibleName(words)
        self._more.setVisible(others > 0)
        self.setVisible(bool(self._messages))

    @Slot()
    def _toggle(self) -> None:
        self._open = not self._open
        self._refresh()

    @Slot(object)
    def _dismiss(self, message_id: str) -> None:
        self.withdraw(message_id)
        self.dismissed.emit(message_id)
