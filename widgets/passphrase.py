"""Asks for the passphrase that protects the local data where the system keeps no secrets for us."""

from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from widgets.card import CardPage, tell
from widgets.plain import plain_label
from widgets.theme import current_theme

MIN_LENGTH = 8


@dataclass(frozen=True, slots=True)
class PassphraseView:
    """Why it is asked for.

    Attributes:
        new: A new one is chosen (entered twice) rather than the known one asked for.
        reason: Why the program needs one, in a sentence or two.
        fault: Why the last answer was not taken, or "".
    """

    new: bool
    reason: str
    fault: str = ""


class PassphrasePage(CardPage):
    """One field, or two for a new passphrase.

    Signals:
        submitted(str): The passphrase; the page has forgotten it already.
        cancelled(): The officer does without (and the program without local data).
    """

    submitted = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._new = False
        self._title = plain_label(role="head", parent=self.card, wrap=True)
        self._reason = plain_label(role="mid", parent=self.card, wrap=True)
        self.box.addWidget(self._title)
        self.box.addWidget(self._reason)
        self._first = self.add_field(self.tr("口令短语"), secret=True)
        self._second = self.add_field(self.tr("再输入一次"), secret=True)
        self.box.addSpacing(current_theme().space("s"))
        self._message = self.add_message()
        self._button = self.add_primary(self.tr("继续"))
        cancel = QPushButton(self.tr("退出程序"), self.card)
        cancel.setAccessibleName(self.tr("退出程序"))
        cancel.setProperty("quiet", "true")
        self.box.addWidget(cancel)
        self._progress = self.add_progress()
        self._first.returnPressed.connect(self._submit)
        self._second.returnPressed.connect(self._submit)
        self._button.clicked.connect(self._submit)
        cancel.clicked.connect(self.cancelled)

    def show_view(self, view: PassphraseView) -> None:
        """Ask."""
        self._new = view.new
        self._title.setText(self.tr("设置口令短语") if view.new else self.tr("输入口令短语"))
        self._reason.setText(view.reason)
        for label in self.card.findChildren(type(self._title)):
            if label.buddy() is self._second:
                label.setVisible(view.new)
        self._second.setVisible(view.new)
        tell(self._message, view.fault, "red")
        self._set_busy(busy=False)
        self._first.setFocus()

    def _submit_words(self) -> str:
        """Give the passphrase, or "" after telling what is wrong with it."""
        words = self._first.text()
        if not words:
            tell(self._message, self.tr("请输入口令短语"))
        elif self._new and len(words) < MIN_LENGTH:
            tell(self._message, self.tr("至少 {count} 个字符").format(count=MIN_LENGTH))
        elif self._new and words != self._second.text():
            tell(self._message, self.tr("两次输入不一致"))
        else:
            return words
        return ""

    @Slot()
    def _submit(self) -> None:
        if self._new and self.sender() is self._first and not self._second.text():
            self._second.setFocus()
            return
        words = self._submit_words()
        if not words:
            return
        for field in (self._first, self._second):
            field.clear()
        tell(self._message, "")
        self._set_busy(busy=True)
        self.submitted.emit(words)

    def _set_busy(self, *, busy: bool) -> None:
        fields: tuple[QLineEdit | QPushButton, ...] = (self._first, self._second, self._button)
        for field in fields:
            field.setEnabled(not busy)
        self._progress.setVisible(busy)
